"""An employee is invited by e-mail, fills in the page once, and the clerk's form has the answer."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from hrtui import clock
from hrtui.backend.accounts import daily
from hrtui.backend.accounts.notify import AppriseNotifier
from hrtui.backend.invitations import html, records
from hrtui.store import drafts
from hrtui.sync.backend_errors import BackendError
from tests.backend.invitations.world import ANSWER, Invitations
from tests.sync.world import TENANT, Clerk


def test_the_answer_becomes_the_clerk_s_form(world: Invitations) -> None:
    draft_id = world.prepare()
    assert world.exchange()
    (letter,) = world.post.mails
    assert letter["To"] == "tess@example.org"
    assert "Kim Clerk" in world.post.body()
    assert "Voorbeeld NV" in world.post.body()
    assert [one.step for one in world.waiting()] == [drafts.SENT]
    assert not world.exchange()
    assert world.get(world.link()).status_code == 200
    assert world.answer(world.link()).status_code == 200
    world.exchange()
    assert world.waiting() == []
    (draft,) = drafts.drafts(world.clerk.store, TENANT)
    assert draft.id == draft_id
    expected = {
        "last_name": "Testpersoon", "first_name": "Tess", "who": "myself", "birth_date": "1985-07-30",
        "national_number": "85073003328", "phone": "+32471234567", "iban": "BE71096123456769",
        "postcode": "9000", "box": "",
    }  # fmt: skip
    assert expected.items() <= draft.data["values"].items()
    assert world.rows() == []
    assert len(world.post.mails) == 1


def test_the_link_works_once_and_not_for_ever(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    link = world.link()
    assert world.answer(link).status_code == 200
    for again in (world.get(link), world.answer(link, city="Brugge")):
        assert again.status_code == 404
        assert "does not work" in again.text
    with world.server.database.transaction(TENANT) as con:
        con.execute(
            "UPDATE person_invitation SET answered_at = 0, answer = '', expires_at = ? WHERE tenant_id = ?",
            clock.seconds(),
            TENANT,
        )
    assert world.get(link).status_code == 404
    world.exchange()
    (late,) = world.waiting()
    assert late.step == drafts.EXPIRED
    with world.server.database.transaction(TENANT) as con:
        con.execute("UPDATE person_invitation SET sent_at = sent_at - 61 WHERE tenant_id = ?", TENANT)
    drafts.move_invitation(world.clerk.store, TENANT, late, drafts.SENDING)
    world.exchange()
    assert world.link() != link
    assert world.get(world.link()).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/invite/", "/invite/x", "/invite/1267.x", "/invite/ffffffffffffffffff.x", "/invite/-1.%F0%9F%98%80"],
)
def test_strange_links_say_the_same(world: Invitations, path: str) -> None:
    assert world.get(path).status_code == 404


def test_nothing_personal_is_kept_open(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    world.answer(world.link())
    kept = repr(world.rows())
    for secret in ("tess@", "Testpersoon", "85073003328", "Voorbeeldstraat", world.link().split(".")[1]):
        assert secret not in kept
    assert "Testpersoon" not in world.get(world.link()).text


class Page(HTMLParser):
    """The form of a page: labels, fields, and elements that would run or load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.labels: set[str | None] = set()
        self.fields: dict[str | None, dict[str, str | None]] = {}
        self.tags: set[str] = set()
        self.ids: set[str | None] = set()
        self.language: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.ids.add(found.get("id"))
        if tag == "html":
            self.language = found["lang"]
        if tag == "label":
            self.labels.add(found["for"])
        if tag in ("input", "select"):
            self.fields[found["id"]] = found


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    worst = {
        "birth_date": "31/02/2090", "city": '<script>"&', "house_number": "", "postcode": "0000",
        "street": "שלום", "phone": "\x00\x1b[2J", "iban": "BE71 0961 2345 6768", "sex": "?", "country": "🦊",
    }  # fmt: skip
    refused = world.answer(world.link() + "?lang=en", **worst)
    assert refused.status_code == 422
    page = Page(refused.text)
    assert page.tags.isdisjoint({"script", "img", "link", "iframe"})
    wrong = {name for name, field in page.fields.items() if "aria-invalid" in field}
    assert wrong == set(worst)
    for name in wrong:
        assert f"{name}-error" in page.ids
        assert f"{name}-error" in str(page.fields[name]["aria-describedby"])
    assert page.fields["birth_place"]["value"] == "Gent"
    assert page.fields["city"]["value"] == '<script>"&'
    assert "There is no such date: 31/02/2090." in refused.text
    world.exchange()
    assert [one.step for one in world.waiting()] == [drafts.SENT]
    assert world.answer(world.link()).status_code == 200


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_page_is_a_plain_form_in_the_language_of_the_employee(world: Invitations, language: str) -> None:
    world.prepare(language)
    world.exchange()
    page = Page(world.get(world.link()).text)
    assert page.language == language
    assert page.labels == set(page.fields) == set(ANSWER)
    assert page.tags.isdisjoint({"script", "img", "link", "iframe"})
    assert "default-src 'none'" in html.HEADERS["Content-Security-Policy"]
    other = Page(world.get(world.link() + "?lang=fr").text)
    assert other.language == "fr"


