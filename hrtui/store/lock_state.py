"""The one condition of a locked month, for every query that asks."""

from __future__ import annotations

CLOSED = (
    "NOT EXISTS (SELECT 1 FROM month_unlock u"
    " WHERE u.person_id = k.person_id AND u.month = k.month AND u.until > ?)"
)
"""Of a row `k` of month_lock: that no unlock is in force; its place takes `hrtui.store.moments.moment()`."""
