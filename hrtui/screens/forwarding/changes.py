"""Who changed since a month was forwarded, and what, field by field against what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hrtui.domain.month import Month
from hrtui.forwarding.plan import PersonPlan
from hrtui.forwarding.wording import people_count
from hrtui.i18n import N_, t
from hrtui.screens.forwarding.preview_lines import people_lines
from hrtui.screens.scrolling import ScrollScreen
from hrtui.screens.session import Session
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line
from hrtui.widgets.months import month_text


class ChangesScreen(ScrollScreen):
    """The open corrections of a month."""

    words: ClassVar[dict[str, Hint]] = {"list.page_down": (2, N_("more")), "app.back": (1, N_("back"))}

    def __init__(self, session: Session, month: Month, plans: Sequence[PersonPlan]) -> None:
        super().__init__(session)
        self.month = month
        self._plans = plans

    def heading(self) -> str:
        """Of which month."""
        return f"{t('What changed since')}  {month_text(self.month)}  {people_count(len(self._plans))}"

    def body(self) -> list[Line]:
        """The people with their differences."""
        return [*people_lines(self._plans, self.size.width)]
