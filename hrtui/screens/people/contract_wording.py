"""A contract in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrtui.domain.contract_fields import CONTRACT_FIELDS
from hrtui.i18n import t
from hrtui.record_wording import shown, typed
from hrtui.widgets.form_field import day_shown

_IN_LINE = ("worker_status", "nature", "job_title")
_FIELDS = {field.name: field for field in CONTRACT_FIELDS}


def contract_days(values: Mapping[str, Any]) -> str:
    """From when until when: `01/01/2020 – 31/12/2026`, or without end `01/01/2020 –`."""
    return f"{day_shown(values['start_date'])} – {day_shown(values['end_date'])}".rstrip()


def contract_line(values: Mapping[str, Any]) -> str:
    """The days and what matters most of a contract."""
    words = [shown(_FIELDS[name], values[name]) for name in _IN_LINE]
    if values["hours_per_week"]:
        hours = typed(_FIELDS["hours_per_week"], values["hours_per_week"])
        words.insert(1, t("{hours} h a week", hours=hours))
    return f"{contract_days(values)}  {', '.join(filter(None, words))}".rstrip()
