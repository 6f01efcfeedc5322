"""What is kept is found again by all that decides it, and by nothing less; what is damaged is checked again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import mlcheck.checking
from mlcheck.model.finding import Report
from mlcheck.network import cache as keeping
from mlcheck.network.cache import MARK, Cache, clear, kept, make
from mlcheck.network.identity import decided_by
from mlcheck.network.reports import reports
from mlcheck.network.run import Run
from mlcheck.profile import load
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.network.conftest import EMPTY, MLCHECK, NUMBER, UNUSABLE, run, text_of

PROFILE = '[dimensions.commune]\ncomplete = true\n[dimensions.commune.members]\nLambersart = []\nLompret = []\n'  # fmt: skip


def texts(found: Iterator[Report]) -> list[str]:
    """Return the JSON of each report."""
    return ["".join(render("json", [report], View())) for report in found]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    make(folder)
    return folder


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are checked, and not taken from what is kept."""
    real, seen = mlcheck.checking.check, []

    def check(files: list[Path], **options: Any) -> Iterator[Report]:
        seen.extend(file.as_posix() for file in files)
        return real(files, **options)

    monkeypatch.setattr(mlcheck.checking, "check", check)
    return seen


def kept_in(place: Path, asked: Run, files: list[Path]) -> list[str]:
    return texts(reports(asked, files, cache=Cache(place, decided_by(asked))))


def test_what_has_not_changed_is_not_checked_again(
    files: list[Path], place: Path, checked: list[str]
) -> None:
    alone = texts(reports(Run(), files))
    checked.clear()
    assert kept_in(place, Run(), files) == alone
    assert checked == [file.name for file in files]
    checked.clear()
    assert kept_in(place, Run(), files[::-1])[::-1] == alone
    assert checked == []
    assert texts(reports(Run(), files, cache=Cache(place, decided_by(Run())), processes=2)) == alone


def test_a_file_that_changed_is_checked_again(files: list[Path], place: Path, checked: list[str]) -> None:
    kept_in(place, Run(), files)
    times = Path("r01.md").stat()
    text = Path("r01.md").read_text("utf-8")
    Path("r01.md").write_text(text.replace("| Lompret | 41 |", "| Lompret | 14 |"), "utf-8")
    os.utime("r01.md", ns=(times.st_atime_ns, times.st_mtime_ns))  # its size and its time are those of before
    checked.clear()
    assert '"inconsistent"' in kept_in(place, Run(), files)[1]
    assert checked == ["r01.md"]
    Path("r01.md").rename("other-2022.md")  # a name may tell the year
    checked.clear()
    kept_in(place, Run(), [Path("other-2022.md")])
    assert checked == ["other-2022.md"]


def profiles() -> Run:
    Path("own.toml").write_text(PROFILE, "utf-8")
    return Run(profile=load("own.toml"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: Run(select=("TOT",)),
        lambda: Run(ignore=("TOT",)),
        lambda: Run(year=2021),
        lambda: Run(tolerances={"TOT": Decimal(1)}),
        lambda: Run(relations=True),
        lambda: Run(prior=Path("r01.md")),
        lambda: Run(prior=Path("r02.md")),
        profiles,
        lambda: replace(profiles(), assumed=True),
    ],
)
def test_another_question_is_another_result(
    files: list[Path], place: Path, checked: list[str], change: Any
) -> None:
    kept_in(place, Run(), files[:1])
    asked = change()
    checked.clear()
    assert kept_in(place, asked, files[:1]) == texts(reports(asked, files[:1]))
    assert checked == ["r00.md"] * 2
    kept_in(place, asked, files[:1])
    assert checked == ["r00.md"] * 2


def test_last_years_report_and_the_profile_are_known_by_what_they_say(files: list[Path]) -> None:
    prior = Run(prior=Path("r01.md"))
    before, own = decided_by(prior), decided_by(profiles())
    Path("r01.md").write_text(text_of(9), "utf-8")
    assert decided_by(prior) != before
    Path("own.toml").write_text(PROFILE.replace("Lompret", "Quesnoy"), "utf-8")
    assert decided_by(Run(profile=load("own.toml"))) != own
    assert decided_by(profiles()) == own


