"""Find the lines of percentages that make 100: the parts of a total that prints 100, or all there is of one whole.

A total that prints 100 says so of its lines. Without one only words do: a title ("Répartition", "en %"), and
labels that exclude each other (classes of age, the sexes). Answers that may overlap are no distribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from msgspec.structs import replace

from mlcheck.language.lexicon import lexicon
from mlcheck.language.roles import statistic_of
from mlcheck.language.words import fold, stem, stems
from mlcheck.model.relation import Evidence
from mlcheck.model.table import Line, Relation
from mlcheck.tables.crossed import Crossed
from mlcheck.tables.descriptors import family_of, says
from mlcheck.tables.hundred import Hundred

MOST_SHARES = 12  # lines that make 100 side by side
FEWEST_HUNDREDS = 4  # crossings that make 100 without a word for it
BEYOND = 14  # bits by which lists of percentages make 100 by no chance


def find_distributions(crossed: Crossed, found: Sequence[Relation]) -> Iterator[Relation]:
    """Yield the lines of this axis whose percentages make 100, at each crossing where they do."""
    shares = [x for x in range(len(crossed.across)) if _is_of_shares(crossed, x)]
    maybe = shares or [x for x in range(len(crossed.across)) if _is_titled(crossed, x)]
    totals = [i for i, line in enumerate(crossed.lines) if line.role == "total" and not line.hidden]
    for total in totals:
        parts = _parts(crossed, total, found)
        crossings = [x for x in _hundreds(crossed, total, maybe) if not _repeats(crossed, parts, x)]
        if len(crossings) > (0 if shares else 2) and len(parts) > 1:
            words = tuple(w for w in (crossed.lines[total].label, "100") if w)
            yield _relation(crossed, parts, crossings, Evidence(words, ("its total prints 100",)))
        if missed := [x for x in shares if x not in crossings and _misses(crossed, total, parts, x)]:
            said = Evidence((crossed.lines[total].label,), ("its parts make 100",))
            pairs = tuple((i, 1) for i in parts)
            yield Relation("sum", crossed.axis, total, pairs, tuple(missed), "words", evidence=said)
    if shares and not totals:
        yield from _whole_lists(crossed, shares)


def with_shares(crossed: Crossed) -> list[Line]:
    """Return the lines of this axis, as shares where a title says so and a total prints 100 at most crossings.

    "Répartition par âge" over classes whose total is 100 in every row prints percentages without a sign.
    """
    titled = [x for x in range(len(crossed.across)) if _is_titled(crossed, x)]
    totals = [i for i, line in enumerate(crossed.lines) if line.role == "total"]
    if len(titled) < 2 or not any(
        sum(crossed.is_hundred(i, x) for x in titled) * 2 > len(titled) for i in totals
    ):
        return _with_hundreds(crossed)
    return [
        replace(line, statistic="share")
        if line.statistic is None and line.role in ("part", "total")
        else line
        for line in crossed.lines
    ]


def _with_hundreds(crossed: Crossed) -> list[Line]:
    """Return the lines with those made shares that stand side by side and make 100 at nearly every crossing.

    Their numbers print decimals, and too many crossings make 100 for chance: no word need say that they are percentages.
    """
    lines = list(crossed.lines)
    start = 0
    while start < len(lines):
        end = _end_of_hundred(crossed, start)
        for i in range(start, end or start):
            lines[i] = replace(lines[i], statistic="share")
        start = end or start + 1
    return lines


def _end_of_hundred(crossed: Crossed, start: int) -> int | None:
    """Return the line after those that make 100 from `start` on, at nearly all crossings where all print a number."""
    made = {x: Hundred() for x in range(len(crossed.across))}
    decimals = False
    for end, line in enumerate(crossed.lines[start : start + MOST_SHARES], start + 1):
        if line.statistic is not None or line.role != "part" or line.unit != "count":
            return None
        quantities = {x: crossed.quantity(end - 1, x) for x in range(len(crossed.across))}
        decimals = decimals or any(q is not None and q.scale for q in quantities.values())
        made = {x: one.plus(q) for x, one in made.items() if (q := quantities[x]) is not None}
        if len(made) < FEWEST_HUNDREDS:
            return None
        held = sum(one.holds for one in made.values())
        if end - start > 1 and decimals and held >= FEWEST_HUNDREDS and held * 10 >= len(made) * 9:
            return end
    return None


def _is_of_shares(crossed: Crossed, crossing: int) -> bool:
    """Tell whether the figures at a crossing are percentages that may be parts of one whole."""
    line = crossed.across[crossing]
    if not _is_of_parts(line):
        return False
    if line.statistic == "share" or line.unit == "%":
        return True
    printed = [q for i in range(len(crossed.lines)) if (q := crossed.quantity(i, crossing)) is not None]
    return len(printed) > 1 and all(q.unit == "%" for q in printed)


def _is_of_parts(line: Line) -> bool:
    shares = line.statistic in (None, "share") and statistic_of(line.label) is None
    return shares and not line.hidden and line.role != "variation" and not _is_of_one_sex(line)


def _is_of_one_sex(line: Line) -> bool:
    """Tell whether percentages are of the persons of one sex in each line, which make nothing together: "Part des femmes"."""
    words = stems(line.label)
    known = lexicon()
    parts = {stem(fold(w)) for w in (*known.binding.head, *known.binding.counting)}
    return (
        len(words) > 1 and bool(words & {stem(fold(w)) for w in known.binding.sexes}) and bool(words & parts)
    )


def _is_titled(crossed: Crossed, crossing: int) -> bool:
    """Tell whether a title or a spanner says that the figures at a crossing, printed without a sign, make 100."""
    line = crossed.across[crossing]
    texts = (*line.path, line.label, crossed.title)
    printed = [q for i in range(len(crossed.lines)) if (q := crossed.quantity(i, crossing)) is not None]
    said = any(says(text, lexicon().measures.distribution) for text in texts)
    return said and _is_of_parts(line) and all(q.value <= 100 for q in printed)


def _repeats(crossed: Crossed, parts: Sequence[int], crossing: int) -> bool:
    """Tell whether several parts print 100 themselves: then each is a whole, and they do not make one."""
    return sum(crossed.is_hundred(i, crossing) for i in parts) > 1


def _misses(crossed: Crossed, total: int, parts: Sequence[int], crossing: int) -> bool:
    """Tell whether the parts of a total make 100 where it prints another number."""
    printed = crossed.quantity(total, crossing)
    if printed is None or crossed.is_hundred(total, crossing) or not _are_printed(crossed, parts, crossing):
        return False
    return _hundred(crossed, parts, crossing).holds


def _hundreds(crossed: Crossed, total: int, shares: list[int]) -> list[int]:
    """Return the crossings of shares at which a total stands for 100: those that print it, and all where most do."""
    printed = [x for x in shares if crossed.quantity(total, x) is not None]
    hundred = [x for x in printed if crossed.is_hundred(total, x)]
    return printed if len(hundred) > 2 and len(hundred) * 4 >= len(printed) * 3 else hundred


def _parts(crossed: Crossed, total: int, found: Sequence[Relation]) -> list[int]:
    """Return the lines that a total is of: those that its counts sum, else those between it and the total before."""
    for sum_ in found:
        if sum_.kind == "sum" and sum_.axis == crossed.axis and sum_.target == total:
            return [s for s, _ in sum_.sources]
    own = crossed.lines[total]
    before = _run(crossed, range(total - 1, -1, -1), own)
    return before[::-1] or _run(crossed, range(total + 1, len(crossed.lines)), own)


def _run(crossed: Crossed, indexes: range, own: Line) -> list[int]:
    """Return the lines of a total's group, nearest first, up to another total; deeper ones are parts of these."""
    run: list[int] = []
    for i in indexes:
        line = crossed.lines[i]
        if line.role == "total" or (own.path and line.path != own.path):
            break
        if line.role in ("part", "share") and line.label and not line.hidden:
            run.append(i)
    least = min((crossed.lines[i].depth for i in run), default=0)
    return [i for i in run if crossed.lines[i].depth == least and not _is_time(crossed.lines[i])]


