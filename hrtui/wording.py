"""Sentences about days: what a day holds, why it refused an entry, and what a step did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from hrtui import i18n
from hrtui.domain.day import Day, Entry, Lock, Part, Reason, Refusal, Status, Unlock
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.month import Month
from hrtui.domain.typed_cell import TypedError, TypedProblem
from hrtui.i18n import N_, t, tn
from hrtui.store.history import HistoryLine
from hrtui.store.moments import moment_of
from hrtui.store.month_view import Checked, PersonRow
from hrtui.store.undo import Undone

if TYPE_CHECKING:
    from hrtui.store.limits import Excess

Kinds = Mapping[int, LeaveType]

_SENTENCES = {
    Reason.LOCKED: N_("{month} is locked for this person."),
    Reason.OUTSIDE_CONTRACT: N_("{day} is outside the contract."),
    Reason.NOT_SCHEDULED: N_("{day}: no work is scheduled."),
    Reason.HOLIDAY: N_("{day} is a holiday."),
    Reason.NO_TIME_LEFT: N_("{day}: no time is left, {used} of {limit} is taken."),
    Reason.TOO_MANY_MINUTES: N_("{day}: that does not fit, {left} of {limit} is free."),
    Reason.OVER_24_HOURS: N_("{day}: that makes more than 24 hours."),
    Reason.NEEDS_HOURS: N_("{type} needs hours: type them in the cell, as in 2:30 {key}."),
    Reason.NOT_HALF: N_("{day}: there is no single entry to halve."),
    Reason.WHOLE_DAYS_ONLY: N_("{day}: {type} is entered in whole days only."),
    Reason.HALF_DAYS_ONLY: N_("{day}: {type} is entered in whole or half days only."),
    Reason.INACTIVE_TYPE: N_("{type} is no longer in use."),
    Reason.ROLE_NEEDED: N_("{type} may only be entered by somebody with the role “{role}”."),
    Reason.NO_ALLOWANCE: N_("{day}: not enough {type} is left."),
    Reason.NOTHING_TO_CLEAR: N_("{day}: there is nothing to clear."),
    Reason.UNCHANGED: N_("{day} holds that already."),
    Reason.CONFLICT: N_("{day} was changed in two places: choose what holds first."),
    Reason.HIDDEN: N_("{day} holds an absence that your roles may not see: it stays as it is."),
    Reason.NOTHING_WAITS: N_("{day}: nothing waits for approval."),
}

_PHRASES = {
    Reason.LOCKED: N_("locked"),
    Reason.OUTSIDE_CONTRACT: N_("outside the contract"),
    Reason.NOT_SCHEDULED: N_("not scheduled"),
    Reason.HOLIDAY: N_("holiday"),
    Reason.NO_TIME_LEFT: N_("no time left"),
    Reason.TOO_MANY_MINUTES: N_("too many hours"),
    Reason.OVER_24_HOURS: N_("more than 24 hours"),
    Reason.NEEDS_HOURS: N_("hours needed"),
    Reason.NOT_HALF: N_("no single entry to halve"),
    Reason.WHOLE_DAYS_ONLY: N_("whole days only"),
    Reason.HALF_DAYS_ONLY: N_("whole or half days only"),
    Reason.INACTIVE_TYPE: N_("type not in use"),
    Reason.ROLE_NEEDED: N_("not allowed for your role"),
    Reason.NO_ALLOWANCE: N_("not enough left"),
    Reason.NOTHING_TO_CLEAR: N_("nothing to clear"),
    Reason.UNCHANGED: N_("already so"),
    Reason.CONFLICT: N_("changed in two places"),
    Reason.HIDDEN: N_("not for your roles"),
    Reason.NOTHING_WAITS: N_("nothing waits"),
}

_TYPED = {
    TypedProblem.UNKNOWN_CODE: N_("“{text}” is no leave type."),
    TypedProblem.BAD_AMOUNT: N_("“{text}” is no amount of time: write 7:36, 7.6 or 1/2."),
    TypedProblem.AMOUNT_WITHOUT_CODE: N_("“{text}” needs a leave type beside it, as in 4 VAK."),
}

_PARTS = {Part.MORNING: N_("morning"), Part.AFTERNOON: N_("afternoon")}


def day_name(day: date) -> str:
    """A date with its weekday, short: `Mon 14 Sep`."""
    return i18n.short_day_text(day)


def month_name(month: Month) -> str:
    """A month with its year: `September 2026`."""
    return i18n.month_and_year(month.year, month.number)


def moment_name(moment: datetime) -> str:
    """A moment in local time: `14 Sep 2026 16:02`."""
    local = moment.astimezone()
    return f"{_day_and_month(local)} {local.year} {local:%H:%M}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {i18n.month_names(short=True)[day.month - 1]}"


def dates_in_words(days: Iterable[date]) -> str:
    """The span of some dates, short: `Mon 14 Sep`, `14–18 Sep`, `28 Sep – 2 Oct`."""
    ordered = sorted(set(days))
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    if first == last:
        return day_name(first)
    if Month.of(first) == Month.of(last):
        return f"{first.day}–{_day_and_month(last)}"
    if first.year != last.year:
        return f"{_day_and_month(first)} {first.year} – {_day_and_month(last)} {last.year}"
    return f"{_day_and_month(first)} – {_day_and_month(last)}"


def lock_in_words(lock: Lock) -> str:
    """Since when and by whose doing a month is locked."""
    return t("locked on {moment} by {by}", moment=moment_name(lock.at), by=lock.by)


def unlock_in_words(unlock: Unlock) -> str:
    """Until when a forwarded month can be changed, by whose doing and why."""
    until = moment_name(unlock.until)
    return t("unlocked until {moment} by {by}: {reason}", moment=until, by=unlock.by, reason=unlock.reason)


def refusal_sentence(
    refusal: Refusal, kinds: Kinds, day: Day | None = None, *, conflict_keys: str = ""
) -> str:
    """Why a day kept its entries; `day` adds the lock's and the holiday's particulars.

    `conflict_keys` are those that lead to where a conflict is decided.
    """
    if refusal.reason is Reason.CONFLICT and conflict_keys:
        text = t(
            "{day} was changed in two places: choose what holds first, with {keys}.",
            day=day_name(refusal.date),
            keys=conflict_keys,
        )
        return sentence(text)
    return sentence(_refusal(refusal, kinds, day))


def told_of(what: str, text: str) -> str:
    """What a text is about, a colon as the language sets it, and the text."""
    return t("{name}: {problem}", name=what, problem=text)


def sentence(text: str) -> str:
    """A text with a capital to begin with; days and months have none in Dutch and French."""
    return text[:1].upper() + text[1:]


def _refusal(refusal: Refusal, kinds: Kinds, day: Day | None) -> str:
    if refusal.reason is Reason.LOCKED and day is not None and day.locked is not None:
        return f"{told_of(month_name(Month.of(refusal.date)), lock_in_words(day.locked))}."
    if refusal.reason is Reason.HOLIDAY and day is not None and day.holiday is not None:
        name = day.holiday.name(i18n.language())
        return t("{day} is a holiday: {name}.", day=day_name(refusal.date), name=name)
    kind = kinds.get(refusal.leave_type_id)
    return t(
        _SENTENCES[refusal.reason],
        day=day_name(refusal.date),
        month=month_name(Month.of(refusal.date)),
        used=i18n.hours(refusal.minutes),
        limit=i18n.hours(refusal.limit),
        left=i18n.hours(max(0, refusal.limit - refusal.minutes)),
        type=type_name(kind),
        key=kind.key if kind else "",
        role=kind.role_needed if kind else "",
    )


def skipped_in_words(reasons: Sequence[Reason]) -> str:
    """How many days were skipped and the commonest reasons: `3 skipped: not scheduled (2), locked (1)`."""
    counted = Counter(reasons).most_common(3)
    if len(counted) == 1:
        listed = t(_PHRASES[counted[0][0]])
    else:
        listed = ", ".join(f"{t(_PHRASES[reason])} ({n})" for reason, n in counted)
    return tn("{n} skipped: {reasons}", "{n} skipped: {reasons}", len(reasons), reasons=listed)


def excess_refusal(excess: Excess) -> Refusal:
    """The refusal of a day that takes more leave than there is."""
    return Refusal(Reason.NO_ALLOWANCE, excess.change.date, leave_type_id=excess.kind.id)


def excess_sentence(excesses: Sequence[Excess], name_of: Callable[[int], str]) -> str:
    """Who has now taken more leave than there is, and how much; empty for nobody."""
    latest = {(one.change.person_id, one.kind.id): one for one in excesses}
    if not latest:
        return ""
    one, *others = latest.values()
    types = ", ".join(dict.fromkeys(type_name(excess.kind) for excess in latest.values()))
    people = len({person for person, _ in latest})
    if people > 1:
        return tn(
            "{type}: {n} person has too little left.",
            "{type}: {n} people have too little left.",
            people,
            type=types,
        )
    over = i18n.days(one.over) if one.in_days else i18n.hours(one.over)
    if others:
        return t("{name} has too little left of {type}.", name=name_of(one.change.person_id), type=types)
    return t("{name} is {over} short for {type}.", name=name_of(one.change.person_id), over=over, type=types)


def typed_sentence(problem: TypedError) -> str:
    """What is wrong with a typed cell."""
    return t(_TYPED[problem.problem], text=problem.text)


def type_and_part(kind: LeaveType, part: Part) -> str:
    """A leave type with the half of the day it is for: `Vacation`, `Vacation (morning)`."""
    return f"{type_name(kind)} ({t(_PARTS[part])})" if part in _PARTS else type_name(kind)


def type_name(kind: LeaveType | None) -> str:
    """The leave type's name in the interface language."""
    return kind.name(i18n.language()) if kind else t("unknown type")


