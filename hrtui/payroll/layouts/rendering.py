"""The files of a transmission from snapshots: the same snapshots give the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hrtui.domain.providers import PROVIDERS
from hrtui.domain.snapshot import Kind, Snapshot
from hrtui.i18n import N_, language, t
from hrtui.payroll.layouts.records import Group, written_lines
from hrtui.payroll.layouts.spelling import plain_letters
from hrtui.payroll.layouts.spells import code_of
from hrtui.payroll.layouts.types import (
    File,
    Header,
    Layout,
    RenderError,
    RenderProblem,
)

SUMS = "SHA256SUMS"
PLACES = (
    "client", "employer", "provider", "month", "yyyymm", "created", "transmission", "kind",
)  # fmt: skip
"""What may stand between { and } in the name of a file."""
DATES = {
    "wage_payment_date": N_("The provider wants the date on which the wages are paid."),
    "meal_voucher_date": N_("The provider wants the date on which the meal vouchers are ordered."),
}
"""The dates of a transmission that a layout can need, and what to say where one is not given."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class MissingCode:
    """A leave type without a code at the provider, and how many people have it in the month."""

    kind: Kind
    people: int


def render(
    layout: Layout,
    snapshots: Iterable[Snapshot],
    header: Header,
    previous: Mapping[int, Snapshot] | None = None,
) -> list[File]:
    """The files of one transmission, in the order of the layout.

    `previous` (person id to what was sent last) makes it a correction: the layout says whether the people's
    whole months are written again or only what differs. A layout of a provider makes files of their own for
    each of the employer's client numbers there. Raises RenderError with everything that cannot be written.
    """
    people = list(snapshots)
    before = previous or {}
    problems = _not_ready(layout, people, header)
    if problems:
        raise RenderError(tuple(problems))
    files: list[File] = []
    for one in (layout, *layout.also):
        for client, members in _by_client(one, people).items():
            group = Group(header, members, before)
            try:
                files += _written(one, group, Namer(header, one, client, correction=bool(before)))
            except RenderError as error:
                problems += error.problems
    if len({file.name for file in files}) < len(files):
        problems.append(_about_nobody(t("Several files get the same name: the layout must tell them apart.")))
    if problems:
        raise RenderError(tuple(problems))
    return files


def sha256sums(files: Iterable[File]) -> File:
    """The file SHA256SUMS, as `sha256sum --check` reads it."""
    lines = (f"{hashlib.sha256(file.content).hexdigest()}  {file.name}\n" for file in files)
    return File(SUMS, "".join(lines).encode())


def missing_codes(layout: Layout, snapshots: Iterable[Snapshot]) -> tuple[MissingCode, ...]:
    """The leave types that occur and need a code in this layout but have none, by key."""
    wanting = [
        file
        for file in layout.files
        if file.rows == "entries" and any(field.value == "code" and field.required for field in file.fields)
    ]
    kinds: dict[tuple[int, str], Kind] = {}
    people: dict[tuple[int, str], set[int]] = {}
    for snapshot in snapshots:
        for kind in {line.kind for file in wanting for _, line in written_lines(file, snapshot)}:
            if not code_of(layout, snapshot, kind):
                kinds[kind.id, kind.key] = kind
                people.setdefault((kind.id, kind.key), set()).add(snapshot.person.id)
    return tuple(
        MissingCode(kind, len(people[key])) for key, kind in sorted(kinds.items(), key=lambda one: one[1].key)
    )


def _not_ready(layout: Layout, people: Sequence[Snapshot], header: Header) -> list[RenderProblem]:
    """What is missing before a line can be written."""
    problems = [_about_nobody(t(DATES[name])) for name in layout.needs if getattr(header, name) is None]
    if layout.provider:
        problems += [
            RenderProblem.about(one, "", t("This person goes to another payroll provider."))
            for one in people
            if one.person.provider != layout.provider
        ]
    return problems + [_about_nobody(missing_text(layout, one)) for one in missing_codes(layout, people)]


def missing_text(layout: Layout, missing: MissingCode) -> str:
    """What to say of a leave type without a code."""
    said = {
        "type": missing.kind.name(language()),
        "key": missing.kind.key,
        "provider": PROVIDERS.get(layout.provider, t("the payroll provider")),
    }
    if missing.kind.id == 0:
        return t("There is no leave type {key} for “{type}”: make one, with a code at {provider}.", **said)
    return t("{type} ({key}) has no code at {provider}: give it one among the leave types.", **said)


def _about_nobody(text: str) -> RenderProblem:
    return RenderProblem.about(None, "", text)


def _by_client(layout: Layout, people: Sequence[Snapshot]) -> dict[str, list[Snapshot]]:
    """The people by the client number under which they go to the layout's provider."""
    if not layout.provider:
        return {"": list(people)}
    groups: dict[str, list[Snapshot]] = {}
    for one in people:
        groups.setdefault(one.person.client_number, []).append(one)
    return groups


def _written(layout: Layout, group: Group, name: Namer) -> list[File]:
    if layout.kind == "workbook":
        from hrtui.payroll.layouts.workbook import workbook

        return [File(name(layout.name), workbook(layout, group))]
    if layout.kind == "pdf":
        from hrtui.payroll.layouts.report import month_report

        return [File(name(layout.name), month_report(group))]
    from hrtui.payroll.layouts.text import text_file

    problems: list[RenderProblem] = []
    files: list[File] = []
    for file in layout.files:
        try:
            content = text_file(layout, file, group)
            if content is not None:
                files.append(File(name(file.name), content))
        except RenderError as error:
            problems += error.problems
    if problems:
        raise RenderError(tuple(problems))
    return files


@dataclass(frozen=True, slots=True)
class Namer:
    """Names for the files of one client number."""

    header: Header
    layout: Layout
    client: str
    correction: bool

    def __call__(self, pattern: str) -> str:
        """The name by a pattern with PLACES; what no file system takes becomes a hyphen."""
        month = self.header.month
        values = {
            "client": self.client,
            "employer": plain_letters(self.header.employer).lower(),
            "provider": self.layout.provider,
            "month": str(month),
            "yyyymm": f"{month.year:04d}{month.number:02d}",
            "created": f"{self.header.at:%Y%m%d_%H%M%S}",
            "transmission": str(self.header.number),
            "kind": "correction" if self.correction else "month",
        }
        safe = {place: _NOT_IN_NAMES.sub("-", value).strip("-.") for place, value in values.items()}
        return pattern.format(**safe)
