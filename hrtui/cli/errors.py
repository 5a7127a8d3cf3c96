"""How a command ends when it does not end well."""

from __future__ import annotations

FAILED = 1
MISUSED = 2
STOPPED = 130
"""After Ctrl+C, as a shell reports it."""


class CommandError(Exception):
    """A command that ends here; the text says why and what to do, the code is the exit code."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


def usage_error(text: str) -> CommandError:
    """The words of the command line, or the configuration, are not usable."""
    return CommandError(text, MISUSED)
