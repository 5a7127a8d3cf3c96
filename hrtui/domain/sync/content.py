"""What of one person's month is forwarded, and the hash by which client and backend compare it."""

from __future__ import annotations

from collections.abc import Mapping

from hrtui.domain.sync.canonical import Value, digest

COMPONENT_COLUMNS = (
    "type_id", "first_month", "last_month", "cents", "unit_amount", "quantity", "currency", "note",
)  # fmt: skip
"""The columns of a pay component that count for the provider, in the order in which they are hashed."""
NO_END = "9999-12"
"""Stands for the last month of what goes on, so that months compare as texts."""

Columns = Mapping[str, Value]


def component_counts(columns: Columns, month: str) -> bool:
    """Whether a pay component is paid in `month` (YYYY-MM)."""
    return str(columns["first_month"]) <= month <= str(columns["last_month"] or NO_END)


def month_content(
    month: str,
    days: Mapping[str, Value],
    components: Mapping[int, Columns],
    messages: Mapping[int, Columns],
) -> list[Value]:
    """The rows of one person and `month` (YYYY-MM) that are forwarded, in the order in which they are hashed.

    1. `["day", date, entries]` for each day of the month that has entries, by ISO date; `days` maps dates to
       `[[leave type id, minutes, part, status, source], …]` in the order of their slots.
    2. `["pay_component", id, …]` for each component of the person paid in the month, by id, with the columns
       COMPONENT_COLUMNS.
    3. `["provider_message", id, body]` for each message about the person and the month, by id.

    The maps may hold more than the month; what lies outside it is left out. Messages need `month` and `body`.
    """
    content: list[Value] = [
        ["day", date, days[date]] for date in sorted(days) if date.startswith(f"{month}-") and days[date]
    ]
    content += [
        ["pay_component", id_, *(components[id_][name] for name in COMPONENT_COLUMNS)]
        for id_ in sorted(components)
        if component_counts(components[id_], month)
    ]
    content += [
        ["provider_message", id_, messages[id_]["body"]]
        for id_ in sorted(messages)
        if messages[id_]["month"] == month
    ]
    return content


def month_hash(
    month: str,
    days: Mapping[str, Value],
    components: Mapping[int, Columns],
    messages: Mapping[int, Columns],
) -> str:
    """SHA-256 (hexadecimal) of `month_content`."""
    return digest(month_content(month, days, components, messages))
