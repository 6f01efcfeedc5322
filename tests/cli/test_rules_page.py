"""Every rule can be explained, and the page that explains them is fresh."""

from pathlib import Path

from mlcheck.rendering.rules_page import FAMILIES, first_line, rules_page
from mlcheck.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_every_rule_says_what_is_wrong():
    assert [rule.code for rule in RULES if not first_line(rule).endswith(".")] == []


def test_codes_and_names_are_unique_and_families_named():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.family for rule in RULES} <= set(FAMILIES)


def test_the_page_of_rules_is_fresh():
    assert PAGE.read_text("utf-8") == rules_page(RULES), "run make docs"
