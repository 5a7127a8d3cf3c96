"""What of a month is forwarded and hashed, and the canonical form below it."""

from __future__ import annotations

import pytest

from hrtui.domain.sync.canonical import Value, canonical, digest, number_of
from hrtui.domain.sync.chain import GENESIS, next_chain
from hrtui.domain.sync.content import month_content, month_hash

DAYS: dict[str, Value] = {
    "2026-03-03": [[5, 480, "full", "approved", "manual"]],
    "2026-03-02": [[5, 240, "am", "approved", "manual"], [6, 240, "pm", "approved", "manual"]],
    "2026-03-04": [],
    "2026-04-01": [[5, 480, "full", "approved", "manual"]],
}
COMPONENT: dict[str, Value] = {
    "person_id": 7, "type_id": 9, "first_month": "2026-02", "last_month": None, "cents": 12500,
    "unit_amount": None, "quantity": None, "currency": "EUR", "note": "", "batch_id": 4,
}  # fmt: skip
MESSAGE: dict[str, Value] = {"month": "2026-03", "body": "New account", "state": "draft", "actor": "anna"}


def test_the_rows_of_a_month_in_their_order() -> None:
    over = COMPONENT | {"last_month": "2026-02"}
    assert month_content("2026-03", DAYS, {31: COMPONENT, 3: over}, {8: MESSAGE}) == [
        ["day", "2026-03-02", DAYS["2026-03-02"]],
        ["day", "2026-03-03", DAYS["2026-03-03"]],
        ["pay_component", 31, 9, "2026-02", None, 12500, None, None, "EUR", ""],
        ["provider_message", 8, "New account"],
    ]


def test_the_hash_does_not_hang_on_the_order_of_reading() -> None:
    backwards = dict(reversed(DAYS.items()))
    assert month_hash("2026-03", DAYS, {}, {}) == month_hash("2026-03", backwards, {}, {})


def test_the_hash_tells_what_the_provider_would_see_and_no_more() -> None:
    now = month_hash("2026-03", DAYS, {31: COMPONENT}, {8: MESSAGE})
    assert month_hash("2026-03", DAYS, {31: COMPONENT | {"batch_id": 5}}, {8: MESSAGE}) == now
    assert month_hash("2026-03", DAYS, {31: COMPONENT}, {8: MESSAGE | {"state": "forwarded"}}) == now
    assert month_hash("2026-03", DAYS | {"2026-03-04": DAYS["2026-03-03"]}, {31: COMPONENT}, {}) != now
    assert month_hash("2026-03", DAYS, {31: COMPONENT | {"cents": 12501}}, {8: MESSAGE}) != now


def test_equal_values_have_equal_text() -> None:
    assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": 0.1}}, float("nan")])
def test_a_float_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_ids_made_from_parts_fit_a_row_id() -> None:
    assert 0 < number_of("day", 7, "2026-03-02", "entries") < 2**63
    assert number_of("day", 7) != number_of("day", 8)


def test_a_chain_hangs_on_all_that_went_before() -> None:
    salt = bytes(16)
    first = next_chain(GENESIS, salt, "a")
    assert next_chain(first, salt, "b") != next_chain(next_chain(GENESIS, salt, "x"), salt, "b")
    assert next_chain(GENESIS, bytes(15) + b"\1", "a") != first
