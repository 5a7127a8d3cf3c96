"""Approving or refusing requested leave that waits: what it is about, and the reason of a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from hrtui import wording
from hrtui.domain.approval import waits_for_illness
from hrtui.domain.identity.problem import Value
from hrtui.editor import approving
from hrtui.editor.editor import MonthEditor
from hrtui.editor.outcome import Outcome
from hrtui.editor.targets import Targets
from hrtui.i18n import N_, t
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.store.people_names import names_of
from hrtui.store.roles import may_approve
from hrtui.widgets.form_field import FormField, Values, text_field
from hrtui.widgets.hints import Hint

Done = Callable[[Outcome], None]
"""Shows on the screen below what became of the days."""

_LISTED = 200
"""Days that the menu lists; of more, the count says how many there are."""


def open_approval(here: KeyScreen, session: Session, editor: MonthEditor, found: Targets, done: Done) -> None:
    """Ask whether the days are approved or refused; say why where nothing waits or the clerk may not."""
    if found.problem:
        here.say(found.problem)
    elif not may_approve(session.store, session.employer.id):
        here.say(t("Your roles may not approve leave: ask a manager."))
    else:
        here.app.push_screen(_menu(here, session, editor, found, done))


def _menu(here: KeyScreen, session: Session, editor: MonthEditor, found: Targets, done: Done) -> MenuScreen:
    days = wording.days_in_words((target.person_id, target.day.date) for target in found.days)
    ill = any(waits_for_illness(target.day, editor.kinds) for target in found.days)

    def approve() -> None:
        done(approving.approve_days(editor, found))

    def refuse() -> None:
        if ill:
            done(approving.refuse_days(editor, found, ""))
        else:
            here.app.push_screen(RefuseForm(session, editor, found, done))

    without = N_("Takes it from the calendar; of illness no reason is kept")
    items = [
        Item(t("Approve"), t("It counts from now on"), approve),
        Item(t("Refuse…"), t(without if ill else N_("Takes it from the calendar, with a reason")), refuse),
    ]
    return MenuScreen(session, f"{t('Waits for approval')}  {days}", items, _listed(session, editor, found))


def _listed(session: Session, editor: MonthEditor, found: Targets) -> Sequence[str]:
    shown = found.days[:_LISTED]
    names = names_of(session.store, {target.person_id for target in shown})
    return [
        f"{names.get(target.person_id, '')}, {wording.day_name(target.day.date)}: "
        f"{wording.entries_in_words(target.day.entries, editor.kinds)}"
        for target in shown
    ]


class RefuseForm(FlowScreen):
    """Asks why requested leave is refused; the reason stands in the history of the days."""

    words: ClassVar[dict[str, Hint]] = {
        "form.save": (1, N_("refuse")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, editor: MonthEditor, found: Targets, done: Done) -> None:
        super().__init__(session)
        self._editor, self._found, self._done = editor, found, done

    def heading(self) -> str:
        """Which days."""
        days = wording.days_in_words((target.person_id, target.day.date) for target in self._found.days)
        return f"{t('Refuse')}  {days}"

    def fields(self) -> Sequence[FormField]:
        """The reason."""
        hint = N_("It stands in the history of the days, for whoever asks later")
        longest = approving.LONGEST_REASON
        return (text_field("reason", N_("Reason"), longest=longest, required=True, hint=hint),)

    def values(self) -> Values:
        """Nothing yet."""
        return {"reason": ""}

    def submit(self, values: dict[str, Value]) -> None:
        """Refuse, and let the screen below show it."""
        outcome = approving.refuse_days(self._editor, self._found, str(values["reason"]))
        self.close()
        self._done(outcome)
