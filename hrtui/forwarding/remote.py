"""Forwarding by a backend: the orders go to it as commands, and it decides, locks and delivers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from hrtui import clock
from hrtui.domain.month import Month
from hrtui.domain.sync.transmission import TransmissionUnits
from hrtui.domain.sync.wire import LockUnits
from hrtui.forwarding.command import (
    answer_command,
    bundle_of,
    deliver_command,
    forward_command,
    lock_command,
    unlock_command,
)
from hrtui.forwarding.contents import content_hashes, illness_beside
from hrtui.forwarding.local import confirmed, new_transmission
from hrtui.forwarding.port import AnswerOrder, BasisChangedError, Forwarded, Order, UnlockOrder
from hrtui.forwarding.prepare import Layouts
from hrtui.i18n import N_, t, tn
from hrtui.store.errors import StoreError
from hrtui.store.ids import new_id
from hrtui.store.people_names import names_of
from hrtui.store.remote_transmissions import fill, take, take_lock
from hrtui.store.roles import refuse_writing
from hrtui.store.store import Store
from hrtui.store.transmission_records import NewTransmission
from hrtui.store.transmissions import Status
from hrtui.sync import state
from hrtui.sync.backend_errors import BackendError
from hrtui.sync.forward_api import CommandRefused, ForwardApi

Connect = Callable[[Store, int], AbstractContextManager[ForwardApi]]
"""Opens the way to the backend for an employer."""
_NAMED = 3
"""How many people a sentence names."""
_REFUSALS = {
    "open_conflicts": N_("Some days were changed in two places: choose what holds first."),
    "already_forwarded": N_("Somebody forwarded this month meanwhile: look at it again."),
    "forbidden": N_("Your roles do not allow this."),
    "not_locked": N_("The month of these people is not locked."),
    "already_decided": N_("Somebody decided about this already."),
    "dates_missing": N_("The payroll provider wants the dates of wages or meal vouchers: fill them in."),
    "not_given_up": N_("It was not given up: there is nothing to deliver again."),
    "not_found": N_("This is no longer there: it was deleted elsewhere."),
}


class RemoteForward:
    """A `ForwardPort` on a backend; what it decides is written here at once, as its feed tells it later."""

    def __init__(self, store: Store, layouts: Layouts, connect: Connect) -> None:
        self.store = store
        self.layouts = layouts
        self._connect = connect

    def forward(self, order: Order) -> Forwarded:
        """Send what the clerk saw; the backend compares it with its rows, locks and delivers."""
        refuse_writing(self.store, order.employer_id)
        basis = self._basis(order.employer_id)
        prepared = confirmed(self.store, self.layouts, order)
        new, transmission_id = new_transmission(prepared), new_id()
        contents = content_hashes(self.store, order.month, list(order.people))
        beside = illness_beside(self.store, order.employer_id, order.month, list(order.people))
        content = bundle_of(transmission_id, new)
        with self._open(order.employer_id) as api:
            bundle = api.put(content, f"{order.month}-{order.number}.json")
            args = forward_command(transmission_id, new, order.number, contents, beside, bundle, basis)
            answer = self._send(api, "forward", args)
        self._record(order.employer_id, transmission_id, new, args, str(answer["at"]), content)
        return Forwarded(transmission_id, Status(answer["status"]))

    def unlock(self, order: UnlockOrder) -> datetime:
        """Reopen the months; the moment at which they lock again is the backend's."""
        with self._open(order.employer_id) as api:
            answer = self._send(api, "reopen", unlock_command(order))
        told = LockUnits(open_until=answer["until"], open_by=self.store.actor, open_reason=order.reason)
        self._lock(order.month, answer["people"], told)
        until = datetime.fromisoformat(str(answer["until"]))
        return until if until.tzinfo else until.replace(tzinfo=UTC)

    def lock_again(self, employer_id: int, month: Month, people: Sequence[int]) -> None:
        """Lock reopened months now."""
        with self._open(employer_id) as api:
            answer = self._send(api, "lock", lock_command(month, people))
        self._lock(month, answer["people"], LockUnits())

    def deliver_again(self, employer_id: int, transmission_id: int) -> Forwarded:
        """Let the backend deliver what it gave up; it goes under the same id, as a repetition."""
        refuse_writing(self.store, employer_id)
        with self._open(employer_id) as api:
            answer = self._send(api, "deliver", deliver_command(transmission_id))
        with self.store.transaction():
            told = {"status": answer["status"], "reason": ""}
            take(self.store.con, employer_id, transmission_id, told)
        return Forwarded(transmission_id, Status(answer["status"]))

    def answer(self, order: AnswerOrder) -> Status:
        """Enter the provider's answer by hand."""
        with self._open(order.employer_id) as api:
            answer = self._send(api, "answer", answer_command(order))
        people = self.store.con.execute(
            "SELECT person_id FROM transmission_person WHERE transmission_id = ?", (order.transmission_id,)
        ).fetchall()
        answers = {
            str(id_): ["rejected", order.rejected[id_]] if id_ in order.rejected else ["accepted", ""]
            for (id_,) in people
        }
        with self.store.transaction():
            told = {"status": answer["status"], "answers": answers}
            take(self.store.con, order.employer_id, order.transmission_id, told)
        return Status(answer["status"])

    def drop(self, employer_id: int, edit_id: int) -> None:
        """Put a late edit aside for good."""
        with self._open(employer_id) as api:
            self._send(api, "drop", {"correction": str(edit_id)})
        with self.store.transaction():
            self.store.con.execute("UPDATE correction SET state = 'dropped' WHERE id = ?", (edit_id,))

    def _basis(self, employer_id: int) -> int:
        """The revision that is here whole; raises StoreError while edits of one's own are on their way."""
        now = state.load(self.store, employer_id)
        if now is None or now.needs_snapshot:
            raise StoreError(t("The employer is still being read from the backend: try again in a moment."))
        found = self.store.con.execute(
            "SELECT count(*) FROM outbox WHERE employer_id = ?", (employer_id,)
        ).fetchone()
        if n := int(found[0]):
            raise StoreError(
                tn("{n} step of yours is not at the backend yet: it is sent first. Try again soon.",
                   "{n} steps of yours are not at the backend yet: they are sent first. Try again soon.",
                   n)
            )  # fmt: skip
        return now.rev

    def _open(self, employer_id: int) -> AbstractContextManager[ForwardApi]:
        return self._connect(self.store, employer_id)

    def _send(self, api: ForwardApi, name: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return api.command(name, args)
        except BackendError as problem:
            if problem.code != "offline":
                raise
            raise StoreError(
                t("The backend does not answer, and this needs it: look again when it is back.")
            ) from problem
        except CommandRefused as problem:
            raise self._refusal(problem) from None

    def _refusal(self, problem: CommandRefused) -> StoreError:
        people = [int(id_) for id_ in problem.body.get("people", [])]
        named = self._named(people)
        if problem.code == "basis_changed":
            text = t(
                "Somebody changed the month of {names} meanwhile: nothing was sent. Look at it again.",
                names=named,
            )
            return BasisChangedError(text if named else "")
        if problem.code == "open_conflicts" and named:
            return StoreError(
                t("The month of {names} was changed in two places: choose what holds first.", names=named)
            )
        if problem.code == "sent_since":
            return StoreError(
                t("{names} went again since: forward the month instead, with what is new.", names=named)
            )
        known = _REFUSALS.get(problem.code)
        return StoreError(t(known) if known else t("The backend refused this ({code}).", code=problem.code))

    def _named(self, people: Sequence[int]) -> str:
        names = names_of(self.store, set(people))
        shown = ", ".join(sorted(names.values())[:_NAMED])
        more = len(people) - _NAMED
        return tn("{names} and {n} other", "{names} and {n} others", more, names=shown) if more > 0 else shown

    def _record(
        self,
        employer_id: int,
        transmission_id: int,
        new: NewTransmission,
        args: Mapping[str, Any],
        at: str,
        content: bytes,
    ) -> None:
        """Write the transmission and the locks as the feed will tell them."""
        units: TransmissionUnits = {
            "month": args["period"],
            "number": args["number"],
            "kind": new.kind,
            "provider": new.provider,
            "layout": new.layout,
            "resend": new.resend,
            "wage_payment_date": args["wage_payment_date"],
            "meal_voucher_date": args["meal_voucher_date"],
            "by": self.store.actor,
            "at": at,
            "status": "queued",
            "reason": "",
            "people": {id_: one[:3] for id_, one in args["people"].items()},
            "bases": args["bases"],
            "answers": {},
            "messages": [[one.id, one.person_id] for one in new.messages],
            "files": args["files"],
            "bundle": args["bundle"],
            "events": [],
        }
        with self.store.transaction():
            known = self.store.con.execute("SELECT 1 FROM transmission WHERE id = ?", (transmission_id,))
            if known.fetchone() is None:
                take(self.store.con, employer_id, transmission_id, units)
                told = LockUnits(at=at, by=self.store.actor, transmission=transmission_id)
                for one in new.people:
                    take_lock(self.store.con, one.person_id, args["period"], told)
            fill(self.store.con, transmission_id, json.loads(content))

    def _lock(self, month: Month, people: Sequence[str], told: LockUnits) -> None:
        """Write how the locks of a month are now."""
        with self.store.transaction():
            for id_ in people:
                row = self.store.con.execute(
                    "SELECT at, actor, transmission_id FROM month_lock WHERE person_id = ? AND month = ?",
                    (int(id_), str(month)),
                ).fetchone()
                at, by, sent = row or (clock.now().isoformat(), self.store.actor, None)
                moment = datetime.fromisoformat(at)
                whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                units: LockUnits = {"at": whole.isoformat(), "by": by, "transmission": sent or 0, **told}
                take_lock(self.store.con, int(id_), str(month), units)
