"""Cases that may be kept no longer: the list, erasing them, and the proofs of what was erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, t, tn
from hrtui.screens.reading import ReadingScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, day_long
from hrtui.screens.sickness.history_columns import TABLES
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.retention import (
    DueCase,
    Proof,
    due_for_deletion,
    erase,
    erased_sentence,
    proofs,
)
from hrtui.widgets.hints import Hint


class RetentionScreen(SickTable):
    """What is due for deletion, the longest overdue first."""

    words: ClassVar[dict[str, Hint]] = {
        "table.delete": (1, N_("erase")),
        "table.mark": (2, N_("mark")),
        "table.mark_all": (3, N_("mark all")),
        "table.history": (2, N_("proofs")),
        "list.choose": (3, N_("open")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name")),
        Column(N_("First sick day"), 16),
        Column(N_("Last sick day"), 17),
        Column(N_("Kept until"), 12),
        Column(N_("Files"), 9, right=True),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, DueCase] = {}

    def heading(self) -> str:
        """How long cases may be kept."""
        years = 5 if self.desk.self_insured else 2
        rule = t("{n} years after the last sick day", n=years)
        return "  ".join((t("Due for deletion"), self.session.employer.name, f"({rule})"))

    def nothing(self) -> str:
        """Nothing is due."""
        return super().nothing() if self.edit.text.strip() else t("No case has to be erased now.")

    def find(self, text: str) -> Sequence[int]:
        """The cases of people with the words in their name."""
        fits = finder(text)
        found = due_for_deletion(self.desk)
        self._listed = {one.case_id: one for one in found if fits(one.name)}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, days, until when it may be kept, how many files."""
        return {id_: _row(self._listed[id_]) for id_ in ids}

    def open_row(self, row_id: int) -> None:
        """Look at the case once more."""
        from hrtui.screens.sickness.case import CaseScreen

        self.app.push_screen(CaseScreen(self.session, row_id))

    def action_table_delete(self) -> None:
        """Erase the marked cases, or this one, for good."""
        chosen = self.chosen
        if not chosen:
            self.say(self.nothing())
            return

        def yes() -> None:
            done = erase(self.desk, chosen)
            self.marks.clear()
            self.reload()
            self.tell(f"{erased_sentence(len(done))} {self._where_proofs()}")

        question = tn(
            "Erase {n} case with its files and history for good? Undo does not bring it back.",
            "Erase {n} cases with their files and history for good? Undo does not bring them back.",
            len(chosen),
        )
        self.ask(question, yes)

    def _where_proofs(self) -> str:
        return t("{key} shows the proof.", key=self.session.keymap.label("table.history"))

    def action_table_history(self) -> None:
        """Everything that was erased so far."""
        texts = [_proof_text(one) for one in proofs(self.desk)]
        nothing = [t("Nothing was erased yet.")]
        self.app.push_screen(ReadingScreen(self.session, t("Proofs of what was erased"), texts or nothing))


def _row(one: DueCase) -> Row:
    days = (day_long(one.first_day), day_long(one.last_day), day_long(one.keep_until))
    return Row((one.name, *days, str(one.files) if one.files else ""))


def _proof_text(one: Proof) -> str:
    """When, by whom, and how many records of each kind went, the case first."""
    counts = dict(part.split("=") for part in reversed(one.detail.split(", ")))
    went = ", ".join(f"{t(TABLES[table])} {n}" for table, n in counts.items() if n != "0")
    return f"{one.at.replace('T', ' ')[:19]} UTC  {one.actor}  {went}"
