"""Forwarding without a backend: this computer decides, and the files go into a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from hrtui.domain.month import Month
from hrtui.domain.snapshot import canonical
from hrtui.forwarding.folder import put_files, remember
from hrtui.forwarding.plan import PersonPlan, plan_people
from hrtui.forwarding.port import AnswerOrder, BasisChangedError, Forwarded, Order, UnlockOrder
from hrtui.forwarding.prepare import Layouts, Prepared, Wanted, next_number, prepare
from hrtui.i18n import t
from hrtui.payroll.export import plain_name
from hrtui.payroll.layouts.types import File
from hrtui.store.employers import employer_of
from hrtui.store.errors import StoreError
from hrtui.store.roles import refuse_writing
from hrtui.store.store import Store
from hrtui.store.transmission_records import (
    NewMessage,
    NewPerson,
    NewTransmission,
    add_event,
    answer,
    delivered,
    record,
)
from hrtui.store.transmissions import Status, file_content, files, transmission
from hrtui.store.unlocking import lock_again, unlock_month

FOLDER = "folder"
"""The name of the channel."""
_NOT_ARRIVED = (Status.QUEUED, Status.FAILED)


class LocalForward:
    """A `ForwardPort` on the local database; `folder` is where the files go."""

    def __init__(self, store: Store, layouts: Layouts, folder: Path) -> None:
        self.store = store
        self.layouts = layouts
        self.folder = folder

    def forward(self, order: Order) -> Forwarded:
        """Record and lock in one transaction, then write the files; what was shown must still hold.

        Files that cannot be written leave the transmission as it is, to be written again from its record.
        """
        refuse_writing(self.store, order.employer_id)
        prepared = confirmed(self.store, self.layouts, order)
        with self.store.transaction():
            self._refuse_changed(order)
            transmission_id = record(self.store, new_transmission(prepared), Status.QUEUED)
        return self._deliver(order.employer_id, transmission_id, prepared)

    def _refuse_changed(self, order: Order) -> None:
        """Compare once more where nobody can write: another terminal may have, since the files were made."""
        plans: Mapping[int, PersonPlan] = plan_people(
            self.store, order.employer_id, order.month, list(order.people)
        )
        now = {id_: plan.sha256 for id_, plan in plans.items() if plan.to_send}
        if now != order.people or next_number(self.store, order.employer_id, order.month) != order.number:
            raise BasisChangedError

    def _deliver(self, employer_id: int, transmission_id: int, prepared: Prepared) -> Forwarded:
        name = folder_name(prepared.header.employer, prepared.wanted.month, prepared.header.number)
        try:
            place = put_files(self.folder, name, prepared.files)
        except StoreError as problem:
            with self.store.transaction():
                add_event(self.store, transmission_id, Status.QUEUED, problem.text, FOLDER)
            return Forwarded(transmission_id, Status.QUEUED, problem.text)
        delivered(self.store, transmission_id, FOLDER, str(place))
        with self.store.transaction():
            remember(self.store, employer_id, self.folder)
        return Forwarded(transmission_id, Status.DELIVERED, str(place))

    def deliver_again(self, employer_id: int, transmission_id: int) -> Forwarded:
        """Write files into the folder that could not be written before."""
        refuse_writing(self.store, employer_id)
        if transmission(self.store, employer_id, transmission_id).status not in _NOT_ARRIVED:
            raise StoreError(t("It was not given up: there is nothing to deliver again."))
        place = write_again(self.store, employer_id, transmission_id, self.folder)
        with self.store.transaction():
            remember(self.store, employer_id, self.folder)
        return Forwarded(transmission_id, Status.DELIVERED, str(place))

    def unlock(self, order: UnlockOrder) -> datetime:
        """Let the months be changed until an hour that the clock decides."""
        refuse_writing(self.store, order.employer_id)
        return unlock_month(
            self.store, order.employer_id, order.people, order.month, order.reason, order.hours
        )

    def lock_again(self, employer_id: int, month: Month, people: Sequence[int]) -> None:
        """Lock them again now."""
        refuse_writing(self.store, employer_id)
        lock_again(self.store, people, month)

    def answer(self, order: AnswerOrder) -> Status:
        """Enter the provider's answer by hand."""
        refuse_writing(self.store, order.employer_id)
        return answer(self.store, order.employer_id, order.transmission_id, order.rejected, order.note)


def confirmed(store: Store, layouts: Layouts, order: Order) -> Prepared:
    """What goes by an order; raises BasisChangedError where the clerk saw something else."""
    wanted = Wanted(
        order.month,
        order.layout,
        list(order.people),
        order.at,
        order.wage_payment_date,
        order.meal_voucher_date,
    )
    prepared = prepare(store, order.employer_id, wanted, layouts)
    if prepared.problems:
        raise StoreError(str(prepared.problems[0]))
    if prepared.order != order:
        raise BasisChangedError
    if not order.people and not order.messages:
        raise StoreError(t("There is nothing to send: the provider has it all."))
    return prepared


def write_again(store: Store, employer_id: int, transmission_id: int, folder: Path) -> Path:
    """Write exactly what was sent to a folder once more; returns the folder of the files."""
    sent = transmission(store, employer_id, transmission_id)
    name = employer_of(store, employer_id).name
    content = [File(one.name, file_content(store, sent.id, one.place)) for one in files(store, sent.id)]
    if not content:
        raise StoreError(t("The files of this transmission are kept by the backend only."))
    place = put_files(folder, folder_name(name, sent.month, sent.number), content)
    if not store.backend(employer_id) and sent.status in _NOT_ARRIVED:
        delivered(store, transmission_id, FOLDER, str(place))
    return place


def folder_name(employer: str, month: Month, number: int) -> str:
    """`voorbeeld-nv-2026-09-1`: the employer, the month and the transmission's number in it."""
    return plain_name(employer, f"{month}-{number}")


def new_transmission(prepared: Prepared) -> NewTransmission:
    """What is kept of a transmission: people with their snapshots, messages and files."""
    people = [
        NewPerson(
            id_,
            plan.snapshot.person.provider_number or plan.snapshot.person.number,
            plan.snapshot.person.name,
            canonical(plan.snapshot).decode(),
            plan.sha256,
            plan.base,
        )
        for id_, plan in prepared.plans.items()
    ]
    messages = [NewMessage(one.id, None, one.body) for one in prepared.messages]
    for id_, plan in prepared.plans.items():
        messages += [NewMessage(one.id, id_, one.body) for one in plan.snapshot.messages]
    return NewTransmission(
        prepared.employer_id,
        prepared.wanted.month,
        prepared.kind,
        prepared.layout.provider,
        prepared.layout.key,
        prepared.layout.resend,
        prepared.wanted.wage_payment_date,
        prepared.wanted.meal_voucher_date,
        people,
        messages,
        [(file.name, file.content) for file in prepared.files],
    )
