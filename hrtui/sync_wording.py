"""The state of the sync in words: a note for the status line, a line for a list, values of conflicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from hrtui import wording
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.sync.units import DAY
from hrtui.domain.typed_cell import cell_text
from hrtui.i18n import hours, t, tn
from hrtui.store import entries as day_entries
from hrtui.store.moments import moment_of
from hrtui.sync import notes
from hrtui.sync.notes import Note as News
from hrtui.sync.status import SIGN_IN, SyncStatus, problem_text

Note = tuple[str, str]
"""A few words and their style."""


def note(status: SyncStatus) -> Note:
    """How the sync stands, short enough for the end of a line of 80 columns."""
    waits = tn("{n} waiting", "{n} waiting", status.waiting) if status.waiting else ""
    if status.problem in SIGN_IN:
        due = status.problem == "second_step"
        return _joined(t("code needed") if due else t("log in again"), waits), "warning"
    if status.problem:
        return _joined(t("sync stopped"), waits), "warning"
    if status.offline_since:
        return _joined(t("offline since {time}", time=clock_time(status.offline_since)), waits), "warning"
    if status.progress:
        return t("reading {percent}%", percent=percent(status.progress)), "dim"
    if decide := _to_decide(status):
        return _joined(tn("{n} to decide", "{n} to decide", decide), waits), "warning"
    if waits:
        return waits, "dim"
    return (t("synced"), "dim") if status.exchanged_at else (t("connecting"), "dim")


def needs_clerk(status: SyncStatus) -> bool:
    """Whether the sync waits for something that only the clerk can do."""
    stands = bool(status.offline_since or status.progress)
    return bool(status.problem or (not stands and _to_decide(status)))


def _to_decide(status: SyncStatus) -> int:
    return status.conflicts + status.refused + status.late


def in_words(status: SyncStatus, way: str) -> str:
    """How the sync stands, in one line that leaves nothing out; `way` is what logs in."""
    parts: list[str] = []
    if status.offline_since and not status.problem:
        parts.append(t("offline since {time}", time=clock_time(status.offline_since)))
    if status.progress:
        done, total = status.progress
        parts.append(t("{done} of {all} rows read", done=done, all=total))
    if status.waiting:
        parts.append(tn("{n} step waits", "{n} steps wait", status.waiting))
    if status.conflicts:
        parts.append(tn("{n} conflict", "{n} conflicts", status.conflicts))
    if status.refused:
        parts.append(tn("{n} refused", "{n} refused", status.refused))
    if status.late:
        parts.append(tn("{n} late edit", "{n} late edits", status.late))
    if status.exchanged_at is None:
        parts.append(t("never exchanged"))
    if status.clock_differs:
        parts.append(skew_in_words(status.skew))
    told = ", ".join(parts)
    if status.problem:
        told = f"{wording.sentence(told)}. " if told else ""
        return told + problem_text(status.problem, way)
    return told or t("synced")


def news_in_short(news: News, keys: str) -> str:
    """What happened to the sync, in a sentence for the line of messages; `keys` lead to more about it."""
    return _WORDS[news.what].short(news, keys)


def news_in_full(news: News) -> str:
    """What happened to the sync, when, and what it means for the clerk."""
    moment = moment_of(news.at)
    return wording.told_of(wording.moment_name(moment), _WORDS[news.what].full(news))


def _narrowed(news: News, keys: str) -> str:
    if not news.count:
        return t("Your roles show less now; {keys} tells more.", keys=keys)
    return tn(
        "Your roles show less now: {n} step can no longer be undone; {keys} tells more.",
        "Your roles show less now: {n} steps can no longer be undone; {keys} tells more.",
        news.count,
        keys=keys,
    )


def _narrowed_in_full(news: News) -> str:
    told = t("Your roles show less than before. What they hide was removed from this computer.")
    if not news.count:
        return told
    lost = tn("{n} step can no longer be undone", "{n} steps can no longer be undone", news.count)
    which = wording.told_of(lost, ", ".join(news.labels)) if news.labels else lost
    return f"{told} {which}."


def _restored_in_full(news: News) -> str:
    lost = t("It had lost nothing of what was entered here.")
    if news.count:
        lost = tn(
            "{n} step that it had lost was sent again.",
            "{n} steps that it had lost were sent again.",
            news.count,
        )
    return f"{t('The backend was put back from a backup.')} {lost}"


def _late(news: News, keys: str) -> str:
    return tn(
        "{n} entry came after its month was forwarded; {keys} tells more.",
        "{n} entries came after their month was forwarded; {keys} tells more.",
        news.count,
        keys=keys,
    )


def _late_in_full(news: News) -> str:
    came = tn(
        "{n} entry of yours came after its month was forwarded.",
        "{n} entries of yours came after their month was forwarded.",
        news.count,
    )
    told = f"{came} {t('The month stays as it went; decide about late edits here.')}"
    return f"{told} ({', '.join(news.labels)})" if news.labels else told


def _clock_in_full(news: News) -> str:
    told = wording.sentence(skew_in_words(news.count))
    return f"{told}. {t('Have it set right: until then the times of what you enter are wrong.')}"


def _erased_in_full(news: News) -> str:
    return tn(
        "Somebody was erased at the backend, as the law asks after some years. {n} edit about them that"
        " was not sent yet went too.",
        "Somebody was erased at the backend, as the law asks after some years. {n} edits about them that"
        " were not sent yet went too.",
        news.count,
    )


def _new_device_in_full(_: News) -> str:
    return t(
        "This database was copied, or put back from a backup. It goes on as a new device, and what"
        " is lacking is fetched and sent. If nobody here did that, tell your administrator."
    )


class _Words(NamedTuple):
    """What is said of one kind of news: in short, with the keys that lead to more, and in full."""

    short: Callable[[News, str], str]
    full: Callable[[News], str]


_WORDS: Mapping[str, _Words] = {
    notes.NARROWED: _Words(_narrowed, _narrowed_in_full),
    notes.RESTORED: _Words(
        lambda _, keys: t("The backend was put back from a backup; {keys} tells more.", keys=keys),
        _restored_in_full,
    ),
    notes.LATE: _Words(_late, _late_in_full),
    notes.CLOCK: _Words(
        lambda _, keys: t("This computer's clock is set wrong; {keys} tells more.", keys=keys),
        _clock_in_full,
    ),
    notes.ERASED: _Words(
        lambda _, keys: t("Somebody was erased about whom edits waited; {keys} tells more.", keys=keys),
        _erased_in_full,
    ),
    notes.NEW_DEVICE: _Words(
        lambda _, keys: t("This database was copied or put back; {keys} tells more.", keys=keys),
        _new_device_in_full,
    ),
}


def skew_in_words(seconds: int) -> str:
    """That this computer's clock is set otherwise than the backend's (`seconds` ahead of it)."""
    minutes = max(1, abs(seconds) // 60)
    if seconds > 0:
        return tn(
            "this computer's clock is {n} minute fast", "this computer's clock is {n} minutes fast", minutes
        )
    return tn(
        "this computer's clock is {n} minute slow", "this computer's clock is {n} minutes slow", minutes
    )


def percent(progress: tuple[int, int]) -> int:
    """How much of a first reading is here."""
    done, total = progress
    return min(99, 100 * done // max(1, total))


def clock_time(moment: datetime) -> str:
    """The local time of a moment: `14:05`."""
    return f"{moment.astimezone():%H:%M}"


def value_in_words(entity: str, value: Any, kinds: Mapping[int, LeaveType]) -> str:
    """A value of a conflict as the clerk would type it; a whole row or a group of columns by its values."""
    if value is None:
        return t("deleted")
    if entity == DAY:
        entries = day_entries.from_lists(value)
        if not entries:
            return t("empty")
        return f"{cell_text(entries, kinds)} ({hours(sum(entry.minutes for entry in entries))})"
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(str(one) for one in value if one not in (None, "")) or t("empty")
    return str(value) if value != "" else t("empty")


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
