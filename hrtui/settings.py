"""The clerk's own settings: where they lie, and the interface language they ask for."""

from __future__ import annotations

import os
from pathlib import Path

from hrtui.i18n import LANGUAGES, language_of_environment, t


class SettingsError(Exception):
    """The settings file or `--lang` is not usable; the text says which and what is allowed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def config_folder() -> Path:
    """Where settings.toml and keybindings.toml lie: HRTUI_CONFIG_DIR, else the user's folder."""
    chosen = os.environ.get("HRTUI_CONFIG_DIR", "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_config_path

    return user_config_path("hrtui", appauthor=False)


def language_wanted(option: str = "") -> str:
    """The interface language: of `--lang`, else of settings.toml, else of the environment.

    Raises SettingsError for a language that hrtui does not speak and for a settings file that cannot be read.
    """
    if option:
        return _known(option, "--lang")
    file = config_folder() / "settings.toml"
    if file.exists():
        asked = _language_in(file)
        if asked:
            return _known(asked, str(file))
    return language_of_environment()


def _known(language: str, source: str) -> str:
    if language not in LANGUAGES:
        raise SettingsError(
            t(
                "{source}: there is no language “{language}”; choose nl, fr or en.",
                source=source,
                language=language,
            )
        )
    return language


def _language_in(file: Path) -> str:
    import tomllib

    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(t("{file} cannot be read.", file=file)) from problem
    except tomllib.TOMLDecodeError as problem:
        raise SettingsError(
            t("{file} is not valid TOML: {problem}.", file=file, problem=problem)
        ) from problem
    unknown = sorted(set(settings) - {"language"})
    if unknown:
        raise SettingsError(
            t("{file}: there is no setting “{name}”; the only one is language.", file=file, name=unknown[0])
        )
    return str(settings.get("language", ""))
