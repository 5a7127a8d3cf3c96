"""The phone of a test's clerk, and a clock that a test moves on."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from hrtui import clock


class Moment:
    """What time it is for backend and client; `later` moves it on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        # The real moment: databases and CORE's own checks compare with the computer's clock, too.
        self.now = datetime.now(UTC).replace(microsecond=0)
        patch.setattr(clock, "now", lambda: self.now)

    def later(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def app_code(secret: str, at: datetime) -> str:
    """What an authenticator app shows at that moment, by an independent program."""
    words = ["oathtool", "--totp", "-b", "--now", f"{at:%Y-%m-%d %H:%M:%S} UTC", secret]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
