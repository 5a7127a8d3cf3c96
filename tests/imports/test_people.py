"""People files: what comes in, what is updated, and each problem on its line."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.imports.office import PEOPLE, SCHEDULES, SEPTEMBER, Office

FULL = (
    "nummer;naam;tussenvoegsel;voornaam;geboortedatum;geslacht;rijksregisternummer;e-mail;gsm;iban;team;"
    "in dienst;uit dienst;statuut;paritair comité;rooster;rooster vanaf\n"
    "42;Berg;van den;Elzémie;18/05/1993;m;93.05.18-223.61;elzemie@example.org;+32 2 555 00 00;"
    "BE71 0961 2345 6769;Kantoor;01/02/2024;31/12/2026;bediende;200;Full-time 38;01/03/2024\n"
)


def person(office: Office, number: str, *columns: str) -> tuple[object, ...]:
    found: tuple[object, ...] = office.store.con.execute(
        f"SELECT {', '.join(columns)} FROM person WHERE number = ?", (number,)
    ).fetchone()
    return found


def test_every_field_of_a_person_arrives(office: Office) -> None:
    office.take("schedules", SCHEDULES)
    report = office.take("people", FULL)
    assert (report.new, report.problems, report.warnings) == (1, (), ())
    assert person(office, "42", "last_name", "name_prefix", "first_name", "sort_name") == (
        "Berg", "van den", "Elzémie", "berg elzemie",
    )  # fmt: skip
    assert person(office, "42", "birth_date", "sex", "national_number", "email", "phone", "iban") == (
        "1993-05-18", "m", "93051822361", "elzemie@example.org", "+3225550000", "BE71096123456769",
    )  # fmt: skip
    assert office.store.con.execute(
        "SELECT start_date, end_date, worker_status, joint_committee FROM contract"
    ).fetchall() == [("2024-02-01", "2026-12-31", "employee", "200")]
    assert office.store.con.execute("SELECT name FROM team").fetchall() == [("Kantoor",)]
    row = office.rows()["42"]
    assert (row.name, row.team, row.days[0].scheduled) == ("Berg Elzémie van den", "Kantoor", 456)


def test_people_are_found_again_by_number_and_only_what_is_given_changes(office: Office) -> None:
    office.take("schedules", SCHEDULES)
    office.take("people", FULL)
    again = office.take("people", FULL)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    report = office.take("people", "nummer;naam;voornaam;e-mail;team\n42;Bergmans;;;kantoor\n")
    assert (report.new, report.changed, report.problems) == (0, 1, ())
    assert person(office, "42", "last_name", "first_name", "email", "sort_name") == (
        "Bergmans", "Elzémie", "elzemie@example.org", "bergmans elzemie",
    )  # fmt: skip
    assert office.store.con.execute("SELECT count(*) FROM person").fetchone() == (1,)
    assert office.store.con.execute("SELECT count(*) FROM team").fetchone() == (1,)


def test_a_contract_ends_and_a_second_one_follows(office: Office) -> None:
    office.fill()
    head = "number;last name;first name;contract start;contract end;schedule;schedule from\n"
    assert office.take("people", head + "1;;;01/01/2020;10/09/2026;;\n").changed == 1
    assert office.take("people", head + "1;;;21/09/2026;;Half 19;21/09/2026\n").changed == 1
    days = office.rows()["1"].days
    assert [days[index].in_contract for index in (9, 10, 19, 20)] == [True, False, False, True]
    assert (days[0].scheduled, days[20].scheduled) == (456, 228)


def test_what_a_contract_that_ends_sooner_leaves_outside_is_told(office: Office) -> None:
    office.fill()
    office.take("entries", "number;code;from;to\n1;VAK;07/09/2026;11/09/2026\n")
    head = "number;last name;first name;contract start;contract end\n"
    report = office.take("people", head + "1;;;01/01/2020;09/09/2026\n")
    assert (report.changed, [(remark.line, remark.text) for remark in report.warnings]) == (
        1,
        [(2, "2 days or pay components of before are outside the contract now: have a look at them.")],
    )
    assert office.take("people", head + "1;;;01/01/2020;10/09/2026\n").warnings == ()


def test_a_status_that_changes_for_months_that_are_over_is_told(office: Office) -> None:
    office.fill()
    head = "number;last name;first name;contract start;status\n"
    assert office.take("people", head + "1;;;01/01/2020;worker\n").warnings == ()
    assert office.take("people", head + "1;;;01/01/2020;worker\n").warnings == ()
    (remark,) = office.take("people", head + "1;;;01/01/2020;employee\n").warnings
    assert (remark.line, remark.text[:54]) == (2, "This changes the contract from its first day on. What ")


def test_a_schedule_without_its_day_does_not_change_months_that_are_over(office: Office) -> None:
    office.fill()
    head = "number;last name;first name;contract start;schedule;schedule from\n"
    assert office.take("people", head + "1;;;01/01/2020;Half 19;01/10/2026\n").changed == 1
    again = office.take("people", head + "1;;;01/01/2020;Half 19;\n")
    assert (again.changed, again.unchanged, again.problems) == (0, 1, ())
    assert office.rows()["1"].days[0].scheduled == 456
    assert office.take("people", head + "1;;;01/01/2020;Full-time 38;05/10/2026\n").changed == 1
    report = office.take("people", head + "1;;;01/01/2020;Half 19;\n")
    assert [remark.text for remark in report.problems] == ["The schedule needs the date from which it holds."]


def test_overlapping_contracts_are_refused(office: Office) -> None:
    office.fill()
    report = office.take("people", "number;last name;first name;contract start\n1;;;01/09/2026\n")
    assert [(remark.line, remark.text) for remark in report.problems] == [
        (2, "There is a contract in that time already (from 1/1/2020).")
    ]


def test_a_contract_given_again_without_its_end_keeps_it(office: Office) -> None:
    office.fill()
    head = "number;last name;first name;contract start;contract end\n"
    office.take("people", head + "4;;;01/10/2026;\n")
    report = office.take("people", head + "4;;;01/01/2020;\n")
    assert (report.unchanged, report.problems) == (1, ())


BAD = [
    (";Testman;Ada;;;;;;;;;", "The person has no number."),
    ("9;;Ada;;;;;;;;;", "A new person needs a last name and a first name."),
    ("9;Testman;Ada;31/02/1990;;;;;;;;", "birth date: There is no such date: 31/02/1990."),
    ("9;Testman;Ada;1/1/2027;;;;;;;;", "birth date: 1/1/2027 lies in the future."),
    (
        "9;Testman;Ada;1/1/1901;;;;;;;;",
        "birth date: Nobody born on 1/1/1901 works any more: that is over 120 years ago.",
    ),
    ("9;Testman;Ada;;q;;;;;;;", "sex: “q” is not known; it can be m, f, x."),
    (
        "9;Testman;Ada;;;93051822362;;;;;;",
        "national number: The check figures of this national number are wrong: compare it with the card.",
    ),
    (
        "9;Testman;Ada;;;;ada@;;;;;",
        "email: “ada@” is not an e-mail address: write it like name@example.org.",
    ),
    (
        "9;Testman;Ada;;;;;NL91 ABNA 0417 1643 01;;;;",
        "iban: The check figures of this IBAN are wrong: compare it with the bank card.",
    ),
    ("9;Testman;Ada;;;;;;;1/1/2026;;", "A contract needs the date on which it starts."),
    ("9;Testman;Ada;;;;;;2/1/2026;1/1/2026;;", "The contract ends before it starts."),
    ("9;Testman;Ada;;;;;;1/1/26;;;", "contract start: Write the year of 1/1/26 with four figures."),
    ("9;Testman;Ada;;;;;;1/1/2026;;Nachtploeg;", "There is no work schedule “Nachtploeg”: import it first."),
    ("9;Testman;Ada;;;;;;;;Full-time 38;", "The schedule needs the date from which it holds."),
    ("1;Testman;Ada;;;;;;;;;", "Number 1 is on line 2 already."),
    (
        "9;Testman;Ada;;;;;;;;;;oops",
        "This line has more cells than the header: look for a separator too many.",
    ),
    (
        "9;=cmd;Ada;;;;;;;;;",
        "last name: “=” cannot be used here: leave it out.",
    ),
]
BAD_HEAD = (
    "number;last name;first name;birth date;sex;national number;email;iban;contract start;contract end;"
    "schedule;schedule from\n1;Goed;Voorbeeld;;;;;;1/1/2020;;Full-time 38;\n"
)


@pytest.mark.parametrize(("line", "text"), BAD, ids=[text[:30] for _, text in BAD])
def test_each_problem_has_its_line_and_nothing_is_written(office: Office, line: str, text: str) -> None:
    office.take("schedules", SCHEDULES)
    before = office.dump()
    report = office.take("people", f"{BAD_HEAD}\n{line}\n")
    assert [(remark.line, remark.text) for remark in report.problems] == [(4, text)]
    assert (report.new, report.imported) == (0, False)
    assert office.dump() == before


def test_all_problems_of_a_file_are_reported_at_once(office: Office) -> None:
    lines = "".join(f"{line}\n" for line, _ in BAD if not line.endswith("oops"))
    report = office.take("people", BAD_HEAD + lines)
    assert {remark.line for remark in report.problems} >= set(range(3, 2 + len(BAD)))


def test_every_problem_of_one_line_is_reported(office: Office) -> None:
    report = office.take(
        "people",
        "number;last name;first name;birth date;sex;national number;contract start;contract end;schedule\n"
        "1;;Ada;31/02/1990;q;93051822362;2/1/2026;1/1/2026;Nachtploeg\n"
        ";Voorbeeld;Bo;;;;;31/12/2026;Nachtploeg\n",
    )
    said = {line: [one.text for one in report.problems if one.line == line] for line in (2, 3)}
    assert said[2] == [
        "A new person needs a last name and a first name.",
        "The contract ends before it starts.",
        "There is no work schedule “Nachtploeg”: import it first.",
        "birth date: There is no such date: 31/02/1990.",
        "national number: The check figures of this national number are wrong: compare it with the card.",
        "sex: “q” is not known; it can be m, f, x.",
    ]
    assert said[3] == [
        "A contract needs the date on which it starts.",
        "The person has no number.",
        "The schedule needs the date from which it holds.",
        "There is no work schedule “Nachtploeg”: import it first.",
    ]


def test_a_field_that_is_wrong_is_not_called_missing(office: Office) -> None:
    report = office.take(
        "people", "number;last name;first name;contract start;contract end\n1;T3st;Ada;1/1/26;31/12/2026\n"
    )
    assert [one.text for one in report.problems] == [
        "contract start: Write the year of 1/1/26 with four figures.",
        "last name: “3” cannot be used here: leave it out.",
    ]


def test_a_dutch_employer_keeps_no_account_and_no_belgian_number(office: Office) -> None:
    """Citizen service number and account need a ground (Wabb, art. 10 and 11): the file may have them."""
    office.store.con.execute("UPDATE employer SET country = 'NL'")
    lines = (
        "nummer;naam;voornaam;iban;rijksregisternummer\n1;Testman;Ada;NL91 ABNA 0417 1643 00;93051822361\n"
    )
    report = office.take("people", lines)
    assert (report.new, report.problems) == (1, ())
    assert person(office, "1", "iban", "national_number") == ("", "")
    left_out = "“{}” is not kept for people of this employer: the column is left out."
    texts = [one.text for one in report.warnings]
    assert {left_out.format("iban"), left_out.format("rijksregisternummer")} <= set(texts)
    office.store.con.execute("UPDATE employer SET zw_self_insured = 1")
    office.take("people", lines)
    assert person(office, "1", "iban", "national_number") == ("NL91ABNA0417164300", "")


def test_skip_bad_imports_the_rest_and_lists_what_it_left(office: Office) -> None:
    office.take("schedules", SCHEDULES)
    report = office.take("people", BAD_HEAD + "8;Ook;Goed;;;;;;;;;\n9;Slecht;Ada;;q;;;;;;;\n", skip_bad=True)
    assert (report.new, report.skipped, report.imported) == (2, 1, True)
    assert [remark.line for remark in report.problems] == [4]
    numbers = office.store.con.execute("SELECT number FROM person ORDER BY number").fetchall()
    assert numbers == [("1",), ("8",)]


def test_same_national_number_twice_is_refused(office: Office) -> None:
    head = "number;last name;first name;national number\n"
    office.take("people", head + "1;Testman;Ada;93051822361\n")
    stored = office.take("people", head + "2;Voorbeeld;Bo;93.05.18-223.61\n")
    assert [(one.line, one.text) for one in stored.problems] == [
        (2, "Person 1 has this national number already.")
    ]
    both = office.take("people", head + "3;Testman;Cy;85073003328\n4;Voorbeeld;Di;85.07.30-033.28\n")
    assert [(one.line, one.text) for one in both.problems] == [
        (3, "Person 3 has this national number already.")
    ]


@pytest.mark.parametrize(
    ("number", "born", "sex", "warnings"),
    [
        ("93.05.18-223.61", "18/05/1993", "m", []),
        ("93.05.18-223.61", "19/05/1993", "v", ["birth date", "sex"]),
        ("00.01.25-567.77", "25/01/2000", "m", []),
        ("98.47.28-997.65", "28/07/1998", "m", []),
        ("98.47.28-997.65", "28/07/1997", "m", ["birth date"]),
        ("93.05.18-223.61", "", "x", []),
    ],
)
def test_birth_date_and_sex_against_the_national_number_only_warn(
    office: Office, number: str, born: str, sex: str, warnings: list[str]
) -> None:
    report = office.take(
        "people",
        "number;last name;first name;national number;birth date;sex;contract start;schedule\n"
        f"1;Testman;Ada;{number};{born};{sex};;\n",
    )
    assert report.new == 1
    found = [remark.text for remark in report.warnings if "national number" in remark.text]
    assert len(found) == len(warnings)
    assert all(word in text for word, text in zip(warnings, found, strict=True))


def test_person_without_contract_or_schedule_is_warned_about(office: Office) -> None:
    report = office.take("people", "number;last name;first name\n1;Testman;Ada\n")
    assert [remark.line for remark in report.warnings] == [2, 2]
    assert office.rows(SEPTEMBER) == {}


def test_spreadsheet_of_people_with_real_dates_and_numbers(office: Office) -> None:
    office.take("schedules", SCHEDULES)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nummer", "Naam", "Voornaam", "Rijksregisternummer", "In dienst", "Rooster"])
    sheet.append([7, "Specimen", "Ulvira", 125567 * 100 + 77, date(2026, 9, 7), "Full-time 38"])
    book.save(office.folder / "people.xlsx")
    report = office.take("people", office.folder / "people.xlsx")
    assert (report.new, report.problems) == (1, ())
    assert person(office, "7", "national_number") == ("00012556777",)
    assert office.rows()["7"].totals.scheduled == 18 * 456


def test_people_file_of_the_other_tests_is_stable(office: Office) -> None:
    office.fill()
    assert office.take("people", PEOPLE).unchanged == 4


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("M", "m"),
        ("man", "m"),
        ("Homme", "m"),
        ("1", "m"),
        ("V", "f"),
        ("F", "f"),
        ("femme", "f"),
        ("x", "x"),
    ],
)
def test_sex_is_read_in_every_language(office: Office, written: str, sex: str) -> None:
    office.take("people", f"number;last name;first name;sex\n1;Testman;Ada;{written}\n")
    assert person(office, "1", "sex") == (sex,)


@pytest.mark.parametrize(
    ("written", "status"),
    [("Bediende", "employee"), ("employé", "employee"), ("arbeider", "worker"), ("Ouvrière", "worker"),
     ("étudiant", "student"), ("Flexi-job", "flexi"), ("uitzendkracht", "agency"),
     ("leerling", "apprentice")],
)  # fmt: skip
def test_status_is_read_in_every_language(office: Office, written: str, status: str) -> None:
    office.take(
        "people", f"number;last name;first name;in dienst;statuut\n1;Testman;Ada;1/1/2026;{written}\n"
    )
    assert office.store.con.execute("SELECT worker_status FROM contract").fetchone() == (status,)


def test_national_phone_numbers_are_those_of_the_employers_country(office: Office) -> None:
    head = "number;last name;first name;gsm\n"
    office.take("people", head + "1;Testman;Ada;0470 12 34 56\n2;Voorbeeld;Bo;+31 6 12345678\n")
    assert person(office, "1", "phone") == ("+32470123456",)
    assert person(office, "2", "phone") == ("+31612345678",)
    bad = office.take("people", head + "3;Exemple;Cy;12\n4;Exemple;Di;0470 ab 34 56\n5;Exemple;Ed;bel mij\n")
    assert [(one.line, one.text) for one in bad.problems] == [
        (line, f"gsm: “{text}” is not a phone number: one from abroad begins with + and the country.")
        for line, text in ((2, "12"), (3, "0470 ab 34 56"), (4, "bel mij"))
    ]
