"""What is special in each document of the report, and the reason why it is there."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
from docx import Document
from lxml import html
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from fixtures.build.documents import document_bytes, report_pages
from fixtures.build.flow import Heading, flow

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEADINGS = [
    (block.level, block.text)
    for page in report_pages(2023)
    for block in flow(page)
    if isinstance(block, Heading)
]


@cache
def slides():
    return list(Presentation(io.BytesIO(document_bytes(".pptx"))).slides)


def pdf_pages(suffix: str) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(document_bytes(suffix)))


def test_files_are_small():
    limits = {".pptx": 200_000, ".pdf": 150_000, "-borderless.pdf": 150_000, ".docx": 60_000, ".ods": 20_000}
    for suffix, limit in limits.items():
        assert (FIXTURES / f"report-2023{suffix}").stat().st_size < limit, suffix


def test_the_chart_draws_other_values_than_its_workbook_holds():
    charts = [shape.chart for slide in slides() for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    plot = charts[0].plots[0]
    drawn = dict(zip(plot.categories, plot.series[0].values, strict=True))
    book = openpyxl.load_workbook(io.BytesIO(charts[0].part.chart_workbook.xlsx_part.blob))
    stored = dict(book["Sheet1"].iter_rows(min_row=2, values_only=True))
    assert list(drawn) == list(stored)
    assert {label: (drawn[label], stored[label]) for label in drawn if drawn[label] != stored[label]} == {
        "Logistique / Transports": (17, 19)
    }


def test_the_other_tables_of_the_slides_are_native_and_some_stand_side_by_side():
    tables = [[shape for shape in slide.shapes if shape.has_table] for slide in slides()]
    assert sum(map(len, tables)) == 36
    tops = [{table.top for table in found} for found in tables]
    assert sum(len(found) > len(top) for found, top in zip(tables, tops, strict=True)) >= 1


def test_slides_have_groups_notes_and_footers_and_nothing_runs_off_them():
    groups = [s for slide in slides() for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert len(groups) > 5
    assert [slide.notes_slide.notes_text_frame.text for slide in slides() if slide.has_notes_slide] == [
        "Commenter la répartition par commune."
    ]
    for number, slide in enumerate(slides(), 1):
        kinds = {s.placeholder_format.type: s.text_frame.text for s in slide.placeholders}
        assert kinds[PP_PLACEHOLDER.FOOTER] == "Rapport d’activité 2023"
        assert kinds[PP_PLACEHOLDER.SLIDE_NUMBER] == str(number)
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.top + shape.height <= 6_400_000, (
                    number,
                    shape.name,
                )  # EMU; the slide has 6 858 000
                assert shape.left + shape.width <= 12_192_000, (number, shape.name)


def test_titles_of_slides_are_the_chapters_and_parts_in_order():
    titles = [slide.shapes.title.text_frame.text for slide in slides()]
    upper = [text for level, text in HEADINGS if level < 3]
    changing = [title for title, before in zip(titles[1:], titles, strict=False) if title != before]
    assert changing == upper


def test_headings_of_word_are_its_styles():
    styled = [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in Document(io.BytesIO(document_bytes(".docx"))).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert styled == HEADINGS


def test_word_has_one_footnote_one_text_box_and_running_heads():
    with zipfile.ZipFile(io.BytesIO(document_bytes(".docx"))) as archive:
        body, notes = archive.read("word/document.xml").decode(), archive.read("word/footnotes.xml").decode()
    assert body.count("<w:footnoteReference ") == 1
    assert "Age calculé au 31/12/2023" in notes
    assert "Age calculé" not in body
    assert (
        body.count("a progressé de 5 % par rapport") == 2
    )  # the drawing, and its old form for other readers
    section = Document(io.BytesIO(document_bytes(".docx"))).sections[0]
    assert section.header.paragraphs[0].text == "Rapport d’activité 2023"
    assert 'w:instr="PAGE"' in section.footer._element.xml


def test_one_pdf_is_ruled_and_the_other_has_no_line_at_all():
    ruled = [sum(1 for _ in page.get_objects([FPDF_PAGEOBJ_PATH])) for page in pdf_pages(".pdf")]
    bare = [sum(1 for _ in page.get_objects([FPDF_PAGEOBJ_PATH])) for page in pdf_pages("-borderless.pdf")]
    assert sum(ruled) > 500
    assert sum(bare) == 0


def test_a_table_of_the_pdf_breaks_over_a_page_and_repeats_its_head():
    for suffix in (".pdf", "-borderless.pdf"):
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf_pages(suffix)]
        cut = [n for n, text in enumerate(texts) if "ont démarré une mission de Service Civique" in text]
        assert len(cut) == 2, suffix
        assert cut[1] == cut[0] + 1
        assert "Lambersart 12 4" in texts[cut[0]]
        assert "Total général : 96 41" in texts[cut[1]]


def test_the_web_page_has_captions_heads_and_feet():
    page = html.document_fromstring(document_bytes(".html").decode())
    assert [(int(h.tag[1]), h.text_content()) for h in page.iter("h1", "h2", "h3")] == HEADINGS
    counts = {
        tag: len(page.findall(f".//{tag}")) for tag in ("table", "caption", "thead", "tfoot", "nav", "style")
    }
    assert counts == {"table": 37, "caption": 13, "thead": 33, "tfoot": 24, "nav": 1, "style": 1}


def test_the_spreadsheet_says_its_type_first_and_merges_as_the_workbook_does():
    with zipfile.ZipFile(io.BytesIO(document_bytes(".ods"))) as archive:
        first = archive.infolist()[0]
        content = archive.read("content.xml").decode()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    merges = sum(right > left for page in report_pages(2023) for _, left, _, right in page.merges)
    assert content.count('table:number-columns-spanned="') == merges > 20
