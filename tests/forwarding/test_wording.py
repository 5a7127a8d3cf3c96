"""The sentences of the month's check: as short as they can be, with the names that are known."""

from __future__ import annotations

import pytest

from hrtui.domain.leave_type import Category, LeaveType
from hrtui.domain.month_end.finding import Finding, Place, Rule, Target
from hrtui.forwarding.wording import finding_sentence

LEAVE = LeaveType(1, "VAK", "v", {"en": "Vacation"}, Category.ABSENCE)


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("acerta", "Vacation has no code at Acerta (3 people)."),
        ("", "Vacation has no code at the provider (3 people)."),
    ],
)
def test_a_missing_code_names_the_provider_where_the_layout_has_one(provider: str, said: str) -> None:
    finding = Finding(
        Rule.UNMAPPED_TYPE, Target(Place.LEAVE_TYPE, row_id=1), leave_type_id=1, text=provider, count=3
    )
    assert finding_sentence(finding, {1: LEAVE}) == said
