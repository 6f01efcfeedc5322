"""The loaders and parsers that are tried, each with the inputs made for it and the call that reads them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from fuzzing import contents
from fuzzing.contents import figure, label, paragraph, slipped, usual

FORMATS = [
    "General", "0", "0.00", "#,##0", '#,##0 "€"', "0 %", "0.0%", "# ?/?", "# ??/100", '0/""', "[h]:mm", "hh:mm:ss.00", "dd/mm/yyyy",
    "0.0,,", '0;-0;"-"', "[Red]-0", "[>=1000]0,;0", "@", ";;;", "0.00E+00", "[$-40C]d mmmm yyyy", "_-* #,##0.00_-", "\\0", '"', "[", "#",
]  # fmt: skip
PIECES = [
    "?",
    "/",
    '"',
    ";",
    "[",
    "]",
    "0",
    "#",
    ",",
    ".",
    "%",
    "E+",
    "h",
    "m",
    "s",
    "y",
    "d",
    "@",
    "General",
    "[<0]",
    "[h]",
    "\\",
    "_",
    "*",
    "AM/PM",
]
NUMBERS = [
    0,
    1,
    -1,
    0.4934,
    1 / 3,
    1e9,
    1e15,
    1e300,
    5e-324,
    -2.5,
    44927.5,
    2958466,
    1e22,
    float("inf"),
    float("nan"),
    123456789.5,
]
PROFILE = """\
total_labels = ["Territoire"]
non_negative = true
[sections]
emploi = { titles = ["L'emploi"] }
alternance = { titles = ["L'alternance"], within = "emploi" }
[dimensions.sexe.members]
"Femmes" = ["Femme"]
"Hommes" = []
[dimensions.type.members]
"CDD" = []
"CDI" = ["Durable"]
[dimensions.type.derived]
"durables" = ["CDI"]
[tables.types]
section = "emploi"
dimension = "type"
columns.contrats = { labels = ["Contrats"] }
columns.jeunes = { labels = ["Jeunes"], part_of = "contrats" }
[tables.sexes]
section = "emploi"
dimension = "sexe"
across = "type"
[rules.somme]
relation = "types.contrats[CDD] + 2 * types.contrats[CDI] = sexes[Femmes | CDI]"
[synonyms]
"alternants" = ["apprentis"]
"""
CONFIGURATION = """\
report = "rapport.xlsx"
year = 2023
language = "fr"
select = ["TOT", "SHR"]
fail-on = "error"
min-coverage = 12.5
min-confidence = 0.5
[severity]
TOT101 = "warning"
[tolerance]
TOT = 0.5
[[waiver]]
rule = "TOT101"
place = "Feuille!B4"
reason = "connu"
author = "moi"
expires = 2026-12-31
"""
BASELINE = (
    '{"baseline_version": 1, "findings": [{"fingerprint": "abc", "rule": "TOT101"}, {"fingerprint": "d"}]}'
)
RELATION = "types.contrats[CDD] + 2 * types.contrats[CDI] - 3,5 <= sexes[Femmes | CDI] × 4"
TOML = [
    "nan", "inf", "-inf", "1e999", "9" * 400, "[" * 400, "{" * 200, '"', "'''", "= ", "\n[", "]]", "1979-05-27", "true", "1_0", "0x", "\ufeff",
    "\n[[waiver]]\n", "\nyear = ", "\n[severity]\n", "[]", "{}", '""', "extends = ", '"../x.toml"', "members", "part_of", "\\u0000", "1e-9",
]  # fmt: skip


class Target(NamedTuple):
    """What is tried: how an input is made by chance, and the call that reads it.

    The call is given the input and a folder of its own for the files it needs, and returns what is compared.
    """

    make: Callable[[random.Random], Any]
    call: Callable[[Any, Path], object]


def toml(text: str) -> Callable[[random.Random], str]:
    """Return a maker of texts like a TOML file, its lines changed in order and its text slipped."""

    def make(chance: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        for _ in range(chance.choice([0, 1, 3])):
            lines.insert(chance.randrange(len(lines) + 1), lines.pop(chance.randrange(len(lines))))
        return slipped("".join(lines), chance, TOML)

    return make


def as_file(name: str, read: Callable[[Path], object]) -> Callable[[str, Path], object]:
    """Return a call that writes a text to a file and reads the file."""

    def call(text: str, folder: Path) -> object:
        path = folder / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return read(path)

    return call


def value(chance: random.Random, depth: int = 0) -> Any:
    """Return a value as a TOML or JSON file may hold one."""
    kind = chance.randrange(8 if depth < 3 else 6)
    if kind == 6:
        return [value(chance, depth + 1) for _ in range(chance.randrange(3))]
    if kind == 7:
        keys = ["rule", "place", "reason", "author", "expires", "report", "TOT", "TOT101", usual(chance)]
        return {chance.choice(keys): value(chance, depth + 1) for _ in range(chance.randrange(6))}
    return [None, chance.choice(NUMBERS), chance.randrange(10**9), usual(chance), "TOT101", True][kind]


def _numerals(text: str, _: Path) -> object:
    from mlcheck.language.numeral import convention_of, mark_of, parse

    return parse(text, "fr"), parse(text, "en"), mark_of(text), convention_of([text, text[1:]])


def _numeral(chance: random.Random) -> str:
    return (
        slipped(figure(chance), chance)
        if chance.random() < 0.5
        else figure(chance) + chance.choice(contents.MARKS)
    )


def _format(chance: random.Random) -> tuple[float, str]:
    code = slipped(chance.choice(FORMATS), chance, PIECES)
    number = (
        chance.choice(NUMBERS)
        if chance.random() < 0.5
        else chance.uniform(-1, 1) * 10.0 ** chance.randint(-12, 20)
    )
    return number, code


def _show(given: tuple[float, str], _: Path) -> object:
    from mlcheck.reading.spreadsheet.number_format.show import number_cell, text_cell

    return number_cell(*given), text_cell("texte", given[1], 1)


def _claims(text: str, _: Path) -> object:
    from mlcheck.model.document import Locator
    from mlcheck.prose.read import Prose, read_claims

    claims, links = read_claims([Prose(text, Locator("r.txt", line=1))], year=2023, first_figure=100)
    sentences = {
        claim.sentence.id: claim.sentence.text for claim in claims
    }  # once, not with each of its claims
    return [replace(claim, sentence=claim.sentence.id) for claim in claims], sentences, links


def _words(text: str, _: Path) -> object:
    from mlcheck.language.words import content_words, fold, stems
    from mlcheck.layout.headings import numbering_of, without_number

    return fold(text), content_words(text), sorted(stems(text)), numbering_of(text), without_number(text)


def _profile(path: Path) -> object:
    from mlcheck.profile.loading import load

    return load(str(path))


def _configuration(path: Path) -> object:
    from mlcheck.configuration import find

    return find(path.parent)


def _baseline(path: Path) -> object:
    from mlcheck.checking.baseline import read_baseline

    return sorted(read_baseline(path))


def _waivers(given: object, _: Path) -> object:
    from mlcheck.configuration import waivers

    file = Path("mlcheck.toml")
    calls: list[Callable[[Path, Any], object]] = [
        waivers.waivers_of,
        waivers.severities_of,
        waivers.tolerances_of,
    ]
    return [_or_refusal(call, file, given) for call in calls]


def _or_refusal(call: Callable[[Path, Any], object], file: Path, given: object) -> object:
    from mlcheck.model.errors import MlcheckError

    try:
        return call(file, given)
    except MlcheckError as error:
        return str(error)


def _relation(text: str, _: Path) -> object:
    from mlcheck.profile.parse import parse

    return parse(text, "somme", ("agence.toml", 1))


def _recover(text: str, _: Path) -> object:
    from mlcheck.layout.recover import recover
    from mlcheck.model.document import Lines, Locator, TextLine

    lines = enumerate(text.split("\n"), start=1)
    return recover(Lines(tuple(TextLine(line, Locator("r.txt", line=number)) for number, line in lines)))


def _walk(rows: contents.Rows, _: Path) -> object:
    import itertools

    from mlcheck.model.document import Cell, Grid, LaidOut, Locator
    from mlcheck.tables.walk import walk

    cells = {(r, c): Cell(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()}
    found = walk(LaidOut("r", (Grid(Locator("r", sheet="S"), cells),)), itertools.count())
    return found.tables, found.passages, found.not_understood


def _sheet(chance: random.Random) -> contents.Rows:
    rows = contents.table(chance)
    if chance.random() < 0.5:
        rows = [[label(chance)], *rows, [paragraph(chance)], *contents.table(chance)]
    return rows


LOADERS = {
    "numerals": Target(_numeral, _numerals),
    "number-formats": Target(_format, _show),
    "claims": Target(paragraph, _claims),
    "words": Target(lambda chance: slipped(contents.sentence(chance), chance), _words),
    "profile": Target(toml(PROFILE), as_file("agence.toml", _profile)),
    "configuration": Target(toml(CONFIGURATION), as_file("mlcheck.toml", _configuration)),
    "baseline": Target(lambda chance: slipped(BASELINE, chance, TOML), as_file("known.json", _baseline)),
    "waivers": Target(value, _waivers),
    "relations": Target(lambda chance: slipped(RELATION, chance), _relation),
    "flattened": Target(contents.flattened, _recover),
    "tables": Target(_sheet, _walk),
}
