"""Messages to the payroll provider: drafts until they are forwarded."""

from __future__ import annotations

import pytest

from hrtui.domain.month import Month
from hrtui.store.check_off import check
from hrtui.store.checks import checked
from hrtui.store.errors import StoreError
from hrtui.store.messages import (
    MAX_LENGTH,
    add_message,
    delete_message,
    edit_message,
    messages,
)
from hrtui.store.rows import StaleError
from hrtui.store.undo import undo
from tests.store.conftest import Office

MAY = Month(2026, 5)


def bodies(office: Office, month: Month | None = None, person: int | None = None) -> list[str]:
    return [one.body for one in messages(office.store, office.employer_id, month, person)]


def test_a_message_for_a_person_and_for_the_employer(office: Office) -> None:
    """Seed, 2.3: a raise of 50 euro for one person."""
    ann = office.add_person("Ann", "Testman", number="12")
    add_message(office.store, office.employer_id, MAY, "  Please give Ann\r\na raise of € 50. \n", ann)
    add_message(office.store, office.employer_id, MAY.shift(1), "Closed in July.")
    assert bodies(office) == ["Closed in July.", "Please give Ann\na raise of € 50."]
    assert bodies(office, MAY) == bodies(office, person=ann) == ["Please give Ann\na raise of € 50."]
    (one,) = messages(office.store, office.employer_id, MAY)
    assert (one.name, one.number, one.draft, one.actor) == ("Testman Ann", "12", True, "Clerk One")


def test_a_draft_is_changed_and_deleted_and_that_taken_back(office: Office) -> None:
    add_message(office.store, office.employer_id, MAY, "first")
    (one,) = messages(office.store, office.employer_id)
    edit_message(office.store, office.employer_id, one, "second")
    with pytest.raises(StaleError):
        edit_message(office.store, office.employer_id, one, "third")
    delete_message(office.store, office.employer_id, one.id)
    assert bodies(office) == []
    undo(office.store, office.employer_id)
    assert bodies(office) == ["second"]


def test_a_forwarded_message_stays_as_it_was_sent(office: Office) -> None:
    message_id = add_message(office.store, office.employer_id, MAY, "sent")
    office.store.con.execute("UPDATE provider_message SET state = 'forwarded'")
    (one,) = messages(office.store, office.employer_id)
    assert not one.draft
    with pytest.raises(StoreError, match="forwarded"):
        edit_message(office.store, office.employer_id, one, "other")
    with pytest.raises(StoreError, match="forwarded"):
        delete_message(office.store, office.employer_id, message_id)
    assert bodies(office) == ["sent"]


@pytest.mark.parametrize(
    "body",
    ["", " \n\t\n", "x" * (MAX_LENGTH + 1), "a\x00b", "\x1b]0;title\x07", "pay \u202e05", "a\u200bb", "🎉"],
)
def test_an_empty_or_unreadable_message_is_refused(office: Office, body: str) -> None:
    with pytest.raises(StoreError) as refused:
        add_message(office.store, office.employer_id, MAY, body)
    assert refused.value.text.isprintable()
    assert bodies(office) == []


def test_a_message_takes_the_checked_mark_of_its_person_and_month(office: Office) -> None:
    ann, bob = office.add_person("Ann", "Testman"), office.add_person("Bob", "Testman")
    check(office.store, office.employer_id, [ann, bob], MAY)
    add_message(office.store, office.employer_id, MAY, "for Ann", ann)
    assert set(checked(office.store.con, [ann, bob], MAY)) == {bob}
