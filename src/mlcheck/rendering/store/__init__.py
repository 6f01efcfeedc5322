"""A store: the figures, claims, relations and findings of many reports as Parquet files, by agency and year."""
