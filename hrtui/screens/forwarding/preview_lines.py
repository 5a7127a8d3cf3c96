"""What the preview of a transmission shows: totals, people with what changed, messages, the files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from hrtui import i18n
from hrtui.domain.leave_type import Category
from hrtui.domain.month import Month
from hrtui.domain.snapshot import Snapshot
from hrtui.forwarding.plan import PersonPlan, State
from hrtui.forwarding.prepare import Prepared
from hrtui.forwarding.totals import Totals, compared, totals
from hrtui.forwarding.wording import STATES, difference_texts, people_count
from hrtui.i18n import N_, short_day_text, t, tn
from hrtui.payroll.layouts.types import File
from hrtui.widgets.amounts import money
from hrtui.widgets.lines import Line, fitted
from hrtui.widgets.months import month_text

_NAME, _LEAST_NAME, _ABOUT = 28, 8, 40
_LINES_OF_A_FILE = 400
"""So many lines of a file are shown; the rest is counted."""


def preview_lines(prepared: Prepared, before: Totals, width: int) -> Iterator[Line]:
    """All parts of a preview; `before` are the sums of the month before, of the same people."""
    yield from _problems(prepared, width)
    yield from _facts(prepared)
    now = totals((plan.snapshot for plan in prepared.plans.values()), i18n.language())
    yield from totals_lines(now, before, prepared.wanted.month, width)
    yield from _people(list(prepared.plans.values()), width)
    yield from _messages(prepared, width)
    for file in prepared.files:
        yield from _file(file)


def _title(text: str) -> Iterator[Line]:
    yield ()
    yield ((f" {text}", "bold"),)


def _problems(prepared: Prepared, width: int) -> Iterator[Line]:
    for problem in prepared.problems:
        for part in textwrap.wrap(f"! {problem}", max(20, width - 2)):
            yield ((f" {part}", "error"),)
    if prepared.problems:
        yield ()


def _facts(prepared: Prepared) -> Iterator[Line]:
    facts = [people_count(len(prepared.plans))]
    if prepared.same:
        facts.append(tn("{n} is with the provider as it is", "{n} are with the provider as they are",
                        prepared.same))  # fmt: skip
    if prepared.elsewhere:
        facts.append(tn("{n} goes to another provider", "{n} go to another provider", prepared.elsewhere))
    yield ((f" {', '.join(facts)}", "plain"),)
    dates = {
        N_("Wages are paid on"): prepared.wanted.wage_payment_date,
        N_("Meal vouchers are ordered on"): prepared.wanted.meal_voucher_date,
    }
    for label, day in dates.items():
        if day:
            yield ((f" {t(label)} {short_day_text(day)} {day.year}", "plain"),)


def totals_lines(now: Totals, before: Totals, month: Month, width: int) -> Iterator[Line]:
    """Hours by type and pay by component, beside those of the month before, also of what is there no more."""
    if not now.types:
        return
    heads = ("", t("people"), t("hours"), month_text(month.shift(-1)), t("difference"))
    people = {one.kind.key: one.people for one in now.types}
    hours = [heads]
    for kind, was, minutes in compared(now, before):
        change = i18n.hours(minutes - was) if minutes != was else "="
        name = f"{kind.key} {kind.name(i18n.language())}"
        counted = str(people.get(kind.key, 0))
        hours.append((name, counted, i18n.hours(minutes), i18n.hours(was), change))
    yield from _title(t("Hours"))
    yield from _table(hours, width)
    paid = [heads]
    is_now, was_paid = ({one.code: one for one in part.pay} for part in (now, before))
    for code, pay in sorted({**was_paid, **is_now}.items()):
        one, old = is_now.get(code), was_paid.get(code)
        cents, was = one.cents if one else 0, old.cents if old else 0
        change = money(cents - was, sign=True) if cents != was else "="
        counted = str(one.people if one else 0)
        paid.append((f"{code} {pay.name}", counted, money(cents), money(was), change))
    if paid[1:]:
        yield from _title(t("Pay components"))
        yield from _table(paid, width)


def _table(rows: Sequence[tuple[str, ...]], width: int) -> Iterator[Line]:
    """Names left and figures right, as narrow as they can be; the first row has the heads."""
    columns = [max(map(cell_len, column)) + 2 for column in list(zip(*rows, strict=True))[1:]]
    name = max(_LEAST_NAME, min(_NAME, width - 1 - sum(columns)))
    for place, (first, *others) in enumerate(rows):
        texts = (f"{text:>{room}}" for text, room in zip(others, columns, strict=True))
        yield ((f" {fitted(first, name)}{''.join(texts)}", "plain" if place else "dim"),)


def _people(listed: Sequence[PersonPlan], width: int) -> Iterator[Line]:
    if listed:
        yield from _title(t("People"))
        yield from people_lines(listed, width)


def people_lines(listed: Sequence[PersonPlan], width: int) -> Iterator[Line]:
    """A line for each person, and below it what differs from what the provider holds, and the reason."""
    states = ["" if plan.state is State.NEW else t(STATES[plan.state]) for plan in listed]
    rows = [("", "", ""), *((plan.snapshot.person.name, *_sum(plan.snapshot)) for plan in listed)]
    room = width - 3 - max(map(cell_len, states), default=0)
    _, *lines = _table(rows, room)
    for plan, state, ((text, style),) in zip(listed, states, lines, strict=True):
        yield ((f"{text}  {state}".rstrip(), style),)
        for part in textwrap.wrap(plan.reason, max(_LEAST_NAME, width - 6)):
            yield ((f"     {part}", "plain"),)
        for difference in plan.differences:
            about, old, new = difference_texts(difference)
            about = fitted(about, max(_LEAST_NAME, min(_ABOUT, width - 9 - cell_len(f"{old}{new}"))))
            yield ((f"     {about} {old} → {new}", "dim"),)


def _sum(snapshot: Snapshot) -> tuple[str, str]:
    worked = t("{hours} worked", hours=i18n.hours(snapshot.total(Category.WORKED)))
    return worked, t("{hours} absent", hours=i18n.hours(snapshot.total(Category.ABSENCE)))


def _messages(prepared: Prepared, width: int) -> Iterator[Line]:
    texts = [(t("The employer"), message.body) for message in prepared.messages]
    for plan in prepared.plans.values():
        texts += [(plan.snapshot.person.name, message.body) for message in plan.snapshot.messages]
    if not texts:
        return
    yield from _title(t("Messages"))
    for who, body in texts:
        yield ((f" {who}", "plain"),)
        for part in body.split("\n"):
            for line in textwrap.wrap(part, max(20, width - 6)) or [""]:
                yield ((f"     {line}", "dim"),)


def _file(file: File) -> Iterator[Line]:
    size = t("{n} bytes", n=f"{len(file.content):,}".replace(",", " "))
    yield from _title(f"{file.name}  {size}")
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = file.content.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
    if not text or "\x00" in text or file.content[:4] in (b"%PDF", b"PK\x03\x04"):
        yield ((f" {t('This file is not text; it can be opened once it is written.')}", "dim"),)
        return
    lines = text.splitlines()
    for line in lines[:_LINES_OF_A_FILE]:
        yield ((f" {line}", "plain"),)
    if len(lines) > _LINES_OF_A_FILE:
        more = len(lines) - _LINES_OF_A_FILE
        yield ((f" {tn('and {n} more line', 'and {n} more lines', more)}", "dim"),)
