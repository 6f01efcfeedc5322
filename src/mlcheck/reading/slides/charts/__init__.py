"""Charts → grids of the values they draw."""
