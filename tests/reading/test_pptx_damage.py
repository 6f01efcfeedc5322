"""Presentations that cannot be used: one sentence with the file and what to do, never anything else."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mlcheck.reading import read
from mlcheck.reading.container import refusals as limits
from tests.reading import presentations as made
from tests.reading import workbooks
from tests.reading.damage import assert_read_or_refused, cut_and_change, refusal
from tests.reading.presentations import box, chart, deck, table


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A presentation with one of each thing."""

    def draw(slide: Any) -> None:
        slide.shapes.title.text = "Les sorties"
        box(slide, "42 jeunes sont sortis.", 0, 1)
        table(slide, "Commune|Jeunes\nLille|12", 0, 2)
        chart(slide, {"Jeunes": (335, 344)})
        slide.notes_slide.notes_text_frame.text = "335 femmes."

    return deck(tmp_path / "whole.pptx", draw, layout=made.TITLE_ONLY)


def test_cut_short_and_with_bytes_changed(sample: Path, tmp_path: Path) -> None:
    content = sample.read_bytes()
    cut_and_change(content, tmp_path / "r.pptx", 150)


PARTS = ("ppt/slides/", "ppt/charts/", "ppt/presentation", "ppt/notesSlides/", "_rels/", "[Content_Types]")
PIECES = ("", "<", ">", '"', "0", "-1", "1e999", "99999999999", "NaN", "&#0;", "(A!B1,", "²")


def test_with_the_text_of_a_part_changed(sample: Path, tmp_path: Path) -> None:
    parts = workbooks.read_zip(sample)
    names = [name for name in parts if name.startswith(PARTS)]
    chance = random.Random(2024)
    path = tmp_path / "r.pptx"
    for number in range(300):
        name = chance.choice(names)
        text = parts[name]
        starts = [at for at, letter in enumerate(text[:-1]) if letter == ("<", '"')[number % 2]]
        at = chance.choice(starts) + (number % 4 > 1)
        end = text.find(text[at] if text[at] == '"' else "<", at + 1)
        piece = chance.choice((*PIECES, text[at : at + 30]))
        workbooks.write_zip(path, parts | {name: text[:at] + piece + text[max(end, at) :]})
        assert_read_or_refused(path)


def test_a_slide_without_its_shapes(sample: Path) -> None:
    made.rewrite(sample, "ppt/slides/slide1.xml", lambda xml: xml.replace(b"p:spTree", b"p:other"))
    assert "damaged or cut short (ppt/slides/slide1.xml)" in refusal(sample)


def test_a_broken_part_is_named(sample: Path) -> None:
    made.rewrite(sample, "ppt/charts/chart", lambda xml: xml[:-20])
    assert "damaged or cut short (ppt/charts/chart" in refusal(sample)


@pytest.mark.parametrize("part", ["ppt/slides/slide1.xml", "ppt/presentation.xml", "_rels/.rels"])
def test_entities_are_refused(sample: Path, part: str) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    made.rewrite(sample, part, lambda xml: xml.replace(b"?>", b"?>" + entity, 1))
    assert "document type or entities" in refusal(sample)


def test_a_part_that_is_missing(sample: Path) -> None:
    made.rewrite(sample, "ppt/slides/slide1.xml", lambda _: None)
    assert "damaged" in refusal(sample)


def test_another_package_of_the_same_look(tmp_path: Path) -> None:
    workbooks.write_zip(tmp_path / "r.pptx", {"ppt/presentation.xml": "<x/>"})
    assert "damaged or cut short (_rels/.rels)" in refusal(tmp_path / "r.pptx")
    relations = workbooks.relation("officeDocument", "ppt/presentation.xml")
    workbooks.write_zip(tmp_path / "r.pptx", {"ppt/presentation.xml": "<x/>", "_rels/.rels": relations})
    assert "damaged or cut short (presentation)" in refusal(tmp_path / "r.pptx")


def test_a_password(tmp_path: Path) -> None:
    (tmp_path / "r.pptx").write_bytes(workbooks.compound_file("EncryptedPackage", b"secret"))
    assert "protected by a password" in refusal(tmp_path / "r.pptx")


def test_the_strict_form(sample: Path) -> None:
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    made.rewrite(sample, "_rels/.rels", lambda xml: xml.replace(transitional, strict))
    assert "Strict Open XML" in refusal(sample)


def test_no_slide(tmp_path: Path) -> None:
    assert "has no slide" in refusal(deck(tmp_path / "r.pptx"))


def test_far_too_many_slides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.reading.slides.package.MAX_PAGES", 2)
    draws = [lambda slide: box(slide, "12 jeunes")] * 3
    assert len(read(deck(tmp_path / "r.pptx", *draws[:2])).blocks) == 2
    assert "has 3 slides, more than a report has (2)" in refusal(deck(tmp_path / "r.pptx", *draws))


def test_more_text_than_a_report_holds(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.reading.slides.package.MAX_XML", 10_000)
    assert "unpacks to more" in refusal(sample)


def test_a_compression_bomb(sample: Path) -> None:
    with zipfile.ZipFile(sample, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/image1.bmp", b" " * (limits.RATIO_FLOOR + 2**20))
    assert "unpacks to more" in refusal(sample)


def test_a_compression_bomb_behind_a_chart(sample: Path) -> None:
    def heavier(workbook: bytes) -> bytes:
        content = BytesIO(workbook)
        with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.bmp", b" " * (limits.RATIO_FLOOR + 2**20))
        return content.getvalue()

    assert read(sample).not_understood == ()
    made.rewrite(sample, "ppt/embeddings/", heavier)
    assert [note.reason for note in read(sample).not_understood] == [
        "The workbook behind the chart {shape} cannot be read: the two were not compared."
    ]


def test_the_file_is_left_as_it_was(sample: Path) -> None:
    before = sample.read_bytes()
    read(sample)
    assert sample.read_bytes() == before
