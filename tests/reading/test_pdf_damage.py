"""Documents that cannot be used, and whatever happens to their bytes: one sentence, or what is left of them."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from mlcheck.reading import read
from mlcheck.reading.container import refusals as limits
from tests.reading.damage import assert_read_or_refused, refusal
from tests.reading.pdf_documents import lines, one_page, pdf, reasons, table, write, written

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>"
BLANK = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
TEXT = b"BT /F 10 Tf 50 700 Td (679 jeunes) Tj ET"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = b"BT /F 10 Tf 5 5 Td (en forme 5) Tj ET 0 0 50 20 re S"


def some_text(canvas: Any) -> None:
    write(canvas, 50, 100, "679 jeunes")


def sample(canvas: Any) -> None:
    write(canvas, write(canvas, 50, 60, "Lompret : 12"), 56, "1", 6)
    table(canvas, 50, 100, "Commune | Femmes | Hommes\nLille | 1 234 | 30\nTotal | 5 | 7")
    canvas.acroForm.textfield(name="a", value="33", x=60, y=500, width=80, height=20)
    canvas.beginForm("F")
    canvas.drawString(5, 5, "en forme 5")
    canvas.rect(0, 0, 50, 20)
    canvas.endForm()
    canvas.translate(60, 400)
    canvas.doForm("F")
    canvas.rotate(90)
    canvas.drawString(0, 0, "de côté 7")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.97])
def test_a_document_cut_short(tmp_path: Path, share: float) -> None:
    content = pdf(tmp_path / "whole.pdf", sample, some_text, some_text).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(content[: int(len(content) * share)])
    assert "is damaged or cut short" in refusal(tmp_path / "cut.pdf")


def test_padding_after_the_end_does_no_harm(tmp_path: Path) -> None:
    path = pdf(tmp_path / "r.pdf", some_text)
    path.write_bytes(path.read_bytes() + bytes(10_000))
    assert lines(read(path)) == ["679 jeunes"]


def test_what_is_no_document_at_all(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.7\n" + b"rien " * 1000 + b"\n%%EOF\n")
    assert "is damaged or cut short" in refusal(tmp_path / "r.pdf")


def test_a_document_with_a_password(tmp_path: Path) -> None:
    options = {"encrypt": StandardEncryption("secret", ownerPassword="owner")}
    assert "protected by a password" in refusal(pdf(tmp_path / "r.pdf", some_text, **options))


def test_a_password_that_only_forbids_changes_does_no_harm(tmp_path: Path) -> None:
    options = {"encrypt": StandardEncryption("", ownerPassword="owner", canPrint=0)}
    assert lines(read(pdf(tmp_path / "r.pdf", some_text, **options))) == ["679 jeunes"]


@pytest.mark.parametrize(
    "content",
    [
        written(CATALOG, PAGES % (b"3 0 R", 1), BLANK),
        written(CATALOG, PAGES % (b"2 0 R 3 0 R", 2), BLANK),
        written(CATALOG, PAGES % (b"3 0 R", 2_000_000_000), BLANK),
    ],
    ids=["blank", "loop", "lie"],
)
def test_a_document_without_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.pdf").write_bytes(content)
    assert refusal(tmp_path / "r.pdf").endswith("has no text: run OCR on it first.")


def test_a_document_without_pages(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(written(CATALOG, PAGES % (b"", 0)))
    assert "is damaged or cut short" in refusal(tmp_path / "r.pdf")


def test_more_pages_than_a_report(tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(limits.MAX_PAGES + 1))
    path = tmp_path / "r.pdf"
    path.write_bytes(
        written(CATALOG, PAGES % (kids, limits.MAX_PAGES + 1), *[BLANK] * (limits.MAX_PAGES + 1))
    )
    assert f"has {limits.MAX_PAGES + 1} pages, more than a report ({limits.MAX_PAGES})" in refusal(path)


def test_a_broken_page_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>"
    text = b"<</Length %d>>stream\n%s\nendstream" % (len(TEXT), TEXT)
    path = tmp_path / "r.pdf"
    path.write_bytes(written(CATALOG, PAGES % (b"3 0 R 4 0 R", 2), b"null", page, text, HELVETICA))
    document = read(path)
    assert lines(document) == ["679 jeunes"]
    assert list(reasons(document)) == ["page 1 is damaged: it is not read"]


def test_shapes_without_end_or_place_are_left_aside(tmp_path: Path) -> None:
    shapes = b"0 0 m 1e38 1e38 l S 1e38 0 0 1e38 0 0 cm 0 0 1 1 re f 0 0 m 0 0 l 0 0 l S "
    grid = b" ".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S" % (n, n, n, n) for n in range(0, 590, 5))
    path = tmp_path / "r.pdf"
    path.write_bytes(one_page(TEXT + b" q " + grid + b" Q " + shapes, b"/F 5 0 R", HELVETICA))
    assert lines(read(path)) == ["679 jeunes"]


def test_more_text_than_a_page_holds_is_cut_and_told(tmp_path: Path) -> None:
    text = b"BT /F 1 Tf 50 700 Td " + b"(1234567890) Tj 0 -1 Td " * 12_000 + b"ET"
    path = tmp_path / "r.pdf"
    path.write_bytes(one_page(text, b"/F 5 0 R", HELVETICA))
    assert "page 1 holds more text than a page of a report: the end of it is not read" in reasons(read(path))


def test_cut_short_and_with_bytes_changed(tmp_path: Path) -> None:
    content = pdf(tmp_path / "whole.pdf", sample, some_text, pageCompression=0).read_bytes()
    places = [match.start() for match in re.finditer(rb"/[A-Z][A-Za-z]+|\d+ \d+ R|[\d.]+", content)]
    pieces = [b"0", b"-1", b"99999999999", b"/Foo", b"1 0 R", b"3 0 R", b"null", b"[", b"<<", b"1e30"]
    chance = random.Random(2023)
    path = tmp_path / "r.pdf"
    for _ in range(150):
        start, end = sorted(chance.randrange(len(content)) for _ in range(2))
        path.write_bytes(chance.choice([content[:end], content[:start] + content[end:] + b"\n%%EOF\n"]))
        assert_read_or_refused(path)
        changed = bytearray(content)
        for _ in range(chance.choice([1, 1, 4, 30])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(changed)
        assert_read_or_refused(path)
        changed = bytearray(content)
        for at in chance.sample(places, chance.choice([1, 2, 5])):
            changed[at : at + chance.randrange(1, 6)] = chance.choice(pieces)
        path.write_bytes(changed)
        assert_read_or_refused(path)
