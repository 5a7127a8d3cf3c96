"""What the history of a case calls its tables and columns, and how their values are read."""

from __future__ import annotations

from collections.abc import Mapping

from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.domain.sickness.classification import CLASSIFICATIONS
from hrtui.domain.sickness.fields import CASE_FIELDS, CLOSE_REASONS, LINKINGS, NO_RISK_BASES
from hrtui.i18n import LANGUAGES, N_
from hrtui.store.sickness.documents import FOLDER_NAMES
from hrtui.store.sickness.wording import STEPS, TELLINGS

TABLES: Mapping[str, str] = {
    "sickness_classification": N_("Classification"),
    "sickness_person": N_("No-risk mark"),
    "sickness_case": N_("Case"),
    "sickness_progress": N_("Percentage"),
    "sickness_displaced": N_("Displaced leave"),
    "sickness_step": N_("Step"),
    "sickness_certificate": N_("Certificate"),
    "sickness_contact": N_("Message"),
    "sickness_document": N_("File"),
    "sickness_note": N_("Note"),
    "benefit_specification": N_("Benefit specification"),
    "access_log": N_("Access"),
}
"""The untranslated names of the tables."""

IN_SHORT: Mapping[str, tuple[str, ...]] = {
    "sickness_classification": ("code",),
    "sickness_person": ("person_id", "basis"),
    "sickness_case": ("first_day", "classification"),
    "sickness_progress": ("from_date", "percent"),
    "sickness_displaced": ("date",),
    "sickness_step": ("step", "done_on"),
    "sickness_certificate": ("from_date", "until_date"),
    "sickness_contact": ("kind", "channel"),
    "sickness_document": ("folder", "name"),
    "sickness_note": ("written_on", "author"),
    "benefit_specification": ("month", "cents"),
    "access_log": ("what", "at"),
}
"""The columns that tell which record it is."""


def _choice(table: str, name: str, label: str, choices: Mapping[str, str]) -> Field:
    made = tuple(Choice(value, text) for value, text in choices.items())
    return Field(name, label, Kind.CHOICE, Section.SICKNESS, choices=made, table=table)


def _plain(table: str, name: str, label: str, kind: Kind = Kind.TEXT) -> Field:
    return Field(name, label, kind, Section.SICKNESS, table=table)


_FOLDERS: Mapping[str, str] = {folder.value: name for folder, name in FOLDER_NAMES.items()}
_WHATS = {
    "opened": N_("opened"),
    "saved": N_("saved"),
    "exported": N_("exported"),
    "erased": N_("erased"),
}
_SPOKEN = dict(zip(LANGUAGES, (N_("Dutch"), N_("French"), N_("English")), strict=True))

FIELDS: tuple[Field, ...] = (
    *CASE_FIELDS,
    _choice(
        "sickness_classification",
        "code",
        N_("Classification"),
        {one.code: one.name for one in CLASSIFICATIONS.values()},
    ),
    Field(
        "basis", N_("Ground"), Kind.CHOICE, Section.SICKNESS, choices=NO_RISK_BASES, table="sickness_person"
    ),
    Field(
        "close_reason", N_("Why closed"), Kind.CHOICE, Section.SICKNESS, choices=CLOSE_REASONS,
        table="sickness_case",
    ),
    Field("linking", N_("Counts on"), Kind.CHOICE, Section.SICKNESS, choices=LINKINGS, table="sickness_case"),
    _plain("sickness_progress", "therapeutic_percent", N_("Therapeutic, percentage"), Kind.NUMBER),
    _choice("sickness_step", "step", N_("Step"), {**STEPS, "evaluation": N_("Evaluation")}),
    _plain("sickness_step", "number", N_("Number"), Kind.NUMBER),
    _choice("sickness_contact", "kind", N_("About"), TELLINGS),
    _choice(
        "sickness_contact", "channel", N_("How"), {"email": N_("by e-mail"), "phone": N_("by phone")}
    ),
    _choice("sickness_contact", "language", N_("Language"), _SPOKEN),
    _choice(
        "sickness_contact",
        "state",
        N_("State"),
        {"waiting": N_("waiting"), "sent": N_("sent"), "told": N_("told")},
    ),
    _choice("sickness_document", "folder", N_("Folder"), _FOLDERS),
    _choice(
        "sickness_document", "origin", N_("From"), {"own": N_("own"), "imported": N_("imported")}
    ),
    _plain("benefit_specification", "policy_number", N_("Policy number")),
    _choice("access_log", "what", N_("What was done"), _WHATS),
)  # fmt: skip
"""How a history reads the values of columns with choices of their own."""

DAYS: Mapping[str, str] = {
    "done_on": N_("Done on"),
    "filled_until": N_("In the calendar until"),
    "from_date": N_("From"),
    "last_day": N_("Last sick day"),
    "received_on": N_("Received on"),
    "recorded_on": N_("Recorded on"),
    "until_date": N_("Until"),
    "written_on": N_("Written on"),
}
MOMENTS: Mapping[str, str] = {
    "recovery_reported_at": N_("Recovery reported"),
    "reported_at": N_("Reported"),
}
FLAGS: Mapping[str, str] = {
    "authorised": N_("Allowed by the health fund"),
    "needed": N_("Needed"),
    "no_risk": N_("No-risk policy"),
}
TEXTS: Mapping[str, str] = {
    "author": N_("Author"),
    "bytes": N_("Size in bytes"),
    "detail": N_("Detail"),
    "insurer": N_("Insurer"),
    "media_type": N_("Kind of file"),
    "recipient": N_("Receiver"),
}
UNSEEN: Mapping[str, str] = {
    "case_id": N_("Case"),
    "document_id": N_("File"),
    "entity": N_("Of what"),
    "entries": N_("Entries"),
    "lines": N_("Lines"),
    "policy": N_("Policy"),
    "row_id": N_("Of which"),
    "sha256": N_("Checksum"),
}
"""Untranslated labels of columns by what they hold, for `hrtui.screens.history.columns`."""
