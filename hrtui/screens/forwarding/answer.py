"""Entering the provider's answer by hand: who was rejected and why; everybody else is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.port import AnswerOrder
from hrtui.forwarding.ports import port_of
from hrtui.forwarding.wording import STATUSES
from hrtui.i18n import N_, t, tn
from hrtui.screens.forwarding.unlock_month import show_anew
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.settings import config_folder
from hrtui.store.transmission_records import LONGEST_REASON
from hrtui.store.transmissions import SentPerson, Status, sent_people, transmission
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text
from hrtui.wording import told_of


class AnswerScreen(TableScreen):
    """The people of a transmission; a reason makes one rejected, and the save key records the answer."""

    words: ClassVar[dict[str, Hint]] = {
        "table.save": (1, N_("record the answer")),
        "list.choose": (1, N_("rejected because…")),
        "table.delete": (2, N_("not rejected")),
        "table.mark": (3, N_("mark")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Person"), 28),
        Column(N_("Number"), 10),
        Column(N_("Answer")),
    )

    def __init__(self, session: Session, transmission_id: int) -> None:
        super().__init__(session)
        self.sent = transmission(session.store, session.employer.id, transmission_id)
        self._people: dict[int, SentPerson] = {
            one.person_id: one for one in sent_people(session.store, transmission_id)
        }
        self._recorded = {
            one.person_id: one.reason for one in self._people.values() if one.status is Status.REJECTED
        }
        self.reasons = dict(self._recorded)

    def heading(self) -> str:
        """Of which transmission."""
        number = t("no. {n}", n=self.sent.number)
        return f"{t('Answer of the provider')}  {month_text(self.sent.month)}  {number}"

    def find(self, text: str) -> Sequence[int]:
        """The people whose name or number holds all words."""
        fits = finder(text)
        return [id_ for id_, one in self._people.items() if fits(f"{one.name} {one.number}")]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, accepted or the reason."""
        return {id_: Row((self._people[id_].name, self._people[id_].number, self._told(id_))) for id_ in ids}

    def _told(self, person_id: int) -> str:
        reason = self.reasons.get(person_id)
        if reason is None:
            return t(STATUSES[Status.ACCEPTED])
        return told_of(t(STATUSES[Status.REJECTED]), reason)

    def in_words(self) -> str:
        """How many are rejected."""
        return tn("{n} rejected, all others accepted", "{n} rejected, all others accepted", len(self.reasons))

    def may_leave(self) -> str:
        """'' or that reasons were typed."""
        return t("The answer is not recorded.") if self.reasons != self._recorded else ""

    def action_app_back(self) -> None:
        """Drop search and marks, then close; where reasons would be lost, ask."""
        unsaved = self.may_leave()
        if unsaved and not (self.edit.text or self.marks):
            self.ask(f"{unsaved} {t('Leave without it?')}", self.close)
        else:
            super().action_app_back()

    def open_row(self, row_id: int) -> None:
        """Ask why the marked people, or this one, were rejected."""
        people = self.chosen

        def accept(text: str) -> str:
            reason = " ".join(text.split())
            if not 0 < len(reason) <= LONGEST_REASON:
                return t("Type the provider's reason for each person that was rejected.")
            self.reasons |= dict.fromkeys(people, reason)
            self.marks.clear()
            self.reload()
            return ""

        label = tn("Rejected, {n} person, because:", "Rejected, {n} people, because:", len(people))
        hint = t("As the provider says it; Esc leaves it as it is")
        self.ask_line(label, hint, accept, self.reasons.get(row_id, ""))

    def action_table_delete(self) -> None:
        """The marked people, or this one, were not rejected."""
        for person_id in self.chosen:
            self.reasons.pop(person_id, None)
        self.marks.clear()
        self.reload()

    def action_table_save(self) -> None:
        """Ask, and record it."""
        n = len(self.reasons)
        accepted = len(self._people) - n
        question = t("Record the answer: {accepted} accepted, {rejected} rejected?", accepted=accepted,
                     rejected=n)  # fmt: skip
        self.ask(question, self._record)

    def _record(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        order = AnswerOrder(employer_id, self.sent.id, self.reasons)
        status = port_of(store, employer_id, layouts_of(config_folder()), None).answer(order)
        show_anew(self)
        self.close_telling(t("The answer is recorded: {status}.", status=t(STATUSES[status])))
