"""A clerk's hour: a month of leave from a paper list, with mistakes and sudden ends, exported at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hrtui.domain.month import Month
from tests.pty.clerk import MOMENTS, Clerk, Job, Move, different, face, faces_on
from tests.pty.conftest import run
from tests.pty.paper import (
    HOLIDAYS,
    MAY,
    TYPES,
    Cell,
    Days,
    Lines,
    Slip,
    expected_export,
    fold,
    lines_of,
    listed,
    people,
    slips,
)

pytestmark = pytest.mark.pty

SEED = 20260512
KILLS = 15
SUNDAY, ASCENSION = 17, 14


def pile(name: str) -> list[Slip]:
    """The slips of one pile."""
    return [slip for slip in slips() if slip.pile == name]


# -- the keys of one slip


def filter_text(slip: Slip) -> str:
    """What a clerk types to find the person: the number, or how both names begin where that is enough."""
    number = slip.who[0]
    words = fold(people()[number].name).split()
    text = f"{words[0][:5]} {words[1][:2]}"
    return text if slip.id % 2 and listed(text) == [number] else str(number)


def find(slip: Slip) -> Move:
    """Filter the list down to the slip's person."""
    text = filter_text(slip)
    return Move(f"/{text}<enter>", says=f"filter: {text} · 1 of 1 person")


def cursor_after(slip: Slip) -> Cell:
    """Where an entry leaves the cursor: the next working day of the month, else its last day."""
    person = people()[slip.who[0]]
    last = min(slip.last, MAY.last)
    following = person.working_days(last + timedelta(days=1), MAY.last)
    return person.number, following[0] if following else MAY.last


def typed(slip: Slip) -> str:
    """What a clerk types into the cell; hours in one of the ways in which people write them."""
    words = []
    for part in slip.what.split(" + "):
        code, _, amount = part.partition(" ")
        if ":" in amount:
            hours, minutes = amount.split(":")
            decimal = f"{hours},{int(minutes) * 100 // 60:02d}".rstrip("0").rstrip(",")
            amount = (amount, decimal, f"{hours}u{minutes}")[slip.id % 3]
        words.append(f"{amount} {code}".strip() if slip.id % 2 else f"{amount} {code.lower()}".strip())
    return " ".join(words)


def entry(slip: Slip, book: Days) -> list[Move]:
    """Go to the slip's first day and enter it, by letter where it is whole or half days, else typed."""
    days = slip.days
    go = f"{slip.first.day}<enter>"
    count = str(len(days)) if len(days) > 1 else ""
    code, _, amount = slip.what.partition(" ")
    if slip.what == "-":
        return [Move(f"{go}{count}<delete>", days=days)]
    if " + " in slip.what or ":" in amount:
        return [Move(f"{go}{count}={typed(slip)}<enter>", days=days, cursor=cursor_after(slip))]
    full = days_with(slip, code)
    moves = [Move(f"{go}{count}{TYPES[code][0]}", days=full, cursor=cursor_after(slip))]
    if all(book.get(cell) == lines for cell, lines in full.items()):
        moves = []  # a whole day is there already, and only has to be halved
    if amount:
        moves.append(Move("-" if moves else f"{go}-", days=days_with(slip, f"{code} am")))
    if amount == "pm":
        moves.append(Move("-", days=days))
    return moves


def days_with(slip: Slip, what: str) -> Days:
    """The slip's days, each with something else on it."""
    return {(number, day): lines_of(what, people()[number].available(day)) for number, day in slip.days}


# -- what goes wrong


def wrong(keys: str, days: Days, book: Days) -> list[Move]:
    """A wrong entry, seen and taken back."""
    before: dict[Cell, Lines] = {cell: book.get(cell, ()) for cell in days}
    return [Move(keys, days=days), Move("<C-z>", says="Undone: ", days=before)]


