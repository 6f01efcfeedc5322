"""PDFs annotated in their own format: highlights with notes, pages of the list in front, the bytes of the report kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from mlcheck.checking import check
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.rendering.annotation.marks import COLORS
from tests.rendering.annotated import (
    FIGURE,
    annotated,
    everywhere,
    finding,
    place,
    report,
    sentence,
    suspect,
)

SAID = "En 2023, 7 jeunes de Lompret sont venus."


def pdf(path: Path, *pages: Callable[[Canvas], None], **options: Any) -> Path:
    """A PDF; each function draws one page of 400 by 300 points."""
    canvas = Canvas(str(path), pagesize=(400, 300), invariant=1, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def sentences(canvas: Canvas) -> None:
    canvas.drawString(40, 250, "Avant.")
    canvas.drawString(40, 200, SAID)


def edited(path: Path, edit: Callable[[pypdf.PdfWriter], None], **options: Any) -> Path:
    """The file after an edit by pypdf."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(path.read_bytes()))
    edit(writer)
    writer.write(path)
    return path


def highlights(path: Path, page: int) -> list[DictionaryObject]:
    listed = pypdf.PdfReader(path).pages[page].get("/Annots", [])
    return [one for each in listed if (one := each.get_object())["/Subtype"] == "/Highlight"]


def under(path: Path, page: int, annotation: DictionaryObject) -> str:
    """The text under a highlight."""
    left, bottom, right, top = (float(n) for n in annotation["/Rect"])
    with pypdfium2.PdfDocument(path) as document:
        return document[page].get_textpage().get_text_bounded(left, bottom, right, top).strip()


def false_sentence(path: Path, page: int = 1, **where: Any):
    """A report of one false sentence, in the place that the reader gives it."""
    (block,) = [
        one for one in read(path).blocks for line in getattr(one, "lines", (one,)) if SAID in line.text
    ][:1] or [None]
    lines = getattr(block, "lines", (block,))
    at = next(line.locator for line in lines if SAID in line.text)
    assert at.page == page
    return report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),))


def test_the_very_number_is_highlighted_with_a_note_and_the_file_is_added_to(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    assert annotated(false_sentence(path), tmp_path / "c.pdf") == ()
    assert (tmp_path / "c.pdf").read_bytes().startswith(path.read_bytes())
    (mark,) = highlights(tmp_path / "c.pdf", 1)
    assert under(tmp_path / "c.pdf", 1, mark) == "7"
    assert mark["/T"] == "mlcheck"
    assert mark["/Contents"].splitlines()[:2] == ["✗ TOT101 · error", "Printed 7; the 1 parts make 3."]
    color = "".join(f"{round(float(n) * 255):02X}" for n in mark["/C"])
    assert color == COLORS["error"][2:]
    assert len(mark["/QuadPoints"]) == 8


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_turned_and_cropped_is_marked_where_the_number_is(tmp_path, turn):
    path = pdf(tmp_path / "r.pdf", sentences)

    def edit(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        page[NameObject("/Rotate")] = NumberObject(turn)
        page.cropbox.lower_left, page.cropbox.upper_right = (20, 30), (390, 280)

    annotated(false_sentence(edited(path, edit)), tmp_path / "c.pdf")
    (mark,) = highlights(tmp_path / "c.pdf", 1)
    assert under(tmp_path / "c.pdf", 1, mark) == "7"


def test_a_cell_is_highlighted_by_its_box_and_a_place_without_one_has_a_sign(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    boxed = place(path, page=1, box=(100.0, 50.0, 160.0, 66.0))
    told = report(
        path,
        finding(boxed, suspects=(suspect(place(path, page=1, box=(100.0, 70.0, 160.0, 86.0))),)),
        finding(place(path, page=1), rule="STR101"),
    )
    annotated(told, tmp_path / "c.pdf")
    boxes = [[round(float(n)) for n in one["/Rect"]] for one in highlights(tmp_path / "c.pdf", 1)]
    assert boxes == [[100, 234, 160, 250], [100, 214, 160, 230]]
    listed = [one.get_object()["/Subtype"] for one in pypdf.PdfReader(tmp_path / "c.pdf").pages[1]["/Annots"]]
    assert listed == ["/Highlight", "/Highlight", "/Text"]


def test_annotations_of_hers_are_kept_wherever_their_list_stands(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)

    def edit(writer: pypdf.PdfWriter) -> None:
        own = DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/Square"),
                NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (1, 2, 3, 4)]),
            }
        )
        writer.pages[0][NameObject("/Annots")] = writer._add_object(ArrayObject([writer._add_object(own)]))

    annotated(false_sentence(edited(path, edit)), tmp_path / "c.pdf")
    listed = [one.get_object()["/Subtype"] for one in pypdf.PdfReader(tmp_path / "c.pdf").pages[1]["/Annots"]]
    assert listed == ["/Square", "/Highlight"]


def test_the_list_leads_to_the_figures_and_pages_keep_their_numbers(tmp_path):
    path = pdf(tmp_path / "r.pdf", lambda canvas: canvas.drawString(40, 100, "Avant."), sentences)
    told = false_sentence(path, page=2)
    elsewhere = finding(place(tmp_path / "2022.pdf", page=3, box=(1.0, 2.0, 3.0, 4.0)), rule="VAR202")
    told = report(path, *told.findings, elsewhere, claims=told.claims)
    annotated(told, tmp_path / "c.pdf")
    copy = pypdf.PdfReader(tmp_path / "c.pdf")
    assert len(copy.pages) == 3
    assert copy.page_labels == ["mlcheck 1", "1", "2"]
    (link,) = [one.get_object() for one in copy.pages[0]["/Annots"]]
    assert link["/Dest"][0].get_object() == copy.pages[2]
    text = copy.pages[0].extract_text()
    assert "2022.pdf, page 3 (in this" in text
    assert "TOT101" in text


