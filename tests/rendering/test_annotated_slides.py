"""Presentations annotated in their own format: cells, numbers, notes, and the slide of the list in front."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn
from pptx.util import Inches

from mlcheck.model.errors import MlcheckError
from mlcheck.rendering.annotation.marks import STRONG
from tests.reading.presentations import box, chart, deck, table
from tests.rendering.annotated import (
    FIGURE,
    SAID,
    annotated,
    changed_parts,
    finding,
    hexadecimal,
    parts,
    place,
    report,
    sentence,
    wrong_total,
)

ROWS = "Commune|Jeunes\nLompret|3\nTotal|7"


def one_table(path: Path, **options) -> Path:
    """A presentation of one table, named "T"."""

    def draw(slide):
        table(slide, ROWS).name = "T"

    return deck(path, draw, **options)


def fills(slide, shape: str = "T") -> dict[str, str]:
    """The fills of the cells of a table, by their texts."""
    (frame,) = [one for one in slide.shapes if one.name == shape]
    return {
        cell.text: cell._tc.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}/{qn('a:srgbClr')}").get("val")
        for row in frame.table.rows
        for cell in row.cells
        if cell._tc.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}") is not None
    }


def notes(slide) -> list[str]:
    return [
        one.text_frame.text
        for one in slide.shapes
        if one.name.startswith("mlcheck") and one.has_text_frame and one.text_frame.text
    ]


def test_a_wrong_cell_is_filled_and_has_a_note_beside_it(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    assert annotated(report(path, wrong_total(path, slide=1, shape="T")), tmp_path / "c.pptx") == ()
    listed, slide = Presentation(tmp_path / "c.pptx").slides
    assert fills(slide) == {"7": hexadecimal("error"), "3": hexadecimal("suspect")}
    (note,) = notes(slide)
    assert note.splitlines() == [
        "1 · error · TOT101",
        "Printed 7; the 1 parts make 3.",
        "printed 7 · expected 3 · gap 4",
        "B2 “Lompret” 3 → 7 — one digit changed",
    ]
    assert [one.name for one in listed.shapes] == ["mlcheck", "mlcheck 2"]


def test_a_note_covers_neither_the_table_nor_another_note_where_there_is_room(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    both = (
        wrong_total(path, slide=1, shape="T"),
        finding(place(path, slide=1, shape="T", cell="B2"), rule="TOT102"),
    )
    annotated(report(path, *both), tmp_path / "c.pptx")
    slide = Presentation(tmp_path / "c.pptx").slides[1]
    size = Presentation(tmp_path / "c.pptx").slide_width
    boxes = [
        (one.left, one.top, one.left + one.width, one.top + one.height)
        for one in slide.shapes
        if one.name == "T" or (one.name.startswith("mlcheck") and one.has_text_frame)
    ]
    assert len(boxes) == 3
    for n, one in enumerate(boxes):
        assert 0 <= one[0] < one[2] <= size
        for other in boxes[:n]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_cell_with_a_fill_of_hers_is_outlined(tmp_path):
    def draw(slide):
        frame = table(slide, ROWS)
        frame.name = "T"
        fill = frame.table.cell(2, 1).fill
        fill.solid()
        fill.fore_color.rgb = RGBColor(0, 0xB0, 0x50)

    path = deck(tmp_path / "r.pptx", draw)
    annotated(report(path, wrong_total(path, slide=1, shape="T")), tmp_path / "c.pptx")
    slide = Presentation(tmp_path / "c.pptx").slides[1]
    assert fills(slide)["7"] == "00B050"
    lines = slide.shapes[0].table.cell(2, 1)._tc.find(qn("a:tcPr"))
    assert [child.tag for child in lines][:4] == [qn(f"a:ln{side}") for side in "LRTB"]
    assert {one.get("val") for one in lines.iterfind(f"*/{qn('a:solidFill')}/{qn('a:srgbClr')}")} == {
        STRONG["error"]
    }


@pytest.mark.parametrize(
    "fill", ['<a:noFill xmlns:a="{}"/>', '<a:solidFill xmlns:a="{}"><a:srgbClr val="FFFFFF"/></a:solidFill>']
)
def test_no_fill_and_a_white_one_are_filled(tmp_path, fill):
    def draw(slide):
        frame = table(slide, ROWS)
        frame.name = "T"
        own = etree.fromstring(fill.format("http://schemas.openxmlformats.org/drawingml/2006/main"))
        frame.table.cell(2, 1)._tc.get_or_add_tcPr().append(own)

    path = deck(tmp_path / "r.pptx", draw)
    annotated(report(path, wrong_total(path, slide=1, shape="T")), tmp_path / "c.pptx")
    assert fills(Presentation(tmp_path / "c.pptx").slides[1])["7"] == hexadecimal("error")


def test_the_very_number_of_a_sentence_is_highlighted_and_its_run_keeps_its_look(tmp_path):
    def draw(slide):
        shape = box(slide, SAID, name="S")
        shape.text_frame.paragraphs[0].runs[0].font.size = Inches(0.3)

    path = deck(tmp_path / "r.pptx", draw)
    at = place(path, slide=1, shape="S")
    annotated(
        report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),)), tmp_path / "c.pptx"
    )
    slide = Presentation(tmp_path / "c.pptx").slides[1]
    runs = slide.shapes[0].text_frame.paragraphs[0].runs
    assert [run.text for run in runs] == ["En 2023, ", "7", " jeunes de Lompret."]
    assert {run.font.size for run in runs} == {Inches(0.3)}
    marked = [run._r.find(f"{qn('a:rPr')}/{qn('a:highlight')}/{qn('a:srgbClr')}") for run in runs]
    assert [one.get("val") if one is not None else None for one in marked] == [
        None,
        hexadecimal("error"),
        None,
    ]


def test_of_two_tables_of_one_name_the_right_one_is_marked(tmp_path):
    def draw(slide):
        for top in (0, 4):
            table(slide, ROWS, top=top).name = "T"

    path = deck(tmp_path / "r.pptx", draw)
    annotated(report(path, wrong_total(path, slide=1, shape="T (2)")), tmp_path / "c.pptx")
    frames = [one for one in Presentation(tmp_path / "c.pptx").slides[1].shapes if one.name == "T"]
    found = [
        frame.table.cell(2, 1)._tc.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}") is not None for frame in frames
    ]
    assert found == [False, True]


def test_a_chart_and_speaker_notes_have_a_note_on_their_slide(tmp_path):
    def draw(slide):
        chart(slide, {"Jeunes": (3, 7)})
        slide.notes_slide.notes_text_frame.text = SAID

    path = deck(tmp_path / "r.pptx", draw)
    told = report(
        path,
        finding(place(path, slide=1, shape="Chart 1", cell="B3")),
        finding(place(path, slide=1, shape="notes", line=1), rule="SHR201"),
    )
    annotated(told, tmp_path / "c.pptx")
    assert [note.split("\n")[0] for note in notes(Presentation(tmp_path / "c.pptx").slides[1])] == [
        "1 · error · TOT101",
        "2 · error · SHR201",
    ]
    slide = Presentation(tmp_path / "c.pptx").slides[1]
    (drawn,) = [one for one in slide.shapes if one.has_chart]
    (frame,) = [
        one
        for one in slide.shapes
        if one.name.startswith("mlcheck") and one.has_text_frame and not one.text_frame.text
    ]
    assert (frame.left, frame.top, frame.width, frame.height) == (
        drawn.left,
        drawn.top,
        drawn.width,
        drawn.height,
    )
    assert str(frame.line.color.rgb) == STRONG["error"]
    assert frame.fill.type == MSO_FILL.BACKGROUND  # none: the chart is seen
    assert changed_parts(path, tmp_path / "c.pptx")[0] == {
        *(
            "[Content_Types].xml",
            "ppt/presentation.xml",
            "ppt/_rels/presentation.xml.rels",
            "ppt/slides/slide1.xml",
        )
    }


def test_what_is_not_marked_is_kept_byte_for_byte(tmp_path):
    path = deck(tmp_path / "r.pptx", lambda slide: table(slide, ROWS), lambda slide: box(slide, SAID))
    annotated(report(path, wrong_total(path, slide=1, shape="Table 1")), tmp_path / "c.pptx")
    changed, added = changed_parts(path, tmp_path / "c.pptx")
    assert "ppt/slides/slide2.xml" not in changed
    assert added == {"ppt/slides/slide3.xml", "ppt/slides/_rels/slide3.xml.rels"}


def test_the_list_leads_to_its_slides_and_their_numbers_stay(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    elsewhere = finding(place(tmp_path / "2022.pptx", slide=4, shape="T", cell="B3"), rule="VAR202")
    annotated(report(path, wrong_total(path, slide=1, shape="T"), elsewhere), tmp_path / "c.pptx")
    made = Presentation(tmp_path / "c.pptx")
    listed = made.slides[0]
    (link,) = listed.part._element.iter(qn("a:hlinkClick"))
    assert listed.part.related_part(link.get(qn("r:id"))) is made.slides[1].part
    texts = [cell.text for row in listed.shapes[1].table.rows for cell in row.cells]
    assert "2022.pptx, slide 4, T, B3 (in this list only)" in " ".join(texts)
    assert made.part._element.get("firstSlideNum") == "0"


def test_a_long_list_goes_on_after_the_last_slide_and_sections_hold_every_slide(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    made = parts(path)
    section = (
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst'
        b' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="a" id="{1}">'
        b'<p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
    )
    own = re.sub(rb"<p:extLst>.*?</p:extLst>", b"", made["ppt/presentation.xml"], flags=re.DOTALL)
    made["ppt/presentation.xml"] = own.replace(b"</p:presentation>", section + b"</p:presentation>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    findings = [
        replace(wrong_total(path, slide=1, shape="T"), rule=f"TOT{n}", label="Un total " * 5)
        for n in range(40)
    ]
    annotated(report(path, *findings), tmp_path / "c.pptx")
    copy = Presentation(tmp_path / "c.pptx")
    assert len(copy.slides) > 3
    rows = [len(slide.shapes[1].table.rows) - 1 for slide in copy.slides if slide.shapes[0].name == "mlcheck"]
    assert sum(rows) == 40
    root = copy.part._element
    listed = [one.get("id") for one in root.iter(qn("p:sldId"))]
    held = [
        one.get("id") for one in root.iter("{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId")
    ]
    assert listed == held
    assert "and 34 others" in notes(copy.slides[1])[-1]
    for slide in copy.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= copy.slide_height


def test_a_show_with_macros_keeps_its_ending(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    made = parts(path)
    types = made["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    )
    macros = tmp_path / "m.pptx"
    with zipfile.ZipFile(macros, "w") as archive:
        for name, data in (
            made | {"[Content_Types].xml": types, "ppt/vbaProject.bin": b"\x00macros"}
        ).items():
            archive.writestr(name, data)
    with pytest.raises(MlcheckError, match=r"must end in \.pptm"):
        annotated(report(macros, wrong_total(macros, slide=1, shape="T")), tmp_path / "c.pptx")
    annotated(report(macros, wrong_total(macros, slide=1, shape="T")), tmp_path / "c.pptm")
    assert parts(tmp_path / "c.pptm")["ppt/vbaProject.bin"] == b"\x00macros"


def test_a_white_number_is_black_on_its_colour(tmp_path):
    def draw(slide):
        frame = table(slide, ROWS)
        frame.name = "T"
        frame.table.cell(2, 1).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    path = deck(tmp_path / "r.pptx", draw)
    annotated(report(path, wrong_total(path, slide=1, shape="T")), tmp_path / "c.pptx")
    cell = Presentation(tmp_path / "c.pptx").slides[1].shapes[0].table.cell(2, 1)
    assert cell.text_frame.paragraphs[0].runs[0].font.color.rgb == RGBColor(0, 0, 0)


def test_a_slide_without_shapes_in_its_tree_is_one_sentence_and_no_file(tmp_path):
    path = one_table(tmp_path / "r.pptx")
    made = parts(path)
    made["ppt/presentation.xml"] = re.sub(
        rb"<p:sldIdLst>", b"<p:other/><p:sldIdLst>", made["ppt/presentation.xml"]
    )
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", b"<x/></Types>")
    for name in [name for name in made if "slideLayout" in name or "slideMaster" in name]:
        made[name] = made[name].replace(b'type="blank"', b'type="x"')
    made["ppt/slides/_rels/slide1.xml.rels"] = re.sub(
        rb"<Relationship [^>]*/>", b"", made["ppt/slides/_rels/slide1.xml.rels"]
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    with pytest.raises(MlcheckError, match=r"cannot be copied with its marks \(slideLayout\)"):
        annotated(report(path, wrong_total(path, slide=1, shape="T")), tmp_path / "c.pptx")
    assert not (tmp_path / "c.pptx").exists()
