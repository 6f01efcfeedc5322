"""PDF → Document: ruled tables from their rulings, the rest as lines with their boxes."""
