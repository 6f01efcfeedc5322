"""mlcheck figures and mlcheck claims show what was read."""

import json

from msgspec.structs import replace

from mlcheck.model.claim import Binding, Claim
from mlcheck.model.document import Locator
from mlcheck.model.quantity import Quantity
from mlcheck.rendering import stages
from mlcheck.rendering.view import View
from tests.rendering.test_table_view import BY_TOWN, FACTS

TEXT = "75 % des contrats sont signés à Lambersart"
CLAIM = Claim(
    TEXT, 0, 4, Locator("r.xlsx", sheet="Emploi", cell="A2"), "share", Quantity("75 %", 750, 5, 1, "%")
)
READ = replace(
    FACTS,
    tables=(BY_TOWN,),
    claims=(CLAIM, replace(CLAIM, text="autre")),
    bindings={0: Binding("share", ((0, 20),)), 1: Binding("share", reason="several bases")},
)


def test_figures_have_their_place_role_and_state():
    read = json.loads("".join(stages.figures("json", READ, View("en"))))["figures"]
    assert [(f["location"]["cell"], f["row"], f["role"], f["state"], f["value"]) for f in read] == [
        ("B5", "Lambersart", "part", "number", 30),
        ("B6", "Lompret", "part", "nil", None),
        ("B7", "Total", "total", "number", 40),
    ]


def test_claims_show_what_they_are_bound_to_or_why_not():
    bound, unbound = json.loads("".join(stages.claims("json", READ, View("en"))))["claims"]
    assert (bound["kind"], bound["stated"], bound["value"]) == ("share", "75 %", 75.0)
    assert [(o["label"], o["stated"]) for o in bound["operands"][0]] == [
        ("Lambersart · Contrats signés en 2023", "30"),
        ("Total · Contrats signés en 2023", "40"),
    ]
    assert (unbound["operands"], unbound["reason"]) == ([], "several bases")


def test_each_format_shows_the_same_lines():
    for name in stages.FORMATS:
        text = "".join(stages.claims(name, READ, View("en", width=200)))
        assert TEXT in text
        assert "several bases" in text
        assert "Lambersart" in "".join(stages.figures(name, READ, View("en")))
