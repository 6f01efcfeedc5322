"""What nobody sees is named where a person reads, and csv has no control characters."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mlcheck.rendering.listing import Listing, terminal
from tests.fuzz.cases import TOTALLED, report, written

UNSEEN = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@pytest.mark.parametrize("kind", ["terminal", "markdown", "csv", "sarif", "junit", "github", "gitlab"])
@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2067", "\ufeff", "\u061c"])
def test_a_mark_in_a_label_is_named(tmp_path: Path, kind: str, mark: str) -> None:
    text = TOTALLED.format(a=f"{mark}est", x=85, y=24, z=13, total=150)
    shown = written(kind, report(tmp_path, text))
    if kind == "sarif":
        shown = json.dumps(
            [r["message"] for r in json.loads(shown)["runs"][0]["results"]], ensure_ascii=False
        )
    assert not UNSEEN.search(shown)
    assert kind not in ("terminal", "csv") or f"[U+{ord(mark):04X}]" in shown


def test_json_keeps_the_text_of_a_sentence_and_names_marks_in_messages(tmp_path: Path) -> None:
    text = "En 2023, 40 dossiers sur 80 sont\u202e clos, soit 75 % des dossiers."
    (found,) = json.loads(written("json", report(tmp_path, text, "bilan.txt")))["reports"]
    assert {claim["text"] for claim in found["claims"]} == {text}
    assert all(not UNSEEN.search(finding["message"]) for finding in found["findings"])


def test_csv_is_one_line_a_finding_whatever_a_label_holds(tmp_path: Path) -> None:
    text = TOTALLED.format(a='"\x1b[31m"', x=85, y=24, z=13, total=150).replace(
        "Total;", '"Total\x07\n général";'
    )
    shown = written("csv", report(tmp_path, text))
    assert not UNSEEN.search(shown) and shown.count("\n") == 2


@pytest.mark.parametrize("cell", ["61,206", "1,234,567", "1e5", "0x1F", "1_000", "١٢", "²", "0.50", "-"])
def test_a_listing_prints_each_cell_as_it_is(cell: str) -> None:
    shown = terminal(Listing(("Figure", cell), ((cell, "x"),)), 80)
    assert shown.count(cell) == 2 or cell == "-"


def test_a_long_cell_is_cut_into_lines_and_a_figure_is_not() -> None:
    words = "un deux trois quatre cinq six sept huit neuf dix onze douze treize"
    shown = terminal(Listing(("Label", "Figure"), ((words, "12,345,678,901"),), frozenset({1})), 44)
    assert max(map(len, shown.splitlines())) <= 44
    assert "12,345,678,901" in shown and set(words.split()) <= set(shown.split())
