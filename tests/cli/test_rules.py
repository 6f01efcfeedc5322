"""mlcheck rules, mlcheck explain and docs/rules.md say the same of a rule."""

import pytest

from mlcheck.rendering.rules_page import rules_page


def test_rules_are_listed_with_what_is_wrong(run):
    lines = run("rules").stdout.splitlines()
    assert lines[0].split(maxsplit=3) == [
        "TOT101",
        "error",
        "total-differs-from-parts",
        "A printed total is not the sum of its parts.",
    ]
    assert len(lines) == 2


@pytest.mark.parametrize("code", ["TOT101", "tot101", "total-differs-from-parts", "TOT"])
def test_a_rule_is_explained(run, code):
    assert run("explain", code).stdout == (
        "TOT101 total-differs-from-parts (error)\n\n"
        'A printed total is not the sum of its parts.\n\nParts marked "/" count as zero.\n'
    )


def test_an_unknown_rule_names_the_nearest(run):
    result = run("explain", "SHR102")
    assert result.exit_code == 2
    assert "the nearest is SHR101" in result.stderr


def test_the_page_has_a_chapter_a_family(rules):
    page = rules_page(rules)
    assert (
        page.index("## Totals (`TOT`)")
        < page.index("### TOT101 total-differs-from-parts")
        < page.index("## Shares")
    )
    assert "*error.* A printed total is not the sum of its parts." in page
