"""Gather the arithmetic that sentences state among their own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from mlcheck.model.claim import Link
from mlcheck.model.sentence import Token
from mlcheck.prose.conditions import counted_twice
from mlcheck.prose.passage import LONGEST, Statement, complementary, overlaps, same_family
from mlcheck.prose.statements import OPEN, Text, led_by, stated_across
from mlcheck.prose.tokens import root, tokens, words

_TOGETHER = 3  # sentences
_SEVERAL = 2  # items of a list
Entry = tuple["Passage", Statement | None]


class Passage(Struct, frozen=True):
    """A sentence or list item in its place among the others; its first number is claim `first`.

    `statement` is None where it asserts no number, or too many; `words` are None where it is data.
    One that is `apart` states nothing together with others.
    """

    text: str
    item: bool
    block: int
    first: int
    statement: Statement | None = None
    words: Text | None = None
    apart: bool = False

    @property
    def leads_in(self) -> bool:
        """Whether a list follows."""
        return self.text.endswith(":")

    @property
    def open(self) -> bool:
        """Whether it ends in dots: the list goes on elsewhere."""
        return self.text.endswith("…")


def links_of(passages: Sequence[Passage], stated: Sequence[Link]) -> list[Link]:
    """Return the links of all passages, each once, with those `stated` within sentences; their indexes are those of the report's claims."""
    entries = [(p, p.statement) for p in passages if not p.apart]
    found: dict[tuple[str, int, tuple[int, ...]], Link] = {}
    for link in (*_list_links(entries), *_numbered(entries)):
        _keep(found, link)
    for link in stated:
        _keep(found, link)
    known = {(link.kind, link.stated) for link in found.values()}
    for link in _following(passages):
        if (link.kind, link.stated) not in known:
            _keep(found, link)
    return list(found.values())


def _following(passages: Sequence[Passage]) -> Iterator[Link]:
    """Yield what up to three sentences with numbers state together, one right after the other."""
    told = [(n, p.words) for n, p in enumerate(passages) if p.statement is not None and not p.apart]
    for at in range(len(told)):
        near = [one for n, one in told[at : at + _TOGETHER] if n - told[at][0] < _TOGETHER]
        if len(near) > 1 and None not in near:
            yield from stated_across(near)  # type: ignore[arg-type]


def _keep(found: dict[tuple[str, int, tuple[int, ...]], Link], link: Link) -> None:
    found.setdefault((link.kind, link.stated, link.operands), link)


# Links of lists: what a lead-in counts and its items add up to, and distributions in items.


def _list_links(entries: Sequence[Entry]) -> Iterator[Link]:
    """Yield the links between lead-ins and their items; claims are numbered in the report."""
    at = 0
    while at < len(entries):
        lead, statement = entries[at]
        at += 1
        listed = at < len(entries) and entries[at][0].item and not lead.item
        if not (lead.leads_in or (listed and statement is not None)):
            continue
        items, closed = _items(entries, at, lead.block, led=lead.leads_in)
        at += len(items)
        if statement is not None:
            yield from _sums(lead, statement, items, closed)
            yield from _led(lead, statement, items, closed)
        if lead.leads_in:
            yield from _distribution(lead, items, closed)


def _numbered(entries: Sequence[Entry]) -> Iterator[Link]:
    """Read "Formation en 3 modules" before "Module 1 - …", "Module 2 - …", "Module 3 - …": as many as it says."""
    for at, (passage, statement) in enumerate(entries):
        if statement is None or passage.item:
            continue
        for k in range(len(statement.claims)):
            noun = statement.noun(k)
            if noun is None or statement.claims[k].kind != "count" or statement.unit(k) != "count":
                continue
            listed = _count_of(noun, entries[at + 1 : at + 1 + LONGEST])
            if listed >= _SEVERAL:
                length = Decimal(listed)
                yield Link("length", passage.first + k, (passage.first + k,), limits=(length, length))


def _count_of(noun: str, entries: Sequence[Entry]) -> int:
    """Return how many passages in a row open with a noun and their number: "Module 1", "Module 2".

    Flattened text may have the next ones in the same passage.
    """
    count = 0
    for passage, statement in entries:
        own, before = tokens(passage.text) if statement is None else statement.sentence.tokens, count
        if _opens(own, noun):
            for word, number in pairwise(own):
                count += root(word.key) == noun and number.key == str(count + 1)
        if count == before:
            break
    return count


def _opens(own: Sequence[Token], noun: str) -> bool:
    return bool(own) and root(own[0].key) == noun


def _items(entries: Sequence[Entry], at: int, block: int, *, led: bool) -> tuple[list[Entry], bool]:
    """Return the items that follow a lead-in, `led` by its colon beyond its block, and whether nothing says that they go on."""
    items: list[Entry] = []
    for passage, statement in entries[at:]:
        if (
            (passage.block != block and not (led and passage.item))
            or passage.leads_in
            or (items and items[0][0].item and not passage.item and not passage.open)
        ):
            break
        items.append((passage, statement))
        if passage.open or (statement is not None and statement.open()):
            return items, False
    return items, True


