"""Document → tables and claims: knows layout and language, not files."""
