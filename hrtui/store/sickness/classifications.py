"""Which classifications an employer offers, and in what order."""

from __future__ import annotations

from collections.abc import Sequence

from hrtui.domain.sickness.classification import CLASSIFICATIONS, ILL, Classification, offered
from hrtui.i18n import t
from hrtui.store import rows
from hrtui.store.changes import Change, Values
from hrtui.store.errors import StoreError
from hrtui.store.sickness.desk import Desk, stable_id

TABLE = "sickness_classification"


def offered_by(desk: Desk) -> list[Classification]:
    """The classifications that a report can have, in the employer's order."""
    return offered(desk.country, _choices(desk))


def all_of(desk: Desk) -> list[tuple[Classification, bool]]:
    """Every classification of the country and whether it is in use, those in use first."""
    used = offered_by(desk)
    rest = [one for one in CLASSIFICATIONS.values() if one not in used and desk.country in one.countries]
    return [(one, True) for one in used] + [(one, False) for one in rest]


def choose(desk: Desk, codes: Sequence[str]) -> int | None:
    """Offer exactly these classifications in this order; returns the step.

    Plain illness stays among them: there must be a neutral one. Raises StoreError for what the country does
    not have.
    """
    known = [one.code for one, _ in all_of(desk)]
    if set(codes) - set(known):
        raise StoreError(t("Choose from the list of classifications."))
    wanted = list(dict.fromkeys([*codes, *([] if ILL in codes else [ILL])]))
    stored = _rows(desk)
    changes: list[Change] = []
    for place, code in enumerate([*wanted, *(code for code in known if code not in wanted)]):
        values = {
            "employer_id": desk.employer_id,
            "code": code,
            "active": int(code in wanted),
            "display_order": place,
        }
        if code in stored:
            row_id, old = stored[code]
            changes += rows.update(TABLE, row_id, old, values)
        else:
            changes.append(rows.insertion(TABLE, values, stable_id(TABLE, desk.employer_id, code)))
    return rows.carry_out(desk.store, desk.employer_id, t("Classifications"), changes)


def _choices(desk: Desk) -> dict[str, tuple[bool, int]]:
    return {
        code: (bool(values["active"]), int(values["display_order"]))
        for code, (_, values) in _rows(desk).items()
    }


def _rows(desk: Desk) -> dict[str, tuple[int, Values]]:
    found = desk.store.con.execute(
        f"SELECT id, code, active, display_order FROM {TABLE} WHERE employer_id = ?", (desk.employer_id,)
    )
    return {
        code: (
            id_,
            {"employer_id": desk.employer_id, "code": code, "active": active, "display_order": order},
        )
        for id_, code, active, order in found
    }