def _sums(lead: Passage, statement: Statement, items: Sequence[Entry], closed: bool) -> Iterator[Link]:
    """Read "295 jeunes ont participé à 26 ateliers :" before items that each count jeunes and ateliers."""
    if not closed or any("open" in t.tags or "part" in t.tags for t in statement.sentence.tokens):
        return
    for k in range(len(statement.claims)):
        noun = statement.noun(k)
        if (
            noun is None
            or not statement.counted(k)
            or sum(statement.noun(j) == noun for j in range(len(statement.claims))) > 1
        ):
            continue
        operands = _operands(noun, statement.unit(k), items)
        if len(operands) > 1:
            yield Link("sum", lead.first + k, tuple(operands), (statement.word(k),))


def _led(lead: Passage, statement: Statement, items: Sequence[Entry], closed: bool) -> Iterator[Link]:
    """Read "Bilan des interventions (677) :" before "499 (soit 74 %) pour secours": their sum, and each one's share of it."""
    said = led_by(lead.words)
    whole, loose = said if said is not None else (None, False)
    counts = [_one_count(item, statement.unit(whole)) for item in items] if whole is not None else []
    if whole is None or len(counts) < _SEVERAL or None in counts:
        return
    index = lead.first + whole
    nouns = [one.noun(n - item.first) for (n, _), (item, one) in zip(counts, items, strict=True) if one]  # type: ignore[misc]
    if counted_twice(nouns) or _holds_a_pair(nouns):
        return
    if loose and not (lead.leads_in and all(_opens_with_count(item) for item in items)):
        return
    if closed:
        yield Link("sum", index, tuple(n for n, _ in counts), loose=loose)  # type: ignore[misc]
    for count, share in counts:  # type: ignore[misc]
        if share is not None:
            yield Link("share", share, (count, index))


def _holds_a_pair(nouns: Sequence[str | None]) -> bool:
    """Tell whether two of some items are the sides of a pair, which leave nothing to the others: "9 femmes", "6 hommes"."""
    return len(nouns) > _SEVERAL and any(
        left & {*nouns} and right & {*nouns} for left, right in words().complements
    )


def _opens_with_count(entry: Entry) -> bool:
    """Tell whether an item opens with its number, and no word of it says that others may be of it too."""
    statement = entry[1]
    return statement is not None and statement.sentence.mentions[0].lead == 0 and not overlaps(statement, 0)


def _one_count(entry: Entry, unit: str) -> tuple[int, int | None] | None:
    """Return the one count of an item and the one percentage beside it; None where there is not one count."""
    passage, statement = entry
    if statement is None:
        return None
    counts = [k for k in range(len(statement.claims)) if statement.counted(k) and statement.unit(k) == unit]
    shares = [k for k, c in enumerate(statement.claims) if c.kind == "share" and c.quantity.unit == "%"]
    if len(counts) != 1:
        return None
    said = shares[0] if len(shares) == 1 and statement.said(shares[0]) else None
    return passage.first + counts[0], None if said is None else passage.first + said


def _operands(noun: str, unit: str, items: Sequence[Entry]) -> list[int]:
    """Return the one count of a noun in each item; of a lone sentence, all its counts of that noun."""
    found: list[int] = []
    for passage, statement in items:
        if statement is None:
            return []
        same = [
            j
            for j in range(len(statement.claims))
            if statement.counted(j) and statement.noun(j) == noun and statement.unit(j) == unit
        ]
        same = [j for j in same if statement.claims[j].kind == "count"]
        if not same or (len(items) > 1 and len(same) > 1):
            return []
        if len(items) == 1 and len(same) > 1:
            gap = statement.gap(same[-2], same[-1])
            if not gap or "joint" not in gap[-1].tags:
                return []
        found += [passage.first + j for j in same]
    return found


def _distribution(lead: Passage, items: Sequence[Entry], closed: bool) -> Iterator[Link]:
    """Read "Répartition par sexe :" before "Femmes : 43 %" and "Hommes : 57 %": their shares make 100."""
    shares: list[int] = []
    labels: list[frozenset[str]] = []
    for passage, statement in items:
        if statement is None:
            if passage.open:
                continue
            return
        if not _labelled(statement):
            return
        shares.append(passage.first)
        labels.append(frozenset(root(w) for w in statement.claims[0].subject))
    if len(shares) < 2:
        return
    tags = {tag for t in tokens(lead.text) for tag in t.tags}
    if "own-base" in tags:
        return
    if "breakdown" not in tags and not same_family(labels) and not complementary(labels):
        return
    whole = closed and "open" not in tags
    yield Link("distribution", shares[0], tuple(shares), ("100 %",) if whole else (OPEN, "100 %"))


def _labelled(statement: Statement) -> bool:
    """Return whether an item is a label, a colon and a percentage: "Femmes : 43 %"."""
    if not statement.claims:
        return False
    first = statement.claims[0]
    return (
        first.kind == "share"
        and first.quantity.unit == "%"
        and statement.sentence.token(statement.sentence.before(0)).key == ":"
    )
