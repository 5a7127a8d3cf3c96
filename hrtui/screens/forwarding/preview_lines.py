"""What the preview of a transmission shows: totals, people with what changed, messages, the files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

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
from hrtui.widgets.amounts import money, month_text
from hrtui.widgets.lines import Line, fitted
from hrtui.wording import told_of

_NAME, _NUMBER, _OTHER = 28, 10, 15
_LINES_OF_A_FILE = 400
"""So many lines of a file are shown; the rest is counted."""


def preview_lines(prepared: Prepared, before: Totals, width: int) -> Iterator[Line]:
    """All parts of a preview; `before` are the sums of the month before, of the same people."""
    yield from _problems(prepared, width)
    yield from _facts(prepared)
    now = totals((plan.snapshot for plan in prepared.plans.values()), i18n.language())
    yield from _totals(now, before, prepared.wanted.month)
    yield from _people(list(prepared.plans.values()))
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


def _totals(now: Totals, before: Totals, month: Month) -> Iterator[Line]:
    if not now.types:
        return
    last = month_text(month.shift(-1))
    yield from _title(t("Hours"))
    yield ((_columns("", t("people"), t("hours"), last, t("difference")), "dim"),)
    people = {one.kind.key: one.people for one in now.types}
    for kind, was, minutes in compared(now, before):
        change = i18n.hours(minutes - was) if minutes != was else "="
        name = f"{kind.key} {kind.name(i18n.language())}"
        counted = str(people.get(kind.key, 0))
        yield ((_columns(name, counted, i18n.hours(minutes), i18n.hours(was), change), "plain"),)
    if now.pay or before.pay:
        yield from _title(t("Pay components"))
        was_paid = {one.code: one.cents for one in before.pay}
        for pay in now.pay:
            was = was_paid.get(pay.code, 0)
            change = money(pay.cents - was, sign=True) if pay.cents != was else "="
            name = f"{pay.code} {pay.name}"
            yield ((_columns(name, str(pay.people), money(pay.cents), money(was), change), "plain"),)


def _columns(name: str, *texts: str) -> str:
    """A line of the tables: a name, two short columns and two wide ones."""
    widths = (_NUMBER, _NUMBER, _OTHER, _OTHER)
    return f" {fitted(name, _NAME)}" + "".join(f"{x:>{w}}" for x, w in zip(texts, widths, strict=True))


def _people(listed: Sequence[PersonPlan]) -> Iterator[Line]:
    if listed:
        yield from _title(t("People"))
        yield from people_lines(listed)


def people_lines(listed: Sequence[PersonPlan]) -> Iterator[Line]:
    """A line for each person, and below it what differs from what the provider holds."""
    for plan in listed:
        one = plan.snapshot
        state = "" if plan.state is State.NEW else t(STATES[plan.state])
        why = told_of(state, plan.reason) if plan.reason else state
        text = f"{fitted(one.person.name, _NAME)}{_sum(one)}  {why}"
        yield ((f" {text.rstrip()}", "plain"),)
        for difference in plan.differences:
            about, old, new = difference_texts(difference)
            yield ((f"     {fitted(about, 40)} {old} → {new}", "dim"),)


def _sum(snapshot: Snapshot) -> str:
    worked = t("{hours} worked", hours=i18n.hours(snapshot.total(Category.WORKED)))
    absent = t("{hours} absent", hours=i18n.hours(snapshot.total(Category.ABSENCE)))
    return f"{worked:>18}{absent:>18}"


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
