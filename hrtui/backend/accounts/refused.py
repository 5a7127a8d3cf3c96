"""What the account calls refuse."""

from __future__ import annotations

from hrtui.backend.errors import ApiError


class Refused(ApiError):  # noqa: N818  (reads as what happened)
    """A request that is not granted; `code` is one of `hrtui.sync.backend_errors`, `wait` in seconds."""

    def __init__(self, code: str, status: int = 400, *, wait: int = 0, **extra: str) -> None:
        super().__init__(status, code, retry_after=wait, extra=extra)
