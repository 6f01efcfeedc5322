"""Marks in presentations: filled cells, highlighted numbers, notes beside them, a first slide that lists what was found."""
