"""The screen of one case: all that is known of it, and what can be done with it by Enter or from a menu."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from hrtui.domain.sickness.agenda import Task
from hrtui.domain.sickness.case import Progress
from hrtui.domain.sickness.poortwachter import Due, State
from hrtui.i18n import N_, day_with_year, t, tn
from hrtui.screens.history.record import RecordHistoryScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.screens.sickness import case_lines as said
from hrtui.screens.sickness.actions import CaseActions
from hrtui.screens.sickness.base import read_date
from hrtui.screens.sickness.lines import Entry, LinesScreen, title
from hrtui.store.record_history import Row as StoredRow
from hrtui.store.sickness import course, marks
from hrtui.store.sickness.contacts import WAITING, Contact, contacts_of, mark_sent
from hrtui.store.sickness.documents import FOLDER_NAMES, Document, documents
from hrtui.store.sickness.due import AgendaLine
from hrtui.store.sickness.marks import StoredCertificate, certificates_of, mark_told
from hrtui.store.sickness.records import CASE, PROGRESS
from hrtui.store.sickness.report import child_ids
from hrtui.store.sickness.wording import step_name
from hrtui.widgets.hints import Hint
from hrtui.wording import told_of

_FILES_SHOWN = 5


class CaseScreen(CaseActions, LinesScreen):
    """A case; Enter acts on the line, F2 lists everything that can be done."""

    words: ClassVar[dict[str, Hint]] = {
        "table.more": (1, N_("what to do…")),
        "list.choose": (2, N_("change the line")),
        "table.new": (3, N_("other percentage")),
        "table.edit": (4, N_("correct")),
        "table.history": (5, N_("history")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, case_id: int, message: str = "") -> None:
        super().__init__(session)
        self.case_id = case_id
        self.message = message
        self._all_steps = False

    def heading(self) -> str:
        """Who it is and how it stands."""
        return said.heading(self.record, self.session.today)

    def entries(self) -> Sequence[Entry]:
        """Everything that is known of the case."""
        self.read()
        desk, record, today = self.desk, self.record, self.session.today
        lines = [*self._tasks(), title(t("Sick report")), *said.facts(desk, record, today), *self._course()]
        if counted := said.count_lines(desk, record, today):
            lines += [title(t("Count of sick days")), *self._wrapped(counted)]
        lines += self._steps()
        if not desk.dutch:
            lines += said.wage_entries(desk, record, today)
            lines += self._certificates()
        return [*lines, *self._contacts(), *self._files()]

    # -- the parts

    def _wrapped(self, texts: Sequence[str]) -> Iterator[Entry]:
        for text in texts:
            yield from map(Entry, textwrap.wrap(text, self.size.width - 1, subsequent_indent=" " * 5))

    def _tasks(self) -> Iterator[Entry]:
        found = said.tasks_of(self.desk, self.record, self.session.today)
        if found:
            yield title(t("To do"))
        for line in found:
            slot = "warning" if line.item.state is State.LATE else "plain"
            yield Entry(said.task_text(line.item, line.label), self._doing(line), slot)

    def _course(self) -> Iterator[Entry]:
        yield title(t("Course"))
        for step in self.record.case.course:
            yield Entry(said.step_text(step), self._changing(step))
        if (last := self.record.case.spell.last_day) is not None:
            yield Entry(f"   {t('Last sick day: {day}', day=day_with_year(last))}")

    def _steps(self) -> Iterator[Entry]:
        today = self.session.today
        shown, more = said.steps_of(self.desk, self.record, today, everything=self._all_steps)
        if shown or more:
            yield title(t("Timeline"))
        for due in shown:
            slot = "warning" if due.state(today) is State.LATE else "plain"
            yield Entry(said.due_text(due, today), self._marking(due), slot)
        if more:
            yield Entry(f"   {tn('{n} later step…', '{n} later steps…', more)}", self._show_all)

    def _certificates(self) -> Iterator[Entry]:
        yield title(t("Certificates"))
        for one in certificates_of(self.desk, self.case_id):
            yield Entry(said.certificate_text(one), self._receiving(one))
        yield Entry(said.free_days_text(self.desk, self.record))

    def _contacts(self) -> Iterator[Entry]:
        yield title(t("Told to the occupational service"))
        found = contacts_of(self.desk, self.case_id)
        for one in found:
            yield Entry(said.contact_text(one), self._sending(one) if one.state == WAITING else None)
        if not found:
            yield Entry(f"   {t('Nothing yet')}", self.tell_service)

    def _files(self) -> Iterator[Entry]:
        found = documents(self.desk, self.case_id)
        yield title(t("Files"))
        for one in found[:_FILES_SHOWN]:
            yield Entry(f"   {told_of(t(FOLDER_NAMES[one.folder]), one.name)}", self._opening(one))
        more = len(found) - _FILES_SHOWN
        if more > 0:
            yield Entry(f"   {tn('and {n} more', 'and {n} more', more)}", self.open_files)
        if not found:
            yield Entry(f"   {t('None yet')}", self.open_files)

    # -- what Enter does on a line

    def _doing(self, line: AgendaLine) -> Callable[[], None]:
        what = line.item.what
        if what == Task.OVERLAP:
            return self.decide_overlap
        if what == Task.EXPECTED_END:
            return lambda: self.correct("expected_end")
        if what == Task.CERTIFICATE:
            return self.add_certificate
        if what == Task.RECOVERY_MESSAGE:
            return self.tell_service
        return lambda: self._ask_done(line.label, what, line.item.number)

    def _marking(self, due: Due) -> Callable[[], None]:
        label = step_name(due.step, due.number)
        return lambda: self._ask_done(label, due.step, due.number, due.done_on)

    def _ask_done(self, label: str, step: str, number: int, now: date | None = None) -> None:
        """Ask on which day a step was done; `-` says that it is not needed, nothing that it is to be done."""

        def accept(text: str) -> str:
            plain = text.strip()
            if not plain:
                marks.unmark(self.desk, self.case_id, step, number)
            elif plain == "-":
                marks.mark(self.desk, self.case_id, step, number, done_on=None)
            else:
                day = read_date(plain)
                if isinstance(day, str):
                    return day
                if day > self.session.today:
                    return t("A step cannot be done in the future.")
                marks.mark(self.desk, self.case_id, step, number, done_on=day)
            self.store_changed()
            return ""

        hint = t("{step}: the day; - where it is not needed; empty: still to do", step=label)
        self.ask_line(t("Done on:"), hint, accept, f"{now or self.session.today:%d/%m/%Y}")

    def _changing(self, step: Progress) -> Callable[[], None]:
        def change() -> None:
            if step.from_date == self.record.case.spell.first_day:
                self.other_percentage(step.from_date)
                return
            items = [
                Item(
                    t("Change it"),
                    said.step_text(step).strip(),
                    lambda: self.other_percentage(step.from_date),
                ),
                Item(
                    t("Remove it"), t("The percentage before holds on"), lambda: self._remove(step.from_date)
                ),
            ]
            self.app.push_screen(MenuScreen(self.session, self.record.name, items))

        return change

    def _remove(self, day: date) -> None:
        outcome = course.remove_percentage(self.desk, self.case_id, day)
        self.store_changed()
        self.tell(" ".join(outcome.sentences()) or t("Saved."))

    def _show_all(self) -> None:
        self._all_steps = True
        self.store_changed()

    def _receiving(self, one: StoredCertificate) -> Callable[[], None]:
        def accept(text: str) -> str:
            if text.strip() == "-":
                marks.remove_certificate(self.desk, one.id)
            else:
                day = read_date(text) if text.strip() else None
                if isinstance(day, str):
                    return day
                if day and day > self.session.today:
                    return t("A certificate cannot have come in in the future.")
                marks.receive_certificate(self.desk, one.id, day)
            self.store_changed()
            return ""

        def ask() -> None:
            hint = t("The day; empty: not yet; - removes the certificate")
            received = one.certificate.received_on or self.session.today
            self.ask_line(t("Received on:"), hint, accept, f"{received:%d/%m/%Y}")

        return ask

    def _sending(self, one: Contact) -> Callable[[], None]:
        def sent() -> None:
            mark_sent(self.desk, one.id)
            mark_told(self.desk, self.case_id, one.kind)
            self.store_changed()

        return lambda: self.ask(t("Did the e-mail to {address} go out?", address=one.recipient), sent)

    def _opening(self, one: Document) -> Callable[[], None]:
        return lambda: self.open_files(one.id)

    # -- keys

    def action_table_history(self) -> None:
        """Who changed what of the case, and when."""
        self.app.push_screen(CaseHistoryScreen(self.session, self.record.name, self._rows))

    def _rows(self) -> Sequence[StoredRow]:
        return [
            (CASE, self.case_id),
            *((PROGRESS, id_) for id_ in child_ids(self.desk, PROGRESS, self.case_id)),
        ]


class CaseHistoryScreen(RecordHistoryScreen):
    """Who changed what of a case; only read, since the calendar follows the case and not its history."""

    words: ClassVar[dict[str, Hint]] = {"app.back": (1, N_("back"))}

    def open_row(self, row_id: int) -> None:
        """Nothing is taken back here."""
        self.say(t("Correct the case itself: then the calendar follows."))
