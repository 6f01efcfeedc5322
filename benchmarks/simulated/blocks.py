"""What stands between the tables of a report: headings, paragraphs, key figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulated.figures import Figure


@dataclass
class Paragraph:
    """Sentences of a block, as texts and figures in their order."""

    block: int
    parts: list[str | Figure]
    bullet: bool = False

    @property
    def printed(self) -> str:
        """Return the text as printed."""
        return "".join(part if isinstance(part, str) else part.printed for part in self.parts)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in their order."""
        yield from (part for part in self.parts if isinstance(part, Figure))


@dataclass
class Heading:
    """A heading of a level: 0 is the title of the report."""

    text: str
    level: int = 1

    def figures(self) -> Iterator[Figure]:
        """Yield nothing: headings hold no figures."""
        yield from ()


@dataclass
class KeyFigures:
    """Numbers printed large, each over its caption."""

    block: int
    pairs: list[tuple[Figure, str]]

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in their order."""
        yield from (figure for figure, _ in self.pairs)
