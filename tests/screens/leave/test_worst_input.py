"""Whatever is typed into the forms of leave types, allowances and holidays: a clear sentence, or a value."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from hrtui.screens.employer.holiday_forms import HolidayForm, ReplacementsForm
from hrtui.screens.form_base import FormScreen
from hrtui.screens.leave.allowance_forms import AdjustForm, GrantForm, ProposalForm
from hrtui.screens.leave.exceptions import OwnLimitForm
from hrtui.screens.leave.leave_type import ActivateScreen, LeaveTypeScreen, NewLeaveType
from hrtui.screens.session import Session
from hrtui.store.holiday_records import holiday_lines
from hrtui.store.leave_types import leave_types
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import Kind
from hrtui.widgets.form_view import drawn
from tests.screens.conftest import Start
from tests.screens.test_worst_input import WORST

Maker = Callable[[Session], FormScreen]


def _kind(session: Session, key: str) -> object:
    found = leave_types(session.store, session.employer.id).values()
    return next(one for one in found if one.key == key)


def _person(session: Session) -> int:
    return int(session.store.con.execute("SELECT id FROM person WHERE number = '102'").fetchone()[0])


FORMS: dict[str, Maker] = {
    "type": lambda s: LeaveTypeScreen(s, _kind(s, "VAK")),  # type: ignore[arg-type]
    "new type": lambda s: NewLeaveType(s, print),
    "activate": lambda s: ActivateScreen(s, _kind(s, "TK"), print),  # type: ignore[arg-type]
    "own limit": lambda s: OwnLimitForm(s, []),
    "grant": lambda s: GrantForm(s, [_person(s)], 2026),
    "adjust": lambda s: AdjustForm(s, [_person(s)], 2026),
    "propose": lambda s: ProposalForm(s, [_person(s)], 2026),
    "new holiday": lambda s: HolidayForm(s, None, 2026, lambda plan, row: None),
    "holiday": lambda s: HolidayForm(
        s, holiday_lines(s.store, s.employer.id, 2026)[0], 2026, lambda plan, row: None
    ),
    "replacements": lambda s: ReplacementsForm(s, 2026, lambda plan, row: None),
}


@pytest.mark.parametrize("which", FORMS)
async def test_every_field_takes_it_or_says_why_not(start: Start, which: str) -> None:
    async with start() as pilot:
        screen = FORMS[which](pilot.app.session)  # type: ignore[attr-defined]
        for name, worst in WORST.items():
            form = Form(screen.fields(), screen.values())
            for cell in form.visible():
                if cell.field.kind is Kind.FIXED:
                    continue
                form.go(cell.field.name)
                cell.insert_instead(worst)
                typed = cell.edit.text
                form.settle()
                where = f"{cell.field.name}: {name}"
                if cell.problem:
                    assert cell.problem.endswith((".", "!")), where
                    assert cell.edit.text == typed, where
                    assert len(cell.problem) < 160, where
                else:
                    assert not cell.typed, where
                for line in drawn(form, 60).lines:
                    text = "".join(piece for piece, _ in line)
                    assert cell_len(text) <= 60, where
                    assert text.isprintable(), where