def entries_in_words(entries: Iterable[Entry], kinds: Kinds) -> str:
    """Each entry with its hours: `Vacation 3:48 (morning), Training 3:48`; empty for none."""
    return ", ".join(_entry_in_words(entry, kinds) for entry in entries)


def _entry_in_words(entry: Entry, kinds: Kinds) -> str:
    notes = [t(_PARTS[entry.part])] if entry.part in _PARTS else []
    if entry.status is Status.PENDING:
        notes.append(t("awaiting approval"))
    note = f" ({', '.join(notes)})" if notes else ""
    return f"{type_name(kinds.get(entry.leave_type_id))} {i18n.hours(entry.minutes)}{note}"


def person_in_words(row: PersonRow, month: Month) -> str:
    """A person's month as one line: `Peeters An (1001), Sales: September 2026, 160:00 scheduled, ...`."""
    who = f"{row.name} ({row.number})" if row.number else row.name
    team = f", {row.team}" if row.team else ""
    facts = [
        _scheduled(row.totals.scheduled),
        t("{hours} worked", hours=i18n.hours(row.totals.worked)),
        t("{hours} absent", hours=i18n.hours(row.totals.absent)),
    ]
    if row.totals.overtime:
        facts.append(t("{hours} overtime", hours=i18n.hours(row.totals.overtime)))
    if row.locked is not None:
        facts.append(lock_in_words(row.locked))
    if row.unlocked is not None:
        facts.append(unlock_in_words(row.unlocked))
    if row.checked is not None:
        facts.append(checked_in_words(row.checked))
    return told_of(f"{who}{team}", f"{month_name(month)}, {', '.join(facts)}")


