"""What a Word document prints: paragraphs, headings, numbers of lists, notes, what is drawn."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from mlcheck.language.numeral import parse
from mlcheck.model.document import Grid, Lines, Paragraph
from mlcheck.reading import read
from tests.reading.word_documents import document, p, part, r, table, texts, tr

NOTES = part(
    "w:footnotes",
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>") + r(" Source : missions locales."))}</w:footnote>'
    f'<w:footnote w:id="3">{p("Hors 12 doublons.")}{p("Données provisoires.")}</w:footnote>',
)


def note(number: int, kind: str = "footnote") -> str:
    return r(f'<w:{kind}Reference w:id="{number}"/>', '<w:rStyle w:val="Appel"/>')


def sentence(tmp_path: Path, content: str) -> str:
    """Return what the only paragraph of a document prints."""
    (text,) = texts(document(tmp_path, p(content)))
    return text


def test_a_document_written_by_python_docx(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Rapport d'activité 2023", 0)
    word.add_heading("Le public", 1)
    word.add_heading("Les nouveaux accueils", 2)
    word.add_paragraph("679 jeunes ont été accueillis.")
    filled = word.add_table(2, 2)
    for at, text in enumerate(["Commune", "Jeunes", "Lille", "1 234"]):
        filled.cell(*divmod(at, 2)).text = text
    word.add_paragraph()
    word.add_paragraph("Source : mission locale.")
    word.save(str(tmp_path / "r.docx"))
    found = read(tmp_path / "r.docx").blocks
    paragraphs = [block for block in found if isinstance(block, Paragraph)]
    assert [(one.text, one.level, one.locator.line) for one in paragraphs] == [
        ("Rapport d'activité 2023", None, 1),
        ("Le public", 1, 2),
        ("Les nouveaux accueils", 2, 3),
        ("679 jeunes ont été accueillis.", None, 4),
        ("Source : mission locale.", None, 7),
    ]
    assert isinstance(found[4], Grid)
    place = found[4].locate(1, 1)
    assert (found[4].cells[1, 1].text, place.line, place.shape, place.cell) == ("1 234", 5, "table 1", "B2")


@pytest.mark.parametrize(
    ("style", "own", "level"),
    [
        ("Titre1", "", 1),
        ("Titre2", "", 2),
        ("Chapitre", "", 1),  # based on the style of a heading
        ("Autre", "", 3),  # named "Titre 3" by another program, without a level
        ("Titre", "", None),  # the title of the document
        ("Inconnu", "", None),
        ("", '<w:outlineLvl w:val="2"/>', 3),
        ("Titre2", '<w:outlineLvl w:val="9"/>', None),  # made running text again
    ],
)
def test_the_level_of_a_heading(tmp_path: Path, style: str, own: str, level: int | None) -> None:
    (block,) = document(tmp_path, p("Formation", style, own)).blocks
    assert isinstance(block, Paragraph)
    assert block.level == level


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("<w:t>Ensemble</w:t><w:tab/><w:t>12</w:t>"), "Ensemble 12"),
        (r("<w:t>une</w:t><w:br/><w:t>deux</w:t>"), "une\ndeux"),
        (r("1\u202f234\u00a0jeunes"), "1\u202f234\u00a0jeunes"),
        (r("<w:noBreakHyphen/><w:t>12</w:t><w:softHyphen/><w:t>345</w:t>"), "\u201112345"),
        (r('<w:sym w:font="Symbol" w:char="F0B3"/><w:t>26 ans</w:t>'), "≥26 ans"),
        (r("<w:t>12 </w:t>") + r("<w:t> jeunes</w:t>"), "12jeunes"),  # blanks at the ends are not kept
        (r("12") + r("<w:lastRenderedPageBreak/>") + r("345"), "12345"),
    ],
)
def test_characters_as_printed(tmp_path: Path, content: str, text: str) -> None:
    assert sentence(tmp_path, content) == text


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    content = (
        r("Il y a ")
        + '<w:del w:id="1"><w:r><w:delText>335</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{r("344")}</w:ins>'
        + f'<w:moveFrom w:id="3">{r(" garçons")}</w:moveFrom><w:moveTo w:id="4">{r(" filles")}</w:moveTo>'
    )
    assert sentence(tmp_path, content) == "Il y a 344 filles"


def test_of_alternate_runs_one_is_read(tmp_path: Path) -> None:
    choice, fallback = f"<mc:Choice>{r('335')}</mc:Choice>", f"<mc:Fallback>{r('336')}</mc:Fallback>"
    alternate = "<mc:AlternateContent>{}</mc:AlternateContent>"
    assert sentence(tmp_path, r("soit ") + alternate.format(choice + fallback)) == "soit 335"
    assert sentence(tmp_path, r("soit ") + alternate.format(fallback)) == "soit 336"


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    content = (
        r("335")
        + r("12", "<w:vanish/>")
        + r("34", '<w:rStyle w:val="Secret"/>')
        + r(" jeunes", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')
    )
    assert sentence(tmp_path, content) == "335 jeunes"


def test_links_controls_and_tags_are_entered(tmp_path: Path) -> None:
    content = (
        f'<w:hyperlink r:id="none">{r("679 jeunes")}</w:hyperlink>'
        f'<w:smartTag w:element="place">{r(" à Lille")}</w:smartTag>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' en 2023')}</w:sdtContent></w:sdt>"
    )
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(content)}{p('dont 335 femmes')}</w:sdtContent></w:sdt>"
    found = document(tmp_path, block + p("fin"))
    assert texts(found) == ["679 jeunes à Lille en 2023", "dont 335 femmes", "fin"]
    assert [block.locator.line for block in found.blocks if isinstance(block, Paragraph)] == [1, 2, 3]


def test_the_result_of_a_field_is_printed_and_not_its_code(tmp_path: Path) -> None:
    begin, separate, end = (
        r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    inner = begin + r("<w:instrText>PAGE</w:instrText>") + separate + r("7") + end
    content = (
        r("Tableau ")
        + begin
        + r("<w:instrText>IF </w:instrText>")
        + inner
        + separate
        + r("3")
        + end
        + f'<w:fldSimple w:instr="SEQ">{r(" bis")}</w:fldSimple>'
    )
    assert sentence(tmp_path, content) == "Tableau 3 bis"


def test_a_field_left_open_hides_nothing_of_the_next_paragraph(tmp_path: Path) -> None:
    assert texts(
        document(tmp_path, p(r("avant") + r('<w:fldChar w:fldCharType="begin"/>')) + p("après"))
    ) == ["avant", "après"]


@pytest.mark.parametrize("raised", ['<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Appel"/>'])
def test_a_typed_note_mark_is_not_glued_to_a_figure(tmp_path: Path, raised: str) -> None:
    text = sentence(tmp_path, r("12") + r("1", raised))
    assert text == "12¹"
    quantity = parse(text)
    assert quantity is not None
    assert quantity.value == 12
    assert sentence(tmp_path, r("1") + r("er", raised) + r(" rang")) == "1er rang"


def test_notes_come_after_what_refers_to_them(tmp_path: Path) -> None:
    ends = part("w:endnotes", f'<w:endnote w:id="1">{p("Voir l’annexe.")}</w:endnote>')
    body = (
        p(r("Les 335") + note(2) + r(" jeunes accueillis"))
        + table(tr("Commune", "Jeunes"), tr("Lille", f"<w:tc>{p(r('12') + note(3))}</w:tc>"))
        + p(r("Fin") + note(1, "endnote") + note(2))
        + p("Bilan")
    )
    found = document(tmp_path, body, parts={"footnotes": NOTES, "endnotes": ends})
    told = [
        (block.text, block.locator.line, block.locator.shape)
        if isinstance(block, Paragraph)
        else block.cells[1, 1].text  # type: ignore[union-attr]
        for block in found.blocks
    ]
    assert told == [
        ("Les 335 jeunes accueillis", 1, None),
        "12",  # what stands right over a table may be its title
        ("Source : missions locales.", 1, "note 1"),
        ("Hors 12 doublons.", 2, "note 2"),
        ("Données provisoires.", 2, "note 2"),
        ("Fin", 3, None),
        ("Voir l’annexe.", 3, "endnote 1"),
        ("Bilan", 4, None),
    ]


def test_running_heads_comments_and_tables_of_contents_are_left_out(tmp_path: Path) -> None:
    parts = {
        "header1": part("w:hdr", p("Rapport 2023")),
        "comments": part("w:comments", f'<w:comment w:id="0">{p("à vérifier")}</w:comment>'),
    }
    body = (
        p(r("<w:t>Formation</w:t><w:tab/><w:t>12</w:t>"), "TM1")
        + p(r("Formation") + r('<w:commentReference w:id="0"/>'), "Titre1")
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    )
    found = document(tmp_path, body, parts=parts)
    assert texts(found) == ["Formation"]
    assert found.blocks[0].locator.line == 2  # type: ignore[union-attr]


def test_labels_and_figures_parted_by_a_tab_are_rows(tmp_path: Path) -> None:
    """Two lines that end in a figure after a tab are a table without rulings; one alone is a sentence set with a tab."""
    line = "<w:t>{}</w:t><w:tab/><w:t>{}</w:t>"
    rows = [p(r(line.format(*cells))) for cells in (("Jeunes", "Nombre"), ("Femmes", "16"), ("Hommes", "17"))]
    (block,) = document(tmp_path, "".join(rows)).blocks
    assert isinstance(block, Grid)
    assert [cell.text for cell in block.cells.values()] == [
        "Jeunes",
        "Nombre",
        "Femmes",
        "16",
        "Hommes",
        "17",
    ]
    assert all(isinstance(one, Paragraph) for one in document(tmp_path, p("Rapport") + rows[1]).blocks)


def test_lines_whose_columns_are_set_with_tabs_are_no_prose(tmp_path: Path) -> None:
    """A blank would make "12 345" of the figures 12 and 345."""
    line = "<w:t>{}</w:t><w:tab/><w:t>{}</w:t><w:tab/><w:t>{}</w:t>"
    body = p("Les communes") + "".join(
        p(r(line.format(*cells))) for cells in (("Commune", "F", "H"), ("Lille", 12, 345), ("Loos", 3, 4))
    )
    body += p(r(line.format("2.1", 2023, 2024)), "Titre1")
    before, table, heading = document(tmp_path, body).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(before, Paragraph)
    assert isinstance(table, Grid)
    assert {at: cell.text for at, cell in table.cells.items() if at[0] == 1} == {
        (1, 0): "Lille", (1, 1): "12", (1, 2): "345",
    }  # fmt: skip
    assert [table.locate(row, 1).line for row in range(3)] == [2, 3, 4]


def test_lines_with_one_tab_or_two_are_set_apart_by_their_place(tmp_path: Path) -> None:
    line = "<w:t>{}</w:t>" + "{}" + "<w:t>{}</w:t>"
    cells = (
        ("Jeunes", 2, "Nombre"),
        ("Femmes", 2, "16"),
        ("Hommes en contrat", 1, "17"),
        ("Autres", 2, "3"),
        ("Ensemble", 1, "36"),
    )
    rows = [p(r(line.format(first, "<w:tab/>" * tabs, last))) for first, tabs, last in cells]
    (block,) = document(tmp_path, "".join(rows)).blocks
    assert isinstance(block, Lines)
