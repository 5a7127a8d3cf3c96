"""What a person's calendar shows of a month beside the days: pay components with their total, messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrtui.domain.month import Month
from hrtui.domain.roles import Area
from hrtui.i18n import t, tn
from hrtui.screens.session import Session
from hrtui.store.messages import messages
from hrtui.store.pay_component_types import pay_types
from hrtui.store.pay_components import components
from hrtui.widgets.amounts import money
from hrtui.widgets.lines import Line, fitted
from hrtui.widgets.months import span_text
from hrtui.wording import told_of

_MOST = 4
"""So many components have a line of their own; the others share one."""
_NAME, _AMOUNT = 34, 13


@dataclass(frozen=True, slots=True)
class Pay:
    """One pay component as the calendar shows it."""

    name: str
    cents: int
    span: str


@dataclass(frozen=True, slots=True)
class MonthExtra:
    """Pay components and the number of messages by state."""

    pay: Sequence[Pay] = ()
    drafts: int = 0
    forwarded: int = 0


def month_extra(session: Session, person_id: int, month: Month) -> MonthExtra:
    """What there is of a person in a month, as far as the clerk may see it."""
    store, employer_id = session.store, session.employer.id
    pay: list[Pay] = []
    if not session.rights.why_hidden(Area.PAY_COMPONENTS):
        found = components(store, employer_id, person_id, month)
        kinds = {kind.id: kind for kind in pay_types(store, employer_id, inactive=True)} if found else {}
        for one in found:
            kind = kinds[one.type_id]
            name = f"{kind.code} {kind.name}"
            pay.append(Pay(name, one.value.cents, span_text(one.first_month, one.last_month)))
    texts = [] if session.rights.why_hidden(Area.MESSAGES) else messages(store, employer_id, month, person_id)
    drafts = sum(one.draft for one in texts)
    return MonthExtra(pay, drafts, len(texts) - drafts)


def month_extra_lines(extra: MonthExtra, width: int) -> list[Line]:
    """A line for each component, their total, and one for the messages; nothing where there is none."""
    lines: list[Line] = []
    if extra.pay:
        name = min(_NAME, width - _AMOUNT - 3)
        total = money(sum(one.cents for one in extra.pay))
        lines.append(((f" {fitted(t('Pay components'), name)} {total:>{_AMOUNT}}", "bold"),))
        shown = list(extra.pay[:_MOST] if len(extra.pay) > _MOST else extra.pay)
        for one in shown:
            lines.append(((f" {fitted(one.name, name)} {money(one.cents):>{_AMOUNT}}  {one.span}", "plain"),))
        if rest := extra.pay[len(shown) :]:
            more = tn("and {n} more", "and {n} more", len(rest))
            amount = money(sum(one.cents for one in rest))
            lines.append(((f" {fitted(more, name)} {amount:>{_AMOUNT}}", "plain"),))
    facts = []
    if extra.drafts:
        facts.append(tn("{n} draft", "{n} drafts", extra.drafts))
    if extra.forwarded:
        facts.append(tn("{n} forwarded", "{n} forwarded", extra.forwarded))
    if facts:
        lines.append(((f" {told_of(t('Messages to the provider'), ', '.join(facts))}", "bold"),))
    return lines
