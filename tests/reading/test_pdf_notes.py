"""What of a page is not read is told: pictures, scans, forms that nothing draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from mlcheck.model.document import Locator
from mlcheck.reading import read
from tests.reading.pdf_documents import HEIGHT, lines, one_page, pdf, read_page, reasons, write


def picture(canvas: Any, left: float, top: float, width: float, height: float) -> None:
    red = ImageReader(Image.new("RGB", (4, 4), "red"))
    canvas.drawImage(red, left, HEIGHT - top - height, width, height)


def test_a_large_picture_is_told_and_a_logo_is_not(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 40, "679 jeunes")
        picture(canvas, 500, 20, 60, 40)
        picture(canvas, 50, 100, 300, 200)

    document = read_page(tmp_path, draw)
    (note,) = document.not_understood
    assert next(reasons(document)) == "page 1 holds a picture: its figures are not read"
    assert note.locator.page == 1


def test_the_background_of_all_pages_is_no_picture(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        picture(canvas, 0, 0, 595, 842)
        write(canvas, 50, 40, "679 jeunes")

    assert not read(pdf(tmp_path / "r.pdf", draw, draw, draw)).not_understood


def test_pages_that_are_scans_among_others_are_told(tmp_path: Path) -> None:
    path = pdf(
        tmp_path / "r.pdf",
        lambda canvas: write(canvas, 50, 40, "679 jeunes"),
        lambda canvas: picture(canvas, 0, 0, 595, 842),
        lambda canvas: None,
    )
    document = read(path)
    assert [note.locator.page for note in document.not_understood] == [2]
    assert next(reasons(document)).startswith("page 2 is a picture without text: run OCR on it")


def test_letters_made_curves_are_told(tmp_path: Path) -> None:
    def curves(canvas: Any) -> None:
        for number in range(60):
            canvas.circle(50 + 5 * number, 400, 2)

    path = pdf(tmp_path / "r.pdf", lambda canvas: write(canvas, 50, 40, "679 jeunes"), curves)
    assert next(reasons(read(path))) == "page 2 is drawn without text: its figures are not read"


def test_the_values_of_a_form_are_read_as_displayed(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 100, "Nombre de jeunes")
        canvas.acroForm.textfield(name="a", value="1 234", x=200, y=HEIGHT - 106, width=80, height=18)

    assert lines(read_page(tmp_path, draw)) == ["Nombre de jeunes 1 234"]


def form(tmp_path: Path, entries: bytes) -> Path:
    """Write a page with one annotation."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    note = b"<</Type/Annot/Rect[100 600 200 620]%s>>" % entries
    content = one_page(b"BT /F 12 Tf 50 780 Td (Texte 5) Tj ET", b"/F 5 0 R", font, note)
    content = content.replace(b"/Contents 4 0 R", b"/Contents 4 0 R/Annots[6 0 R]")
    path = tmp_path / "r.pdf"
    path.write_bytes(content)
    return path


def test_a_note_that_is_hidden_is_not_printed(tmp_path: Path) -> None:
    shown = read(form(tmp_path, b"/Subtype/FreeText/Contents(Note 42)/DA(/F 10 Tf 0 g)/F 4"))
    assert "Note 42" in lines(shown) or list(reasons(shown))
    hidden = read(form(tmp_path, b"/Subtype/FreeText/Contents(Note 42)/DA(/F 10 Tf 0 g)/F 2"))
    assert lines(hidden) == ["Texte 5"]
    assert not hidden.not_understood


def test_a_value_that_nothing_draws_is_told(tmp_path: Path) -> None:
    path = form(tmp_path, b"/Subtype/Widget/FT/Tx/T(a)/V(679)/F 4/AP<</N 4 0 R>>")
    document = read(path)
    assert next(reasons(document)).startswith("page 1 holds form fields or notes that nothing draws (1)")
    assert document.not_understood[0].locator == Locator(path.as_posix(), page=1)
