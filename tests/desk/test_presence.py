"""The program stops when nobody has its page open: not while a page is loaded again, nor while a browser sleeps."""

from __future__ import annotations

import pytest

from mlcheck.desk.presence import RELOAD, SILENT, Presence


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def presence(clock):
    return Presence(clock)


def test_it_waits_for_the_first_page(presence, clock):
    clock.now += 10**6
    assert not presence.over()


def test_a_page_that_listens_is_there_for_ever(presence, clock):
    with presence.listening("a"):
        clock.now += 10**6
        assert not presence.over()


def test_a_page_that_is_closed_is_over_after_a_while(presence, clock):
    with presence.listening("a"):
        presence.leaving("a")
    clock.now += RELOAD - 0.1
    assert not presence.over()
    clock.now += 0.2
    assert presence.over()


def test_a_page_that_is_loaded_again_goes_on(presence, clock):
    with presence.listening("a"):
        presence.leaving("a")
    clock.now += RELOAD - 0.1
    presence.seen("a")
    with presence.listening("a"):
        clock.now += 100
        assert not presence.over()


def test_a_stream_that_ends_without_a_word_leaves_more_time(presence, clock):
    with presence.listening("a"):
        clock.now += 5000
    clock.now += RELOAD + 1
    assert not presence.over()
    clock.now += SILENT
    assert presence.over()


def test_the_last_of_several_pages_decides(presence, clock):
    with presence.listening("b"):
        with presence.listening("a"):
            presence.leaving("a")
        clock.now += RELOAD + 1
        assert not presence.over()
        presence.leaving("b")
    clock.now += RELOAD + 1
    assert presence.over()


def test_one_page_in_two_tabs_is_there_until_both_are_closed(presence, clock):
    with presence.listening("a"), presence.listening("a"):
        presence.leaving("a")
        clock.now += SILENT + 1
        assert not presence.over()
