"""What one person was granted and took: all leave types of a year, and the account of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.allowance import BucketBalance
from hrtui.domain.allowance_marks import LIMIT, PROPOSED
from hrtui.domain.leave_year import year_label
from hrtui.domain.ledger import LedgerLine, Posting
from hrtui.domain.rollover import EXTENDED
from hrtui.i18n import N_, language, leave_amount, short_day_text, t
from hrtui.screens.leave.amounts import grant_text, kind_name
from hrtui.screens.leave.leave_type_fields import limit_words
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.screens.years import LeaveYearTable
from hrtui.store.allowance_accounts import Holdings, holdings
from hrtui.store.allowances import known_type, ledger
from hrtui.store.balances import Balance, balances
from hrtui.store.person_records import person_name
from hrtui.store.record_history import rows_with
from hrtui.widgets.form_field import day_shown
from hrtui.widgets.hints import Hint

_POSTINGS = {
    Posting.OPENING: N_("From before"),
    Posting.GRANT: N_("Granted"),
    Posting.ADJUSTMENT: N_("Adjusted"),
    Posting.USE: N_("Taken"),
    Posting.LAPSE: N_("Lapsed"),
}


class AllowancesScreen(LeaveYearTable):
    """The leave of one person in a year, a line for each type; Enter shows the account of one."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("account")),
        "table.edit": (2, N_("adjust")),
        "table.new": (2, N_("grant")),
        "table.next": (3, N_("next year")),
        "table.more": (4, N_("own limit…")),
        "table.history": (5, N_("history")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Leave type")),
        Column(N_("Granted"), 9, right=True),
        Column(N_("Used"), 9, right=True),
        Column(N_("Lapsed"), 9, right=True, least=66),
        Column(N_("Balance"), 9, right=True),
        Column(N_("Limit"), 12, right=True, least=92),
    )

    def __init__(self, session: Session, person_id: int, year: int) -> None:
        super().__init__(session, year)
        self.person_id = person_id
        self._balances: dict[int, Balance] = {}
        self._held = Holdings()

    def heading(self) -> str:
        """Whose leave, of which year."""
        return t("Allowances {year}  {person}", year=self.year_name, person=self._person())

    def nothing(self) -> str:
        """Nothing was granted or taken."""
        if self.edit.text:
            return super().nothing()
        return t("No leave was granted or taken in {year}.", year=self.year_name)

    def find(self, text: str) -> Sequence[int]:
        """The types that are limited or were used, with the text in their name."""
        store, session = self.session.store, self.session
        found = balances(store, session.employer.id, self.person_id, self.year, session.today)
        self._held = holdings(store, [self.person_id])
        fits = finder(text)
        self._balances = {one.kind.id: one for one in found if fits(kind_name(one.kind))}
        return list(self._balances)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Granted, used, lapsed, left."""
        return {id_: self._texts(self._balances[id_]) for id_ in ids}

    def _texts(self, balance: Balance) -> Row:
        kind = balance.kind
        limit = limit_words(*self._held.limit(self.person_id, kind))
        return Row((kind_name(kind), *_amounts(balance), limit))

    def in_words(self) -> str:
        """What is left of each grant, and until when."""
        if self.current is None:
            return ""
        balance = self._balances[self.current]
        buckets = balance.report.buckets if balance.report else ()
        texts = [_bucket_words(one, balance.in_days, self.first_month) for one in buckets]
        return ", ".join(texts)

    def open_row(self, row_id: int) -> None:
        """The account of the type."""
        self.app.push_screen(LedgerScreen(self.session, self.person_id, row_id, self.year))

    def action_table_new(self) -> None:
        """Grant leave."""
        from hrtui.screens.leave.allowance_forms import GrantForm

        self.app.push_screen(GrantForm(self.session, [self.person_id], self.year, self.current))

    def action_table_edit(self) -> None:
        """Adjust what was granted."""
        from hrtui.screens.leave.allowance_forms import AdjustForm

        self.app.push_screen(AdjustForm(self.session, [self.person_id], self.year, self.current))

    def action_table_more(self) -> None:
        """Own limit, proposal."""
        from hrtui.screens.leave.menu import people_leave_items
        from hrtui.screens.menu import MenuScreen

        items = people_leave_items(self, [self.person_id])[1:]
        self.app.push_screen(MenuScreen(self.session, self._person(), items))

    def action_table_history(self) -> None:
        """Who granted and adjusted what."""
        from hrtui.screens.history.record import RecordHistoryScreen

        store, whose = self.session.store, {"person_id": self.person_id}
        name = t("the leave of {person}", person=self._person())
        self.app.push_screen(
            RecordHistoryScreen(
                self.session,
                name,
                lambda: [
                    *rows_with(store, "allowance", whose), *rows_with(store, "leave_exception", whose)
                ],
            )
        )  # fmt: skip

    def _person(self) -> str:
        return person_name(self.session.store, self.session.employer.id, self.person_id)


class LedgerScreen(LeaveYearTable):
    """The account of one person's leave of one type: granted, adjusted, taken and lost, with the balance."""

    words: ClassVar[dict[str, Hint]] = {
        "table.edit": (1, N_("adjust")),
        "table.new": (1, N_("grant")),
        "table.next": (2, N_("next year")),
        "table.history": (3, N_("history")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Date"), 10),
        Column(N_("What"), 12),
        Column(N_("Amount"), 10, right=True),
        Column(N_("Balance"), 10, right=True),
        Column(N_("Reason")),
    )

    def __init__(self, session: Session, person_id: int, type_id: int, year: int) -> None:
        super().__init__(session, year)
        self.person_id, self.type_id = person_id, type_id
        self._postings: list[LedgerLine] = []
        self._in_days, self._start = False, 1

    def heading(self) -> str:
        """Whose account, of what."""
        kind = known_type(self.session.store, self.session.employer.id, self.type_id)
        name = person_name(self.session.store, self.session.employer.id, self.person_id)
        return f"{kind.name(language())} {self.year_name}  {name}"

    def nothing(self) -> str:
        """Where nothing was granted, the limit that holds all the same."""
        if self.edit.text:
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("Nothing was granted for {year}: {key} grants it.", year=self.year_name, key=key)

    def find(self, text: str) -> Sequence[int]:
        """The lines in date order."""
        session = self.session
        store, employer_id = session.store, session.employer.id
        found = ledger(store, employer_id, self.person_id, self.type_id, self.year, session.today)
        self._postings, self._in_days, self._start = found.lines, found.in_days, self.first_month
        fits = finder(text)
        return [i for i in range(len(found.lines)) if fits(" ".join(self._texts(i)))]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Date, what, amount, balance, reason."""
        return {i: Row(self._texts(i)) for i in ids}

    def _texts(self, place: int) -> tuple[str, ...]:
        return _ledger_texts(self._postings[place], self._in_days, self._start)

    def in_words(self) -> str:
        """The day of the line."""
        return short_day_text(self._postings[self.current].date) if self.current is not None else ""

    def open_row(self, row_id: int) -> None:
        """Nothing more is known of a line than it says."""
        self.move(1)

    def action_table_new(self) -> None:
        """Grant more."""
        from hrtui.screens.leave.allowance_forms import GrantForm

        self.app.push_screen(GrantForm(self.session, [self.person_id], self.year, self.type_id))

    def action_table_edit(self) -> None:
        """Adjust what was granted."""
        from hrtui.screens.leave.allowance_forms import AdjustForm

        self.app.push_screen(AdjustForm(self.session, [self.person_id], self.year, self.type_id))

    def action_table_history(self) -> None:
        """Who granted and adjusted what."""
        from hrtui.screens.history.record import RecordHistoryScreen

        whose = {"person_id": self.person_id, "leave_type_id": self.type_id}
        store = self.session.store
        self.app.push_screen(
            RecordHistoryScreen(
                self.session,
                self.heading(),
                lambda: [
                    *rows_with(store, "allowance", whose), *rows_with(store, "leave_exception", whose)
                ],
            )
        )  # fmt: skip


def bucket_name(label: str, year: int, start: int) -> str:
    """The name of a grant: its label, or else only its leave year, which begins in month `start`."""
    name = {EXTENDED: t("kept"), LIMIT: "", PROPOSED: ""}.get(label, label)
    return name if str(year) in name else f"{name} {year_label(year, start)}".strip()


def _bucket_words(one: BucketBalance, in_days: bool, start: int) -> str:
    name = bucket_name(one.bucket.kind, one.bucket.year, start)
    if one.lapsed:
        return t("{name}: {hours} lapsed", name=name, hours=leave_amount(one.lapsed, in_days))
    left = leave_amount(one.left, in_days)
    if one.bucket.expires is None:
        return t("{name}: {hours} left", name=name, hours=left)
    day = day_shown(one.bucket.expires.isoformat())
    return t("{name}: {hours} left, before {day}", name=name, hours=left, day=day)


def _amounts(balance: Balance) -> tuple[str, str, str, str]:
    """Granted, used, lapsed and left as texts."""
    report, in_days = balance.report, balance.in_days
    if report is None:
        return "", leave_amount(balance.used, in_days), "", ""
    lapsed = leave_amount(report.lapsed, in_days) if report.lapsed else ""
    granted, used, left = (leave_amount(one, in_days) for one in (report.granted, report.used, report.left))
    return granted, used, lapsed, left


def _ledger_texts(line: LedgerLine, in_days: bool, start: int) -> tuple[str, str, str, str, str]:
    text = grant_text(line.text, start)
    amount, balance = leave_amount(line.amount, in_days), leave_amount(line.balance, in_days)
    return day_shown(line.date.isoformat()), t(_POSTINGS[line.posting]), amount, balance, text
