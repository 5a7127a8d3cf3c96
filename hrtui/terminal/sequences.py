"""The bytes of the keyboard cut into whole pieces: text, the Escape key, complete sequences, pasted text.

A terminal marks a key such as an arrow by several characters after ESC (ECMA-48 section 5, and the
"ctlseqs" of xterm). A slow line may deliver them one by one. A sequence is held here until it is complete,
and thrown away where it never is, so that no part of it can pass for a typed letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

ESC = "\x1b"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

# Seconds. Two characters closer together than this were not typed as two keys.
TOGETHER = 0.03
# An unfinished sequence is given up after this silence.
HOLD = 1.5
# For so long after an Escape key its sequence may still turn up.
LATE = 1.5
# A paste without its end mark is taken for ended after this silence.
PASTE_SILENCE = 5.0

_LONGEST = 64
# What a Mac's terminal sends after ESC for Option+Left and Option+Right; other Alt keys are never used.
_OPTION_ARROWS = "bf"
_C1 = {"\x9b": "[", "\x8f": "O", "\x8e": "N", "\x90": "P", "\x9d": "]", "\x9f": "_", "\x9e": "^", "\x98": "X"}
_SPECIAL = re.compile(f"[{ESC}{''.join(_C1)}]")


class Kind(Enum):
    """What a piece of input is."""

    TEXT = auto()
    ESCAPE = auto()
    SEQUENCE = auto()
    PASTE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of input: its text, without the marks around it for a paste."""

    kind: Kind
    text: str


class _State(Enum):
    PLAIN = auto()
    ESCAPE = auto()  # ESC came, nothing else yet
    LATE_LETTER = auto()  # O or P came soon after an Escape key
    CONTROL = auto()  # CSI: parameters until a final byte
    SHIFT = auto()  # SS2, SS3: one character, perhaps with parameters before it
    STRING = auto()  # DCS, OSC, APC, PM, SOS: until ST or BEL
    STRING_ESCAPE = auto()
    MOUSE = auto()  # the three bytes of an old mouse report
    PASTE = auto()


