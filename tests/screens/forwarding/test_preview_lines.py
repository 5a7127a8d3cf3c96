"""The preview's lines: states and figures whole in narrow terminals, and what is no longer paid."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from hrtui import i18n
from hrtui.domain.snapshot import differences
from hrtui.forwarding.plan import PersonPlan, State
from hrtui.forwarding.totals import totals
from hrtui.screens.forwarding.preview_lines import people_lines, totals_lines
from hrtui.widgets.lines import Line
from tests.payroll.june import FOUR_DAYS, JUNE, snapshot, whole


def texts(lines: Iterable[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("state", [State.CHANGED, State.REJECTED, State.NOT_ARRIVED])
def test_whatever_is_told_of_a_person_fits_the_smallest_window(language: str, state: State) -> None:
    i18n.set_language(language)
    now, before = snapshot(), snapshot(FOUR_DAYS[1:])
    reason = "the number is not known here; ask the person for the card and send the month again"
    plan = PersonPlan(now, state, before, differences(before, now), reason)
    first, *others = texts(people_lines([plan], 60))
    assert first.startswith(" Testman")
    assert {"10:39", "19:45"} <= {*first.split()}
    assert not first.endswith("…")
    assert reason in " ".join(" ".join(others).split())
    assert any(line.endswith("→ 7:36") for line in others)
    assert max(map(len, [first, *others])) <= 60


def test_a_component_that_is_no_longer_paid_is_told() -> None:
    lines = texts(totals_lines(totals([snapshot()], "en"), totals([whole()], "en"), JUNE.shift(1), 80))
    (bonus,) = [line for line in lines if "3110 Commission" in line]
    assert bonus.split()[2:] == ["0", "0.00", "1,234.56", "-1,234.56"]
