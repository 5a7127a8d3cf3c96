"""One run of the command line: the language, the command, expected failures as one sentence and a code."""

from __future__ import annotations

import os
import sys

from hrtui.cli import options, session
from hrtui.cli.errors import FAILED, MISUSED, STOPPED, CommandError
from hrtui.i18n import language_of_environment, set_language, t
from hrtui.settings import SettingsError, language_wanted


def run(args: list[str]) -> int:
    """Do what `args` (without the program's name) ask for and return the exit code."""
    from hrtui.store.errors import StoreError

    set_language(language_of_environment())
    try:
        choices, words = options.split(args)
        set_language(language_wanted(choices.language))
        return _command(choices, words)
    except SettingsError as problem:
        session.say(problem.text)
        return MISUSED
    except CommandError as problem:
        session.say(problem.text)
        return problem.code
    except StoreError as problem:
        session.say(problem.text)
        return FAILED
    except (KeyboardInterrupt, EOFError):
        session.say("\n" + t("Stopped."))
        return STOPPED
    except PermissionError as problem:
        # A folder of another user, or one that an earlier `sudo` left behind.
        session.say(t("{file} cannot be used: {reason}.", file=problem.filename, reason=problem.strerror))
        return FAILED
    except BrokenPipeError:
        # The reader of our output left; the interpreter must not try to flush to it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as problem:
        if type(problem).__module__.partition(".")[0] != "sqlcipher3":
            raise
        session.say(
            t("The database refuses: {problem}. Run `hrtui doctor`, or restore a backup.", problem=problem)
        )
        return FAILED


def _command(choices: options.Choices, words: list[str]) -> int:
    if not words:
        from hrtui.cli.start import open_grid

        return open_grid(choices)
    if words[0] == "demo":
        wanted = options.read_demo(words[1:])
        if wanted is not None:
            from hrtui.cli.demo import open_demo

            return open_demo(choices, wanted)
    from hrtui.cli.commands import run_command

    return run_command(choices, words)
