"""Programs that die at a named place in this process: what SIGKILL does, without the process."""

from __future__ import annotations

from typing import Any

from hrtui.sync import feed, replica, snapshot

_wanted: list[str] = []


class Died(BaseException):
    """The program is gone; an open transaction with it."""


def plan(place: str | None) -> None:
    """Die at this place when it is passed next; None: nowhere."""
    _wanted[:] = [place] if place else []


def _failpoint(name: str) -> None:
    if name in _wanted:
        _wanted.clear()
        raise Died(name)


def install() -> None:
    """Let the failpoints of the client ask here."""
    modules: tuple[Any, ...] = (feed, replica, snapshot)
    for module in modules:
        module.failpoint = _failpoint


install()
