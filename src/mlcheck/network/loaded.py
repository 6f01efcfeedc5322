"""What checks of any report load: the server that processes are forked from loads it once, and they share it."""

from __future__ import annotations

from mlcheck.model.schemas import constraints_schema, terms_schema
from mlcheck.rules.cells import without_test_data

without_test_data()
constraints_schema()
terms_schema()
