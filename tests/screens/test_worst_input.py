"""Whatever is typed or pasted into a field: a clear sentence, or a value; and the text stays."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from hrtui.screens.people.new_person_fields import new_person_fields
from hrtui.screens.record_fields import form_fields
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import Kind
from hrtui.widgets.form_view import drawn
from tests.screens.conftest import Start

WORST = {
    "too long": "x" * 5000,
    "emoji": "👩‍👩‍👧‍👦🇧🇪",
    "another script": "Иванова 山田",
    "right to left": "אברהם‮ محمد",
    "control characters": "a\x00b\x1b[2Jc\x07\x9bd",
    "zeros": "0000",
    "a date that is none": "00/00/0000",
    "next century": "01/01/2126",
    "a formula": "=1+1",
    "marks only": "-.',;",
    "spaces": "   ",
    "combining": "e" + "\u0301" * 50,
    "lone surrogate": "a\ud800b",
    "several lines": "one\ntwo\r\nthree",
}


@pytest.mark.parametrize("worst", WORST, ids=str)
async def test_every_field_of_a_new_person_takes_it_or_says_why_not(start: Start, worst: str) -> None:
    async with start() as pilot:
        session = pilot.app.session  # type: ignore[attr-defined]
        form = Form(new_person_fields(session, {}), {"who": "myself"})
        for cell in form.visible():
            if cell.field.kind is Kind.FIXED:
                continue
            form.go(cell.field.name)
            cell.insert_instead(WORST[worst])
            typed = cell.edit.text
            form.settle()
            if cell.problem:
                assert cell.problem[0].isupper() or cell.problem.startswith("“") or cell.problem[0].isdigit()
                assert cell.problem.endswith((".", "!"))
                assert cell.edit.text == typed
                assert len(cell.problem) < 160
            else:
                assert not cell.typed
            for width in (60, 80):
                for line in drawn(form, width).lines:
                    text = "".join(piece for piece, _ in line)
                    assert cell_len(text) <= width
                    assert text.isprintable()


async def test_what_is_accepted_is_accepted_again_as_it_is_shown(start: Start) -> None:
    async with start() as pilot:
        session = pilot.app.session  # type: ignore[attr-defined]
        from hrtui.domain.contract_fields import CONTRACT_FIELDS
        from hrtui.domain.person_fields import PERSON_FIELDS

        good = {
            "iban": "be71 0961 2345 6769",
            "national_number": "85.07.30-033.28",
            "phone": "0471 23 45 67",
            "birth_date": "30.7.1985",
            "country": "belg",
            "sex": "fem",
            "hours_per_week": "38:20",
            "wage_cents": "2.500,5",
            "start_minute": "8u30",
            "postcode": "9000",
        }
        form = Form(form_fields(session, (*PERSON_FIELDS, *CONTRACT_FIELDS)), {})
        for name, text in good.items():
            form.go(name)
            cell = form.cell(name)
            cell.insert_instead(text)
            assert form.settle(), (name, cell.problem)
            value = cell.value
            cell.insert_instead(cell.shown)
            assert form.settle()
            assert cell.value == value
        assert form.values["hours_per_week"] == 3833
        assert form.values["wage_cents"] == 250050
        assert form.values["country"] == "BE"
        assert form.values["sex"] == "f"
