"""What a report that was saved again has solved, and what is new: known by its words, whatever its figures become."""

from __future__ import annotations

from msgspec.structs import replace

from mlcheck.checking.changes import changes
from mlcheck.model.finding import Suppressed
from mlcheck.rendering import changes as rendered
from mlcheck.rendering.view import View
from tests.rendering import cases

ONE, TWO, THREE = (cases.finding(fingerprint=name) for name in ("one", "two", "three"))


def report(*findings, apart=(), **more):
    suppressed = tuple(Suppressed(one, "waiver") for one in apart)
    return cases.report(findings=findings, suppressed=suppressed, **more)


def names(findings):
    return [one.fingerprint for one in findings]


def test_what_is_gone_is_solved_and_what_comes_is_new():
    told = changes(report(ONE, TWO), report(TWO, THREE))
    assert (names(told.solved), names(told.new), names(told.accepted)) == (["one"], ["three"], [])


def test_another_figure_of_the_same_finding_is_neither():
    told = changes(report(ONE), report(replace(ONE, values={}, confidence=0.5)))
    assert (told.solved, told.new) == ((), ())


def test_what_is_set_apart_is_accepted_and_not_solved_and_comes_back_as_no_news():
    told = changes(report(ONE, TWO), report(TWO, apart=[ONE]))
    assert (names(told.solved), names(told.new), names(told.accepted)) == ([], [], ["one"])
    back = changes(report(TWO, apart=[ONE]), report(ONE, TWO))
    assert (back.solved, back.new) == ((), ())


def test_nothing_is_solved_in_a_file_that_cannot_be_read():
    assert changes(report(ONE), report(unusable="it is empty")) is None
    assert changes(report(ONE), report(crashes=(cases.CRASH,))) is None


def test_two_files_of_different_names_are_not_compared():
    assert changes(report(ONE), report(ONE, source="other.xlsx")) is None
    assert changes(report(ONE, source="a/report.xlsx"), report(ONE, source="b/report.xlsx")) is not None


def test_a_finding_without_a_name_is_neither():
    told = changes(report(cases.finding(fingerprint="")), report(cases.finding(fingerprint="")))
    assert (told.solved, told.new) == ((), ())


def test_a_terminal_is_told():
    after = report(TWO, THREE)
    text = "".join(rendered.render(after, changes(report(ONE, TWO), after), View("en")))
    solved, new, verdict = text.splitlines()
    assert solved.startswith("✓ solved  TOT101")
    assert new.startswith("✗ new  TOT101")
    assert verdict.startswith("✗ 2 errors")
    same = "".join(rendered.render(after, changes(after, after), View("fr")))
    assert same.startswith("rien n’a changé\n")
    assert "solved" not in "".join(rendered.render(after, None, View("en")))
