"""Read lists whose figures stand before their labels: "45 % Femmes", "55 % Hommes"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from mlcheck.extraction.flattened.lines import Parsed
from mlcheck.extraction.flattened.readings import is_cell, unit_of
from mlcheck.extraction.flattened.runs import FARTHEST
from mlcheck.extraction.flattened.sorts import sort_of
from mlcheck.extraction.flattened.tokens import Token, printed
from mlcheck.extraction.flattened.wording import BULLET, has_verb, is_open

FEWEST = 3  # lines; two will do where all are percentages
LONGEST_LABEL = 4  # words; a longer text after a number is a sentence


class Lead(Struct, frozen=True):
    """A line with its figure and the label after it."""

    at: int
    figure: tuple[Token, ...]
    label: tuple[Token, ...]


def leads_of(lines: Sequence[Parsed]) -> Iterator[list[Lead]]:
    """Yield the lists of lines that follow one another, each a figure of one unit and a label."""
    run: list[Lead] = []
    for at, line in enumerate(lines):
        if line.kind == "blank":
            continue
        lead = _lead(line, at)
        if run and lead is not None and at - run[-1].at <= FARTHEST and _alike(run[0], lead):
            run.append(lead)
            continue
        if _is_list(run):
            yield run
        run = [lead] if lead is not None else []
    if _is_list(run):
        yield run


def _lead(line: Parsed, at: int) -> Lead | None:
    """Return the figure and the label of a line that starts with one; None for a sentence or an item."""
    tokens = line.strip.tokens
    if (
        line.tail is not None
        or not tokens
        or len(tokens) > 2 * LONGEST_LABEL
        or BULLET.match(line.strip.text)
    ):
        return None
    start = next((i for i, token in enumerate(tokens) if sort_of(token.text) is None), len(tokens))
    figure, label = tokens[:start], tokens[start:]
    if not figure or not label or len(label) > LONGEST_LABEL or not is_cell(figure) or not unit_of(figure):
        return None
    text = printed(label)
    sound = text[:1].isupper() and not any(map(str.isdigit, text)) and not text.endswith((".", ":", ","))
    return Lead(at, figure, label) if sound and not has_verb(text) and not is_open(label[-1]) else None


def _alike(one: Lead, other: Lead) -> bool:
    return unit_of(one.figure) == unit_of(other.figure)


def _is_list(run: Sequence[Lead]) -> bool:
    """Tell whether lines are a list: several, each label once."""
    if len({printed(lead.label) for lead in run}) < len(run):
        return False
    return len(run) >= FEWEST or (len(run) > 1 and unit_of(run[0].figure) == "%")