def mistake(slip: Slip, book: Days) -> list[Move]:
    """A mistake that some slips begin with: a wrong entry that is undone, or a key that is refused."""
    person = people()[slip.who[0]]
    here = slip.first.day
    stays: Cell = (person.number, slip.first)
    sunday = "no work is scheduled." if person.employed(MAY.day(SUNDAY)) else "is outside the contract."
    holiday = "is a holiday: " if person.employed(MAY.day(ASCENSION)) else "is outside the contract."
    long = person.working_days(slip.first, slip.first + timedelta(days=60))[:8]
    too_long = {(person.number, day): lines_of("VAK", person.available(day)) for day in long}
    whole = days_with(slip, "ZGL")
    return [
        [],
        wrong(f"{here}<enter>{len(whole)}z", whole, book),
        wrong(f"{here}<enter>8v", too_long, book) if not any(cell in book for cell in too_long) else [],
        [Move(f"{SUNDAY}<enter>v", says=sunday)],
        [Move(f"{ASCENSION}<enter>z", says=holiday)],
        [Move(f"{here}<enter>=4 QQ<enter>", says="“QQ” is no leave type."), Move("<esc>", cursor=stays)],
        [Move(f"{here}<enter>=13 VAK<enter>", says="that does not fit"), Move("<esc>", cursor=stays)],
        [
            Move("32<enter>", says="May 2026 has 31 days."),
            Move("400", says="At most 366 days at once."),
            Move("<esc>", says=f"\n {person.name}, "),
        ],
        [
            Move(f"{here}<enter>Q", says="“Q” is no leave type here."),
            Move(";", says="is no leave type here."),
        ],
        [],
    ][Random(f"mistake {slip.id}").randrange(10)]


def second_thoughts(slip: Slip, moves: list[Move], book: Days) -> list[Move]:
    """Some slips are taken back once more, and done again."""
    last = moves[-1].days or {}
    if slip.id % 11 or not last:
        return moves
    before = book | (moves[-2].days or {} if len(moves) > 1 else {})
    back = {cell: before.get(cell, ()) for cell in last}
    return [*moves, Move("<C-z>", says="Undone: ", days=back), Move("<C-y>", says="Redone: ", days=last)]


# -- the piles


def by_name(slip: Slip) -> Job:
    """Find the person, perhaps make a mistake, enter the slip."""

    def moves(clerk: Clerk) -> list[Move]:
        entering = second_thoughts(slip, entry(slip, clerk.book), clerk.book)
        return [find(slip), *mistake(slip, clerk.book), *entering]

    return Job(f"slip {slip.id}", moves, slip.days)


def in_list_order() -> Iterator[Job]:
    """Slips in the order of a team's list: down to the next person, and `.` where it is the same leave."""
    team = listed("transport")
    before: Slip | None = None
    for slip in pile("list"):

        def moves(clerk: Clerk, slip: Slip = slip, before: Slip | None = before) -> list[Move]:
            row = team.index(slip.who[0])
            if before is None or clerk.last != f"slip {before.id}":
                at = f"{row + 1} of {len(team)} people"
                return [Move(f"/transport<enter><C-home>{'<down>' * row}", says=at), *entry(slip, clerk.book)]
            down = "<down>" * (row - team.index(before.who[0]) - 1)
            if (slip.what, slip.first, slip.last) == (before.what, before.first, before.last):
                return [Move(f"<enter>{down}.", days=slip.days, cursor=cursor_after(slip))]
            return [Move(f"<down>{down}"), *entry(slip, clerk.book)]

        yield Job(f"slip {slip.id}", moves, slip.days)
        before = slip


def collective_day() -> Job:
    """A day for a whole team, more people than the screen shows: asked about once."""
    (slip,) = pile("team")
    letter, name = TYPES[slip.what]
    team = len(slip.who)
    asked = f"{name}: {len(slip.days)} days of {len(slip.days)} people, Fri 15 May. Go on?"

    def moves(clerk: Clerk) -> list[Move]:
        return [
            Move("/magazijn<enter>", says=f"1 of {team} people"),
            Move(f"{slip.first.day}<enter><f6>", says=f"{team} people are marked."),
            Move(letter, says=asked),
            Move("n", says="Nothing was changed."),
            Move(letter, says=asked),
            Move("y", says=f"{team - len(slip.days)} skipped: ", days=slip.days),
            Move("<esc>", says="no longer marked"),
        ]

    return Job("team", moves, slip.days)


