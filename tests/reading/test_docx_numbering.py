"""The numbers that Word prints before headings and items and keeps out of their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.reading.word.numbering import numeral
from tests.reading.word_documents import STYLES, document, grid, p, part, rows, table, texts, tr

HEADINGS = """
<w:style w:type="paragraph" w:styleId="Un"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Deux"><w:name w:val="heading 2"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
"""


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(levels: str, *, nums: str = "") -> dict[str, str]:
    """Return a numbering part: list 1 is made of levels, list 2 of the same ones, others as given."""
    return {
        "numbering": part(
            "w:numbering",
            f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            f"{nums}",
        )
    }


def item(text: str, at: int = 0, key: int = 1) -> str:
    return p(text, format_=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{key}"/></w:numPr>')


def test_headings_numbered_by_their_styles(tmp_path: Path) -> None:
    levels = level(0, "upperRoman", "%1.", '<w:pStyle w:val="Un"/>') + level(1, "lowerLetter", "%2.")
    body = (
        p("Accueils", "Un") + p("Par âge", "Deux") + p("Par sexe", "Deux") + p("Suivi", "Un") + p("a", "Deux")
    )
    found = document(tmp_path, body, parts=lists(levels), styles=STYLES + HEADINGS)
    assert texts(found) == ["I. Accueils", "a. Par âge", "b. Par sexe", "II. Suivi", "a. a"]
    assert [block.level for block in found.blocks] == [1, 2, 2, 1, 2]  # type: ignore[union-attr]


def test_numbers_of_several_levels(tmp_path: Path) -> None:
    levels = (
        level(0, "upperRoman", "%1")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%1.%2.%3")
    )
    body = item("x", 1) + item("x") + item("x", 1) + item("x", 2) + item("x", 2) + item("x", 1) + item("x", 2)
    assert texts(document(tmp_path, body, parts=lists(levels))) == [
        "1.1 x",  # no first-level item before it
        "I x",
        "1.1 x",
        "I.1.1 x",
        "I.1.2 x",
        "1.2 x",
        "I.2.1 x",
    ]


def test_a_list_that_starts_again_and_one_that_goes_on(tmp_path: Path) -> None:
    more = '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    body = item("a") + item("b") + item("c", key=2) + item("d", key=2) + item("e", key=3)
    found = texts(document(tmp_path, body, parts=lists(level(0, "decimal", "%1)"), nums=more)))
    assert found == ["1) a", "2) b", "1) c", "2) d", "3) e"]


def test_a_level_that_never_starts_again(tmp_path: Path) -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = item("A") + item("a", 1) + item("B") + item("b", 1)
    assert texts(document(tmp_path, body, parts=lists(levels))) == ["1. A", "(1) a", "2. B", "(2) b"]


def test_a_level_that_starts_again_under_the_first_level_only(tmp_path: Path) -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    levels += level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>')
    body = item("x") + item("x", 1) + item("x", 2) + item("x", 1) + item("x", 2) + item("x") + item("x", 2)
    found = texts(document(tmp_path, body, parts=lists(levels)))
    assert found == ["1. x", "1.1 x", "a) x", "1.2 x", "b) x", "2. x", "a) x"]


def test_bullets_and_paragraphs_taken_out_of_a_list(tmp_path: Path) -> None:
    body = item("335 femmes") + item("344 hommes", key=0) + item("", 0) + item("fin", 5)
    found = texts(document(tmp_path, body, parts=lists(level(0, "bullet", "\uf0b7"))))
    assert found == ["• 335 femmes", "344 hommes", "fin"]


def test_a_deleted_item_is_not_counted_and_an_empty_one_is(tmp_path: Path) -> None:
    gone = item("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>").replace(
        "</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>"
    )
    body = item("a") + gone + item("b") + item("<w:r/>") + item("c")
    assert texts(document(tmp_path, body, parts=lists(level(0, "decimal", "%1.")))) == [
        "1. a",
        "2. b",
        "4. c",
    ]


def test_a_column_of_automatic_ranks_is_printed(tmp_path: Path) -> None:
    body = table(
        tr("Rang", "Commune"), *(tr(f"<w:tc>{item('<w:r/>')}</w:tc>", name) for name in ("Lille", "Loos"))
    )
    found = rows(grid(document(tmp_path, body, parts=lists(level(0, "decimal", "%1.")))))
    assert found == [["Rang", "Commune"], ["1.", "Lille"], ["2.", "Loos"]]


def test_a_list_defined_by_a_style_of_lists(tmp_path: Path) -> None:
    parts = {
        "numbering": part(
            "w:numbering",
            '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Plan"/></w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Plan"/>{level(0, "decimal", "%1 –")}'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        )
    }
    assert texts(document(tmp_path, item("Emploi"), parts=parts)) == ["1 – Emploi"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (1, "ordinal", "1er"),
        (3, "none", ""),
        (3, "cardinalText", "3"),
        (32_000, "upperRoman", "32000"),
    ],
)
def test_the_forms_of_numbers(count: int, form: str, text: str) -> None:
    assert numeral(count, form) == text
