"""The first step of forwarding a month: for whom, in which layout, with which dates, into which folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from hrtui import clock
from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.domain.pay_dates import business_days, is_business_day, proposed_date
from hrtui.domain.providers import MEAL_VOUCHER_DATE, needed_dates
from hrtui.forwarding.dates import date_sentence, missing_dates
from hrtui.forwarding.folder import checked_folder, remembered
from hrtui.forwarding.layouts import layouts_of, proposed_layout, usable_layouts
from hrtui.forwarding.plan import open_corrections
from hrtui.forwarding.prepare import Wanted, date_problem
from hrtui.forwarding.wording import STATES
from hrtui.i18n import N_, short_day_text, t, tn
from hrtui.payroll.layouts.types import Layout
from hrtui.screens.choose_people import ChoosePeople
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.forwarding.people import PICK, Group, go_through, groups
from hrtui.screens.months import grid_of
from hrtui.screens.session import Session
from hrtui.settings import config_folder
from hrtui.store import holidays as holiday_table
from hrtui.store.errors import StoreError
from hrtui.store.provider_links import provider_links
from hrtui.widgets.form_field import (
    Choice,
    FormField,
    Reading,
    Values,
    choice_field,
    date_field,
    day_of,
    text_field,
)
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line
from hrtui.widgets.months import month_text
from hrtui.wording import sentence

_DAYS_SHOWN = 4
_NAMES_SHOWN = 3
_DATES = {
    "wage_payment_date": N_("Wages are paid on"),
    "meal_voucher_date": N_("Meal vouchers are ordered on"),
}


class ForwardForm(FlowScreen):
    """Asks what is needed to forward a month; the check list and the preview come after it."""

    only_writes = True
    words: ClassVar[dict[str, Hint]] = {
        "form.save": (1, N_("go on")),
        "form.enter": (2, N_("next field")),
        "app.help": (3, N_("help")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, month: Month) -> None:
        super().__init__(session)
        self.month = month
        self._groups: list[Group] = []
        self._own = config_folder()
        self._layouts = layouts_of(self._own)
        links = provider_links(session.store, session.employer.id)
        providers = {link.provider for link in links if link.active}
        self._asks_vouchers = session.employer.country == "BE" or any(
            MEAL_VOUCHER_DATE in needed_dates(link.provider, link.needed_dates) for link in links
        )
        self._choices = usable_layouts(self._own, frozenset(providers))
        store, employer_id = session.store, session.employer.id
        free = holiday_table.holidays(store, employer_id, month.first, date(session.today.year + 1, 12, 31))
        self._holidays = frozenset(free.get(None, {}))
        self._changed = open_corrections(store, employer_id, month)

    def heading(self) -> str:
        """The month."""
        return f"{t('Forward')}  {month_text(self.month)}  {self.session.employer.name}"

    def strip(self) -> list[Line]:
        """Who changed since the month was forwarded."""
        if not self._changed:
            return []
        plans = list(self._changed.values())
        names = [f"{one.snapshot.person.name} ({t(STATES[one.state])})" for one in plans[:_NAMES_SHOWN]]
        more = len(plans) - len(names)
        if more:
            names.append(tn("and {n} more", "and {n} more", more))
        text = tn("To send again, {n} person: {names}", "To send again, {n} people: {names}", len(plans),
                  names=", ".join(names))  # fmt: skip
        return [((f" {text}", "warning"),)]

    def fields(self) -> Sequence[FormField]:
        """People, layout, dates, folder."""
        self._groups = groups(self.session, grid_of(self.app), self.month, list(self._changed))
        made = [
            choice_field("people", N_("People"), self._people, required=True),
            choice_field("layout", N_("Files as"), self._layout_choices, required=True),
            self._date("wage_payment_date"),
        ]
        if self._asks_vouchers:
            made.append(self._date("meal_voucher_date"))
        if not self.session.store.backend(self.session.employer.id):
            hint = N_("The files go into a new folder in it, with SHA256SUMS")
            made.append(text_field("folder", N_("Folder"), longest=400, required=True, hint=hint))
        return made

    def _date(self, name: str) -> FormField:
        days = business_days(self.session.today, self._holidays, _DAYS_SHOWN)
        shown = ", ".join(short_day_text(day) for day in days)
        hint = t("The next business days: {days}", days=shown)
        plain = date_field(name, _DATES[name], near=self.session.today)

        def read(text: str, values: Values) -> Reading:
            found = plain.read(text, values)
            if found.problem or not found.value:
                return found
            problem = date_problem(date.fromisoformat(str(found.value)), self.session.today)
            return Reading(problem=problem) if problem else found

        return FormField(name, _DATES[name], hint=hint, empty=None, read=read, show=plain.show)

    def warn(self, values: Values) -> dict[str, str]:
        """A date on which no bank or provider works is unusual, and told."""
        found: dict[str, str] = {}
        for name in _DATES:
            day = day_of(values.get(name))
            if day is not None and not is_business_day(day, self._holidays):
                after = business_days(day, self._holidays, 1)[0]
                text = t("{day} is no business day; the next is {next}.",
                         day=short_day_text(day), next=short_day_text(after))  # fmt: skip
                found[name] = sentence(text)
        return found

    def _people(self) -> Sequence[Choice]:
        return (
            *(Choice(group.key, group.label) for group in self._groups),
            Choice(PICK, t("Choose from the list…")),
        )

    def _layout_choices(self) -> Sequence[Choice]:
        return [Choice(one.key, t(one.title), one.key) for one in self._choices]

    def values(self) -> Values:
        """What is likely: marks or everyone, the layout used last, the next date, the folder used last."""
        store, employer_id = self.session.store, self.session.employer.id
        day = proposed_date(self.month, self.session.today, self._holidays).isoformat()
        keys = [one.key for one in self._choices]
        layout = proposed_layout(store, employer_id, self._own)
        folder = remembered(store, employer_id) or str(Path.home() / "hrtui")
        values: dict[str, Value] = {
            "people": self._groups[0].key,
            "layout": layout if layout in keys else keys[0],
            "wage_payment_date": day,
        }
        if self._asks_vouchers:
            values["meal_voucher_date"] = day
        if not store.backend(employer_id):
            values["folder"] = folder
        return values

    def may_leave(self) -> str:
        """A few choices are made again in no time: nothing is lost."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Go on to the check list, by way of the list of people where they are to be chosen."""
        layout = self._layouts(str(values["layout"]))
        folder = self._folder(values)
        if folder is None and not self.session.store.backend(self.session.employer.id):
            return
        if values["people"] == PICK:
            title = t("Forward {month}: for whom", month=month_text(self.month))
            screen = ChoosePeople(
                self.session, title, (), lambda ids: self._go_on(values, layout, ids, folder)
            )
            self.app.push_screen(screen)
            return
        group = next(group for group in self._groups if group.key == values["people"])
        self._go_on(values, layout, group.ids(), folder)

    def _folder(self, values: Values) -> Path | None:
        if "folder" not in values:
            return None
        try:
            return checked_folder(str(values["folder"]))
        except StoreError as problem:
            self.form.go("folder")
            self.message, self.level = problem.text, "warning"
            return None

    def _go_on(self, values: Values, layout: Layout, people: Sequence[int], folder: Path | None) -> None:
        from hrtui.screens.forwarding.check import CheckScreen
        from hrtui.screens.forwarding.preview import PreviewScreen

        if not people:
            self.say(t("There is nobody to forward."))
            return
        given = tuple(name for name in _DATES if values.get(name))
        missing = missing_dates(self.session.store, self.session.employer.id, layout, people, given)
        if missing:
            self.form.go(missing[0].name)
            self.message, self.level = date_sentence(missing[0]), "warning"
            return

        def go_on() -> None:
            wanted = Wanted(
                self.month,
                layout.key,
                people,
                clock.now(),
                day_of(values.get("wage_payment_date")),
                day_of(values.get("meal_voucher_date")),
            )
            self.app.push_screen(PreviewScreen(self.session, wanted, self._layouts, folder))

        def check() -> None:
            screen = CheckScreen(self.session, self.month, people, layout, go_on, given)
            if screen.check.findings:
                self.app.push_screen(screen)
            else:
                go_on()

        go_through(self, people, t("Checking {month}…", month=month_text(self.month)), check)