def checked_in_words(checked: Checked) -> str:
    """Who looked the month over, and when: `checked by jan on 30 Sep 2026 16:02`."""
    moment = moment_of(checked.at)
    return t("checked by {actor} on {moment}", actor=checked.actor, moment=moment_name(moment))


def day_in_words(name: str, day: Day, kinds: Kinds, *, backend: bool, last: HistoryLine | None = None) -> str:
    """A person's day as one line: `Peeters An, Mon 14 Sep: 7:36 scheduled; Vacation 7:36, entered by ...`.

    `last` is the day's latest change; `backend` says whether days can wait to be sent at all.
    """
    facts = [_schedule_in_words(day)]
    if day.conflict:
        # Before what may be cut off for want of room.
        facts.append(t("changed in two places"))
    if day.unsynced and backend:
        # The cell of half a day has no room for its mark.
        facts.append(t("not sent yet"))
    if day.entries:
        entered = entries_in_words(day.entries, kinds)
        facts.append(f"{entered}, {_author_in_words(last)}" if last else entered)
    if day.locked is not None:
        facts.append(lock_in_words(day.locked))
    return told_of(f"{name}, {day_name(day.date)}", "; ".join(facts))


def _schedule_in_words(day: Day) -> str:
    if not day.in_contract:
        return t("outside the contract")
    if day.holiday is not None:
        holiday = t("holiday {name}", name=day.holiday.name(i18n.language()))
        return f"{holiday}, {_scheduled(day.available)}" if day.available else holiday
    return _scheduled(day.scheduled) if day.scheduled else t("not scheduled")


def _scheduled(minutes: int) -> str:
    return t("{hours} scheduled", hours=i18n.hours(minutes))


def _author_in_words(last: HistoryLine) -> str:
    return t("entered by {actor} on {moment}", actor=last.actor, moment=moment_name(last.at))


def days_in_words(days: Iterable[tuple[int, date]]) -> str:
    """How many person-days, of how many people, and when: `10 days of 2 people, 14–18 Sep`."""
    listed = list(days)
    people = len({person for person, _ in listed})
    when = dates_in_words(day for _, day in listed)
    count = tn("{n} day", "{n} days", len(listed))
    if people == 1:
        return f"{count}, {when}"
    of_people = tn("of {n} person", "of {n} people", people)
    return f"{count} {of_people}, {when}"


def step_label(what: str, days: Iterable[tuple[int, date]], name: str) -> str:
    """What a step did, for undo and history: `Vacation 14–18 Sep, Peeters An`, or `..., 3 people`."""
    listed = list(days)
    people = len({person for person, _ in listed})
    who = name if people == 1 else tn("{n} person", "{n} people", people)
    return f"{what} {dates_in_words(day for _, day in listed)}, {who}"


def undone_in_words(step: Undone) -> str:
    """The label of a step taken back or done again; of one not made in this terminal, by whom and when."""
    if not step.elsewhere:
        return step.label
    who, moment = step.actor, moment_name(step.at)
    return t(
        "{label} (by {actor} on {moment}, not in this terminal)", label=step.label, actor=who, moment=moment
    )
