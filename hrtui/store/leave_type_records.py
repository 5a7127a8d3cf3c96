"""An employer's leave types as records: finding, switching on and off, making, editing, ordering."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from hrtui.domain.leave_type import LeaveType
from hrtui.domain.type_fields import TypeFault, TypeProblem, free_letter, type_faults
from hrtui.i18n import language, t
from hrtui.store import rows
from hrtui.store.changes import RowChange
from hrtui.store.errors import Gone, StoreError
from hrtui.store.field_wording import type_sentence
from hrtui.store.ids import new_id
from hrtui.store.leave_types import insertion, leave_types, row_of
from hrtui.store.people import fold
from hrtui.store.store import Store


class LeaveTypeRefused(StoreError):  # noqa: N818  (reads as what happened)
    """A leave type that cannot be saved as it is; `field` is the column to look at."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A leave type in a list; `exceptions` counts the people who have a limit of their own."""

    kind: LeaveType
    exceptions: int


def type_lines(store: Store, employer_id: int, text: str = "", *, inactive: bool = False) -> list[TypeLine]:
    """The active types (with `inactive` the others behind them) that hold all words of `text`.

    Words are looked for in key, names and provider codes, without case and accents; order as in the month.
    """
    counts = dict(
        store.con.execute(
            "SELECT x.leave_type_id, count(*) FROM leave_exception x"
            " JOIN leave_type l ON l.id = x.leave_type_id WHERE l.employer_id = ? GROUP BY x.leave_type_id",
            (employer_id,),
        ).fetchall()
    )
    words = fold(text).split()
    kinds = sorted(leave_types(store, employer_id).values(), key=lambda kind: not kind.active)
    return [
        TypeLine(kind, counts.get(kind.id, 0))
        for kind in kinds
        if (kind.active or inactive) and all(word in _searched(kind) for word in words)
    ]


def faults_of(
    store: Store, employer_id: int, kind: LeaveType, bound: Collection[str] = frozenset()
) -> dict[str, str]:
    """What is wrong with a type as filled in: a sentence by field name; empty where it can be saved.

    `bound` are the letters that do something else in the month.
    """
    found: dict[str, str] = {}
    for fault in type_faults(kind, leave_types(store, employer_id).values(), bound):
        found.setdefault(fault.field, type_sentence(fault, kind.key, kind.letter))
    return found


def save_type(
    store: Store,
    employer_id: int,
    kind: LeaveType,
    before: LeaveType | None = None,
    bound: Collection[str] = frozenset(),
) -> LeaveType:
    """Make a type (`before` None; `kind.id` is then ignored) or save what was changed since `before`.

    A new one comes last in the order. Raises LeaveTypeRefused, naming the other type of a clash, and
    StaleError.
    """
    kinds = leave_types(store, employer_id)
    if before is None:
        last = max((other.order for other in kinds.values()), default=0)
        kind = replace(kind, id=new_id(), order=last + 1)
    faults = type_faults(kind, kinds.values(), bound)
    if before is not None and before.names == kind.names:
        faults = _but_names(faults)
    _refuse(faults, kind)
    name = kind.name(language())
    if before is None:
        rows.carry_out(
            store, employer_id, t("New leave type {name}", name=name), [insertion(kind, employer_id)]
        )
        return kind
    _known(kinds, before.id)
    if kind.category is not before.category and entries_of(store, employer_id, before.id):
        text = t("Days are entered with this type already: make a new type to count them otherwise.")
        raise LeaveTypeRefused(text, "category")
    changes = rows.update("leave_type", before.id, row_of(before, employer_id), row_of(kind, employer_id))
    rows.carry_out(store, employer_id, t("Leave type {name}", name=name), changes)
    return kind