def test_another_program_is_another_result(monkeypatch: pytest.MonkeyPatch) -> None:
    before = decided_by(Run())
    monkeypatch.setattr("mlcheck.network.identity.program", lambda: "0.0.9")
    assert decided_by(Run()) != before


def entry(place: Path) -> Path:
    (found,) = (one.path for one in kept(place) if one.whole)
    return found


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
        lambda data: b"x" * len(data),
    ],
)
def test_what_is_damaged_is_never_believed(
    files: list[Path], place: Path, checked: list[str], damage: Any
) -> None:
    alone = kept_in(place, Run(), files[:1])
    whole = entry(place).read_bytes()
    entry(place).write_bytes(damage(whole))
    checked.clear()
    assert kept_in(place, Run(), files[:1]) == alone
    assert checked == ["r00.md"]
    assert len(entry(place).read_bytes()) == len(whole)  # it has been replaced
    kept_in(place, Run(), files[:1])
    assert checked == ["r00.md"]


def test_the_result_of_another_file_is_never_believed(
    files: list[Path], place: Path, checked: list[str]
) -> None:
    alone = kept_in(place, Run(), files[:2])
    first, second = (one.path for one in kept(place))
    first.write_bytes(second.read_bytes())
    checked.clear()
    assert kept_in(place, Run(), files[:2]) == alone
    assert len(checked) == 1


def test_what_somebody_made_to_look_like_a_result_is_checked(files: list[Path], place: Path) -> None:
    alone = kept_in(place, Run(), files[:1])
    for content in (b"\0\0\0\2{}", b"cos\nsystem\n(S'touch ran'\ntR.", b"\xff" * 50):
        key = entry(place).stem
        entry(place).write_bytes(MARK + keeping._checksum(key, content) + content)
        assert kept_in(place, Run(), files[:1]) == alone
    assert not Path("ran").exists()


