"""Typing errors made in memory, and which of them the checks notice."""
