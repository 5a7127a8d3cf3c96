"""The no-risk mark: when an employer may ask for it, and on which ground it may be kept.

An applicant or new employee need not tell; after two months of employment the employer may ask (Ziektewet
art. 38b lid 2). It is kept only where the person told it or UWV gave proof (AP, policy rules on sick
employees, 2016).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from hrtui.domain.month import months_later

MONTHS_BEFORE_ASKING = 2


class Basis(StrEnum):
    """Why the mark may be kept."""

    DISCLOSED = "disclosed"
    """The person told it."""
    PROOF = "proof"
    """UWV gave proof of it."""


class NoRiskFault(StrEnum):
    """Why the mark cannot be recorded."""

    NO_BASIS = "no_basis"
    TOO_EARLY = "too_early"


def may_ask_from(contract_start: date) -> date:
    """The first day on which the employer may ask: two months after the contract began."""
    return months_later(contract_start, MONTHS_BEFORE_ASKING)


def no_risk_fault(basis: str, contract_start: date | None, today: date) -> NoRiskFault | None:
    """Why the mark may not be kept now.

    Without one of the grounds never; what the person told only after the two months, since before they may
    not be asked and what they then say is not given freely. Proof of UWV may be kept at once.
    """
    if basis not in set(Basis):
        return NoRiskFault.NO_BASIS
    too_early = contract_start is None or today < may_ask_from(contract_start)
    return NoRiskFault.TOO_EARLY if basis == Basis.DISCLOSED and too_early else None
