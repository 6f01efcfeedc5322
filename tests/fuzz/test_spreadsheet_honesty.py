"""Hidden lines, formulas never computed, and one error in many cells are each called what they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from mlcheck.model.finding import Report
from mlcheck.reading import read
from mlcheck.rules import cells as rule
from mlcheck.tables import walk
from tests.fuzz.cases import cells, checked, report, verdict, written

ROWS = (("Antenne", "Dossiers"), ("Nord", 85), ("Sud", 24), ("Est", 13), ("Ouest", 6))


def book(*rows: tuple[object, ...], title: str = "Bilan") -> Workbook:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


def saved(made: Workbook, folder: Path) -> Report:
    made.save(folder / "bilan.xlsx")
    return checked(folder / "bilan.xlsx")


def test_a_hidden_sheet_is_read_and_told_and_never_accused(tmp_path: Path) -> None:
    made = book(*ROWS, ("Total", 128))
    draft = made.create_sheet("Essais")
    for row in (
        *ROWS,
        ("Total", 999),
        ("En 2023, 3 dossiers sur 4 sont clos, soit 20 %.",),
        ("Sud", "#REF!"),
    ):
        draft.append(row)
    shown = saved(made, tmp_path)
    assert "TOT101" in {finding.rule for finding in shown.findings}
    draft.sheet_state = "hidden"
    found = saved(made, tmp_path)
    assert cells(found) == [] and verdict(found, "128") == "proven"
    assert [(one.locator.sheet, one.reason) for one in found.not_understood] == [("Essais", walk.HIDDEN)]
    assert verdict(found, "999") not in ("proven", "contradicted")


@pytest.mark.parametrize(("total", "named"), [(128, {"B4", "B5"}), (122, {"B4"}), (115, {"B5"})])
def test_hidden_rows_that_explain_a_gap_are_named(tmp_path: Path, total: int, named: set[str]) -> None:
    made = book(*ROWS, ("Total", total))
    for row in (4, 5):
        made.active.row_dimensions[row].hidden = True
    (finding,) = [f for f in saved(made, tmp_path).findings if f.severity == "error"]
    assert {one.location.cell for one in finding.related if one.location.cell in ("B4", "B5")} == named
    assert "hidden" in finding.message


def test_hidden_rows_that_explain_nothing_are_not_named(tmp_path: Path) -> None:
    made = book(*ROWS, ("Total", 182))
    made.active.row_dimensions[4].hidden = True
    (finding,) = [f for f in saved(made, tmp_path).findings if f.severity == "error"]
    assert "B4" not in {one.location.cell for one in finding.related} and "hidden" not in finding.message


def test_a_hidden_column_is_left_out_of_the_sum_of_its_row(tmp_path: Path) -> None:
    rows = [
        ("Antenne", "T1", "T2", "T3", "Total"),
        ("Nord", 8, 9, 5, 17),
        ("Sud", 3, 4, 6, 7),
        ("Est", 2, 2, 1, 4),
    ]
    made = book(*rows)
    made.active.column_dimensions["D"].hidden = True
    assert cells(saved(made, tmp_path)) == []
    made.active["E3"] = 13
    (finding,) = [f for f in saved(made, tmp_path).findings if f.severity == "error"]
    assert "D3" in {one.location.cell for one in finding.related}


def test_one_error_in_many_cells_is_one_finding_with_its_count(tmp_path: Path) -> None:
    body = [(f"Poste {n}", "#N/A", n + 10) for n in range(30)]
    made = book(("Poste", "2021", "2022"), *body)
    found = [f for f in saved(made, tmp_path).findings if f.rule == "STR106"]
    (finding,) = found
    assert (finding.message, finding.values["count"], finding.location.cell) == (rule.REPEATED, 30, "B2")
    assert [one.location.cell for one in finding.related] == ["B3", "B4", "B5", "B6"]
    assert "30" in written("terminal", saved(made, tmp_path))


def test_errors_of_two_kinds_are_two_findings_and_a_lone_one_is_told_at_its_cell(tmp_path: Path) -> None:
    made = book(("Poste", "2021", "2022"), ("A", "#N/A", 5), ("B", "#REF!", 6), ("C", "#N/A", 7), ("D", 3, 8))
    found = {f.values["printed"]: f for f in saved(made, tmp_path).findings if f.rule == "STR106"}
    assert {printed: f.location.cell for printed, f in found.items()} == {"#N/A": "B2", "#REF!": "B3"}
    assert found["#REF!"].message == rule.MESSAGES["STR106"]


@pytest.mark.parametrize(("count", "message"), [(1, rule.UNCOMPUTED), (3, rule.ALL_UNCOMPUTED)])
def test_formulas_never_computed_ask_once_to_save_the_workbook(
    tmp_path: Path, count: int, message: str
) -> None:
    formulas = [(f"Total {n}", "=SUM(B2:B5)") for n in range(count)]
    found = saved(book(*ROWS, *formulas), tmp_path)
    uncomputed = [f for f in found.findings if f.rule == "STR106"]
    assert [(f.message, f.severity) for f in uncomputed] == [(message, "warning")]
    assert "error of the spreadsheet" not in written("terminal", found)


def test_a_workbook_of_formulas_alone_says_what_to_do(tmp_path: Path) -> None:
    found = saved(
        book(("Antenne", "Dossiers"), ("Nord", "=1+1"), ("Sud", "=2+2"), ("Total", "=B2+B3")), tmp_path
    )
    assert found.unusable is not None and "no stored result" in found.unusable
    assert found.unusable_values["count"] == "3"


def test_a_row_repeated_without_end_is_refused_in_one_sentence(tmp_path: Path) -> None:
    from fuzzing.documents import archive_of, open_document

    row = '<table:table-row{}><table:table-cell office:value-type="string"><text:p>Nord</text:p></table:table-cell></table:table-row>'
    for times, refused in ((900, False), (100_000, True)):
        repeated = f' table:number-rows-repeated="{times}"'
        body = f'<office:spreadsheet><table:table table:name="B">{row.format(repeated)}</table:table></office:spreadsheet>'
        path = tmp_path / "bilan.ods"
        path.write_bytes(archive_of(open_document("spreadsheet", body)))
        if refused:
            assert "repeats its row" in str(checked(path).unusable)
        else:
            assert len(read(path).blocks[0].cells) == times


def nested(depth: int, width: int, cyclic: int) -> bytes:
    """Return a PDF page whose form draws a form so many times, which draws another, to some depth.

    The last has no resources of its own: `cyclic` is how often it draws the first again.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> "
        "/XObject << /X 6 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Length 46 >>\nstream\nBT /F 10 Tf 40 800 Td (Dossiers 12) Tj ET /X Do\nendstream",
    ]  # fmt: skip
    for level in range(depth):
        drawn = "/X Do " * (width if level < depth - 1 else cyclic)
        inner = f"/Resources << /XObject << /X {7 + level} 0 R >> >>" if level < depth - 1 else ""
        head = f"<< /Subtype /Form /BBox [0 0 595 842] {inner} /Length {len(drawn)} >>"
        objects.append(f"{head}\nstream\n{drawn}\nendstream")
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n%%EOF\n".encode()


