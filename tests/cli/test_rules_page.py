"""Every rule can be explained in both languages, and the pages that explain them are fresh."""

from pathlib import Path

import pytest

from mlcheck.rendering.rules_page import FAMILIES, PAGES, example, explained, first_line, rules_page, texts
from mlcheck.rendering.wording import Wording
from mlcheck.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = sorted(PAGES)
KEYS = {"fr", "en", "good", "bad", "prior", "profile"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_what_is_wrong(language):
    wording = Wording(language)
    assert [rule.code for rule in RULES if not first_line(rule, wording).endswith(".")] == []


def test_codes_and_names_are_unique_and_families_named():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.family for rule in RULES} <= set(FAMILIES)


def test_every_rule_has_its_french_and_its_examples():
    assert [rule.code for rule in RULES if explained(rule, "fr") == explained(rule, "en")] == []
    assert [rule.code for rule in RULES if example(rule) is None] == []
    assert set(texts()) == {rule.code for rule in RULES}
    assert {code: set(told) - KEYS for code, told in texts().items() if set(told) - KEYS} == {}


def test_two_rules_are_never_explained_alike():
    for language in LANGUAGES:
        lines = [first_line(rule, Wording(language)) for rule in RULES]
        assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_rules_are_fresh(language):
    page = (DOCS / PAGES[language]).read_text("utf-8")
    assert page == rules_page(RULES, Wording(language)), "run make docs"


def test_a_page_has_a_chapter_a_family_and_the_examples_of_each_rule():
    page = rules_page(RULES, Wording("en"))
    assert page.index("## Totals (`TOT`)") < page.index("### TOT101") < page.index("## Shares (`SHR`)")
    assert page.count("\nGood:\n") == page.count("\nBad:\n") == len(RULES)
    assert "*error.* A printed total is not the sum of its lines." in page
