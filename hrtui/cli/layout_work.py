"""What `hrtui layouts` and `hrtui export month --layout NAME` do."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.errors import FAILED, MISUSED, CommandError, usage_error
from hrtui.cli.options import Choices
from hrtui.cli.session import month_of, opened, say, write_json
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from hrtui.domain.month import Month
    from hrtui.payroll.layouts import File, Layout, RenderProblem
    from hrtui.store.employers import Employer
    from hrtui.store.store import Store

SHOWN_PROBLEMS = 30


def show_layouts(as_json: bool) -> int:
    """Write every layout on a line of its own; the exit code is 2 where one of the clerk's own is wrong."""
    from hrtui.payroll.layouts import LayoutError, layout_files, read_layout
    from hrtui.settings import config_folder

    found: list[Layout] = []
    broken: list[str] = []
    for file in layout_files(config_folder()).values():
        try:
            found.append(read_layout(file))
        except LayoutError as error:
            broken += map(str, error.problems)
    if as_json:
        plain = [
            {"name": one.key, "title": one.title, "kind": one.kind, "provider": one.provider, "own": one.own}
            for one in found
        ]
        write_json(plain)
    else:
        width = max(len(one.key) for one in found)
        for one in found:
            own = t(" (your own)") if one.own else ""
            sys.stdout.write(f"{one.key:<{width}}  {t(one.title)}{own}\n")
    for text in broken:
        say(text)
    return MISUSED if broken else 0


def check_file(file: Path, as_json: bool) -> int:
    """Report a layout's problems on stdout; the exit code is 2 where it has any."""
    from hrtui.payroll.layouts import check_layout

    layout, problems = check_layout(file.expanduser())
    if as_json:
        plain = [{"file": str(one.file), "line": one.line, "text": one.text} for one in problems]
        write_json({"problems": plain})
        return MISUSED if problems else 0
    for one in problems:
        sys.stdout.write(f"{one}\n")
    if layout is not None:
        sys.stdout.write(t("{file}: fine: {title}", file=file, title=t(layout.title)) + "\n")
    return MISUSED if problems else 0


def try_layout(choices: Choices, name: str, month: str, out: Path | None, *, employer: str) -> int:
    """Write a month in a layout to a folder and nothing more; raises CommandError or StoreError."""
    layout = _layout(name)
    return write_month(choices, layout, month, out or Path(f"{layout.key}-{month}"), employer=employer)


def layout_of(name: str, others: Collection[str] = ()) -> Layout:
    """The layout of that name; raises CommandError, which also names the `others` that would do."""
    from hrtui.payroll.layouts import LayoutError, layout_files, load_layout
    from hrtui.settings import config_folder

    files = layout_files(config_folder())
    if name not in files:
        names = ", ".join([*others, *files])
        raise usage_error(t("There is no layout “{name}”; there are {names}.", name=name, names=names))
    try:
        return load_layout(name, config_folder())
    except LayoutError as error:
        raise usage_error("\n".join(map(str, error.problems))) from None


def write_month(choices: Choices, layout: Layout, month: str, out: Path, *, employer: str) -> int:
    """Write everybody's month in a layout to the folder `out`; raises CommandError or StoreError."""
    from hrtui.payroll.export import write_files

    parsed = month_of(month)
    with opened(choices, employer) as (store, who):
        _refuse_hidden(store, who.id, layout)
        files = _rendered(store, who, layout, parsed)
    if not files:
        say(t("There is nothing to write."))
    for path in write_files(out.expanduser(), files) if files else ():
        sys.stdout.write(f"{path}\n")
    return 0


def _layout(name: str) -> Layout:
    """The layout of a name, or in a file that the name is the path of."""
    from hrtui.payroll.layouts import LayoutError, read_layout

    if not name.endswith(".toml"):
        return layout_of(name)
    try:
        return read_layout(Path(name).expanduser())
    except LayoutError as error:
        raise usage_error("\n".join(map(str, error.problems))) from None


def _rendered(store: Store, who: Employer, layout: Layout, month: Month) -> list[File]:
    """The files of everybody who goes to the layout's provider; raises CommandError with what is wrong."""
    from dataclasses import replace

    from hrtui import clock
    from hrtui.payroll.layouts import Header, RenderError, render
    from hrtui.payroll.month_snapshot import employer_messages, snapshots
    from hrtui.store.people import person_ids

    everybody = snapshots(store, who.id, month, person_ids(store, who.id, month)).values()
    people = [one for one in everybody if layout.provider in ("", one.person.provider)]
    if not people:
        raise CommandError(_nobody(layout, bool(everybody)))
    messages = tuple(message.body for message in employer_messages(store, who.id, month))
    header = Header(who.name, month, clock.now(), messages=messages)
    # The dates of payment are chosen when the month is forwarded; a try does not ask for them.
    try:
        return render(replace(layout, needs=()), people, header)
    except RenderError as error:
        raise CommandError(_listed(error.problems), FAILED) from None


def _nobody(layout: Layout, anybody: bool) -> str:
    from hrtui.domain.providers import PROVIDERS

    if not anybody:
        return t("Nobody has a contract in this month.")
    provider = PROVIDERS.get(layout.provider, layout.provider)
    return t(
        "Nobody goes to {provider}: choose it as the payroll provider of people first.", provider=provider
    )


def _listed(problems: Sequence[RenderProblem]) -> str:
    lines = [str(one) for one in problems[:SHOWN_PROBLEMS]]
    more = len(problems) - len(lines)
    if more > 0:
        lines.append(tn("… and {n} more.", "… and {n} more.", more))
    return "\n".join([t("Nothing was written:"), *lines])


def _refuse_hidden(store: Store, employer_id: int, layout: Layout) -> None:
    """Nobody gets out what is kept from them.

    As where a month is forwarded, what sickness cases entered does not stand in the way: the files that go to
    the provider have it too.
    """
    from hrtui.domain.roles import Area
    from hrtui.store.roles import rights

    own = rights(store, employer_id)
    numbers = any(field.value == "national_number" for file in layout.files for field in file.fields)
    wanted = [
        (Area.PAY_COMPONENTS, "components" in layout.writes()),
        (Area.MESSAGES, "messages" in layout.writes()),
        (Area.NATIONAL_NUMBERS, numbers),
    ]
    for area, needed in wanted:
        if needed and (why := own.why_hidden(area)):
            raise CommandError(why)
    if not own.may(Area.SICKNESS):
        raise CommandError(t("Your roles do not show you all entries: this month is not yours to write."))
