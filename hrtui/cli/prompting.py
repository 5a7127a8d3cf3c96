"""Questions on a plain terminal, as over SSH: lines, secrets that are not shown, choices, yes or no.

Without a terminal the answers are read line by line from standard input, so that a script can give them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from hrtui.cli.session import say
from hrtui.i18n import t

_YES = frozenset({"y", "yes", "j", "ja", "o", "oui"})


def line(question: str) -> str:
    """One line of text, '' where only Enter is pressed; raises EOFError at the end of the input."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        raise EOFError
    return typed.strip()


def secret(question: str) -> str:
    """A line that is not shown while it is typed; raises EOFError at the end of the input."""
    if not sys.stdin.isatty():
        sys.stderr.write(f"{question}\n")
        typed = sys.stdin.readline()
        if not typed:
            raise EOFError
        return typed.rstrip("\r\n")
    import getpass

    return getpass.getpass(f"{question} ", stream=sys.stderr)


def needed(question: str, *, hidden: bool = False) -> str:
    """A line that is not empty."""
    while not (typed := secret(question) if hidden else line(question)):
        pass
    return typed


def yes(question: str) -> bool:
    """Whether the answer is yes, in any of the three languages."""
    return line(f"{question} {t('(y/n)')}").casefold() in _YES


def choice(question: str, labels: Sequence[str], *, may_leave: bool = False) -> int:
    """The place of the chosen one, by its number; -1 for Enter alone where one may leave."""
    for number, label in enumerate(labels, 1):
        say(f"  {number}  {label}")
    while True:
        typed = line(question)
        if not typed and may_leave:
            return -1
        if typed.isdecimal() and 1 <= int(typed) <= len(labels):
            return int(typed) - 1
        say(t("Type a number from 1 to {n}.", n=len(labels)))
