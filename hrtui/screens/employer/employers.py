"""The employers of the profile: a digit, or a name and Enter, goes to one; another can be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.employer_fields import EMPLOYER_FIELDS
from hrtui.domain.identity.problem import Value
from hrtui.i18n import LANGUAGES, N_, language, t
from hrtui.record_wording import choice_labels, country_names
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.employer_records import find_employers, new_employer
from hrtui.store.employers import Employer, employers
from hrtui.store.holidays import Country
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field
from hrtui.widgets.hints import Hint

_COUNTRIES: tuple[Country, ...] = ("BE", "NL")
_WITH_DIGIT = 9


class EmployersScreen(TableScreen):
    """The list; the first nine have a digit, which opens them at once."""

    adds_here = False

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("go there")),
        "table.new": (2, N_("new employer")),
        "app.help": (3, N_("help")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column("", 3),
        Column(N_("Employer")),
        Column(N_("Country"), 14),
        Column(N_("Language"), 12),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._all: dict[int, Employer] = {}

    def heading(self) -> str:
        """Which one is open."""
        return "  ".join((t("Employers"), t("open: {name}", name=self.session.employer.name)))

    def find(self, text: str) -> Sequence[int]:
        """The employers in whose name all words occur."""
        self._all = {one.id: one for one in employers(self.session.store)}
        return [one.id for one in find_employers(self.session.store, text)]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Digit, name, country, language."""
        places = list(self._all)[:_WITH_DIGIT]
        return {
            id_: self._row_of(self._all[id_], places.index(id_) + 1 if id_ in places else 0) for id_ in ids
        }

    def _row_of(self, one: Employer, place: int) -> Row:
        here = "=" if one.id == self.session.employer.id else " "
        digit = f"{here}{place}" if place else here
        languages = dict(choice_labels(EMPLOYER_FIELDS[1], one.country))
        return Row((digit, one.name, country_names()[one.country], languages.get(one.language, "")))

    def typed(self, key: str, character: str | None) -> None:
        """A digit opens its employer, unless a name is being typed."""
        digits = list(self._all)[:_WITH_DIGIT]
        if not self.edit.text and character and character in "123456789"[: len(digits)]:
            self.open_row(digits[int(character) - 1])
        else:
            super().typed(key, character)

    def open_row(self, row_id: int) -> None:
        """Go to this employer's month; nothing of the one before stays."""
        if row_id == self.session.employer.id:
            self.close()
        else:
            self.session.open_employer(row_id)

    def action_table_new(self) -> None:
        """Make another employer."""
        self.app.push_screen(NewEmployer(self.session))

    def action_table_undo(self) -> None:
        """Going from one employer to another is no step."""
        self.say(t("There is nothing to undo here."))

    def action_table_redo(self) -> None:
        """As for undo."""
        self.action_table_undo()


class NewEmployer(FlowScreen):
    """Name, country and language; the leave types and holidays of the country come with it."""

    writes = False

    def heading(self) -> str:
        """The top line."""
        return t("New employer")

    def fields(self) -> Sequence[FormField]:
        """What cannot be left for later."""
        name, spoken = EMPLOYER_FIELDS[0], EMPLOYER_FIELDS[1]
        names = country_names()
        return (
            form_field(self.session, name, section=""),
            choice_field(
                "country",
                N_("Country"),
                lambda: [Choice(code, names[code], code) for code in _COUNTRIES],
                required=True,
                hint=N_("It stays: holidays, leave types and checks follow from it"),
            ),
            form_field(self.session, spoken, section=""),
        )

    def values(self) -> Values:
        """The country of the employer that is open, and the clerk's language."""
        own = language() if language() in LANGUAGES else LANGUAGES[0]
        return {"country": self.session.employer.country, "language": own}

    def submit(self, values: dict[str, Value]) -> None:
        """Make it, and go there."""
        country: Country = "NL" if values["country"] == "NL" else "BE"
        name, spoken = str(values["name"]), str(values["language"])
        year = self.session.today.year
        self.session.open_employer(new_employer(self.session.store, name, country, spoken, year))
