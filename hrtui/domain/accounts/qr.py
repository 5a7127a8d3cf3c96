"""A QR code as lines of half blocks, two modules to a character, for a terminal."""

from __future__ import annotations

BORDER = 2
"""Light modules around the code: phones read it with fewer than the four of ISO/IEC 18004 on a light page."""
MOST_BYTES = 106
"""What fits in version 5 at level L: 21 lines with its border, which leaves room on a screen of 24."""

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def half_blocks(text: str) -> tuple[str, ...]:
    """The code of `text` in lines of equal width, to be drawn black on white.

    Raises ValueError for more than MOST_BYTES bytes.
    """
    import segno

    if len(text.encode()) > MOST_BYTES:
        raise ValueError("too long for a code of 21 lines")
    code = segno.make(text, error="l", boost_error=False, micro=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=BORDER)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return tuple(
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(rows[y], rows[y + 1], strict=True))
        for y in range(0, len(rows), 2)
    )
