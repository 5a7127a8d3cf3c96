"""Column names in three languages, however they are written, and the ones that are not known."""

from __future__ import annotations

import pytest

from hrtui.imports.headers import Kind, field_names, find_columns, normal
from hrtui.imports.tables import Row

KINDS: tuple[Kind, ...] = ("people", "schedules", "entries")
HEADERS: dict[tuple[Kind, str], str] = {
    (
        "people",
        "nl",
    ): "Nummer;Naam;Voornaam;Tussenvoegsel;Geboortedatum;Geslacht;Rijksregisternummer;E-mail;Gsm;"
    "Rekeningnummer;Team;In dienst;Uit dienst;Statuut;Paritair comité;Werkrooster;Werkrooster vanaf",
    ("people", "fr"): "Matricule;Nom;Prénom;Particule;Date de naissance;Sexe;NISS;Courriel;Téléphone;IBAN;"
    "Équipe;Début du contrat;Fin du contrat;Statut;Commission paritaire;Horaire;Horaire à partir du",
    (
        "people",
        "en",
    ): "number;last name;first name;prefix;birth date;sex;national number;e-mail;phone;iban;team;"
    "contract start;contract end;status;joint committee;schedule;schedule from",
    ("schedules", "nl"): "naam;begin cyclus;week;maandag;dinsdag;woensdag;donderdag;vrijdag;zaterdag;zondag",
    ("schedules", "fr"): "nom;début du cycle;semaine;lundi;mardi;mercredi;jeudi;vendredi;samedi;dimanche",
    ("schedules", "en"): "name;cycle start;week;mon;tue;wed;thu;fri;sat;sun",
    ("entries", "nl"): "personeelsnummer;datum;van;tot;verloftype;dagdeel;uren;minuten;status",
    ("entries", "fr"): "matricule;date;du;au;code calendrier;partie du jour;heures;minutes;statut",
    ("entries", "en"): "number;date;from;to;leave type;part;hours;minutes;status",
}


def header(text: str) -> Row:
    return Row(1, tuple(text.split(";")))


@pytest.mark.parametrize(("kind", "language"), HEADERS)
@pytest.mark.parametrize(
    "dress", [str, str.upper, lambda text: text.replace(" ", "_"), lambda text: f" {text} "]
)
def test_every_field_is_found_in_every_language(kind: Kind, language: str, dress) -> None:
    columns = find_columns(kind, header(dress(HEADERS[kind, language])))
    assert columns.unknown == columns.fatal == ()
    assert list(columns.places) == list(field_names(kind))


def test_accents_may_be_left_out() -> None:
    assert "first_name" in find_columns("people", header("numero;nom;prenom")).places


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_stands_for_two_fields(kind: Kind) -> None:
    names = [name for names in field_names(kind).values() for name in {normal(one) for one in names}]
    assert sorted(names) == sorted(set(names))


def test_unknown_column_names_the_nearest() -> None:
    columns = find_columns("people", header("nummer;naam;voornaam;geboortedatm;schoenmaat"))
    assert columns.unknown == (
        "The column “geboortedatm” is not known. Do you mean “geboortedatum”?",
        "The column “schoenmaat” is not known.",
    )
    assert columns.fatal == ()


def test_missing_and_double_columns_are_fatal() -> None:
    assert find_columns("people", header("nummer;naam")).fatal == ("The column “first name” is missing.",)
    assert find_columns("entries", header("nummer;code")).fatal == ("The column “date” is missing.",)
    double = find_columns("people", header("nummer;naam;voornaam;achternaam"))
    assert double.fatal == ("Two columns mean the same: “achternaam”. Remove one.",)


@pytest.mark.parametrize("days", ["ma;di;wo;do;vr;za;zo", "lu;ma;me;je;ve;sa;di"])
def test_two_letter_days_are_read_in_the_language_of_the_week(days: str) -> None:
    columns = find_columns("schedules", header(f"naam;{days}"))
    assert columns.unknown == ()
    assert columns.places["monday"] == 1
    assert columns.places["tuesday"] == 2
    assert columns.places["sunday"] == 7
