"""The list of cases: open or closed, of a person or a team; the way to all that goes with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL
from hrtui.i18n import N_, t
from hrtui.screens.base import KeyScreen
from hrtui.screens.filter_form import FilterForm
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import link_name, linked
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import SickTable, day_long
from hrtui.screens.table import Column, Row
from hrtui.store.sickness.lists import CaseLine, Which, case_ids, case_lines
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, whole_of
from hrtui.widgets.hints import Hint

WHICH = {Which.OPEN: N_("open cases"), Which.CLOSED: N_("closed cases"), Which.ALL: N_("all cases")}


class CasesScreen(SickTable):
    """The cases, the latest first; Enter opens one."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (1, N_("report sick")),
        "table.more": (2, N_("agenda, files, figures…")),
        "table.inactive": (3, N_("closed too")),
        "table.filter": (4, N_("filter")),
        "app.help": (5, N_("help")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Name")),
        Column(N_("Team"), 14, least=96),
        Column(N_("Classification"), 18, least=110),
        Column(N_("Ill since"), 13),
        Column(N_("Until"), 12),
        Column(N_("Ill"), 6, right=True),
        Column(N_("Days"), 6, right=True),
        Column(N_("Week"), 7, right=True),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.which = Which.OPEN
        self.team_id: int | None = None
        self._lines: dict[int, CaseLine] = {}

    def heading(self) -> str:
        """Which cases."""
        names = [t(WHICH[self.which]), link_name(self.session, "team", self.team_id)]
        return "  ".join(filter(None, (t("Sick reports"), self.session.employer.name, *names)))

    def nothing(self) -> str:
        """Nobody is ill."""
        if self.edit.text.strip() or self.which is not Which.OPEN:
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("Nobody is reported ill now; {key} reports somebody.", key=key)

    def find(self, text: str) -> Sequence[int]:
        """The cases of the people that fit."""
        self._lines.clear()
        return case_ids(self.desk, self.which, text=text, team_id=self.team_id)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, days, percentage, counted days and week."""
        found = case_lines(self.desk, ids)
        self._lines |= found
        return {id_: _row(line) for id_, line in found.items()}

    def in_words(self) -> str:
        """The case under the cursor with what a narrow terminal has no columns for."""
        line = self._lines.get(self.current) if self.current is not None else None
        if line is None:
            return ""
        kind = CLASSIFICATIONS.get(line.classification, CLASSIFICATIONS[ILL])
        facts = [f"{line.person.name} {line.person.number}", line.person.team, t(kind.name)]
        if line.overlaps:
            facts.insert(1, t("two reports for the same days: open one to decide"))
        if line.provisional:
            facts.append(t("{percent} % by the employer", percent=line.percent))
        if line.linked:
            facts.append(t("counts on from an earlier case"))
        if line.expected_end and line.last_day is None:
            facts.append(t("expected until {day}", day=day_long(line.expected_end)))
        return ", ".join(filter(None, facts))

    def open_row(self, row_id: int) -> None:
        """The case."""
        from hrtui.screens.sickness.case import CaseScreen

        self.app.push_screen(CaseScreen(self.session, row_id))

    def action_table_new(self) -> None:
        """Find who is ill."""
        from hrtui.screens.sickness.find import FindSick

        self.app.push_screen(FindSick(self.session))

    def action_table_inactive(self) -> None:
        """The closed ones too, or only the open ones."""
        self.which = Which.OPEN if self.which is not Which.OPEN else Which.ALL
        self.reload()

    def action_table_filter(self) -> None:
        """Ask for team and state."""
        start: Values = {"team_id": self.team_id, "which": self.which.value}
        self.app.push_screen(CaseFilter(self.session, start, self._filtered))

    def _filtered(self, values: Values) -> None:
        self.team_id = whole_of(values["team_id"])
        self.which = Which(str(values["which"]))
        self.reload()

    def action_table_more(self) -> None:
        """What goes with cases."""
        self.app.push_screen(MenuScreen(self.session, t("Sick reports"), more_items(self)))


class CaseFilter(FilterForm):
    """Asks for a team and whether cases are open."""

    def heading(self) -> str:
        """The top line."""
        return t("Which cases to list")

    def fields(self) -> Sequence[FormField]:
        """State and team."""

        def states() -> Sequence[Choice]:
            return [Choice(which.value, t(name)) for which, name in WHICH.items()]

        return (
            choice_field("which", N_("Cases"), states, empty=Which.OPEN.value),
            choice_field("team_id", N_("Team"), lambda: linked(self.session, "team")),
        )


def _row(line: CaseLine) -> Row:
    percent = f"{line.percent} %" + ("*" if line.provisional else "")
    until = day_long(line.last_day) if line.last_day else ""
    days = f"{line.days}" + ("+" if line.linked else "")
    kind = CLASSIFICATIONS.get(line.classification, CLASSIFICATIONS[ILL])
    name = f"! {line.person.name}" if line.overlaps else line.person.name
    return Row(
        (
            name, line.person.team, t(kind.name), day_long(line.first_day), until, percent, days,
            str(line.week),
        ),
        dim=line.last_day is not None,
    )  # fmt: skip


def more_items(here: KeyScreen) -> list[Item]:
    """The screens that go with cases."""
    from hrtui.screens.sickness.agenda import AgendaScreen
    from hrtui.screens.sickness.classifications import ClassificationsScreen
    from hrtui.screens.sickness.export import ExportForm
    from hrtui.screens.sickness.figures import FiguresScreen
    from hrtui.screens.sickness.files import FilesScreen
    from hrtui.screens.sickness.retention import RetentionScreen
    from hrtui.screens.sickness.specifications import SpecificationsScreen

    session = here.session

    def opening(make: Callable[[], KeyScreen]) -> Callable[[], object]:
        return lambda: here.app.push_screen(make())

    return [
        Item(t("Agenda"), t("What is due, sorted by day"), opening(lambda: AgendaScreen(session))),
        Item(
            t("Benefit specifications"),
            t("Per month, with the day of payment"),
            opening(lambda: SpecificationsScreen(session)),
        ),
        Item(
            t("Figures"),
            t("Frequency, duration and percentage per team"),
            opening(lambda: FiguresScreen(session)),
        ),
        Item(t("Export…"), t("Whole histories as CSV, XLSX or JSON"), opening(lambda: ExportForm(session))),
        Item(
            t("Employer's files"),
            t("Documents that belong to no case"),
            opening(lambda: FilesScreen(session, None, None)),
        ),
        Item(
            t("Retention"),
            t("Cases that must be erased, with proof"),
            opening(lambda: RetentionScreen(session)),
        ),
        Item(
            t("Classifications"),
            t("Which ones a report offers"),
            opening(lambda: ClassificationsScreen(session)),
        ),
    ]
