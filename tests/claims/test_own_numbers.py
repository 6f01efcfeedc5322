"""Sentences whose own numbers agree are silent through the whole check, and those that contradict themselves are found."""

from __future__ import annotations

import pytest

from tests.claims.loading import grave, texts_checked
from tests.prose.sentences import PAIRED, cases

CASES = cases(*PAIRED)


@pytest.fixture(scope="module")
def agreeing():
    return texts_checked([case["text"] for case in CASES])


@pytest.fixture(scope="module")
def contradicting():
    return texts_checked([case["wrong"] for case in CASES])


def test_there_are_enough_of_them():
    assert len(CASES) >= 150
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: CASES[n]["text"][:60])
def test_numbers_that_agree_raise_nothing(agreeing, n):
    assert not agreeing[n].crashes
    assert grave(agreeing[n]) == []


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: CASES[n]["wrong"][:60])
def test_numbers_that_contradict_each_other_are_found(contradicting, n):
    assert not contradicting[n].crashes
    assert grave(contradicting[n])


def test_other_sentences_raise_no_error():
    for report in texts_checked([case["text"] for case in cases("report", "alone", "careful")]):
        assert grave(report) == [], report.claims[0].claim.text
