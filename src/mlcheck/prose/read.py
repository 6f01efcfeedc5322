"""Read French sentences into claims, and the arithmetic that they state among themselves."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.model.claim import Claim, Link
from mlcheck.model.document import Locator
from mlcheck.model.errors import at_stage
from mlcheck.model.sentence import Sentence
from mlcheck.prose.claims import claims_of, durations_of
from mlcheck.prose.links import Passage, links_of
from mlcheck.prose.passage import LONGEST, Statement
from mlcheck.prose.sentence import Parse, parse
from mlcheck.prose.sentences import Stretch, stretches
from mlcheck.prose.statements import Text, stated_in, text_of


class Prose(Struct, frozen=True):
    """A paragraph or list item to be read.

    `sections` are the headings above it, outermost first; consecutive items under one heading or lead-in
    share `block` with it. Line breaks and list marks may stand in `text`. One that is `apart` states nothing together
    with its neighbours: the title of a table.
    """

    text: str
    locator: Locator
    sections: tuple[str, ...] = ()
    block: int = 0
    apart: bool = False


def read_claims(
    paragraphs: Sequence[Prose], *, year: int | None, first_figure: int
) -> tuple[tuple[Claim, ...], tuple[Link, ...]]:  # fmt: skip
    """Return the claims of some paragraphs in reading order, and the arithmetic they state among themselves.

    `year` is the report's; claim n is figure `first_figure` + n. The indexes of `of` and of links are
    those of the claims returned.
    """
    claims: list[Claim] = []
    passages: list[Passage] = []
    links: list[Link] = []
    for prose in paragraphs:
        with at_stage("prose", prose.locator):
            for stretch in stretches(prose.text):
                laid_out = None if stretch.row else parse(stretch.text, year)
                first = len(claims)
                statement = text = None
                if laid_out is not None:
                    sentence = _sentence(prose, stretch, laid_out, len(passages))
                    found, readings = claims_of(laid_out, sentence, first, first_figure + first)
                    if prose.apart:
                        found = [_counted(claim) for claim in found]
                    claims += found
                    if len(readings) <= LONGEST:
                        durations = durations_of(laid_out, sentence)
                        statement = Statement(laid_out, readings, found, first, durations)
                        text = text_of(statement)
                    if statement is not None and text is not None:
                        own, lengths = _stated(statement, text)
                        links += own
                        claims += [
                            replace(d, figure=first_figure + n) for n, d in enumerate(lengths, len(claims))
                        ]
                passages.append(
                    Passage(stretch.text, stretch.item, prose.block, first, statement, text, prose.apart)
                )
    return tuple(claims), tuple(links_of(passages, links))


def _counted(claim: Claim) -> Claim:
    """Return what a title counts as an exact count: "Les 51 adhérents par section" is no ratio, which is rounded."""
    if claim.kind != "ratio":
        return claim
    number = claim.quantity
    exact = (
        replace(number, mantissa=number.mantissa // 10, half=0, scale=number.scale - 1)
        if number.half
        else number
    )
    return replace(claim, kind="count", base=(), quantity=exact)


def _stated(statement: Statement, text: Text) -> tuple[list[Link], list[Claim]]:
    """Return what a sentence states among its numbers, and the durations of which it does, numbered after its claims."""
    links = list(stated_in(text))
    start = statement.first + len(statement.claims)
    used = sorted({n for link in links for n in (link.stated, *link.operands) if n >= start})
    if not used:
        return links, []
    number = {n: start + at for at, n in enumerate(used)}
    numbered = [
        replace(
            link,
            stated=number.get(link.stated, link.stated),
            operands=tuple(number.get(n, n) for n in link.operands),
        )
        for link in links
    ]
    return numbered, [statement.durations[n - start] for n in used]


def _sentence(prose: Prose, stretch: Stretch, laid_out: Parse, number: int) -> Sentence:
    """Return the sentence of a stretch of a paragraph, `number` its id."""
    place = prose.locator
    if stretch.line and place.line is not None:
        place = replace(place, line=place.line + stretch.line)
    return Sentence(number, stretch.text, laid_out.tokens, place, prose.sections, prose.block)
