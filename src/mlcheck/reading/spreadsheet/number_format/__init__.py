"""A stored value and its number format → what the cell displays."""
