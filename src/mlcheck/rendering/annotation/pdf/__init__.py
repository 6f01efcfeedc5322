"""Marks in PDFs: highlights with notes, pages in front that list what was found."""
