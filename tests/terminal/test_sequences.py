"""Keyboard input is cut into whole pieces, whatever the line does to it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hrtui.terminal.sequences import HOLD, PASTE_SILENCE, Kind, Piece, Sequences

DELAY = 0.25


def read(*chunks: str | float) -> list[Piece]:
    """The pieces of text chunks with pauses (seconds) between them, and a long silence at the end."""
    sequences, now, pieces = Sequences(DELAY), 100.0, []
    for chunk in (*chunks, 20.0):
        if isinstance(chunk, str):
            pieces += sequences.feed(chunk, now)
            continue
        end = now + chunk
        while sequences.deadline is not None and sequences.deadline <= end:
            now = sequences.deadline
            pieces += sequences.tick(now)
        now = end
    return pieces


def typed(*chunks: str | float) -> str:
    """Only what would arrive as typed text."""
    return "".join(piece.text for piece in read(*chunks) if piece.kind is Kind.TEXT)


def test_plain_text_passes_at_once():
    sequences = Sequences(DELAY)
    assert sequences.feed("5v3vë", 0) == [Piece(Kind.TEXT, "5v3vë")]
    assert sequences.deadline is None


def test_a_complete_sequence_is_one_piece_between_typed_keys():
    assert read("v\x1b[Av") == [
        Piece(Kind.TEXT, "v"),
        Piece(Kind.SEQUENCE, "\x1b[A"),
        Piece(Kind.TEXT, "v"),
    ]


def test_escape_alone_is_a_key_after_its_delay():
    sequences = Sequences(DELAY)
    assert sequences.feed("\x1b", 1.0) == []
    assert sequences.tick(1.2) == []
    assert sequences.tick(1.25) == [Piece(Kind.ESCAPE, "\x1b")]


def test_escape_and_a_quick_letter_are_two_keys():
    assert read("\x1b", 0.1, "v") == [Piece(Kind.ESCAPE, "\x1b"), Piece(Kind.TEXT, "v")]
    assert read("\x1b", 0.4, "v") == [Piece(Kind.ESCAPE, "\x1b"), Piece(Kind.TEXT, "v")]


def test_escape_and_what_was_typed_after_it_in_one_breath_are_keys_of_their_own():
    for after in ("27", "v", "-", ".", "é"):
        assert read(f"4\x1b{after}") == [
            Piece(Kind.TEXT, "4"),
            Piece(Kind.ESCAPE, "\x1b"),
            Piece(Kind.TEXT, after),
        ]


def test_option_with_an_arrow_on_a_mac_and_alt_with_backspace_type_nothing():
    for sequence in ("\x1bb", "\x1bf", "\x1b\x7f"):
        assert read(f"{sequence}v") == [Piece(Kind.SEQUENCE, sequence), Piece(Kind.TEXT, "v")]


def test_names_typed_after_escape_are_left_alone():
    for name in ("Peeters", "Olsen", "Xavier", "Nora"):
        for pause in (0.1, 0.5):
            spaced = [part for letter in name for part in (letter, 0.12)]
            assert typed("\x1b", pause, *spaced) == name
            assert typed("\x1b", pause + 0.3, name) == name


def test_two_escapes_and_an_arrow():
    assert [piece.kind for piece in read("\x1b\x1b[A")] == [Kind.ESCAPE, Kind.SEQUENCE]


def test_linux_console_keys_and_mode_reports_are_whole():
    assert read("\x1b[[Av") == [Piece(Kind.SEQUENCE, "\x1b[[A"), Piece(Kind.TEXT, "v")]
    assert read("\x1b[?2026;2$yv") == [Piece(Kind.SEQUENCE, "\x1b[?2026;2$y"), Piece(Kind.TEXT, "v")]


def test_an_unfinished_sequence_is_dropped_and_typing_goes_on():
    assert typed("\x1b[1;", HOLD + 0.1, "v") == "v"
    assert typed("\x1b[1;\r") == "\r"


def test_strings_of_the_terminal_are_dropped_with_either_end():
    for start in ("\x1b]11;rgb:vvvv", "\x1bP1$r0;vz", "\x1b_Gi=1;vz", "\x1b^vz"):
        for end in ("\x1b\\", "\x07"):
            assert read(start + end + "v") == [Piece(Kind.TEXT, "v")]
        assert typed(start, HOLD + 0.1, "v") == "v"


def test_a_string_cut_off_by_a_key_keeps_the_key():
    assert read("\x1b]0;vz\x1b[A") == [Piece(Kind.SEQUENCE, "\x1b[A")]


def test_old_mouse_reports_type_nothing():
    assert typed("\x1b[M vz", "v") == "v"
    assert typed("\x1b[<0;10;10M\x1b[32;10;10M", "v") == "v"


def test_a_paste_is_one_piece_also_when_it_comes_slowly():
    text = "vvv 5v\n\x1b[A€"
    assert read("\x1b[200~" + text + "\x1b[201~v") == [Piece(Kind.PASTE, text), Piece(Kind.TEXT, "v")]
    slow = [part for c in f"\x1b[200~{text}\x1b[201~" for part in (c, 0.9)]
    # Its very first character, alone for so long, is an Escape key.
    assert read(*slow) == [Piece(Kind.ESCAPE, "\x1b"), Piece(Kind.PASTE, text)]


def test_a_paste_without_an_end_ends_by_silence():
    assert read("\x1b[200~vvv", PASTE_SILENCE + 0.1, "v") == [
        Piece(Kind.PASTE, "vvv"),
        Piece(Kind.TEXT, "v"),
    ]


PARAMETERS = st.text("0123456789;:<?>=", max_size=12)
CONTROL = st.builds(
    "\x1b[{}{}{}".format,
    PARAMETERS,
    st.sampled_from(["", " ", "$", "!"]),
    st.sampled_from("ABCDHFPQRSTUVXYZu~mnabcd"),
)
SHIFT = st.builds("\x1bO{}{}".format, st.sampled_from(["", "2", "1;5"]), st.sampled_from("ABCDFHMPQRS"))
STRING = st.builds(
    "\x1b{}{}{}".format,
    st.sampled_from(["]11;", "P1$r", "P>|", "_G", "^"]),
    st.text("rgb:vz0;/", max_size=20),
    st.sampled_from(["\x1b\\", "\x07"]),
)
PASTE = st.builds("\x1b[200~{}\x1b[201~".format, st.text("vz5\r\t ", max_size=20))


@settings(max_examples=1500, deadline=None)
@given(st.one_of(CONTROL, SHIFT, STRING, PASTE), st.data())
def test_nothing_of_a_split_sequence_is_typed(sequence, data):
    chunks: list[str | float] = []
    rest = sequence
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        chunks += [rest[:size], data.draw(st.sampled_from([0.0, 0.02, 0.1, 0.26, 0.6, 1.0]))]
        rest = rest[size:]
    # An O or P that is torn off on both sides reads as a typed capital, which is no entry either.
    assert typed(*chunks) in ("", "O", "P")
