"""The classifications that a report may have: neutral ones, of which an employer switches on what it uses.

The public lists of Dutch packages (AFAS `ViIt`, Xpert Suite) also hold pregnancy, delivery, organ donation
and private accidents. Those tell the nature of an illness or which safety net applies, which an employer may
not record (AP, policy rules on sick employees, 2016), so they are no choice here; nor can a name be typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrtui.i18n import N_


@dataclass(frozen=True, slots=True)
class Classification:
    """One classification: its untranslated name and what it is called in exchange files.

    `countries` has the countries that offer it, `usual` whether an employer starts with it.
    """

    code: str
    name: str
    afas: str
    xpert: str
    countries: tuple[str, ...] = ("BE", "NL")
    usual: bool = True


ILL = "ill"
WORK_ACCIDENT = "work_accident"
THIRD_PARTY = "third_party"
SAFETY_NET = "safety_net"
AFTER_EMPLOYMENT = "after_employment"
UNKNOWN = "unknown"

_ALL = (
    Classification(ILL, N_("Ill"), "Z", "Ziek"),
    Classification(WORK_ACCIDENT, N_("Work accident"), "AO", "Bedrijfsongeval"),
    Classification(THIRD_PARTY, N_("Liable third party"), "D", "Door derden", ("NL",)),
    Classification(SAFETY_NET, N_("Safety net"), "Z", "Indicatie vangnet", ("NL",), usual=False),
    Classification(AFTER_EMPLOYMENT, N_("Ill after leaving"), "Z", "Ziek uit dienst", ("NL",), usual=False),
    Classification(UNKNOWN, N_("Not known yet"), "Z", "Onbekend", ("NL",), usual=False),
)
CLASSIFICATIONS: Mapping[str, Classification] = {one.code: one for one in _ALL}
"""Every classification by its code, in the order in which they are offered."""


def offered(country: str, choices: Mapping[str, tuple[bool, int]]) -> list[Classification]:
    """The classifications in use at an employer, in its order; `choices` maps codes to (in use, place).

    What the employer did not decide about is in use where it is usual. Plain illness is always there.
    """
    found: list[tuple[int, int, Classification]] = []
    for place, one in enumerate(_ALL):
        active, order = choices.get(one.code, (one.usual, place))
        if country in one.countries and (active or one.code == ILL):
            found.append((order, place, one))
    return [one for _, _, one in sorted(found, key=lambda item: item[:2])]
