"""The months to forward, with how far each is: the way into forwarding, its check list and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.month import Month
from hrtui.forwarding.arrival import state_text, undelivered
from hrtui.forwarding.layouts import layouts_of, proposed_layout
from hrtui.forwarding.plan import PersonPlan, open_corrections
from hrtui.forwarding.ports import refuse_unseen
from hrtui.forwarding.wording import STATES
from hrtui.i18n import N_, t, tn
from hrtui.screens.forwarding.people import everyone, go_through
from hrtui.screens.history.wording import moment_short
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.months import month_shown
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.settings import config_folder
from hrtui.store.check_off import count_checked
from hrtui.store.people import person_ids
from hrtui.store.transmissions import (
    Status,
    Transmission,
    forwarded_ids,
    forwarded_months,
    transmissions,
)
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text
from hrtui.wording import sentence, told_of

_NAMES_SHOWN = 4


class ForwardScreen(TableScreen):
    """The month of today, the two before it and the next, and earlier ones that changed since they went."""

    words_whole = True
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("forward")),
        "table.edit": (2, N_("check list")),
        "table.history": (2, N_("what was sent")),
        "table.more": (3, N_("more")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Month"), 14),
        Column(N_("When"), 15, least=80),
        Column(N_("State")),
        Column(N_("Checked"), 13, right=True, least=90),
        Column(N_("Forwarded"), 12, right=True),
        Column(N_("Again"), 7, right=True),
        Column(N_("Last"), 14, least=96),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._months: list[Month] = []
        self._changed: dict[Month, dict[int, PersonPlan]] = {}

    def on_mount(self) -> None:
        """Begin with the month that the grid shows, else that of today."""
        super().on_mount()
        self._to_month_shown()

    def _found(self) -> None:
        """A search that is cleared again leaves the cursor where the list began."""
        super()._found()
        if not self.edit.text:
            self._to_month_shown()
            self.draw()

    def reload(self, *, keep: int | None = None) -> None:
        """A search that found nothing leaves no row to stay on."""
        nowhere = self.current is None
        super().reload(keep=keep)
        if nowhere and keep is None:
            self._to_month_shown()
            self.draw()

    def _to_month_shown(self) -> None:
        shown = month_shown(self.app, self.session.today)
        today = Month.of(self.session.today)
        wanted = shown if shown in self._months else today
        self.cursor = self.ids.index(_id(wanted)) if _id(wanted) in self.ids else 0

    def heading(self) -> str:
        """The list."""
        return t("Forward to the payroll provider")

    def find(self, text: str) -> Sequence[int]:
        """The months, the earliest first."""
        store, employer_id = self.session.store, self.session.employer.id
        today = Month.of(self.session.today)
        near = [today.shift(step) for step in (-2, -1, 0, 1)]
        sent = forwarded_months(store, employer_id)
        recent = {month for month in sent if month >= today.shift(-12)}
        self._changed = {month: open_corrections(store, employer_id, month) for month in recent}
        again = {month for month, people in self._changed.items() if people}
        self._months = sorted({*near, *again})
        fits = finder(text)
        return [_id(month) for month in self._months if fits(month_text(month))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Month, state, how many are checked, forwarded and to be sent again, the last transmission."""
        return {id_: self._row_of(_month(id_)) for id_ in ids}

    def _row_of(self, month: Month) -> Row:
        store, employer_id = self.session.store, self.session.employer.id
        people = len(person_ids(store, employer_id, month))
        sent = len(forwarded_ids(store, employer_id, month))
        last = next(iter(transmissions(store, employer_id, month)), None)
        again = len(self._changed.get(month, {}))
        checked = f"{count_checked(store, employer_id, month)}/{people}"
        return Row(
            (
                month_text(month),
                self._relative(month),
                self._state(last),
                checked,
                f"{sent}/{people}",
                str(again) if again else "",
                moment_short(last.at) if last else "",
            ),
            dim=month > Month.of(self.session.today),
        )

    def _state(self, last: Transmission | None) -> str:
        return state_text(self.session.store, self.session.employer.id, last) if last else t("not forwarded")

    def _relative(self, month: Month) -> str:
        today = Month.of(self.session.today)
        names = {today: N_("this month"), today.shift(-1): N_("last month"), today.shift(1): N_("next month")}
        return t(names[month]) if month in names else ""

    def in_words(self) -> str:
        """Who changed since the month went."""
        if self.current is None:
            return ""
        plans = list(self._changed.get(_month(self.current), {}).values())
        if not plans:
            return self._unwritten(_month(self.current))
        names = [f"{one.snapshot.person.name} ({t(STATES[one.state])})" for one in plans[:_NAMES_SHOWN]]
        if more := len(plans) - len(names):
            names.append(tn("and {n} more", "and {n} more", more))
        return t("To send again: {names}", names=", ".join(names))

    def _unwritten(self, month: Month) -> str:
        """That the files of the month are recorded but not in a folder, else which month it is."""
        store, employer_id = self.session.store, self.session.employer.id
        last = next(iter(transmissions(store, employer_id, month)), None)
        if last is None or last.status is not Status.QUEUED or store.backend(employer_id):
            when = self._relative(month)
            told = f"{told_of(sentence(when), self._state(last))}." if when else ""
            return " ".join(filter(None, (told, undelivered(store, employer_id, last) if last else "")))
        keys = " ".join(map(self.session.keymap.label, ("table.history", "list.choose", "table.more")))
        return t("The files of no. {n} are not written yet: {keys} writes them.", n=last.number, keys=keys)

    @property
    def month(self) -> Month:
        """The month under the cursor."""
        return _month(self.current) if self.current is not None else Month.of(self.session.today)

    def open_row(self, row_id: int) -> None:
        """Forward the month."""
        from hrtui.screens.forwarding.form import ForwardForm

        self.app.push_screen(ForwardForm(self.session, _month(row_id)))

    def action_table_edit(self) -> None:
        """The check list of the month, of everybody."""
        from hrtui.screens.forwarding.check import CheckScreen

        own = config_folder()
        layout = layouts_of(own)(proposed_layout(self.session.store, self.session.employer.id, own))
        people = everyone(self.session, self.month)
        if not people:
            self.say(t("Nobody has a contract in this month."))
            return
        month = self.month

        def check() -> None:
            self.app.push_screen(CheckScreen(self.session, month, people, layout))

        go_through(self, people, t("Checking {month}…", month=month_text(month)), check)

    def action_table_history(self) -> None:
        """All transmissions."""
        from hrtui.screens.forwarding.transmissions import TransmissionsScreen

        self.app.push_screen(TransmissionsScreen(self.session))

    def action_table_more(self) -> None:
        """What changed, the last report, unlocking, late edits."""
        items = [
            Item(t("What changed since"), t("Field by field, against what was sent"), self._changes),
            Item(t("Last report"), t("Of the month's last transmission"), self._report),
            Item(t("Unlock…"), t("Let forwarded months be changed for a while"), self._unlock),
            Item(t("Late edits"), t("Changes that came after the month was forwarded"), self._late),
        ]
        self.app.push_screen(MenuScreen(self.session, month_text(self.month), items))

    def _changes(self) -> None:
        from hrtui.screens.forwarding.changes import ChangesScreen

        refuse_unseen(self.session.store, self.session.employer.id)
        plans = list(self._changed.get(self.month, {}).values())
        if plans:
            self.app.push_screen(ChangesScreen(self.session, self.month, plans))
        else:
            self.say(t("Nobody changed since {month} was forwarded.", month=month_text(self.month)))

    def _report(self) -> None:
        from hrtui.screens.forwarding.transmission import TransmissionScreen

        last = next(iter(transmissions(self.session.store, self.session.employer.id, self.month)), None)
        if last is None:
            self.say(t("{month} was not forwarded yet.", month=month_text(self.month)))
        else:
            self.app.push_screen(TransmissionScreen(self.session, last.id))

    def _unlock(self) -> None:
        from hrtui.screens.forwarding.unlock_month import open_unlock

        people = sorted(forwarded_ids(self.session.store, self.session.employer.id, self.month))
        open_unlock(self, self.session, self.month, people)

    def _late(self) -> None:
        from hrtui.screens.forwarding.late_edits import LateEditsScreen

        self.app.push_screen(LateEditsScreen(self.session))


def _id(month: Month) -> int:
    return month.year * 12 + month.number - 1


def _month(row_id: int) -> Month:
    return Month(row_id // 12, row_id % 12 + 1)
