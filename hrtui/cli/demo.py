"""`hrtui demo`: a sample employer in a profile of its own."""

from __future__ import annotations

import shutil
from dataclasses import replace

from hrtui.cli.errors import CommandError, usage_error
from hrtui.cli.options import DEMO_PEOPLE, DEMO_PROFILE, Choices, Demo
from hrtui.cli.session import clerk, say
from hrtui.cli.start import need_terminal, open_grid
from hrtui.i18n import t, tn
from hrtui.store.keys import create_file_key, read_key
from hrtui.store.profile import Profile, find_profile
from hrtui.store.store import Store


def open_demo(choices: Choices, demo: Demo) -> int:
    """Make the sample where it is not there or `fresh`, and open it; raises CommandError or StoreError."""
    if choices.profile not in ("", DEMO_PROFILE):
        raise usage_error(t("The demo has a profile of its own; leave out --profile."))
    choices = replace(choices, profile=DEMO_PROFILE)
    profile = find_profile(DEMO_PROFILE, choices.data_dir)
    if not demo.no_ui:
        need_terminal()
    if demo.fresh or not profile.exists():
        _make(profile, demo.people or DEMO_PEOPLE)
    elif demo.people is not None:
        _check_size(profile, demo.people)
    return 0 if demo.no_ui else open_grid(choices)


def _make(profile: Profile, people: int) -> None:
    from hrtui import clock
    from hrtui.cli.folders import draft_of, refuse_open
    from hrtui.demo.build import MAX_PEOPLE, build_demo

    if people > MAX_PEOPLE:
        raise usage_error(t("The demo has {most} people at most.", most=MAX_PEOPLE))
    refuse_open(profile)
    say(tn("Making a sample employer with {n} person…", "Making a sample employer with {n} people…", people))
    with draft_of(profile) as draft:
        store = Store.open(draft, create_file_key(draft), actor=clerk())
        try:
            build_demo(store, people, clock.today())
        finally:
            store.close()
        shutil.rmtree(profile.folder, ignore_errors=True)
    say(t("It is in {folder}.", folder=profile.folder))


def _check_size(profile: Profile, people: int) -> None:
    store = Store.open(profile, read_key(profile), actor=clerk())
    try:
        there = store.con.execute("SELECT count(*) FROM person").fetchone()[0]
    finally:
        store.close()
    if there != people:
        raise CommandError(
            tn(
                "The demo is there with {n} person; --fresh throws it away and makes it again.",
                "The demo is there with {n} people; --fresh throws it away and makes it again.",
                there,
            )
        )
