"""Find the tables of a sheet, name their lines, and say what their layout asserts."""
