"""The column names that a file may have in Dutch, French and English, and finding the columns by them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from hrtui.i18n import t
from hrtui.imports.cells import Record, plain_text
from hrtui.imports.tables import Cell, Row

Kind = Literal["people", "schedules", "entries"]
T = TypeVar("T")

_PERSON_NUMBER = (
    "number / person number / employee number / employee no / nummer / personeelsnummer / werknemersnummer"
    " / nr / numéro / numéro de personnel / numéro du travailleur / matricule"
)

_NAMES: Mapping[Kind, Mapping[str, str]] = {
    "people": {
        "number": _PERSON_NUMBER,
        "last_name": "last name / surname / family name / name / naam / achternaam / familienaam"
        " / nom / nom de famille",
        "first_name": "first name / given name / voornaam / prénom",
        "prefix": "prefix / name prefix / tussenvoegsel / tussenvoegsels / voorvoegsel / particule",
        "birth_date": "birth date / date of birth / geboortedatum / date de naissance",
        "sex": "sex / gender / geslacht / sexe",
        "national_number": "national number / national register number / rijksregisternummer / INSZ"
        " / numéro national / numéro de registre national / NISS",
        "email": "e-mail / mail / e-mail address / e-mailadres / adresse e-mail / courriel",
        "phone": "phone / phone number / telephone / mobile / telefoon / telefoonnummer / gsm / mobiel"
        " / téléphone / numéro de téléphone",
        "iban": "iban / bank account / account number / rekeningnummer / bankrekening / compte bancaire"
        " / numéro de compte",
        "team": "team / department / afdeling / ploeg / équipe / département / service",
        "contract_start": "contract start / start date / in service / begin contract / start contract"
        " / in dienst / datum in dienst / startdatum / begindatum / début du contrat / début contrat"
        " / date de début / date d'entrée / entrée en service",
        "contract_end": "contract end / end date / out of service / einde contract / uit dienst"
        " / datum uit dienst / einddatum / fin du contrat / fin contrat / date de fin / date de sortie",
        "status": "status / worker status / statuut / statut",
        "joint_committee": "joint committee / paritair comité / PC / commission paritaire / CP",
        "schedule": "schedule / work schedule / rooster / werkrooster / uurrooster / horaire"
        " / horaire de travail",
        "schedule_from": "schedule from / schedule valid from / rooster vanaf / werkrooster vanaf"
        " / uurrooster vanaf / horaire depuis / horaire dès / horaire à partir du",
    },
    "schedules": {
        "name": "name / schedule / work schedule / naam / rooster / werkrooster / uurrooster / nom / horaire"
        " / horaire de travail",
        "cycle_start": "cycle start / start of cycle / cycle start date / begin cyclus / start cyclus"
        " / cyclus vanaf / début du cycle / début cycle",
        "week": "week / week number / weeknummer / semaine / numéro de semaine",
        "monday": "monday / mon / maandag / lundi / lun",
        "tuesday": "tuesday / tue / dinsdag / mardi / mar",
        "wednesday": "wednesday / wed / woensdag / mercredi / mer",
        "thursday": "thursday / thu / donderdag / jeudi / jeu",
        "friday": "friday / fri / vrijdag / vendredi / ven",
        "saturday": "saturday / sat / zaterdag / samedi / sam",
        "sunday": "sunday / sun / zondag / dimanche / dim",
    },
    "entries": {
        "number": _PERSON_NUMBER + " / person / employee / persoon / medewerker / werknemer / travailleur",
        "date": "date / day / datum / dag / jour",
        "from": "from / from date / start date / van / vanaf / begindatum / startdatum / du / à partir du"
        " / date de début",
        "to": "to / until / end date / tot / tot en met / t/m / einddatum / au / jusqu'au / date de fin",
        "code": "code / leave type / type / calendar code / leave / verloftype / kalendercode / verlof"
        " / afwezigheid / type de congé / code calendrier / congé / absence",
        "part": "part / part of day / deel / dagdeel / partie / partie du jour",
        "hours": "hours / uren / heures",
        "minutes": "minutes / minuten",
        "status": "status / statut",
    },
}
_REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "people": ("number", "last_name", "first_name"),
    "schedules": ("name", *("monday", "tuesday", "wednesday", "thursday", "friday")),
    "entries": ("number", "code"),
}
_IGNORED: Mapping[Kind, str] = {
    "people": "employer / werkgever / employeur",
    "schedules": "employer / werkgever / employeur",
    "entries": "employer / werkgever / employeur / name / naam / nom / leave type name / naam verloftype"
    " / nom du type de congé / team / équipe",
}
# `ma` and `di` are two different days in Dutch and in French: they count only in a complete week.
_SHORT_WEEKS = (("ma", "di", "wo", "do", "vr", "za", "zo"), ("lu", "ma", "me", "je", "ve", "sa", "di"))
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def normal(text: str) -> str:
    """A text without case, accents, spaces and punctuation, to compare what people type."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def words(names: str, meaning: T) -> dict[str, T]:
    """`meaning` by each of the names, which ` / ` separates, in the form of `normal`."""
    return {normal(name): meaning for name in names.split(" / ")}


