"""`hrtui devices`: where the account is logged in, and logging a device out."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from hrtui.cli.errors import CommandError
from hrtui.cli.options import Choices
from hrtui.cli.session import columns, open_store, say, write_json
from hrtui.i18n import t

if TYPE_CHECKING:
    from hrtui.sync.account_api import Device


def show_devices(choices: Choices, leaving: str, as_json: bool) -> int:
    """List the devices, after logging out the one with the id `leaving`; raises CommandError, StoreError."""
    from hrtui.sync.account_api import AccountApi
    from hrtui.sync.session import Login, forget_login, link_of, session_id

    with closing(open_store(choices)) as store:
        link = link_of(store)
        if link is None:
            raise CommandError(
                t("This profile is connected to no backend. Connect it with {way}.", way=store.logs_in_with)
            )
        with AccountApi(link.url, link.ca_file) as api:
            login = Login(store, api)
            if leaving:
                login.call(api, lambda api, token: api.revoke(token, leaving))
                say(t("That device is logged out."))
            if leaving and leaving == session_id(store):
                forget_login(store)
                return 0
            found = login.call(api, lambda api, token: api.devices(token))
    if as_json:
        write_json([asdict(one) for one in found])
    else:
        sys.stdout.write("\n".join(columns([_row(one) for one in found])) + "\n")
    return 0


def _row(device: Device) -> tuple[str, ...]:
    name = t("{name} (this one)", name=device.name) if device.current else device.name
    used = datetime.fromisoformat(device.last_used_at).astimezone()
    return (device.id, name, f"{used:%Y-%m-%d %H:%M}", device.address)
