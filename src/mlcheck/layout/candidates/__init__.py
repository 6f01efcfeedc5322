"""The ways in which lines may be the rows of a table, each a file."""
