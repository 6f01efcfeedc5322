"""What holds a document: its kind, its archive, its encoding, and what is refused."""
