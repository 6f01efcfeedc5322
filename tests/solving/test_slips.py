"""How a printed figure may have been meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.solving.slips import origins, slip


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        (1410, 1140, "swapped"),
        (4115, 4120, None),
        (10029, 10024, "changed"),
        (335, 385, "changed"),
        (135, 1355, "dropped"),
        (24, 1024, "dropped"),
        (124, 1024, "dropped"),
        (4, 104, "dropped"),
        (24, 104, None),
        (1155, 155, "doubled"),
        (1255, 155, "added"),
        (4500, 450, "factor"),
        (4, 4000, "factor"),
        (-12, 12, "sign"),
        (1299, 1300, "one off"),
        (1300, 1290, "one off"),
        (1300, 1200, "changed"),
        (1295, 1305, "one off"),
        (3214, 1234, "exchanged"),
        (7, 7, None),
        (0, 45, None),
        (-1, 1, "sign"),
        (0, -1, "one off"),
        (123, 789, None),
    ],
)
def test_the_slip_that_turned_what_was_meant_into_what_is_printed(
    printed: int, meant: int, kind: str | None
) -> None:
    found = slip(printed, meant)
    assert (found.kind if found else None) == kind


def test_swapped_dropped_and_doubled_digits_are_likelier_than_changed_ones() -> None:
    ranks = [slip(*pair) for pair in ((1410, 1140), (124, 1024), (1155, 155), (335, 385), (3214, 1234))]
    assert [found.rank for found in ranks if found] == [1, 1, 1, 3, 4]


def test_a_first_digit_left_out_explains_less_than_one_within() -> None:
    ranks = [slip(*pair) for pair in ((134, 1234), (234, 1234), (24, 1024))]
    assert [(found.kind, found.rank) for found in ranks if found] == [
        ("dropped", 1),
        ("dropped", 2),
        ("dropped", 4),
    ]


@given(st.integers(-(10**7), 10**7), st.data())
def test_the_figures_that_may_have_been_meant_are_those_with_a_slip(
    printed: int, data: st.DataObject
) -> None:
    meant = origins(printed)
    assert all(slip(printed, number) for number in meant)
    number = data.draw(st.sampled_from(sorted(meant)) if meant else st.just(printed))
    assert slip(printed, number) is not None or not meant


@given(st.integers(1, 9999), st.integers(1, 99999))
def test_no_slip_is_left_out_of_what_may_have_been_meant(printed: int, meant: int) -> None:
    if slip(printed, meant):
        assert meant in origins(printed)
