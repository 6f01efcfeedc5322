"""Web pages: what a browser would show of them, and where it stands in the source."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mlcheck.model.document import Document, Grid, Lines, Locator, Merge, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container import refusals as limits
from mlcheck.reading.web.html import read_html, read_mhtml

REPORT = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Rapport 2022</title><style>td { color: red }</style></head>
<body>
<nav><a href="#un">1) Le public</a></nav>
<h1>Rapport d’activité <em>2023</em></h1>
<p>En 2023, <b>3&nbsp;087</b> jeunes<sup>1</sup>,
   soit une hausse de&#8239;8&nbsp;%.</p>
<table>
  <caption>Accueils</caption>
  <tfoot><tr><th>Total</th><td>363</td><td>8</td></tr></tfoot>
  <thead>
    <tr><th rowspan="2">Commune</th><th colspan="2">Jeunes</th></tr>
    <tr><th>Ensemble</th><th>dont<br>mineurs</th></tr>
  </thead>
  <tbody>
    <tr><th>Lille</th><td>335</td><td>7</td></tr>
    <tr style="display: none"><th>Roubaix</th><td>9</td><td>9</td></tr>
    <tr><th>Ronchin</th><td>28</td>
        <td>1</td></tr>
  </tbody>
</table>
<ul><li>49&nbsp;% de femmes<li>dont <del>12</del> 14 mineures</ul>
</body></html>
"""


