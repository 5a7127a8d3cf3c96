"""Wrong words, wrong settings and the languages of the command line."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys

import pytest

from hrtui import i18n
from hrtui.cli.help import Command
from tests.cli.conftest import Hrtui

COMMANDS = (
    "",
    "demo",
    "init",
    "keys",
    "import",
    "import people",
    "import schedules",
    "import entries",
    "export",
    "export month",
    "export people",
    "export components",
    "export messages",
    "export absences",
    "export agenda",
    "doctor",
    "backup",
    "restore",
    "forward",
    "deliver-again",
    "layouts",
    "layouts list",
    "layouts check",
    "layouts try",
    "activate",
    "login",
    "logout",
    "password",
    "devices",
    "sync",
    "status",
    "serve",
    "admin",
    "admin migrate",
    "admin audit verify",
    "admin audit export",
    "admin backup",
    "admin restore-finish",
    "admin employers add",
    "admin users add",
    "admin channels add",
    "admin deliver",
    "admin mark-durable",
    "admin compact",
    "admin export",
    "admin reseal",
    "admin erase",
    "admin erase-cases",
    "admin invitations send",
    "admin sessions revoke",
)


class Marked(gettext.NullTranslations):
    """A catalogue that shows which texts pass through it."""

    def gettext(self, message: str) -> str:
        return re.sub(r"(\{\w+\})|[a-z]", lambda found: found[1] or "»", message)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(hrtui: Hrtui, command: str, language: str) -> None:
    answer = hrtui(*command.split(), "--help", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    example = next(line for line in answer.out.splitlines() if line.startswith("  hrtui "))
    assert command in example
    for option in (word for word in example.split() if word.startswith("--")):
        assert option in answer.out.replace(example, "")
    assert max(map(len, answer.out.splitlines())) <= 80
    assert re.search(r"0 .*, 1 .*, 2 ", answer.out.rpartition("\n\n")[2], re.DOTALL)
    if language != "en":
        english = hrtui(*command.split(), "--help", "--lang", "en").out
        assert not set(paragraphs(answer.out)) & set(paragraphs(english))


def paragraphs(page: str) -> list[str]:
    """What a help page says, but for its first line and its example."""
    return [part for part in page.split("\n\n")[1:] if "  hrtui " not in part]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_sentence_of_a_help_page_comes_from_the_catalogue(
    hrtui: Hrtui, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(i18n._Current, "catalogue", Marked())
    monkeypatch.setattr("hrtui.cli.run.set_language", lambda language: None)
    answer = hrtui(*command.split(), "--help")
    assert answer.code == 0
    page = re.sub(r"^  hrtui .*$", "", answer.out, flags=re.MULTILINE)
    names = {
        "hrtui",
        "nl|fr|en",
        "layouts",
        "admin",
        "csv|xlsx",
        *(word for one in COMMANDS for word in one.split()),
    }
    left = [word for word in page.split() if re.search("[a-z]", word) and word not in names]
    assert [word for word in left if not word.startswith("--")] == []


WRONG = {
    "impotr": "There is no command “impotr”. Did you mean import? See `hrtui --help`.",
    "import": "This needs one more word: people, schedules, entries. See `hrtui import --help`.",
    "import persons x": "There is no command “persons”.",
    "import people": "FILE is missing. See `hrtui import people --help`.",
    "demo --poeple 3": "There is no option --poeple here. Did you mean --people? See `hrtui demo --help`.",
    "demo --people": "The option --people needs a value.",
    "demo --people none": "“none” is no number of people; give 1 or more.",
    "demo --people 1000000": "The demo has 100000 people at most.",
    "demo --fresh=3": "The option --fresh takes no value.",
    "demo --profile north": "The demo has a profile of its own; leave out --profile.",
    "keys more": "There are words too many. See `hrtui keys --help`.",
    "--lang de keys": "--lang: there is no language “de”; choose nl, fr or en.",
    "export month 2026-9": "“2026-9” is no month; write it as 2026-09.",
    "export month 2026-13": "“2026-13” is no month; write it as 2026-09.",
    "export month 2026-09 --layout doc": "There is no layout “doc”; there are csv, xlsx, pdf, ",
    "export month 2026-09 --layout acerta": "This layout writes several files; say to which folder",
    "layouts": "This needs one more word: list, check, try. See `hrtui layouts --help`.",
    "layouts try acerta": "YYYY-MM is missing.",
    "layouts try acerta 2026-9": "“2026-9” is no month; write it as 2026-09.",
    "layouts try none.toml 2026-09": "none.toml: The file cannot be read",
    "export month 2026-09": "There is no profile “default” yet.",
    "init --employer Proef": "The option --country is missing.",
    "init --employer Proef --country DE": "“DE” is no country that hrtui knows; give BE or NL.",
    "init --profile demo": "The profile “demo” is for the sample employer; choose another name.",
    "": "There is no profile “default” yet.",
    "demo": "The month opens in a terminal only",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_sentence_and_code_2(hrtui: Hrtui, words: str) -> None:
    no_ui = ["--no-ui"] if "1000000" in words else []
    answer = hrtui(*words.split(), *no_ui)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(WRONG[words])
    assert answer.err.count("\n") == 1


def test_the_language_comes_from_the_option_then_the_settings_then_the_locale(
    hrtui: Hrtui, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    hrtui("keys")
    assert i18n.language() == "fr"
    settings = hrtui.home / "config" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text('language = "nl"\n')
    hrtui("keys")
    assert i18n.language() == "nl"
    hrtui("keys", "--lang", "en")
    assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('language = "de"', "there is no language “de”; choose nl, fr or en."),
        ("language = ", "is not valid TOML:"),
        ('lnaguage = "nl"', "there is no setting “lnaguage”; the only one is language."),
    ],
)
def test_wrong_settings_are_named_with_their_file(hrtui: Hrtui, text: str, problem: str) -> None:
    settings = hrtui.home / "config" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text(text)
    answer = hrtui("keys")
    assert answer.code == 2
    assert str(settings) in answer.err
    assert problem in answer.err


def test_no_command_takes_a_password_on_its_command_line() -> None:
    from typer.main import get_command

    from hrtui.cli.commands import program

    def below(command: object) -> list[Command]:
        inner = getattr(command, "commands", {}).values()
        return [leaf for one in inner for leaf in below(one)] if inner else [command]  # type: ignore[list-item]

    leaves = below(get_command(program))
    assert len(leaves) >= 10
    names = [name for leaf in leaves for param in leaf.params for name in param.opts]
    assert not [name for name in names if "pass" in name or "secret" in name]


def test_a_reader_that_leaves_early_is_no_failure_to_speak_of() -> None:
    command = f"{sys.executable} -m hrtui keys --json | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == "["
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
