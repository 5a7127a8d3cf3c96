"""The leave types that a new employer starts with."""

from __future__ import annotations

import pytest

from hrtui.domain.leave_type import COLOURS, Category
from hrtui.domain.starter_types import STARTER


@pytest.mark.parametrize("country", ["BE", "NL"])
class TestEachCountry:
    def test_keys_can_be_typed_and_are_unique(self, country):
        keys = [kind.key for kind in STARTER[country]]
        assert len(set(keys)) == len(keys)
        assert all(1 <= len(key) <= 4 and key.isalnum() and key == key.upper() for key in keys)
        assert all(key[0].isalpha() for key in keys)

    def test_every_active_type_has_a_letter_of_its_own(self, country):
        letters = [kind.letter for kind in STARTER[country] if kind.active]
        assert len(set(letters)) == len(letters)
        assert all(len(letter) == 1 and "a" <= letter <= "z" for letter in letters)
        assert "y" not in letters  # confirms a question
        assert not any(kind.letter for kind in STARTER[country] if not kind.active)

    def test_letters_do_not_mean_another_types_key(self, country):
        keys = {kind.key.lower() for kind in STARTER[country]}
        assert not any(kind.letter in keys for kind in STARTER[country])

    def test_names_colours_and_order(self, country):
        for order, kind in enumerate(STARTER[country], 1):
            assert kind.order == order
            assert kind.colour in COLOURS
            assert all(kind.names[language].strip() for language in ("nl", "fr", "en"))
            assert (
                len(
                    {kind.names["nl"]}
                    & {other.names["nl"] for other in STARTER[country] if other is not kind}
                )
                == 0
            )

    def test_no_two_types_have_one_name(self, country):
        for language in ("nl", "fr", "en"):
            names = [kind.name(language) for kind in STARTER[country]]
            assert len(set(names)) == len(names)

    def test_overtime_worked_time_and_a_worked_holiday_are_there(self, country):
        active = [kind for kind in STARTER[country] if kind.active]
        assert {kind.category for kind in active} == set(Category)
        assert [kind.category for kind in active if kind.on_holiday] == [Category.WORKED]

    def test_a_limited_type_does_not_stop_an_employer_without_allowances(self, country):
        for kind in STARTER[country]:
            assert kind.negative_allowed is (kind.limit != "unlimited")
            assert kind.limit_amount is None


@pytest.mark.parametrize(("country", "holiday", "illness"), [("BE", "VAK", "ZGL"), ("NL", "WV", "ZK")])
def test_v_is_legal_holiday_leave_and_z_illness(country, holiday, illness):
    letters = {kind.letter: kind for kind in STARTER[country] if kind.letter}
    assert letters["v"].key == holiday
    assert letters["z"].key == illness
    assert letters["z"].sickness
    assert not letters["v"].sickness


BELGIAN = (
    "AD VAK AVK JVD SVD ADV BF VF GF ZGL ZMU ZZB AO BZ BEV GV KV GA OGA FAM ECW SLW OVM VOV OPL OVU IHR STA"
    " SYN OUD TK PLZ TW BOV"
)


def test_the_belgian_list_is_complete():
    """What Belgian payroll providers have a code for, with the working-time codes of the DmfA."""
    assert set(BELGIAN.split()) <= {kind.key for kind in STARTER["BE"]}


def test_belgian_types_have_the_code_of_the_declaration():
    codes = {kind.key: kind.dmfa_code for kind in STARTER["BE"]}
    wanted = {"VAK": 1, "VAKA": 2, "AVK": 14, "ZGL": 1, "ZMU": 50, "BEV": 51, "FAM": 24, "ECW": 71}
    assert {key: codes[key] for key in wanted} == wanted
    assert not any(kind.dmfa_code for kind in STARTER["NL"])


def test_dutch_leave_carries_over_as_the_law_says():
    """Statutory six months, extra-statutory five years (BW, art. 7:640a and 7:642)."""
    months = {kind.key: kind.carry_over_months for kind in STARTER["NL"]}
    assert (months["WV"], months["BV"]) == (6, 60)


def test_nothing_tells_why_somebody_is_ill():
    """In the Netherlands illness is one type: its nature may not be recorded."""
    assert [kind.key for kind in STARTER["NL"] if kind.sickness] == ["ZK"]
