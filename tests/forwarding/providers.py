"""What a payroll provider holds after each file, read as its layout is described and not by the code."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tests.payroll.parsers import Books, Worked, booked, read_clock, read_generic, read_klx

LAYOUTS = ("generic", "acerta", "acerta-zeros", "partena", "partena-compact")
CODES = {"AD": "0100", "VAK": "0020", "ZGL": "0050", "OVU": "0138"}
_ILL = CODES["ZGL"]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Provider:
    """A provider that gets files in a layout; `numbers` are people's own numbers by those that it knows."""

    layout: str
    numbers: Mapping[str, str]

    @property
    def name(self) -> str:
        """Acerta or Partena, as the program calls them; empty for whoever reads the generic file."""
        return self.layout.partition("-")[0].replace("generic", "")

    def codes(self, key: str) -> str:
        """The codes of a leave type, as the program keeps them."""
        return json.dumps({self.name: CODES.get(key, "0999")}) if self.name else "{}"

    def month(self, number: str, lines: Iterable[tuple[date, str, int]]) -> Books:
        """What the provider should hold of somebody with these lines (day, key of the type, minutes).

        At Acerta hours are hundredths, and illness goes on over a weekend between two days of it.
        """
        if not self.name:
            return {(number, day, key): minutes for day, key, minutes in lines}
        told = {(number, day, CODES[key]): minutes for day, key, minutes in lines}
        if self.name == "partena":
            return told
        hundredths = {key: minutes * 100 // 60 for key, minutes in told.items()}
        worked = {day for _, day, _ in told}
        ill = sorted(day for _, day, code in told if code == _ILL)
        between = [day for one, other in pairwise(ill) if not worked & {*_days(one, other)}
                   for day in _days(one, other)]  # fmt: skip
        return hundredths | {(number, day, _ILL): 0 for day in between}

    def booked(self, books: Books, files: Mapping[str, bytes], people: Collection[str]) -> Books:
        """The books after the files of a transmission, in which nobody but `people` may be.

        The generic file says what differs. In the others a day takes the place of what was there, and no time
        takes a code away, except that it means illness under Acerta's code for it.
        """
        if not self.name:
            (content,) = (text for name, text in files.items() if name.endswith("-entries.csv"))
            entries = read_generic(content.removeprefix(b"\xef\xbb\xbf"))
            assert {one.number for one in entries} <= {*people}
            return booked(books, entries)
        lines = {(self.numbers[one.employee], one.day, one.code): one.amount for one in self._read(files)}
        assert {number for number, _, _ in lines} == {*people}
        days = {(number, day) for number, day, _ in lines}
        kept = {key: amount for key, amount in books.items() if key[:2] not in days}
        stays = _ILL if self.name == "acerta" else ""
        return kept | {key: amount for key, amount in lines.items() if amount or key[2] == stays}

    def _read(self, files: Mapping[str, bytes]) -> list[Worked]:
        begins, read = {"acerta": ("ACERTA_", read_klx), "partena": ("CLOCK_", read_clock)}[self.name]
        (content,) = (text for name, text in files.items() if name.startswith(begins))
        lines = read(content)
        assert len({(one.employee, one.day, one.code) for one in lines}) == len(lines)
        return lines


def beyond(books: Books, month: Books) -> Books:
    """Days of illness without time that no file takes back: somebody has to tell the provider."""
    return {
        key: amount for key, amount in books.items() if key not in month and not amount and key[2] == _ILL
    }


def _days(one: date, other: date) -> Iterator[date]:
    """The days between two others."""
    for number in range(1, (other - one).days):
        yield one + _DAY * number
