"""The labels of the forms about cases are read whole in narrow terminals, in each language."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.sickness.reporting import Report
from hrtui.i18n import LANGUAGES
from tests.screens.conftest import screen_text
from tests.screens.sickness.employers import Ward, belgian, dutch, office, opened, today

__all__ = ["belgian", "dutch", "office", "today"]

TO_PERCENTAGE = ("ctrl+t", "s", "enter", "ctrl+n")
TO_REPORT = ("ctrl+t", "r", *"bae", "enter")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", ["dutch", "belgian"])
async def test_no_label_is_cut(country: str, language: str, request: pytest.FixtureRequest) -> None:
    of: Ward = request.getfixturevalue(country)
    of.ill("Aerts", Report(date(2026, 9, 1)))
    for keys in (TO_PERCENTAGE, TO_REPORT):
        async with opened(of, language=language) as pilot:
            await pilot.press(*keys)
            shown = screen_text(pilot.app).splitlines()
            await pilot.press("pagedown", "pagedown")
            shown += screen_text(pilot.app).splitlines()
        assert [line for line in shown if "…" in line[:34]] == []
