"""What can go wrong with the local database, each as one sentence for the clerk."""

from __future__ import annotations

from hrtui.i18n import t


class StoreError(Exception):
    """The local database cannot do what was asked; the text says why and what to do, translated."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class WrongPassword(StoreError):  # noqa: N818  (reads as what happened)
    """The password does not open this database."""


class Gone(StoreError):  # noqa: N818  (reads as what happened)
    """What was asked for is not in the database, or is another employer's."""

    def __init__(self) -> None:
        super().__init__(t("This is no longer there: it was deleted elsewhere."))