def marked_people() -> Job:
    """A day for a few people of a list, marked one by one."""
    course = pile("marked")
    team = listed("onderhoud")
    days = {cell: lines for slip in course for cell, lines in slip.days.items()}
    marks = "".join(f"<C-home>{'<down>' * team.index(slip.who[0])}<space>" for slip in course)

    def moves(clerk: Clerk) -> list[Move]:
        return [
            Move("/onderhoud<enter>", says=f" of {len(team)} people"),
            Move(marks, says="3 marked"),
            Move("20<enter>l", says="Training day: 3 days of 3 people, Wed 20 May.", days=days),
            Move("<esc>", says="3 people are no longer marked."),
        ]

    return Job("marked", moves, days)


def copied_week() -> Job:
    """A person's week, copied to another person after a look at the preview."""
    (source,) = {slip.who[0] for slip in slips() if slip.id == pile("copy")[0].id - 1}
    copies = pile("copy")
    days = {cell: lines for slip in copies for cell, lines in slip.days.items()}

    def moves(clerk: Clerk) -> list[Move]:
        return [
            Move(f"/{source}<enter>", says=f"filter: {source} · 1 of 1 person"),
            Move("18<enter>" + "<S-right>" * 4 + "<C-c>", says="Copied: 5 days, 18–22 May."),
            find(copies[0]),
            Move("18<enter><C-v>", says="5 days, 18–22 May will change."),
            Move("<enter>", says="y pastes."),
            Move("y", says="Pasted: 5 days, 18–22 May.", days=days),
        ]

    return Job("copy", moves, days)


def filled_down() -> Job:
    """A day of the first person of a run, filled down to the others."""
    run = pile("fill down")
    team = listed("productie")
    row = team.index(run[0].who[0])
    assert [team[row + place] for place in range(len(run))] == [slip.who[0] for slip in run]
    others = {cell: lines for slip in run[1:] for cell, lines in slip.days.items()}
    down = "<down>" * (len(run) - 1)

    def moves(clerk: Clerk) -> list[Move]:
        return [
            Move(f"/productie<enter><C-home>{'<down>' * row}", says=f"{row + 1} of {len(team)} people"),
            Move("27<enter>l", days=run[0].days),
            Move(f"27<enter>*{down}<C-d>", says="Filled down: 3 days of 3 people", days=others),
        ]

    return Job("fill down", moves, run[0].days | others)


def filled_right() -> Job:
    """The first day of a week, filled right to its end."""
    (slip,) = pile("fill right")
    first, *others = slip.days.items()

    def moves(clerk: Clerk) -> list[Move]:
        return [
            find(slip),
            Move("18<enter>t", days=dict([first])),
            Move("18<enter>*" + "<right>" * 4 + "<C-r>", says="Filled right: 4 days", days=dict(others)),
        ]

    return Job("fill right", moves, slip.days)


