"""hrtui that counts the compositor's updates, repaints by way of it on SIGUSR1, and fails where told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from hrtui.terminal.environment import prepare

prepare()

from textual.widget import Widget  # noqa: E402  (the environment comes first)

import hrtui  # noqa: E402
from hrtui.__main__ import main  # noqa: E402
from hrtui.app import HrtuiApp  # noqa: E402
from hrtui.terminal import internals  # noqa: E402
from tests.pty.small_app import sabotage  # noqa: E402

COUNT = Path(os.environ["COUNT"])


class Watched(HrtuiApp):
    """Writes the number of the compositor's updates to COUNT."""

    CSS_PATH = str(Path(hrtui.__file__).with_name("hrtui.tcss"))
    updates = 0

    def on_mount(self) -> None:
        """Repaint on a signal."""
        super().on_mount()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self._repaint)

    def _repaint(self) -> None:
        for widget in self.screen.walk_children(Widget, with_self=True):
            widget._styles_cache.clear()
        self.screen.refresh(layout=True)

    def _send_update(self, update: internals.Update) -> bool:
        self.updates += 1
        new = COUNT.with_suffix(".new")
        new.write_text(str(self.updates))
        new.replace(COUNT)  # never seen half written
        return super()._send_update(update)


if __name__ == "__main__":
    sabotage(os.environ.get("SABOTAGE", ""))
    module: Any = sys.modules["hrtui.app"]
    module.HrtuiApp = Watched
    sys.argv[0] = "hrtui"
    sys.exit(main())