def page(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "rapport.html"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_html(path)


def texts(tmp_path: Path, text: str | bytes) -> list[str]:
    return [block.text for block in page(tmp_path, text).blocks if isinstance(block, Paragraph)]


def grids(tmp_path: Path, text: str) -> list[Grid]:
    return [block for block in page(tmp_path, text).blocks if isinstance(block, Grid)]


def shown(grid: Grid) -> dict[str | None, str]:
    return {grid.locate(*place).cell: cell.text for place, cell in grid.cells.items()}


def notes(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    found = page(tmp_path, text).not_understood
    return [(note.locator.line, note.reason.format(**note.values)) for note in found]


def refusal(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(MlcheckError) as caught:
        page(tmp_path, text)
    assert "rapport.html" in str(caught.value)
    return str(caught.value)


def test_paragraphs_headings_and_captions_come_in_reading_order(tmp_path: Path) -> None:
    blocks = page(tmp_path, REPORT).blocks
    found = [(b.locator.line, b.level, b.text) for b in blocks if isinstance(b, Paragraph)]
    assert found == [
        (6, 1, "Rapport d’activité 2023"),
        (7, None, "En 2023, 3\u00a0087 jeunes¹, soit une hausse de\u202f8\u00a0%."),
        (10, None, "Accueils"),
        (23, None, "• 49\u00a0% de femmes"),
        (23, None, "• dont 14 mineures"),
    ]
    assert [type(block).__name__ for block in blocks[2:5]] == ["Paragraph", "Grid", "Paragraph"]


def test_a_table_is_laid_out_as_a_browser_does(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, REPORT)
    assert shown(grid) == {
        "A1": "Commune",
        "B1": "Jeunes",
        "B2": "Ensemble",
        "C2": "dont\nmineurs",
        "A3": "Lille",
        "B3": "335",
        "C3": "7",
        "A4": "Roubaix",
        "B4": "9",
        "C4": "9",
        "A5": "Ronchin",
        "B5": "28",
        "C5": "1",
        "A6": "Total",
        "B6": "363",
        "C6": "8",
    }
    assert grid.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))
    assert {grid.locate(*at).cell for at, cell in grid.cells.items() if cell.hidden} == {"A4", "B4", "C4"}


def test_a_cell_is_found_by_its_line_and_its_address_in_its_table(tmp_path: Path) -> None:
    (grid,) = grids(tmp_path, REPORT)
    source = (tmp_path / "rapport.html").as_posix()
    assert grid.locator == Locator(source, shape="table 1", line=9)
    assert grid.locate(4, 2) == Locator(source, shape="table 1", cell="C5", line=20)
    assert grid.locate(5, 1) == Locator(source, shape="table 1", cell="B6", line=11)


def test_lines_are_counted_past_65535(tmp_path: Path) -> None:
    table = "\n" * 70_000 + "<table><tr><td>Lille<td>1\n<tr><td>Ronchin\n<td>2</table>"
    (grid,) = grids(tmp_path, table)
    assert [grid.locate(*at).line for at in sorted(grid.cells)] == [70_001, 70_001, 70_002, 70_003]


@pytest.mark.parametrize(
    ("rows", "expected", "merges"),
    [
        (  # a rowspan pushes the cells of the next rows aside, and ends with its tbody
            "<tbody><tr><td rowspan=5>a<td>1<tr><td>2<tbody><tr><td>b<td>3",
            {"A1": "a", "B1": "1", "B2": "2", "A3": "b", "B3": "3"},
            (Merge(0, 0, 1, 0),),
        ),
        (  # rowspan 0 goes to the end of its tbody
            "<tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3",
            {"A1": "a", "B1": "1", "B2": "2", "B3": "3"},
            (Merge(0, 0, 2, 0),),
        ),
        (  # ranges that overlap, as no author means it: the cells stand where a browser puts them
            "<tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d",
            {"A1": "a", "B1": "b", "A2": "c", "C2": "d"},
            (Merge(0, 1, 1, 1),),
        ),
        (  # absurd or senseless spans
            "<tr><td colspan=x>a<td colspan=-2>1<td colspan=0>2<td colspan=9999999>3",
            {"A1": "a", "B1": "1", "C1": "2", "D1": "3"},
            (Merge(0, 3, 0, 1002),),
        ),
        (  # a table in sloppy HTML: no tr, no end tags, bold that never ends
            "<td><font>a<td><b>1<tr><td>b</b><td>2</tr></tbody>",
            {"A1": "a", "B1": "1", "A2": "b", "B2": "2"},
            (),
        ),
        ("<tr><td>a<td>1<thead><tr><td>t<td>n", {"A1": "t", "B1": "n", "A2": "a", "B2": "1"}, ()),
    ],
)
def test_the_table_model(
    tmp_path: Path, rows: str, expected: dict[str, str], merges: tuple[Merge, ...]
) -> None:
    (grid,) = grids(tmp_path, f"<table>{rows}</table>")
    assert shown(grid) == expected
    assert grid.merges == merges


def test_a_table_in_a_cell_follows_the_table_of_the_cell(tmp_path: Path) -> None:
    inner = "<table><caption>Détail</caption><tr><th>F<td>1<tr><th>H<td>2</table>"
    document = page(
        tmp_path, f"<table><tr><th>a<td>3{inner}<tr><th>b<td>4</table><table><tr><th>c<td>5</table>"
    )
    blocks = [
        b.text if isinstance(b, Paragraph) else shown(b) for b in document.blocks if not isinstance(b, Lines)
    ]
    assert blocks == [
        {"A1": "a", "B1": "3", "A2": "b", "B2": "4"},
        "Détail",
        {"A1": "F", "B1": "1", "A2": "H", "B2": "2"},
        {"A1": "c", "B1": "5"},
    ]
    assert [b.locator.shape for b in document.blocks if isinstance(b, Grid)] == [
        "table 1",
        "table 2",
        "table 3",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>Titre<td>49 % de femmes</table>",
        "<table><tr><td><p>Titre<p>49 % de femmes</table>",
        "<table><tr><td>Titre<td><h2>49 % de femmes</h2></table>",
    ],
)
def test_a_table_that_only_arranges_the_page_is_read_as_prose(tmp_path: Path, table: str) -> None:
    assert texts(tmp_path, table) == ["Titre", "49 % de femmes"]
    assert grids(tmp_path, table) == []


