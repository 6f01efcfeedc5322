"""Days and places in words."""

from __future__ import annotations

from datetime import date

import pytest

from mlcheck.rendering.wording import Wording
from mlcheck.rules.waivers import EXPIRED


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2020, 1, 1), "1er janvier 2020", "1 January 2020"),
        (date(2026, 12, 31), "31 décembre 2026", "31 December 2026"),
        (date(2024, 8, 2), "2 août 2024", "2 August 2024"),
    ],
)
def test_a_day_is_written_in_words(day, french, english):
    assert Wording("fr").day(day) == french
    assert Wording("en").value(day) == english


def test_a_waiver_that_expired_says_the_day_in_words():
    values = {"rule": "TOT101", "place": "Aides!G84", "day": "2020-01-01"}
    assert "a expiré le 1er janvier 2020" in Wording("fr").say(EXPIRED, values)
    assert "on 1 January 2020" in Wording("en").say(EXPIRED, values)
    assert "unknown" in Wording("en").say(EXPIRED, values | {"day": "unknown"})