def test_a_withdrawn_invitation_ends_at_the_backend(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    (one,) = world.waiting()
    drafts.withdraw(world.clerk.store, TENANT, one)
    assert world.waiting() == []
    world.exchange()
    assert world.rows() == []
    assert world.get(world.link()).status_code == 404
    assert drafts.drafts(world.clerk.store, TENANT, drafts.INVITATION) == []


def test_lost_answers_send_nothing_twice_and_lose_nothing(world: Invitations) -> None:
    world.prepare()
    faults = world.clerk.faults
    faults.plan.append("answer lost")
    with pytest.raises(BackendError):
        world.exchange()
    world.exchange()
    assert len(world.post.mails) == 1
    world.answer(world.link())
    faults.plan.extend(["ok", "request lost"])
    with pytest.raises(BackendError):
        world.exchange()
    assert [one.step for one in world.waiting()] == [drafts.ANSWERED]
    world.exchange()
    (draft,) = drafts.drafts(world.clerk.store, TENANT)
    assert draft.data["values"]["city"] == "Gent"
    assert world.rows() == []


def test_a_backend_without_mail_is_told_and_tried_again(world: Invitations) -> None:
    accounts = world.server.app.state.accounts
    notifier = accounts.notifier
    object.__setattr__(accounts, "notifier", AppriseNotifier("", ""))
    world.prepare()
    world.exchange()
    (refused,) = world.waiting()
    assert (refused.step, refused.data["problem"]) == (drafts.REFUSED, "no_mail")
    object.__setattr__(accounts, "notifier", notifier)
    world.exchange()
    assert [one.step for one in world.waiting()] == [drafts.SENT]


def test_roles_and_other_clerks(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    server, folder = world.server, world.clerk.folder.parent
    auditor = Clerk("Aud", server.add_user(2, "Aud", "auditor"), folder / "aud", server)
    other = Clerk("Ola", server.add_user(3, "Ola"), folder / "ola", server)
    with pytest.raises(BackendError) as refusal:
        world.api(auditor).send(5, "x@example.org", "nl")
    assert refusal.value.code == "forbidden"
    (invited,) = world.api().standings()
    world.answer(world.link())
    assert world.api(other).standings() == {}
    world.api(other).end(invited)
    with pytest.raises(BackendError):
        world.api(other).send(invited, "x@example.org", "nl")
    assert len(world.rows()) == 1
    for clerk in (auditor, other):
        clerk.close()


def test_what_nobody_comes_for_goes(world: Invitations) -> None:
    world.prepare()
    world.exchange()
    with world.server.database.transaction(TENANT) as con:
        records.clear_old(con, TENANT, clock.seconds() + records.LASTS + records.KEPT - 10)
    assert len(world.rows()) == 1
    with world.server.database.transaction(TENANT) as con:
        records.clear_old(con, TENANT, clock.seconds() + records.LASTS + records.KEPT + 10)
    assert world.rows() == []


def test_an_invitation_that_is_taken_back_or_replaced_still_counts_for_the_day(
    world: Invitations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "MOST_A_DAY", 3)
    api = world.api()
    for number in (1, 2):
        api.send(number, "x@example.org", "nl")
        api.send(number, "x@example.org", "nl")
        api.end(number)
    api.send(3, "x@example.org", "nl")
    assert len(world.post.mails) == 3
    with world.server.database.transaction(TENANT) as con:
        con.execute("UPDATE person_invitation SET sent_at = sent_at - 61 WHERE tenant_id = ?", TENANT)
    for number in (3, 4):
        with pytest.raises(BackendError) as refusal:
            api.send(number, "x@example.org", "nl")
        assert (refusal.value.code, refusal.value.wait > 0) == ("rate_limited", True)
    assert len(world.post.mails) == 3
