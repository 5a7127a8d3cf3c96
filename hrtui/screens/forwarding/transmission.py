"""The report of one transmission: who, what, files with hashes, deliveries and answers; printed and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from hrtui.forwarding.arrival import given_up, state_text
from hrtui.forwarding.folder import checked_folder, remembered
from hrtui.forwarding.layouts import layouts_of
from hrtui.forwarding.local import write_again
from hrtui.forwarding.port import Forwarded
from hrtui.forwarding.ports import port_of, refuse_unseen
from hrtui.forwarding.report import report_lines, save_report
from hrtui.forwarding.wording import KINDS
from hrtui.i18n import N_, t
from hrtui.screens.forwarding.unlock_month import open_unlock, show_anew
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.scrolling import ScrollScreen
from hrtui.screens.session import Session
from hrtui.settings import config_folder
from hrtui.store.errors import StoreError
from hrtui.store.transmissions import Status, Transmission, sent_people, transmission
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line
from hrtui.widgets.months import month_text


class TransmissionScreen(ScrollScreen):
    """The report of a transmission, and what can be done with it."""

    words: ClassVar[dict[str, Hint]] = {
        "table.more": (1, N_("files, report, answer…")),
        "table.edit": (1, N_("answer")),
        "table.save": (1, N_("deliver again")),
        "list.page_down": (2, N_("more")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, transmission_id: int) -> None:
        super().__init__(session)
        self.transmission_id = transmission_id
        self._body: list[Line] = []
        self.sent: Transmission
        self._read()

    def _read(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        self.sent = transmission(store, employer_id, self.transmission_id)
        self._body = [
            ((f" {text}", slot),) for text, slot in report_lines(store, employer_id, self.transmission_id)
        ]

    def heading(self) -> str:
        """Which month and transmission, and how far it is."""
        one = self.sent
        store, employer_id = self.session.store, self.session.employer.id
        kind, status = t(KINDS[one.kind]), state_text(store, employer_id, one)
        return f"{t('Report')}  {month_text(one.month)}  {t('no. {n}', n=one.number)}  {kind}  {status}"

    def hints(self) -> dict[str, Hint]:
        """There is nothing to deliver again of what arrived."""
        if self._may_go_again:
            # In narrow terminals the long word for the menu would leave no room for delivering again.
            return {**self.words, "table.more": (1, N_("menu"))}
        return {id_: hint for id_, hint in self.words.items() if id_ != "table.save"}

    @property
    def _may_go_again(self) -> bool:
        """Whether it did not arrive, or not everywhere, and nobody tries any more."""
        waits = Status.FAILED, *(() if self._at_backend else (Status.QUEUED,))
        store, employer_id = self.session.store, self.session.employer.id
        return self.sent.status in waits or bool(given_up(store, employer_id, self.sent))

    @property
    def _at_backend(self) -> bool:
        return bool(self.session.store.backend(self.session.employer.id))

    def body(self) -> list[Line]:
        """The report."""
        return self._body

    def in_words(self) -> str:
        """Who sent it."""
        return t("Forwarded by {actor}", actor=self.sent.actor)

    def store_changed(self) -> None:
        """Read it anew."""
        self._read()
        self.draw()

    def action_table_edit(self) -> None:
        """Enter the provider's answer."""
        from hrtui.screens.forwarding.answer import AnswerScreen

        if not sent_people(self.session.store, self.transmission_id):
            self.say(t("Nobody was in this transmission."))
            return
        self.app.push_screen(AnswerScreen(self.session, self.transmission_id))

    def action_table_more(self) -> None:
        """What can be done with it."""
        items = [
            Item(t("The files again…"), t("Exactly what was sent, into a folder"), self._files_again),
            Item(t("Report as PDF…"), t("To print, or to keep with the month"), self._save("pdf")),
            Item(t("Report as CSV…"), t("People, totals, files and answers as a table"), self._save("csv")),
            Item(t("Report as JSON…"), t("Everything in it, for a program"), self._save("json")),
            Item(
                t("The provider's answer…"),
                t("Accepted, or rejected with the reason"),
                self.action_table_edit,
            ),
            Item(t("Unlock…"), t("Let the month of these people be changed for a while"), self._unlock),
            Item(
                t("Deliver again…"),
                t("What was given up goes once more, marked as a repetition"),
                self.action_table_save,
            ),
        ]
        self.app.push_screen(MenuScreen(self.session, self.heading(), items))

    def _ask_folder(self, do: Callable[[Path], Path]) -> None:
        """Ask for a folder and do it there; what is wrong with the folder keeps the line open."""

        def accept(text: str) -> str:
            try:
                place = do(checked_folder(text))
            except StoreError as problem:
                return problem.text
            self._read()
            show_anew(self)
            self.tell(t("Written to {file}.", file=place))
            return ""

        folder = remembered(self.session.store, self.session.employer.id) or str(Path.home() / "hrtui")
        self.ask_line(t("Folder:"), t("The whole path; a new folder in it gets the files"), accept, folder)

    def _files_again(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        refuse_unseen(store, employer_id)
        self._ask_folder(lambda folder: write_again(store, employer_id, self.transmission_id, folder))

    def action_table_save(self) -> None:
        """Deliver what was given up once more, as what it is."""
        if not self._may_go_again:
            self.say(t("It was not given up: there is nothing to deliver again."))
        elif self._at_backend:
            month = month_text(self.sent.month)
            question = t("Deliver no. {n} of {month} once more?", n=self.sent.number, month=month)
            self.ask(question, self._deliver_again)
        else:
            self._ask_folder(lambda folder: Path(self._again(folder).place))

    def _deliver_again(self) -> None:
        done = self._again(None)
        self._read()
        show_anew(self)
        self.tell(t("It goes again: {place}", place=done.where))

    def _again(self, folder: Path | None) -> Forwarded:
        store, employer_id = self.session.store, self.session.employer.id
        port = port_of(store, employer_id, layouts_of(config_folder()), folder)
        return port.deliver_again(employer_id, self.transmission_id)

    def _save(self, kind: str) -> Callable[[], None]:
        store, employer_id = self.session.store, self.session.employer.id
        return lambda: self._ask_folder(
            lambda folder: save_report(store, employer_id, self.transmission_id, kind, folder)
        )

    def _unlock(self) -> None:
        people = [one.person_id for one in sent_people(self.session.store, self.transmission_id)]
        open_unlock(self, self.session, self.sent.month, people)
