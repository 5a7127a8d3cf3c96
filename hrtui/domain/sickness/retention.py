"""How long a case may be kept, and which are due for deletion.

Two years after the end is what the AP finds reasonable for the absence file of an employer, five for a
self-insurer for the Sickness Act (AP, policy rules on sick employees, 2016, chapter on retention).
"""

from __future__ import annotations

from datetime import date

from hrtui.domain.month import months_later
from hrtui.domain.sickness.counting import Chain

YEARS = 2
SELF_INSURER_YEARS = 5


def keep_until(chain: Chain, *, self_insured: bool) -> date | None:
    """The last day on which the cases of a chain may be kept; None while one goes on.

    Cases that count as one are kept together: the count of the later needs the earlier.
    """
    if chain.last_day is None:
        return None
    years = SELF_INSURER_YEARS if self_insured else YEARS
    return months_later(chain.last_day, 12 * years)
