"""The options of every command and the two commands that open the grid, read without a parser library.

The start of the grid counts from the Enter key on, and the full parser costs more than half of what a Textual
program needs for its first frame. What is not understood here goes to the full parser, which explains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrtui.cli.errors import usage_error
from hrtui.i18n import N_, t

GLOBAL_OPTIONS = (
    ("--profile", "NAME", N_("The profile to work in (default).")),
    ("--data-dir", "DIR", N_("The folder of the profiles, instead of HRTUI_DATA_DIR or your data folder.")),
    ("--lang", "nl|fr|en", N_("The language of the interface, instead of that of your settings or locale.")),
    ("--password-stdin", "", N_("Read the profile's password from the first line of standard input.")),
)
"""Option, placeholder of its value (empty for a switch) and what it does."""

DEMO_PEOPLE = 40
DEMO_PROFILE = "demo"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the options for every command say; an empty `profile` or `language` is left to its default."""

    profile: str = ""
    data_dir: Path | None = None
    language: str = ""
    password_stdin: bool = False

    @property
    def profile_name(self) -> str:
        """The profile's name."""
        from hrtui.store.profile import USUAL_PROFILE

        return self.profile or USUAL_PROFILE


@dataclass(frozen=True, slots=True)
class Demo:
    """What `hrtui demo` was asked for; `people` is None where the number was left open."""

    people: int | None = None
    fresh: bool = False
    no_ui: bool = False


def split(args: list[str]) -> tuple[Choices, list[str]]:
    """The options for every command, wherever they stand, and the remaining words.

    Raises CommandError for an option without its value.
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    words = iter(args)
    placeholders = {name: placeholder for name, placeholder, _ in GLOBAL_OPTIONS}
    for word in words:
        name, sign, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name not in placeholders or (sign and not placeholders[name]):
            rest.append(word)
        elif placeholders[name]:
            value = value if sign else next(words, "")
            if not value:
                raise usage_error(t("The option {option} needs a value.", option=name))
            found[name] = value
        else:
            found[name] = "yes"
    data_dir = found.get("--data-dir")
    choices = Choices(
        profile=found.get("--profile", ""),
        data_dir=Path(data_dir) if data_dir else None,
        language=found.get("--lang", ""),
        password_stdin="--password-stdin" in found,
    )
    return choices, rest


def read_demo(words: list[str]) -> Demo | None:
    """The demo that these words after `demo` ask for; None where the full parser must have a look."""
    people: int | None = None
    switches = {"--fresh": False, "--no-ui": False}
    queue = iter(words)
    for word in queue:
        name, sign, value = word.partition("=")
        if name == "--people":
            value = value if sign else next(queue, "")
            if not value.isdecimal() or int(value) < 1:
                return None
            people = int(value)
        elif word in switches:
            switches[word] = True
        else:
            return None
    return Demo(people, switches["--fresh"], switches["--no-ui"])