def test_a_table_in_a_table_that_arranges_the_page_is_a_table(tmp_path: Path) -> None:
    document = page(
        tmp_path, "<table><tr><td>Menu<td>Avant<table><tr><td>F<td>1<tr><td>H<td>2</table>Après</table>"
    )
    assert [b.text if isinstance(b, Paragraph) else type(b).__name__ for b in document.blocks] == [
        *("Menu", "Avant"),
        "Grid",
        "Après",
    ]


def test_paragraphs_in_the_cells_of_data_are_lines_of_the_cells(tmp_path: Path) -> None:
    (grid,) = grids(
        tmp_path, "<table><tr><td><p>dont</p><p>Lille</p><td><p>1</p><tr><td><h3>b</h3><td>2</table>"
    )
    assert shown(grid) == {"A1": "dont\nLille", "B1": "1", "A2": "b", "B2": "2"}


def test_the_number_behind_a_cell_is_kept_where_a_spreadsheet_program_tells_it(tmp_path: Path) -> None:
    (grid,) = grids(
        tmp_path,
        '<table><tr><td>a<td sdval="3087" sdnum="1033;0;#,##0">3,087<td sdval="0,24">24 %<td x:num="1.5">1,5'
        "<td sdval=45199>30/09/2023<td sdval=x>7</table>",
    )
    assert [(c.text, None if c.number is None else str(c.number)) for c in grid.cells.values()] == [
        ("a", None),
        ("3,087", "3087"),
        ("24 %", "24"),
        ("1,5", "1.5"),
        ("30/09/2023", None),
        ("7", None),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a\n\t b <b>c</b>d<i> e</i> </p>", ["a b cd e"]),
        ("1<span>234</span> et 1 <span> 234</span>", ["1234 et 1 234"]),
        ("12<sup>1</sup> 12<sup>(1)</sup> m<sup>2</sup> CO<sub>2</sub> 1<sup>er</sup>", ["12¹ 12(1) m² CO₂ 1er"]),
        ("<p>a<div>b</div>c<p>d</p>", ["a", "b", "c", "d"]),
        ("<b>a<p>b</b>c</p>d", ["a", "bc", "d"]),
        ("a<br>b<br><br>c<br>• d<br>- e", ["a b", "c", "• d", "- e"]),
        ("<p>Lille,<br>\nen 2023</p>", ["Lille,\nen 2023"]),
        ("<dl><dt>a<dd>b<dt>c</dl>", ["a", "b", "c"]),
        ("<ul><li>a<ol start=3><li>b<li>c</ol><li><p>d<p>e</ul>", ["• a", "3. b", "4. c", "• d", "e"]),
        ("<ol type=a><li>x<li>y</ol><ol type=I><li value=4>z</ol><ol reversed><li>w</ol>", ["a. x", "b. y", "IV. z", "• w"]),
        ("<figure><figcaption>a</figcaption></figure><details><summary>b</summary>c</details>", ["a", "b", "c"]),
        ("5 < 6 &amp; 7 &lt; 8 &eacute; &nope;", ["5 < 6 & 7 < 8 é &nope;"]),
        ("a<!-- 1 --><!-- 2 <p>3</p> --!>b<?xml 4?><![if !x]>c<![endif]></ >d", ["abcd"]),
        ("<p title='>' class=a/b data-x>a</p>", ["a"]),
        ("Saint-\u00adAndré\u200b", ["Saint-André"]),
        ("<table>perdu<tr><td>a<td>1</table>", ["perdu"]),
        ("<tr><td>a</td></tr>", ["a"]),
        ("</p></div></table><p>a", ["a"]),
    ],
)  # fmt: skip
def test_text_is_printed_as_a_browser_prints_it(tmp_path: Path, html: str, expected: list[str]) -> None:
    assert texts(tmp_path, html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script><style>2</style><template><table><tr><td>3</template><noscript>4<p></noscript>",
        "<title>1</title><select><option>2<option>3</select><datalist><option>4</datalist>",
        "<nav>1<p>2</nav><div role=navigation>3</div><dialog>4</dialog>",
        "<p hidden>1<p style='color:red;DISPLAY : none !important'>2<p style='visibility:hidden'>3",
        "<div hidden>1<div>2</div>3<table><tr><td>4</div>",
        "<del>1</del><s>2<p>3</s><strike>4</strike>",
        "<table hidden><tr><td>1<td>2</table>",
    ],
)
def test_what_is_not_displayed_is_left_out(tmp_path: Path, html: str) -> None:
    assert texts(tmp_path, f"{html}<p>fin 99") == ["fin 99"]
    assert notes(tmp_path, f"{html}<p>fin 99") == []


