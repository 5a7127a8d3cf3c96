"""The agenda as an iCalendar file (RFC 5545) for the calendar of whoever looks after cases.

Calendars are shared and synced to telephones, so an entry has the employee number and no name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hrtui.i18n import t
from hrtui.store.sickness.due import AgendaLine

_WIDTH = 75
"""Octets in a line (RFC 5545, 3.1)."""


def agenda_ics(lines: Iterable[AgendaLine], employer: str, made_at: datetime) -> bytes:
    """All that is due as events of a whole day; importing a later file updates the events of an earlier one.

    `made_at` is in UTC.
    """
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}"
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hrtui//absence agenda//EN", "CALSCALE:GREGORIAN"]
    found.append(f"X-WR-CALNAME:{_text(t('Absence agenda, {employer}', employer=employer))}")
    for line in lines:
        item = line.item
        summary = t("{step}, employee {number}", step=line.label, number=line.person.number)
        found += [
            "BEGIN:VEVENT",
            f"UID:{item.case_id}-{item.what}-{item.number}@hrtui",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{_day(item.due)}",
            f"DTEND;VALUE=DATE:{_day(item.due + timedelta(days=1))}",
            f"SUMMARY:{_text(summary)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
        ]
        if item.last != item.due:
            found.append(f"DESCRIPTION:{_text(t('At the latest on {day}', day=f'{item.last:%d/%m/%Y}'))}")
        found.append("END:VEVENT")
    found.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in found).encode()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(text: str) -> str:
    """A text value with its special signs escaped (RFC 5545, 3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """The line in parts of at most 75 octets, each after the first behind a space; no sign is split."""
    parts: list[str] = []
    current, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _WIDTH:
            parts.append(current)
            current, size = " ", 1
        current, size = current + sign, size + octets
    return "\r\n".join([*parts, current])
