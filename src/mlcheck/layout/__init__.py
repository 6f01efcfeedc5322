"""Document → LaidOut: printed lines become grids, once; knows places, not statistics."""