def test_labels_of_hers_move_behind_the_list(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences, sentences, sentences)

    def edit(writer: pypdf.PdfWriter) -> None:
        writer.set_page_label(0, 1, style="/r")
        writer.set_page_label(2, 2, style="/D", start=5)

    annotated(report(edited(path, edit)), tmp_path / "c.pdf")
    assert pypdf.PdfReader(tmp_path / "c.pdf").page_labels == ["mlcheck 1", "i", "ii", "5"]


def test_many_findings_take_several_pages_and_every_one_is_listed(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    at = place(path, page=1, box=(100.0, 50.0, 160.0, 66.0))
    findings = [finding(at, rule=f"TOT{100 + n}", label="Un libellé (long) → \\ " * 6) for n in range(60)]
    annotated(report(path, *findings), tmp_path / "c.pdf")
    copy = pypdf.PdfReader(tmp_path / "c.pdf")
    text = " ".join(page.extract_text() for page in copy.pages[:-1])
    assert len(copy.pages) > 3
    assert set(re.findall(r"TOT1\d\d", text)) == {f"TOT{100 + n}" for n in range(60)}
    (mark,) = highlights(tmp_path / "c.pdf", len(copy.pages) - 1)
    assert mark["/Contents"].endswith("… and 54 others")


@pytest.mark.parametrize("text", ["(", "\\", ") Tj", "a\x00\x07b\u202ec", "日本 ≤ ≥ − ✗", "é" * 9000])
def test_hostile_text_is_shown_and_does_nothing(tmp_path, text):
    path = pdf(tmp_path / "r.pdf", sentences)
    annotated(
        report(path, finding(place(path, page=1, box=(1.0, 2.0, 30.0, 40.0)), **everywhere(text))),
        tmp_path / "c.pdf",
    )
    with pypdfium2.PdfDocument(tmp_path / "c.pdf") as copy:
        assert "TOT101" in copy[0].get_textpage().get_text_bounded()
        assert "Avant." in copy[len(copy) - 1].get_textpage().get_text_bounded()


def test_a_file_that_a_password_protects_is_one_sentence(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    edited(path, lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    with pytest.raises(MlcheckError, match="protected by a password"):
        annotated(report(path), tmp_path / "c.pdf")
    assert not (tmp_path / "c.pdf").exists()


def test_a_signature_that_no_longer_holds_is_told(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)

    def edit(writer: pypdf.PdfWriter) -> None:
        form = DictionaryObject(
            {NameObject("/SigFlags"): NumberObject(3), NameObject("/Fields"): ArrayObject()}
        )
        writer.root_object[NameObject("/AcroForm")] = form

    assert annotated(report(edited(path, edit)), tmp_path / "c.pdf") == (
        "The digital signature of the file does not hold for this copy.",
    )


def test_a_file_whose_table_of_objects_is_wrong_is_written_anew_and_that_is_said(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    path.write_bytes(re.sub(rb"startxref\n\d+", b"startxref\n3", path.read_bytes()))
    lost = annotated(
        report(path, finding(place(path, page=1, box=(1.0, 2.0, 30.0, 40.0)))), tmp_path / "c.pdf"
    )
    assert len(highlights(tmp_path / "c.pdf", 1)) == 1
    assert lost in (
        (),
        ("The file was written anew for this copy, as it could not be added to: its bytes differ.",),
    )


def test_a_copy_is_the_same_each_time(tmp_path):
    path = pdf(tmp_path / "r.pdf", sentences)
    for name in ("one.pdf", "two.pdf"):
        annotated(false_sentence(path), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_planted_errors_are_marked_where_they_stand(tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes((Path(__file__).parents[2] / "fixtures" / "two-years-errors.pdf").read_bytes())
    told = next(iter(check([path])))
    annotated(told, tmp_path / "c.pdf")
    found = {
        (page, under(tmp_path / "c.pdf", page, mark))
        for page in range(1, 6)
        for mark in highlights(tmp_path / "c.pdf", page)
        if "✗" in mark["/Contents"]
    }
    assert found == {(1, "1 284"), (1, "58 %"), (4, "734"), (5, "259,20 €")}


def test_a_sentence_below_the_first_line_of_its_paragraph_is_found_there_and_not_above(tmp_path):
    def draw(canvas: Canvas) -> None:
        for base, text in ((250, SAID), (200, "Ligne."), (188, SAID)):
            canvas.drawString(40, base, text)

    path = pdf(tmp_path / "r.pdf", draw)
    at = place(path, page=1, box=(38.0, 90.0, 80.0, 102.0))  # the line at 200, from the top
    annotated(report(path, finding(at, figure=FIGURE), claims=(sentence(at, SAID, "7"),)), tmp_path / "c.pdf")
    (mark,) = highlights(tmp_path / "c.pdf", 1)
    assert under(tmp_path / "c.pdf", 1, mark) == "7"
    assert 185 < float(mark["/Rect"][1]) < 190
