"""The common jobs of a clerk as keys, and how long they take by the keystroke-level model.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems", CACM
23 (1980): K for each key that goes down, at the speed of an average office typist; M before each thought,
here each time the clerk looks at the paper again or decides what comes next. Waiting for the program is left
out: it answers sooner than the next key comes. Ctrl, Shift and a capital take a press more than their key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.pty.desk import presses

K, M = 0.28, 1.35
"""Seconds for a key of a typist of 40 words a minute, and for a thought."""
TABLE = Path(__file__).parents[2] / "docs" / "keystrokes.md"
BEGIN, END = "<!-- jobs:begin -->\n", "<!-- jobs:end -->\n"

Counted = tuple[str, str, int]
"""An export, its month, and how many lines more it has after the job."""


@dataclass(frozen=True)
class Job:
    """A job: `thoughts` are the keys from one look at the paper to the next, with what the screen shows then.

    `before` brings the clerk to where such a job usually begins and does not count. `keys` is what the job
    takes, `projected` what was expected of it as keys and thoughts, or None. `people` is the demo that it is
    played in, `adds` what it must have brought about.
    """

    name: str
    keys: int
    thoughts: tuple[tuple[str, str], ...]
    adds: tuple[Counted, ...]
    projected: tuple[int, int] | None = None
    before: tuple[tuple[str, str], ...] = ()
    people: int = 60

    @property
    def seconds(self) -> float:
        """What the model says."""
        return K * sum(presses(keys) for keys, _ in self.thoughts) + M * len(self.thoughts)

    @property
    def projected_seconds(self) -> float | None:
        """What the model says of the keys that were expected."""
        return K * self.projected[0] + M * self.projected[1] if self.projected else None


_TWO_TYPES = (
    ("<C-t>4<C-n>", "New pay component"),
    ("060<enter>Test<C-s>", "060        Test"),
    ("<C-n>", "New pay component"),
    ("070<enter>Bonus<C-s>", "070        Bonus"),
)

JOBS = (
    Job("A day of leave at the cursor", 1, (("v", "Wed 16 Sep"),), (("month", "2026-09", 1),), (1, 1)),
    Job("A week of leave at the cursor", 2, (("5v", "5 days, "),), (("month", "2026-09", 5),), (2, 1)),
    Job(
        "Three weeks of leave at the cursor",
        3,
        (("15v", "15 days, "),),
        (("month", "2026-09", 12), ("month", "2026-10", 3)),
        (3, 1),
    ),
    Job(
        "The same day of leave for ten people in list order",
        11,
        (("<space>" * 10 + "v", "10 days"),),
        (("month", "2026-09", 10),),
        (20, 1),
        before=(("24<enter>", "Thu 24 Sep"),),
    ),
    Job(
        "Five days of leave for one person, from a slip",
        10,
        (("/rol<enter>", "1 of 1 person"), ("21<enter>5v", "5 days, 21–25 Sep")),
        (("month", "2026-09", 5),),
        (11, 2),
    ),
    Job(
        "The next slip in list order, as many days of it",
        5,
        (("<enter>21<enter>.", "5 days, 21–25 Sep"),),
        (("month", "2026-09", 5),),
        (6, 1),
        before=(("21<enter>5v", "5 days, 21–25 Sep"),),
    ),
    Job(
        "A collective day for a team, the 55 who work that day",
        7,
        (("/adm<f6>", "64 people are marked"), ("vy", "days of 55 people")),
        (("month", "2026-05", 55),),
        (8, 2),
        before=(("27<enter>", "Wed 27 May"),),
        people=300,
    ),
    Job(
        "The same bonus for a team of 43 people",
        19,
        (
            ("/maga<enter>", "of 43 people"),
            ("<C-t>4070<enter>", "Those the month shows"),
            ("500<f6><C-s>", "for 43 people."),
        ),
        (("components", "2026-05", 43),),
        before=(*_TWO_TYPES, ("<esc>", ""), ("<esc>", " people")),
        people=300,
    ),
    Job(
        "A leave type switched on",
        9,
        (("<C-t>3", "Leave types"), ("gvm<enter>", "Activate GVM"), ("<C-s>", "is active: ")),
        (),
    ),
    Job(
        "A new employee with contract",
        120,
        (
            ("<C-t>2<C-n>", "New person"),
            ("<enter>Testpersoon<enter>", "Testpersoon"),
            ("Tess<pgdn><pgdn>", "Testpersoon Tess"),
            ("Voorbeeldstraat<enter>", "Voorbeeldstraat"),
            ("12<enter><enter><enter>", "12"),
            ("9000<enter>Gent<pgdn><pgdn>", "Gent"),
            ("<enter>85073003328<pgdn>", "Contract: "),
            ("01102026<enter><enter>", "01/10/2026"),
            ("op<enter>", "Open-ended"),
            ("wh<enter>", "White-collar worker"),
            ("<enter><enter>2500<enter>", "2500.00"),
            ("38<enter><enter><enter>", "38"),
            ("200<enter><enter><enter>", "200"),
            ("voltijds 38<C-s>", "Testpersoon Tess is created."),
        ),
        (("people", "2026-10", 1),),
    ),
)
"""The ten most common ones."""

MORE = (
    Job(
        "A known person reported sick from the grid",
        8,
        (("/rol<enter>", "1 of 1 person"), ("%<C-s>", "is ill from")),
        (("month", "2026-09", 11),),
        (12, 2),
    ),
    Job(
        "A known person reported sick from anywhere",
        9,
        (("<C-t>r", "Report sick: who?"), ("rol<enter><C-s>", "ill since")),
        (("month", "2026-09", 11),),
        (12, 2),
    ),
    Job(
        "A work schedule for a team from a day on",
        31,
        (
            ("<C-t>2tran", "Find: tran"),
            ("<f6><f4><enter>voltijds 38<enter>", "Voltijds 38"),
            ("01102026<enter>", "4 people are changed."),
        ),
        (),
    ),
    Job(
        "The end of a contract",
        17,
        (("<C-t>2rol", "Find: rol"), ("<delete>31122026<C-s>", "The contract ends")),
        (("people", "2027-01", -1),),
    ),
    Job(
        "A street put right",
        20,
        (("<C-t>2rol<enter>", "Specimen Rolvert"), ("<pgdn>Teststraat<enter>", "Teststraat")),
        (),
    ),
)
"""Others whose count is kept."""


def table() -> str:
    """All jobs with keys and seconds, as the page about them shows them."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield "| Job | Keys pressed | Keys | Seconds | Expected keys | Expected seconds |"
    yield "|---|---|---:|---:|---:|---:|"
    for job in (*JOBS, *MORE):
        pressed = " · ".join(f"`{_shown(keys)}`" for keys, _ in job.thoughts)
        expected = f"{job.projected[0]} | {job.projected_seconds:.1f}" if job.projected else " | "
        yield f"| {job.name} | {pressed} | {job.keys} | {job.seconds:.1f} | {expected} |"


_NAMES = {"enter": "⏎", "space": "␣", "pgdn": "PgDn", "delete": "Del"}


def _shown(keys: str) -> str:
    """Keys as the page writes them: `/rol⏎`, `Ctrl+T 3`, `␣×10 v`."""
    shown = keys.replace("<space>" * 10, "␣×10 ")
    for name, sign in _NAMES.items():
        shown = shown.replace(f"<{name}>", f" {sign} " if len(sign) > 1 else sign)
    for place in range(1, 10):
        shown = shown.replace(f"<f{place}>", f" F{place} ")
    for letter in "stn":
        shown = shown.replace(f"<C-{letter}>", f" Ctrl+{letter.upper()} ")
    return " ".join(shown.split())
