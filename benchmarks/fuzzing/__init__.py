"""What benchmarks/fuzz.py is made of: contents and documents drawn by chance, targets, and the running of them."""
