"""The commands of forwarding, under the lock: `forward`, `deliver`, `reopen`, `lock`, `answer`, `drop`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hrtui import clock
from hrtui.backend.errors import ApiError
from hrtui.backend.forwarding import basis, queue, records
from hrtui.backend.forwarding.arguments import Arguments, ForwardOrder, forward_order, reason
from hrtui.backend.sync import locking
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.commands import Answer, command
from hrtui.backend.sync.positions import moment_text, refusal
from hrtui.backend.sync.scope import Scope
from hrtui.backend.sync.writing import Key, Writing
from hrtui.domain.roles import Area
from hrtui.domain.sync.transmission import ACCEPTED, REJECTED
from hrtui.i18n import t

HOURS = (1, 2, 4, 8, 24)
"""For how many hours a month can be unlocked."""
UNLOCKERS = frozenset({"manager", "administrator"})
_CARRIED = frozenset({Area.NATIONAL_NUMBERS, Area.PAY_COMPONENTS, Area.MESSAGES})


@command("forward")
def forward(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Lock the months and queue the files of what the clerk saw, if it is what the backend has."""
    order = forward_order(args)
    _refuse_handing_on(scope)
    if not order.people and not order.messages:
        raise ApiError(400, "bad_request")
    if records.next_number(writing, order.month) != order.number:
        raise refusal(409, "already_forwarded", writing.clock)
    basis.check(writing, order)
    basis.refuse_missing_dates(writing, order)
    _mark_messages(writing, order)
    queue.check_documents(writing, order)
    records.make(writing, order)
    months = {(id_, order.month): one.content for id_, one in order.people.items()}
    locking.lock_months(writing, months, months, order.id)
    _end_corrections(writing, order)
    queue.add(writing, order)
    return {"transmission": str(order.id), "status": "queued", "at": writing.at}


@command("deliver")
def deliver(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Deliver what was given up once more, as what it is: the same files under the same id."""
    transmission_id = Arguments(args).id("transmission")
    _refuse_handing_on(scope)
    units = records.units_of(writing, transmission_id)
    if units is None:
        raise ApiError(404, "not_found")
    if people := records.sent_since(writing, units):
        raise refusal(409, "sent_since", writing.clock, people=sorted(people))
    if not queue.again(writing.con, writing.tenant_id, transmission_id):
        raise refusal(409, "not_given_up", writing.clock)
    records.note(writing, transmission_id, "queued", "", t("to be delivered again"))
    writing.deeds.append(Deed("", "deliver again", *records.key_of(transmission_id)))
    # What the provider answered meanwhile stays its status.
    after = records.units_of(writing, transmission_id) or units
    return {"status": after["status"], "at": writing.at}


@command("reopen")
def reopen(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Let locked months be changed for some hours; what came late for them meets the calendar."""
    read = Arguments(args)
    month, people = read.month(), read.ids("people")
    hours, why = read.number("hours"), reason(args.get("reason"))
    if UNLOCKERS.isdisjoint(scope.roles):
        raise ApiError(403, "forbidden")
    if hours not in HOURS:
        raise ApiError(400, "bad_request")
    until = moment_text(clock.now() + timedelta(hours=hours))
    opened, met = locking.open_months(writing, [(id_, month) for id_ in people], until, why)
    if not opened:
        raise refusal(409, "not_locked", writing.clock)
    return {
        "until": until,
        "people": [str(id_) for id_, _ in opened],
        "late": len(met),
        "conflicts": sum(one["outcome"] == "conflict" for one in met),
    }


@command("lock")
def lock(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Lock months again before their time is over."""
    read = Arguments(args)
    month, people = read.month(), read.ids("people")
    _refuse_handing_on(scope)
    closed = locking.close_months(writing, [(id_, month) for id_ in people])
    return {"people": [str(id_) for id_, _ in closed]}


@command("answer")
def answer(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Enter the provider's answer by hand: who is rejected and why; all others are accepted."""
    read = Arguments(args)
    transmission_id = read.id("transmission")
    rejected: dict[int, str] = read.by_id("rejected", reason)
    _refuse_handing_on(scope)
    units = records.units_of(writing, transmission_id)
    if units is None:
        raise ApiError(404, "not_found")
    if not {str(id_) for id_ in rejected} <= units["people"].keys():
        raise ApiError(400, "bad_request")
    answers = dict.fromkeys(units["people"], (ACCEPTED, ""))
    answers |= {str(id_): (REJECTED, why) for id_, why in rejected.items()}
    status = records.answer(writing, transmission_id, answers, "", read.text("note", 500))
    return {"status": status, "at": writing.at}


@command("drop")
def drop(writing: Writing, scope: Scope, args: Mapping[str, Any]) -> Answer:
    """Leave a month as it was forwarded: an edit that came late is put aside for good."""
    key: Key = ("correction", Arguments(args).id("correction"), "")
    _refuse_handing_on(scope)
    stored = writing.get(key)
    if not stored.live or stored.units["state"] != "to_resend":
        raise refusal(409, "already_decided", writing.clock)
    writing.put(key, {"state": "rejected"})
    writing.deeds.append(Deed("", "drop", *key))
    return {}


def _refuse_handing_on(scope: Scope) -> None:
    """Raise ApiError 403 for who may not see, or may not change, what goes to the provider."""
    if not scope.writes or scope.hidden & _CARRIED:
        raise ApiError(403, "forbidden")


def _mark_messages(writing: Writing, order: ForwardOrder) -> None:
    """Mark the messages as forwarded, so that each goes once."""
    keys: list[Key] = [("provider_message", id_, "") for id_ in order.messages]
    writing.load(keys)
    for key in keys:
        stored = writing.get(key)
        units = stored.units
        about = units.get("person_id")
        fits = stored.live and units.get("state") == "draft" and units.get("month") == order.month
        if not fits or (about is not None and about not in order.people):
            raise refusal(409, "basis_changed", writing.clock, people=[], everybody=True)
        writing.put(key, {"state": "forwarded"})
        person_id = about if isinstance(about, int) else 0
        writing.deeds.append(
            Deed("", "set", *key, person_id, {"state": "draft"}, {"state": "forwarded"}),
        )


def _end_corrections(writing: Writing, order: ForwardOrder) -> None:
    """What came late, was taken over since and goes along now, is done with."""
    for key in locking.corrections_of(writing, order.people, "merged"):
        units: Any = writing.get(key).units
        if any(first <= order.month <= (last or order.month) for first, last in units["months"]):
            writing.put(key, {"state": "resent"})
