"""Answers of `mlcheck validate --format json`, and the schema that they are held against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.docs.running import ROOT, reports, settle

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "schema" / "validate.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)
PRIOR = ("--prior", "report-2022.xlsx", "--profile", "metropole-nord-ouest")
NAMES = [
    f"report-{name}"
    for name in (
        "2022.xlsx",
        "2023-errors.xlsx",
        "2023.docx",
        "2023.pdf",
        "2023.pptx",
        "2023.txt",
        "2023.xlsx",
    )
]
WAIVERS = """
[[waiver]]
rule = "TOT101"
place = "10 Aides financières!G84"
reason = "Printed so; a correction is published."
author = "the agency"
expires = 2099-12-31

[[waiver]]
rule = "TOT101"
place = "10 Aides financières!G48"
reason = "Nothing is wrong there."
author = "the agency"
"""


def furnished(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with reports of several formats, and one file without a figure."""
    (folder / "empty.csv").write_text("a;b\nc;d\n")
    return settle(folder, monkeypatch, NAMES)


def whole_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return an answer with every part of the contract: suspects, boxes, slides, a waiver, an unusable file."""
    furnished(folder, monkeypatch)
    (folder / "mlcheck.toml").write_text(WAIVERS, "utf-8")
    answer = reports(
        "report-2023.xlsx", "report-2023-errors.xlsx", "report-2023.pdf", "nothing.xlsx",
        "report-2023.pptx", "report-2023.txt", *PRIOR,
    )  # fmt: skip
    place = answer["reports"][0]["figures"][0]["location"]
    answer["reports"][0]["not_understood"] = [{"location": place, "reason": "It is a picture."}]
    answer["reports"][0]["crashes"] = [
        {"rule": "TOT101", "stage": "rules", "location": None, "error": "ValueError: of a rule"}
    ]
    VALID.validate(answer)
    return answer
