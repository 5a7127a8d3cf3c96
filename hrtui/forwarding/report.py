"""The report of a transmission: who and what, totals, files with hashes, deliveries, answers, unlocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hrtui import i18n
from hrtui.domain.money import decimal_sign, plain_number
from hrtui.domain.snapshot import Snapshot, from_json
from hrtui.forwarding.arrival import state_text
from hrtui.forwarding.local import folder_name
from hrtui.forwarding.ports import refuse_unseen
from hrtui.forwarding.totals import Totals, totals
from hrtui.forwarding.wording import KINDS, STATUSES, people_count
from hrtui.i18n import day_text, language, t
from hrtui.payroll.export import write_private
from hrtui.payroll.layouts.records import totals_of
from hrtui.payroll.layouts.spelling import csv_bytes, safe_cell
from hrtui.payroll.paper import Column, Table
from hrtui.store.employers import employer_of
from hrtui.store.errors import StoreError
from hrtui.store.store import Store
from hrtui.store.transmissions import (
    Event,
    MonthUnlock,
    SentFile,
    SentPerson,
    Transmission,
    events,
    files,
    month_unlocks,
    sent_people,
    transmission,
)
from hrtui.wording import moment_name, month_name, sentence, told_of

Styled = tuple[str, str]
"""A line of text and the slot of its style."""

_NAME = 32


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told of one transmission."""

    employer: str
    sent: Transmission
    state: str
    people: Sequence[SentPerson]
    totals: Totals
    snapshots: Sequence[Snapshot]
    files: Sequence[SentFile]
    events: Sequence[Event]
    unlocks: Sequence[MonthUnlock]


def read_report(store: Store, employer_id: int, transmission_id: int) -> Report:
    """The report as the database has it.

    Raises StoreError for a transmission that is not there, and for a clerk who may not see all of it.
    """
    refuse_unseen(store, employer_id)
    sent = transmission(store, employer_id, transmission_id)
    people = sent_people(store, transmission_id)
    if not all(one.snapshot for one in people):
        raise StoreError(t("What was sent is still on its way from the backend: try again in a moment."))
    snapshots = [from_json(one.snapshot) for one in people]
    return Report(
        employer_of(store, employer_id).name,
        sent,
        state_text(store, employer_id, sent),
        people,
        totals(snapshots, language()),
        snapshots,
        files(store, transmission_id),
        events(store, transmission_id),
        [one for one in month_unlocks(store, employer_id, sent.month) if one.at >= sent.at],
    )


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """Label and text of what is said once."""
    sent = report.sent
    yield t("Employer"), report.employer
    yield t("Month"), sentence(month_name(sent.month))
    yield t("Transmission"), f"{t('no. {n}', n=sent.number)}, {t(KINDS[sent.kind])}"
    yield t("Forwarded"), t("{moment} by {actor}", moment=moment_name(sent.at), actor=sent.actor)
    yield t("Files as"), sent.layout
    if sent.wage_payment_date:
        yield t("Wages are paid on"), _day(sent.wage_payment_date)
    if sent.meal_voucher_date:
        yield t("Meal vouchers are ordered on"), _day(sent.meal_voucher_date)
    yield t("State"), told_of(report.state, sent.reason) if sent.reason else report.state
    yield t("People"), people_count(sent.people)


def report_lines(store: Store, employer_id: int, transmission_id: int) -> list[Styled]:
    """The report as lines for the screen, each with a style."""
    report = read_report(store, employer_id, transmission_id)
    lines: list[Styled] = [(f"{_wide(label)} {text}", "plain") for label, text in facts(report)]
    lines += _section(
        t("Hours"), [_type_line(report.totals, place) for place in range(len(report.totals.types))]
    )
    lines += _section(
        t("Pay components"),
        [f"{_wide(f'{one.code} {one.name}')} {_money(one.cents):>14}  {people_count(one.people)}"
         for one in report.totals.pay],
    )  # fmt: skip
    longest = max((len(one.name) for one in report.files), default=0)
    lines += _section(
        t("Files"),
        [f"{one.name:<{longest}} {one.size:>9}  {one.sha256}" for one in report.files],
    )
    lines += _section(
        t("Deliveries and answers"),
        [
            "  ".join(
                filter(None, (moment_name(one.at), t(STATUSES[one.status]), one.channel, one.actor, one.note))
            )
            for one in report.events
        ],
    )
    lines += _section(
        t("Unlocked since"),
        [
            f"{moment_name(one.at)}  {one.actor}  {people_count(one.people)}  {one.reason}"
            for one in report.unlocks
        ],
    )
    lines += _section(
        t("People"),
        [
            f"{_wide(one.name)} {one.number:<12} {t(STATUSES[one.status])}  {one.reason}".rstrip()
            for one in report.people
        ],
    )
    messages = [line for one in report.sent.messages for line in str(one["body"]).split("\n")]
    return [*lines, *_section(t("Messages"), messages)]


