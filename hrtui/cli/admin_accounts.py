"""`hrtui admin employers|users|invitations|sessions`: what each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrtui.cli.admin_words import Call, accounts, employer_at, tell
from hrtui.cli.errors import FAILED
from hrtui.cli.session import columns, say
from hrtui.i18n import language, t, tn
from hrtui.wording import told_of

if TYPE_CHECKING:
    from hrtui.backend.accounts.admin import Listed
    from hrtui.backend.accounts.context import Accounts
    from hrtui.backend.accounts.users import Place


def add_employer(call: Call) -> int:
    """Make an employer with its starter rows."""
    from hrtui.backend.accounts import employers

    with accounts(call) as open_accounts:
        name = call.answers.of("name", t("Name of the employer:"))
        country = call.answers.of("country", t("Country of the employer (BE or NL):")).upper()
        spoken = call.answers.optional("language", language())
        id_ = employers.add_employer(open_accounts, name, country, spoken)
    tell(call, {"id": id_, "name": name, "country": country, "language": spoken})
    say(
        t(
            "The employer “{name}” is there, with leave types and holidays. Next: `hrtui admin users add`.",
            name=name,
        )
    )
    return 0


def list_employers(call: Call) -> int:
    """All employers with their numbers."""
    from hrtui.backend.accounts import employers

    with accounts(call) as open_accounts:
        there = employers.tenants(open_accounts)
    lines = columns([(str(id_), name) for id_, name in there])
    tell(call, [{"id": id_, "name": name} for id_, name in there], lines)
    if not there:
        say(t("There is no employer yet: make one with `hrtui admin employers add`."))
    return 0


def add_user(call: Call) -> int:
    """Make a user and send the invitation."""
    from hrtui.backend.accounts import admin

    with employer_at(call) as (open_accounts, tenant_id):
        asked = admin.NewUser(
            call.answers.of("name", t("User name:")),
            call.answers.of("full_name", t("Full name:")),
            call.answers.of("email", t("E-mail address:")),
            call.answers.optional("language", language()),
            tenant_id,
            tuple(call.answers.optional("roles", "clerk").replace(",", " ").split()),
        )
        admin.add_user(open_accounts, asked)
        return _invite(open_accounts, asked.name, call)


def list_users(call: Call) -> int:
    """All users, what they are and how far their accounts are."""
    from hrtui.backend.accounts import admin

    with accounts(call) as open_accounts:
        there = admin.list_users(open_accounts)
    tell(call, [_as_json(one) for one in there], columns([_in_words(one) for one in there]))
    if not there:
        say(t("There is no user yet: make one with `hrtui admin users add`."))
    return 0


def set_roles(call: Call) -> int:
    """Give a user other roles at an employer."""
    from hrtui.backend.accounts import admin

    with employer_at(call) as (open_accounts, tenant_id):
        name = call.answers.of("name", t("User name:"))
        question = t("Roles (clerk, case_manager, manager, auditor, administrator; none takes the user out):")
        given = call.answers.of("roles", question).replace(",", " ").split()
        places = admin.change_roles(open_accounts, name, tenant_id, [] if given == ["none"] else given)
    tell(call, {"name": name, "employers": [_place(one) for one in places]})
    say(t("The roles of “{name}” are changed.", name=name))
    return 0


def set_disabled(call: Call, *, disabled: bool) -> int:
    """Switch a user off or on again."""
    from hrtui.backend.accounts import admin, users

    with accounts(call) as open_accounts:
        user = admin.set_disabled(open_accounts, call.answers.of("name", t("User name:")), disabled=disabled)
    tell(call, users.as_row(user))
    if disabled:
        say(t("“{name}” is switched off; all devices are logged out.", name=user.name))
    else:
        say(t("“{name}” is switched on again.", name=user.name))
    return 0


def reset_factor(call: Call) -> int:
    """Take the second steps of a user away, as after a lost phone, and send an invitation to set them up."""
    from hrtui.backend.accounts import admin

    with accounts(call) as open_accounts:
        name = call.answers.of("name", t("User name:"))
        admin.reset_factors(open_accounts, name)
        say(
            t(
                "The second steps and backup codes of “{name}” are gone; all devices are logged out.",
                name=name,
            )
        )
        return _invite(open_accounts, name, call)


def invite(call: Call) -> int:
    """Send an invitation (again); the one of before stops working."""
    with accounts(call) as open_accounts:
        return _invite(open_accounts, call.answers.of("name", t("User name:")), call)


def revoke_sessions(call: Call) -> int:
    """Log all devices of a user out."""
    from hrtui.backend.accounts import admin

    with accounts(call) as open_accounts:
        name = call.answers.of("name", t("User name:"))
        count = admin.revoke_sessions(open_accounts, name)
    tell(call, {"name": name, "revoked": count})
    say(tn("{n} device was logged out.", "{n} devices were logged out.", count))
    return 0


def _invite(open_accounts: Accounts, name: str, call: Call) -> int:
    """Send the invitation; where no e-mail goes out, its token is told here, for the operator to pass on."""
    from hrtui.backend.accounts import admin

    user, token, mailed = admin.invite(open_accounts, name)
    data: dict[str, Any] = {"name": user.name, "mailed": mailed}
    if not mailed:
        data["token"] = token
    tell(call, data, [] if mailed else [token])
    if mailed:
        say(t("The invitation of “{name}” is on its way by e-mail.", name=user.name))
        return 0
    if open_accounts.notifier.sends_mail:
        say(t("The mail server did not take the invitation of “{name}”. Above is its token.", name=user.name))
        return FAILED
    say(
        t(
            "No mail server is set up, so no e-mail went out. Hand the token above to “{name}” yourself, "
            "with the words `hrtui activate {url}`.",
            name=user.name,
            url=open_accounts.url,
        )
    )
    return 0


def _as_json(one: Listed) -> dict[str, Any]:
    from hrtui.backend.accounts import users

    return {
        **users.as_row(one.user),
        "invited_until": one.invited_until or None,
        "employers": [_place(place) for place in one.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"id": place.tenant_id, "name": place.name, "roles": list(place.roles)}


def _in_words(one: Listed) -> tuple[str, ...]:
    user = one.user
    if user.disabled_at:
        state = t("switched off")
    elif user.activated_at and user.factors:
        state = t("active")
    else:
        state = t("invited") if one.invited_until else t("not invited")
    places = "; ".join(told_of(place.name, ", ".join(place.roles)) for place in one.places)
    return (user.name, user.display_name, state, places)
