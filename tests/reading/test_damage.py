"""Whatever happens to the bytes of a file, a Document or one sentence comes back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.reading import workbooks
from tests.reading.damage import assert_read_or_refused, cut_and_change

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_cut_short_and_with_bytes_changed(tmp_path: Path, suffix: str) -> None:
    whole = DATA / f"sample{suffix}"
    if suffix == ".xlsx":
        whole = tmp_path / "whole.xlsx"
        workbooks.save_sample(whole)
    content = whole.read_bytes()
    cut_and_change(content, tmp_path / f"r{suffix}", 150)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_with_the_text_of_a_part_changed(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole{suffix}"
    if suffix == ".xlsx":
        workbooks.save_sample(whole)
    else:
        whole.write_bytes((DATA / "sample.ods").read_bytes())
    parts = workbooks.read_zip(whole)
    parts |= {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"} if suffix == ".ods" else {}
    chance = random.Random(2024)
    path = tmp_path / f"r{suffix}"
    for _ in range(300):
        name = chance.choice(list(parts))
        text = parts[name]
        at, to = sorted(chance.randrange(len(text)) for _ in range(2))
        piece = chance.choice(
            ["", "<", ">", '"', "0", "-1", "1e999", "99999999999", "NaN", "&#0;", text[at : at + 30]]
        )
        workbooks.write_zip(path, parts | {name: text[:at] + piece + text[min(to, at + 12) :]})
        assert_read_or_refused(path)