def activate(
    store: Store,
    employer_id: int,
    type_id: int,
    *,
    self_service: bool,
    approval_needed: bool,
    letter: str | None = None,
    bound: Collection[str] = frozenset(),
) -> LeaveType:
    """Switch a type on, so that it can be entered at once; returns it with the letter that enters it.

    Without a `letter` it keeps its own where that is free, and gets a free one otherwise; '' asks for none.
    Raises LeaveTypeRefused where the letter asked for is taken.
    """
    kinds = leave_types(store, employer_id)
    before = _known(kinds, type_id)
    kind = replace(
        before, active=True, self_service=self_service, approval_needed=approval_needed,
        letter=before.letter if letter is None else letter,
    )  # fmt: skip
    faults = _but_names(type_faults(kind, kinds.values(), bound))
    if letter is None and (not kind.letter or any(fault.field == "letter" for fault in faults)):
        kind = replace(kind, letter=free_letter(kind, kinds.values(), bound))
        faults = _but_names(type_faults(kind, kinds.values(), bound))
    _refuse(faults, kind)
    changes = rows.update("leave_type", type_id, row_of(before, employer_id), row_of(kind, employer_id))
    label = t("{name} switched on", name=kind.name(language()))
    rows.carry_out(store, employer_id, label, changes)
    return kind


def deactivate(store: Store, employer_id: int, type_id: int) -> LeaveType:
    """Switch a type off: it can no longer be entered, and what is entered stays."""
    before = _known(leave_types(store, employer_id), type_id)
    kind = replace(before, active=False)
    changes = rows.update("leave_type", type_id, row_of(before, employer_id), row_of(kind, employer_id))
    rows.carry_out(store, employer_id, t("{name} switched off", name=kind.name(language())), changes)
    return kind


def reorder(store: Store, employer_id: int, type_id: int, place: int) -> None:
    """Put a type at `place` (from 0) among all types of the employer; the others close up."""
    kinds = leave_types(store, employer_id)
    moved = _known(kinds, type_id)
    order = [kind for kind in kinds.values() if kind.id != type_id]
    order.insert(max(0, place), moved)
    changes = [
        RowChange("leave_type", kind.id, {"display_order": kind.order}, {"display_order": number})
        for number, kind in enumerate(order, 1)
        if kind.order != number
    ]
    label = t("Leave type {name} moved", name=moved.name(language()))
    rows.carry_out(store, employer_id, label, changes)


def entries_of(store: Store, employer_id: int, type_id: int) -> int:
    """How many entries are of this type; what the clerk wants to know before switching it off."""
    query = (
        "SELECT count(*) FROM calendar_entry e JOIN leave_type l ON l.id = e.leave_type_id"
        " WHERE l.employer_id = ? AND l.id = ?"
    )
    return int(store.con.execute(query, (employer_id, type_id)).fetchone()[0])


def refuse_clash(kind: LeaveType, kinds: Mapping[int, LeaveType], bound: Collection[str]) -> None:
    """Raise LeaveTypeRefused where the key or letter of a type is another's, which it would enter as well.

    So too for a letter in `bound`, which does something else in the month.
    """
    faults = _but_names(type_faults(kind, kinds.values(), bound))
    clashes = (fault for fault in faults if fault.other or fault.problem is TypeProblem.LETTER_BOUND)
    _refuse(tuple(clashes), kind)


def _but_names(faults: Iterable[TypeFault]) -> tuple[TypeFault, ...]:
    """Two clerks may have made types of one name: whatever else is done to them goes on."""
    return tuple(fault for fault in faults if fault.problem is not TypeProblem.NAME_TAKEN)


def _known(kinds: dict[int, LeaveType], type_id: int) -> LeaveType:
    if type_id not in kinds:
        raise Gone
    return kinds[type_id]


def _refuse(faults: tuple[TypeFault, ...], kind: LeaveType) -> None:
    if faults:
        raise LeaveTypeRefused(type_sentence(faults[0], kind.key, kind.letter), faults[0].field)


def _searched(kind: LeaveType) -> str:
    return fold(" ".join([kind.key, *kind.names.values(), *kind.provider_codes.values()]))
