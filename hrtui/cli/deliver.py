"""`hrtui deliver-again`: what was forwarded and given up goes once more, as what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import month_of, opened, say, write_json
from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.store.store import Store
    from hrtui.store.transmissions import Transmission


@dataclass(frozen=True, slots=True)
class DeliverOptions:
    """What the command was asked; texts are empty where an option was left out."""

    month: str
    number: str = ""
    out: Path | None = None
    employer: str = ""
    as_json: bool = False


def deliver_again(choices: Choices, options: DeliverOptions) -> int:
    """Deliver a transmission once more.

    Raises CommandError for wrong usage, StoreError where nothing was given up or the backend refuses.
    """
    with opened(choices, options.employer) as (store, employer):
        return _deliver(store, employer.id, options)


def _deliver(store: Store, employer_id: int, options: DeliverOptions) -> int:
    from hrtui.cli.forward import exchange_quietly
    from hrtui.forwarding.folder import checked_folder, remembered
    from hrtui.forwarding.layouts import layouts_of
    from hrtui.forwarding.ports import port_of
    from hrtui.settings import config_folder

    at_backend = store.backend(employer_id)
    if at_backend:
        exchange_quietly(store)
    sent = _meant(store, employer_id, options)
    folder = None
    if not at_backend:
        given = str(options.out) if options.out else remembered(store, employer_id)
        if not given:
            raise usage_error(t("Say which folder the files go to with --out."))
        folder = checked_folder(str(Path(given).expanduser().absolute()))
    done = port_of(store, employer_id, layouts_of(config_folder()), folder).deliver_again(
        employer_id, sent.id
    )
    if options.as_json:
        write_json(
            {
                "month": str(sent.month),
                "number": sent.number,
                "transmission": str(sent.id),
                "status": str(done.status),
                "place": done.place,
            }
        )
    else:
        say(t("No. {n} of {month} goes again: {place}", n=sent.number, month=sent.month, place=done.where))
    return 0


def _meant(store: Store, employer_id: int, options: DeliverOptions) -> Transmission:
    """The transmission by its number in the month, else the latest."""
    from hrtui.store.transmissions import transmissions

    month = month_of(options.month)
    if options.number and not (options.number.isascii() and options.number.isdecimal()):
        raise usage_error(t("“{text}” is no number.", text=options.number))
    for one in transmissions(store, employer_id, month):
        if not options.number or one.number == int(options.number):
            return one
    raise CommandError(t("Nothing of {month} was forwarded under that number.", month=month))
