"""Who may see what: the roles of the employer and the areas kept to them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.account_wording import ROLES
from hrtui.domain.employer_fields import AREAS
from hrtui.domain.identity.problem import Value
from hrtui.domain.roles import Area
from hrtui.i18n import N_, t
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.employer_records import Role, roles_of, set_role
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, fixed_field, yes_no_field
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line


class RolesScreen(TableScreen):
    """The roles; what no role is named for, everyone may see."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("change")),
        "table.new": (1, N_("new role")),
        "table.delete": (2, N_("remove")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (Column(N_("Role"), 22), Column(N_("May see")))

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._roles: dict[int, Role] = {}

    def heading(self) -> str:
        """Whose roles, and from when they count."""
        counts = "" if self.session.store.backend() else t("counts once a backend is connected")
        return "  ".join(filter(None, (t("Who may see what"), counts)))

    def nothing(self) -> str:
        """How to begin."""
        if self.edit.text.strip():
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("Everyone may see everything; {key} keeps something to a role.", key=key)

    def find(self, text: str) -> Sequence[int]:
        """The roles in whose name the text occurs."""
        found = roles_of(self.session.store, self.session.employer.id)
        fits = finder(text)
        self._roles = {role.id: role for role in found if fits(_name(role.name))}
        return list(self._roles)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The role and its areas."""
        return {id_: Row((_name(self._roles[id_].name), _areas(self._roles[id_]))) for id_ in ids}

    def foot(self) -> Sequence[Line]:
        """What everyone may see; in some languages more than a line."""
        return [((f" {text}", "dim"),) for text in textwrap.wrap(self._free(), max(20, self.size.width - 2))]

    def _free(self) -> str:
        named = {
            area for role in roles_of(self.session.store, self.session.employer.id) for area in role.areas
        }
        free = ", ".join(t(choice.label) for choice in AREAS if Area(choice.value) not in named)
        return t("Everyone sees: {areas}", areas=free) if free else t("Everything is kept to some role.")

    def open_row(self, row_id: int) -> None:
        """Change it."""
        if kept := self.session.rights.why_not_decided:
            self.say(kept)
        else:
            self.app.push_screen(RoleForm(self.session, self._roles[row_id]))

    def action_table_new(self) -> None:
        """Add one."""
        if kept := self.session.rights.why_not_decided:
            self.say(kept)
        else:
            self.app.push_screen(RoleForm(self.session))

    def action_table_delete(self) -> None:
        """Take the role away: what was kept to it alone, everyone may see."""
        if kept := self.session.rights.why_not_decided:
            self.say(kept)
        elif self.current is not None:
            set_role(self.session.store, self.session.employer.id, self._roles[self.current].name, ())
            self.reload()
            self.tell(t("Removed; {key} brings it back.", key=self.session.keymap.label("table.undo")))


class RoleForm(FlowScreen):
    """A role, new or (`before`) to be changed: which areas it may see."""

    def __init__(self, session: Session, before: Role | None = None) -> None:
        super().__init__(session)
        self.before = before

    def heading(self) -> str:
        """Which one."""
        return t("Role {name}", name=_name(self.before.name)) if self.before else t("New role")

    def fields(self) -> Sequence[FormField]:
        """The role, one that users have at a backend, and a yes or no for each area."""
        name = (
            fixed_field("role", N_("Role"))
            if self.before
            else choice_field("role", N_("Role"), _choices, required=True)
        )
        return (name, *(yes_no_field(choice.value, choice.label) for choice in AREAS))

    def values(self) -> Values:
        """As stored."""
        areas = self.before.areas if self.before else frozenset()
        name = _name(self.before.name) if self.before else None
        return {"role": name, **{choice.value: int(Area(choice.value) in areas) for choice in AREAS}}

    def submit(self, values: dict[str, Value]) -> None:
        """Save it."""
        areas = [Area(choice.value) for choice in AREAS if values[choice.value]]
        if not areas and self.before is None:
            self.say(t("Choose at least one thing that only this role may see."))
            return
        name = self.before.name if self.before else str(values["role"])
        named = {role.name for role in roles_of(self.session.store, self.session.employer.id)}
        if self.before is None and name in named:
            self.say(t("“{name}” is listed already: change it there.", name=_name(name)))
            return
        set_role(self.session.store, self.session.employer.id, name, areas)
        self.close()


def _choices() -> Sequence[Choice]:
    return [Choice(code, t(label)) for code, label in ROLES.items()]


def _name(role: str) -> str:
    """A role in words; one of an earlier program as it was typed."""
    return t(ROLES[role]) if role in ROLES else role


def _areas(role: Role) -> str:
    return ", ".join(t(choice.label) for choice in AREAS if Area(choice.value) in role.areas)
