"""The smallest Textual app: the yardstick for start-up and memory."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

for name in sys.argv[1:]:
    __import__(name)


class Smallest(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The line that says the app is usable."""
        yield Static("usable")


Smallest().run(mouse=False)
