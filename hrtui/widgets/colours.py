"""The one place that turns style slots (of cells, leave types and texts) into terminal styles."""

from __future__ import annotations

from rich.style import Style

PLAIN = Style.null()

_TEXT = {
    "plain": PLAIN,
    "dim": Style(dim=True),
    "bold": Style(bold=True),
    "title": Style(bold=True, reverse=True),
    "cursor": Style(reverse=True, bold=True),
    "today": Style(bold=True, underline=True),
    "chosen": Style(underline=True),
}
_SIXTEEN = {
    "green": "green",
    "red": "red",
    "yellow": "yellow",
    "blue": "bright_blue",
    "magenta": "magenta",
    "cyan": "cyan",
    "orange": "bright_red",
    "grey": "default",
}
_MANY = {**_SIXTEEN, "orange": "color(208)", "grey": "color(245)"}
_REVERSED = Style(reverse=True, bold=True)
_SELECTED = Style(underline=True)


class Palette:
    """The styles of one terminal.

    Foregrounds are the terminal's own sixteen colours, so that they stay readable on its background, light
    or dark; `many` says that it has at least 256. Without `colour` (NO_COLOR) only bold, dim, underline and
    reverse are left. A slot of `hrtui.domain.leave_type.COLOURS` is bold in its colour.
    """

    def __init__(self, *, colour: bool = True, many: bool = True) -> None:
        names = _MANY if many else _SIXTEEN
        self._styles = dict(_TEXT)
        for slot, name in names.items():
            self._styles[slot] = Style(color=name if colour else None, bold=True)
        # A phone must read it: black on white, and without colours at least so on a dark terminal.
        black, white = ("color(16)", "color(231)") if many else ("black", "bright_white")
        self._styles["qr"] = Style(color=black, bgcolor=white) if colour else Style(reverse=True)
        self._styles["conflict"] = self._styles["red"] + Style(reverse=True)
        self._styles["warning"] = self._styles["yellow"]
        self._styles["error"] = self._styles["red"] + Style(reverse=True)
        self._cursor = dict.fromkeys(self._styles, _REVERSED)
        self._selected = {slot: style + _SELECTED for slot, style in self._styles.items()}
        self._both = dict.fromkeys(self._styles, _REVERSED + _SELECTED)

    def style(self, slot: str, *, cursor: bool = False, selected: bool = False) -> Style:
        """The style of a slot; a cell under the cursor is reversed, a selected one underlined."""
        if cursor:
            return (self._both if selected else self._cursor)[slot]
        return (self._selected if selected else self._styles)[slot]
