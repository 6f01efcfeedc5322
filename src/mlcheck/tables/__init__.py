"""Grids → tables: stub, boxhead, measures, and the relations that their layout states."""
