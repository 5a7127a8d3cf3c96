"""The people of the demo: invented, with names that nobody bears and numbers that nobody was given."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random

from hrtui.domain.month import Month

PACKAGE = "hrtui.demo"
COLUMNS = (
    "nummer", "naam", "tussenvoegsel", "voornaam", "geboortedatum", "geslacht", "rijksregisternummer",
    "e-mail", "iban", "team", "in dienst", "uit dienst", "statuut", "paritair comité", "rooster",
)  # fmt: skip
FIRST_NUMBER = 1001
# A prime that divides none of the numbers of names: stepping by it meets every pair of names once.
_STEP = 1009
# Serial numbers of a birth date are given out from 001 on; no date of birth gets this far.
_FIRST_SERIAL, _LAST_SERIAL = 901, 997


@dataclass(frozen=True, slots=True)
class Job:
    """What a part of the people do: the columns of a people file that go together."""

    team: str
    schedule: str
    status: str
    joint_committee: str
    weight: int


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of the package by its column names."""
    text = (files(PACKAGE) / "data" / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter=";"))


@cache
def jobs() -> tuple[Job, ...]:
    """The jobs of the demo; their weights say how many of the people have them."""
    return tuple(
        Job(row["team"], row["rooster"], row["statuut"], row["paritair comité"], int(row["aantal"]))
        for row in table("jobs.csv")
    )


def people_rows(count: int, month: Month) -> Iterator[tuple[str, ...]]:
    """So many people (up to 100,000) as the rows of a people file, with starters and leavers around `month`.

    The first people are the same for every count.
    """
    weights = [job.weight for job in jobs()]
    serials: dict[tuple[date, str], int] = {}
    for index in range(count):
        random = Random(f"person {index}")  # noqa: S311  (the same people every time, no secret)
        last, first, sex = _name(index)
        born, serial = _birth(random, sex, month, serials)
        (job,) = random.choices(jobs(), weights)
        start, end = _contract(random, born, month)
        number = str(FIRST_NUMBER + index)
        yield (
            number, last["naam"], last["tussenvoegsel"], first, _written(born), sex,
            national_number(born, serial), f"persoon{number}@example.org", iban(index), job.team,
            _written(start), _written(end), job.status, job.joint_committee, job.schedule,
        )  # fmt: skip


def _written(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _name(index: int) -> tuple[dict[str, str], str, str]:
    """Last name, first name and sex; double-barrelled names come when the simple ones are used up."""
    first_names, last_names = table("first_names.csv"), table("last_names.csv")
    pairs = len(first_names) * len(last_names)
    turn, place = divmod(index, pairs)
    pair = place * _STEP % pairs
    first, last = first_names[pair % len(first_names)], last_names[pair // len(first_names)]
    if turn:
        other = last_names[(pair // len(first_names) + turn) % len(last_names)]["naam"]
        last = last | {"naam": f"{last['naam']}-{other}"}
    return last, first["voornaam"], first["geslacht"]


def _birth(random: Random, sex: str, month: Month, serials: dict[tuple[date, str], int]) -> tuple[date, int]:
    """A birth date 21 to 64 years before, and a serial number for it, odd for men and even for women."""
    while True:
        born = date(month.year - 64, 1, 1) + timedelta(days=random.randrange(15_700))
        serial = serials.get((born, sex), _FIRST_SERIAL if sex == "m" else _FIRST_SERIAL + 1)
        if serial <= _LAST_SERIAL:
            serials[born, sex] = serial + 2
            return born, serial


def national_number(born: date, serial: int) -> str:
    """A Belgian national number with its check digits: 97 less the rest of the digits by 97.

    For who is born from 2000 on, a 2 goes before the digits (IBZ, instruction IT000).
    """
    digits = f"{born:%y%m%d}{serial:03d}"
    check = 97 - int(("2" if born.year >= 2000 else "") + digits) % 97
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:]}.{check:02d}"


def iban(index: int) -> str:
    """A Belgian account with right check digits at bank 500, which does not exist."""
    account = f"500{index:07d}"
    basic = f"{account}{int(account) % 97 or 97:02d}"
    # ISO 13616: the country's letters (B = 11, E = 14) and 00 behind, then 98 less the rest by 97.
    check = 98 - int(basic + "111400") % 97
    return f"BE{check:02d}{basic}"


def _contract(random: Random, born: date, month: Month) -> tuple[date, date | None]:
    """Start and end: most have been there for long; a few start or leave in the middle of these months."""
    recent = random.choice((month, month.shift(-1))).day(random.randint(4, 24))
    fate = random.random()
    if fate < 0.05:
        return recent, None
    earliest = max(date(born.year + 19, born.month, 1), date(2000, 1, 1))
    latest = month.shift(-2).last
    start = earliest + timedelta(days=random.randrange((latest - earliest).days))
    return start, recent if fate < 0.08 else None
