"""Marks in OpenDocument texts and spreadsheets: comments, coloured cells, a list in front."""
