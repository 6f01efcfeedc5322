"""Charts of presentations: a table of what they draw, and what the workbook behind them holds instead."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from mlcheck.checking import check
from mlcheck.model.document import Grid, Merge, Paragraph
from mlcheck.reading import read
from tests.checking.fixture import plain
from tests.reading import presentations as made
from tests.reading.presentations import chart, deck

XML = "ppt/charts/chart"
BOOK = "ppt/embeddings/"


def printed(path: Path) -> list[list[str]]:
    """The rows of the only table, as a reader sees them."""
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    height = 1 + max(row for row, _ in grid.cells)
    width = 1 + max(column for _, column in grid.cells)
    texts = {place: cell.text for place, cell in grid.cells.items()}
    return [[texts.get((row, column), "") for column in range(width)] for row in range(height)]


def held(path: Path) -> dict[str, str]:
    """What the workbook holds instead, by the address of the cell."""
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    return {grid.locate(*at).cell or "": cell.stored for at, cell in grid.cells.items() if cell.stored}


def reasons(path: Path) -> list[str]:
    return [note.reason.format(**note.values) for note in read(path).not_understood]


def test_categories_are_rows_and_series_are_columns(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        one = chart(slide, {"2022": (1234.5, 344), "2023": (335, None)}, code="#,##0")
        one.has_title = True
        one.chart_title.text_frame.text = "Jeunes par genre"
        one.category_axis.axis_title.text_frame.text = "Genre"
        one.value_axis.axis_title.text_frame.text = "en nombre"

    path = deck(tmp_path / "r.pptx", draw)
    title, unit, grid = read(path).blocks
    assert isinstance(title, Paragraph) and isinstance(unit, Paragraph) and isinstance(grid, Grid)
    assert (title.text, unit.text, title.locator.shape) == ("Jeunes par genre", "en nombre", "Chart 1")
    assert printed(path) == [
        ["Genre", "2022", "2023"],
        ["Femmes", "1\u202f235", "335"],
        ["Hommes", "344", ""],
    ]
    assert grid.cells[1, 1].number == Decimal(1235)
    assert grid.cells[1, 0].number is None


def test_values_are_printed_by_their_data_labels(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        plot = chart(slide, {"Part": (0.4934, 0.5066)}).plots[0]
        plot.has_data_labels = True
        plot.data_labels.show_value = True
        plot.data_labels.number_format = "0 %"
        plot.data_labels.number_format_is_linked = False

    path = deck(tmp_path / "r.pptx", draw)
    assert printed(path)[1:] == [["Femmes", "49 %"], ["Hommes", "51 %"]]


def test_values_without_labels_are_printed_by_the_axis_where_they_have_no_format(tmp_path: Path) -> None:
    def draw(slide: Any, code: str = "General") -> None:
        axis = chart(slide, {"Part": (0.4934, 0.5066)}, code=code).value_axis
        axis.tick_labels.number_format = "0%"
        axis.tick_labels.number_format_is_linked = False

    assert printed(deck(tmp_path / "r.pptx", draw))[1:] == [["Femmes", "49%"], ["Hommes", "51%"]]
    own = deck(tmp_path / "r.pptx", lambda slide: draw(slide, "0.0%"))
    assert printed(own)[1:] == [["Femmes", "49,3%"], ["Hommes", "50,7%"]]


def test_what_is_typed_over_a_label_is_printed(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        categories = ("Femmes", "Hommes", "16 - 17 ans", "18 ans")
        points = chart(slide, {"Jeunes": (335, 344, 12, 13)}, categories).plots[0].series[0].points
        for index, text in enumerate(("353", "Hommes : 344", "16 - 17 ans", "voir p. 3")):
            points[index].data_label.text_frame.text = text

    path = deck(tmp_path / "r.pptx", draw)
    assert [row[1] for row in printed(path)[1:]] == ["353", "344", "12", "13"]
    assert held(path) == {"B2": "335"}


@pytest.mark.parametrize("values_too", [False, True])
def test_a_pie_of_percentages_gives_the_values_they_are_computed_from(
    tmp_path: Path, values_too: bool
) -> None:
    def draw(slide: Any) -> None:
        labels = chart(slide, {"Genre": (335, 344)}, kind=XL_CHART_TYPE.PIE).plots[0]
        labels.has_data_labels = True
        labels.data_labels.show_percentage = True
        labels.data_labels.show_value = values_too
        labels.data_labels.number_format = "0 %"
        labels.data_labels.number_format_is_linked = False

    assert printed(deck(tmp_path / "r.pptx", draw)) == [["", "Genre"], ["Femmes", "335"], ["Hommes", "344"]]


def test_the_title_left_to_powerpoint_is_the_name_of_the_only_series(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        chart(slide, {"Jeunes suivis": (335, 344)}).has_title = True

    title = read(deck(tmp_path / "r.pptx", draw)).blocks[0]
    assert isinstance(title, Paragraph)
    assert title.text == "Jeunes suivis"


def test_categories_of_two_levels(tmp_path: Path) -> None:
    def draw(slide: Any) -> None:
        data = CategoryChartData()
        for department, communes in {"Nord": ("Lille", "Roubaix"), "Sud": ("Nice",)}.items():
            outer = data.add_category(department)
            for commune in communes:
                outer.add_sub_category(commune)
        data.add_series("2023", (12, 30, 5))
        slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data)

    path = deck(tmp_path / "r.pptx", draw)
    assert printed(path) == [
        ["", "", "2023"],
        ["Nord", "Lille", "12"],
        ["", "Roubaix", "30"],
        ["Sud", "Nice", "5"],
    ]
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert grid.merges == (Merge(1, 0, 2, 0),)


def test_dates_and_years_as_categories_are_labels(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}, (2022, 2023)))
    assert [row[0] for row in printed(path)] == ["", "2022", "2023"]
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert grid.cells[1, 0].number is None


def test_a_scatter_has_its_x_first(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: made.scatter(s, "Contacts", ((1, 2.5), (2, 3.5))))
    assert printed(path) == [["", "Contacts"], ["1", "2,5"], ["2", "3,5"]]


def test_two_plots_share_a_table_where_they_share_their_categories(tmp_path: Path) -> None:
    def mixed(categories: tuple[str, str]) -> Path:
        def draw(slide: Any) -> None:
            bars = chart(slide, {"Jeunes": (335, 344)})
            lines = chart(slide, {"Contacts": (5.5, 6)}, categories, kind=XL_CHART_TYPE.LINE)
            area = bars._chartSpace.chart.plotArea
            area.insert(1, lines._chartSpace.chart.plotArea.find(f"{{{made.CHARTS}}}lineChart"))
            lines._chartSpace.chart.plotArea.getparent().remove(lines._chartSpace.chart.plotArea)

        return deck(tmp_path / "r.pptx", draw)

    assert printed(mixed(("Femmes", "Hommes"))) == [
        ["", "Jeunes", "Contacts"],
        ["Femmes", "335", "5,5"],
        ["Hommes", "344", "6"],
    ]
    assert printed(mixed(("Lille", "Roubaix"))) == [
        ["", "Jeunes"],
        ["Femmes", "335"],
        ["Hommes", "344"],
        ["", ""],
        ["", "Contacts"],
        ["Lille", "5,5"],
        ["Roubaix", "6"],
    ]


def test_a_chart_that_keeps_no_values_is_told(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    made.rewrite(path, XML, lambda xml: xml.replace(b"numCache", b"other"))
    assert read(path).blocks == ()
    assert reasons(path) == ["The chart Chart 1 keeps no values: what it draws is not read."]


def test_an_error_in_a_cell_draws_nothing_or_is_an_error(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    made.replaced(path, XML, "<c:v>335</c:v>", "<c:v>#N/A</c:v>")
    made.replaced(path, XML, "<c:v>344</c:v>", "<c:v>#REF!</c:v>")
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert (1, 1) not in grid.cells
    assert grid.cells[2, 1].fault == "error"


def test_a_chart_that_was_not_refreshed(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Part": (0.49, 0.51), "Autre": (1, 2)}, code="0 %"))
    assert held(path) == {}
    made.replaced(path, XML, "<c:v>0.49</c:v>", "<c:v>0.471</c:v>")
    assert held(path) == {"B2": "49 %"}
    made.replaced(path, XML, "<c:v>0.471</c:v>", "<c:v>0.4949</c:v>")  # printed alike
    assert held(path) == {}


def workbook_of(path: Path, change: Any) -> Path:
    """Rewrite the workbook behind a chart."""

    def rewritten(content: bytes) -> bytes:
        book = openpyxl.load_workbook(BytesIO(content))
        change(book.active)
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return made.rewrite(path, BOOK, rewritten)


def test_values_are_found_by_their_reference(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344, 12)}, ("F", "H", "Autre")))

    def move(sheet: Any) -> None:
        sheet.title = "L'année"
        sheet["B3"], sheet["D9"], sheet["E9"] = 444, 335, 12
        sheet["B4"] = "texte"

    workbook_of(path, move)
    made.replaced(path, XML, "Sheet1!$B$2:$B$4", "('L''année'!$D$9,'L''année'!$B$3:$B$4)")
    assert held(path) == {"B3": "444"}
    made.replaced(path, XML, "'L''année'!$B$3:$B$4", "'L''année'!$D$9:$E$9")
    assert held(path) == {"B3": "335"}


@pytest.mark.parametrize(
    "reference", ["Jeunes", "[1]Sheet1!$B$2:$B$3", "Feuil9!$B$2:$B$3", "Sheet1!$B$2:$B$9"]
)
def test_other_references_have_nothing_to_compare(tmp_path: Path, reference: str) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    made.replaced(path, XML, "<c:v>335</c:v>", "<c:v>353</c:v>")
    made.replaced(path, XML, "Sheet1!$B$2:$B$3", reference)
    assert (held(path), reasons(path)) == ({}, [])


def test_hidden_rows_that_the_chart_leaves_out(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 12)}))

    def hide(sheet: Any) -> None:
        sheet["B3"], sheet["B4"] = 344, 13
        sheet.row_dimensions[3].hidden = True

    workbook_of(path, hide)
    made.replaced(path, XML, "Sheet1!$B$2:$B$3", "Sheet1!$B$2:$B$4")
    assert held(path) == {"B3": "13"}


def test_empty_cells_and_texts_are_not_compared(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))

    def empty(sheet: Any) -> None:
        sheet["B2"], sheet["B3"] = None, "344 jeunes"

    assert held(workbook_of(path, empty)) == {}


def test_a_workbook_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    made.rewrite(path, BOOK, lambda content: content[:900])
    assert [row[1] for row in printed(path)] == ["Jeunes", "335", "344"]
    assert reasons(path) == [
        "The workbook behind the chart Chart 1 cannot be read: the two were not compared."
    ]


def test_a_link_to_a_workbook_outside_is_not_followed(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    outside = b'Target="file:///nowhere/Classeur.xlsx" TargetMode="External"'
    made.rewrite(
        path,
        "ppt/charts/_rels/",
        lambda xml: xml.replace(b'Target="../embeddings/Microsoft_Excel_Sheet1.xlsx"', outside),
    )
    made.replaced(path, XML, "<c:v>335</c:v>", "<c:v>353</c:v>")
    assert (held(path), reasons(path)) == ({}, [])


def test_the_check_tells_of_the_chart(tmp_path: Path) -> None:
    path = deck(tmp_path / "r.pptx", lambda s: chart(s, {"Jeunes": (335, 344)}))
    made.replaced(path, XML, "<c:v>335</c:v>", "<c:v>353</c:v>")
    (finding,) = [f for report in check([path]) for f in report.findings if f.rule == "AGR106"]
    assert (finding.location.slide, finding.location.shape, finding.location.cell) == (1, "Chart 1", "B2")
    assert (plain(finding.stated), plain(finding.expected), finding.severity) == ("353", "335", "warning")
