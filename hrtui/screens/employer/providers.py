"""The payroll providers of the employer, with the client number at each: the list and its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.domain.employer_fields import PROVIDER_FIELDS
from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t, tn
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import form_fields
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.provider_links import ProviderLink, delete_provider, provider_links, save_provider
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.form_field import FormField, Values
from hrtui.widgets.hints import Hint


class ProvidersScreen(TableScreen):
    """The list of providers."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("change")),
        "table.new": (1, N_("new")),
        "table.delete": (2, N_("remove")),
        "table.inactive": (3, N_("unused too")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Payroll provider"), 20),
        Column(N_("Client number"), 20),
        Column(N_("Contact")),
        Column(N_("Closes on"), 10, right=True),
        Column(N_("People"), 9, right=True),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._links: dict[int, ProviderLink] = {}

    def heading(self) -> str:
        """Whose providers."""
        return "  ".join((t("Payroll providers"), self.session.employer.name))

    def find(self, text: str) -> Sequence[int]:
        """The providers in whose name or number the text occurs."""
        fits = finder(text)
        self._links = {
            link.id: link
            for link in provider_links(self.session.store, self.session.employer.id)
            if (link.active or self.with_inactive) and fits(f"{link.name} {link.client_number}")
        }
        return list(self._links)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, number, contact, closing day, people."""
        return {id_: _row(self._links[id_]) for id_ in ids}

    def in_words(self) -> str:
        """How many people are sent there."""
        if self.current is None:
            return ""
        link = self._links[self.current]
        people = tn("{n} person", "{n} people", link.people)
        return ", ".join(filter(None, (link.name, people, "" if link.active else t("not in use"))))

    def open_row(self, row_id: int) -> None:
        """Change it."""
        self.app.push_screen(ProviderForm(self.session, self._links[row_id]))

    def action_table_new(self) -> None:
        """Add one."""
        self.app.push_screen(ProviderForm(self.session))

    def action_table_delete(self) -> None:
        """Remove one that nobody is sent to."""
        if self.current is not None:
            delete_provider(self.session.store, self.session.employer.id, self.current)
            self.reload()
            self.tell(t("Removed; {key} brings it back.", key=self.session.keymap.label("table.undo")))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The provider's own row."""
        return [("provider_link", row_id)]


class ProviderForm(FlowScreen):
    """A provider, new or (`before`) to be changed."""

    def __init__(self, session: Session, before: ProviderLink | None = None) -> None:
        super().__init__(session)
        self.before = before

    def heading(self) -> str:
        """Which one."""
        return self.before.name if self.before else t("New payroll provider")

    def fields(self) -> Sequence[FormField]:
        """All fields of a provider."""
        return form_fields(self.session, PROVIDER_FIELDS, section="")

    def values(self) -> Values:
        """As stored; a new one is in use."""
        return self.before.values if self.before else {"active": 1}

    def submit(self, values: dict[str, Value]) -> None:
        """Save it."""
        save_provider(self.session.store, self.session.employer.id, values, self.before)
        self.close()


def _row(link: ProviderLink) -> Row:
    day = str(link.cutoff_day) if link.cutoff_day else ""
    texts = (link.name, link.client_number, link.contact, day, str(link.people))
    return Row(texts, dim=not link.active)
