"""Lines of a terminal: wrapped, indented, painted."""

from __future__ import annotations

import textwrap

from mlcheck.rendering.numbers import plain_spaces
from mlcheck.rendering.unseen import plain
from mlcheck.rendering.view import View


def wrap(text: str, width: int, indent: int, hanging: int | None = None) -> list[str]:
    """Return `text` cut at spaces into lines of `width`; numbers hold together by their no-break spaces.

    `hanging` indents the lines after the first, as far as the first unless said otherwise.
    """
    after = indent if hanging is None else hanging
    broken = textwrap.wrap(
        plain(text),
        max(width, 40),
        initial_indent=" " * indent,
        subsequent_indent=" " * after,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [plain_spaces(line) for line in broken]


def beside(text: str, right: str, width: int, indent: int, hanging: int) -> list[str]:
    """Return `text` wrapped from `indent`, with `right` at the right end of its first line."""
    right = plain(right)
    lines = wrap(text, width - len(right) - 2, indent, hanging) or [""]
    return [f"{lines[0].ljust(width - len(right) - 1)} {right}", *lines[1:]]


def paint(text: str, style: str, view: View) -> str:
    """Return `text` in a style of rich, such as "bold red", where the view has colours."""
    if not view.color or not text:
        return text
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
