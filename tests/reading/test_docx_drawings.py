"""What is drawn in a Word document: text boxes and diagrams are read, the rest is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.model.document import Document, Grid, Paragraph
from tests.reading.word_documents import document, p, part, r, rows, table, texts, tr

A4_WIDTH = 7_560_310  # in EMU, 914 400 to the inch
BOX = (
    '<wp:anchor><wp:extent cx="100" cy="100"/><wp:docPr id="1" name="{name}"/><a:graphic><a:graphicData>'
    "<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor>"
)
OLD_BOX = (
    '<w:pict><v:shape id="{name}"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>'
    "</v:shape></w:pict>"
)
CHART = """<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Entrées par commune</a:t></a:r></a:p></c:rich></c:tx>
</c:title><c:plotArea><c:barChart><c:ser><c:idx val="0"/><c:order val="0"/>
<c:tx><c:strRef><c:f>F!$B$1</c:f><c:strCache><c:pt idx="0"><c:v>2023</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:f>F!$A$2:$A$3</c:f><c:strCache><c:ptCount val="2"/>
<c:pt idx="0"><c:v>Lille</c:v></c:pt><c:pt idx="1"><c:v>Loos</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>F!$B$2:$B$3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="2"/>
<c:pt idx="0"><c:v>12</c:v></c:pt><c:pt idx="1"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val>
</c:ser></c:barChart></c:plotArea></c:chart>"""


def box(inside: str, name: str = "Zone de texte 2") -> str:
    """Return a text box as Word writes it, once in each of two forms."""
    new, old = BOX.format(name=name, inside=inside), OLD_BOX.format(name=name, inside=inside)
    return r(
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{new}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def drawing(content: str, width: int = A4_WIDTH, name: str = "Image 1") -> str:
    return r(
        f'<w:drawing><wp:inline><wp:extent cx="{width}" cy="9"/><wp:docPr id="1" name="{name}"/>'
        f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def told(found: Document) -> list[tuple[str, object]]:
    return [(note.reason, note.values.get("name")) for note in found.not_understood]


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    content = r("Les 335 ") + box(p("679 jeunes") + p("49 % de femmes")) + r("femmes")
    found = document(tmp_path, p("avant") + p(content))
    assert texts(found) == ["avant", "Les 335 femmes", "679 jeunes", "49 % de femmes"]
    places = [block.locator for block in found.blocks if isinstance(block, Paragraph)]
    assert [(place.line, place.shape) for place in places] == [
        (1, None),
        (2, None),
        (2, "Zone de texte 2"),
        (2, "Zone de texte 2"),
    ]


def test_an_old_text_box_with_a_table_in_it(tmp_path: Path) -> None:
    inside = p("Par sexe") + table(tr("F", "12"), tr("H", "3"))
    found = document(tmp_path, p(r(OLD_BOX.format(name="Cadre", inside=inside))))
    title, filled = found.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(filled, Grid)
    assert (title.text, title.locator.shape, filled.locator.shape) == ("Par sexe", "Cadre", "table 1")


def test_a_text_box_inside_a_cell_follows_the_table(tmp_path: Path) -> None:
    cell = f"<w:tc>{p(r('12') + box(p('en hausse')))}</w:tc>"
    filled, inside = document(tmp_path, table(tr("Lille", cell), tr("Loos", "3"))).blocks
    assert isinstance(filled, Grid)
    assert isinstance(inside, Paragraph)
    assert (filled.cells[0, 1].text, inside.text, inside.locator.line) == ("12", "en hausse", 1)


@pytest.mark.parametrize(("share", "count"), [(0.5, 1), (0.26, 1), (0.2, 0)])
def test_a_picture_that_may_hold_figures_is_told_and_a_logo_is_not(
    tmp_path: Path, share: float, count: int
) -> None:
    found = document(tmp_path, p("Rapport") + p(drawing("<pic:pic/>", int(A4_WIDTH * share), "Image 4")))
    assert texts(found) == ["Rapport"]
    expected = ("The picture {name} was not read: any figures in it are not checked.", "Image 4")
    assert told(found) == [expected] * count
    assert [(note.locator.line, note.locator.shape) for note in found.not_understood] == [
        (2, "Image 4")
    ] * count


def test_a_group_of_shapes_and_pictures(tmp_path: Path) -> None:
    """Each box has a name of its own; the pictures of one drawing are told once."""
    box_ = "<wps:wsp><wps:cNvPr id='2' name='{}'/><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
    shapes = box_.format("Gauche", p("335")) + "<pic:pic/><pic:pic/>" + box_.format("Droite", p("344"))
    found = document(tmp_path, p(drawing(shapes, name="Groupe 1")))
    assert texts(found) == ["335", "344"]
    assert [block.locator.shape for block in found.blocks if isinstance(block, Paragraph)] == [
        "Gauche",
        "Droite",
    ]
    assert [name for _, name in told(found)] == ["Groupe 1"]


def test_a_hidden_drawing_is_left_out(tmp_path: Path) -> None:
    hidden = drawing("<pic:pic/>").replace("<wp:docPr", '<wp:docPr hidden="1"')
    assert document(tmp_path, p("Rapport") + p(hidden)).not_understood == ()


def test_a_picture_on_a_wide_page(tmp_path: Path) -> None:
    page = '<w:sectPr><w:pgSz w:w="23812" w:h="16838"/></w:sectPr>'
    found = document(tmp_path, p("A3") + p(drawing("<pic:pic/>", int(A4_WIDTH * 0.4))) + page)
    assert found.not_understood == ()


def test_an_old_picture_and_an_embedded_worksheet(tmp_path: Path) -> None:
    image = '<v:shape id="Image" style="width:300pt;height:9pt"><v:imagedata r:id="x"/></v:shape>'
    sheet = f'<w:object>{image}<o:OLEObject ProgID="Excel.Sheet.12" r:id="y"/></w:object>'
    found = document(tmp_path, p("Rapport") + p(r(f"<w:pict>{image}</w:pict>")) + p(r(sheet)))
    assert told(found) == [
        ("The picture {name} was not read: any figures in it are not checked.", "Image"),
        (
            "The embedded object {name} was not read: put its table into the document itself.",
            "Excel.Sheet.12",
        ),
    ]


def test_shapes_pasted_from_a_presentation_are_told(tmp_path: Path) -> None:
    canvas = '<lc:lockedCanvas xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas"/>'
    assert told(document(tmp_path, p("Rapport") + p(drawing(canvas, 9, "Groupe 4")))) == [
        ("The embedded object {name} was not read: put its table into the document itself.", "Groupe 4")
    ]


def test_the_texts_of_a_diagram(tmp_path: Path) -> None:
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = part(
        "dgm:dataModel",
        f'<dgm:ptLst><dgm:pt type="doc"/>{point.format("335 femmes")}{point.format("344 hommes")}</dgm:ptLst>',
    )
    content = drawing('<dgm:relIds r:dm="data"/>', name="Diagramme 1") + drawing('<dgm:relIds r:dm="no"/>')
    found = document(tmp_path, p(content), parts={"data": data})
    assert texts(found) == ["335 femmes", "344 hommes"]
    assert told(found) == [("The diagram {name} was not read: any figures in it are not checked.", "Image 1")]


def test_an_equation_on_one_line_is_read_and_another_is_told(tmp_path: Path) -> None:
    term = "<m:r><m:t>{}</m:t></m:r>"
    line = f"<m:oMath>{term.format('335+344')}{term.format('=679')}</m:oMath>"
    fraction = f"<m:oMath><m:f><m:num>{term.format('335')}</m:num><m:den>{term.format('679')}</m:den></m:f></m:oMath>"
    found = document(tmp_path, p(f"{r('soit ')}{line}") + p(f"{r('soit ')}{fraction}"))
    assert texts(found) == ["soit 335+344=679", "soit"]
    assert told(found) == [("An equation was not read: its figures are not checked.", None)]


def test_an_inserted_file_is_told(tmp_path: Path) -> None:
    found = document(tmp_path, p("Rapport") + '<w:altChunk r:id="x"/>')
    assert [note.locator.line for note in found.not_understood] == [2]


def test_a_chart_is_the_table_of_what_it_draws(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        p("Les entrées") + p(drawing('<c:chart r:id="chart"/>', name="Graphique 1")) + p("En hausse"),
        parts={"chart": part("c:chartSpace", CHART)},
    )
    before, title, filled, after = found.blocks
    assert isinstance(filled, Grid)
    assert [block.text for block in (before, title, after) if isinstance(block, Paragraph)] == [
        "Les entrées",
        "Entrées par commune",
        "En hausse",
    ]
    assert (filled.locator.line, filled.locator.shape) == (2, "Graphique 1")
    assert rows(filled) == [["", "2023"], ["Lille", "12"], ["Loos", "3"]]


def test_a_chart_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = document(tmp_path, p("Rapport") + p(drawing('<c:chart r:id="chart"/>', name="Graphique 1")))
    assert told(found) == [
        ("The chart {name} was not read: any figures in it are not checked.", "Graphique 1")
    ]
