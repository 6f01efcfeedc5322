"""Presentations of OpenDocument annotated in their own format: cells, numbers, notes, and the slide of the list in front."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from msgspec.structs import replace

from mlcheck.model.document import Grid
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.rendering.annotation.marks import COLORS, STRONG
from tests.reading.test_odt import SLIDES_TYPE, rows, write
from tests.rendering.annotated import (
    FIGURE,
    SAID,
    annotated,
    changed_parts,
    everywhere,
    false_sentence,
    finding,
    parts,
    place,
    report,
    sentence,
    wrong_total,
)

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {name: f"{OASIS}{name}:1.0" for name in ("office", "text", "table", "style", "presentation")} | {
    "draw": f"{OASIS}drawing:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "svg": f"{OASIS}svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
ROWS = rows(("Commune", "Jeunes"), ("Lompret", "3"), ("Total", "7"))
TABLE = (
    '<draw:frame draw:name="T" svg:x="2cm" svg:y="2cm" svg:width="8cm" svg:height="3cm"><table:table>'
    f"{ROWS}</table:table></draw:frame>"
)
BOX = (
    '<draw:frame draw:name="B" svg:x="2cm" svg:y="12cm" svg:width="10cm" svg:height="2cm"><draw:text-box>'
    f"<text:p>{SAID}</text:p></draw:text-box></draw:frame>"
)


def slide(content: str, name: str = "Page 1", after: str = "") -> str:
    return f'<draw:page draw:name="{escape(name)}" draw:master-page-name="M">{content}{after}</draw:page>'


def deck(path: Path, *pages: str) -> Path:
    return write(path, "".join(pages), SLIDES_TYPE)


def root(path: Path):
    return etree.fromstring(parts(path)["content.xml"])


def found(path: Path, query: str) -> list:
    return root(path).xpath(query, namespaces=NAMES)


def said(element) -> str:
    return "".join(element.itertext())


def style_of(path: Path, printed: str):
    """The style of the cell of the author that prints a text; the list left out."""
    (cell,) = [
        one
        for one in found(path, "//draw:page[@draw:name!='mlcheck']//table:table-cell")
        if said(one) == printed
    ]
    name = cell.get(f"{{{NAMES['table']}}}style-name")
    (style,) = found(path, f"//style:style[@style:name='{name}'][@style:family='table-cell']")
    return style


def fill(path: Path, printed: str) -> str | None:
    (color,) = style_of(path, printed).xpath("*/@draw:fill-color", namespaces=NAMES) or (None,)
    return color


def notes(path: Path, page: int) -> list[str]:
    """The texts of the notes on a slide, counted from 1 with the list in front."""
    frames = found(path, f"//draw:page[{page}]/draw:frame[starts-with(@draw:style-name, 'mlcheckNote')]")
    return ["\n".join(said(one) for one in frame.iter(f"{{{NAMES['text']}}}p")) for frame in frames]


def total(path: Path, **changes):
    return replace(wrong_total(path, slide=1, shape="T", line=1), **changes)


def test_a_wrong_cell_is_filled_and_has_a_note_beside_it(tmp_path):
    path = deck(tmp_path / "r.odp", slide(TABLE))
    annotated(report(path, total(path)), tmp_path / "c.odp")
    copy = tmp_path / "c.odp"
    assert fill(copy, "7") == f"#{COLORS['error'][2:]}"
    assert fill(copy, "3") == f"#{COLORS['suspect'][2:]}"
    (note,) = notes(copy, 2)
    assert note.startswith("1 · error · TOT101\nPrinted 7; the 1 part makes 3.") or "Printed 7" in note
    (line,) = found(copy, "//draw:page[2]/draw:g/draw:line")
    (dot,) = found(copy, "//draw:page[2]/draw:g/draw:ellipse")
    assert (
        line.get(f"{{{NAMES['draw']}}}style-name")
        == "mlcheckLine_error"
        == dot.get(f"{{{NAMES['draw']}}}style-name")
    )
    assert changed_parts(path, copy) == ({"content.xml"}, set())


def test_the_figures_of_the_copy_are_those_of_the_report(tmp_path):
    path = deck(tmp_path / "r.odp", slide(TABLE + BOX))
    annotated(report(path, total(path)), tmp_path / "c.odp")

    def cells(file: Path):
        return [
            [cell.text for cell in block.cells.values()]
            for block in read(file).blocks
            if isinstance(block, Grid) and block.locator.shape == "T"
        ]

    assert cells(tmp_path / "c.odp") == cells(path) != []


def test_a_cell_with_a_fill_of_hers_is_outlined_and_never_tinted(tmp_path):
    style = (
        '<style:style style:name="hers" style:family="table-cell"><style:graphic-properties draw:fill="solid"'
        ' draw:fill-color="#4f81bd"/><style:paragraph-properties fo:border="0.5pt solid #ffffff"'
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"/></style:style>'
    )
    filled = TABLE.replace("<table:table-cell", '<table:table-cell table:style-name="hers"')
    path = deck(tmp_path / "r.odp", slide(filled))
    _with_styles(path, style)
    proven = [place(path, slide=1, shape="T", cell="A1", line=1)]
    annotated(report(path, total(path), proven=proven), tmp_path / "c.odp", tint=True)
    copy = tmp_path / "c.odp"
    assert fill(copy, "7") == "#4f81bd"
    (border,) = style_of(copy, "7").xpath("style:paragraph-properties/@fo:border", namespaces=NAMES)
    assert border == f"2.25pt solid #{STRONG['error']}"
    assert style_of(copy, "Commune").get(f"{{{NAMES['style']}}}name") == "hers"


def _with_styles(path: Path, style: str) -> None:
    held = parts(path)
    held["content.xml"] = held["content.xml"].replace(
        b"</office:automatic-styles>", style.encode() + b"</office:automatic-styles>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)


def test_a_white_fill_is_none_and_a_proven_cell_is_tinted(tmp_path):
    style = (
        '<style:style style:name="white" style:family="table-cell"><style:graphic-properties draw:fill="solid"'
        ' draw:fill-color="#FFFFFF"/></style:style>'
    )
    white = TABLE.replace("<table:table-cell", '<table:table-cell table:style-name="white"')
    path = deck(tmp_path / "r.odp", slide(white))
    _with_styles(path, style)
    proven = [place(path, slide=1, shape="T", cell="B2", line=1)]
    wrong = finding(place(path, slide=1, shape="T", cell="B3", line=1))
    annotated(report(path, wrong, proven=proven), tmp_path / "c.odp", tint=True)
    assert fill(tmp_path / "c.odp", "7") == f"#{COLORS['error'][2:]}"
    assert fill(tmp_path / "c.odp", "3") == f"#{COLORS['proven'][2:]}"


def test_the_very_number_of_a_sentence_is_coloured(tmp_path):
    path = deck(tmp_path / "r.odp", slide(BOX))
    annotated(false_sentence(path, slide=1, shape="B", line=1), tmp_path / "c.odp")
    (span,) = found(tmp_path / "c.odp", "//text:span[starts-with(@text:style-name, 'mlcheckText')]")
    assert said(span) == "7"
    (style,) = found(
        tmp_path / "c.odp", "//style:style[@style:name='mlcheckText_error']/style:text-properties"
    )
    assert style.get(f"{{{NAMES['fo']}}}background-color") == f"#{COLORS['error'][2:]}"
    assert style.get(f"{{{NAMES['fo']}}}color") == "#000000"
    assert len(notes(tmp_path / "c.odp", 2)) == 1


def test_the_note_of_what_the_speaker_says_is_on_the_slide(tmp_path):
    spoken = f'<presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>{SAID}</text:p></draw:text-box></draw:frame></presentation:notes>'
    path = deck(tmp_path / "r.odp", slide(TABLE, after=spoken))
    at = place(path, slide=1, shape="notes", line=1)
    annotated(report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),)), tmp_path / "c.odp")
    assert len(notes(tmp_path / "c.odp", 2)) == 1
    order = [etree.QName(one).localname for one in found(tmp_path / "c.odp", "//draw:page[2]/*")]
    assert order[-1] == "notes"  # after every shape, as the format wants it


def test_the_list_is_the_first_slide_and_leads_to_the_others(tmp_path):
    path = deck(tmp_path / "r.odp", slide(BOX, "Les autres"), slide(TABLE, "L'accueil & la suite"))
    wrong = finding(place(path, slide=2, shape="T", cell="B3", line=1))
    elsewhere = finding(place(tmp_path / "last.odp", slide=1, shape="T", cell="B3"), rule="VAR101")
    annotated(report(path, wrong, elsewhere), tmp_path / "c.odp")
    names = found(tmp_path / "c.odp", "//draw:page/@draw:name")
    assert names == ["mlcheck", "Les autres", "L'accueil & la suite"]
    links = found(tmp_path / "c.odp", "//draw:page[1]//text:a")
    assert [said(one) for one in links] == ["slide 2, T, B3"]
    assert links[0].get("{http://www.w3.org/1999/xlink}href") == "#L'accueil & la suite"
    texts = [said(one) for one in found(tmp_path / "c.odp", "//draw:page[1]//text:p")]
    assert any(text.endswith("(in this list only)") for text in texts)
    assert "The numbers of slides are those of the report, which this list is no part of." in texts


def test_a_long_list_goes_on_after_the_last_slide(tmp_path):
    path = deck(tmp_path / "r.odp", slide(TABLE))
    many = [total(path, message=f"Number {n}. " + "Long. " * 40) for n in range(12)]
    annotated(report(path, *many), tmp_path / "c.odp")
    names = found(tmp_path / "c.odp", "//draw:page/@draw:name")
    assert names[:2] == ["mlcheck", "Page 1"] and names[2] == "mlcheck 2"
    listed = "".join(
        said(one) for one in found(tmp_path / "c.odp", "//draw:page[starts-with(@draw:name, 'mlcheck')]")
    )
    assert all(f"Number {n}." in listed for n in range(12))
    assert len(notes(tmp_path / "c.odp", 2)) == 6 and "… and 6 others" in notes(tmp_path / "c.odp", 2)[-1]


def test_a_note_points_to_its_cell_where_columns_differ_in_width(tmp_path):
    def columns(*widths: str) -> tuple[str, str]:
        styles = "".join(
            f'<style:style style:name="co{n}" style:family="table-column"><style:table-column-properties style:column-width="{w}"/></style:style>'
            for n, w in enumerate(widths)
        )
        return styles, "".join(f'<table:table-column table:style-name="co{n}"/>' for n in range(len(widths)))

    ends = []
    for widths in (("2cm", "6cm"), ("6cm", "2cm")):
        styles, written = columns(*widths)
        path = deck(tmp_path / "r.odp", slide(TABLE.replace("<table:table>", f"<table:table>{written}")))
        _with_styles(path, styles)
        annotated(report(path, total(path)), tmp_path / "c.odp")
        box = found(tmp_path / "c.odp", "//draw:page[2]/draw:frame[last()]")[0]
        ends.append(float(box.get(f"{{{NAMES['svg']}}}x")[:-2]))
    assert ends[0] != ends[1]


@pytest.mark.parametrize("text", ["</text:p>&<", "a\x00\x07b\u202ec", "]]>", "é" * 40_000])
def test_hostile_text_is_shown_and_does_nothing(tmp_path, text):
    path = deck(tmp_path / "r.odp", slide(TABLE))
    annotated(report(path, total(path, **everywhere(text))), tmp_path / "c.odp")
    assert len(notes(tmp_path / "c.odp", 2)) == 1 and root(tmp_path / "c.odp") is not None


def test_a_copy_is_the_same_each_time_and_is_named_as_the_report_is(tmp_path):
    path = deck(tmp_path / "r.odp", slide(TABLE + BOX))
    for name in ("c.odp", "d.odp"):
        annotated(report(path, total(path)), tmp_path / name)
    assert (tmp_path / "c.odp").read_bytes() == (tmp_path / "d.odp").read_bytes()
    with pytest.raises(MlcheckError, match=r"must end in \.odp"):
        annotated(report(path, total(path)), tmp_path / "c.pptx")


def test_prefixes_of_another_meaning_are_one_sentence_and_no_file(tmp_path):
    path = deck(tmp_path / "r.odp", slide(TABLE))
    held = parts(path)
    held["content.xml"] = held["content.xml"].replace(
        b"<office:document-content", b'<office:document-content xmlns:loext="urn:other"'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    with pytest.raises(MlcheckError, match="cannot be copied with its marks"):
        annotated(report(path, total(path)), tmp_path / "c.odp")
    assert not (tmp_path / "c.odp").exists()
