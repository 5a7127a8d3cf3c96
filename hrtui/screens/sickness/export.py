"""Handing on absence histories: in which form, of whom, to which folder; always whole."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.identity.problem import Value
from hrtui.forwarding.folder import checked_folder
from hrtui.i18n import N_, t
from hrtui.payroll.sickness.files import HISTORY_LAYOUTS, export_history
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import person_field
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import desk_of
from hrtui.screens.sickness.saving import proposed_folder
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, text_field

FORMS = {
    "csv": N_("CSV, for other programs"),
    "xlsx": N_("XLSX, to read and print"),
    "afas": N_("JSON in the terms of AFAS"),
    "nmbrs": N_("JSON in the terms of Visma Nmbrs"),
    "xpert": N_("JSON in the terms of Xpert Suite"),
}


class ExportForm(FlowScreen):
    """Asks for form, person (none: everybody who has a case) and folder."""

    writes = False

    def __init__(self, session: Session, person_id: int | None = None) -> None:
        super().__init__(session)
        self._person_id = person_id

    def heading(self) -> str:
        """The top line."""
        return f"{t('Export absence histories')}  {self.session.employer.name}"

    def fields(self) -> Sequence[FormField]:
        """Form, person, folder."""

        def forms() -> Sequence[Choice]:
            return [Choice(layout, t(FORMS[layout]), layout) for layout in HISTORY_LAYOUTS]

        return (
            choice_field("form", N_("Form"), forms, required=True, empty=""),
            person_field(self.session, "person_id", N_("Only of")),
            text_field("folder", N_("Folder"), required=True, hint=N_("The whole path, from / or ~ on")),
        )

    def values(self) -> Values:
        """CSV of the person at hand, or of everybody."""
        return {"form": "csv", "person_id": self._person_id, "folder": proposed_folder(self.session)}

    def may_leave(self) -> str:
        """Nothing is lost."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Write the file."""
        folder = checked_folder(str(values["folder"]))
        person = values["person_id"]
        layout = next(one for one in HISTORY_LAYOUTS if one == values["form"])
        people = [person] if isinstance(person, int) else []
        path = export_history(desk_of(self.session), layout, folder, people)
        self.session.last_folder = str(folder)
        self.close()
        self.on_top.tell(t("Written to {file}.", file=path))
