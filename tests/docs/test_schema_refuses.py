"""docs/schema/validate.schema.json refuses what breaks the promises of docs/json.md, and takes new keys."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.docs.answers import VALID, whole_answer

Place = tuple[str | int, ...]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return whole_answer(tmp_path_factory.mktemp("reports"), monkeypatch)


@pytest.fixture
def told(whole: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(whole)


def test_an_unusable_file_among_others(told: dict[str, Any]) -> None:
    unusable = [report for report in told["reports"] if "unusable" in report]
    assert len(unusable) == 1
    unusable[0]["findings"] = told["reports"][0]["findings"]
    assert not VALID.is_valid(told)


def spots(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every place of an answer with what stands there."""
    yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from spots(inner, (*path, key))


def kinds(told: dict[str, Any]) -> dict[tuple[str, ...], Place]:
    """Return one place for each kind of place, its ranks left out; not null where there is one that is not."""
    found: dict[tuple[str, ...], Place] = {}
    for path, value in spots(told):
        kind = tuple(part for part in path if isinstance(part, str)) + (("[]",) if path[-1:] == (0,) else ())
        if value is not None or kind not in found:
            found.setdefault(kind, path)
            if at(told, found[kind]) is None:
                found[kind] = path
    return found


def at(told: Any, path: Place) -> Any:
    for part in path:
        told = told[part]
    return told


def changed(told: dict[str, Any], path: Place) -> tuple[dict[str, Any], Any]:
    """Return an answer cut down to the one item that a place is in, and what holds the place in it."""
    if len(path) < 2:
        return {**told, "reports": []}, None
    report = dict(told["reports"][path[1]])
    for key, value in report.items():
        if isinstance(value, list) and key != "crashes":
            report[key] = value[:1]
    own = ["reports", 0, *path[2:]]
    if len(path) > 3 and isinstance(path[3], int):
        report[path[2]] = [at(told, path[:4])]
        own[3] = 0
    small = copy.deepcopy({**told, "reports": [report]})
    VALID.validate(small)
    return small, at(small, tuple(own[:-1]))


def test_each_key_is_required(told: dict[str, Any]) -> None:
    optional = {"unusable", "suppressed", "crashes"}
    missed = []
    for kind, path in kinds(told).items():
        if len(path) > 1 and isinstance(path[-1], str) and path[-1] not in optional:
            broken, holder = changed(told, path)
            del holder[path[-1]]
            if VALID.is_valid(broken):
                missed.append(kind)
    assert missed == []
    for key in told:
        assert not VALID.is_valid({name: value for name, value in told.items() if name != key})


@pytest.mark.parametrize("wrong", [{"an": "object"}, ["a list"], True, 2.5, ""], ids=str)
def test_each_key_is_of_its_kind(told: dict[str, Any], wrong: Any) -> None:
    passed = []
    for kind, path in kinds(told).items():
        if len(path) > 2 and isinstance(path[-1], str) and not alike(at(told, path), wrong, path[-1]):
            broken, holder = changed(told, path)
            holder[path[-1]] = wrong
            if VALID.is_valid(broken):
                passed.append(kind)
    assert passed == []


def alike(old: Any, new: Any, key: str) -> bool:
    """Tell whether two values are of one kind; only a `value` may be whole or not."""
    return old is None or type(old) is type(new) or (key == "value" and type(new) is float)


@pytest.mark.parametrize(
    "kind",
    ["severity", "by", "kind", "direction", "verdict", "unit", "rule", "fingerprint", "cell", "expires"],
)
def test_a_value_that_is_no_choice_is_refused(told: dict[str, Any], kind: str) -> None:
    paths = [path for parts, path in kinds(told).items() if parts[-1:] == (kind,) and "crashes" not in parts]
    assert paths
    for path in paths:
        broken, holder = changed(told, path)
        holder[path[-1]] = "Other"
        assert not VALID.is_valid(broken), path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), 2),
        (("reports", 0, "summary", "figures"), -1),
        (("reports", 0, "figures", 0, "location", "line"), 0),
        (("reports", 2, "figures", 0, "location", "box"), [1.0, 2.0, 3.0]),
        (("reports", 0, "suppressed", 0, "author"), None),
    ],
)
def test_a_value_out_of_its_range_is_refused(told: dict[str, Any], path: Place, value: Any) -> None:
    broken = copy.deepcopy(told)
    at(broken, path[:-1])[path[-1]] = value
    assert not VALID.is_valid(broken)


def test_an_undecided_claim_says_why(told: dict[str, Any]) -> None:
    claim = next(c for c in told["reports"][0]["claims"] if c["verdict"] == "unverifiable")
    claim["reason"] = None
    assert not VALID.is_valid(told)


def test_new_keys_may_appear_everywhere(told: dict[str, Any]) -> None:
    for path in kinds(told).values():
        if isinstance(at(told, path), dict) and "unusable" not in at(told, path[:2]):
            at(told, path)["new"] = {"of": "a later version"}
    VALID.validate(told)
