"""THE list of fields of a person's record, in the order of the paper form; forms are generated from it."""

from __future__ import annotations

from functools import partial

from hrtui.domain.identity import amounts, contact, dates, numbers, texts
from hrtui.domain.record_field import Choice, Field, Kind, Section
from hrtui.i18n import N_

SEXES = (Choice("m", N_("Male")), Choice("f", N_("Female")), Choice("x", N_("X")))
CIVIL_STATUSES = (
    Choice("single", N_("Single")),
    Choice("married", N_("Married")),
    Choice("legal_cohabitant", N_("Legally cohabiting")),
    Choice("cohabitant", N_("Cohabiting")),
    Choice("divorced", N_("Divorced")),
    Choice("separated", N_("Legally separated")),
    Choice("widowed", N_("Widowed")),
)
LANGUAGES = (
    Choice("nl", N_("Dutch")),
    Choice("fr", N_("French")),
    Choice("de", N_("German")),
    Choice("en", N_("English")),
)


def _text(name: str, label: str, section: Section, longest: int, **more: object) -> Field:
    check = partial(texts.text_of, longest=longest)
    return Field(name, label, Kind.TEXT, section, check, longest, **more)  # type: ignore[arg-type]


def _name(name: str, label: str, longest: int, section: Section = Section.PERSONAL, **more: object) -> Field:
    check = partial(texts.name_of, longest=longest)
    return Field(name, label, Kind.TEXT, section, check, longest, **more)  # type: ignore[arg-type]


def _count(name: str, label: str) -> Field:
    check = partial(amounts.count_of, least=0, most=30)
    return Field(name, label, Kind.NUMBER, Section.FAMILY, check, 2, empty=0)


def _choice(name: str, label: str, section: Section, choices: tuple[Choice, ...]) -> Field:
    return Field(name, label, Kind.CHOICE, section, choices=choices)


def _country(name: str, label: str, section: Section) -> Field:
    return Field(name, label, Kind.COUNTRY, section, contact.country, 40)


_PERSONAL = (
    Field(
        "number", N_("Employee number"), Kind.TEXT, Section.PERSONAL, texts.employee_number, 15, required=True
    ),
    _name("last_name", N_("Last name"), texts.MAX_LAST_NAME, required=True),
    _name("name_prefix", N_("Prefix"), 10, country="NL"),
    _name("first_name", N_("First name"), texts.MAX_FIRST_NAME, required=True),
    _name("given_name", N_("Given name"), 24, country="NL"),
    Field("initials", N_("Initials"), Kind.TEXT, Section.PERSONAL, texts.initials, 20, country="NL"),
    _name("partner_prefix", N_("Prefix of the partner's name"), 10, country="NL"),
    _name("partner_name", N_("Partner's name"), 48, country="NL"),
    _country("nationality", N_("Nationality"), Section.PERSONAL),
    Field(
        "national_number", N_("National number"), Kind.NATIONAL_NUMBER, Section.PERSONAL,
        numbers.national_number, 20, country="BE", masked=True,
    ),
    Field(
        "bsn", N_("Citizen service number"), Kind.BSN, Section.PERSONAL, numbers.bsn, 15,
        country="NL", self_insured=True, masked=True,
    ),
    Field("birth_date", N_("Birth date"), Kind.DATE, Section.PERSONAL, dates.birth_date, 10, empty=None),
    _choice("sex", N_("Sex"), Section.PERSONAL, SEXES),
    _name("birth_place", N_("Birth place"), 40),
    _country("birth_country", N_("Country of birth"), Section.PERSONAL),
    _choice("language", N_("Language"), Section.PERSONAL, LANGUAGES),
)  # fmt: skip

_CONTACT = (
    _text("street", N_("Street"), Section.CONTACT, 35),
    Field("house_number", N_("House number"), Kind.TEXT, Section.CONTACT, texts.house_number, 10),
    _text("box", N_("Box"), Section.CONTACT, 4),
    _country("country", N_("Country"), Section.CONTACT),
    Field("postcode", N_("Postcode"), Kind.POSTCODE, Section.CONTACT, contact.postcode, 9),
    _name("city", N_("City"), 40, Section.CONTACT),
    Field("phone", N_("Phone"), Kind.PHONE, Section.CONTACT, contact.phone, 25),
    Field("email", N_("Private e-mail"), Kind.EMAIL, Section.CONTACT, contact.email, 254),
    Field("work_email", N_("E-mail at work"), Kind.EMAIL, Section.CONTACT, contact.email, 254),
)

_FAMILY = (
    _choice("civil_status", N_("Civil status"), Section.FAMILY, CIVIL_STATUSES),
    _count("children", N_("Dependent children")),
    _count("disabled_children", N_("Of whom disabled")),
    _count("other_dependents", N_("Other dependents")),
    Field("spouse_has_income", N_("Partner has an income"), Kind.BOOL, Section.FAMILY, empty=0),
)

_BANK = (
    # The Dutch sick report of a self-insurer needs an account; other Dutch records may not hold it here.
    Field("iban", N_("IBAN"), Kind.IBAN, Section.BANK, contact.iban, 42, self_insured=True),
    Field("bic", N_("BIC"), Kind.BIC, Section.BANK, contact.bic, 11, self_insured=True),
)

_LINKS = (
    Field("archived", N_("Out of service"), Kind.BOOL, Section.EMPLOYMENT, empty=0),
    Field("team_id", N_("Team"), Kind.LINK, Section.TEAM, empty=None, links_to="team"),
    Field(
        "provider_link_id", N_("Payroll provider"), Kind.LINK, Section.PROVIDER,
        empty=None, links_to="provider_link",
    ),
    Field(
        "provider_number", N_("Number at the provider"), Kind.TEXT, Section.PROVIDER,
        texts.employee_number, 15,
    ),
)  # fmt: skip

PERSON_FIELDS: tuple[Field, ...] = (*_PERSONAL, *_CONTACT, *_FAMILY, *_BANK, *_LINKS)
"""Every column of the person table that somebody fills in."""

SCHEDULE_FIELDS: tuple[Field, ...] = (
    Field(
        "schedule_id", N_("Work schedule"), Kind.LINK, Section.SCHEDULE,
        empty=None, links_to="work_schedule", table="schedule_assignment",
    ),
    Field(
        "valid_from", N_("From"), Kind.DATE, Section.SCHEDULE, dates.contract_date, 10,
        empty=None, table="schedule_assignment", required=True,
    ),
)  # fmt: skip


def person_fields(country: str, *, zw_self_insured: bool = False) -> tuple[Field, ...]:
    """The fields of a person at an employer in `country` (BE, NL).

    Dutch employers see BSN and account only as self-insurers for the Sickness Act: others have no ground to
    keep them here (Wabb, art. 10 and 11; AP, policy rules on sick employees).
    """
    return tuple(field for field in PERSON_FIELDS if field.applies(country, zw_self_insured=zw_self_insured))
