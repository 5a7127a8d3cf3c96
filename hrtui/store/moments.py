"""Days and moments between values and the text that the tables hold: ISO days, and UTC without an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hrtui import clock


def moment() -> str:
    """Now, as the tables hold it."""
    return moment_text(clock.now())


def moment_text(at: datetime) -> str:
    """A moment in UTC as the tables hold it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def moment_of(text: str) -> datetime:
    """The moment in UTC that a column holds."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wire_moment(text: str) -> datetime:
    """The moment in UTC that a text of the wire tells (ISO, with an offset or in UTC); raises ValueError."""
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def local_moment(text: str) -> str:
    """A moment of the wire as the tables hold it; now, where it is none."""
    try:
        return moment_text(wire_moment(text))
    except ValueError:
        return moment()


def day_of(text: str | None) -> date | None:
    """The day that a column holds, None where it holds none."""
    return date.fromisoformat(text) if text else None
