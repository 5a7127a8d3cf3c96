"""Named places where a test lets the process die, to see that nothing is lost: HRTUI_FAILPOINT=name[:nth]."""

from __future__ import annotations

import os
import signal

_passed: dict[str, int] = {}


def failpoint(name: str) -> None:
    """Kill this process at the named place, at its nth pass (1), where the environment asks for that."""
    wanted = os.environ.get("HRTUI_FAILPOINT")
    if not wanted:
        return
    place, _, nth = wanted.partition(":")
    if place == name:
        _passed[name] = _passed.get(name, 0) + 1
        if _passed[name] == int(nth or 1):
            os.kill(os.getpid(), signal.SIGKILL)
