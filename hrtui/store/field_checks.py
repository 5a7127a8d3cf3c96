"""Holding the values of a record to its fields once more before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.record_field import Field
from hrtui.i18n import t
from hrtui.record_wording import problem_text
from hrtui.store.errors import StoreError


def refuse_bad_values(fields: Iterable[Field], values: Mapping[str, Value], given: Given) -> None:
    """Raise StoreError for the first value that its field refuses, with the field's name and why."""
    for field in fields:
        found = field.check(field.text(values[field.name]), given) if field.name in values else None
        if isinstance(found, Problem):
            problem = problem_text(found, field)
            raise StoreError(t("{field}: {problem}", field=t(field.label), problem=problem))
