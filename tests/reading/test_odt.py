"""OpenDocument texts and presentations, written part by part as LibreOffice writes them."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from mlcheck.model.document import Document, Grid, Lines, Locator, Merge, Paragraph
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.reading.opendocument.odt import read_odt

NAMES = {
    **dict.fromkeys(("draw",), "drawing"),
    **{name: name for name in ("office", "presentation", "style", "table", "text")},
    "svg": "svg-compatible",
}
SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in NAMES.items()
)
STYLES = """<style:style style:name="Masqué" style:family="text"><style:text-properties text:display="none"/>
</style:style><style:style style:name="Appel" style:family="text"><style:text-properties
 style:text-position="super 58%"/></style:style><style:style style:name="Indice" style:family="text">
<style:text-properties style:text-position="-33% 58%"/></style:style>
<text:list-style style:name="Numéros"><text:list-level-style-number text:level="1" style:num-suffix=")"
 style:num-format="1"/><text:list-level-style-bullet text:level="2" text:bullet-char="◦"/></text:list-style>"""
AUTOMATIC = """<style:style style:name="T1" style:family="text" style:parent-style-name="Appel"/>
<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties
 presentation:visibility="hidden"/></style:style>"""
TEXT_TYPE, SLIDES_TYPE = ("application/vnd.oasis.opendocument." + kind for kind in ("text", "presentation"))


def part(name: str, styles: str, body: str = "") -> str:
    kind = "automatic-styles" if body else "styles"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-{name}{SPACES} office:version="1.3">'
        f"<office:{kind}>{styles}</office:{kind}>{body}</office:document-{name}>"
    )


def write(path: Path, body: str, mimetype: str = TEXT_TYPE, manifest: str = "<manifest/>") -> Path:
    kind = mimetype.rpartition(".")[2]
    content = part("content", AUTOMATIC, f"<office:body><office:{kind}>{body}</office:{kind}></office:body>")
    parts = {"mimetype": mimetype, "content.xml": content, "styles.xml": part("styles", STYLES)}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (parts | {"META-INF/manifest.xml": manifest}).items():
            archive.writestr(name, text)
    return path


def text(tmp_path: Path, body: str) -> Document:
    return read(write(tmp_path / "rapport.odt", body))


def slides(tmp_path: Path, body: str) -> Document:
    return read(write(tmp_path / "rapport.odp", body, SLIDES_TYPE))


def prose(document: Document) -> list[tuple[int | None, int | None, str]]:
    return [(b.locator.line, b.level, b.text) for b in document.blocks if isinstance(b, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def shown(grid: Grid) -> dict[str | None, str]:
    return {grid.locate(*at).cell: cell.text for at, cell in grid.cells.items()}


def frame(name: str, x: int, y: int, inside: str, kind: str = "") -> str:
    return (
        f'<draw:frame draw:name="{name}" presentation:class="{kind}" svg:x="{x}cm" svg:y="{y}cm" '
        f'svg:width="8cm" svg:height="2cm">{inside}</draw:frame>'
    )


def rows(*lines: tuple[str, ...]) -> str:
    return "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in line)}</table:table-row>"
        for line in lines
    )


def test_paragraphs_are_numbered_as_they_come(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        '<text:h text:outline-level="1">Le\n public</text:h><text:p/>'
        '<text:p>En 2023,<text:s text:c="3"/>3\u00a0087 <text:span>jeu</text:span>nes<text:line-break/>et 12.</text:p>'
        '<text:section><text:h text:outline-level="9">Détail</text:h></text:section>',
    )
    assert prose(document) == [
        (1, 1, "Le public"),
        (3, None, "En 2023, 3\u00a0087 jeunes et 12."),
        (4, 6, "Détail"),
    ]


def test_raised_digits_make_no_other_number_and_hidden_text_is_left_out(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        '<text:tracked-changes><text:p>99</text:p></text:tracked-changes><text:p>12<text:span text:style-name="T1">1'
        '</text:span> CO<text:span text:style-name="Indice">2</text:span><text:span text:style-name="Masqué">9</text:span>'
        "<office:annotation><text:p>9</text:p></office:annotation></text:p>"
        '<text:section text:display="none"><text:p>9</text:p></text:section>'
        "<text:table-of-content><text:p>Le public 9</text:p></text:table-of-content>",
    )
    assert [words for _, _, words in prose(document)] == ["12¹ CO₂"]


def test_notes_and_text_boxes_follow_the_paragraph_they_are_anchored_in(tmp_path: Path) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Au 31 décembre</text:p>"
        "</text:note-body></text:note>"
    )
    box = "<draw:frame draw:name='Cadre 1'><draw:text-box><text:p>679 inscrits</text:p></draw:text-box></draw:frame>"
    document = text(tmp_path, f"<text:p>Début</text:p><text:p>335{note} femmes{box} et 344 hommes</text:p>")
    file = (tmp_path / "rapport.odt").as_posix()
    assert [(b.locator, b.text) for b in document.blocks if isinstance(b, Paragraph)] == [
        (Locator(file, line=1), "Début"),
        (Locator(file, line=2), "335¹ femmes et 344 hommes"),
        (Locator(file, line=2, shape="note 1"), "¹ Au 31 décembre"),
        (Locator(file, line=2, shape="Cadre 1"), "679 inscrits"),
    ]


def test_a_table_is_a_block_with_its_name_and_its_merged_cells(tmp_path: Path) -> None:
    note = (
        "<text:note><text:note-citation>a</text:note-citation><text:note-body><text:p>Provisoire</text:p>"
        "</text:note-body></text:note>"
    )
    document = text(
        tmp_path,
        "<text:p>Avant</text:p><table:table table:name='Tableau1'><table:table-header-rows><table:table-row>"
        "<table:table-cell/><table:table-cell table:number-columns-spanned='2'><text:p>Jeunes</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>Lille</text:p><text:p>centre</text:p>"
        "</table:table-cell><table:table-cell office:value-type='float' office:value='1234'><text:p>1,234</text:p>"
        f"</table:table-cell><table:table-cell><text:p>2{note}</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'><text:p>/</text:p>"
        "</table:table-cell></table:table-row><table:table-row table:visibility='collapse'><table:table-cell>"
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table><text:p>Après</text:p>",
    )
    (grid,) = grids(document)
    file = (tmp_path / "rapport.odt").as_posix()
    assert shown(grid) == {
        "B1": "Jeunes",
        "A2": "Lille\ncentre",
        "B2": "1,234",
        "C2": "2a",
        "B3": "/",
        "C3": "/",
        "A4": "x",
    }
    assert grid.merges == (Merge(0, 1, 0, 2), Merge(1, 0, 2, 0))
    assert grid.cells[3, 0].hidden
    assert str(grid.cells[1, 1].number) == "1234"
    assert grid.locate(1, 1) == Locator(file, line=2, shape="table 1", cell="B2")
    assert prose(document) == [(1, None, "Avant"), (2, None, "a Provisoire"), (3, None, "Après")]


def test_the_items_of_lists_have_the_marks_of_their_style(tmp_path: Path) -> None:
    def items(*texts: str) -> str:
        return "".join(f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in texts)

    document = text(
        tmp_path,
        f"<text:list text:style-name='Numéros'>{items('un', 'deux')}<text:list-item><text:list>{items('bis')}</text:list>"
        f"</text:list-item>{items('trois')}<text:list-header><text:p>à part</text:p></text:list-header></text:list>"
        f"<text:list text:style-name='Numéros' text:continue-numbering='true'>{items('quatre')}</text:list>"
        "<text:list text:style-name='Numéros'><text:list-item text:start-value='7'><text:p>sept</text:p><text:p>suite</text:p>"
        f"</text:list-item></text:list><text:list>{items('puce')}</text:list>",
    )
    assert [words for _, _, words in prose(document)] == [
        *("1) un", "2) deux", "• bis", "3) trois", "à part", "4) quatre", "7) sept", "suite", "• puce"),
    ]


def test_columns_set_with_tabs_stay_lines(tmp_path: Path) -> None:
    document = text(
        tmp_path,
        "<text:p>Commune<text:tab/>Jeunes<text:tab/>QPV</text:p><text:p>Lille<text:tab/>132<text:tab/>15</text:p>"
        "<text:p>Titre<text:tab/>seul</text:p><text:p>Fin</text:p>",
    )
    (lines,) = (block for block in document.blocks if isinstance(block, Lines))
    assert [(line.locator.line, line.text) for line in lines.lines][:2] == [
        (1, "Commune\tJeunes\tQPV"),
        (2, "Lille\t132\t15"),
    ]
    assert prose(document)[-1] == (4, None, "Fin")


def test_the_shapes_of_a_slide_come_in_reading_order(tmp_path: Path) -> None:
    box = "<draw:text-box><text:p>{}</text:p></draw:text-box>".format
    table = f"<table:table>{rows(('Femmes', '335'), ('Hommes', '344'))}</table:table><draw:image/>"
    document = slides(
        tmp_path,
        "<draw:page>"
        + frame("Note", 1, 9, box("Source : interne"))
        + frame("Tableau 1", 1, 6, table)
        + frame("Bas", 12, 6, box("49 % de femmes"))
        + frame("Titre 1", 1, 1, box("Le public"), "title")
        + "<draw:g><draw:custom-shape svg:x='12cm' svg:y='4cm' svg:width='8cm' svg:height='1cm'><text:p>Part</text:p>"
        "<text:p>des femmes</text:p></draw:custom-shape></draw:g>"
        + f"<presentation:notes>{frame('', 0, 0, box('Dire 679'), 'notes')}</presentation:notes></draw:page>"
        "<draw:page draw:style-name='dp2'>" + frame("x", 1, 1, box("9")) + "</draw:page>"
        "<draw:page>" + frame("y", 1, 1, box("Fin")) + "</draw:page>",
    )
    file = (tmp_path / "rapport.odp").as_posix()
    assert [
        (b.locator.slide, b.locator.shape, b.text if isinstance(b, Paragraph) else shown(b))
        for b in document.blocks
        if not isinstance(b, Lines)
    ] == [
        (1, "Titre 1", "Le public"),
        (1, "Tableau 1", {"A1": "Femmes", "B1": "335", "A2": "Hommes", "B2": "344"}),
        (1, "Note", "Source : interne"),
        (1, "shape 5", "Part"),
        (1, "shape 5", "des femmes"),
        (1, "Bas", "49 % de femmes"),
        (1, "notes", "Dire 679"),
        (3, "y", "Fin"),
    ]
    assert document.blocks[0] == Paragraph("Le public", Locator(file, slide=1, shape="Titre 1", line=1), 1)
    assert grids(document)[0].locate(1, 1) == Locator(file, slide=1, shape="Tableau 1", cell="B2", line=1)
    assert [(n.locator.slide, n.reason.format(**n.values)) for n in document.not_understood] == [
        (2, "The slide 2 is hidden: its text was not checked.")
    ]


def test_what_is_drawn_is_told(tmp_path: Path) -> None:
    picture = (
        "<draw:frame draw:name='Image 1'><draw:image/><svg:title>49 % de femmes</svg:title></draw:frame>"
    )
    chart = "<draw:frame draw:name='Graphique 1'><draw:object/><draw:image/></draw:frame>"
    document = text(tmp_path, f"<text:p>Voir{picture}{chart}</text:p>")
    assert [
        (n.locator.line, n.locator.shape, n.reason.format(**n.values)) for n in document.not_understood
    ] == [
        (1, "Image 1", "an image is not read (49 % de femmes)"),
        (1, "Graphique 1", "a chart or another object is not read (Graphique 1)"),
    ]


def test_files_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rapport.odt"
    with pytest.raises(MlcheckError, match=r"rapport\.odt holds no text"):
        text(tmp_path, "<text:p/>")
    write(path, "<text:p>12</text:p>", manifest="<file-entry><encryption-data/></file-entry>")
    with pytest.raises(MlcheckError, match="protected by a password"):
        read(path)
    write(path, "<text:p>12</text:p>", manifest='<!DOCTYPE manifest PUBLIC "a" "b"><manifest/>')
    assert prose(read(path)) == [(1, None, "12")]
    write(path, "&bombe;")
    with pytest.raises(MlcheckError, match=r"rapport\.odt is damaged"):
        read(path)
    wide = "<table:table-cell table:number-columns-repeated='1000'><text:p>1</text:p></table:table-cell>"
    with pytest.raises(MlcheckError, match="too large"):
        text(
            tmp_path,
            f"<table:table><table:table-row table:number-rows-repeated='1000'>{wide * 9}</table:table-row></table:table>",
        )


TAGS = (
    *(
        "text:p",
        "text:p",
        "text:h",
        "text:span",
        "text:list",
        "text:list-item",
        "text:note",
        "text:note-body",
    ),
    *("text:note-citation", "text:s", "text:tab", "text:line-break", "text:section", "office:annotation"),
    *(
        "table:table",
        "table:table-row",
        "table:table-cell",
        "table:covered-table-cell",
        "table:table-header-rows",
    ),
    *(
        "draw:page",
        "draw:frame",
        "draw:g",
        "draw:text-box",
        "draw:image",
        "draw:object",
        "svg:title",
        "office:text",
    ),
)
ATTRIBUTES = (
    *("", "", " text:style-name='Numéros'", " text:style-name='T1'", " text:outline-level='99999999999'"),
    *(" table:number-rows-spanned='0'", " table:number-columns-spanned='-3'", " text:start-value='1e9'"),
    *(" table:number-columns-repeated='3'", " svg:x='1e999cm'", " svg:y='cm'", " presentation:class='title'"),
)


def test_whatever_stands_in_whatever(tmp_path: Path) -> None:
    chance = random.Random(2023)

    def tree(depth: int) -> str:
        inside = "".join(tree(depth - 1) for _ in range(chance.randrange(4))) if depth else "12"
        tag = chance.choice(TAGS)
        return f"<{tag}{chance.choice(ATTRIBUTES)}>1{inside}</{tag}>"

    for number in range(300):
        kind = (TEXT_TYPE, SLIDES_TYPE)[number % 2]
        path = write(tmp_path / "rapport.odt", "".join(tree(5) for _ in range(4)), kind)
        try:
            document = read_odt(path)
        except MlcheckError as error:
            assert "rapport.odt" in str(error)
            continue
        assert all(block.cells for block in document.blocks if isinstance(block, Grid))


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "rapport.odt", f"<table:table>{rows(('a', '1'), ('b', '2'))}</table:table>")
    content = path.read_bytes()
    for share in (0.2, 0.5, 0.9):
        path.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(MlcheckError, match=r"rapport\.odt is damaged"):
            read_odt(path)
