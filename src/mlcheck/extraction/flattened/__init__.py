"""Tables out of text that a PDF, a copy and paste or a code block has flattened."""

from mlcheck.extraction.flattened.recover import recover

__all__ = ["recover"]
