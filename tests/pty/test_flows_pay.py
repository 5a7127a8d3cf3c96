"""Pay beside the wage and messages to the provider: one person, forty people, and what is handed on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.desk import Desk, export, of

pytestmark = pytest.mark.pty

LOTMAR = 1056
FORTY = 40


def bonus(desk: Desk) -> None:
    """Make the type 070 for a total amount, and stay in the list of types."""
    desk.do("<C-t>4", "Pay components  September 2026")
    desk.do("<C-n>", "New pay component")
    desk.do("070<enter>Bonus<C-s>", "070        Bonus")


def marked(desk: Desk) -> None:
    """Mark the first forty people of the month."""
    desk.do("<space>" * FORTY, f"{FORTY} marked")


def paid(home: Path, month: str = "2026-09") -> list[dict[str, str]]:
    """The lines of the bonus: the demo pays other things beside it."""
    return [line for line in export(home, "components", month) if line["code"] == "070"]


def amounts(home: Path) -> dict[int, str]:
    """What each person has of the bonus."""
    return {int(line["number"]): line["amount"] for line in paid(home)}


def numbers(home: Path) -> list[int]:
    """The people of the month in the order of the lists."""
    return [int(line["number"]) for line in export(home, "people")]


def test_a_bonus_for_one_person_from_their_calendar(home: Path):
    with Desk(home) as desk:
        bonus(desk)
        desk.do("<esc>", "1 of 60 people")
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-o>", "September 2026  Beispiel Lotmar")
        desk.do("<C-n>", "Pay component  Beispiel Lotmar")
        desk.do("070<enter>500,50<enter><C-s>", "070 Bonus", "500.50")
        desk.leave()
    (line,) = paid(home)
    assert (line["number"], line["code"], line["amount"]) == (str(LOTMAR), "070", "500.50")
    assert (line["first_month"], line["last_month"]) == ("2026-09", "2026-09")
    with Desk(home) as desk:
        desk.do("/1056<enter><C-o><f8>", "total 500.50")
        desk.do("<delete>", "Removed, in all its months")
        desk.do("<C-z>", "total 500.50")
        desk.do("<enter><C-u>600<C-s>", "total 600.00")
    assert amounts(home) == {LOTMAR: "600.00"}


def test_a_bonus_every_month_until_it_ends(home: Path):
    with Desk(home) as desk:
        bonus(desk)
        desk.do("<esc>", "1 of 60 people")
        desk.do("/1056<enter><C-o><C-n>", "Pay component  Beispiel Lotmar")
        desk.do("070<enter>25<enter><enter>until<enter>12/2026<C-s>", "monthly 09/2026 – 12/2026")
        desk.leave()
    assert [len(paid(home, month)) for month in ("2026-08", "2026-12", "2027-01")] == [0, 1, 0]


def test_the_same_bonus_for_forty_marked_people_is_one_step(home: Path):
    with Desk(home) as desk:
        marked(desk)
        bonus(desk)
        desk.do("<enter>", "40 marked people", "Bonus  September 2026")
        desk.do("500<f6>", "40 people get 500.00.", "Total 20,000.00")
        desk.do("<C-s>", "Bonus: 20,000.00 for 40 people.")
        assert amounts(home) == dict.fromkeys(numbers(home)[:FORTY], "500.00")
        desk.do("<enter>", "Adjust 20,000.00 of 40 people")
        desk.do("2", "saved amounts")
        desk.do("750<C-s>", "Bonus: 20,250.00 for 40 people.")
        assert sorted(amounts(home).values()).count("750.00") == 1
        desk.do("<C-z>", "Undone: ", "20,000.00")
        desk.do("<C-z>", "Undone: ")
        assert amounts(home) == {}


def test_amounts_typed_down_the_column(home: Path):
    typed = [f"{100 + place},{place:02d}" for place in range(FORTY)]
    with Desk(home) as desk:
        marked(desk)
        bonus(desk)
        desk.do("<enter>", "40 marked people")
        desk.do("".join(f"{amount}<enter>" for amount in typed), "This is the last person.", "Total 4,787.80")
        desk.do("<C-s>", "Bonus: 4,787.80 for 40 people.")
        desk.leave()
    expected = [amount.replace(",", ".") for amount in typed]
    assert amounts(home) == dict(zip(numbers(home)[:FORTY], expected, strict=True))


def test_a_column_pasted_from_a_spreadsheet(home: Path):
    column = "\r\n".join(f"€ 1.{100 + place},50" for place in range(FORTY))
    with Desk(home) as desk:
        marked(desk)
        bonus(desk)
        desk.do("<enter>", "40 marked people")
        desk.paste(column, "40 lines are taken.", "Total 44,800.00")
        desk.do("<C-s>", "Bonus: 44,800.00 for 40 people.")
        desk.leave()
    expected = [f"{1100 + place}.50" for place in range(FORTY)]
    assert amounts(home) == dict(zip(numbers(home)[:FORTY], expected, strict=True))


def test_a_file_of_amounts_names_the_lines_that_are_wrong(home: Path):
    people = numbers(home)[:FORTY]
    lines = [f"{number};{place + 10},25" for place, number in enumerate(people)]
    bad = [*lines[:-1], "9999;12", "1056;veel"]
    (home / "bonus.csv").write_text("\n".join(["number;amount", *bad]))
    (home / "good.csv").write_text("\n".join(["number;amount", *reversed(lines)]))
    with Desk(home) as desk:
        marked(desk)
        bonus(desk)
        desk.do("<enter>", "40 marked people")
        desk.do(f"<f2>{home}/bonus.csv<enter>", "2 lines have a problem.", "line 41: ", "line 42: ")
        desk.do("<esc>", "40 marked people")
        desk.do("<C-z>", "Total 0.00")
        desk.do(f"<f2>{home}/good.csv<enter>", "40 lines are taken.", "Total 1,190.00")
        desk.do("<C-s>", "Bonus: 1,190.00 for 40 people.")
        desk.leave()
    assert amounts(home) == {number: f"{place + 10}.25" for place, number in enumerate(people)}


def test_a_message_to_the_provider_stays_a_draft_of_its_month(home: Path):
    with Desk(home) as desk:
        desk.do("/1056<enter>", "1 of 1 person")
        desk.do("<C-o><f5>", "Message to the provider  September 2026  new")
        desk.do("A rise of 50 € please<enter>from October<C-s>", "Messages to the provider: 1 draft")
        desk.do("<C-t>5", "Messages to the provider  September 2026", "A rise of 50")
        desk.do("<C-n>", "About  The employer")
        desk.do("New bank account<C-s>", "The employer")
        desk.leave()
    found = {line["number"]: line for line in export(home, "messages")}
    assert found[str(LOTMAR)]["text"] == "A rise of 50 € please\nfrom October"
    assert found[""]["text"] == "New bank account"
    assert {line["state"] for line in found.values()} == {"draft"}
    assert export(home, "messages", "2026-10") == []
    assert not of(export(home, "components"), LOTMAR)


def test_leaving_the_program_from_above_typed_amounts_asks_first(home: Path):
    with Desk(home) as desk:
        bonus(desk)
        desk.do("<enter>12", "Bonus  September 2026")
        desk.do("<f1>", "Type to search:")
        desk.do("<C-q>", "The amounts are not saved. Leave without it?")
        desk.do("n", "Nothing was changed.")
        desk.do("<C-s>", "Bonus: 12.00 for 1 person.")
        desk.leave()
    assert list(amounts(home).values()) == ["12.00"]
