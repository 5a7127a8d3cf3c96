"""The leave proposed for a year, person by person with what it follows from; granted in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, leave_amount, t, tn
from hrtui.screens.leave.allowances import AllowancesScreen
from hrtui.screens.leave.amounts import in_all, kind_name
from hrtui.screens.leave.reckoned import ReckonedTable
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store.allowances import known_type
from hrtui.store.entitlements import Proposal, grant_proposals, propose
from hrtui.widgets.hints import Hint


class EntitlementsScreen(ReckonedTable):
    """The proposals for some people (None: everybody) of a type and year; Ctrl+S grants what is lacking."""

    words: ClassVar[dict[str, Hint]] = {
        "table.save": (1, N_("grant")),
        "table.mark": (2, N_("mark")),
        "table.edit": (3, N_("other months or days")),
        "table.next": (4, N_("next year")),
        "list.choose": (5, N_("allowances")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name")),
        Column(N_("Number"), 8, least=92),
        Column(N_("By"), 30),
        Column(N_("Proposed"), 8, right=True),
        Column(N_("Granted"), 8, right=True),
        Column(N_("To grant"), 8, right=True),
    )

    def __init__(
        self, session: Session, type_id: int, year: int, people: Sequence[int] | None = None
    ) -> None:
        super().__init__(session, year, people)
        self.type_id = type_id
        self._counted: dict[int, int] = {}

    def heading(self) -> str:
        """Which type and year, and how much there is to grant."""
        kind = known_type(self.session.store, self.session.employer.id, self.type_id)
        title = t("Proposed: {type} {year}", type=kind_name(kind), year=self.year_name)
        return f"{title}  ({self.progress()})" if self.reckoning else title

    def reckoned(self, people: Sequence[int]) -> Sequence[Proposal]:
        """What these people should be granted."""
        store, employer_id = self.session.store, self.session.employer.id
        return propose(
            store, employer_id, self.type_id, self.year, people, self._counted,
            only_in_service=self.people is None,
        )  # fmt: skip

    def search_text(self, line: Proposal) -> str:
        """Name and number."""
        return f"{line.name} {line.number}"

    def person_of(self, line: Proposal) -> int:
        """Who is proposed for."""
        return line.person_id

    def find(self, text: str) -> Sequence[int]:
        """The people with the words in their name or number."""
        return [self.found[place].person_id for place in self.places(text)]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, what it follows from, proposed, granted and to grant."""
        wanted = set(ids)
        return {one.person_id: _row(one) for one in self.found if one.person_id in wanted}

    def in_words(self) -> str:
        """The whole basis, and what Ctrl+S would grant."""
        texts = [self._summary()]
        if self.current is not None:
            one = next(one for one in self.found if one.person_id == self.current)
            texts.append(one.problem or one.basis)
        return "  ".join(filter(None, texts))

    def year_changed(self) -> None:
        """What was counted otherwise was that of another year."""
        self._counted.clear()
        self.forget()
        self.reload()

    def open_row(self, row_id: int) -> None:
        """What the person has already."""
        self.app.push_screen(AllowancesScreen(self.session, row_id, self.year))

    def action_table_edit(self) -> None:
        """Ask how many months or days count of the year before, as assimilated time is not known here."""
        people = self.chosen
        if not people:
            return

        def accept(text: str) -> str:
            if text.strip() and not (text.strip().isascii() and text.strip().isdigit() and len(text) < 5):
                return t("This is not a whole number; write it as 12.")
            for person_id in people:
                self._counted.pop(person_id, None)
                if text.strip():
                    self._counted[person_id] = int(text)
            self.reckon_again(people)
            return ""

        label = t("Months or days in {year}:", year=self.year - 1)
        hint = t("Whole months; for blue-collar workers paid and assimilated days. Empty: as reckoned")
        self.ask_line(label, hint, accept)

    def action_table_save(self) -> None:
        """Ask, and grant what is lacking to the marked people, or to all."""
        wanted = self._wanted()
        if self.reckoning:
            self.say(t("Not everybody is reckoned yet: wait until this is done."))
            return
        if not wanted:
            self.say(t("There is nothing to grant."))
            return

        def yes() -> None:
            grant_proposals(self.session.store, self.session.employer.id, self.type_id, self.year, wanted)
            self.marks.clear()
            self.reload()
            self.tell(tn("Granted to {n} person.", "Granted to {n} people.", len(wanted)))

        total = in_all((one.to_grant, one.in_days) for one in wanted)
        self.ask_to_write(
            tn("Grant {hours} to {n} person?", "Grant {hours} in all to {n} people?", len(wanted),
               hours=total),
            yes,
        )  # fmt: skip

    def _wanted(self) -> list[Proposal]:
        marked = self.marks
        return [one for one in self.found if one.to_grant and (not marked or one.person_id in marked)]

    def _summary(self) -> str:
        wanted = self._wanted()
        if not wanted:
            return t("There is nothing to grant.")
        total = in_all((one.to_grant, one.in_days) for one in wanted)
        return tn("to grant: {hours} to {n} person", "to grant: {hours} to {n} people", len(wanted),
                  hours=total)  # fmt: skip


def _row(one: Proposal) -> Row:
    lacks = leave_amount(one.to_grant, one.in_days) if one.to_grant else ""
    proposed = "" if one.problem else leave_amount(one.amount, one.in_days)
    granted = leave_amount(one.granted, one.in_days) if one.granted else ""
    return Row((one.name, one.number, one.problem or one.basis, proposed, granted, lacks),
               dim=not one.to_grant)  # fmt: skip
