"""Help pages and usage errors of the command line, in the interface language."""

from __future__ import annotations

import shutil
import textwrap
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from hrtui.cli.errors import usage_error
from hrtui.cli.options import GLOBAL_OPTIONS
from hrtui.i18n import t

_WIDTH = 96


class Command(TyperCommand):
    """A command with our own help page; `epilog` holds its example lines."""

    def get_help(self, ctx: Any) -> str:
        """The help page of this command."""
        return _page(self, ctx)


class Group(TyperGroup):
    """A command with commands below it, with our own help page and one sentence for an unknown word."""

    def get_help(self, ctx: Any) -> str:
        """The help page of this group."""
        return _page(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the next word names; raises CommandError for one that is none."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        raise usage_error(
            _no_such(t("There is no command “{name}”.", name=args[0]), args[0], self.commands, ctx)
        )


def explain(problem: TyperException) -> str:
    """What is wrong with the typed words and where the help is, from the parser's own exception."""
    kind = type(problem).__name__
    option = getattr(problem, "option_name", "")
    ctx = getattr(problem, "ctx", None)
    if kind == "NoSuchOption":
        names = [name for param in ctx.command.params for name in param.opts] if ctx else []
        return _no_such(t("There is no option {name} here.", name=option), option, names, ctx)
    if kind == "MissingParameter":
        text = t("{name} is missing.", name=_name(problem))
    elif kind == "BadOptionUsage" and "requires" in problem.message:
        text = t("The option {option} needs a value.", option=option)
    elif kind == "BadOptionUsage":
        text = t("The option {option} takes no value.", option=option)
    elif kind == "BadParameter":
        text = t("{name}: {problem}", name=_name(problem), problem=problem.message)
    elif "Missing command" in problem.message:
        text = t(
            "This needs one more word: {names}.",
            names=", ".join(getattr(ctx.command, "commands", ())) if ctx else "",
        )
    else:
        text = t("There are words too many.")
    return f"{text}{_where(ctx)}"


def _name(problem: Any) -> str:
    param = problem.param
    if param is None:
        return ""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)


def _no_such(text: str, word: str, known: Any, ctx: Any) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), 1)
    hint = " " + t("Did you mean {name}?", name=near[0]) if near else ""
    return f"{text}{hint}{_where(ctx)}"


def _where(ctx: Any) -> str:
    return " " + t("See `{command} --help`.", command=ctx.command_path) if ctx is not None else ""


def _page(command: Any, ctx: Any) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDTH)
    arguments = [
        (param.metavar, t(param.help or ""))
        for param in command.params
        if param.param_type_name == "argument"
    ]
    own = [
        (_option(param), t(param.help or "")) for param in command.params if param.param_type_name == "option"
    ]
    below = [(name, _first_sentence(t(item.help))) for name, item in getattr(command, "commands", {}).items()]
    everywhere = [(f"{name} {place}".rstrip(), t(text)) for name, place, text in GLOBAL_OPTIONS]
    everywhere.append(("--help", t("Show this help.")))
    if ctx.parent is None:
        everywhere.append(("--version", t("Show the version.")))
    usage = [ctx.command_path, *(name for name, _ in arguments)]
    if below:
        usage.append(t("COMMAND"))
    parts = [
        t("Usage: {usage}", usage=" ".join([*usage, t("[OPTIONS]")])),
        textwrap.fill(t(command.help or ""), width),
        _table(t("What to give:"), arguments, width),
        _table(t("Commands:"), below, width),
        _table(t("Options:"), own, width),
        _table(t("Options of every command:"), everywhere, width),
        t("Example:") + "\n" + textwrap.indent(command.epilog or "", "  "),
        textwrap.fill(t("Exit codes: 0 fine, 1 refused or failed, 2 wrong usage or configuration."), width),
    ]
    return "\n\n".join(part for part in parts if part)


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def _option(param: Any) -> str:
    return f"{', '.join(param.opts)} {param.metavar or ''}".rstrip()


def _table(title: str, rows: list[tuple[str, str]], width: int) -> str:
    if not rows:
        return ""
    column = max(len(name) for name, _ in rows) + 4
    lines = [
        textwrap.fill(text, width, initial_indent=f"  {name}".ljust(column), subsequent_indent=" " * column)
        for name, text in rows
    ]
    return "\n".join([title, *lines])