def own_calendars() -> Iterator[Job]:
    """Entries in a person's own calendar: by choosing a type, in parts, and by letter."""
    short, several, ill = pile("calendar")
    number, day = next(iter(several.days))
    half: Days = {(number, day): lines_of("VAK am", people()[number].available(day))}

    def choose(code: str) -> list[Move]:
        return [Move("<enter>", says="Hours of "), Move("<down>", says=f"Hours of {code} ", again=True)]

    def one(clerk: Clerk) -> list[Move]:
        return [
            find(short),
            Move("20<enter><C-o>", says="Wed 20 May: 3:48 scheduled"),
            *choose("KV"),
            Move("2:00<enter>", says="Wed 20 May: 3:48 scheduled; Short leave 2:00", days=short.days),
            Move("<f3>", says="History: "),
            Move("<esc>", says="Balances 2026"),
            Move("<esc>", says="1 of 1 person"),
        ]

    def more(clerk: Clerk) -> list[Move]:
        return [
            find(several),
            Move("21<enter><C-o>", says="Thu 21 May: 7:36 scheduled"),
            *choose("VAK"),
            Move("am<enter>", says="Thu 21 May: 7:36 scheduled; Legal holiday leave 3:48", days=half),
            *choose("OVU"),
            Move("2<enter>", says="Thu 21 May: 7:36 scheduled; ", days=several.days),
            Move("<right>", says="Fri 22 May: 7:36 scheduled"),
            Move("z", says="ZGL 7:36", days=ill.days),
            Move("<esc>", says="1 of 1 person"),
        ]

    yield Job("calendar 1", one, short.days)
    yield Job("calendar 2", more, several.days | ill.days)


def into_next_month(slip: Slip) -> Job:
    """Leave that goes on after the month's end, looked at there."""

    def moves(clerk: Clerk) -> list[Move]:
        return [
            find(slip),
            *entry(slip, clerk.book),
            Move(")", says="June 2026"),
            Move("<f7>", says="May 2026"),
        ]

    return Job(f"slip {slip.id}", moves, slip.days)


def jobs() -> list[Job]:
    """The whole paper list."""
    return [
        collective_day(),
        marked_people(),
        *in_list_order(),
        *map(by_name, pile("name")),
        copied_week(),
        filled_down(),
        filled_right(),
        *own_calendars(),
        *map(by_name, pile("correction")),
        *map(into_next_month, pile("next month")),
    ]


def kills() -> dict[str, list[str]]:
    """Which jobs are cut off, and at which moments: the collective day several times, others by lot."""
    choose = Random(SEED)
    names = choose.sample([job.name for job in jobs()[1:]], KILLS)
    moments = [MOMENTS[place % len(MOMENTS)] for place in range(KILLS)]
    return {"team": ["writing", "working", "at once"]} | {
        name: [moment] for name, moment in zip(names, moments, strict=True)
    }


def export(home: Path, month: Month) -> str:
    """The month as CSV."""
    return run(home, "--profile", "demo", "export", "month", str(month))


def test_the_paper_list_is_one_that_can_be_entered():
    assert 80 <= len(slips()) <= 120
    assert all(slip.days for slip in slips())
    assert any(set(HOLIDAYS) & {slip.first + timedelta(days=n) for n in range(9)} for slip in slips())


@pytest.mark.timeout(300)
def test_a_month_entered_from_paper_is_exported_as_on_paper(office: Path):
    before = {month: export(office, month) for month in (MAY, MAY.shift(1))}
    with Clerk(office, kills()) as clerk:
        for job in jobs():
            clerk.do(job)
        assert not clerk.kills
        assert len(clerk.killed) == KILLS + 3
        clerk.program.keys("<C-q>")
        assert clerk.program.exit_code() == 0
    for month, exported in before.items():
        assert export(office, month) == expected_export(exported, month)
    run(office, "--profile", "demo", "doctor")


def test_a_hang_up_in_the_middle_of_typing_keeps_all_that_was_shown(office: Path):
    team = listed("transport")
    day = MAY.day(13)
    with Clerk(office) as clerk:
        clerk.program.keys("/transport<enter>13<enter>" + "v<enter>" * len(team))
        clerk.program.until(
            lambda: faces_on(clerk.program.lines).get((team[2], day)) == "v ", "three entries"
        )
        shown, now = clerk.hang_up()
        entered = list(different(now, clerk.book))
        assert sorted(entered) == sorted((number, day) for number in team[: len(entered)])
        assert len(entered) >= 3
        for cell, sign in shown.items():
            there, before = (face(cell, calendar.get(cell, ())) for calendar in (now, clerk.book))
            assert sign == there or (sign == before and cell in entered)
