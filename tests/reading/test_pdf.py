"""What a page prints: words and lines with their places, marks, headings, blanks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mlcheck.model.document import Lines, Locator, Paragraph
from mlcheck.reading import read
from tests.reading.pdf_documents import (
    HEIGHT,
    headings,
    lines,
    one_page,
    pdf,
    prose,
    read_page,
    reasons,
    write,
)  # fmt: skip

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>"


def printed(tmp_path: Path, content: bytes, encoding: bytes = b"") -> str:
    """Return the only line of a page from its content stream."""
    path = tmp_path / "rapport.pdf"
    path.write_bytes(one_page(content, b"/F 5 0 R", HELVETICA % encoding))
    (line,) = lines(read(path))
    return line


def test_a_line_keeps_its_words_with_their_places(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 100, "Lambersart")
        write(canvas, 200, 100, "132")
        write(canvas, 300, 100, "1 015")

    (block,) = read_page(tmp_path, draw).blocks
    assert isinstance(block, Lines)
    (line,) = block.lines
    assert line.text == "Lambersart 132 1 015"
    assert [word.text for word in line.words] == ["Lambersart", "132", "1", "015"]
    assert [round(word.box[0]) for word in line.words] == [50, 200, 300, 308]
    assert line.locator.page == 1
    assert line.locator.box is not None
    left, top, right, bottom = line.locator.box
    assert (left, round(right)) == (50, 325)
    assert top < 95 < 100 < bottom < 105


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_a_space_that_does_not_break_stays_in_its_number(tmp_path: Path, space: str) -> None:
    names = {"\u00a0": b"uni00A0", "\u2009": b"uni2009", "\u202f": b"uni202F"}
    encoding = b"/FirstChar 49/Encoding<</Type/Encoding/Differences[1/%s]>>" % names[space]
    text = printed(tmp_path, b"BT /F 10 Tf 50 700 Td (1\\001234 jeunes) Tj ET", encoding)
    assert text == f"1{space}234 jeunes"


def test_a_raised_figure_is_a_mark_and_no_digit(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        end = write(canvas, 50, 100, "Lompret : 12")
        end = write(canvas, write(canvas, end, 96, "1", 6), 100, " jeunes, 5 m")
        end = write(canvas, write(canvas, end, 96, "2", 6), 100, " et 7")
        write(canvas, write(canvas, end, 96, "(3)", 6), 100, " contacts, le 1")
        write(canvas, 50, 126, "1", 6)
        write(canvas, 54, 130, "Hors stages.", 9)

    assert lines(read_page(tmp_path, draw))[0] == "Lompret : 12¹ jeunes, 5 m² et 7(3) contacts, le 1"
    assert lines(read_page(tmp_path, draw))[-1] == "¹ Hors stages."


def test_letters_raised_stay_letters(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        end = write(canvas, 50, 100, "le 1")
        write(canvas, write(canvas, end, 96, "er", 6), 100, " accueil")

    assert lines(read_page(tmp_path, draw)) == ["le 1er accueil"]


def test_text_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        for shift in (0, 0.3, 0.6):
            write(canvas, 50 + shift, 100, "Total 1 100 illettrés")
            write(canvas, 50, 120, "ailleurs")

    assert lines(read_page(tmp_path, draw)) == ["Total 1 100 illettrés", "ailleurs"]


def test_a_blank_drawn_over_a_character_parts_nothing(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        end = write(canvas, 50, 100, "1")
        write(canvas, 50, 100, " ")
        write(canvas, end, 100, "13 jeunes")
        end = write(canvas, 50, 120, "1")
        write(canvas, end, 120, " ")
        write(canvas, end + 2.8, 120, "130 jeunes")

    assert lines(read_page(tmp_path, draw)) == ["113 jeunes", "1 130 jeunes"]


def test_a_spaced_title_is_one_word_and_spaced_figures_are_not(tmp_path: Path) -> None:
    title = b"BT /F 10 Tf 3 Tc 50 700 Td (BILAN) Tj ET"
    assert printed(tmp_path, title) == "BILAN"
    assert printed(tmp_path, b"BT /F 10 Tf 3 Tc 50 700 Td (12345) Tj ET") == "1 2 3 4 5"


def test_hyphens_are_kept_where_they_leave_ink(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(canvas, 50, 100, "une aug-\nmentation de 8 %")

    assert lines(read_page(tmp_path, draw)) == ["une aug-", "mentation de 8 %"]
    soft = b"/Encoding/WinAnsiEncoding"
    assert printed(tmp_path, b"BT /F 10 Tf 50 700 Td (Quesnoy\xadsur 12) Tj ET", soft) == "Quesnoy-sur 12"


def test_a_ligature_is_its_letters(tmp_path: Path) -> None:
    encoding = b"/Encoding<</Type/Encoding/Differences[1/fi]>>"
    text = printed(tmp_path, b"BT /F 10 Tf 50 700 Td (12 quali\\001ants) Tj ET", encoding)
    assert text == "12 qualifiants"


def test_a_character_that_the_font_does_not_name_is_told(tmp_path: Path) -> None:
    shape = b"<</Length 38>>stream\n500 0 0 0 400 700 d1 0 0 400 700 re f \nendstream"
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>"
        b"/CharProcs<</g17 6 0 R>>/Encoding<</Type/Encoding/Differences[65/g17]>>/FirstChar 65/LastChar 65"
        b"/Widths[500]>>"
    )
    path = tmp_path / "rapport.pdf"
    content = b"BT /G 10 Tf 50 700 Td (Total 1) Tj /F 10 Tf (A) Tj /G 10 Tf (5) Tj ET"
    path.write_bytes(one_page(content, b"/F 5 0 R/G 7 0 R", font, shape, HELVETICA % b""))
    document = read(path)
    assert lines(document) == ["Total 1�5"]
    (note,) = document.not_understood
    assert note.locator == Locator(path.as_posix(), page=1)
    assert next(reasons(document)).startswith("page 1 prints characters that its font does not name (1)")


def test_turned_text_is_read_on_its_own(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        write(canvas, 50, 100, "Le nombre de jeunes")
        canvas.saveState()
        canvas.translate(30, HEIGHT - 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Source : 2 missions")
        canvas.restoreState()
        write(canvas, 50, 112, "est de 679.")

    assert lines(read_page(tmp_path, draw)) == [
        "Le nombre de jeunes",
        "est de 679.",
        "",
        "Source : 2 missions",
    ]


def test_a_page_turned_for_display_is_read_as_displayed(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(90)
        canvas.translate(100, 500)
        canvas.rotate(90)
        write(canvas, 0, HEIGHT + 20, "deuxième 2")
        write(canvas, 0, HEIGHT, "première 1")

    document = read_page(tmp_path, draw)
    assert lines(document) == ["première 1", "deuxième 2"]
    (block,) = document.blocks
    assert isinstance(block, Lines)
    assert [round(value) for value in block.lines[0].words[0].box[:2]] == [500, 91]


def test_what_is_cut_off_or_behind_a_window_is_not_printed(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setCropBox((0, 0, 595, 800))
        write(canvas, 50, 20, "au-dessus 1")
        write(canvas, 50, 100, "visible 2")
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(50, HEIGHT - 160, 100, 20)
        canvas.clipPath(window, stroke=0)
        write(canvas, 50, 150, "dans la fenêtre")
        write(canvas, 300, 150, "hors de la fenêtre 3")
        canvas.restoreState()

    assert [text for text in lines(read_page(tmp_path, draw)) if text] == ["visible 2", "dans la fenêtre"]


def invisible(canvas: Any, base: float, text: str) -> None:
    canvas.saveState()
    written = canvas.beginText(50, HEIGHT - base)
    written.setTextRenderMode(3)
    written.textLine(text)
    canvas.drawText(written)
    canvas.restoreState()


def test_the_text_recognised_of_a_scan_counts_where_there_is_no_other(tmp_path: Path) -> None:
    assert lines(read_page(tmp_path, lambda canvas: invisible(canvas, 100, "679 jeunes"))) == ["679 jeunes"]

    def draw(canvas: Any) -> None:
        invisible(canvas, 100, "6T9 jeunes")
        write(canvas, 50, 200, "679 jeunes")

    assert lines(read_page(tmp_path, draw)) == ["679 jeunes"]


def test_a_blank_line_stands_where_white_space_is_clearly_larger(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        prose(canvas, 50, 100, "Un paragraphe de\ndeux lignes.\n\nUn autre de deux\nlignes.")

    assert lines(read_page(tmp_path, draw)) == [
        "Un paragraphe de",
        "deux lignes.",
        "",
        "Un autre de deux",
        "lignes.",
    ]


def test_rows_far_from_one_another_are_not_parted_and_two_tables_are(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        for base, label in (
            (100, "Lille"),
            (122, "Lompret"),
            (144, "Total"),
            (190, "Femmes"),
            (212, "Hommes"),
        ):
            write(canvas, 50, base, label)
            write(canvas, 300, base, "12")

    found = lines(read_page(tmp_path, draw))
    assert found == ["Lille 12", "Lompret 12", "Total 12", "", "Femmes 12", "Hommes 12"]


def test_a_sentence_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    def first(canvas: Any) -> None:
        write(canvas, 50, 700, "En 2023, 679 jeunes ont été")

    def second(canvas: Any) -> None:
        prose(canvas, 50, 100, "accueillis.\nUne autre phrase.")

    (block,) = read(pdf(tmp_path / "r.pdf", first, second)).blocks
    assert isinstance(block, Lines)
    assert [(line.text, line.locator.page) for line in block.lines] == [
        ("En 2023, 679 jeunes ont été", 1),
        ("accueillis.", 2),
        ("Une autre phrase.", 2),
    ]


@pytest.mark.parametrize(
    ("last", "first", "parted"),
    [
        ("77 jeunes ont participé à 9 ateliers.", "171 jeunes ont été reçus.", False),
        ("- Niveau BEP : 55 %", "- Niveau BAC : 45 %", False),
        ("Niveau BAC : 23 %", "Principaux secteurs :", True),
    ],
)
def test_lists_go_on_over_the_end_of_a_page(tmp_path: Path, last: str, first: str, parted: bool) -> None:
    path = pdf(tmp_path / "r.pdf", lambda c: write(c, 50, 700, last), lambda c: write(c, 50, 100, first))
    assert lines(read(path)) == ([last, "", first] if parted else [last, first])


def report(canvas: Any) -> None:
    write(canvas, 50, 80, "1) Le public", 18, "Helvetica-Bold")
    write(canvas, 50, 120, "I. Les nouveaux accueils et", 14)
    write(canvas, 50, 136, "les jeunes en contact", 14)
    prose(canvas, 50, 170, "Une phrase assez longue pour dire la taille du texte.\n" * 12)
    write(canvas, 50, 400, "679 jeunes accueillis", 20)
    write(canvas, 50, 430, "2 La formation", 18)
    write(canvas, 50, 448, "Le public . . . . . . . 7", 14)
    write(canvas, 50, 470, "Ensemble", 14)
    write(canvas, 300, 470, "1 234", 14)
    write(canvas, 50, 500, "Total général", 10, "Helvetica-Bold")


def test_headings_are_told_by_their_size_and_ranked(tmp_path: Path) -> None:
    document = read_page(tmp_path, report)
    assert headings(document) == [
        (1, "1) Le public"),
        (2, "I. Les nouveaux accueils et les jeunes en contact"),
        (1, "2 La formation"),
    ]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.locator.page == 1


def test_figures_in_large_type_are_no_headings(tmp_path: Path) -> None:
    found = lines(read_page(tmp_path, report))
    assert {"679 jeunes accueillis", "Ensemble 1 234", "Total général"} <= set(found)
    assert "Le public . . . . . . . 7" in found
