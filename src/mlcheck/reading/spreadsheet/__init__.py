"""Workbooks and delimited text → grids."""
