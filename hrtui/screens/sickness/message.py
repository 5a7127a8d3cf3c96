"""Telling the occupational service: the text for the phone call or the e-mail, and that it was told."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from hrtui.domain.sickness.message import Message, Telling
from hrtui.i18n import t
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.sickness.actions import CaseActions
from hrtui.screens.sickness.saving import ask_folder, put_file
from hrtui.store.errors import StoreError
from hrtui.store.sickness.contacts import message_for, tell
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.marks import mark_told
from hrtui.store.sickness.records import CaseRecord
from hrtui.store.sickness.wording import TELLINGS
from hrtui.wording import told_of


def telling_menu(case: CaseActions) -> MenuScreen:
    """Asks what to tell, the likeliest first."""
    record = case.record
    items = [_choice(case, telling) for telling in _tellings(record)]
    return MenuScreen(case.session, f"{t('Tell the occupational service')}  {record.name}", items)


def _tellings(record: CaseRecord) -> list[Telling]:
    closed = record.case.spell.last_day is not None
    found = [Telling.RECOVERY] if closed else []
    if len(record.case.course) > 1:
        found.append(Telling.PARTIAL)
    return [*found, Telling.REPORT, Telling.CORRECTION]


def _choice(case: CaseActions, telling: Telling) -> Item:
    message = message_for(case.desk, case.case_id, telling)
    return Item(
        t(TELLINGS[telling]), message.subject, lambda: case.push(_message_menu(case, telling, message))
    )


def _message_menu(case: CaseActions, telling: Telling, message: Message) -> MenuScreen:
    """The text, and the ways to tell it."""
    desk = case.desk
    phone = desk.service_phone or t("no number in the employer's settings")
    address = desk.service_email or t("no address in the employer's settings")
    items = [
        Item(t("Told by phone"), phone, lambda: _told(case, telling)),
        _by_mail(case, telling, message, address),
        Item(t("Copy the text"), t("To the clipboard of the terminal"), lambda: _copy(case, message)),
    ]
    service = desk.service or t("the occupational service")
    to = f"{service} <{desk.service_email}>" if desk.service_email else service
    about = [
        told_of(t("To"), "  ".join(filter(None, (to, desk.service_phone)))),
        told_of(t("Subject"), message.subject),
        "",
        *message.body.splitlines(),
    ]
    return MenuScreen(case.session, f"{t(TELLINGS[telling])}  {case.record.name}", items, about)


def _by_mail(case: CaseActions, telling: Telling, message: Message, address: str) -> Item:
    """The backend sends the e-mail where there is one; else it becomes a file: it never goes twice."""
    if case.session.store.backend(case.session.employer.id):
        return Item(t("Send the e-mail"), address, lambda: _send(case, telling))
    return Item(t("Prepare the e-mail…"), address, lambda: _prepare(case, telling, message))


def _send(case: CaseActions, telling: Telling) -> None:
    """Keep the e-mail as waiting: the next exchange hands it to the backend."""
    _refuse_without_address(case.desk)
    tell(case.desk, case.case_id, telling, "email")
    case.store_changed()
    case.on_top.tell(t("The backend sends the e-mail; the case shows when it went out."))


def _refuse_without_address(desk: Desk) -> None:
    if not desk.service_email:
        raise StoreError(t("The employer's settings have no e-mail address of the occupational service."))


def _told(case: CaseActions, telling: Telling) -> None:
    tell(case.desk, case.case_id, telling, "phone")
    mark_told(case.desk, case.case_id, telling.value)
    case.store_changed()
    case.on_top.tell(t("It is recorded that the occupational service was told."))


def _copy(case: CaseActions, message: Message) -> None:
    case.app.copy_to_clipboard(f"{message.subject}\n\n{message.body}\n")
    case.on_top.tell(t("The text is copied."))


def _prepare(case: CaseActions, telling: Telling, message: Message) -> None:
    """Keep the e-mail as waiting, and write it as a file that mail programs open."""
    desk = case.desk
    _refuse_without_address(desk)
    name = f"{telling.value}-{case.record.number}.eml"

    def keep(folder: Path) -> Path:
        path = put_file(folder, name, eml(desk.service_email, message))
        tell(case.desk, case.case_id, telling, "email")
        case.store_changed()
        return path

    ask_folder(case, keep)


def eml(to: str, message: Message) -> bytes:
    """An e-mail that is not sent yet (RFC 5322, with the header that mail programs take for a draft)."""
    mail = EmailMessage(policy=SMTP)
    mail["To"] = to
    mail["Subject"] = message.subject
    mail["X-Unsent"] = "1"
    mail.set_content(message.body)
    return mail.as_bytes()
