"""The pages hold together: their links lead somewhere, both languages say as much, and no key or option is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
import typer

from mlcheck.cli.main import app
from mlcheck.configuration import KEYS, TABLES, find
from mlcheck.configuration.waivers import KEYS as WAIVER_KEYS
from mlcheck.profile import load
from mlcheck.profile.shape import ID, SHAPE, WORDS
from mlcheck.reading import READERS
from mlcheck.rendering import RENDERERS
from tests.docs.console import FENCE, NAMED
from tests.docs.running import PAGES, ROOT

LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
PAIRS = [
    ("docs/start.fr.md", "docs/start.en.md"),
    ("docs/app.fr.md", "docs/app.md"),
    ("docs/ui.fr.md", "docs/ui.md"),
    *(
        (f"docs/{name}.fr.md", f"docs/{name}.md")
        for name in ("rules", "annotate", "claims", "configuration", "extract", "formats", "profile")
    ),
]
OTHERS = {"--dry-run", "--no-deps", "--no-verify", "--pip-args"}  # options of other programs


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def headings(page: str) -> list[str]:
    return HEADING.findall(FENCE.sub("", text_of(page)))


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.lstrip("# ").lower())
    return "#" + words.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    for target, place in LINK.findall(FENCE.sub("", text_of(page))):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), target
        if place and path.suffix == ".md":
            name = path.resolve().relative_to(ROOT).as_posix()
            assert place in map(anchor, headings(name)), f"{target}{place}"


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_languages_have_the_same_headings(one: str, other: str) -> None:
    levels = [[heading.split()[0] for heading in headings(page)] for page in (one, other)]
    assert levels[0] == levels[1]
    kinds = [[kind for kind, _ in FENCE.findall(text_of(page))] for page in (one, other)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_of_options_that_there_are(page: str) -> None:
    told = {one for block in spoken(text_of(page)) for one in OPTION.findall(block)}
    assert told - options() - OTHERS == set()


def spoken(text: str) -> Iterator[str]:
    """Yield what a page says of mlcheck: prose, and command lines; not the files of other programs."""
    yield FENCE.sub("", text)
    yield from (block for kind, block in FENCE.findall(text) if kind == "console" and "$ mlcheck" in block)


def options() -> set[str]:
    group: Any = typer.main.get_command(app)
    commands = [group, *(group.get_command(None, name) for name in group.commands)]
    return {
        name for command in commands for one in command.params for name in (*one.opts, *one.secondary_opts)
    } | {"--help", "--install-completion", "--show-completion"}


@pytest.mark.parametrize("name", ["docs/profile.md", "docs/profile.fr.md"])
def test_every_key_of_a_profile_is_told(name: str) -> None:
    page = text_of(name)
    assert {key for key in keys(SHAPE) if not re.search(rf"[`\[.]{key}[`\].]", page)} == set()


def keys(shape: Any) -> Iterator[str]:
    if isinstance(shape, Mapping):
        for key, inner in shape.items():
            if key not in (ID, WORDS):
                yield key
            yield from keys(inner)
    elif isinstance(shape, list) and isinstance(shape[0], Mapping):
        yield from keys(shape[0])


@pytest.mark.parametrize("name", ["docs/configuration.md", "docs/configuration.fr.md"])
def test_every_key_of_the_configuration_is_told(name: str) -> None:
    page = text_of(name)
    wanted = {f"`{key}`" for key in (*KEYS, *WAIVER_KEYS)} | {f"[{table}]" for table in TABLES}
    assert {key for key in wanted if key not in page} == set()


@pytest.mark.parametrize("name", ["docs/formats.md", "docs/formats.fr.md"])
def test_every_format_is_told(name: str) -> None:
    read, written = text_of(name), text_of("README.md")
    assert [suffix for suffix in READERS if f"`{suffix}`" not in read] == []
    assert [name for name in RENDERERS if not re.search(f"`(--format )?{name}`", written)] == []


def snippets(page: str) -> list[str]:
    """Return the blocks of TOML that a page does not write into a file."""
    return [text for kind, text in FENCE.findall(text_of(page)) if kind == "toml" and not NAMED.match(text)]


@pytest.mark.parametrize("snippet", [*snippets("docs/profile.md"), *snippets("docs/profile.fr.md")])
def test_what_a_profile_may_say_can_be_said(snippet: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f'extends = "metropole-nord-ouest"\n{snippet}', "utf-8")
    load(str(tmp_path / "own.toml"))


@pytest.mark.parametrize("snippet", [*snippets("docs/claims.md"), *snippets("docs/claims.fr.md")])
def test_what_a_pin_may_say_can_be_said(snippet: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(snippet, "utf-8")
    assert len(load(str(tmp_path / "own.toml")).pins) == len(tomli.loads(snippet)["pin"])


@pytest.mark.parametrize(
    "snippet",
    [*snippets("docs/configuration.md"), *snippets("docs/configuration.fr.md"), *snippets("README.md")],
)
def test_what_a_configuration_may_say_can_be_said(snippet: str, tmp_path: Path) -> None:
    (tmp_path / "mlcheck.toml").write_text(snippet, "utf-8")
    assert find(tmp_path).file


def test_why_exact_integers() -> None:
    assert repr(10.10 + 20.20) in text_of("docs/verdicts.md")
