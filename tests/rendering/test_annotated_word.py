"""Word documents annotated in their own format: comments, colours, and the list in front."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from mlcheck.model.document import Grid
from mlcheck.model.errors import MlcheckError
from mlcheck.reading import read
from mlcheck.rendering.annotation.marks import STRONG
from tests.reading.test_docx_drawings import CHART, drawing
from tests.reading.word_documents import NAMESPACES, W_NAME, p, part, r, table, tc, tr, write_docx
from tests.rendering.annotated import (
    FIGURE,
    SAID,
    annotated,
    changed_parts,
    everywhere,
    false_sentence,
    finding,
    hexadecimal,
    parts,
    place,
    report,
    sentence,
    wrong_total,
)

W = f"{{{W_NAME}}}"
ROWS = table(tr("Commune", "Jeunes"), tr("Lompret", "3"), tr("Total", "7"))


def root(path: Path, name: str = "word/document.xml"):
    return etree.fromstring(parts(path)[name])


def commented(path: Path) -> dict[str, str]:
    """What each comment hangs at: its text -> the text between its start and its end."""
    body, found = root(path), {}
    for comment in root(
        path, next(name for name in parts(path) if "comments" in name and "rels" not in name)
    ):
        key = comment.get(W + "id")
        on, text = False, ""
        for element in body.iter():
            if element.get(W + "id") == key and element.tag in (
                W + "commentRangeStart",
                W + "commentRangeEnd",
            ):
                on = element.tag == W + "commentRangeStart"
            elif on and element.tag == W + "t":
                text += element.text or ""
        assert body.find(f".//{W}commentReference[@{W}id='{key}']") is not None
        found["".join(comment.itertext())] = text
    return found


def shades(path: Path, name: str = "word/document.xml") -> dict[str, str]:
    """The fill of each shaded cell and run, by its text; the list in front left out."""
    body = root(path, name)
    (listed,) = (
        body.xpath("/*/*/w:tbl[1]", namespaces={"w": W_NAME}) if name.endswith("document.xml") else (None,)
    )
    found = {}
    for shade in body.iter(W + "shd"):
        holder = shade.getparent().getparent()
        if listed is None or listed not in holder.iterancestors():
            found["".join(t.text or "" for t in holder.iter(W + "t"))] = shade.get(W + "fill")
    return found


def total(path: Path):
    """A wrong total in the third row of a table."""
    return wrong_total(path, shape="table 1", line=1)


def test_a_wrong_cell_is_shaded_and_commented_and_so_is_its_suspect(tmp_path):
    path = write_docx(tmp_path / "r.docx", ROWS)
    assert annotated(report(path, total(path)), tmp_path / "c.docx") == ()
    made = docx.Document(tmp_path / "c.docx")
    assert [(c.author, c.text.splitlines()[0]) for c in made.comments] == [
        ("mlcheck", "✗ TOT101 · error"),
        ("mlcheck", "To review · TOT101"),
    ]
    assert list(commented(tmp_path / "c.docx").values()) == ["7", "3"]
    assert shades(tmp_path / "c.docx") == {"7": hexadecimal("error"), "3": hexadecimal("suspect")}
    assert [cell.text for row in made.tables[1].rows for cell in row.cells] == [
        *("Commune", "Jeunes", "Lompret", "3", "Total", "7")
    ]


def test_what_is_not_marked_is_kept_byte_for_byte(tmp_path):
    path = write_docx(
        tmp_path / "r.docx", ROWS, parts={"settings": part("w:settings", "<w:zoom/>"), "image1": "png"}
    )
    annotated(report(path, total(path)), tmp_path / "c.docx")
    changed, added = changed_parts(path, tmp_path / "c.docx")
    assert changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    assert added == {"word/comments1.xml"}
    new = parts(tmp_path / "c.docx")["word/document.xml"].decode()
    assert (
        '<w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">Commune</w:t></w:r></w:p>' in new
    )


@pytest.mark.parametrize(
    ("shading", "fill", "border"),
    [
        ('<w:shd w:val="clear" w:color="auto" w:fill="00B050"/>', "00B050", True),
        ('<w:shd w:val="pct20" w:color="auto" w:fill="auto"/>', "auto", True),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', hexadecimal("error"), False),
        (
            '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/><w:vAlign w:val="top"/>',
            hexadecimal("error"),
            False,
        ),
        ('<w:vAlign w:val="top"/>', hexadecimal("error"), False),
    ],
)
def test_a_cell_with_a_colour_of_hers_keeps_it_and_is_outlined(tmp_path, shading, fill, border):
    path = write_docx(
        tmp_path / "r.docx", table(tr("a", "b"), tr("Lompret", "3"), tr("Total", tc("7", shading)))
    )
    annotated(report(path, total(path)), tmp_path / "c.docx")
    assert shades(tmp_path / "c.docx")["7"] == fill
    (cell,) = [c for c in root(tmp_path / "c.docx").iter(W + "tc") if "".join(c.itertext()) == "7"]
    edges = {edge.get(W + "color") for edge in cell.iterfind(f"{W}tcPr/{W}tcBorders/*")}
    assert edges == ({STRONG["error"]} if border else set())
    order = [child.tag.removeprefix(W) for child in cell.find(W + "tcPr")]
    assert order == sorted(order, key=["tcBorders", "shd", "vAlign"].index)


def test_a_cell_without_a_format_gets_one(tmp_path):
    bare = table(tr("a", "b"), tr("Lompret", "3"), tr("Total", f"<w:tc>{p('7')}</w:tc>"))
    path = write_docx(tmp_path / "r.docx", bare)
    annotated(report(path, total(path)), tmp_path / "c.docx")
    assert shades(tmp_path / "c.docx")["7"] == hexadecimal("error")


@pytest.mark.parametrize(
    "content",
    [
        r(SAID),
        r("En 2023, ") + r("7") + r(" jeunes de Lompret."),
        r("En 2023, 7") + r(" jeunes de Lompret."),
        f'<w:hyperlink r:id="x">{r("En 2023, 7 jeu")}</w:hyperlink>' + r("nes de Lompret."),
        f"<w:ins w:id='1' w:author='a'>{r(SAID)}</w:ins>",
        r("<w:t>En 2023,</w:t><w:t xml:space='preserve'> 7 </w:t><w:t>jeunes de Lompret.</w:t>"),
        r("En&#160;2023, 7 jeunes de <w:t/>Lompret.".replace("<w:t/>", "")),
    ],
)
def test_the_very_number_of_a_sentence_is_commented(tmp_path, content):
    path = write_docx(tmp_path / "r.docx", f"<w:p>{content}</w:p>")
    annotated(false_sentence(path, line=1), tmp_path / "c.docx")
    (text,) = commented(tmp_path / "c.docx").values()
    assert text.strip() == "7"
    (shaded,) = shades(tmp_path / "c.docx").items()
    assert (shaded[0].strip(), shaded[1]) == ("7", hexadecimal("error"))
    printed = "".join(t.text or "" for t in root(tmp_path / "c.docx").iter(W + "t"))
    before = "".join(t.text or "" for t in root(path).iter(W + "t"))
    assert printed.endswith(before)


def test_a_number_cut_over_runs_is_commented_once_and_every_run_keeps_its_look(tmp_path):
    path = write_docx(tmp_path / "r.docx", f"<w:p>{r('12', '<w:b/>')}{r(' 345 jeunes', '<w:i/>')}</w:p>")
    annotated(false_sentence(path, "12 345 jeunes", "12 345", line=1), tmp_path / "c.docx")
    assert list(commented(tmp_path / "c.docx").values()) == ["12 345"]
    looks = [
        ([look.tag.removeprefix(W) for look in run.find(W + "rPr")], "".join(run.itertext()))
        for run in root(tmp_path / "c.docx").iter(W + "r")
        if "jeunes" in "".join(run.getparent().itertext()) and run.find(W + "t") is not None
    ][-3:]
    assert looks == [(["b", "shd"], "12"), (["i", "shd"], " 345"), (["i"], " jeunes")]


def test_of_two_numbers_in_one_run_each_has_its_comment(tmp_path):
    text = "7 filles et 7 garçons"
    path = write_docx(tmp_path / "r.docx", p(text))
    at = place(path, line=1)
    first, second = sentence(at, text, "7", 1), sentence(at, text[12:], "7", 2)
    told = report(path, finding(at, figure=1), finding(at, figure=2), claims=(first, second))
    annotated(told, tmp_path / "c.docx")
    assert root(tmp_path / "c.docx", "word/comments1.xml").xpath("count(//*[local-name()='comment'])") == 2
    body = parts(tmp_path / "c.docx")["word/document.xml"].decode()
    own = body[body.index("commentRangeStart") :]
    assert re.sub("<[^>]*>", "|", own).replace("|", "")[-19:] == " filles et 7 garçons"[-19:]
    assert own.count("commentRangeEnd") == 2


def test_a_shaded_number_keeps_the_colour_of_the_author(tmp_path):
    green = '<w:highlight w:val="green"/>'
    path = write_docx(tmp_path / "r.docx", f"<w:p>{r(SAID, green)}</w:p>")
    annotated(false_sentence(path, line=1), tmp_path / "c.docx")
    assert shades(tmp_path / "c.docx") == {}
    assert list(commented(tmp_path / "c.docx").values()) == ["7"]


def test_comments_of_hers_are_kept_and_numbers_go_on(tmp_path):
    own = '<w:comment w:id="4" w:author="Elle"><w:p><w:r><w:t>mine</w:t></w:r></w:p></w:comment>'
    body = '<w:p><w:commentRangeStart w:id="4"/>' + r(SAID) + '<w:commentRangeEnd w:id="4"/></w:p>'
    path = write_docx(tmp_path / "r.docx", body, parts={"comments": part("w:comments", own)})
    annotated(false_sentence(path, line=1), tmp_path / "c.docx")
    made = parts(tmp_path / "c.docx")["word/comments.xml"].decode()
    assert own in made
    assert re.findall(r'<w:comment w:id="(\d+)"', made) == ["4", "5"]


def test_a_number_in_a_note_is_commented_at_the_mark_and_shaded_in_the_note(tmp_path):
    note = part("w:footnotes", f'<w:footnote w:id="2">{p(SAID)}</w:footnote>')
    body = f'<w:p>{r("Voir")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    path = write_docx(tmp_path / "r.docx", body, parts={"footnotes": note})
    annotated(false_sentence(path, line=1, shape="note 1"), tmp_path / "c.docx")
    made = parts(tmp_path / "c.docx")["word/document.xml"].decode()
    assert re.search(
        r'commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id="2"/></w:r>.*commentRangeEnd', made
    )
    assert shades(tmp_path / "c.docx", "word/footnotes.xml") == {"7": hexadecimal("error")}


def test_a_number_in_a_text_box_is_commented_where_the_box_is_anchored(tmp_path):
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="Boîte"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{p(SAID)}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{p(SAID)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    path = write_docx(tmp_path / "r.docx", f"<w:p>{r('Avant')}{box}</w:p>")
    annotated(false_sentence(path, line=1, shape="Boîte"), tmp_path / "c.docx")
    body = root(tmp_path / "c.docx")
    (start,) = body.iter(W + "commentRangeStart")
    assert not [one for one in start.iterancestors() if one.tag == W + "txbxContent"]
    assert shades(tmp_path / "c.docx")["7"] == hexadecimal("error")


def test_a_figure_of_a_chart_is_commented_where_the_chart_stands(tmp_path):
    shown = p("Les entrées") + p(drawing('<c:chart r:id="chart"/>', name="Graphique 1")) + p("En hausse")
    path = write_docx(tmp_path / "r.docx", shown, parts={"chart": part("c:chartSpace", CHART)})
    (grid,) = [block for block in read(path).blocks if isinstance(block, Grid)]
    told = [finding(grid.locate(1, 1)), finding(grid.locate(2, 1), rule="TOT102")]
    annotated(report(path, *told), tmp_path / "c.docx")
    body = root(tmp_path / "c.docx")
    (reference,) = body.iter(W + "commentReference")
    (run,) = [one for one in body.iter(W + "r") if one.find(f".//{W}drawing") is not None]
    around = [etree.QName(one).localname for one in run.getparent()]
    at = list(run.getparent()).index(run)
    assert "commentRangeStart" in around[:at] and "commentRangeEnd" in around[at:]
    (text,) = commented(tmp_path / "c.docx")
    assert "TOT101" in text and "TOT102" in text
    assert reference is not None
    changed, _ = changed_parts(path, tmp_path / "c.docx")
    assert not any("chart" in name for name in changed)
    (link,) = {one.get(W + "anchor") for one in body.iter(W + "hyperlink")}
    assert body.find(f".//{W}bookmarkStart[@{W}name='{link}']") is not None


def test_the_list_in_front_leads_to_the_figures_and_pages_count_as_before(tmp_path):
    section = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:cols/></w:sectPr>"
    path = write_docx(tmp_path / "r.docx", ROWS + section)
    elsewhere = finding(place(tmp_path / "2022.docx", shape="table 1", cell="B3", line=1), rule="VAR202")
    annotated(report(path, total(path), elsewhere), tmp_path / "c.docx")
    body = root(tmp_path / "c.docx")
    (listed, _) = body.iter(W + "tbl")
    links = [link.get(W + "anchor") for link in listed.iter(W + "hyperlink")]
    names = [mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")]
    assert links == names == ["mlcheck_1"]
    assert "2022.docx, table 1, B3 (in this list only)" in "".join(listed.itertext())
    first, hers = body.iter(W + "sectPr")
    assert [s.find(W + "pgNumType").get(W + "start") for s in (first, hers)] == ["0", "1"]
    assert [child.tag.removeprefix(W) for child in hers] == ["pgSz", "pgNumType", "cols"]


def test_a_document_that_prefixes_its_elements_otherwise_and_a_strict_one_are_marked(tmp_path):
    path = write_docx(tmp_path / "r.docx", ROWS)
    with zipfile.ZipFile(tmp_path / "o.docx", "w") as archive:
        for name, data in parts(path).items():
            own = data.replace(b"xmlns:w=", b"xmlns:x=").replace(b"<w:", b"<x:").replace(b"</w:", b"</x:")
            strict = own.replace(b" w:", b" x:").replace(
                b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
            )
            archive.writestr(name, strict)
    annotated(report(tmp_path / "o.docx", total(tmp_path / "o.docx")), tmp_path / "c.docx")
    made = parts(tmp_path / "c.docx")
    names = {etree.QName(one).namespace for one in etree.fromstring(made["word/document.xml"]).iter()}
    assert names == {"http://purl.oclc.org/ooxml/wordprocessingml/main"}
    assert b'w:fill="FF9C9C"' in made["word/document.xml"]
    assert b"TOT101" in made["word/comments1.xml"]


def test_a_figure_is_tinted_only_where_that_is_asked_and_never_over_a_colour(tmp_path):
    green = '<w:shd w:val="clear" w:color="auto" w:fill="00B050"/>'
    path = write_docx(
        tmp_path / "r.docx", table(tr("a", "b"), tr("Lompret", "3"), tr("Total", tc("7", green)))
    )
    proven = [place(path, shape="table 1", cell=cell, line=1) for cell in ("B2", "B3")]
    found = []
    for tint in (False, True):
        annotated(report(path, proven=proven), tmp_path / "c.docx", tint=tint)
        made = etree.fromstring(parts(tmp_path / "c.docx")["word/document.xml"])
        found.append([shade.get(W + "fill") for shade in made.iter(W + "shd")])
    assert found == [["00B050"], [hexadecimal("proven"), "00B050"]]
    assert "w:tcBorders" not in parts(tmp_path / "c.docx")["word/document.xml"].decode()


HOSTILE = ["</w:t>&<", "a\x00\x07b\u202ec", "]]>", "_x0041_", "é" * 40_000]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(tmp_path, text):
    path = write_docx(tmp_path / "r.docx", ROWS)
    annotated(
        report(path, finding(place(path, shape="table 1", cell="B3", line=1), **everywhere(text))),
        tmp_path / "c.docx",
    )
    assert len(docx.Document(tmp_path / "c.docx").tables) == 2


def test_a_document_with_macros_keeps_them_and_its_ending(tmp_path):
    path = write_docx(tmp_path / "r.docx", ROWS)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
        ' ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    made = parts(path) | {"[Content_Types].xml": types.encode(), "word/vbaProject.bin": b"\x00macros"}
    with zipfile.ZipFile(tmp_path / "m.docx", "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    told = report(tmp_path / "m.docx", total(tmp_path / "m.docx"))
    with pytest.raises(MlcheckError, match=r"must end in \.docm"):
        annotated(told, tmp_path / "c.docx")
    assert not (tmp_path / "c.docx").exists()
    annotated(told, tmp_path / "c.docm")
    assert parts(tmp_path / "c.docm")["word/vbaProject.bin"] == b"\x00macros"


def test_a_copy_is_the_same_each_time_and_a_signature_is_told(tmp_path):
    path = write_docx(tmp_path / "r.docx", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", "")
    for name in ("one.docx", "two.docx"):
        assert annotated(report(path, total(path)), tmp_path / name) == (
            "The digital signature of the file does not hold for this copy.",
        )
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_comments_that_cannot_be_read_are_one_sentence_and_no_file(tmp_path):
    path = write_docx(tmp_path / "r.docx", ROWS, parts={"comments": "<w:comments"})
    (tmp_path / "c.docx").write_text("former")
    with pytest.raises(MlcheckError, match="cannot be copied with its marks"):
        annotated(report(path, total(path)), tmp_path / "c.docx")
    assert (tmp_path / "c.docx").read_text() == "former"


def test_an_empty_cell_is_commented(tmp_path):
    path = write_docx(
        tmp_path / "r.docx", table(tr("a", "b"), tr("Lompret", "3"), tr("Total", "<w:tc><w:p/></w:tc>"))
    )
    annotated(report(path, total(path)), tmp_path / "c.docx")
    assert list(commented(tmp_path / "c.docx").values()) == ["", "3"]


def test_namespaces_of_the_tests_are_those_of_word():
    assert f'xmlns:w="{W_NAME}"' in NAMESPACES


@pytest.mark.parametrize("text", ["soit 7 jeunes ici", "7"])
def test_a_cell_and_a_number_in_it_are_commented_each_once(tmp_path, text):
    path = write_docx(tmp_path / "r.docx", table(tr("a", "b"), tr("Lompret", "3"), tr("Total", text)))
    at = place(path, shape="table 1", cell="B3", line=1)
    claims = (sentence(at, text, "7"),)
    annotated(
        report(path, total(path), finding(at, figure=FIGURE, rule="SHR201"), claims=claims),
        tmp_path / "c.docx",
    )
    body = root(tmp_path / "c.docx")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        numbers = [one.get(W + "id") for one in body.iter(W + name)]
        assert sorted(numbers) == ["0", "1", "2"]
    (cell,) = [one for one in body.iter(W + "tc") if "".join(one.itertext()) == text]
    assert cell.find(f"{W}tcPr/{W}shd").get(W + "fill") == hexadecimal("error")


def test_blanks_at_the_ends_of_what_is_cut_apart_are_kept(tmp_path):
    path = write_docx(tmp_path / "r.docx", f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>")
    annotated(false_sentence(path, line=1), tmp_path / "c.docx")
    pieces = [
        one
        for one in root(tmp_path / "c.docx").iter(W + "t")
        if (one.text or "").strip() in SAID and one.text
    ]
    blank = [one for one in pieces if one.text != one.text.strip()]
    assert len(blank) == 2
    assert {one.get("{http://www.w3.org/XML/1998/namespace}space") for one in blank} == {"preserve"}


def test_a_figure_of_a_column_made_with_tabs_is_commented(tmp_path):
    lines = [("Commune", "Jeunes", "Femmes"), ("Lompret", "3", "3"), ("Total", "7", "7")]
    body = "".join(p("<w:r><w:tab/></w:r>".join(r(text) for text in line)) for line in lines)
    path = write_docx(tmp_path / "r.docx", body)
    (found,) = [block for block in read(path).blocks if isinstance(block, Grid)]
    annotated(report(path, finding(found.locate(2, 2))), tmp_path / "c.docx")
    made = root(tmp_path / "c.docx")
    (start,) = made.iter(W + "commentRangeStart")
    before = "".join(one.text or "" for one in start.getparent().iter(W + "t"))
    assert before == "Total77"
    follows = [one for one in start.itersiblings() if one.tag == W + "r"]
    assert ["".join(one.itertext()) for one in follows][:1] == ["7"]
    assert len([one for one in start.itersiblings(preceding=True) if "".join(one.itertext()) == "7"]) == 1
