"""Text styles as numbers, and the shortest SGR sequence from one to another (ECMA-48 section 8.3.117)."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = "\0"
"""The number, as a character, of the terminal's own style."""

_ENDS = {"22": ("1", "2"), "23": ("3",), "24": ("4", "21"), "25": ("5", "6"), "27": ("7",), "28": ("8",)}
_ENDS |= {"29": ("9",), "54": ("51", "52"), "55": ("53",)}
_OFF = {code: off for off, codes in _ENDS.items() for code in codes}
"""What switches each attribute off."""


_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Underlined, reversed, struck out, framed, overlined: what also a blank shows, besides its background."""


@dataclass(frozen=True, slots=True)
class _Pen:
    codes: str
    attributes: tuple[str, ...]
    colour: str
    background: str


def _pen(codes: str) -> _Pen:
    attributes, colour, background = [], "39", "49"
    parts = codes.split(";") if codes else []
    while parts:
        part = parts.pop(0)
        if part in ("38", "48"):
            count = 2 if parts[0] == "5" else 4
            value = ";".join([part, *parts[:count]])
            del parts[:count]
            colour, background = (value, background) if part == "38" else (colour, value)
        elif part in _OFF:
            attributes.append(part)
        elif part[:-1] in ("3", "9"):
            colour = part
        else:
            background = part
    return _Pen(codes, tuple(attributes), colour, background)


def _look(pen: _Pen) -> tuple[frozenset[str], str, str]:
    return frozenset(pen.attributes), pen.colour, pen.background


class Pens:
    """The styles seen so far; each is numbered, the number being a character; looking alike is being one."""

    def __init__(self) -> None:
        self._pens = [_pen("")]
        self.numbers = {"": PLAIN}
        self._alike = {_look(self._pens[0]): PLAIN}
        self._changes: dict[tuple[str, str], str] = {}
        self._of_blanks: dict[str, str] = {}

    def number(self, codes: str) -> str:
        """The number of the style with these SGR parameters."""
        number = self.numbers.get(codes)
        if number is None:
            pen = _pen(codes)
            number = self.numbers[codes] = self._alike.setdefault(_look(pen), chr(len(self._pens)))
            if ord(number) == len(self._pens):
                self._pens.append(pen)
        return number

    def styles(self, cells: str, codes: str) -> str:
        """The numbers for cells in the style with these SGR parameters; blanks have as little as shows."""
        number = self.number(codes)
        blank = self.of_blank(number)
        if blank == number or " " not in cells:
            return number * len(cells)
        return "".join([blank if cell == " " else number for cell in cells])

    def of_blank(self, number: str) -> str:
        """The plainest style in which a blank looks the same as in this one."""
        found = self._of_blanks.get(number)
        if found is None:
            pen = self._pens[ord(number)]
            found = number
            if not _SEEN_ON_BLANKS.intersection(pen.attributes):
                found = self.number("" if pen.background == "49" else pen.background)
            self._of_blanks[number] = found
        return found

    def blank(self, number: str, erases_in_colour: bool) -> bool:
        """Whether an erased cell looks like a blank in this style."""
        pen = self._pens[ord(number)]
        return not pen.attributes and (erases_in_colour or pen.background == "49")

    def change(self, old: str, new: str) -> str:
        """The shortest output that goes from one style to another."""
        change = self._changes.get((old, new))
        if change is None:
            change = self._changes[old, new] = self._shortest(self._pens[ord(old)], self._pens[ord(new)])
        return change

    def _shortest(self, old: _Pen, new: _Pen) -> str:
        reset = f"\x1b[0;{new.codes}m" if new.codes else "\x1b[m"
        off = sorted({_OFF[code] for code in old.attributes if code not in new.attributes})
        # Switching one off may switch off its sibling (bold and dim are both ended by 22).
        on = [code for code in new.attributes if off or code not in old.attributes]
        colours = [new.colour] * (old.colour != new.colour)
        backgrounds = [new.background] * (old.background != new.background)
        codes = [*off, *on, *colours, *backgrounds]
        return min(f"\x1b[{';'.join(codes)}m", reset, key=len) if codes else ""
