"""The settings of the employer that is open: its numbers, its providers, who may see what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hrtui.domain.employer_fields import EMPLOYER_FIELDS
from hrtui.domain.identity.numbers import nsso_cautions
from hrtui.domain.identity.problem import Value
from hrtui.domain.roles import Area
from hrtui.i18n import N_, month_names, t, tn
from hrtui.record_wording import caution_text, country_names
from hrtui.screens.base import KeyScreen
from hrtui.screens.form_base import RecordScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.store.employer_records import employer_settings, save_settings
from hrtui.store.leave_years import grants_of_other_years
from hrtui.store.record_history import Row
from hrtui.widgets.form_field import Choice, FormField, Kind, Values, fixed_field

_HINTS = {
    "enterprise_number": N_("10 figures, as in 0403.019.261"),
    "nsso_number": N_("Of the National Social Security Office"),
    "joint_committees": N_("As in 200, 322.01; several with a comma"),
    "policy_number": N_("Of the absence insurance"),
    "zw_self_insured": N_("Then BSN and IBAN are asked for in sick reports"),
    "certificate_always": N_("From day one: open to employers of fewer than 50"),
    "clause_ends_contract": N_("Illness ends the contract, where that is still agreed"),
    "occupational_email": N_("Reports and recoveries can be sent there"),
    "occupational_language": N_("Of the messages; else the employer's"),
}


class EmployerScreen(RecordScreen):
    """The record of the employer, each field saved when it is left; the country only shows."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stored = self._read()

    def _read(self) -> dict[str, Value]:
        """What is stored; the titles of other screens follow a new name."""
        session = self.session
        stored = employer_settings(session.store, session.employer.id)
        name, spoken = str(stored["name"]), str(stored["language"])
        session.employer = replace(session.employer, name=name, language=spoken)
        return stored

    def on_mount(self) -> None:
        """Close again where the clerk's roles may not see the settings."""
        super().on_mount()
        if hidden := self.session.rights.why_hidden(Area.SETTINGS):
            self.call_later(self.close_saying, hidden)

    def heading(self) -> str:
        """Whose settings."""
        more = t("{key}: providers, who may see what, other employers", key=self._label("form.more"))
        return f"{t('Employer')}  {self._stored['name']}  ({more})"

    def _label(self, action_id: str) -> str:
        return self.session.keymap.label(action_id)

    def fields(self) -> Sequence[FormField]:
        """The fields of the employer's country."""
        country = self.session.employer.country
        made = [
            form_field(self.session, field, section="", hint=_HINTS.get(field.name, ""))
            for field in EMPLOYER_FIELDS
            if field.applies(country)
        ]
        made = [_by_name(field) if field.name == "leave_year_start" else field for field in made]
        shown = fixed_field("country", N_("Country"), show=lambda value: country_names()[str(value)])
        return (made[0], shown, *made[1:])

    def values(self) -> Values:
        """As stored."""
        self._stored = self._read()
        return self._stored

    def warn(self, values: Values) -> dict[str, str]:
        """Check digits of the NSSO number that look wrong; what another leave year leaves as it was."""
        cautions = nsso_cautions(str(values.get("nsso_number") or ""))
        found = {"nsso_number": " ".join(map(caution_text, cautions))} if cautions else {}
        session = self.session
        if other := grants_of_other_years(session.store, session.employer.id):
            found["leave_year_start"] = tn(
                "{n} grant keeps the first day that it had; limits and new grants go by this leave year.",
                "{n} grants keep the first day that they had; limits and new grants go by this leave year.",
                other,
            )
        elif session.employer.country == "BE" and values.get("leave_year_start") != 1:
            found["leave_year_start"] = t(
                "By Belgian law the leave year of legal holidays is the calendar year."
            )
        return found

    def save_field(self, name: str, value: Value) -> str:
        """Store one field."""
        store, employer_id = self.session.store, self.session.employer.id
        save_settings(store, employer_id, self._stored, {**self._stored, name: value})
        self._stored = self._read()
        return ""

    def action_form_more(self) -> None:
        """Providers, roles, other employers."""
        from hrtui.screens.employer.employers import EmployersScreen, NewEmployer
        from hrtui.screens.employer.providers import ProvidersScreen
        from hrtui.screens.employer.roles import RolesScreen

        def push(make: Callable[[Session], KeyScreen]) -> Callable[[], None]:
            def run() -> None:
                self.app.push_screen(make(self.session))

            return run

        self.form.settle()
        items = [
            Item(t("Payroll providers"), t("And the client numbers there"), push(ProvidersScreen)),
            Item(t("Who may see what"), t("By role"), push(RolesScreen)),
            Item(t("Other employer"), t("Go to another one"), push(EmployersScreen)),
            Item(t("New employer"), t("In this profile"), push(NewEmployer)),
            Item(t("History"), t("Who changed what, and when"), self.action_form_history),
        ]
        self.app.push_screen(MenuScreen(self.session, str(self._stored["name"]), items))

    def history_rows(self) -> Sequence[Row]:
        """The employer's own row."""
        return [("employer", self.session.employer.id)]

    def history_name(self) -> str:
        """The employer's name."""
        return str(self._stored["name"])


def _by_name(field: FormField) -> FormField:
    """The first month of the leave year is chosen by its name."""

    def choices() -> Sequence[Choice]:
        return [Choice(number, name, str(number)) for number, name in enumerate(month_names(), 1)]

    return replace(field, kind=Kind.CHOICE, choices=choices, hint="")
