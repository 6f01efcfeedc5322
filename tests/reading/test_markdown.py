"""Markdown: read as the page it makes, each line found again in the source."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mlcheck.model.document import Document, Grid, Lines, Locator, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.reading.web.markdown import read_markdown

REPORT = """---
title: Rapport 2022
date: 2023-03-01
---

# 1) Le **public**

En 2023, **3 087** jeunes[^a], soit
une hausse de [8 %](https://exemple.fr/2022).

- 49&nbsp;% de `femmes`
- dont ~~12~~ 14 mineures
  1) Lille
  2) Ronchin

> Total : 363

| Commune | Jeunes<br>accueillis |
|---|--:|
| Lille | **335** |
| Ronchin<sup>1</sup> | 28 |

[^a]: Au 31 décembre.
[^b]: Hors QPV.

[lien]: https://exemple.fr/99
"""


def text(tmp_path: Path, content: str) -> Document:
    path = tmp_path / "rapport.md"
    path.write_text(content, "utf-8")
    return read_markdown(path)


def prose(document: Document) -> list[tuple[int | None, int | None, str]]:
    return [(b.locator.line, b.level, b.text) for b in document.blocks if isinstance(b, Paragraph)]


def rows(document: Document) -> list[list[tuple[int | None, str]]]:
    return [
        [(line.locator.line, line.text) for line in b.lines] for b in document.blocks if isinstance(b, Lines)
    ]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def test_prose_is_read_without_its_marks(tmp_path: Path) -> None:
    document = text(tmp_path, REPORT)
    assert prose(document) == [
        (6, 1, "1) Le public"),
        (8, None, "En 2023, 3 087 jeunes¹, soit\nune hausse de 8 %."),
        (11, None, "• 49\u00a0% de femmes"),
        (12, None, "• dont 14 mineures"),
        (13, None, "1) Lille"),
        (14, None, "2) Ronchin"),
        (16, None, "Total : 363"),
        (23, None, "¹ Au 31 décembre."),
        (24, None, "² Hors QPV."),
    ]
    assert document.not_understood == ()


def test_a_table_keeps_the_line_and_the_address_of_its_cells(tmp_path: Path) -> None:
    document = text(tmp_path, REPORT)
    (grid,) = grids(document)
    source = (tmp_path / "rapport.md").as_posix()
    assert grid.locator == Locator(source, shape="table 1", line=18)
    assert {at: cell.text for at, cell in grid.cells.items()} == {
        (0, 0): "Commune",
        (0, 1): "Jeunes\naccueillis",
        (1, 0): "Lille",
        (1, 1): "335",
        (2, 0): "Ronchin¹",
        (2, 1): "28",
    }
    assert grid.locate(1, 1) == Locator(source, shape="table 1", cell="B2", line=20)
    assert [type(block).__name__ for block in document.blocks[-4:]] == [
        "Paragraph",
        "Grid",
        "Paragraph",
        "Paragraph",
    ]


def test_rows_flattened_into_a_paragraph_or_a_code_block_stay_lines(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        "Commune Jeunes QPV\nLambersart 132 15\nLompret 9 /\nTotal **141** 15\n\n"
        "```\nLille   12\n\nRonchin  3\n```\n\n    Hem  4\n    Croix 5\n\n"
        "Une année pleine, soit 12 mois\nen 2023, et 3 de plus.\n",
    )
    assert rows(document) == [
        [(1, "Commune Jeunes QPV"), (2, "Lambersart 132 15"), (3, "Lompret 9 /"), (4, "Total 141 15")],
        [(7, "Lille   12"), (8, ""), (9, "Ronchin  3")],
        [(12, "Hem  4"), (13, "Croix 5")],
    ]
    assert prose(document) == [(15, None, "Une année pleine, soit 12 mois\nen 2023, et 3 de plus.")]


def test_html_in_the_text_is_read_as_html(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        "<table><tr><th>F<td>1\n\n<tr><th>H<td>2</table>\n\nm<sup>2</sup> <!-- 3 --> fin<br>suite\n\n"
        "<div hidden>\n\n4 cachés\n\n</div>\n\nvu",
    )
    (grid,) = grids(document)
    assert [(grid.locate(*at).line, cell.text) for at, cell in grid.cells.items()] == [
        *((1, "F"), (1, "1")),
        *((3, "H"), (3, "2")),
    ]
    assert prose(document) == [(5, None, "m² fin suite"), (13, None, "vu")]


def test_what_no_page_would_show_is_told(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        "![49 % de femmes](a.png)\n\n> | a | b |\n> |---|---|\n> | x \\| y | 1 |\n> | z | 2 | 3 |\n",
    )
    assert [(note.locator.line, note.reason.format(**note.values)) for note in document.not_understood] == [
        (1, "an image is not read (49 % de femmes)"),
        (6, "a row has more cells than its table has columns; the last are not read"),
    ]
    assert [cell.text for cell in grids(document)[0].cells.values()] == ["a", "b", "x | y", "1", "z", "2"]


@pytest.mark.parametrize(
    ("start", "line"),
    [
        ("---\ntitle: a\ntags:\n  - 1\n# note\n...\n", 7),
        ("\ufeff---\r\ntitle: a\r\n---\r\n", 4),
        ("---\n\ntitle: a\n\n---\n", None),  # two rules with prose between them
        ("---\nLe public : 12\n---\n", None),
        ("---\ntitle: a\n", None),
    ],
)
def test_only_settings_are_left_out_at_the_top(tmp_path: Path, start: str, line: int | None) -> None:
    found = prose(text(tmp_path, f"{start}fin"))
    assert (found == [(line, None, "fin")]) == (line is not None)


def test_notes_are_numbered_as_they_are_met_and_their_addresses_are_no_links(tmp_path: Path) -> None:
    document = text(tmp_path, "12[^x] et 13[^1]\n\n[^1]: https://exemple.fr\n[^x]: Source\n  INSEE\n")
    assert [words for _, _, words in prose(document)] == [
        "12¹ et 13²",
        "² https://exemple.fr",
        "¹ Source\nINSEE",
    ]


def test_lists_nested_too_deep_are_refused_with_their_line(tmp_path: Path) -> None:
    deep = "".join(f"{'  ' * depth}- élément {depth}\n" for depth in range(40))
    assert len(prose(text(tmp_path, deep))) == 40
    with pytest.raises(MlcheckError, match=r"rapport\.md, line 51: .* more than 50 deep") as caught:
        text(tmp_path, deep + "".join(f"{'  ' * depth}- élément {depth}\n" for depth in range(40, 60)))
    assert str(caught.value).endswith(".")
    with pytest.raises(MlcheckError, match="more than 50 deep"):
        text(tmp_path, ">" * 100_000)


def test_brackets_that_never_close_are_printed(tmp_path: Path) -> None:
    assert prose(text(tmp_path, "[" * 20_000)) == [(1, None, "[" * 20_000)]


def test_the_kind_of_file_is_found_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rapport.md"
    path.write_text("Lille\n-----\n12 jeunes", "utf-8")
    assert prose(read(path)) == [(1, 2, "Lille"), (3, None, "12 jeunes")]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rapport.md"
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(MlcheckError, match=r"rapport\.md is not a text file"):
        read_markdown(path)


def test_whatever_happens_to_the_bytes(tmp_path: Path) -> None:
    chance = random.Random(2023)
    path = tmp_path / "rapport.md"
    content = REPORT.encode()
    pieces = [b"|", b"\n", b"```\n", b"> ", b"- ", b"[^1]", b"](", b"<td>", b"<!--", b"~~", b"    ", b"\0"]
    for _ in range(300):
        changed = bytearray(content)
        for _ in range(chance.choice([1, 3, 20])):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randrange(12)] = chance.choice([*pieces, bytes([chance.randrange(256)])])
        path.write_bytes(changed)
        try:
            assert isinstance(read_markdown(path), Document)
        except MlcheckError as error:
            assert "rapport.md" in str(error)


RULED = """
|-----------|------:|
| Produits  | 2023  |
|-----------|------:|
| Ventes    | 700   |
|-----------|------:|
| Dons      | -     |
|-----------|-------|
| TOTAL     | 700   |
|-----------|-------|
"""


def test_rules_between_the_rows_of_a_table_are_no_rows(tmp_path: Path) -> None:
    (grid,) = grids(text(tmp_path, RULED))
    printed = [cell.text for _, cell in sorted(grid.cells.items())]
    assert printed == ["Produits", "2023", "Ventes", "700", "Dons", "-", "TOTAL", "700"]
    assert grid.locate(1, 1).line == 5


def test_a_row_of_dashes_under_a_label_is_a_row(tmp_path: Path) -> None:
    (grid,) = grids(text(tmp_path, "| Produits | 2023 |\n|---|---|\n| Dons | --- |\n| Legs | 300 |\n"))
    assert [cell.text for at, cell in sorted(grid.cells.items()) if at[0] == 1] == ["Dons", "---"]


def test_rows_with_bars_and_without_a_rule_stay_lines(tmp_path: Path) -> None:
    document = text(tmp_path, "| Poste | Montant |\n| Achats | 4 |\n| Ventes | 5 |\n| Total | 9 |\n")
    assert [line for _, line in rows(document)[0]] == [
        "| Poste | Montant |", "| Achats | 4 |", "| Ventes | 5 |", "| Total | 9 |",
    ]  # fmt: skip
    assert document.not_understood == ()


def test_rows_cut_into_this_or_that_number_of_cells_are_listed(tmp_path: Path) -> None:
    document = text(tmp_path, "| Total | 820 |\n|\n011 | Charges | 400 |\n| 012 | Personnel | 421 |\n")
    assert not rows(document)
    assert [one.locator.line for one in document.not_understood] == [1]


def test_bars_in_a_sentence_are_no_table(tmp_path: Path) -> None:
    assert text(tmp_path, "Le taux a|b vaut 3.\nIl était de 4 en 2022.\n").not_understood == ()
