"""Find the lines that the number of another puts under it: "6.1" and "6.2" under "6", accounts 601 and 607 under 60."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlcheck.model.table import Line

Code = tuple[str, ...]

_DOTTED = re.compile(r"(?P<code>(?:[A-Z]{1,4}[. ]?)?[0-9]{1,3}(?:\.[0-9]{1,3})*)\.?(?=[\s,;:)–-]|$)")
_ACCOUNT = re.compile(r"(?P<code>[0-9]{1,6})(?=\s*[-–:.]?\s+[^\W\d_]{2,})")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
MOST_OF_THEM = 2  # of three lines, those that have a number where numbers order a table


def numbered_groups(lines: Sequence[Line], opened: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return the lines that others are numbered right under, with those: all after it and of its unit.

    Where one stands alone under a line, several such lines must order the table.
    """
    for read in (_dotted, _account):
        codes = {
            i: code for i in opened if (code := read(" ".join((*lines[i].codes, lines[i].label)))) is not None
        }
        if len(set(codes.values())) < len(codes) or len(codes) * 3 < len(opened) * MOST_OF_THEM:
            continue
        groups = [(i, under) for i in codes if (under := _under(lines, codes, i))]
        if any(len(under) > 1 for _, under in groups) or len(groups) > MOST_OF_THEM:
            return groups
    return []


def _dotted(label: str) -> Code | None:
    """Return the parts of a number at the start of a label: "HC.1.2 Soins" has HC, 1 and 2."""
    found = _DOTTED.match(label.strip())
    return tuple(re.findall(r"[A-Z]+|[0-9]+", found["code"])) if found else None


def _account(label: str) -> Code | None:
    """Return the digits of an account's number at the start of a label ("607 Achats"); a year is none."""
    found = _ACCOUNT.match(label.strip())
    return tuple(found["code"]) if found and not _YEAR.fullmatch(found["code"]) else None


def _under(lines: Sequence[Line], codes: dict[int, Code], target: int) -> list[int]:
    """Return the lines whose number starts with that of a line, without those under one of these."""
    own = codes[target]
    below = [i for i, code in codes.items() if len(code) > len(own) and code[: len(own)] == own]
    direct = [
        i for i in below
        if not any(j != i and len(codes[j]) < len(codes[i]) and codes[i][: len(codes[j])] == codes[j] for j in below)
    ]  # fmt: skip
    alike = all(i > target and lines[i].unit == lines[target].unit for i in direct)
    return direct if alike else []


def uncoded_groups(lines: Sequence[Line], opened: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return the lines without a code among lines with one, each with those of its unit since the last such line."""
    if sum(bool(lines[i].codes) for i in opened) * 3 < len(opened) * MOST_OF_THEM:
        return []
    groups: list[tuple[int, list[int]]] = []
    run: list[int] = []
    for i in opened:
        if lines[i].codes:
            run.append(i)
            continue
        if (
            len(run) > 1
            and lines[i].label
            and lines[i].role == "part"
            and all(lines[j].unit == lines[i].unit for j in run)
        ):
            groups.append((i, run))
        run = []
    return groups
