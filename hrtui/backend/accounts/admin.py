"""What the operator of a backend does with users: making them, inviting, roles, switching off, resetting.

Each function is one step that is done or not. They raise AdminError with one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrtui import clock
from hrtui.backend.accounts import challenges, employers, factors, invitations, letters, sessions, users
from hrtui.backend.accounts.context import Accounts
from hrtui.backend.accounts.hashing import new_id
from hrtui.backend.accounts.refusals import AdminError
from hrtui.backend.accounts.users import Place, User
from hrtui.backend.identity import ROLES
from hrtui.domain.identity import contact
from hrtui.domain.identity.problem import Given, Problem
from hrtui.i18n import LANGUAGES, t

LONGEST_NAME = 32
"""Of a user name: the QR code of an authenticator app carries it, and must fit on a screen of 24 lines."""
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-")


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to make: user name, full name, e-mail and language, and roles at one employer."""

    name: str
    display_name: str
    email: str
    language: str
    tenant_id: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A user as the list shows them; `invited_until` is 0 where no invitation is open."""

    user: User
    places: tuple[Place, ...]
    invited_until: int


def add_user(accounts: Accounts, asked: NewUser) -> User:
    """Make a user, not yet invited."""
    name = _checked_name(asked.name)
    email = contact.email(asked.email, Given(clock.today()))
    if isinstance(email, Problem):
        raise AdminError(t("“{value}” is no e-mail address.", value=asked.email.strip()))
    if asked.language not in LANGUAGES:
        raise AdminError(t("There is no language “{value}”; choose nl, fr or en.", value=asked.language))
    display_name = " ".join(asked.display_name.split())
    if not display_name or len(display_name) > 100:
        raise AdminError(t("The full name must have 1 to 100 characters."))
    roles = checked_roles(asked.roles)
    if not roles:
        raise AdminError(t("Give the user at least one role: {roles}.", roles=", ".join(ROLES)))
    employers.known_tenant(accounts, asked.tenant_id)
    user_id = new_id()
    with accounts.database.transaction(None) as con:
        if users.by_name(con, name) is not None:
            raise AdminError(t("There is a user “{name}” already.", name=name))
        con.execute(
            "INSERT INTO user_account (id, name, display_name, email, language, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            user_id,
            name,
            display_name,
            email,
            asked.language,
            clock.seconds(),
        )
    user = find(accounts, name)
    employers.set_roles(accounts, user, asked.tenant_id, roles)
    return user


def invite(accounts: Accounts, name: str) -> tuple[User, str, bool]:
    """A new invitation for a user who has not activated; returns its token, and whether an e-mail took it."""
    moment = clock.seconds()
    user = find(accounts, name)
    if user.disabled_at:
        raise AdminError(t("The user “{name}” is switched off.", name=user.name))
    if user.activated_at and user.factors:
        raise AdminError(t("The user “{name}” is activated already.", name=user.name))
    with accounts.database.transaction(None) as con:
        token = invitations.new(con, user.id, "activation", moment)
    places = users.places(accounts.database, user.id)
    letter = letters.letter(
        letters.AGAIN if user.password_hash else letters.INVITED,
        user.language,
        person=user.display_name,
        name=user.name,
        employers=", ".join(place.name for place in places),
        url=accounts.url,
        token=token,
        until=letters.moment_text(moment + invitations.LASTS["activation"]),
    )
    return user, token, accounts.notifier.mail(user.email, *letter)


def reset_factors(accounts: Accounts, name: str) -> User:
    """Take a user's second factors and backup codes away, and log all devices out; an invitation follows."""
    user = find(accounts, name)
    with accounts.database.transaction(None) as con:
        factors.drop(con, user.id)
        challenges.close_all(con, user.id)
        sessions.revoke_all(con, user.id, clock.seconds())
    return find(accounts, name)


def set_disabled(accounts: Accounts, name: str, *, disabled: bool) -> User:
    """Switch a user off, which logs all devices out at once, or on again."""
    user = find(accounts, name)
    with accounts.database.transaction(None) as con:
        users.change(con, user.id, disabled_at=clock.seconds() if disabled else 0)
        if disabled:
            sessions.revoke_all(con, user.id, clock.seconds())
            challenges.close_all(con, user.id)
            invitations.withdraw(con, user.id, "activation")
            invitations.withdraw(con, user.id, "reset")
    return find(accounts, name)


def change_roles(accounts: Accounts, name: str, tenant_id: int, roles: Iterable[str]) -> tuple[Place, ...]:
    """Give a user these roles at an employer, in the place of others; none takes the user out there."""
    user = find(accounts, name)
    return employers.set_roles(accounts, user, tenant_id, checked_roles(roles))


def revoke_sessions(accounts: Accounts, name: str) -> int:
    """Log all devices of a user out; returns how many."""
    user = find(accounts, name)
    with accounts.database.transaction(None) as con:
        return sessions.revoke_all(con, user.id, clock.seconds())


def list_users(accounts: Accounts) -> list[Listed]:
    """Everybody, by user name."""
    with accounts.database.transaction(None, read_only=True) as con:
        found = [
            (user, invitations.open_until(con, user.id, clock.seconds())) for user in users.all_users(con)
        ]
    return [Listed(user, users.places(accounts.database, user.id), until) for user, until in found]


def find(accounts: Accounts, name: str) -> User:
    """The user of that name."""
    with accounts.database.transaction(None, read_only=True) as con:
        user = users.by_name(con, name)
    if user is None:
        raise AdminError(t("There is no user “{name}”.", name=name.strip()))
    return user


def checked_roles(roles: Iterable[str]) -> Sequence[str]:
    """The roles, each once; raises AdminError for one that is none."""
    given = [role.strip() for role in roles if role.strip()]
    for role in given:
        if role not in ROLES:
            raise AdminError(
                t("There is no role “{role}”; choose from {roles}.", role=role, roles=", ".join(ROLES))
            )
    return [role for role in ROLES if role in given]


def _checked_name(typed: str) -> str:
    name = users.folded(typed)
    if not name or len(name) > LONGEST_NAME or not set(name) <= _SIGNS or not name[0].isalnum():
        raise AdminError(
            t(
                "“{name}” cannot be a user name: use at most {n} letters a-z, digits, dots and hyphens.",
                name=typed.strip(),
                n=LONGEST_NAME,
            )
        )
    return name
