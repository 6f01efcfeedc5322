"""Presentations: what a slide prints comes in the order in which it is read, each with its place."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER, PROG_ID
from pptx.util import Inches

from mlcheck.model.document import Document, Grid, Merge, NotUnderstood, Paragraph
from mlcheck.reading import read
from tests.reading import presentations as made
from tests.reading.presentations import box, deck, table

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fea1399d2e0000000049454e44ae426082"
)


def told(document: Document) -> list[str]:
    """What is read, a line a block: the text of a paragraph, the first row of a table."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else " | ".join(cell.text for (row, _), cell in sorted(block.cells.items()) if row == 0)
        for block in document.blocks
        if isinstance(block, Paragraph | Grid)
    ]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def reasons(document: Document) -> list[str]:
    return [note.reason.format(**note.values) for note in document.not_understood]


def test_the_title_comes_first_and_is_a_heading(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide.shapes.title.text = "Les sorties\nen 2023"
        slide.shapes.title.top = Inches(5)
        slide.placeholders[1].text = "42 jeunes sont sortis.\n\n12 à Lille."

    document = read(deck(tmp_path / "r.pptx", draw, layout=made.TITLE_AND_BODY))
    title, one, two = document.blocks
    assert isinstance(title, Paragraph) and isinstance(one, Paragraph) and isinstance(two, Paragraph)
    assert (title.text, title.level, title.locator.slide) == ("Les sorties en 2023", 1, 1)
    assert (one.text, one.level, one.locator.line) == ("42 jeunes sont sortis.", None, 1)
    assert (two.text, two.locator.line, two.locator.shape) == ("12 à Lille.", 2, "Content Placeholder 2")


def test_slides_follow_one_another_in_the_order_of_the_presentation(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: box(s, "première"), lambda s: box(s, "deuxième"))
    made.rewrite(path, "ppt/presentation.xml", _last_slide_first)
    assert [(b.text, b.locator.slide) for b in read(path).blocks if isinstance(b, Paragraph)] == [
        ("deuxième", 1),
        ("première", 2),
    ]


def _last_slide_first(content: bytes) -> bytes:
    first, second = (content.index(b"<p:sldId "), content.rindex(b"<p:sldId "))
    end = content.index(b"</p:sldIdLst>")
    return content[:first] + content[second:end] + content[first:second] + content[end:]


def test_a_line_break_goes_on_with_its_paragraph(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: box(s, "42 jeunes\vsont sortis.\n12 à Lille."))
    assert told(read(path)) == ["42 jeunes sont sortis.", "12 à Lille."]


def test_raised_digits_are_no_part_of_the_number(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        paragraph = box(slide, "12").text_frame.paragraphs[0]
        for text in ("1", " au 1", "er"):
            run = paragraph.add_run()
            run.text = text
            run.font._element.set("baseline", "0" if text.startswith(" ") else "30000")

    assert told(read(deck(tmp_path / "r.pptx", draw))) == ["12¹ au 1er"]


@pytest.mark.parametrize(
    ("placed", "order"),
    [
        # Two columns: title, table and note of the left one, then those of the right one.
        (
            {"g1": (0, 0, 3), "d1": (4, 0, 3), "g2": (0, 0.6, 3), "d2": (4, 0.6, 3), "g3": (0, 1.4, 3), "d3": (4, 1.4, 3)},
            "g1 g2 g3 d1 d2 d3",
        ),
        # The same under a text over the whole width.
        (
            {"d1": (4, 1, 3), "d2": (4, 1.6, 3), "tout": (0, 0, 9), "g1": (0, 1, 3), "g2": (0, 1.6, 3)},
            "tout g1 g2 d1 d2",
        ),
        # Columns and lines that overlap a little still stand side by side and one below another.
        (
            {"g2": (0, 0.45, 3.05), "d2": (3, 0.45, 3), "g1": (0, 0, 3.05), "d1": (3, 0, 3)},
            "g1 g2 d1 d2",
        ),
        # Numbers on the left and their words on the right, row by row.
        ({"mots1": (1.2, 0, 3), "12": (0, 0, 1), "30": (0, 2, 1), "mots2": (1.2, 2, 3)}, "12 mots1 30 mots2"),
        # Cards: the number over its word.
        ({"12": (0, 0, 2), "30": (4, 0, 2), "mots1": (0, 0.5, 2), "mots2": (4, 0.5, 2)}, "12 mots1 30 mots2"),
        # Boxes that lie one over another are read from the top, then from the left.
        ({"deux": (0.5, 0.3, 3), "un": (0, 0, 3), "bis": (0.2, 0.05, 3)}, "un bis deux"),
    ],
)  # fmt: skip
def test_reading_order(tmp_path: Path, placed: dict[str, tuple[float, float, float]], order: str) -> None:
    def draw(slide: Any) -> None:
        for text, (left, top, width) in placed.items():
            box(slide, text, left, top, width)

    assert " ".join(told(read(deck(tmp_path / "r.pptx", draw)))) == order


def test_groups_in_groups_stand_where_their_frames_put_them(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        box(slide, "au milieu", 0, 3)
        outer = slide.shapes.add_group_shape()
        inner = outer.shapes.add_group_shape()
        low, high = box(inner, "en bas", 0, 0), box(inner, "en haut", 0, 50)
        low.top, high.top = Inches(100), Inches(0)
        for group, top, height in ((inner, 0, 100), (outer, 0, 6)):
            frame = group._element.grpSpPr.find(f"{{{A}}}xfrm")
            for name, values in {
                "off": {"x": 0, "y": Inches(top)},
                "ext": {"cx": Inches(3), "cy": Inches(height)},
                "chOff": {"x": 0, "y": 0},
                "chExt": {"cx": Inches(3), "cy": Inches(100)},
            }.items():
                child = frame.find(f"{{{A}}}{name}")
                for key, value in values.items():
                    child.set(key, str(int(value)))

    assert told(read(deck(tmp_path / "r.pptx", draw))) == ["en haut", "au milieu", "en bas"]


def test_a_placeholder_without_a_place_stands_where_its_layout_puts_it(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        box(slide, "au-dessus", 0.5, 1.3)
        slide.placeholders[1].text = "le texte"
        box(slide, "en dessous", 0.5, 6.9)

    path = deck(tmp_path / "r.pptx", draw, layout=made.TITLE_AND_BODY)
    assert told(read(path)) == ["au-dessus", "le texte", "en dessous"]


def test_a_table_with_merged_cells(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        frame = table(slide, "Commune|2023|\n|Femmes|Hommes\nLille|12|30 €")
        frame.name = "Tableau 3"
        frame.table.cell(0, 0).merge(frame.table.cell(1, 0))
        frame.table.cell(0, 1).merge(frame.table.cell(0, 2))
        frame.table.cell(0, 2).text = "couvert"
        frame.table.cell(2, 0).text = "Lille\vcentre\nNord"
        frame.table.cell(2, 1).text_frame.paragraphs[0].level = 1
        frame.table.cell(2, 0).text_frame.paragraphs[0].level = 1

    document = read(deck(tmp_path / "r.pptx", draw))
    (grid,) = grids(document)
    assert {place: cell.text for place, cell in grid.cells.items()} == {
        (0, 0): "Commune", (0, 1): "2023", (1, 1): "Femmes", (1, 2): "Hommes",
        (2, 0): "  Lille\ncentre\nNord", (2, 1): "12", (2, 2): "30 €",
    }  # fmt: skip
    assert grid.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))
    assert all(cell.number is None for cell in grid.cells.values())
    place = grid.locate(2, 1)
    assert (place.slide, place.shape, place.cell) == (1, "Tableau 3", "B3")


def test_a_merged_cell_ends_with_its_table(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        cell = table(slide, "Commune|Jeunes\nLille|12").table.cell(0, 0)._tc
        cell.set("rowSpan", "99999999")
        cell.set("gridSpan", "99999999")

    (grid,) = grids(read(deck(tmp_path / "r.pptx", draw)))
    assert grid.merges == (Merge(0, 0, 1, 1),)


def test_two_shapes_of_one_name_are_told_apart(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        for left in (0, 5):
            table(slide, "Commune|Jeunes\nLille|12", left).name = "Tableau 3"

    shapes = [grid.locator.shape for grid in grids(read(deck(tmp_path / "r.pptx", draw)))]
    assert shapes == ["Tableau 3", "Tableau 3 (2)"]


def test_running_heads_are_no_content(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        for kind, text in (("ftr", "Rapport 2023"), ("dt", "12/03/2024"), ("sldNum", "7")):
            shape = box(slide, text)
            shape._element.nvSpPr.nvPr.append(_element(f'<p:ph xmlns:p="{P}" type="{kind}"/>'))
        body = box(slide, "page ").text_frame.paragraphs[0]
        body._p.append(
            _element(f'<a:fld xmlns:a="{A}" id="{{0}}" type="slidenum"><a:rPr/><a:t>7</a:t></a:fld>')
        )

    assert told(read(deck(tmp_path / "r.pptx", draw))) == ["page"]


def _element(text: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(text)


def test_hidden_slides_and_shapes(tmp_path: Path) -> None:
    def unseen(slide: Any) -> None:
        box(slide, "12 jeunes")
        table(slide, "Commune|Jeunes\nLille|12")
        slide.notes_slide.notes_text_frame.text = "des notes"
        slide._element.set("show", "0")

    def in_part(slide: Any) -> None:
        box(slide, "30 jeunes", name="Brouillon")._element.nvSpPr.cNvPr.set("hidden", "1")
        box(slide, "à côté", left=-5, top=1, name="Hors cadre")
        box(slide, "visible", top=2)
        table(slide, "Motif|Jeunes\nEmploi|3", 20)

    document = read(deck(tmp_path / "r.pptx", unseen, in_part))
    assert told(document) == ["Commune | Jeunes", "visible", "Motif | Jeunes"]
    assert [grid.hidden for grid in grids(document)] == [True, True]
    assert reasons(document) == [
        "The slide 1 is hidden: its text was not checked.",
        "The shape Brouillon is not shown on its slide: its text was not checked.",
        "The shape Hors cadre is not shown on its slide: its text was not checked.",
    ]


def test_speaker_notes_come_after_their_slide(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide.notes_slide.notes_text_frame.text = "335 femmes.\n344 hommes."
        box(slide, "les jeunes")

    blocks = read(deck(tmp_path / "r.pptx", draw, lambda s: box(s, "la suite"))).blocks
    assert [(b.text, b.locator.slide, b.locator.shape) for b in blocks if isinstance(b, Paragraph)] == [
        ("les jeunes", 1, "TextBox 1"),
        ("335 femmes.", 1, "notes"),
        ("344 hommes.", 1, "notes"),
        ("la suite", 2, "TextBox 1"),
    ]


def test_a_diagram_is_read_in_the_order_of_its_outline(tmp_path: Path) -> None:
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    points = {"2": "12 contrats", "1": "42 sorties", "3": "30 formations"}
    model = (
        f'<d:dataModel xmlns:d="{dgm}" xmlns:a="{A}"><d:ptLst><d:pt modelId="0" type="doc"/>'
        + "".join(
            f'<d:pt modelId="{key}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>'
            for key, text in points.items()
        )
        + '<d:pt modelId="9" type="pres"><d:t><a:p><a:r><a:t>jamais</a:t></a:r></a:p></d:t></d:pt></d:ptLst>'
        '<d:cxnLst><d:cxn srcId="0" destId="1" srcOrd="0"/><d:cxn srcId="1" destId="2" srcOrd="0"/>'
        '<d:cxn srcId="1" destId="3" srcOrd="1"/></d:cxnLst></d:dataModel>'
    )

    def draw(slide: Any) -> None:
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI

        kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        part = Part(PackURI("/ppt/diagrams/data1.xml"), kind, slide.part.package, model.encode())
        key = slide.part.relate_to(part, f"{made.RELATIONS}/diagramData")
        _embed(slide, f'<d:relIds xmlns:d="{dgm}" xmlns:r="{made.RELATIONS}" r:dm="{key}"/>')

    assert told(read(deck(tmp_path / "r.pptx", draw))) == ["42 sorties", "12 contrats", "30 formations"]


def _embed(slide: Any, content: str) -> None:
    """Put some XML into the frame of a table, in its place."""
    frame = table(slide, "a|b\n1|2")
    data = frame._element.graphic.graphicData
    data.replace(data[0], _element(content))


def test_one_of_the_alternatives_is_read(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        first, second = box(slide, "12 jeunes"), box(slide, "une image de repli")
        tree = slide.shapes._spTree
        both = _element(
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="a14"/><mc:Fallback/></mc:AlternateContent>'
        )
        tree.append(both)
        both[0].append(first._element)
        both[1].append(second._element)

    assert told(read(deck(tmp_path / "r.pptx", draw))) == ["12 jeunes"]


def test_pictures_objects_and_formulas_are_told(tmp_path: Path) -> None:
    def only_pictures(slide: Any) -> None:
        slide.shapes.add_picture(BytesIO(PIXEL), 0, 0, Inches(9), Inches(6))

    def with_text(slide: Any) -> None:
        box(slide, "12 jeunes")
        slide.shapes.add_picture(BytesIO(PIXEL), 0, 0, Inches(1), Inches(1)).name = "Logo"
        slide.shapes.add_picture(BytesIO(PIXEL), 0, 0, Inches(9), Inches(5)).name = "Capture"
        workbook = slide.shapes.add_ole_object(BytesIO(b"PK"), PROG_ID.XLSX, 0, 0)
        workbook.name = "Classeur"
        formula = box(slide, "soit ", name="Calcul").text_frame.paragraphs[0]._p
        formula.append(_element('<m xmlns="http://schemas.microsoft.com/office/drawing/2010/main"/>'))
        _embed(slide, '<c:chart xmlns:c="http://schemas.microsoft.com/office/drawing/2014/chartex"/>')

    document = read(deck(tmp_path / "r.pptx", only_pictures, with_text))
    assert reasons(document) == [
        "The slide 1 holds only pictures: the figures in them are not read.",
        "The embedded object Classeur (Excel.Sheet.12) is not read.",
        "The shape Calcul holds a formula, which is not read.",
        "The chart Table 6 is of a kind that is not read.",
        "The picture Capture covers much of its slide: the figures in it are not read.",
    ]
    assert isinstance(document.not_understood[0], NotUnderstood)
    assert [note.locator.slide for note in document.not_understood] == [1, 2, 2, 2, 2]


def test_shapes_without_text_are_nothing(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(3), Inches(3))
        slide.shapes.add_connector(1, 0, 0, Inches(3), Inches(3))
        assert slide.placeholders[0].placeholder_format.type == PP_PLACEHOLDER.TITLE

    document = read(deck(tmp_path / "r.pptx", draw, layout=made.TITLE_ONLY))
    assert (document.blocks, document.not_understood) == ((), ())


def test_a_slide_show_and_a_template_are_read_too(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: box(s, "12 jeunes"))
    made.replaced(path, "[Content_Types].xml", "presentation.main+xml", "slideshow.main+xml")
    assert told(read(path)) == ["12 jeunes"]
    assert told(read(path.rename(tmp_path / "r.ppsx"))) == ["12 jeunes"]
