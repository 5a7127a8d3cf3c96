"""Taking a name out of the words about a step."""

from __future__ import annotations

import pytest

from hrtui.domain.sync.names import names_in, without


def test_a_person_is_named_in_both_orders_and_by_every_name_of_before() -> None:
    rows = [{"first_name": "Mila", "last_name": "Berg", "name_prefix": "van den"}, {"last_name": "Voorbeeld"}]
    whole, single = names_in(rows)
    assert {"Berg Mila", "Mila Berg", "Mila Voorbeeld", "Berg Mila van den", "Mila van den Berg"} <= set(
        whole
    )
    assert [len(name) for name in whole] == sorted(map(len, whole), reverse=True)
    assert (single[0], sorted(single[1:])) == ("Voorbeeld", ["Berg", "Mila"])
    assert names_in([]) == ([], [])
    assert names_in([{"first_name": " ", "last_name": None}]) == ([], [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Leave of Mila Berg and Noor", "Leave of … and Noor"),
        ("Leave of Milan Bergman", "Leave of Milan Bergman"),
        ("Mila", "…"),
        ("Mila-Noor", "…-Noor"),
        ("(a.b)", "(a.b)"),
    ],
)
def test_only_whole_words_go(text: str, left: str) -> None:
    assert without(text, ["Mila Berg", "Berg", "Mila", "a+b", "aXb"]) == left