def save_report(store: Store, employer_id: int, transmission_id: int, kind: str, folder: Path) -> Path:
    """Write the report as `pdf`, `csv` or `json` into a folder; returns the file. Raises StoreError."""
    report = read_report(store, employer_id, transmission_id)
    content = {"pdf": report_pdf, "csv": report_csv, "json": report_json}[kind](report)
    name = folder_name(report.employer, report.sent.month, report.sent.number)
    path = folder / f"{name}-{t('report')}.{kind}"
    try:
        write_private(path, content)
    except OSError as error:
        raise StoreError(t("{file} cannot be written: {reason}.", file=path, reason=error.strerror)) from None
    return path


def report_pdf(report: Report) -> bytes:
    """The report to print."""
    from hrtui.payroll.layouts.report import tables
    from hrtui.payroll.paper import printed

    title = f"{report.employer} · {sentence(month_name(report.sent.month))} · {t('Report')}"
    of_employer = [str(one["body"]) for one in report.sent.messages if one["person"] is None]
    return printed(title, facts(report), [*_tables(report), *tables(report.snapshots, of_employer)])


def report_csv(report: Report) -> bytes:
    """The report as a table of three columns and more: part, then what the part has.

    A person's row has the minutes scheduled, worked, absent and of overtime at its end.
    """
    return csv_bytes(
        [safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in _csv_rows(report)
    )


def report_json(report: Report) -> bytes:
    """The report for a program: ids as text, moments in UTC, time in minutes, money in cents."""
    sent = report.sent
    plain: dict[str, Any] = {
        "employer": report.employer,
        "month": str(sent.month),
        "transmission": str(sent.id),
        "number": sent.number,
        "kind": sent.kind,
        "status": str(sent.status),
        "layout": sent.layout,
        "provider": sent.provider,
        "resend": sent.resend,
        "by": sent.actor,
        "at": sent.at.isoformat(),
        "wage_payment_date": _iso(sent.wage_payment_date),
        "meal_voucher_date": _iso(sent.meal_voucher_date),
        "hours": [
            {"type": one.kind.key, "people": one.people, "days": one.days, "minutes": one.minutes,
             "hundredths": one.hundredths}
            for one in report.totals.types
        ],
        "pay": [
            {"code": one.code, "name": one.name, "people": one.people, "cents": one.cents}
            for one in report.totals.pay
        ],
        "messages": [{"person": one["person"], "body": one["body"]} for one in sent.messages],
        "files": [{"name": one.name, "bytes": one.size, "sha256": one.sha256} for one in report.files],
        "events": [
            {"at": one.at.isoformat(), "status": str(one.status), "channel": one.channel, "by": one.actor,
             "note": one.note}
            for one in report.events
        ],
        "people": [
            {"number": one.number, "name": one.name, "status": str(one.status), "reason": one.reason,
             "sha256": one.sha256, "snapshot": json.loads(one.snapshot)}
            for one in report.people
        ],
    }  # fmt: skip
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _csv_rows(report: Report) -> Iterator[tuple[str | int, ...]]:
    for label, value in facts(report):
        yield "fact", label, value
    for one in report.totals.types:
        yield "hours", one.kind.key, one.kind.name(language()), one.people, one.days, one.minutes
    for pay in report.totals.pay:
        yield "pay", pay.code, pay.name, pay.people, plain_number(pay.cents, 2, ".")
    for file in report.files:
        yield "file", file.name, file.size, file.sha256
    for event in report.events:
        yield "event", event.at.isoformat(), event.status, event.channel, event.actor, event.note
    for person, snapshot in zip(report.people, report.snapshots, strict=True):
        times = (amount.minutes for amount in totals_of(snapshot).values())
        yield "person", person.number, person.name, person.status, person.reason, person.sha256, *times


def _tables(report: Report) -> Iterator[Table]:
    of_files = Column(t("File"), 170), Column(t("Bytes"), 41, right=True), Column("SHA-256", 312)
    yield Table(t("Files"), of_files, [(one.name, str(one.size), one.sha256) for one in report.files])
    of_events = Column(t("When"), 16), Column(t("State"), 14), Column(t("By"), 20), Column(t("Note"), 40)
    yield Table(
        t("Deliveries and answers"),
        of_events,
        [
            (
                moment_name(one.at),
                t(STATUSES[one.status]),
                ", ".join(filter(None, (one.channel, one.actor))),
                one.note,
            )
            for one in report.events
        ],
    )
    of_people = (
        Column(t("Number"), 10),
        Column(t("Name"), 30),
        Column(t("State"), 14),
        Column(t("Reason"), 40),
    )
    yield Table(
        t("Answers by person"),
        of_people,
        [(one.number, one.name, t(STATUSES[one.status]), one.reason) for one in report.people if one.reason],
    )


def _section(title: str, lines: Sequence[str]) -> list[Styled]:
    return [("", "plain"), (title, "bold"), *((line, "plain") for line in lines)] if lines else []


def _type_line(sums: Totals, place: int) -> str:
    one = sums.types[place]
    name = f"{one.kind.key} {one.kind.name(language())}"
    return f"{_wide(name)} {i18n.hours(one.minutes):>14}  {people_count(one.people)}"


def _wide(text: str) -> str:
    return f"{text[:_NAME]:<{_NAME}}"


def _money(cents: int) -> str:
    return plain_number(cents, 2, decimal_sign(language()))


def _day(day: date) -> str:
    return day_text(day, "EEE d MMM y")
