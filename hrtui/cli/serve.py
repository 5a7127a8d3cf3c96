"""`hrtui serve`: the backend that clerks share, until it is told to stop."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hrtui.cli.backend_config import configuration, refusals_told
from hrtui.cli.options import Choices
from hrtui.cli.session import say
from hrtui.i18n import t


def serve(choices: Choices, file: Path | None, database: str, given: dict[str, Any]) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code.

    Raises CommandError where the configuration, the database or the address does not allow it.
    """
    config = configuration(choices, file, database, **given)
    from hrtui.backend import serve as service

    # What the service writes (database, key, socket) is nobody else's.
    os.umask(0o077)
    with refusals_told():
        for warning in service.look_at_database(config):
            say(warning)
        bound = service.bind(config)
    say(t("The backend listens on {address}. Ctrl+C stops it.", address=service.address(config, bound)))
    return service.run(config, bound)
