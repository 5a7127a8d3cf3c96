"""`hrtui forward`: a month to the payroll provider from a script, with the checks of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrtui.cli.errors import FAILED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import month_of, opened, say, write_json
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrtui.domain.month import Month
    from hrtui.domain.month_end.check import Check
    from hrtui.forwarding.port import Forwarded
    from hrtui.forwarding.prepare import Prepared, Wanted
    from hrtui.payroll.layouts.types import Layout
    from hrtui.store.employers import Employer
    from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class ForwardOptions:
    """What the command was asked; texts are empty where an option was left out."""

    month: str
    people: str = ""
    layout: str = ""
    out: Path | None = None
    wages: str = ""
    meal_vouchers: str = ""
    dry_run: bool = False
    as_json: bool = False
    employer: str = ""


def forward(choices: Choices, options: ForwardOptions) -> int:
    """Check and forward a month; 1 where something blocks it, with all of that told.

    Raises CommandError for wrong usage, StoreError for what the database or the folder refuses.
    """
    with opened(choices, options.employer) as (store, employer):
        return _Run(store, employer, options).go()


class _Run:
    """One run of the command."""

    def __init__(self, store: Store, employer: Employer, options: ForwardOptions) -> None:
        self.store = store
        self.employer = employer
        self.options = options

    def go(self) -> int:
        """Read the options, check, and send unless something is in the way."""
        from hrtui.forwarding.check import check
        from hrtui.forwarding.layouts import layouts_of, proposed_layout
        from hrtui.forwarding.prepare import prepare
        from hrtui.settings import config_folder
        from hrtui.store.errors import StoreError

        month = month_of(self.options.month)
        own = config_folder()
        layouts = layouts_of(own)
        if self.store.backend(self.employer.id) and not self.options.dry_run:
            exchange_quietly(self.store)
        try:
            layout = layouts(self.options.layout or proposed_layout(self.store, self.employer.id, own))
        except StoreError as refused:
            raise usage_error(refused.text) from refused
        people = self._people(month)
        wanted = self._wanted(month, layout, people)
        found = check(self.store, self.employer.id, month, people, layout, wanted.dates)
        self._tell_findings(found)
        prepared = prepare(self.store, self.employer.id, wanted, layouts)
        for problem in prepared.problems:
            say(str(problem))
        blocked = bool(found.blocks or prepared.problems)
        if blocked or self.options.dry_run:
            return self._answer(prepared, found, None, FAILED if blocked else 0)
        if not prepared.plans and not prepared.messages:
            say(t("There is nothing to send: the provider has it all."))
            return self._answer(prepared, found, None, 0)
        return self._send(prepared, found)

    def _send(self, prepared: Prepared, found: Check) -> int:
        from hrtui.forwarding.folder import checked_folder
        from hrtui.forwarding.layouts import layouts_of
        from hrtui.forwarding.ports import port_of
        from hrtui.settings import config_folder
        from hrtui.store.transmissions import Status

        folder = None if self.store.backend(self.employer.id) else checked_folder(self._folder())
        done = port_of(self.store, self.employer.id, layouts_of(config_folder()), folder).forward(
            prepared.order
        )
        if self.store.backend(self.employer.id):
            exchange_quietly(self.store)
        written = done.status is not Status.QUEUED or not done.place
        if not written:
            say(t("The month is locked, but the files are not written: {problem}", problem=done.place))
        return self._answer(prepared, found, done, 0 if written else FAILED)

    def _people(self, month: Month) -> Sequence[int]:
        """Everyone, or those whose numbers were given."""
        from hrtui.forwarding.people import people_of

        ids = people_of(self.store, self.employer.id, month)
        if not self.options.people:
            return ids
        numbers = [part.strip() for part in self.options.people.split(",") if part.strip()]
        found = dict(
            self.store.con.execute(
                "SELECT number, id FROM person WHERE employer_id = ?", (self.employer.id,)
            ).fetchall()
        )
        unknown = [number for number in numbers if found.get(number) not in ids]
        if unknown:
            listed = ", ".join(unknown)
            raise CommandError(t("In {month} there is nobody with the number {numbers}.", month=month,
                                 numbers=listed))  # fmt: skip
        return [found[number] for number in dict.fromkeys(numbers)]

    def _wanted(self, month: Month, layout: Layout, people: Sequence[int]) -> Wanted:
        from hrtui import clock
        from hrtui.forwarding.prepare import Wanted

        return Wanted(
            month,
            layout.key,
            people,
            clock.now(),
            self._day("--wages", self.options.wages),
            self._day("--meal-vouchers", self.options.meal_vouchers),
        )

    def _day(self, option: str, text: str) -> Any:
        from datetime import date

        from hrtui import clock
        from hrtui.forwarding.prepare import date_problem

        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError as problem:
            bad = t("{option}: “{text}” is no date; write it as 2026-09-30.", option=option, text=text)
            raise usage_error(bad) from problem
        if problem_text := date_problem(day, clock.today()):
            raise usage_error(f"{option}: {problem_text}")
        return day

    def _folder(self) -> str:
        from hrtui.forwarding.folder import remembered

        folder = str(self.options.out) if self.options.out else remembered(self.store, self.employer.id)
        if not folder:
            raise usage_error(t("Say which folder the files go to with --out."))
        return str(Path(folder).expanduser().absolute())

    def _tell_findings(self, found: Check) -> None:
        if self.options.as_json:
            return
        from hrtui.forwarding.wording import SEVERITIES, people_count
        from hrtui.wording import told_of

        for one, who, sentence in self._sentences(found):
            say(told_of(t(SEVERITIES[one.severity]), told_of(who, sentence)) if who else sentence)
        say(
            t("{month}: {people}, {checked} checked off; {blocks} block, {warns} warn.",
              month=self.options.month, people=people_count(found.people), checked=found.checked,
              blocks=len(found.blocks), warns=len(found.warns))
        )  # fmt: skip

    def _sentences(self, found: Check) -> list[tuple[Any, str, str]]:
        from hrtui.forwarding.wording import finding_sentence
        from hrtui.store.leave_types import leave_types
        from hrtui.store.people_names import names_of

        kinds = leave_types(self.store, self.employer.id)
        names = names_of(self.store, {one.person_id for one in found.findings if one.person_id})
        return [
            (one, names.get(one.person_id or 0, "") or self.employer.name, finding_sentence(one, kinds))
            for one in found.findings
        ]

    def _answer(self, prepared: Prepared, found: Check, done: Forwarded | None, code: int) -> int:
        """What was or would be sent: as JSON on standard output, or told."""
        if self.options.as_json:
            write_json(self._plain(prepared, found, done))
        elif done is not None:
            n = len(prepared.plans)
            say(tn("Forwarded for {n} person: {place}", "Forwarded for {n} people: {place}", n,
                   place=done.where))  # fmt: skip
        elif not code:
            for file in prepared.files:
                say(t("Would write {file} ({n} bytes).", file=file.name, n=len(file.content)))
        return code

    def _plain(self, prepared: Prepared, found: Check, done: Forwarded | None) -> dict[str, Any]:
        people = {plan.person_id: plan for plan in prepared.plans.values()}
        return {
            "month": str(prepared.wanted.month),
            "layout": prepared.layout.key,
            "kind": prepared.kind,
            "sent": done is not None,
            "transmission": str(done.transmission_id) if done else None,
            "status": str(done.status) if done else None,
            "place": done.place if done else None,
            "people": [
                {"number": plan.snapshot.person.number, "state": str(plan.state), "sha256": plan.sha256}
                for plan in people.values()
            ],
            "unchanged": prepared.same,
            "files": [{"name": file.name, "bytes": len(file.content)} for file in prepared.files],
            "problems": [str(problem) for problem in prepared.problems],
            "findings": [
                {"severity": str(one.severity), "rule": str(one.rule), "person": who, "text": text}
                for one, who, text in self._sentences(found)
            ],
        }


def exchange_quietly(store: Store) -> None:
    """Send what waits and fetch what is new; a program that keeps the profile in sync does it by itself."""
    from hrtui.cli.sync import exchange
    from hrtui.store.errors import StoreError

    try:
        failed = exchange(store)
    except CommandError:
        return
    for text in failed.values():
        raise StoreError(text)