def test_what_is_displayed_and_not_read_is_told(tmp_path: Path) -> None:
    html = """<p>fin
<svg><title>1</title><text>49 %</text></svg><svg><path d="M1 2"/></svg>
<math><mn>3</mn></math>
<canvas></canvas>
<iframe src="carte.html"></iframe><iframe src="x.html" height=0></iframe>
<img src=a.png alt="49 % de femmes"><img src=b.png alt="IMG_12.png"><img alt="logo">
<input value="12"><input type=hidden value=13><textarea>14 <p></textarea>
<div aria-hidden=true>15</div><svg hidden><text>16</text></svg>
"""
    assert notes(tmp_path, html) == [
        (2, "a drawing holds figures that are not read"),
        (3, "a formula holds figures that are not read"),
        (4, "a drawing made by a script is not read"),
        (5, "another page is shown here, and is not read (carte.html)"),
        (6, "an image is not read (49 % de femmes)"),
        (7, "a form field is not read (12)"),
        (7, "a form field holds figures that are not read"),
        (8, "a part marked aria-hidden holds figures, and is not read"),
    ]
    assert texts(tmp_path, html) == ["fin"]


def test_rows_flattened_into_text_stay_lines(tmp_path: Path) -> None:
    html = "<pre>\nLille    12  3\n\nRonchin   4  /\n</pre>\n<p>Lille 12 3<br>\nRonchin 4 /</p>"
    assert [
        [(line.locator.line, line.text) for line in block.lines]
        for block in page(tmp_path, html).blocks
        if isinstance(block, Lines)
    ] == [
        [(2, "Lille    12  3"), (3, ""), (4, "Ronchin   4  /")],
        [(6, "Lille 12 3"), (7, "Ronchin 4 /")],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>été 1\u00a0234 €".encode(), "été 1\u00a0234 €"),
        ("<p>été 1\u00a0234 €".encode("cp1252"), "été 1\u00a0234 €"),
        ("<p>été €".encode("utf-8-sig"), "été €"),
        ("<p>été €".encode("utf-16"), "été €"),
        ('<meta charset="iso-8859-1"><p>été €'.encode("cp1252"), "été €"),
        ('<meta http-equiv=a content="text/html; charset=Latin1"><p>été'.encode("cp1252"), "été"),
        ('<?xml version="1.0" encoding="iso-8859-15"?><p>€'.encode("iso-8859-15"), "€"),
        ('<meta charset="iso-8859-1"><p>été 1\u00a0234'.encode(), "été 1\u00a0234"),
        ("<meta charset=utf-16><p>été".encode(), "été"),
        ("<meta charset=inconnu><p>été".encode(), "été"),
        ("<meta charset=base64><p>été".encode(), "été"),
        (b"<meta charset=utf-8><p>\xe9t\xc3\xa9 1\xc2\xa0234 \x00", "\ufffdté 1\u00a0234 \ufffd"),
    ],
)
def test_the_encoding_is_that_of_the_page(tmp_path: Path, content: bytes, expected: str) -> None:
    assert texts(tmp_path, content) == [expected]


