"""A form that asks which lines a list shows; it stores nothing."""

from __future__ import annotations

from collections.abc import Callable

from hrtui.domain.identity.problem import Value
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.session import Session
from hrtui.widgets.form_field import Values


class FilterForm(FlowScreen):
    """Begins with the filter in force; `show` gets the new one."""

    writes = False

    def __init__(self, session: Session, start: Values, show: Callable[[Values], None]) -> None:
        super().__init__(session)
        self._first = start
        self._show = show

    def values(self) -> Values:
        """The filter in force."""
        return self._first

    def may_leave(self) -> str:
        """A filter is typed again in no time: nothing is lost."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """List what fits."""
        self.close()
        self._show(values)
