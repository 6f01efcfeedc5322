"""mlcheck figures shows what was read."""

import json

from msgspec.structs import replace

from mlcheck.rendering import stages
from mlcheck.rendering.view import View
from tests.rendering.test_table_view import BY_TOWN, FACTS

READ = replace(FACTS, tables=(BY_TOWN,))


def test_figures_have_their_place_role_and_state():
    read = json.loads("".join(stages.figures("json", READ, View("en"))))["figures"]
    assert [(f["location"]["cell"], f["row"], f["role"], f["state"], f["value"]) for f in read] == [
        ("B5", "Lambersart", "part", "number", 30),
        ("B6", "Lompret", "part", "nil", None),
        ("B7", "Total", "total", "number", 40),
    ]


def test_each_format_shows_the_same_lines():
    for name in stages.FORMATS:
        assert "Lambersart" in "".join(stages.figures(name, READ, View("en")))
