"""The leave proposed for a year, person by person with what it follows from; granted in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.i18n import N_, hours, t, tn
from hrtui.screens.allowances import AllowancesScreen, YearTable
from hrtui.screens.leave_amounts import kind_name
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store.allowances import known_type
from hrtui.store.entitlements import Proposal, grant_proposals, propose
from hrtui.store.people import fold
from hrtui.widgets.hints import Hint


class EntitlementsScreen(YearTable):
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
        super().__init__(session, year)
        self.type_id = type_id
        self.people = None if people is None else list(people)
        self._counted: dict[int, int] = {}
        self._proposals: dict[int, Proposal] | None = None
        self._searched: dict[int, str] = {}

    def heading(self) -> str:
        """Which type and year, and how much there is to grant."""
        kind = known_type(self.session.store, self.session.employer.id, self.type_id)
        return t("Proposed: {type} {year}", type=kind_name(kind), year=self.year)

    def _read(self) -> dict[int, Proposal]:
        if self._proposals is None:
            store, employer_id = self.session.store, self.session.employer.id
            found = propose(store, employer_id, self.type_id, self.year, self.people, self._counted)
            self._proposals = {one.person_id: one for one in found}
            self._searched = {one.person_id: fold(f"{one.name} {one.number}") for one in found}
        return self._proposals

    def find(self, text: str) -> Sequence[int]:
        """The people with the words in their name or number."""
        words = fold(text).split()
        found = self._read()
        return [id_ for id_ in found if all(word in self._searched[id_] for word in words)]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, what it follows from, proposed, granted and to grant."""
        return {id_: _row(self._read()[id_]) for id_ in ids}

    def in_words(self) -> str:
        """The whole basis, and what Ctrl+S would grant."""
        texts = [self._summary()]
        if self.current is not None:
            one = self._read()[self.current]
            texts.append(one.problem or one.basis)
        return "  ".join(filter(None, texts))

    def reload(self, *, keep: int | None = None) -> None:
        """Reckon anew."""
        self._proposals = None
        super().reload(keep=keep)

    def year_changed(self) -> None:
        """What was counted otherwise was that of another year."""
        self._counted.clear()
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
            self.reload()
            return ""

        label = t("Months or days in {year}:", year=self.year - 1)
        hint = t("Whole months; for blue-collar workers paid and assimilated days. Empty: as reckoned")
        self.ask_line(label, hint, accept)

    def action_table_save(self) -> None:
        """Ask, and grant what is lacking to the marked people, or to all."""
        wanted = self._wanted()
        if not wanted:
            self.say(t("There is nothing to grant."))
            return

        def yes() -> None:
            grant_proposals(self.session.store, self.session.employer.id, self.type_id, self.year, wanted)
            self.marks.clear()
            self.reload()
            self.tell(tn("Granted to {n} person.", "Granted to {n} people.", len(wanted)))

        total = hours(sum(one.to_grant for one in wanted))
        self.ask(
            tn("Grant {hours} to {n} person?", "Grant {hours} in all to {n} people?", len(wanted),
               hours=total),
            yes,
        )  # fmt: skip

    def _wanted(self) -> list[Proposal]:
        proposals = self._read()
        ids = self.marks or proposals.keys()
        return [proposals[id_] for id_ in ids if id_ in proposals and proposals[id_].to_grant]

    def _summary(self) -> str:
        wanted = self._wanted()
        total = hours(sum(one.to_grant for one in wanted))
        return tn("to grant: {hours} to {n} person", "to grant: {hours} to {n} people", len(wanted),
                  hours=total)  # fmt: skip


def _row(one: Proposal) -> Row:
    lacks = hours(one.to_grant) if one.to_grant else ""
    proposed = "" if one.problem else hours(one.minutes)
    granted = hours(one.granted) if one.granted else ""
    return Row((one.name, one.number, one.problem or one.basis, proposed, granted, lacks),
               dim=not one.to_grant)  # fmt: skip
