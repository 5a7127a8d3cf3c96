"""The month of a transmission on paper: totals by person and leave type, pay components, messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrtui.domain.leave_type import Category
from hrtui.domain.snapshot import Component, Snapshot
from hrtui.i18n import day_text, hours, language, t
from hrtui.payroll.layouts.records import Group, totals_of
from hrtui.payroll.layouts.spelling import number_text
from hrtui.payroll.paper import Column, Table, printed

TOTALS = ("scheduled", "worked", "absent", "overtime")


def month_report(group: Group) -> bytes:
    """The report as PDF."""
    header, people = group.header, group.snapshots
    title = f"{header.employer} · {day_text(header.month.first, 'LLLL y')}"
    return printed(title, _facts(group), tables(people, header.messages))


def tables(people: Sequence[Snapshot], employer_messages: Sequence[str]) -> Iterator[Table]:
    """What a transmission says of people, as tables."""
    yield Table(
        t("People"),
        (Column(t("Number"), 8), Column(t("Name"), 26), *(Column(text, 9, right=True) for text in _titles())),
        _people_rows(people),
        t("Nobody."),
    )
    yield Table(
        t("Leave types"),
        (
            Column(t("Code"), 8),
            Column(t("Leave type"), 30),
            Column(t("People"), 9, right=True),
            Column(t("Days"), 9, right=True),
            Column(t("Hours"), 10, right=True),
        ),
        _type_rows(people),
    )
    yield Table(
        t("Entries"),
        (
            Column(t("Number"), 8),
            Column(t("Name"), 24),
            Column(t("Date"), 14),
            Column(t("Leave type"), 26),
            Column(t("Hours"), 8, right=True),
        ),
        [
            (one.person.number, one.person.name, day_text(day.date, "EEE d MMM"),
             f"{line.kind.key} {line.kind.name(language())}", hours(line.minutes))
            for one in people
            for day, line in one.lines()
            if line.kind.category is not Category.WORKED
        ],
    )  # fmt: skip
    yield Table(
        t("Pay components"),
        (
            Column(t("Number"), 8),
            Column(t("Name"), 22),
            Column(t("Code"), 8),
            Column(t("Pay component"), 22),
            Column(t("Note"), 18),
            Column(t("Amount"), 12, right=True),
        ),
        [
            (one.person.number, one.person.name, part.code, part.name(language()), part.note, _money(part))
            for one in people
            for part in one.components
        ],
    )
    yield Table(
        t("Messages"),
        (Column(t("Number"), 8), Column(t("Name"), 22), Column(t("Message"), 60)),
        [
            *(("", "", body) for body in employer_messages),
            *(
                (one.person.number, one.person.name, message.body)
                for one in people
                for message in one.messages
            ),
        ],
    )


def _facts(group: Group) -> Iterator[tuple[str, str]]:
    header = group.header
    yield t("Transmission"), str(header.number)
    yield t("Made"), f"{header.at:%d/%m/%Y %H:%M} UTC"
    if header.wage_payment_date:
        yield t("Wages are paid on"), day_text(header.wage_payment_date, "EEE d MMM y")
    if header.meal_voucher_date:
        yield t("Meal vouchers are ordered on"), day_text(header.meal_voucher_date, "EEE d MMM y")


def _titles() -> tuple[str, ...]:
    return t("Scheduled"), t("Worked"), t("Absent"), t("Overtime")


def _people_rows(people: Sequence[Snapshot]) -> list[tuple[str, ...]]:
    totals = [totals_of(one) for one in people]
    rows = [
        (one.person.number, one.person.name, *(_hours(total[name].minutes) for name in TOTALS))
        for one, total in zip(people, totals, strict=True)
    ]
    if len(people) > 1:
        sums = (_hours(sum(total[name].minutes for total in totals)) for name in TOTALS)
        rows.append(("", t("Total"), *sums))
    return rows


def _type_rows(people: Sequence[Snapshot]) -> list[tuple[str, ...]]:
    names: dict[tuple[str, int], str] = {}
    counts: dict[tuple[str, int], list[int]] = {}
    for one in people:
        for kind in one.kinds():
            names[kind.key, kind.id] = kind.name(language())
            counts.setdefault((kind.key, kind.id), [0, 0, 0])[0] += 1
        for _, line in one.lines():
            count = counts[line.kind.key, line.kind.id]
            count[1] += 1
            count[2] += line.minutes
    return [
        (key[0], names[key], str(who), str(days), hours(minutes))
        for key, (who, days, minutes) in sorted(counts.items())
    ]


def _hours(minutes: int) -> str:
    return hours(minutes) if minutes else ""


def _money(part: Component) -> str:
    return f"{number_text(part.cents, 2, '.' if language() == 'en' else ',')} {part.currency}"
