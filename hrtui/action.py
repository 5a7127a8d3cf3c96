"""What an action is: one thing a user can do by key, with its scope and its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    `label`, `help` and `group` are English msgids: pass them through `t()` where they are shown. `instead`
    names the action that gets the same done on a terminal that does not send this one's keys. `words` are
    more words to find it by, in small letters.
    """

    id: str
    scope: str
    label: str
    help: str
    group: str
    instead: str = ""
    words: str = ""
