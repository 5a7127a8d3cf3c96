"""What can be done with a case: the menu of its screen, and the forms and screens behind it."""

from __future__ import annotations

from datetime import date

from hrtui.i18n import t
from hrtui.screens.asking import AskingScreen
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.sickness.base import desk_of
from hrtui.screens.sickness.saving import ask_folder
from hrtui.store.errors import StoreError
from hrtui.store.sickness import course
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.records import CaseRecord, case_record
from hrtui.store.sickness.report import take_back


class CaseActions(AskingScreen):
    """What the screen of a case offers; the screen sets `case_id`."""

    case_id: int
    record: CaseRecord

    @property
    def desk(self) -> Desk:
        """The cases, by the rights of this moment."""
        return desk_of(self.session)

    def read(self) -> None:
        """Read the case anew; raises StoreError where it is gone or hidden."""
        self.record = case_record(self.desk, self.case_id)

    def push(self, screen: KeyScreen) -> None:
        """Open a screen above."""
        self.app.push_screen(screen)

    def action_table_more(self) -> None:
        """Everything that can be done with the case."""
        items = [*self._course_items(), *self._other_items(), *self._rare_items()]
        self.push(MenuScreen(self.session, self.record.name, items))

    def _course_items(self) -> list[Item]:
        closed = self.record.case.spell.last_day is not None
        percentage = Item(
            t("Other percentage…"), t("Partial recovery or relapse, from a day on"), self.other_percentage
        )
        correct = Item(t("Correct…"), t("What was reported, put right with its history"), self.correct)
        if closed:
            return [
                Item(t("Open again"), t("It was closed too early"), self.reopen),
                Item(t("Ill again…"), t("A new report; it may count on"), self.report_again),
                percentage,
                correct,
            ]
        return [
            percentage,
            Item(t("Recovered…"), t("Works again from a day on; the calendar is free"), self.recover),
            correct,
        ]

    def _other_items(self) -> list[Item]:
        told = Item(
            t("Tell the occupational service…"), t("The text to say or to send, kept with its time"),
            self.tell_service,
        )  # fmt: skip
        items = [told, Item(t("Files"), t("Add, read or save again"), self.open_files)]
        if not self.desk.dutch:
            items.append(Item(t("Certificate…"), t("Received, or announced"), self.add_certificate))
        return items

    def _rare_items(self) -> list[Item]:
        items = [
            Item(t("Notes of the service"), t("What its case manager wrote"), self.open_notes),
            Item(t("Absence overview as PDF…"), t("This case on paper"), self.save_overview),
            Item(t("Take the report back…"), t("As if it was never made"), self.action_table_delete),
            Item(t("Fill the calendar again"), t("After a month was unlocked"), self.fill_again),
        ]
        if self.desk.dutch:
            items.append(Item(t("No-risk policy…"), t("With the ground for keeping it"), self.no_risk))
        items.append(Item(t("All absence of the person…"), t("CSV, XLSX or JSON, always whole"), self.export))
        return items

    # -- the course

    def action_table_new(self) -> None:
        """Another percentage from a day on."""
        self.other_percentage()

    def action_table_edit(self) -> None:
        """Correct what was reported."""
        self.correct()

    def other_percentage(self, day: date | None = None) -> None:
        """Partial recovery or relapse; with a day, the step of that day."""
        from hrtui.screens.sickness.course import PercentageForm

        self.push(PercentageForm(self.session, self.case_id, day))

    def recover(self) -> None:
        """Report full recovery."""
        from hrtui.screens.sickness.course import RecoveryForm

        self.push(RecoveryForm(self.session, self.case_id))

    def reopen(self) -> None:
        """Open a case again that was closed too early."""
        outcome = course.reopen(self.desk, self.case_id)
        self.store_changed()
        self.on_top.tell(" ".join([t("The case is open again."), *outcome.sentences()[:2]]))

    def report_again(self) -> None:
        """Report the person ill once more."""
        from hrtui.screens.sickness.report import open_report

        open_report(self, self.record.person_id, to_case=True)

    def correct(self, field: str = "") -> None:
        """Put right what was reported, beginning with a field."""
        from hrtui.screens.sickness.course import CorrectForm

        self.push(CorrectForm(self.session, self.case_id, field))

    def decide_overlap(self) -> None:
        """Decide between this report and another one for the same days."""
        from hrtui.screens.sickness.overlap import decide

        decide(self, self.case_id)

    def fill_again(self) -> None:
        """Enter the case into the calendar anew."""
        outcome = course.fill_again(self.desk, self.case_id)
        self.store_changed()
        told = outcome.sentences() or [t("The calendar holds all of it already.")]
        self.on_top.tell(" ".join(told))

    def action_table_delete(self) -> None:
        """Take the report back, after asking."""
        text = t("Take back the report of {name} with all that belongs to it?", name=self.record.name)
        self.ask(text, self._take_back)

    def _take_back(self) -> None:
        outcome = take_back(self.desk, self.case_id)
        key = self.session.keymap.label("table.undo")
        told = [t("The report is taken back."), *outcome.sentences()[:2], t("{key} brings it back.", key=key)]
        self.close()
        self.on_top.tell(" ".join(told))

    # -- beside the course

    def tell_service(self) -> None:
        """What there is to tell the occupational service."""
        from hrtui.screens.sickness.message import telling_menu

        self.push(telling_menu(self))

    def add_certificate(self) -> None:
        """Keep a certificate."""
        from hrtui.screens.sickness.course import CertificateForm

        self.push(CertificateForm(self.session, self.case_id))

    def no_risk(self) -> None:
        """Keep the no-risk mark, or take it away."""
        from hrtui.screens.sickness.course import NoRiskForm

        self.push(NoRiskForm(self.session, self.case_id))

    def open_files(self, document_id: int | None = None) -> None:
        """The files of the case."""
        from hrtui.screens.sickness.files import FilesScreen

        self.push(FilesScreen(self.session, self.record.person_id, self.case_id, document_id))

    def open_notes(self) -> None:
        """The notes of the occupational service."""
        from hrtui.screens.sickness.notes import NotesScreen

        self.push(NotesScreen(self.session, self.case_id))

    def export(self) -> None:
        """The whole absence history of the person."""
        from hrtui.screens.sickness.export import ExportForm

        self.push(ExportForm(self.session, self.record.person_id))

    def save_overview(self) -> None:
        """Write the absence overview of the case as PDF."""
        from hrtui.payroll.sickness.files import export_overview

        ask_folder(self, lambda folder: export_overview(self.desk, self.case_id, folder))

    def store_changed(self) -> None:
        """Read the case anew, or close where it is gone."""
        try:
            self.read()
        except StoreError as problem:
            self.close_saying(problem.text)
            return
        super().store_changed()
