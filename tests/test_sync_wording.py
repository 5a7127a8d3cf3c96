"""What is told of the sync: every kind of news has its words, in short and in full."""

from __future__ import annotations

import pytest

from hrtui import i18n, sync_wording
from hrtui.sync import notes
from hrtui.sync.notes import Note

KINDS = (notes.NARROWED, notes.RESTORED, notes.NEW_DEVICE, notes.ERASED, notes.CLOCK, notes.LATE)


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_each_kind_of_news_is_told_in_its_own_words(language: str, count: int) -> None:
    i18n.set_language(language)
    try:
        happened = [Note(kind, "2026-09-10T08:00:00", count) for kind in KINDS]
        short = [sync_wording.news_in_short(news, "Ctrl+T 9") for news in happened]
        full = [sync_wording.news_in_full(news) for news in happened]
    finally:
        i18n.set_language("en")
    assert all("Ctrl+T 9" in text for text in short)
    assert len({*short, *full}) == 2 * len(KINDS)


def test_steps_that_cannot_be_undone_any_more_are_named() -> None:
    narrowed = Note(notes.NARROWED, "2026-09-10T08:00:00", 2, ("Vacation: An", "Cleared: Bo"))
    assert sync_wording.news_in_full(narrowed).endswith(
        "2 steps can no longer be undone: Vacation: An, Cleared: Bo."
    )