def _is_time(line: Line) -> bool:
    """Tell whether a line is a year or a scenario: alternatives, never parts."""
    return line.year is not None or line.scenario is not None


def _whole_lists(crossed: Crossed, shares: list[int]) -> Iterator[Relation]:
    """Yield the lists of percentages without a total that words say are all there is, or that nearly all make 100."""
    silent = []
    for group in _groups(crossed):
        lines = [crossed.lines[i] for i in group]
        evidence = _exclusive(crossed, lines, [crossed.across[x] for x in shares])
        if evidence is None:
            silent.append(group)
            continue
        relation = _relation(crossed, group, shares, evidence)
        alone = len(shares) == 1 or _is_family(lines)
        firm = None if alone else _borne_out(crossed, group, shares)
        if firm is None or firm:
            yield replace(relation, firm=None if firm is None else frozenset(firm))
    yield from _making_hundreds(crossed, silent, shares)


def _making_hundreds(
    crossed: Crossed, groups: Sequence[Sequence[int]], shares: Sequence[int]
) -> Iterator[Relation]:
    """Yield the lists that no word says to be whole where so many of the table make 100 that none does by chance."""
    made = {
        (n, x): _hundred(crossed, group, x)
        for n, group in enumerate(groups)
        for x in shares
        if _are_printed(crossed, group, x)
    }
    held = {at: one.bits for at, one in made.items() if one.holds}
    if not _are_known(len(held), sum(held.values()), len(made)):
        return
    for n, group in enumerate(groups):
        crossings = [x for m, x in made if m == n]
        firm = tuple(
            x for x in crossings
            if _are_known(len(held) - ((n, x) in held), sum(held.values()) - held.get((n, x), 0), len(made))
        )  # fmt: skip
        if crossings:
            relation = _relation(crossed, group, crossings, Evidence((), ("most such lists make 100",)))
            yield replace(relation, belief="arithmetic", firm=None if firm is None else frozenset(firm))


