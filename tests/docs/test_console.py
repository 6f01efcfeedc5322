"""Every command that a page shows runs, and prints what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import Command, Written, agrees, lines_of, run, steps
from tests.docs.running import PAGES, ROOT, furnish


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_happens(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(tmp_path, page, monkeypatch)
    for step in steps((ROOT / page).read_text("utf-8")):
        if isinstance(step, Written):
            step.write()
        elif step.line.startswith("mlcheck "):
            happens(step)


def happens(command: Command) -> None:
    status, printed = run(command)
    assert status in ((0, 1) if command.status is None else (command.status,)), (command.line, printed)
    if command.shown:
        shown = lines_of("\n".join(command.shown))
        assert agrees(shown, printed), "\n".join(("python -m tests.docs.refresh", command.line, *printed))


def test_the_pages_show_commands() -> None:
    shown = [
        step
        for page in PAGES
        for step in steps((ROOT / page).read_text("utf-8"))
        if isinstance(step, Command)
    ]
    assert len(shown) > 50
    assert len([step for step in shown if step.shown]) > 20
    assert {step.line.split()[1] for step in shown if step.line.startswith("mlcheck ")} >= {
        "validate", "compare", "coverage", "table", "figures", "claims", "rules", "explain", "init", "extract", "config",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "…"], ["a", "b", "c"], True),
        (["…", "c"], ["a", "b", "c"], True),
        (["a", "…", "c"], ["a", "c"], True),
        (["a"], ["a", "b"], False),
        (["a", "…", "d"], ["a", "b", "c"], False),
        (["… et 9 autres"], ["a"], False),
        (["12 chiffres : 9 prouvés"], ["1 012 chiffres : 10 prouvés"], True),
        (["12 chiffres : 9 prouvés"], ["12 chiffres : 9 contredits"], False),
        (["10 lignes font 12"], ["10 lignes font 13"], False),
    ],
)
def test_lines_left_out(shown: list[str], printed: list[str], same: bool) -> None:
    assert agrees(shown, printed) is same