def by_name(names: Mapping[str, str]) -> dict[str, str]:
    """The fields by each of their names, which ` / ` separates, in the form of `normal`."""
    fields: dict[str, str] = {}
    for field, listed in names.items():
        fields |= words(listed, field)
    return fields


def places_of(header: Row, fields: Mapping[str, str]) -> dict[str, int]:
    """Where the fields stand (see `by_name`) that the first line names; the first of two alike counts."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        field = fields.get(normal(plain_text(cell)))
        if field is not None:
            places.setdefault(field, place)
    return places


def cells_of(row: Row, places: Mapping[str, int]) -> dict[str, Cell]:
    """The cells of a row by their fields, without those that a short row lacks."""
    return {field: row.cells[place] for field, place in places.items() if place < len(row.cells)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a file stand. `unknown` columns can be left out, `fatal` problems cannot."""

    line: int
    places: Mapping[str, int]
    titles: Mapping[str, str]
    width: int
    unknown: tuple[str, ...]
    fatal: tuple[str, ...]

    def record(self, row: Row) -> Record:
        """The row by its fields."""
        stray = any(cell != "" for cell in row.cells[self.width :])
        return Record(row.line, cells_of(row, self.places), self.titles, stray)


def find_columns(kind: Kind, header: Row) -> Columns:
    """Recognise the header of a file of `kind`; its texts are translated sentences."""
    fields = _fields(kind, header)
    ignored = {normal(name) for name in _IGNORED[kind].split(" / ")}
    places: dict[str, int] = {}
    unknown: list[str] = []
    fatal: list[str] = []
    for place, cell in enumerate(header.cells):
        name = plain_text(cell)
        field = fields.get(normal(name))
        if not name or (field is None and normal(name) in ignored):
            continue
        if field is None:
            unknown.append(_unknown_text(kind, name))
        elif field in places:
            fatal.append(t("Two columns mean the same: “{name}”. Remove one.", name=name))
        else:
            places[field] = place
    fatal.extend(
        t("The column “{name}” is missing.", name=field_title(kind, field))
        for field in _REQUIRED[kind]
        if field not in places
    )
    if kind == "entries" and not {"date", "from"} & places.keys():
        fatal.append(t("The column “{name}” is missing.", name=field_title(kind, "date")))
    titles = {field: plain_text(header.cells[place]) for field, place in places.items()}
    return Columns(header.line, places, titles, len(header.cells), tuple(unknown), tuple(fatal))


def field_title(kind: Kind, field: str) -> str:
    """The first name of a field, for messages and documentation."""
    return _NAMES[kind][field].partition(" / ")[0]


def field_names(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Every field of a kind of file with every name that its column may have."""
    return {field: tuple(names.split(" / ")) for field, names in _NAMES[kind].items()}


def _fields(kind: Kind, header: Row) -> dict[str, str]:
    fields = by_name(_NAMES[kind])
    if kind == "schedules":
        present = {normal(plain_text(cell)) for cell in header.cells}
        for week in _SHORT_WEEKS:
            if present.issuperset(week):
                fields.update(zip(week, _WEEK, strict=True))
    return fields


def _unknown_text(kind: Kind, name: str) -> str:
    written = {normal(known): known for names in field_names(kind).values() for known in names}
    near = difflib.get_close_matches(normal(name), written, n=1, cutoff=0.7)
    if not near:
        return t("The column “{name}” is not known.", name=name[:40])
    return t("The column “{name}” is not known. Do you mean “{near}”?", name=name[:40], near=written[near[0]])
