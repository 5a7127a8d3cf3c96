"""Delays after wrong tries: none at first, then growing, never without end."""

from __future__ import annotations

from hrtui.domain.accounts.slowing import FREE_TRIES, LONGEST_DELAY, delay


def test_the_first_tries_are_free_and_then_it_doubles() -> None:
    assert [delay(failures) for failures in range(1, 10)] == [0, 0, 0, 0, 2, 4, 8, 16, 32]


def test_it_is_never_longer_than_a_quarter_of_an_hour() -> None:
    assert delay(FREE_TRIES + 9) == LONGEST_DELAY
    assert delay(10**9) == LONGEST_DELAY == 15 * 60
