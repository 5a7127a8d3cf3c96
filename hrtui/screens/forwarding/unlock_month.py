"""Unlocking a forwarded month: for whom, why, and for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.day import Unlock
from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.port import UnlockOrder
from hrtui.forwarding.ports import may_unlock, port_of
from hrtui.i18n import N_, t, tn
from hrtui.screens.base import KeyScreen
from hrtui.screens.choose_people import ChoosePeople
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.settings import config_folder
from hrtui.store.locks import locked_ids, unlocks
from hrtui.store.people_names import names_of
from hrtui.store.unlocking import DEFAULT_HOURS, LONGEST_REASON, UNLOCK_HOURS
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, text_field
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text
from hrtui.wording import moment_name, told_of, unlock_in_words

_ALL, _PICK = "all", "pick"
_SHOWN = 3


def show_anew(here: KeyScreen) -> None:
    """Let all screens show what they are about as it is now: locks come and go without a step."""
    for screen in here.app.screen_stack:
        if isinstance(screen, KeyScreen) and screen.takes_keys and screen is not here:
            screen.store_changed()


def open_unlock(here: KeyScreen, session: Session, month: Month, people: Sequence[int]) -> None:
    """Open the form for those of the people whose month is locked; say why where it cannot be."""
    if not may_unlock(session.store, session.employer.id):
        here.say(t("Your roles may not unlock a month: ask a manager."))
        return
    locked = locked_ids(session.store, people, month)
    if locked:
        here.app.push_screen(UnlockForm(session, month, [one for one in people if one in locked]))
    elif unlocked := unlocks(session.store, people, month):
        _offer_locking(here, session, month, unlocked)
    else:
        here.say(t("{month} is not locked for these people.", month=month_text(month)))


def _offer_locking(here: KeyScreen, session: Session, month: Month, unlocked: Mapping[int, Unlock]) -> None:
    """Ask whether months that are unlocked are to be locked before their time is over."""

    def lock() -> None:
        port = port_of(session.store, session.employer.id, layouts_of(config_folder()), None)
        port.lock_again(session.employer.id, month, list(unlocked))
        show_anew(here)
        if here.is_current and here.takes_keys:
            here.store_changed()
        here.say(t("Locked again."))

    names = names_of(session.store, unlocked)
    about = [told_of(names.get(id_, ""), unlock_in_words(one)) for id_, one in unlocked.items()]
    help_text = tn("{n} person", "{n} people", len(unlocked))
    title = f"{t('Unlocked')}  {month_text(month)}"
    here.app.push_screen(MenuScreen(session, title, [Item(t("Lock again now"), help_text, lock)], about))


class UnlockForm(FlowScreen):
    """Asks why a month is unlocked, and for how many hours."""

    only_writes = True

    words: ClassVar[dict[str, Hint]] = {
        "form.save": (1, N_("unlock")),
        "form.enter": (2, N_("next field")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, month: Month, people: Sequence[int]) -> None:
        super().__init__(session)
        self.month = month
        self.people = people
        self._names = names_of(session.store, people)

    def heading(self) -> str:
        """Which month."""
        return f"{t('Unlock')}  {month_text(self.month)}"

    def fields(self) -> Sequence[FormField]:
        """People, reason, hours."""
        hint = N_("It is kept with the month, for whoever asks later")
        return (
            text_field("reason", N_("Reason"), longest=LONGEST_REASON, required=True, hint=hint),
            choice_field("hours", N_("For how long"), _hours, required=True),
            choice_field("people", N_("People"), self._people, required=True),
        )

    def _people(self) -> Sequence[Choice]:
        n = len(self.people)
        names = ", ".join(self._names.get(one, "") for one in self.people[:_SHOWN])
        label = names if n <= _SHOWN else tn("All {n} of them", "All {n} of them", n)
        if n == 1:
            return (Choice(_ALL, label),)
        return (Choice(_ALL, label), Choice(_PICK, t("Choose from the list…")))

    def values(self) -> Values:
        """Everybody meant, for the usual time."""
        return {"people": _ALL, "reason": "", "hours": DEFAULT_HOURS}

    def submit(self, values: dict[str, Value]) -> None:
        """Unlock, for those chosen from the list first where that was asked for."""
        if values["people"] == _PICK:
            title = t("Unlock {month}: for whom", month=month_text(self.month))
            screen = ChoosePeople(self.session, title, (), lambda ids: self._unlock(values, ids))
            self.app.push_screen(screen)
        else:
            self._unlock(values, self.people)

    def _unlock(self, values: Values, people: Sequence[int]) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        order = UnlockOrder(employer_id, self.month, people, str(values["reason"]), int(str(values["hours"])))
        until = port_of(store, employer_id, layouts_of(config_folder()), None).unlock(order)
        show_anew(self)
        text = t("Unlocked until {moment}; then it locks by itself.", moment=moment_name(until))
        self.close_telling(text)


def _hours() -> Sequence[Choice]:
    return [Choice(n, tn("{n} hour", "{n} hours", n), str(n)) for n in UNLOCK_HOURS]
