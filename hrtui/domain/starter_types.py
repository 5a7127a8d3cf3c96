"""The leave types that a new employer starts with, for Belgium and the Netherlands.

The common ones are active and have a letter; the others wait to be switched on. A limited type has no amount
of its own, since each person's allowance has it, and may go below zero: an employer whose allowances are not
in yet can still enter leave. No type tells why somebody is ill, which an employer may not record.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from hrtui.domain.holidays import Country
from hrtui.domain.leave_type import Category, LeaveType, Limit, Unit

_Row = tuple[str, str, str, int, str, str, str]
"""Key, letter (empty: inactive), colour, DmfA code, and the name in Dutch, French and English."""


@dataclass(frozen=True)
class _Traits:
    """Which keys of a list differ from a plain absence in minutes without limit."""

    worked: Set[str]
    overtime: Set[str]
    on_holiday: Set[str]
    sickness: Set[str]
    whole_days: Set[str]
    limits: Mapping[str, Limit]
    carry_over_months: Mapping[str, int] = field(default_factory=dict)


# Keys follow the habit of Belgian payroll providers. DmfA codes are those of working time in the quarterly
# declaration (National Social Security Office, annex 8); a reason with several has as many types.
_BELGIAN: tuple[_Row, ...] = (
    ("AD", "w", "blue", 1, "Gewerkte uren", "Heures prestées", "Hours worked"),
    ("VAK", "v", "green", 1, "Wettelijke vakantie", "Vacances légales", "Legal holiday leave"),
    ("VAKA", "", "green", 2, "Wettelijke vakantie arbeider", "Vacances légales ouvrier", "Worker's leave"),
    ("EV", "i", "green", 1, "Extralegale vakantie", "Vacances extralégales", "Extra-statutory leave"),
    ("AVK", "x", "green", 14, "Aanvullende vakantie", "Vacances supplémentaires", "Supplementary leave"),
    ("JVD", "", "green", 73, "Jeugdvakantie", "Vacances jeunes", "Youth holiday leave"),
    ("SVD", "", "green", 73, "Seniorvakantie", "Vacances seniors", "Senior holiday leave"),
    ("ADV", "a", "green", 1, "Arbeidsduurvermindering", "Réduction du temps de travail", "Time reduction"),
    ("ADVO", "", "grey", 20, "Onbetaalde inhaalrust ADV", "Repos RTT non payé", "Unpaid time reduction"),
    ("BF", "f", "cyan", 1, "Feestdag", "Jour férié", "Public holiday"),
    ("BFW", "", "cyan", 10, "Feestdag tijdens werkloosheid", "Jour férié en chômage", "Holiday, unemployed"),
    ("VF", "h", "cyan", 1, "Vervangingsfeestdag", "Jour de remplacement", "Replacement holiday"),
    ("GF", "j", "blue", 1, "Gewerkte feestdag", "Jour férié presté", "Holiday worked"),
    ("ZGL", "z", "red", 1, "Ziekte gewaarborgd loon", "Maladie salaire garanti", "Illness, guaranteed wage"),
    ("ZGL2", "", "red", 10, "Ziekte arbeider week 2", "Maladie ouvrier sem. 2", "Illness, worker, wk 2"),
    (
        "ZGL3",
        "",
        "red",
        11,
        "Ziekte arbeider week 3-5",
        "Maladie ouvrier sem. 3-5",
        "Illness, worker, wk 3-5",
    ),
    ("ZMU", "m", "red", 50, "Ziekte mutualiteit", "Maladie mutuelle", "Illness, health fund"),
    ("ZZB", "", "red", 50, "Ziekte zonder loon", "Maladie non payée", "Illness, unpaid"),
    ("AO", "n", "red", 60, "Arbeidsongeval", "Accident du travail", "Work accident"),
    ("BZ", "", "red", 61, "Beroepsziekte", "Maladie professionnelle", "Occupational disease"),
    ("BEV", "b", "magenta", 51, "Moederschapsrust", "Repos de maternité", "Maternity rest"),
    ("BOV", "", "magenta", 51, "Borstvoedingspauze", "Pause d'allaitement", "Breastfeeding break"),
    ("GV", "p", "magenta", 1, "Geboorteverlof werkgever", "Naissance (employeur)", "Birth leave, employer"),
    ("GVM", "", "magenta", 52, "Geboorteverlof mutualiteit", "Naissance (mutuelle)", "Birth leave, fund"),
    ("OUD", "c", "magenta", 0, "Ouderschapsverlof", "Congé parental", "Parental leave"),
    ("TK", "", "grey", 0, "Tijdskrediet", "Crédit-temps", "Time credit"),
    ("PLZ", "", "magenta", 75, "Pleegzorgverlof", "Congé d'accueil", "Foster-care leave"),
    ("KV", "k", "yellow", 1, "Klein verlet", "Petit chômage", "Short leave"),
    ("FAM", "d", "yellow", 24, "Verlof om dwingende reden", "Raisons impérieuses", "Compelling reasons"),
    ("GA", "g", "grey", 30, "Gewettigde afwezigheid", "Absence justifiée", "Authorised absence"),
    ("OGA", "u", "grey", 30, "Ongewettigde afwezigheid", "Absence injustifiée", "Unauthorised absence"),
    ("ECW", "e", "orange", 71, "Economische werkloosheid", "Chômage économique", "Economic unemployment"),
    ("SLW", "", "orange", 72, "Slecht weer", "Intempéries", "Bad weather"),
    ("OVM", "", "orange", 70, "Overmacht", "Force majeure", "Force majeure"),
    ("VOV", "", "yellow", 5, "Vlaams opleidingsverlof", "Congé-éducation payé", "Paid educational leave"),
    ("OPL", "l", "blue", 1, "Opleidingsdag", "Jour de formation", "Training day"),
    ("OVU", "o", "orange", 0, "Overuren met inhaalrust", "Heures sup. récupérables", "Overtime"),
    ("IHR", "r", "yellow", 1, "Opname inhaalrust", "Récupération", "Rest in lieu"),
    ("STA", "", "grey", 21, "Staking", "Grève", "Strike"),
    ("SYN", "s", "yellow", 22, "Syndicale opdracht", "Mission syndicale", "Union duty"),
    ("TW", "t", "blue", 1, "Telewerk", "Télétravail", "Telework"),
)

_BELGIAN_TRAITS = _Traits(
    worked=frozenset({"AD", "GF", "OPL", "TW"}),
    overtime=frozenset({"OVU"}),
    on_holiday=frozenset({"GF"}),
    sickness=frozenset({"ZGL", "ZGL2", "ZGL3", "ZMU", "ZZB", "AO", "BZ"}),
    whole_days=frozenset({"BEV"}),
    limits={"VAK": Limit.DAYS, "VAKA": Limit.DAYS, "EV": Limit.DAYS, "ADV": Limit.MINUTES},
)

_DUTCH: tuple[_Row, ...] = (
    ("GW", "w", "blue", 0, "Gewerkte uren", "Heures prestées", "Hours worked"),
    ("WV", "v", "green", 0, "Wettelijke vakantie", "Congé légal", "Statutory leave"),
    ("BV", "b", "green", 0, "Bovenwettelijke vakantie", "Congé extralégal", "Extra-statutory leave"),
    ("ATV", "a", "green", 0, "Arbeidstijdverkorting", "Réduction du temps de travail", "Time reduction"),
    ("FD", "j", "cyan", 0, "Feestdag", "Jour férié", "Public holiday"),
    ("FW", "f", "blue", 0, "Feestdag gewerkt", "Jour férié presté", "Holiday worked"),
    ("ZK", "z", "red", 0, "Ziek", "Maladie", "Illness"),
    ("ZWV", "m", "magenta", 0, "Zwangerschapsverlof (WAZO)", "Congé de maternité", "Maternity leave"),
    ("GBV", "g", "magenta", 0, "Geboorteverlof", "Congé de naissance", "Birth leave"),
    ("AGV", "e", "magenta", 0, "Aanvullend geboorteverlof", "Naissance (suppl.)", "Additional birth leave"),
    ("OUV", "p", "magenta", 0, "Ouderschapsverlof", "Congé parental", "Parental leave"),
    ("ADO", "d", "magenta", 0, "Adoptie- of pleegzorgverlof", "Congé d'adoption", "Adoption or foster leave"),
    ("KZV", "k", "yellow", 0, "Kortdurend zorgverlof", "Congé d'aidant, court", "Short-term care leave"),
    ("LZV", "l", "yellow", 0, "Langdurend zorgverlof", "Congé d'aidant, long", "Long-term care leave"),
    ("CAL", "c", "yellow", 0, "Calamiteitenverlof", "Congé d'urgence", "Emergency leave"),
    ("BIJ", "s", "yellow", 0, "Bijzonder verlof", "Congé spécial", "Special leave"),
    ("TVT", "t", "yellow", 0, "Tijd voor tijd", "Récupération", "Time off in lieu"),
    ("OV", "u", "grey", 0, "Onbetaald verlof", "Congé sans solde", "Unpaid leave"),
    ("ONG", "", "grey", 0, "Ongeoorloofd verzuim", "Absence injustifiée", "Unauthorised absence"),
    ("VBV", "", "yellow", 0, "Vakbondsverlof", "Congé syndical", "Union leave"),
    ("STA", "", "grey", 0, "Staking", "Grève", "Strike"),
    ("SEN", "", "green", 0, "Seniorenverlof", "Congé seniors", "Senior leave"),
    ("OW", "o", "orange", 0, "Overwerk", "Heures supplémentaires", "Overtime"),
    ("MW", "", "orange", 0, "Meerwerk", "Heures complémentaires", "Additional hours of a part-timer"),
    ("TR", "r", "blue", 0, "Training", "Formation", "Training"),
    ("TH", "h", "blue", 0, "Thuiswerken", "Télétravail", "Working from home"),
)

_DUTCH_TRAITS = _Traits(
    worked=frozenset({"GW", "FW", "TR", "TH"}),
    overtime=frozenset({"OW", "MW"}),
    on_holiday=frozenset({"FW"}),
    sickness=frozenset({"ZK"}),
    whole_days=frozenset({"ZWV"}),
    limits={"WV": Limit.MINUTES, "BV": Limit.MINUTES, "ATV": Limit.MINUTES, "SEN": Limit.MINUTES},
    carry_over_months={"WV": 6, "BV": 60},
)


def _leave_type(row: _Row, traits: _Traits, order: int) -> LeaveType:
    key, letter, colour, dmfa_code, nl, fr, en = row
    category = Category.ABSENCE
    if key in traits.worked:
        category = Category.WORKED
    elif key in traits.overtime:
        category = Category.OVERTIME
    return LeaveType(
        id=0,
        key=key,
        letter=letter,
        names={"nl": nl, "fr": fr, "en": en},
        category=category,
        unit=Unit.DAY if key in traits.whole_days else Unit.MINUTE,
        limit=traits.limits.get(key, Limit.UNLIMITED),
        carry_over_months=traits.carry_over_months.get(key, 0),
        negative_allowed=key in traits.limits,
        sickness=key in traits.sickness,
        on_holiday=key in traits.on_holiday,
        active=bool(letter),
        colour=colour,
        dmfa_code=dmfa_code,
        order=order,
    )


STARTER: Mapping[Country, tuple[LeaveType, ...]] = {
    "BE": tuple(_leave_type(row, _BELGIAN_TRAITS, order) for order, row in enumerate(_BELGIAN, 1)),
    "NL": tuple(_leave_type(row, _DUTCH_TRAITS, order) for order, row in enumerate(_DUTCH, 1)),
}
"""The types of a country in display order; their id is 0 until they are stored."""
