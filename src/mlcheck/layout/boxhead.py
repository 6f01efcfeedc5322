"""Split the words over a table into the labels of its columns, where nothing but words tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.language.numeral import MINUS
from mlcheck.language.roles import is_bare_total, is_of_which, is_total
from mlcheck.language.words import fold
from mlcheck.layout.candidates.rows import BodyRow, Run
from mlcheck.layout.lines import Parsed, heads_years
from mlcheck.layout.wording import (
    folded,
    hangs,
    heads_stub_only,
    is_open,
    is_opener,
    is_stub_head,
    is_year,
    takes_number,
)
from mlcheck.layout.words_of_lines import Token, printed

CLEAN, KNOWN, BLANK = 3, 2, 2
LONGEST_STUB = 4  # words that head the row labels; more are a title


class Heads(Struct, frozen=True):
    """The labels of the columns of figures, with that of the stub where it has one; `lines` hold them.

    `spanners` are labels over several columns, from the first to the last.
    """

    labels: tuple[Label, ...]
    stub: Label = ()
    lines: int = 0
    spanners: tuple[tuple[Label, int, int], ...] = ()


SURE, LIKELY, POSSIBLE, NEVER = 3, 2, 1, 0
Label = tuple[Token, ...]
HIGHEST = 10  # lines of a boxhead
WIDEST = 2  # blank lines within one


class Zone(Struct, frozen=True):
    """Texts above a body, the nearest last: their words, whether a blank line follows, their indexes.

    `height` is how many lines the one text of a zone stands for whose words were put in order.
    """

    texts: tuple[tuple[Token, ...], ...]
    gaps: tuple[bool, ...]
    indexes: tuple[int, ...]
    height: int = 0

    def until(self, count: int) -> Zone:
        """Return the zone without its last lines."""
        return Zone(self.texts[:count], self.gaps[:count], self.indexes[:count])


MOST_TITLES = 2


def split(tokens: Sequence[Token], count: int) -> tuple[Label, ...] | None:
    """Return `count` labels, or None where the words do not say for sure where each starts."""
    if not tokens or count < 1 or len(tokens) < count:
        return None
    strength = start_strengths(tokens)
    if strength[0] == NEVER:
        return None
    order = sorted(range(1, len(tokens)), key=lambda at: -strength[at])
    chosen, left = sorted(order[: count - 1]), order[count - 1 :]
    weakest = min((strength[at] for at in chosen), default=SURE)
    strongest = max((strength[at] for at in left), default=NEVER)
    if weakest <= strongest or weakest == NEVER:
        return None
    bounds = [0, *chosen, len(tokens)]
    labels = tuple(tuple(tokens[a:b]) for a, b in pairwise(bounds))
    return labels if all(_is_label(label) for label in labels) else None


def _is_label(label: Label) -> bool:
    dated = is_year(label[0].text) and len(label) > 1
    mixed = any(
        is_open(one) and is_opener(other) and other.text[0].isupper() for one, other in pairwise(label)
    )
    return not (dated or mixed or is_open(label[-1])) and hangs(printed(label)) == 0


def best_heads(
    zone: Sequence[Sequence[Token]], counts: Sequence[int], gaps: Sequence[bool], *, labelled: bool
) -> Heads | None:
    """Return the labels over one of `counts` columns, from the lines above them, the nearest line last.

    `gaps` tells which of the lines have a blank line below them. The surest split wins: a known head of
    the stub, sure starts, none left over; then the fewest lines. None where the words leave it open.
    """
    if (spanned := _under_spanners(zone, counts, gaps, labelled=labelled)) is not None:
        return spanned
    best: tuple[int, int] | None = None
    found: Heads | None = None
    for taken in range(1, len(zone) + 1):
        first = len(zone) - taken
        if first and not gaps[first - 1] and zone[first - 1] and is_open(zone[first - 1][-1]):
            continue
        tokens = [token for line in zone[first:] for token in line]
        blanks = sum(gaps[first:-1])
        for count in counts:
            for head, score in _readings(tokens, count, labelled):
                mixed = labelled and any(map(_holds_stub, head.labels))
                if (
                    mixed
                    or _is_woven(zone[first:], head.labels)
                    or (labelled and not _is_whole(zone, gaps, first, head.stub))
                ):
                    continue
                rank = (score - BLANK * blanks, -taken)
                if best is None or rank > best:
                    best, found = rank, replace(head, lines=taken)
    return found


# The same labels again and again, under as many that say how they differ.


def _under_spanners(
    zone: Sequence[Sequence[Token]], counts: Sequence[int], gaps: Sequence[bool], *, labelled: bool
) -> Heads | None:
    """Return the labels of "Secteur Nombre % Nombre %" under "2022 2023"; None where no labels come again so."""
    if len(zone) < 2 or gaps[-2]:
        return None
    for count in counts:
        for times in (n for n in range(2, count) if count % n == 0):
            found = _repeated_labels(zone[-1], count // times, times) if labelled else None
            if found is None:
                continue
            stub, labels = found
            over = split(zone[-2], times)
            if over is None and not stub and (above := split(zone[-2], times + 1)) and is_stub_head(above[0]):
                stub, over = above[0], above[1:]
            if over is None:
                continue
            size = count // times
            spanners = tuple((label, n * size, n * size + size - 1) for n, label in enumerate(over))
            return Heads(labels * times, stub, 2, spanners)
    return None


def _repeated_labels(line: Sequence[Token], size: int, times: int) -> tuple[Label, tuple[Label, ...]] | None:
    """Return the head of the stub and the labels of a line that says these several times after it."""
    for length in range(LONGEST_STUB + 1):
        words = [fold(token.text) or token.text for token in line[length:]]
        block, rest = divmod(len(words), times)
        if (
            rest
            or not block
            or any(words[n : n + block] != words[:block] for n in range(0, len(words), block))
        ):
            continue
        labels = split(line[length : length + block], size)
        if labels is not None:
            return tuple(line[:length]), labels
    return None


def times_repeated(labels: Sequence[Label]) -> int:
    """Return how often the same labels, two at least, come again side by side; 1 where they do not."""
    names = [fold(printed(label)) or printed(label) for label in labels]
    for size in range(2, len(names) // 2 + 1):
        if len(names) % size == 0 and names == names[:size] * (len(names) // size):
            return len(names) // size
    return 1


def _readings(tokens: list[Token], columns: int, labelled: bool) -> Iterator[tuple[Heads, int]]:
    """Yield the labels that words may be, with and without the head of a stub, and how sure they are."""
    whole = split(tokens, columns + 1) if labelled else None
    if whole and not _is_part(whole[1]):
        known, opens = is_stub_head(whole[0]), _opens(whole[1])
        named = (opens or columns > 1) and not is_no_stub(whole[0])
        if known and _is_same(whole[0][0], whole[1][0]):
            return
        if named or (known and len(whole[0]) <= LONGEST_STUB and not is_stub_head(whole[1])):
            yield Heads(whole[1:], whole[0]), _score(tokens, columns + 1) + KNOWN * known
    labels = split(tokens, columns)
    if not labels or _is_part(labels[0]) or (columns == 1 and not _opens(labels[0])):
        return
    if not (labelled and is_stub_head(labels[0])):
        yield Heads(labels), _score(tokens, columns)


def is_no_stub(label: Label) -> bool:
    """Tell whether a label names a measure, a class, a member or a year, and so no column of row labels."""
    named = _opens(label) or is_digits(label[0].text[:1]) or is_total(printed(label))
    return named or (_is_member(label) and not is_stub_head(label))


def _score(tokens: Sequence[Token], count: int) -> int:
    """Return how sure a split is: its weakest start, and whether it uses all that may be one."""
    strength = sorted(start_strengths(tokens)[1:], reverse=True)
    weakest = strength[count - 2] if count > 1 else SURE
    return weakest + CLEAN * (len(strength) < count or strength[count - 1] == NEVER)


def _opens(label: Label) -> bool:
    return is_opener(label[0]) or all(is_year(token.text) for token in label)


# How sure a label of a column starts with a word, where nothing but words tells labels apart.


def start_strengths(tokens: Sequence[Token]) -> list[int]:
    """Return for each word how sure it is that a label starts with it."""
    found: list[int] = []
    depth = 0
    again = _repeated(tokens)
    for at, token in enumerate(tokens):
        inside = depth > 0
        depth = max(0, depth + hangs(token.text))
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        start = _start(token, before, after)
        if before is not None and inside:
            start = NEVER
        found.append(SURE if start and token.text in again else start)
    return found


def _repeated(tokens: Sequence[Token]) -> set[str]:
    """Return the words with a capital that stand several times after different ones, and never after "de"."""
    places: dict[str, list[str]] = {}
    for before, token in zip(["", *(t.text for t in tokens)], tokens, strict=False):
        if token.text[:1].isupper():
            places.setdefault(token.text, []).append(before)
    closed = {token.text for token in tokens if is_open(token)}
    return {word for word, after in places.items() if len(set(after)) > 1 and closed.isdisjoint(after)}


def _start(token: Token, before: Token | None, after: Token | None) -> int:
    text = token.text
    if before is None:
        return SURE if not text[:1].islower() or is_opener(token) else NEVER
    if is_year(text) and after is not None and is_year(after.text):
        return SURE
    if not re.search(r"[\w%€‰]", text) or (is_open(before) and not before.text.endswith(":")):
        return NEVER
    if is_digits(text[:1]):
        return _start_with_number(token, before, after)
    if text in ("%", "€", "‰"):
        return NEVER if is_digits(before.text[-1:]) else SURE
    if text[0] in "(+":
        return NEVER
    if text.casefold() == before.text.casefold():
        return SURE
    if is_opener(token):
        return (
            SURE
            if text[:1].isupper() or text in lexicon().parts
            else POSSIBLE * (text in lexicon().lines.small_openers)
        )
    if not text[:1].isupper():
        return NEVER
    if is_bare_total(text) or before.text == ":":
        return SURE
    if before.text.isupper() and len(before.text) > 1:
        return LIKELY
    return _start_with_capital(text, before)


def _start_with_capital(text: str, before: Token) -> int:
    if before.text[:1].isupper() or (text.isupper() and len(text) > 1):
        return POSSIBLE
    return LIKELY


def _start_with_number(token: Token, before: Token, after: Token | None) -> int:
    """Tell how sure a label starts with a number: a year beside another, a class after a class."""
    if is_year(token.text):
        return SURE if is_year(before.text) else NEVER
    if before.text.lower() in lexicon().lines.classes:
        return LIKELY
    if before.text.isupper() or takes_number(before):
        return NEVER  # "GIR 1-2", "Niveau 3"
    opens = after is not None and (after.text.lower() in lexicon().lines.classes or after.text in MINUS)
    return POSSIBLE if opens or re.fullmatch(r"[0-9]+[-–][0-9]+", token.text) else NEVER


# What tells that the words over a body are mixed up, or that some of them are missing.


@lru_cache(4_096)
def _is_member(label: Label) -> bool:
    """Tell whether a label is known as that of a column: a class of a scale, a sex, a total."""
    return fold(printed(label)) in _members()


@cache
def _members() -> frozenset[str]:
    known = lexicon()
    steps = [fold(word) for scale in known.scales for step in scale.steps for word in step]
    return frozenset(steps) | folded(known.lines.members) | folded(known.totals.exact)


def _is_part(label: Label) -> bool:
    """Tell whether a label counts a part of the column before it, so that it labels no first column."""
    return is_of_which(printed(label))


def _holds_stub(label: Label) -> bool:
    """Tell whether the head of a stub ("Commune") stands in the label of figures: then lines are mixed up."""
    if heads_stub_only(label[0]) and (len(label) == 1 or _is_complement(label[1])):
        return True
    return any(heads_stub_only(token) for token in label[1:])


def _is_complement(token: Token) -> bool:
    """Tell whether a word goes on "Type": "de", "d'hébergement"."""
    return is_open(token) or token.text.casefold().startswith(lexicon().lines.complements)


def _is_same(one: Token, other: Token) -> bool:
    """Tell whether a title and the head of a stub below it start alike: "Quartiers prioritaires", "Quartier"."""
    return fold(one.text).rstrip("s") == fold(other.text).rstrip("s")


def _is_woven(lines: Sequence[Sequence[Token]], labels: Sequence[Label]) -> bool:
    """Tell whether a line may go on any of several labels on the line above it, so that words are mixed up."""
    firsts = {id(label[0]) for label in labels}
    if all(_is_member(label) for label in labels):
        return False
    for line, below in pairwise(lines):
        several = sum(id(token) in firsts for token in line) > 1
        if several and id(below[0]) not in firsts and not is_open(line[-1]):
            return True
    return False


def _is_whole(zone: Sequence[Sequence[Token]], gaps: Sequence[bool], first: int, stub: Label) -> bool:
    """Tell whether no line right above the labels heads the stub or a column: with it they would be others."""
    above = first
    while above and not gaps[above - 1]:
        above -= 1
    if any(_is_part(tuple(line)) or is_open(line[-1]) for line in zone[above:first]):
        return False
    if is_stub_head(stub):
        return True
    return not any(heads_stub_only(token) for line in zone[above:first] for token in line)


# How many columns the words over a body speak of.


def counts_in_words(zone: Zone, *, labelled: bool) -> frozenset[int]:
    """Return the numbers of columns that the last lines over a body may label; none where they say nothing.

    A known head of the row labels ("Commune") opens the boxhead; without one every line may, up to a blank
    line over a line of several labels, and the first label may head the row labels or not.
    """
    found: set[int] = set()
    for first in range(len(zone.texts) - 1, -1, -1):
        if first and not zone.gaps[first - 1] and is_open(zone.texts[first - 1][-1]):
            continue
        lines = zone.texts[first:]
        tokens = [token for line in lines for token in line]
        strength = start_strengths(tokens)
        if strength[0] != NEVER:
            members = _beside_members(tokens, strength) if labelled else 0
            if members:
                return frozenset({members})
            counts = _counts(tokens, strength)
            counts |= set(range(max(counts), max(counts) + 1 + _hidden(lines, strength)))
            stub = _first_label(tokens, strength)
            if labelled and _is_known(stub, lines, top=not first):
                return frozenset(n - 1 for n in counts)
            found |= counts
            if labelled and not is_no_stub(stub):
                found |= {n - 1 for n in counts}
        if first and zone.gaps[first - 1] and _is_row_of_labels(lines):
            break
    return frozenset(n for n in found if n > 0)


def _counts(tokens: Sequence[Token], strength: Sequence[int]) -> set[int]:
    """Return how many labels words make: one number where all are known, else from the likely to the possible."""
    least = 1 + sum(s >= LIKELY for s in strength[1:])
    most = 1 + sum(s > NEVER for s in strength[1:])
    for count in range(most, max(least, 2) - 1, -1):
        labels = split(tokens, count)
        known = labels is not None and (_is_member(labels[0]) or is_stub_head(labels[0]))
        if labels is not None and known and all(map(_is_member, labels[1:])):
            return {count}
    return set(range(least, most + 1))


def _beside_members(tokens: Sequence[Token], strength: Sequence[int]) -> int:
    """Return how many known labels of columns follow one that is none, which heads the row labels; 0 for less than two."""
    labels = split(tokens, 1 + sum(s > NEVER for s in strength[1:]))
    if labels is None or len(labels) < 3 or _is_member(labels[0]) or is_no_stub(labels[0]):
        return 0
    return len(labels) - 1 if len(labels[0]) <= LONGEST_STUB and all(map(_is_member, labels[1:])) else 0


def _hidden(lines: Sequence[Sequence[Token]], strength: Sequence[int]) -> int:
    """Return how many labels may hide in lines of several: there a line may go on another label than the last.

    "Dont nombre de 16 - 17 ans" over "jeunes" has the start of two.
    """
    if len(lines) < 2 or not _is_row_of_labels(lines):
        return 0
    tokens = [token for line in lines for token in line]
    return sum(
        strength[at] == NEVER
        and is_open(tokens[at - 1])
        and tokens[at - 1].text.isalpha()
        and not tokens[at].text[0].islower()
        for at in range(1, len(tokens))
    )


def _first_label(tokens: Sequence[Token], strength: Sequence[int]) -> Label:
    end = next((at for at, s in enumerate(strength) if at and s > NEVER), len(tokens))
    return tuple(tokens[:end])


def _is_known(stub: Label, lines: Sequence[Sequence[Token]], *, top: bool) -> bool:
    """Tell whether a label heads the row labels: by its words, and not as a title on a line of its own."""
    plain = (
        is_stub_head(stub)
        and len(stub) <= LONGEST_STUB
        and not any(t.text[0] in "/(" or is_digits(t.text[0]) for t in stub)
    )
    if not plain or not (heads_stub_only(stub[0]) or top):
        return False
    alone = len(lines[0]) <= len(stub)
    return not (alone and any(_holds_labels(line) for line in lines[1:]))


def _holds_labels(line: Sequence[Token]) -> bool:
    """Tell whether several labels start on a line."""
    return any(s >= LIKELY for s in start_strengths(line)[1:])


def _is_row_of_labels(lines: Sequence[Sequence[Token]]) -> bool:
    return any(any(s > NEVER for s in start_strengths(line)[1:]) for line in lines)


# The texts above a body that may hold its boxhead.


def zone_above(lines: Sequence[Parsed], first: int, before: int) -> Zone:
    """Return the texts between a body and what ends them: prose, a heading, or the table above."""
    indexes: list[int] = []
    gaps: list[bool] = []
    blanks, at = 0, first - 1
    while at > before and len(indexes) < HIGHEST and blanks <= WIDEST:
        line = lines[at]
        if line.kind == "blank":
            blanks += 1
        elif line.kind == "closed" or (line.tail is not None and not heads_years(line)):
            break
        elif line.kind != "margin":
            indexes.append(at)
            gaps.append(blanks > 0)
            blanks = 0
        at -= 1
    indexes.reverse()
    gaps.reverse()
    return Zone(tuple(lines[i].strip.tokens for i in indexes), tuple(gaps), tuple(indexes))


# Labels without figures between a boxhead and the first row that has some.


def with_titles(lines: Sequence[Parsed], zone: Zone, run: Run) -> tuple[Zone, Run]:
    """Return the boxhead and the rows of a body: labels without figures under the boxhead are rows."""
    if not run.rows[0].label:
        return zone, run
    years = max((at for at, i in enumerate(zone.indexes) if lines[i].tail is not None), default=None)
    if years is not None and _heads_each(zone.texts[years], zone.texts[years + 1 : years + 2]):
        years += 1
    below = len(zone.indexes) - 1 - years if years is not None else _labels_below(zone, run)
    if not 0 < below <= MOST_TITLES:
        return zone, run
    titles = [BodyRow((i,), lines[i].label, None) for i in zone.indexes[-below:]]
    return zone.until(len(zone.indexes) - below), Run([*titles, *run.rows])


def _heads_each(years: Sequence[Token], below: Sequence[Sequence[Token]]) -> bool:
    """Tell whether the text right under some years names the same columns for each of them, and is no row."""
    times = sum(is_year(token.text) for token in years)
    if not below or times < 2:
        return False
    return any(_repeated_labels(below[0], size, times) for size in range(2, len(below[0]) // times + 1))


def _labels_below(zone: Zone, run: Run) -> int:
    """Return how many texts right above the rows start where their labels do, under words over the figures."""
    first = run.rows[0]
    if first.tail is None or not first.tail.has_gaps:
        return 0
    left, figures = first.label[0].left, first.tail.chunks[0].tokens[0].left
    count = 0
    for text in reversed(zone.texts):
        if text[0].left != left or text[-1].right >= figures or is_stub_head(text):
            break
        count += 1
    above = zone.texts[: len(zone.texts) - count]
    right = max(token.right for row in run.rows for token in row.label)
    return count if any(text[-1].right > right for text in above) else 0
