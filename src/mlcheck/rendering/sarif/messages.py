"""Sentences as SARIF messages: what the standard would read as a placeholder or a link is only text."""

from __future__ import annotations

from mlcheck.rendering.machine import readable

_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def message(*sentences: str) -> dict[str, str]:
    """Return a message object of a line a sentence; braces are doubled and "](", the middle of a link, is parted."""
    text = "\n".join(map(readable, sentences))
    return {"text": text.translate(_BRACES).replace("](", "] (")}