def test_a_crash_is_not_kept_and_what_is_unusable_is(
    files: list[Path], place: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("mlcheck.reading.web.markdown.read_markdown", lambda *_: 1 / 0, raising=True)
        assert any('"stage": "reading"' in text for text in kept_in(place, Run(), files))
    checked.clear()
    kept_in(place, Run(), files)
    own = [file.name for file in files]
    assert checked == [name for name in own if name != f"r{UNUSABLE:02}.xlsx"]
    checked.clear()
    kept_in(place, Run(), files)
    assert (checked, f"r{EMPTY:02}.md" in own) == ([], True)


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    files: list[Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = mlcheck.checking.check

    def check(files: list[Path], **options: Any) -> Iterator[Report]:
        found = list(real(files, **options))
        Path("r00.md").write_text(text_of(7), "utf-8")
        return iter(found)

    monkeypatch.setattr(mlcheck.checking, "check", check)
    kept_in(place, Run(), files[:2])
    assert len(list(kept(place))) == 1


def test_two_programs_that_write_at_once(files: list[Path], place: Path) -> None:
    command = [*MLCHECK, "validate", *map(str, files), "-f", "json", "--cache", str(place)]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    written = {one.communicate(timeout=120)[0] for one in several}
    assert written == {run("validate", *files, "-f", "json").stdout}
    held = list(kept(place))
    assert (len(held), all(one.whole for one in held)) == (NUMBER, True)
    assert run("validate", *files, "-f", "json", "--cache", place).stdout in written


def test_the_oldest_use_goes_first(files: list[Path], place: Path, checked: list[str]) -> None:
    kept_in(place, Run(), files)
    for age, one in enumerate(kept(place)):
        os.utime(one.path, (1000 + age, 1000 + age))
    held = {one.path: one for one in kept(place)}
    list(reports(Run(), files[2:3], cache=Cache(place, decided_by(Run()))))  # it is used now
    (used,) = (one.path for one in kept(place) if one.used > 10**6)
    room = sum(one.size for one in held.values()) // 2
    Cache(place, "", most=room).trim()
    left = {one.path for one in kept(place)}
    assert used in left
    assert 0 < sum(held[path].size for path in left) <= room
    others = [held[path].used for path in left - {used}]
    assert min(others, default=0) >= max(held[path].used for path in held.keys() - left - {used})


def test_a_writer_keeps_within_bounds(place: Path) -> None:
    cache = Cache(place, "", most=10_000)
    for n in range(100):
        cache.write(f"{n:064}", os.urandom(500))
    assert sum(one.size for one in kept(place)) <= 11_000


def test_what_was_left_half_written_goes(place: Path) -> None:
    (place / "ab").mkdir()
    left, fresh = place / "ab" / "0.tmp", place / "ab" / "1.tmp"
    for file in (left, fresh):
        file.write_bytes(b"x")
    os.utime(left, (time.time() - 7200,) * 2)
    Cache(place, "").trim()
    assert (left.exists(), fresh.exists()) == (False, True)


def test_clearing_removes_nothing_of_others(files: list[Path], place: Path) -> None:
    kept_in(place, Run(), files)
    (place / "notes.txt").write_text("mine")
    (place / "ab").mkdir(exist_ok=True)
    (place / "ab" / "notes.txt").write_text("mine")
    assert clear(place) == NUMBER
    assert (list(kept(place)), clear(place)) == ([], 0)
    assert (place / "notes.txt").exists()
    assert (place / "ab" / "notes.txt").exists()


def test_the_command_line(files: list[Path], place: Path) -> None:
    first, again = (run("validate", *files, "-f", "json", "--cache", place) for _ in range(2))
    assert (first.stdout, first.returncode) == (again.stdout, again.returncode)
    held = run("cache", "--cache", place, "--lang", "en").stdout.decode()
    assert f"{NUMBER} results" in held
    assert (
        f"{NUMBER} results removed"
        in run("cache", "--clear", "--cache", place, "--lang", "en").stdout.decode()
    )
    assert "0 results" in run("cache", "--cache", place, "--lang", "en").stdout.decode()


def test_waivers_and_baselines_are_no_part_of_what_is_kept(files: list[Path], place: Path) -> None:
    known = place.parent / "known.json"
    wrong = run("validate", "r03.md", "--cache", place, "--write-baseline", known)
    assert wrong.returncode == 1
    assert run("validate", "r03.md", "--cache", place, "--baseline", known).returncode == 0
    assert run("validate", "r03.md", "--cache", place).returncode == 1
    assert len(list(kept(place))) == 1


@pytest.mark.parametrize(
    ("said", "where"), [("true", "user/mlcheck"), ('"../kept"', "kept"), ("false", None)]
)
def test_mlcheck_toml(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, where: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    (folder / "mlcheck.toml").write_text(f"cache = {said}\n", "utf-8")
    run("validate", "r00.md", "--no-cache")
    assert not (tmp_path / "user").exists()
    run("validate", "r00.md")
    assert len([one for one in kept(tmp_path / (where or "user/mlcheck")) if one.whole]) == (
        where is not None
    )
    assert (tmp_path / "user").exists() == (where == "user/mlcheck")


def test_a_setting_that_is_neither_a_folder_nor_true(folder: Path) -> None:
    (folder / "mlcheck.toml").write_text("cache = 3\n", "utf-8")
    done = run("validate", "r00.md", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.decode().endswith(
        "mlcheck.toml: “cache” must be true, false, or a folder between quotes.\n"
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["validate", "r00.md", "--cache", "."], "must name a folder of its own"),
        (["validate", "r00.md", "--cache", ".."], "must name a folder of its own"),
        (["validate", ".", "--cache", "kept"], "a folder that is an input"),
        (["validate", "r00.md", "--cache", "r01.md"], "cannot keep results"),
        (["relations", "r00.md", "--cache", "r01.md/x"], "cannot keep results"),
    ],
)
def test_a_folder_that_cannot_keep_results_is_one_sentence(folder: Path, asked: list[str], told: str) -> None:
    before = sorted(folder.iterdir())
    done = run(*asked, "--lang", "en")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert told in done.stderr.decode()
    assert sorted(folder.iterdir()) == before


def test_a_run_without_it_loads_nothing_of_it(folder: Path) -> None:
    program = "import sys; sys.argv = ['mlcheck', 'validate', 'r00.md']\nfrom mlcheck.cli.main import main\ntry: main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "mlcheck.checking.check" in done.stdout
    assert not {"mlcheck.network.cache", "mlcheck.network.coding", "distributed"} & set(done.stdout.split())
