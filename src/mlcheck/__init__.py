"""Check that the figures of a published report agree with one another."""

__version__ = "0.1.0"
