"""Answers of providers: the files they put into a return folder, in our own form, as CSV or JSON.

CSV has a header and the columns `transmission`, `person`, `status`, `reason`, with `;` or `,` between; JSON
is a list of objects with these names. `transmission` is the id of the manifest, `person` the number at the
provider (empty: everybody of whom the file says nothing else), `status` accepted or rejected.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hrtui.backend.database import Connection, Database
from hrtui.backend.forwarding import records
from hrtui.backend.forwarding.arguments import LONGEST_REASON
from hrtui.backend.forwarding.queue import WORKER
from hrtui.backend.sync.writing import Writing
from hrtui.domain.sync.transmission import ACCEPTED, REJECTED, TransmissionUnits
from hrtui.i18n import t

_COLUMNS = ("transmission", "person", "status", "reason")
_LOOKED_AT, _NUMBERS = 65_536, 20
"""In so many bytes of a file that cannot be read so many numbers are looked up as ids of transmissions."""


class AnswerError(Exception):
    """A file with answers cannot be used; the text says why, with the line."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line; `person` is a number at the provider, '' for everybody else."""

    transmission_id: int
    person: str
    status: str
    reason: str


def read_answers(name: str, content: bytes) -> list[AnswerLine]:
    """The lines of a file; raises AnswerError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerError(t("The file is not in UTF-8.")) from None
    rows = _json(text) if name.casefold().endswith(".json") else _csv(text)
    return [_line(row, place) for place, row in enumerate(rows, 1)]


def take_answers(
    database: Database, tenant_id: int, channel_id: int, channel: str, files: Iterable[tuple[str, str, bytes]]
) -> int:
    """Take files (name, SHA-256, content) that were not taken before; returns how many were."""
    return sum(
        database.run(tenant_id, lambda con, file=file: _take(con, tenant_id, channel_id, channel, *file))  # type: ignore[misc]
        for file in files
    )


def _take(
    con: Connection, tenant_id: int, channel_id: int, channel: str, name: str, digest: str, content: bytes
) -> bool:
    writing = Writing.begin(con, tenant_id, WORKER)
    place = (tenant_id, channel_id, digest)
    known = "SELECT 1 FROM delivery_answer WHERE tenant_id = ? AND channel_id = ? AND sha256 = ?"
    if con.one(known, *place):
        return False
    problem = ""
    try:
        apply_answers(writing, read_answers(name, content), channel, name)
    except AnswerError as error:
        problem = str(error)
        told = t("The answer {file} ({channel}) cannot be read: {problem}", file=name[:200], channel=channel,
                 problem=problem)  # fmt: skip
        for transmission_id in named_in(content):
            records.remark(writing, transmission_id, told)
    con.execute(
        "INSERT INTO delivery_answer (tenant_id, channel_id, sha256, name, at, problem)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        *place, name[:200], writing.at, problem,
    )  # fmt: skip
    if writing.changes:
        writing.commit()
    return True


def named_in(content: bytes) -> list[int]:
    """The numbers of a file that may be ids of transmissions, a few, whatever else is wrong with it."""
    found = re.findall(rb"(?<![0-9])[0-9]{1,19}(?![0-9])", content[:_LOOKED_AT])
    return [id_ for id_ in dict.fromkeys(map(int, found)) if 0 < id_ < 2**63][:_NUMBERS]


def apply_answers(writing: Writing, lines: list[AnswerLine], channel: str, source: str) -> None:
    """Enter the answers of a file, all of them or none; raises AnswerError for what names nobody."""
    meant: dict[int, list[AnswerLine]] = {}
    for line in lines:
        meant.setdefault(line.transmission_id, []).append(line)
    found = {id_: _answers(records.units_of(writing, id_), some, id_) for id_, some in meant.items()}
    for id_, answers in found.items():
        records.answer(writing, id_, answers, channel, source)


def _answers(
    units: TransmissionUnits | None, lines: list[AnswerLine], transmission_id: int
) -> Mapping[str, tuple[str, str]]:
    """What the lines say of each person of a transmission."""
    if units is None:
        raise AnswerError(t("There is no transmission {id} here.", id=transmission_id))
    by_number: dict[str, list[str]] = {}
    for person_id, (number, *_) in units["people"].items():
        by_number.setdefault(number, []).append(person_id)
    said: dict[str, tuple[str, str]] = {}
    for line in lines:
        if line.person and line.person not in by_number:
            raise AnswerError(
                t("Nobody in transmission {id} has the number {number}.", id=transmission_id,
                  number=line.person)
            )  # fmt: skip
        for person_id in by_number.get(line.person, ()):
            said[person_id] = (line.status, line.reason)
    rest = [line for line in lines if not line.person]
    if rest:
        for person_id in units["people"]:
            said.setdefault(person_id, (rest[-1].status, rest[-1].reason))
    return said


def _csv(text: str) -> list[Mapping[str, Any]]:
    lines = text.splitlines()
    divider = ";" if lines and ";" in lines[0] else ","
    try:
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=divider, strict=True))
    except csv.Error:
        raise AnswerError(t("The file is no CSV.")) from None


def _json(text: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise AnswerError(t("The file is no JSON.")) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise AnswerError(t("The file must be a list of objects."))
    return found


def _line(row: Mapping[str, Any], place: int) -> AnswerLine:
    values = {name: str(row.get(name) or "").strip() for name in _COLUMNS}
    transmission, person, status, reason = (values[name] for name in _COLUMNS)
    number = int(transmission) if re.fullmatch("[0-9]{1,19}", transmission) else 0
    if not 0 < number < 2**63:
        raise AnswerError(t("Line {n}: there is no id of a transmission.", n=place))
    if status not in (ACCEPTED, REJECTED):
        raise AnswerError(t("Line {n}: the status must be accepted or rejected.", n=place))
    if status == REJECTED and not reason:
        raise AnswerError(t("Line {n}: a rejection needs a reason.", n=place))
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in reason).split())
    return AnswerLine(number, person, status, plain[:LONGEST_REASON])
