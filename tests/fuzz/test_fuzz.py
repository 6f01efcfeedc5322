"""A short run of the fuzzer: whatever is read, a result or a refusal comes, soon, and the same each time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzzing import running
from fuzzing.documents import PACKED, broken_xml
from fuzzing.running import SLOW, TARGETS, Fault, input_of, outcomes, shorter
from fuzzing.targets import LOADERS, Target

SEED = 2023


@pytest.mark.parametrize("target", TARGETS)
def test_inputs_made_by_chance_are_read_or_refused(target: str, tmp_path: Path) -> None:
    done = list(outcomes(target, SEED, range(200 if target in LOADERS else 40), tmp_path))
    assert not [fault for one in done for fault in one.faults]
    assert not [one.number for one in done if one.seconds > SLOW]
    assert len({one.digest for one in done}) > 3, "the inputs are too much alike to try anything"


@pytest.mark.parametrize("target", TARGETS)
def test_an_input_depends_on_its_target_seed_and_number_alone(target: str) -> None:
    assert [input_of(target, SEED, n) for n in (3, 7)] == [input_of(target, SEED, n) for n in (7, 3)][::-1]
    assert len({str(input_of(target, SEED, n)) for n in range(20)}) > 10
    assert any(input_of(target, SEED, n) != input_of(target, SEED + 1, n) for n in range(5))


def _fails(text: str, _: Path) -> object:
    return 1 // (0 if "7" in text else 1)


def test_an_exception_is_counted_and_its_call_made_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOADERS, "words", Target(lambda chance: f"ab{chance.randrange(10)}cd", _fails))
    faults = [fault for one in outcomes("words", SEED, range(60), tmp_path) for fault in one.faults]
    assert {fault.kind.split(" at ")[0].split(":")[0] for fault in faults} == {"ZeroDivisionError"}
    assert (
        {fault.number for fault in faults}
        == {n for n in range(60) if "7" in input_of("words", SEED, n)}
        != set()
    )
    assert shorter("words", SEED, faults[0], tmp_path) == "words: '7'"


def test_a_result_that_changes_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOADERS, "words", Target(lambda _: "x", lambda *_: next(iter_of_numbers)))
    iter_of_numbers = iter(range(100))
    (one,) = outcomes("words", SEED, [0], tmp_path)
    assert [fault.kind for fault in one.faults] == ["the second reading differs"]


def test_a_document_that_fails_is_told_from_those_checked_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlcheck.reading.spreadsheet import delimited

    read = delimited.read_delimited

    def failing(path: Path) -> object:
        if path.name == "report-5.csv":
            raise KeyError("planted")
        return read(path)

    monkeypatch.setattr(delimited, "read_delimited", failing)
    monkeypatch.setattr(running, "AGAIN", 10**9)
    done = list(outcomes("csv", SEED, range(12), tmp_path))
    assert [one.number for one in done if any("KeyError" in fault.kind for fault in one.faults)] == [5]
    assert isinstance(done[5].faults[0], Fault)


@pytest.mark.parametrize("suffix", PACKED)
def test_the_parts_of_a_package_are_broken_in_many_ways(suffix: str) -> None:
    chance = random.Random(SEED)
    part = max(PACKED[suffix](chance).values(), key=len).decode()
    broken = [broken_xml(part, chance) for _ in range(30)]
    assert len(set(broken)) > 20
