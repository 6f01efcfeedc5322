"""Word documents that cannot be used, and odd ones that Word opens all the same."""

from __future__ import annotations

import random
import re
import socket
import struct
import zipfile
from pathlib import Path

import docx
import pytest

from mlcheck.model.document import Grid, Paragraph
from mlcheck.reading import read
from mlcheck.reading.container import refusals as limits
from mlcheck.reading.word import package as docx_package
from tests.reading import workbooks
from tests.reading.damage import assert_read_or_refused, cut_and_change, refusal
from tests.reading.word_documents import (
    NAMESPACES,
    STYLES,
    document,
    p,
    part,
    r,
    relationships,
    rows,
    table,
    tc,
    texts,
    tr,
    write_docx,
)

SAMPLE = (
    p("Accueils", "Titre1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + p(r("335") + r('<w:footnoteReference w:id="2"/>') + r("1", '<w:vertAlign w:val="superscript"/>'))
    + table(
        tr(tc("Commune", '<w:vMerge w:val="restart"/>'), tc("2023", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), "F", tc(p("H") + table(tr("a", "b"), tr("1", "2")))),
    )
    + p(r('<w:fldChar w:fldCharType="begin"/>') + r('<w:fldChar w:fldCharType="end"/>') + r("<w:tab/>"))
)
PARTS = {
    "footnotes": part("w:footnotes", f'<w:footnote w:id="2">{p("Source")}</w:footnote>'),
    "numbering": part(
        "w:numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
}


def mark(number: int) -> str:
    return r(f'<w:footnoteReference w:id="{number}"/>')


def test_cut_short_and_with_bytes_changed(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Le public", 1)
    word.add_paragraph("679 jeunes", style="List Number")
    word.add_table(3, 3).cell(0, 0).merge(word.tables[0].cell(1, 1)).text = "12"
    word.save(str(tmp_path / "whole.docx"))
    content = (tmp_path / "whole.docx").read_bytes()
    cut_and_change(content, tmp_path / "r.docx", 100)


def test_with_the_text_of_a_part_changed(tmp_path: Path) -> None:
    parts = workbooks.read_zip(write_docx(tmp_path / "whole.docx", SAMPLE, parts=PARTS))
    chance = random.Random(2024)
    path = tmp_path / "r.docx"
    for _ in range(300):
        name = chance.choice(list(parts))
        text = parts[name]
        at, to = sorted(chance.randrange(len(text)) for _ in range(2))
        piece = chance.choice(
            ["", "<", ">", '"', "0", "-1", "1e9", "99999999999", "&#0;", text[at : at + 30]]
        )
        workbooks.write_zip(path, parts | {name: text[:at] + piece + text[min(to, at + 12) :]})
        assert_read_or_refused(path)


def test_with_the_values_of_attributes_changed(tmp_path: Path) -> None:
    """The XML stays well-formed, so that every setting is read."""
    parts = workbooks.read_zip(write_docx(tmp_path / "whole.docx", SAMPLE, parts=PARTS))
    chance = random.Random(2025)
    path = tmp_path / "r.docx"
    for _ in range(300):
        name = chance.choice([name for name in parts if name.startswith("word/") and "rels" not in name])
        values = list(
            re.finditer(r'(?<=w:val=")[^"]*|(?<=w:\w\w=")[^"]*|(?<=<w:)[a-zA-Z]+(?=/>)', parts[name])
        )
        spot = chance.choice(values)
        piece = chance.choice(["", "-1", "9", "256", "99999999999", "1e9", "²", "Titre1", "ilvl", "del"])
        workbooks.write_zip(
            path, parts | {name: parts[name][: spot.start()] + piece + parts[name][spot.end() :]}
        )
        assert_read_or_refused(path)


@pytest.mark.parametrize("body", ["", p(""), table(tr("", "")), p(r("x", "<w:vanish/>"))])
def test_a_document_without_text(tmp_path: Path, body: str) -> None:
    assert "holds no text" in refusal(write_docx(tmp_path / "r.docx", body))


def test_a_document_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(workbooks.compound_file("EncryptedPackage", b"secret"))
    assert "protected by a password" in refusal(tmp_path / "r.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_document(tmp_path: Path, share: float) -> None:
    path = write_docx(tmp_path / "r.docx", SAMPLE, parts=PARTS)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "damaged or cut short" in refusal(path)


@pytest.mark.parametrize(
    "name",
    ["_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"],
)
def test_entities_and_broken_parts_are_refused(tmp_path: Path, name: str) -> None:
    path = write_docx(tmp_path / "r.docx", SAMPLE, parts=PARTS)
    text = workbooks.read_zip(path)[name]
    workbooks.replace_part(path, name, text, f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{text}')
    assert "document type or entities" in refusal(path)
    write_docx(path, SAMPLE, parts=PARTS)
    workbooks.replace_part(path, name, text, text[:-9])
    assert "damaged or cut short" in refusal(path)


def test_a_main_part_that_is_no_document(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "r.docx", SAMPLE)
    workbooks.replace_part(path, "word/document.xml", "w:body", "w:other")
    assert "damaged or cut short" in refusal(path)


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + p("x") + "</w:sdtContent></w:sdt>" * 5_000
    assert "damaged or cut short" in refusal(write_docx(tmp_path / "r.docx", deep))
    nested = p("x")
    for _ in range(60):
        nested = table(tr(tc(nested)))
    assert texts(document(tmp_path, nested)) == ["x"]


@pytest.mark.parametrize("span", ["300", "2000000000"])
def test_cells_wider_than_any_table_are_refused(tmp_path: Path, span: str) -> None:
    body = table(tr(tc("a", f'<w:gridSpan w:val="{span}"/>'), "b"), tr("c", "d"))
    assert "damaged or cut short (table 1)" in refusal(write_docx(tmp_path / "r.docx", body))


def test_a_compression_bomb(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (limits.RATIO_FLOOR + 1))
    assert "unpacks to more" in refusal(path)


def test_parts_too_large_to_be_trees_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No part is over the limit by itself."""
    notes = part("w:footnotes", "<!-- -->" * 10_000)
    path = write_docx(tmp_path / "r.docx", p("x") + "<!-- -->" * 10_000, parts={"footnotes": notes})
    monkeypatch.setattr(docx_package, "MAX_XML", 100_000)
    assert "unpacks to more" in refusal(path)
    assert "(0 MB" in refusal(path)  # the limit of parts that become trees, not that of the archive


def test_a_part_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_docx(tmp_path / "r.docx", p("x") + "<!-- -->" * 20_000)
    true_size = struct.pack("<I", len(workbooks.read_zip(path)["word/document.xml"].encode()))
    content = path.read_bytes()
    assert content.count(true_size) == 2  # in the local header and in the directory
    path.write_bytes(content.replace(true_size, struct.pack("<I", 300)))
    monkeypatch.setattr(docx_package, "MAX_XML", 100_000)
    assert "unpacks to more" in refusal(path)


def test_notes_that_refer_to_each_other_end(tmp_path: Path) -> None:
    last = 3_000
    notes = part(
        "w:footnotes",
        "".join(
            f'<w:footnote w:id="{n}">{p(r(f"note {n}") + mark(n % last + 1))}{p("suite")}</w:footnote>'
            for n in range(1, last + 1)
        ),
    )
    found = texts(document(tmp_path, p(r("x") + mark(1)) + p("fin"), parts={"footnotes": notes}))
    assert found[:5] == ["x", "note 1", "suite", "note 2", "suite"]
    assert found[-3:] == [f"note {last}", "suite", "fin"]


def test_nothing_outside_the_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    path = write_docx(tmp_path / "r.docx", p("335 jeunes", "Titre1"))
    links = "word/_rels/document.xml.rels"
    for target in ("https://example.org/styles.xml", "styles.xml"):
        write_docx(path, p("335 jeunes", "Titre1"))
        workbooks.replace_part(path, links, 'Target="styles.xml"', f'Target="{target}" TargetMode="External"')
        (block,) = read(path).blocks
        assert isinstance(block, Paragraph)
        assert (block.text, block.level) == ("335 jeunes", None)  # the style of a heading is not there


def test_a_relationship_that_leads_nowhere_does_no_harm(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "r.docx", p("335 jeunes"))
    parts = workbooks.read_zip(path)
    rels = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="i" Type="{workbooks.RELATIONS}/image" Target="NULL"/></Relationships>',
    )
    workbooks.write_zip(path, parts | {"word/_rels/document.xml.rels": rels})
    assert texts(read(path)) == ["335 jeunes"]


def test_a_document_saved_in_the_strict_form_of_the_standard(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "r.docx", SAMPLE, parts=PARTS)
    before = read(path)
    strict = re.compile(
        r"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument|drawingml)/2006/"
    )
    parts = workbooks.read_zip(path)
    assert any(strict.search(text) for text in parts.values())
    workbooks.write_zip(
        path, {name: strict.sub(r"http://purl.oclc.org/ooxml/\1/", text) for name, text in parts.items()}
    )
    assert read(path) == before


def test_a_document_without_styles_and_with_a_part_of_another_folder(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    workbooks.write_zip(
        path,
        {
            "_rels/.rels": relationships(
                f'<Relationship Id="a" Type="{workbooks.RELATIONS}/officeDocument" Target="/word/document.xml"/>'
            ),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{p('335', 'Titre1')}</w:body></w:document>",
        },
    )
    assert texts(read(path)) == ["335"]


def test_styles_based_on_each_other_end(tmp_path: Path) -> None:
    loop = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    assert texts(document(tmp_path, p("335", "A"), styles=STYLES + loop)) == ["335"]


def test_the_sample_is_read_whole(tmp_path: Path) -> None:
    found = document(tmp_path, SAMPLE, parts=PARTS).blocks
    grids = [block for block in found if isinstance(block, Grid)]
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        "I. Accueils",
        "335¹",
        "Source",
    ]
    assert [rows(block) for block in grids] == [
        [["Commune", "2023", ""], ["", "F", "H"]],
        [["a", "b"], ["1", "2"]],
    ]
