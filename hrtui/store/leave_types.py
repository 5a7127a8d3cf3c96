"""Reading and seeding the leave types of an employer."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hrtui.domain.leave_type import Category, LeaveType, Limit, Unit
from hrtui.store.changes import RowChange, Values
from hrtui.store.store import Store

_COLUMNS = (
    "id, key, letter, name_nl, name_fr, name_en, category, unit, limit_kind, limit_amount, carry_over_months,"
    " negative_allowed, sickness, on_holiday, active, role_needed, colour, dmfa_code, display_order,"
    " provider_codes, self_service, approval_needed, certificate_required"
)


def leave_types(store: Store, employer_id: int) -> dict[int, LeaveType]:
    """All leave types of the employer, active or not, in display order."""
    rows = store.con.execute(
        f"SELECT {_COLUMNS} FROM leave_type WHERE employer_id = ? ORDER BY display_order, key", (employer_id,)
    )
    return {row[0]: _leave_type(row) for row in rows}


def roles_in_force(
    store: Store, employer_id: int, kinds: Mapping[int, LeaveType], given: frozenset[str]
) -> frozenset[str]:
    """The roles of a clerk. Without a backend nobody gives any out: then they have all that types ask for."""
    return given if store.backend(employer_id) else given | {kind.role_needed for kind in kinds.values()}


def _leave_type(row: tuple[object, ...]) -> LeaveType:
    (
        id_, key, letter, nl, fr, en, category, unit, limit, amount, carry_over, negative, sickness,
        on_holiday, active, role, colour, dmfa, order, codes, self_service, approval, certificate,
    ) = row  # fmt: skip
    return LeaveType(
        id=int(str(id_)),
        key=str(key),
        letter=str(letter),
        names={"nl": str(nl), "fr": str(fr), "en": str(en)},
        category=Category(str(category)),
        unit=Unit(str(unit)),
        limit=Limit(str(limit)),
        limit_amount=None if amount is None else int(str(amount)),
        carry_over_months=int(str(carry_over)),
        negative_allowed=bool(negative),
        sickness=bool(sickness),
        on_holiday=bool(on_holiday),
        active=bool(active),
        role_needed=str(role),
        colour=str(colour),
        dmfa_code=int(str(dmfa)),
        order=int(str(order)),
        provider_codes=json.loads(str(codes)),
        self_service=bool(self_service),
        approval_needed=bool(approval),
        certificate_required=bool(certificate),
    )


def row_of(kind: LeaveType, employer_id: int) -> Values:
    """The columns of a leave type, but for its id."""
    from hrtui.domain.starter_rows import leave_type_columns  # not needed to show a month

    return {"employer_id": employer_id, **leave_type_columns(kind)}


def insertion(kind: LeaveType, employer_id: int) -> RowChange:
    """The change that adds this type."""
    return RowChange("leave_type", kind.id, None, row_of(kind, employer_id))
