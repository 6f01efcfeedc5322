"""What constraints state as relations: kind, operands, siblings, verdict and order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mlcheck.checking import check
from mlcheck.checking.relations import checked_relations, related_figures
from mlcheck.model.constraints import Constraint, Side
from mlcheck.model.document import Locator
from mlcheck.model.figure import Place
from mlcheck.model.quantity import Quantity
from mlcheck.model.relation import Evidence
from mlcheck.rules.build import at_most, balance, hundred, mean, share, variation

RATE = Quantity("49 %", 49, 0, 0, "%")
PLACES = {n: Place(n, Locator("r.csv", cell=f"B{n}"), str(n), "number", None, "") for n in range(1, 10)}


def relation(one, verdict="consistent", **options):
    (found,) = checked_relations([one], {0: verdict}, PLACES, **options)
    return found


@pytest.mark.parametrize(
    ("one", "kind", "operands"),
    [
        (balance("TOT101", 3, [(1, 1), (2, 1)], group="t"), "sum", {1: 1, 2: 1}),
        (balance("TOT104", 3, [(1, 1), (2, -1)], group="t"), "difference", {1: 1, 2: -1}),
        (Constraint("TOT101", "sum", (Side(((3, 1), (1, -1), (2, -1)), 0, 0),), 3), "sum", {1: 1, 2: 1}),
        (Constraint("VAR204", "points", (Side(((1, 1), (2, -1), (3, 1)), 0, 0),), 3), "difference", {1: -1, 2: 1}),
        (share("SHR201", 3, RATE, [1], [2]), "share", {1: 1, 2: 1}),
        (variation("VAR201", 3, RATE, [1], [2]), "variation", {1: 1, 2: 1}),
        (mean("MEA101", 3, RATE, [1], [2]), "mean", {1: 1, 2: 1}),
        (Constraint("AGR101", "equal", (Side(((1, 1), (3, -1)), 0, 0),), 3), "equality", {1: 1}),
        (at_most("PRT101", [1], [2]), "inequality", {2: 1}),
        (Constraint("XTB101", "relation", (Side(((1, 1), (2, -2)), 0, 0),), 1), "equality", {2: 2}),
        (Constraint("XTB101", "relation", (Side(((1, 1), (2, -1)), None, 0),), 1), "inequality", {2: 1}),
    ],
)  # fmt: skip
def test_the_target_is_made_of_its_operands(one, kind, operands):
    found = relation(one)
    assert (found.kind, found.target, dict(found.operands)) == (kind, one.stated, operands)
    assert all(isinstance(coefficient, Decimal) for _, coefficient in found.operands)


def test_a_distribution_holds_no_figure_to_account():
    found = relation(hundred("TOT103", [1, 2]))
    assert (found.kind, found.target, dict(found.operands)) == ("distribution", None, {1: 1, 2: 1})


def test_what_a_rule_and_the_judge_know_is_kept():
    evidence = Evidence(("Total",), ("below the lines",), "=SUM(B1:B2)")
    one = Constraint("TOT101", "sum", (Side(((1, 1), (3, -1)), 0, 0),), 3, 7, evidence=evidence)
    found = relation(one, "inconsistent", confidences={0: 0.25}, doubtful={0})
    assert (found.evidence, found.claim, found.confidence, found.verdict) == (evidence, 7, 0.25, "doubtful")
    assert (relation(one).confidence, relation(one).verdict) == (1.0, "consistent")


def test_siblings_are_the_other_lines_that_are_decided():
    def sums(siblings):
        return Constraint("TOT101", "sum", (Side(((1, 1), (3, -1)), 0, 0),), 3, siblings=siblings)

    constraints = [sums("a"), sums("a"), sums("a"), sums("a"), sums("b"), sums(""), sums("")]
    verdicts = [
        "consistent",
        "inconsistent",
        "unverifiable",
        "consistent",
        "consistent",
        "consistent",
        "consistent",
    ]
    found = checked_relations(constraints, dict(enumerate(verdicts)), PLACES)
    assert [one.siblings for one in found] == [(1, 2), (2, 2), (2, 3), (1, 2), (0, 0), (0, 0), (0, 0)]


def test_they_stand_in_the_order_of_their_targets():
    constraints = [at_most("PRT101", [5], [1]), hundred("TOT103", [4, 2]), at_most("PRT101", [3], [1])]
    found = checked_relations(constraints, dict.fromkeys(range(3), "consistent"), PLACES)
    assert [one.target for one in found] == [None, 3, 5]
    assert set(related_figures(found, PLACES)) == {1, 2, 3, 4, 5}


def test_only_a_run_that_asks_is_given_relations(tmp_path):
    file = tmp_path / "r.csv"
    file.write_text("Commune;Jeunes\nLompret;3\nLambersart;4\nTotal;8\n", "utf-8")
    (report,) = check([file])
    assert (report.relations, report.related) == ((), {})
    (report,) = check([file], relations=True)
    (one,) = report.relations
    assert (one.rule, one.kind, one.verdict) == ("TOT101", "sum", "inconsistent")
    assert [report.related[figure].stated for figure, _ in one.operands] == ["3", "4"]
    assert report.related[one.target].location.cell == "B4"
