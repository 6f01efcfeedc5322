"""What sentences state by the patterns of the grammar: agreeing numbers are silent, a wrong one is told and named."""

from __future__ import annotations

import tomllib
from string import Formatter

import pytest

from mlcheck.prose.grammar import Choice, Word, decode, patterns
from mlcheck.prose.tokens import words
from tests.claims.loading import grave, texts_checked
from tests.prose.sentences import CASES

STATED = tomllib.loads((CASES / "statements.toml").read_text("utf-8"))
PAIRS = [one for one in STATED["pairs"] if one["wrong"]]


def mistyped(case):
    """Return the text of a case with its number changed where it stands last, so that the first of two stays."""
    old, new = case["wrong"]
    before, found, after = case["text"].rpartition(old)
    assert found
    return f"{before}{new}{after}"


@pytest.fixture(scope="module")
def agreeing():
    return texts_checked([case["text"] for case in STATED["pairs"]] + STATED["silent"])


@pytest.fixture(scope="module")
def contradicting():
    return texts_checked([mistyped(case) for case in PAIRS])


@pytest.mark.parametrize("n", range(len(STATED["pairs"]) + len(STATED["silent"])))
def test_what_agrees_or_states_nothing_is_silent(agreeing, n):
    assert not agreeing[n].crashes
    assert [(f.rule, f.stated) for f in agreeing[n].findings if f.severity != "info"] == []


@pytest.mark.parametrize("n", range(len(PAIRS)), ids=lambda n: PAIRS[n]["text"][:60])
def test_a_wrong_number_is_told_and_named(contradicting, n):
    report, number = contradicting[n], PAIRS[n]["wrong"][1].removeprefix("En 2023, ")
    told = [f for f in report.findings if f.severity in ("error", "warning")]
    named = {
        plain(x)
        for f in told
        for x in (f.stated, *(s.stated for s in f.suspects), *(r.stated for r in f.related))
    }
    assert told
    assert any(plain(number) in name for name in named)


def plain(printed):
    return "".join(str(printed or "").split()).removeprefix("+")


def test_every_message_has_what_its_places_ask_for(contradicting):
    found = [f for report in contradicting for f in report.findings]
    open_list = texts_checked(["Les prêts se répartissent en romans (45 %), jeux (35 %) et albums (30 %)."])[
        0
    ]
    for finding in (*found, *open_list.findings):
        asked = {name for _, name, _, _ in Formatter().parse(finding.message) if name}
        assert asked <= finding.values.keys(), finding.rule
    assert [f.rule for f in open_list.findings] == ["TOT202"]


def test_no_two_pairs_are_alike_and_errors_stay_errors(contradicting):
    assert len({case["text"] for case in STATED["pairs"]}) == len(STATED["pairs"])
    assert sum(bool(grave(report)) for report in contradicting) * 3 > 2 * len(PAIRS)


@pytest.mark.parametrize(
    ("reads", "said"),
    [("NEW <against> OLD ]", "closes nothing"), ("NEW <against> NOBODY", "NOBODY")],
)
def test_a_pattern_that_is_none_is_refused(reads, said):
    text = f"""
conversions = []
[same-units]
[says]
[parts]
[roles]
NEW = "level"
OLD = "level"
[[statement]]
form = "pair"
reads = ["{reads}"]
"""
    with pytest.raises((ValueError, KeyError), match=said):
        decode(text)


def tags_of(elements):
    for one in elements:
        if isinstance(one, Word):
            yield from (name[1:-1] for name in one.names if name.startswith("<"))
        elif isinstance(one, Choice):
            for way in one.ways:
                yield from tags_of(way)


def test_every_tag_that_a_pattern_names_is_one_of_the_lexicon():
    known = {"up", "down"}
    for tags in (*words().exact.values(), *words().stems.values()):
        known |= tags.keys()
    for seconds in words().phrases.values():
        known |= {tag for found in seconds.values() for _, tags in found for tag in tags}
    assert {tag for one in patterns() for tag in tags_of(one.elements)} <= known
