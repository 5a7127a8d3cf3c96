"""The settings that Textual reads from the environment once, and where a failure of the output is noted."""

from __future__ import annotations

import os

OUTPUT_NOTE = "output-problem.txt"
"""The file in a profile's folder that says why the output of changed cells ended."""

_DEFAULTS = {
    # Every animated step is a frame that crosses the line.
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    # Milliseconds to wait for the rest of a sequence after Escape: lines lag longer than the usual 100.
    "ESCDELAY": "250",
}


def prepare() -> None:
    """Set what the user has not set; to be called before anything imports textual."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # GNU screen shows rubbish for 24-bit colours, also where the terminal around it knows them.
    if os.environ.get("TERM", "").startswith("screen") and "TMUX" not in os.environ:
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
