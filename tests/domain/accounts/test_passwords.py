"""Which passwords an account may have: long enough, not guessable, not the employer with a year behind it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.domain.accounts.passwords import Weakness, strength, words_of

OWN = ("Bakkerij De Korst", "an.peeters", "An Peeters", "an.peeters@example.org")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("kort woord", Weakness.SHORT),
        ("Welkom2026!!", Weakness.CONTEXT),
        ("Oktober2026Gent", Weakness.CONTEXT),
        ("DeKorst-oktober", Weakness.CONTEXT),
        ("D3K0rst_2026!!", Weakness.CONTEXT),
        ("An.Peeters2026!", Weakness.CONTEXT),
        ("Février2026!Liège", Weakness.CONTEXT),
        ("Slagerij2026!!", Weakness.CONTEXT),
        ("aaaaaaaaaaaaaaaa", Weakness.GUESSABLE),
        ("é" * 129, Weakness.LONG),
        ("", Weakness.SHORT),
    ],
)
def test_weak_passwords_are_told_apart(password: str, weakness: Weakness) -> None:
    assert strength(password, OWN).weakness is weakness


@pytest.mark.parametrize(
    "password",
    ["paars nijlpaard fietst", "gele fiets in Gent met 7 wielen", "correct horse battery staple" * 4],
)
def test_some_words_that_do_not_belong_together_are_strong(password: str) -> None:
    found = strength(password, OWN)
    assert (found.weakness, found.score) == (None, 4)


def test_the_words_of_names_and_addresses() -> None:
    assert words_of(["Bakkerij De Korst"]) == {"bakkerij", "korst", "bakkerijdekorst"}
    assert {"peeters", "example"} <= words_of(["An.Peeters@Example.org"])


@given(st.text(max_size=90), st.lists(st.text(max_size=20), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged_and_a_short_one_never_taken(password: str, own: list[str]) -> None:
    found = strength(password, own)
    assert 0 <= found.score <= 4
    if len(password) < 12:
        assert found.weakness is Weakness.SHORT