class Sequences:
    """Cuts input into pieces; the caller says what time it is, in seconds of any steady clock.

    `escape_delay` is how long a lone ESC waits to be a key. Call `tick` when `deadline` has passed and no
    input waits to be read: only then has the rest really not come.
    """

    def __init__(self, escape_delay: float) -> None:
        self.deadline: float | None = None
        self._escape_delay = escape_delay
        self._state = _State.PLAIN
        self._held = ""
        self._since = 0.0
        self._late = ""  # ESC, O or P that was taken for a key a moment ago
        self._late_until = 0.0
        self._pieces: list[Piece] = []

    def feed(self, text: str, now: float) -> list[Piece]:
        """The pieces that are complete with this input."""
        if self._state is _State.PLAIN and not self._late and not _SPECIAL.search(text):
            return [Piece(Kind.TEXT, text)] if text else []
        position = 0
        while position < len(text):
            if self._state is _State.PASTE:
                position += self._paste(text[position:], now)
            else:
                self._take(text[position], now)
                position += 1
        return self._done()

    def tick(self, now: float) -> list[Piece]:
        """The pieces that are complete because nothing more has come in time."""
        if self.deadline is None or now < self.deadline:
            return []
        state, held = self._state, self._held
        self._begin(_State.PLAIN, "", now)
        if state is _State.ESCAPE:
            self._emit(Kind.ESCAPE, ESC)
            self._late, self._late_until = ESC, now + LATE
        elif state is _State.LATE_LETTER:
            self._as_typed(held)
            self._late, self._late_until = held[-1], now + LATE
        elif state is _State.PASTE:
            self._emit(Kind.PASTE, held)
        return self._done()

    def _done(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _emit(self, kind: Kind, text: str) -> None:
        last = self._pieces[-1] if self._pieces else None
        if kind is Kind.TEXT and last is not None and last.kind is Kind.TEXT:
            self._pieces[-1] = Piece(kind, last.text + text)
        else:
            self._pieces.append(Piece(kind, text))

    def _begin(self, state: _State, held: str, now: float) -> None:
        self._state, self._held, self._since = state, held, now
        self._wait(now)

    def _wait(self, now: float) -> None:
        waits = {
            _State.PLAIN: None,
            _State.ESCAPE: self._escape_delay,
            _State.LATE_LETTER: TOGETHER,
            _State.PASTE: PASTE_SILENCE,
        }
        wait = waits.get(self._state, HOLD)
        self.deadline = None if wait is None else now + wait

    def _take(self, character: str, now: float) -> None:
        match self._state:
            case _State.PLAIN:
                self._plain(character, now)
            case _State.ESCAPE:
                self._after_escape(character, now)
            case _State.LATE_LETTER:
                self._after_late_letter(character, now)
            case _State.CONTROL:
                self._control(character, now)
            case _State.SHIFT:
                self._shift(character, now)
            case _State.STRING | _State.STRING_ESCAPE:
                self._string(character, now)
            case _State.MOUSE:
                held = self._held + character
                self._begin(_State.PLAIN if len(held) == 3 else _State.MOUSE, held, now)

    def _plain(self, character: str, now: float) -> None:
        late = self._late if now < self._late_until else ""
        self._late = ""
        if character == ESC:
            self._begin(_State.ESCAPE, ESC, now)
        elif character in _C1:
            self._introduce(_C1[character], now)
        elif late == ESC and character in "[]_^":
            self._introduce(character, now)
        elif late == ESC and character in "OP":
            self._begin(_State.LATE_LETTER, character, now)
        elif late and late in "OP" and _continues(late, character):
            self._introduce(late, now)
            self._take(character, now)
        else:
            self._emit(Kind.TEXT, character)

    def _after_escape(self, character: str, now: float) -> None:
        close = now - self._since <= TOGETHER
        if character in "[]_^" or (close and character in "ONPX"):
            self._introduce(character, now)
        elif character in "OP":
            self._begin(_State.LATE_LETTER, ESC + character, now)
        elif character == ESC:
            self._emit(Kind.ESCAPE, ESC)
            self._begin(_State.ESCAPE, ESC, now)
        else:
            self._begin(_State.PLAIN, "", now)
            if close and (character in _OPTION_ARROWS or not character.isprintable()):
                self._emit(Kind.SEQUENCE, ESC + character)
            else:  # a slow line also delivers Escape and the key after it in one go
                self._emit(Kind.ESCAPE, ESC)
                self._plain(character, now)

    def _after_late_letter(self, character: str, now: float) -> None:
        held, close = self._held, now - self._since <= TOGETHER
        letter = held[-1]
        if close and _continues(letter, character):
            self._introduce(letter, now)
            self._take(character, now)
        else:
            self._begin(_State.PLAIN, "", now)
            self._as_typed(held)
            self._plain(character, now)

    def _as_typed(self, held: str) -> None:
        if held[0] == ESC:
            self._emit(Kind.ESCAPE, ESC)
        self._emit(Kind.TEXT, held[-1])

    def _introduce(self, introducer: str, now: float) -> None:
        if introducer == "[":
            state = _State.CONTROL
        elif introducer in "ON":
            state = _State.SHIFT
        else:
            state = _State.STRING
        self._begin(state, ESC + introducer, now)

    def _control(self, character: str, now: float) -> None:
        held = self._held + character
        if held == "\x1b[[":  # the Linux console: ESC [ [ A is F1
            self._begin(_State.CONTROL, held, now)
        elif held == "\x1b[M":
            self._begin(_State.MOUSE, "", now)
        elif "@" <= character <= "~":
            self._finish(held, now)
        elif " " <= character <= "?":
            self._begin(_State.CONTROL, held[:_LONGEST], now)
        else:
            self._abandon(character, now)

    def _shift(self, character: str, now: float) -> None:
        if "@" <= character <= "~":
            self._finish(self._held + character, now)
        elif character.isdigit() or character == ";":
            self._begin(_State.SHIFT, (self._held + character)[:_LONGEST], now)
        else:
            self._abandon(character, now)

    def _string(self, character: str, now: float) -> None:
        if self._state is _State.STRING_ESCAPE:
            self._begin(_State.PLAIN, "", now)
            if character != "\\":
                self._begin(_State.ESCAPE, ESC, now)
                self._take(character, now)
        elif character == ESC:
            self._begin(_State.STRING_ESCAPE, "", now)
        elif character in "\x07\x9c":
            self._begin(_State.PLAIN, "", now)
        elif character >= " " and character != "\x7f":
            self._wait(now)
        else:
            self._abandon(character, now)

    def _paste(self, text: str, now: float) -> int:
        """Take pasted text; returns how many characters belonged to it and its end mark."""
        before = len(self._held)
        held = self._held + text
        end = held.find(PASTE_END, max(0, before - len(PASTE_END)))
        if end < 0:
            self._begin(_State.PASTE, held, now)
            return len(text)
        self._begin(_State.PLAIN, "", now)
        self._emit(Kind.PASTE, held[:end])
        return end + len(PASTE_END) - before

    def _finish(self, sequence: str, now: float) -> None:
        if sequence == PASTE_START:
            self._begin(_State.PASTE, "", now)
            return
        self._begin(_State.PLAIN, "", now)
        self._emit(Kind.SEQUENCE, sequence)

    def _abandon(self, character: str, now: float) -> None:
        """Give up the held sequence; the character that cannot belong to it stands for itself."""
        self._begin(_State.PLAIN, "", now)
        if character not in "\x18\x1a":  # CAN and SUB only cancel
            self._plain(character, now)


def _continues(letter: str, character: str) -> bool:
    """Whether a character after O or P belongs to a key or a string of the terminal, not to a typed name."""
    return character in "0123456789ABCDEFHMPQRS" if letter == "O" else character in "0123456789$>+!|"