@pytest.mark.parametrize(
    ("depth", "width", "cyclic", "refused"),
    [(3, 2, 0, False), (30, 1, 0, False), (30, 2, 0, True), (9, 10, 0, True), (3, 2, 2, True)],
)
def test_forms_in_forms_without_end_are_refused(
    tmp_path: Path, depth: int, width: int, cyclic: int, refused: bool
) -> None:
    path = tmp_path / "bilan.pdf"
    path.write_bytes(nested(depth, width, cyclic))
    assert ("forms in forms" in str(checked(path).unusable)) == refused


@pytest.mark.parametrize("resources", ["/Resources 6 0\x89R", "/Resources 99 0 R", "/Resources null"])
def test_a_form_whose_resources_are_none_takes_those_of_whatever_draws_it(
    tmp_path: Path, resources: str
) -> None:
    path = tmp_path / "bilan.pdf"
    text = nested(3, 2, 2).decode().replace("/BBox [0 0 595 842]  /", f"/BBox [0 0 595 842] {resources} /")
    path.write_bytes(text.encode("latin-1"))
    assert resources in text and "forms in forms" in str(checked(path).unusable)


def test_a_number_far_too_small_to_be_printed_is_no_figure(tmp_path: Path) -> None:
    made = book(*ROWS, ("Total", 128), ("Infime", 3.5e-299))
    made.active["B7"].number_format = "0.0E+00"
    assert verdict(saved(made, tmp_path), "128") in ("proven", "bounded")


def test_a_number_of_eighteen_digits_is_no_figure(tmp_path: Path) -> None:
    text = "Rapport 2023\n\n480 215 906 337 118 402 dossiers par an, et 12 dossiers par mois.\n"
    found = report(tmp_path, text, "bilan.txt")
    assert {claim.claim.quantity.printed for claim in found.claims} <= {"12"}


def test_a_count_with_one_item_beside_it_is_no_list(tmp_path: Path) -> None:
    text = "Rapport 2023\n\n15 forums organisés : • 6 forums en ligne\n"
    assert report(tmp_path, text, "bilan.txt").findings == ()


def test_a_text_that_rows_repeat_is_read_a_few_times_and_the_rest_said(tmp_path: Path) -> None:
    wrong = "Sur 40 dossiers, 10 sont clos, soit 30 %."
    few = saved(book(*[(wrong,)] * 3), tmp_path)
    assert len(few.findings) == 3 and few.not_understood == ()
    found = saved(book(*[(wrong,)] * 500), tmp_path)
    assert 3 <= len(found.findings) < 50
    assert [one.values["count"] for one in found.not_understood] == [500]
