"""The registry: every action is named once, described, and can be reached."""

from __future__ import annotations

import tomllib

import pytest
from textual.screen import Screen

from hrtui.action import Action
from hrtui.actions import ACTIONS, SCOPES
from hrtui.editor.editor import ACTIONS as EDITOR_ACTIONS
from hrtui.key_check import flat
from hrtui.key_names import reason_fragile
from hrtui.keybindings import DEFAULTS, load
from hrtui.screens.base import KeyScreen
from hrtui.screens.calendar.month import MonthScreen
from hrtui.screens.calendar.paste_preview import PastePreviewScreen
from hrtui.screens.calendar.person_calendar import CalendarScreen
from hrtui.screens.calendar.year import YearScreen
from hrtui.screens.form_base import RecordScreen
from hrtui.screens.palette import LEFT_OUT
from hrtui.screens.pay.sheet import PaySheet
from hrtui.screens.places import PLACES
from hrtui.screens.places_menu import PlacesMenu
from hrtui.screens.searching import SearchScreen
from hrtui.screens.sickness.picker import PickerScreen
from hrtui.screens.table import TableScreen

SCREENS: dict[str, type[KeyScreen]] = {
    "grid": MonthScreen,
    "calendar": CalendarScreen,
    "year": YearScreen,
    "list": SearchScreen,
    "table": TableScreen,
    "sheet": PaySheet,
    "files": PickerScreen,
    "form": RecordScreen,
    "screens": PlacesMenu,
    "dialog": PastePreviewScreen,
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_an_action_has_words_for_the_user(action: Action) -> None:
    assert action.label
    assert action.help
    assert action.group
    assert not action.label.endswith(".")
    assert len(action.label) <= 30, "labels must fit beside their keys on 60 columns"


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_an_action_belongs_to_a_scope_that_exists(action: Action) -> None:
    assert action.scope in SCOPES
    assert action.instead in {"", *ACTIONS}


def test_labels_tell_the_actions_of_a_scope_apart() -> None:
    for scope in SCOPES:
        labels = [action.label for action in ACTIONS.values() if action.scope == scope]
        assert sorted(labels) == sorted(set(labels))


def test_the_packaged_file_lists_every_action_under_its_scope_in_the_registry_s_order() -> None:
    table = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    listed = [(scope, ".".join(path)) for scope, entries in table.items() for path, _ in flat(entries)]
    assert listed == [(action.scope, action.id) for action in ACTIONS.values()]


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_every_action_can_be_reached(action: Action) -> None:
    assert load().keys(action.id) or action.scope not in LEFT_OUT


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_no_action_depends_on_a_key_that_some_terminals_do_not_send(action: Action) -> None:
    keymap = load()
    keys = keymap.keys(action.id) + (keymap.keys(action.instead) if action.instead else ())
    assert not keys or any(not reason_fragile(key) for key in keys)


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_every_action_is_done_by_the_screens_of_its_scope(action: Action) -> None:
    if action.scope == "screens":
        assert action.id in {"screens.month", *PLACES}
        return
    method = "action_" + action.id.replace(".", "_")
    screens = SCREENS.values() if action.scope == "app" else [SCREENS[action.scope]]
    for screen in screens:
        assert hasattr(screen, method) or (action.scope == "grid" and action.id in EDITOR_ACTIONS)


def test_screens_and_editor_have_no_action_that_is_not_in_the_registry() -> None:
    assert set(EDITOR_ACTIONS) <= set(ACTIONS)
    known = {"action_" + action_id.replace(".", "_") for action_id in ACTIONS}
    prefixes = tuple({name.split("_")[1] for name in known})
    for screen in SCREENS.values():
        own = {name for name in dir(screen) if name.startswith("action_") and name.split("_")[1] in prefixes}
        assert own - set(dir(Screen)) <= known