def _are_known(held: int, bits: int, judged: int) -> bool:
    """Tell whether lists make 100 beyond chance: all of a few, nearly all of many."""
    return bits >= BEYOND and (held == judged or (held >= FEWEST_HUNDREDS and _are_nearly_all(held, judged)))


def _are_nearly_all(held: int, judged: int) -> bool:
    return held * 10 >= judged * 9 - 10  # one of a few may be the slip


def _are_printed(crossed: Crossed, group: Sequence[int], crossing: int) -> bool:
    """Tell whether a list prints several percentages at a crossing, none of them unknown or alone 100."""
    numbers = [q for i in group if (q := crossed.quantity(i, crossing)) is not None]
    unknown = any((e := crossed.entry(i, crossing)) is not None and e.state == "unknown" for i in group)
    return len(numbers) > 1 and not unknown and not any(crossed.is_hundred(i, crossing) for i in group)


def _borne_out(crossed: Crossed, group: Sequence[int], crossings: Sequence[int]) -> tuple[int, ...]:
    """Return the crossings of which most others make 100: either axis of a table in percent may be the one that does."""
    fit = {x for x in crossings if _makes_hundred(crossed, group, x)}
    return tuple(
        x for x in crossings if len(fit - {x}) >= 2 and 4 * len(fit - {x}) >= 3 * (len(crossings) - 1)
    )


def _makes_hundred(crossed: Crossed, group: Sequence[int], crossing: int) -> bool:
    printed = sum(crossed.quantity(i, crossing) is not None for i in group)
    return printed > 1 and _hundred(crossed, group, crossing).holds


def _hundred(crossed: Crossed, group: Sequence[int], crossing: int) -> Hundred:
    numbers = (q for i in group if (q := crossed.quantity(i, crossing)) is not None)
    return reduce(Hundred.plus, numbers, Hundred())


def _groups(crossed: Crossed) -> list[list[int]]:
    """Return the lines under each title or group label, where all of them may be parts of one whole."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(crossed.lines):
        if line.role == "of_which" or line.hidden:
            return []
        if line.role in ("variation", "mean") or _is_time(line) or line.depth != crossed.lines[0].depth:
            return []
        if line.label and not _is_whole(crossed, i):
            groups.setdefault(line.path, []).append(i)
    return [group for group in groups.values() if len(group) > 1]


def _is_whole(crossed: Crossed, line: int) -> bool:
    """Tell whether a line that bears no word of a total is one: it prints 100 wherever it prints a number."""
    printed = [x for x in range(len(crossed.across)) if crossed.quantity(line, x) is not None]
    ends = line in (0, len(crossed.lines) - 1)
    return ends and bool(printed) and all(crossed.is_hundred(line, x) for x in printed)


def _exclusive(crossed: Crossed, lines: Sequence[Line], across: Sequence[Line]) -> Evidence | None:
    """Return what says that some lines exclude each other and leave nothing out, None where nothing does."""
    texts = [crossed.title, *(t for line in (*lines, *across) for t in (*line.path, line.label))]
    words = lexicon()
    if any(says(text, words.measures.overlapping) for text in texts):
        return None
    title = next((w for text in texts if (w := says(text, words.measures.distribution))), None)
    family = family_of([line.label for line in lines])
    if family is None and title is None:
        return None
    said = tuple(w for w in (title, *(line.label for line in across)) if w)
    return Evidence(said, (family or "no total is printed",))


def _is_family(lines: Sequence[Line]) -> bool:
    return family_of([line.label for line in lines]) is not None


def _relation(
    crossed: Crossed, parts: Sequence[int], crossings: Sequence[int], evidence: Evidence
) -> Relation:
    pairs = tuple((i, 1) for i in parts)
    return Relation("distribution", crossed.axis, -1, pairs, tuple(crossings), "layout", evidence=evidence)
