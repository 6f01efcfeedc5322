"""OpenDocument texts and spreadsheets annotated in their own format."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from mlcheck.model.document import Grid
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.rendering.annotation.marks import COLORS, STRONG
from tests.reading.test_odt import rows, write
from tests.rendering.annotated import (
    FIGURE,
    SAID,
    annotated,
    changed_parts,
    everywhere,
    finding,
    parts,
    place,
    report,
    sentence,
    suspect,
    wrong_total,
)

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {name: f"{OASIS}{name}:1.0" for name in ("office", "text", "table", "style")} | {
    "fo": f"{OASIS}xsl-fo-compatible:1.0"
}
TABLE, TEXT, FO = f"{{{NAMES['table']}}}", f"{{{NAMES['text']}}}", f"{{{NAMES['fo']}}}"
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


def root(path: Path):
    return etree.fromstring(parts(path)["content.xml"])


def background(path: Path, name: str, family: str = "table-cell") -> dict[str, str]:
    """What a style of content.xml says of backgrounds and borders."""
    (style,) = root(path).xpath(
        f"//style:style[@style:name='{name}'][@style:family='{family}']", namespaces=NAMES
    )
    return {
        key.removeprefix(FO): text
        for child in style
        for key, text in child.attrib.items()
        if key.startswith(FO)
    }


def table_of(path: Path):
    """The only table of the author, the list left out."""
    (own,) = [one for one in root(path).iter(TABLE + "table") if one.get(TABLE + "name") != "mlcheck"]
    return own


def cell(path: Path, printed: str):
    """The cell of the author that prints a text."""
    (own,) = [
        one
        for one in table_of(path).iter(TABLE + "table-cell")
        if "".join(t.text or "" for t in one.iterchildren(TEXT + "p")) == printed or _text(one) == printed
    ]
    return own


def _text(one) -> str:
    return "".join(one.xpath(".//text()[not(ancestor::office:annotation)]", namespaces=NAMES))


def table_text(path: Path, after: str = "") -> Path:
    """A text of one table."""
    lines = rows(("Commune", "Jeunes"), ("Lompret", "3"), ("Total", "7"))
    return write(path, f"<table:table table:name='Jeunes'>{lines}</table:table>{after}")


def test_a_wrong_cell_of_a_text_is_coloured_and_commented(tmp_path):
    path = table_text(tmp_path / "r.odt")
    assert annotated(report(path, wrong_total(path, shape="table 1", line=1)), tmp_path / "c.odt") == ()
    for printed, kind in (("7", "error"), ("3", "suspect")):
        own = cell(tmp_path / "c.odt", printed)
        assert (
            background(tmp_path / "c.odt", own.get(TABLE + "style-name"))["background-color"]
            == f"#{COLORS[kind][2:]}"
        )
        (comment,) = own.xpath(".//office:annotation", namespaces=NAMES)
        assert "TOT101" in "".join(comment.itertext())
        assert len(own.xpath(".//office:annotation-end", namespaces=NAMES)) == 1
    assert changed_parts(path, tmp_path / "c.odt") == ({"content.xml"}, set())
    with zipfile.ZipFile(tmp_path / "c.odt") as archive:
        assert archive.infolist()[0].filename == "mimetype"


@pytest.mark.parametrize(
    "written",
    [
        SAID,
        "En 2023, <text:span text:style-name='T9'>7</text:span> jeunes de Lompret.",
        "En<text:s/>2023, 7<text:s/>jeunes <text:bookmark text:name='x'/>de Lompret.",
        "En 2023, 7 jeunes<text:note text:note-class='footnote'><text:note-citation>7</text:note-citation><text:note-body>"
        "<text:p>7</text:p></text:note-body></text:note> de Lompret.",
    ],
)
def test_the_very_number_of_a_sentence_is_marked(tmp_path, written):
    path = write(tmp_path / "r.odt", f"<text:p>{written}</text:p>")
    at = place(path, line=1)
    annotated(report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),)), tmp_path / "c.odt")
    spans = root(tmp_path / "c.odt").xpath(
        "//text:span[@text:style-name='mlcheckText_error']", namespaces=NAMES
    )
    assert ["".join(span.itertext()) for span in spans if "TOT101" not in "".join(span.itertext())] == ["7"]
    assert (
        background(tmp_path / "c.odt", "mlcheckText_error", "text")["background-color"]
        == f"#{COLORS['error'][2:]}"
    )
    (start,) = root(tmp_path / "c.odt").xpath("//office:annotation", namespaces=NAMES)
    (end,) = root(tmp_path / "c.odt").xpath("//office:annotation-end", namespaces=NAMES)
    assert start.get(f"{{{NAMES['office']}}}name") == end.get(f"{{{NAMES['office']}}}name")


def test_a_number_in_a_note_is_commented_where_the_note_is_called(tmp_path):
    note = (
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        f"<text:p>{SAID}</text:p></text:note-body></text:note>"
    )
    path = write(tmp_path / "r.odt", f"<text:p>Voir{note} ici.</text:p>")
    at = place(path, line=1, shape="note 1")
    annotated(report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),)), tmp_path / "c.odt")
    (comment,) = root(tmp_path / "c.odt").xpath("//office:annotation", namespaces=NAMES)
    assert comment.getprevious().tag in (TEXT + "note", TEXT + "bookmark")
    assert not comment.xpath("ancestor::text:note", namespaces=NAMES)


def test_the_texts_of_a_table_stay_what_they_were(tmp_path):
    path = table_text(tmp_path / "r.odt", "<text:p>Fin.</text:p>")
    annotated(report(path, wrong_total(path, shape="table 1", line=1)), tmp_path / "c.odt")
    listed, own = [block for block in read(tmp_path / "c.odt").blocks if isinstance(block, Grid)]
    (before,) = [block for block in read(path).blocks if isinstance(block, Grid)]
    assert own.cells == before.cells
    assert "TOT101" in listed.cells[1, 0].text


def test_the_list_of_a_text_leads_to_its_figures(tmp_path):
    path = table_text(tmp_path / "r.odt")
    elsewhere = finding(place(tmp_path / "2022.odt", shape="table 1", cell="B3", line=1), rule="VAR202")
    annotated(report(path, wrong_total(path, shape="table 1", line=1), elsewhere), tmp_path / "c.odt")
    made = root(tmp_path / "c.odt")
    (link,) = made.xpath("//text:a/@xlink:href", namespaces=NAMES | {"xlink": "http://www.w3.org/1999/xlink"})
    (mark,) = made.xpath("//text:bookmark/@text:name", namespaces=NAMES)
    assert link == f"#{mark}"
    assert "in this list only" in parts(tmp_path / "c.odt")["content.xml"].decode()


# Spreadsheets


def spreadsheet(path: Path, lines: str, columns: str = "<table:table-column/>") -> Path:
    """A spreadsheet of one sheet "Aides"."""
    return write(path, f"<table:table table:name='Aides'>{columns}{lines}</table:table>", SHEETS)


def line(*cells: str, repeated: int = 1) -> str:
    written = "".join(
        one
        if one.startswith("<")
        else f"<table:table-cell office:value-type='float' office:value='{one}'><text:p>{one}</text:p></table:table-cell>"
        if one.isdecimal()
        else f"<table:table-cell office:value-type='string'><text:p>{one}</text:p></table:table-cell>"
        for one in cells
    )
    times = f" table:number-rows-repeated='{repeated}'" if repeated > 1 else ""
    return f"<table:table-row{times}>{written}</table:table-row>"


def wrong_cell(path: Path, at: str = "B3"):
    return finding(
        place(path, sheet="Aides", cell=at), suspects=(suspect(place(path, sheet="Aides", cell="B2")),)
    )


LINES = line("Commune", "Jeunes") + line("Lompret", "3") + line("Total", "7")


def test_a_wrong_cell_of_a_sheet_is_coloured_and_commented(tmp_path):
    path = spreadsheet(tmp_path / "r.ods", LINES)
    assert annotated(report(path, wrong_cell(path)), tmp_path / "c.ods") == ()
    for printed, kind in (("7", "error"), ("3", "suspect")):
        own = cell(tmp_path / "c.ods", printed)
        assert (
            background(tmp_path / "c.ods", own.get(TABLE + "style-name"))["background-color"]
            == f"#{COLORS[kind][2:]}"
        )
        assert "TOT101" in "".join(own[0].itertext())
    assert changed_parts(path, tmp_path / "c.ods") == ({"content.xml"}, set())
    names = [one.get(TABLE + "name") for one in root(tmp_path / "c.ods").iter(TABLE + "table")]
    assert names == ["mlcheck", "Aides"]
    assert read(tmp_path / "c.ods").blocks[1].cells == read(path).blocks[0].cells


def test_cells_and_rows_that_are_written_once_for_several_are_taken_apart(tmp_path):
    many = "<table:table-cell office:value-type='float' office:value='7' table:number-columns-repeated='4'><text:p>7</text:p></table:table-cell>"
    path = spreadsheet(tmp_path / "r.ods", line("Commune", "Jeunes") + line("Total", many, repeated=5))
    annotated(report(path, wrong_cell(path, "C4")), tmp_path / "c.ods")
    before, after = read(path).blocks[0], read(tmp_path / "c.ods").blocks[1]
    assert after.cells == before.cells
    commented = root(tmp_path / "c.ods").xpath("//table:table-cell[office:annotation]", namespaces=NAMES)
    assert len(commented) == 2
    times = [
        one.get(TABLE + "number-rows-repeated", "1")
        for one in table_of(tmp_path / "c.ods").iter(TABLE + "table-row")
    ]
    assert times == ["1", "1", "1", "1", "2"]


def test_a_cell_with_a_background_of_hers_is_outlined_and_never_tinted(tmp_path):
    green = (
        "<style:style style:name='ce1' style:family='table-cell'><style:table-cell-properties"
        f" xmlns:fo='{NAMES['fo']}' fo:background-color='#00b050' fo:border-left='1pt solid #000000'/></style:style>"
    )
    columns = "<table:table-column/><table:table-column table:default-cell-style-name='ce1'/>"
    path = spreadsheet(tmp_path / "r.ods", LINES, columns)
    made = parts(path)
    made["content.xml"] = made["content.xml"].replace(
        b"</office:automatic-styles>", green.encode() + b"</office:automatic-styles>"
    )
    made["content.xml"] = (
        made["content.xml"]
        .replace(b"fo:", b"fo:")
        .replace(
            b"<office:document-content", f"<office:document-content xmlns:fo='{NAMES['fo']}'".encode(), 1
        )
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    told = report(
        path, finding(place(path, sheet="Aides", cell="B3")), proven=(place(path, sheet="Aides", cell="B2"),)
    )
    annotated(told, tmp_path / "c.ods", tint=True)
    look = background(tmp_path / "c.ods", cell(tmp_path / "c.ods", "7").get(TABLE + "style-name"))
    assert look == {"background-color": "#00b050", "border": f"2.25pt solid #{STRONG['error']}"}
    assert cell(tmp_path / "c.ods", "3").get(TABLE + "style-name") == "ce1"


def test_a_comment_of_hers_is_kept_and_followed(tmp_path):
    own = (
        "<table:table-cell office:value-type='float' office:value='7'><office:annotation><text:p>mine</text:p>"
        "</office:annotation><text:p>7</text:p></table:table-cell>"
    )
    path = spreadsheet(
        tmp_path / "r.ods", line("Commune", "Jeunes") + line("Lompret", "3") + line("Total", own)
    )
    annotated(report(path, wrong_cell(path)), tmp_path / "c.ods")
    (comment, other) = root(tmp_path / "c.ods").xpath("//office:annotation", namespaces=NAMES)[::-1]
    texts = [one.text for one in comment.iter(TEXT + "p")]
    assert texts[:2] == ["mine", "✗ TOT101 · error"]
    assert "To review" in "".join(other.itertext())


def test_a_sheet_named_mlcheck_keeps_its_name_and_the_list_opens(tmp_path):
    path = spreadsheet(tmp_path / "r.ods", LINES)
    made = parts(path)
    made["content.xml"] = made["content.xml"].replace(b"'Aides'", b"'MLcheck'")
    made["settings.xml"] = (
        b'<x xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><config:config-item'
        b' config:name="ActiveTable" config:type="string">MLcheck</config:config-item></x>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    annotated(report(path, finding(place(path, sheet="MLcheck", cell="B3"))), tmp_path / "c.ods")
    names = [one.get(TABLE + "name") for one in root(tmp_path / "c.ods").iter(TABLE + "table")]
    assert names == ["mlcheck 2", "MLcheck"]
    assert b">mlcheck 2<" in parts(tmp_path / "c.ods")["settings.xml"]


@pytest.mark.parametrize("text", ["</text:p>&<", "a\x00\x07b\u202ec", "]]>", "é" * 40_000])
def test_hostile_text_is_shown_and_does_nothing(tmp_path, text):
    path = spreadsheet(tmp_path / "r.ods", LINES)
    annotated(
        report(path, finding(place(path, sheet="Aides", cell="B3"), **everywhere(text))), tmp_path / "c.ods"
    )
    assert root(tmp_path / "c.ods") is not None
    text_path = table_text(tmp_path / "r.odt")
    at = place(text_path, shape="table 1", cell="B3", line=1)
    annotated(report(text_path, finding(at, **everywhere(text))), tmp_path / "c.odt")
    assert root(tmp_path / "c.odt") is not None


def test_prefixes_of_another_meaning_are_one_sentence_and_no_file(tmp_path):
    path = spreadsheet(tmp_path / "r.ods", LINES)
    made = parts(path)
    made["content.xml"] = made["content.xml"].replace(
        b"<office:document-content", b"<office:document-content xmlns:dc='x'", 1
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    with pytest.raises(MlcheckError, match="cannot be copied with its marks"):
        annotated(report(path, wrong_cell(path)), tmp_path / "c.ods")
    assert not (tmp_path / "c.ods").exists()