def test_entities_of_a_document_type_do_not_exist(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    found = texts(tmp_path, f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><p>&l9; 1')
    assert found[-1] == "&l9; 1"


def test_pages_made_elsewhere_are_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "save the page as displayed" in refusal(
        tmp_path, "<div id=root>Chargement…</div><script src=a.js></script>"
    )
    assert "frames (sheet001.htm)" in refusal(tmp_path, "<frameset><frame src=sheet001.htm></frameset>")
    assert "is not a text file" in refusal(tmp_path, bytes(range(256)) * 8)
    assert texts(tmp_path, "<script>a()</script><p>12 jeunes") == ["12 jeunes"]


def test_pages_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too large" in refusal(tmp_path, "<table><tr>" + "<td colspan=1000>1" * 20)
    assert "too large" in refusal(tmp_path, "<table>" + ("<tr>" + "<td colspan=999 rowspan=9>1" * 16) * 1200)
    monkeypatch.setattr("mlcheck.reading.web.html.MAX_TEXT", 10)
    assert "is larger than" in refusal(tmp_path, "<p>un deux trois")
    assert limits.MAX_TEXT == 64 * 2**20


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<div>", "</div>"),
        ("<b>", ""),
        ("<p><s>1</s><i>", "</i>"),
        ("<ul><li>", "</ul>"),
        ("<svg>", "</svg>"),
    ],
)
def test_absurd_nesting_is_read_to_the_end(tmp_path: Path, start: str, end: str) -> None:
    assert texts(tmp_path, f"{start * 20_000}{end * 20_000}<p>après 12")[-1].endswith("après 12")


def test_tables_nested_absurdly_are_all_read(tmp_path: Path) -> None:
    html = "<table><tr><th>a<td>1" * 2_000
    assert [grid.locator.shape for grid in grids(tmp_path, html)] == [f"table {n}" for n in range(1, 2_001)]


def test_giant_pieces_are_read(tmp_path: Path) -> None:
    big = "x" * 2_000_000
    assert texts(tmp_path, f"<p title='{big}'>1 &#{'9' * 10_000};<img src='data:{big}'>2") == ["1 \ufffd 2"]


ARCHIVE = b"""From: <Saved by Blink>\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="part"\r
\r
--part\r
Content-Type: text/html; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>49&nbsp;% des nouveaux inscrits d=E9clar=\r
=E9s\r
<p>12\r
--part\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
AAAA\r
--part--\r
"""


def test_a_page_that_a_browser_saved_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "rapport.mhtml"
    path.write_bytes(ARCHIVE)
    assert [(b.locator.line, b.text) for b in read_mhtml(path).blocks if isinstance(b, Paragraph)] == [
        (1, "49\u00a0% des nouveaux inscrits déclarés"),
        (2, "12"),
    ]
    path.write_bytes(ARCHIVE.replace(b"text/html", b"text/plain"))
    with pytest.raises(MlcheckError, match=r"rapport\.mhtml holds no web page"):
        read_mhtml(path)


@pytest.mark.parametrize(("content", "name"), [(REPORT.encode(), "rapport.html"), (ARCHIVE, "rapport.mhtml")])
def test_whatever_happens_to_the_bytes(tmp_path: Path, content: bytes, name: str) -> None:
    chance = random.Random(2023)
    path = tmp_path / name
    pieces = [
        b"<table>",
        b"</td>",
        b"<s>",
        b"</s>",
        b"<svg>",
        b"<template>",
        b"<caption>",
        b"<!--",
        b'"',
        b"\0",
    ]
    for _ in range(300):
        changed = bytearray(content)
        for _ in range(chance.choice([1, 3, 20])):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randrange(12)] = chance.choice([*pieces, bytes([chance.randrange(256)])])
        path.write_bytes(changed[: chance.choice([None, None, chance.randrange(1, len(changed))])])
        try:
            document = read_mhtml(path) if path.suffix == ".mhtml" else read_html(path)
        except MlcheckError as error:
            assert name in str(error)
            continue
        assert all(block.cells for block in document.blocks if isinstance(block, Grid))


def test_a_page_that_stops_before_its_last_tag_is_told(tmp_path: Path) -> None:
    whole, cut = page(tmp_path, REPORT), page(tmp_path, REPORT[: len(REPORT) // 2])
    assert not [n for n in whole.not_understood if "cut short" in n.reason]
    (told,) = (n for n in cut.not_understood if "cut short" in n.reason)
    assert told.locator.line == REPORT[: len(REPORT) // 2].count("\n") + 1
