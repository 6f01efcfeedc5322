"""A file is told when it is written whole, however a program saves it."""

from __future__ import annotations

import time

import pytest

from mlcheck.desk import saves as module
from mlcheck.desk.saves import Saves

PATIENCE = 20


@pytest.fixture
def watch(tmp_path, monkeypatch):
    """Watch files of an empty folder."""
    monkeypatch.chdir(tmp_path)
    made = []

    def watched(*files):
        made.append(Saves(files))
        return made[-1]

    yield watched
    for one in made:
        one.close()


def told(saves, patience=PATIENCE):
    """Return what is told within some seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := saves.wait():
            return [file.name for file in found]
    return []


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.csv"
    file.write_text("a;1\n")
    return file


def test_a_save_is_told_once_and_no_other_file(watch, report):
    saves = watch(report)
    (report.parent / "other.csv").write_text("x")
    assert told(saves, 1.5) == []
    report.write_text("a;22\n")
    assert told(saves) == ["report.csv"]
    assert told(saves, 2) == []


def test_a_file_that_takes_the_place_of_the_old_one_is_a_save(watch, report):
    saves = watch(report)
    new = report.with_name("new.tmp")
    new.write_text("a;1\n")
    new.replace(report)
    assert told(saves) == ["report.csv"]


def test_a_file_that_goes_and_comes_is_told_when_it_is_there(watch, report):
    saves = watch(report)
    report.unlink()
    assert told(saves, 1.5) == []
    report.write_text("a;333\n")
    assert told(saves) == ["report.csv"]


def test_half_a_file_is_waited_for(watch, report):
    saves = watch(report)
    begun = time.monotonic()
    with report.open("w") as stream:
        for n in range(12):
            stream.write(f"a;{n}\n")
            stream.flush()
            time.sleep(0.2)
            assert saves.wait(0.001) == ()
    assert told(saves) == ["report.csv"]
    assert time.monotonic() - begun > 11 * 0.2 + module.QUIET - 0.1


def test_an_empty_file_is_not_whole(watch, report):
    saves = watch(report)
    report.write_text("")
    assert told(saves, 2) == []
    report.write_text("a;4\n")
    assert told(saves) == ["report.csv"]


def test_a_file_that_stays_away_is_told_in_the_end(watch, report, monkeypatch):
    monkeypatch.setattr(module, "MISSING", 1.0)
    saves = watch(report)
    report.unlink()
    assert told(saves) == ["report.csv"]


def test_a_folder_of_csv_files_is_one_report(watch, report):
    saves = watch(report.parent)
    report.write_text("a;55\n")
    assert told(saves) == [report.parent.name]


def test_where_the_system_watches_nothing_the_files_are_looked_at(watch, report, monkeypatch):
    def refused(*_, **__):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr("watchfiles.watch", refused)
    saves = watch(report)
    time.sleep(0.3)
    report.write_text("a;666\n")
    assert told(saves) == ["report.csv"]
