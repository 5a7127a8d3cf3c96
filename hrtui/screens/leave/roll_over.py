"""Closing a leave year: what each person carries on, keeps longer and loses, seen first and then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.rollover import Rest
from hrtui.i18n import N_, leave_amount, t, tn
from hrtui.screens.leave.allowances import LedgerScreen, bucket_name
from hrtui.screens.leave.amounts import in_all, kind_name, parsed
from hrtui.screens.leave.reckoned import ReckonedTable
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store.allowance_accounts import PersonType
from hrtui.store.roll_over import RollOverLine, RollOverPlan, plan_roll_over, save_roll_over
from hrtui.widgets.form_field import day_shown
from hrtui.widgets.hints import Hint
from hrtui.wording import told_of


class RollOverScreen(ReckonedTable):
    """The end of a leave year by person and type; Enter keeps leave longer, Ctrl+S closes the year."""

    words: ClassVar[dict[str, Hint]] = {
        "table.save": (1, N_("close the year")),
        "list.choose": (2, N_("keep longer")),
        "table.edit": (4, N_("account")),
        "table.previous": (3, N_("year before")),
        "table.undo": (5, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name")),
        Column(N_("Type"), 5),
        Column(N_("Balance"), 9, right=True),
        Column(N_("Carried"), 9, right=True),
        Column(N_("Kept"), 9, right=True),
        Column(N_("Lapses"), 9, right=True),
        Column(N_("Too much"), 9, right=True),
    )

    def __init__(self, session: Session, year: int) -> None:
        super().__init__(session, year, None)
        self._keep: dict[PersonType, int] = {}

    def heading(self) -> str:
        """Which year, and whether something is left to save."""
        state = self.progress() or (t("not saved yet") if self.plan.changes else t("nothing to save"))
        return f"{t('End of the leave year {year}', year=self.year_name)}  ({state})"

    @property
    def plan(self) -> RollOverPlan:
        """What closing the year does."""
        return RollOverPlan(self.year, tuple(self.found))

    def reckoned(self, people: Sequence[int]) -> Sequence[RollOverLine]:
        """What is left of the year for these people, and where it goes."""
        store, employer_id = self.session.store, self.session.employer.id
        return plan_roll_over(store, employer_id, self.year, person_ids=people, keep=self._keep).lines

    def search_text(self, line: RollOverLine) -> str:
        """Name, number and type."""
        return f"{line.name} {line.number} {kind_name(line.kind)}"

    def person_of(self, line: RollOverLine) -> int:
        """Whose leave it is."""
        return line.person_id

    def find(self, text: str) -> Sequence[int]:
        """The lines with the words in the name, number or type."""
        return self.places(text)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, type, left, carried, kept, lapsing, taken too much."""
        return {place: _row(self.found[place]) for place in ids}

    def nothing(self) -> str:
        """Nothing is left of the year."""
        if self.edit.text:
            return super().nothing()
        return t("Nothing is left of {year}, and nobody took too much.", year=self.year_name)

    def in_words(self) -> str:
        """What becomes of each grant of the line."""
        if self.current is None:
            return ""
        line: RollOverLine = self.found[self.current]
        return line.problem or ", ".join(
            _rest_words(rest, line.in_days, self.first_month) for rest in line.rests
        )

    def year_changed(self) -> None:
        """What was to be kept was of another year."""
        self._keep.clear()
        self.cursor = 0
        self.forget()
        self.reload()

    def may_leave(self) -> str:
        """What was to be kept longer would be forgotten."""
        return t("What is to be kept longer is not saved.") if self._keep else ""

    def action_app_back(self) -> None:
        """Close; where amounts to keep would be forgotten, ask first."""
        if self._keep and not self.edit.text and not self.marks:
            self.ask(f"{self.may_leave()} {t('Leave without it?')}", self.close)
        else:
            super().action_app_back()

    def open_row(self, row_id: int) -> None:
        """Ask how much this person keeps longer, as the law has it for leave that could not be taken."""
        line: RollOverLine = self.found[row_id]
        key = (line.person_id, line.kind.id)

        most = leave_amount(line.keepable + line.kept_before, line.in_days)

        def accept(text: str) -> str:
            plain = text.strip()
            amount = parsed(plain, in_days=line.in_days) if plain else (0, line.in_days)
            if amount is None or amount[0] < 0 or amount[1] is not line.in_days:
                if line.in_days:
                    return t("This is not a number of days; write it as 2 or 2.5.")
                return t("This is not an amount of time; write it as 7:36 or 7.6.")
            if amount[0] > line.keepable + line.kept_before:
                return t("No more than {most} can be kept longer.", most=most)
            self._keep.pop(key, None)
            if plain:
                self._keep[key] = amount[0]
            self.reckon_again([line.person_id])
            return ""

        if not line.keepable and not line.kept_before:
            self.say(t("Nothing of this can be kept longer."))
            return
        hint = t("What could not be taken, by illness or the like: at most {most}", most=most)
        now = self._keep.get(key)
        self.ask_line(t("{name} keeps longer:", name=line.name), hint, accept,
                      "" if now is None else leave_amount(now, line.in_days))  # fmt: skip

    def action_table_edit(self) -> None:
        """The account that the line follows from."""
        if self.current is not None:
            line = self.found[self.current]
            self.app.push_screen(LedgerScreen(self.session, line.person_id, line.kind.id, self.year))

    def action_table_save(self) -> None:
        """Ask, and save all of it as one step."""
        if self.reckoning:
            self.say(t("Not everybody is reckoned yet: wait until this is done."))
            return
        plan = self.plan
        if not plan.changes:
            self.say(t("There is nothing to save: leave lapses by itself on its day."))
            return
        people = len({line.person_id for line in plan.lines})
        carried, kept, lapsing = (
            in_all((getattr(line, name), line.in_days) for line in plan.lines)
            for name in ("carried", "kept", "lapsing")
        )
        self.ask_to_write(
            tn("Close {year} for {n} person? {carried} carried, {kept} kept, {lapsing} lapses.",
               "Close {year} for {n} people? {carried} carried, {kept} kept, {lapsing} lapses.",
               people, year=self.year_name, carried=carried, kept=kept, lapsing=lapsing),
            self._save,
        )  # fmt: skip

    def _save(self) -> None:
        save_roll_over(self.session.store, self.session.employer.id, self.plan)
        self._keep.clear()
        self.reload()
        self.tell(t("The leave year {year} is closed.", year=self.year_name))


def _row(line: RollOverLine) -> Row:
    def shown(amount: int) -> str:
        return leave_amount(amount, line.in_days) if amount else ""

    amounts = (line.left, line.carried, line.kept + line.kept_before, line.lapsing, line.overdrawn)
    return Row((line.name, line.kind.key, *map(shown, amounts)), dim=not line.changes)


def _rest_words(rest: Rest, in_days: bool, start: int) -> str:
    name, day = bucket_name(rest.bucket.kind, rest.bucket.year, start), day_shown(rest.expires.isoformat())
    carried, kept, lapsing = (
        leave_amount(one, in_days) if one else "" for one in (rest.carried, rest.kept, rest.lapsing)
    )
    parts = [
        t("{hours} can be taken before {day}", hours=carried, day=day) if carried else "",
        t("{hours} kept longer", hours=kept) if kept else "",
        t("{hours} lapses", hours=lapsing) if lapsing else "",
    ]
    return told_of(name, ", ".join(filter(None, parts)))
