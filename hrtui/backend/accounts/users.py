"""Users and what they may be at employers: reading and writing their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrtui.backend.accounts.refused import Refused
from hrtui.backend.database import Connection, Database
from hrtui.backend.identity import ROLES
from hrtui.backend.sync.stored import units_of

_COLUMNS = (
    "id, name, display_name, email, language, password_hash, totp_secret, totp_step, sms_number,"
    " activated_at, disabled_at"
)


@dataclass(frozen=True, slots=True)
class User:
    """A row of `user_account`; `totp_secret` and `sms_number` are sealed, '' where they are not set up."""

    id: int
    name: str
    display_name: str
    email: str
    language: str
    password_hash: str
    totp_secret: str
    totp_step: int
    sms_number: str
    activated_at: int
    disabled_at: int

    @property
    def factors(self) -> tuple[str, ...]:
        """The second steps that are set up."""
        return tuple(name for name, there in (("app", self.totp_secret), ("sms", self.sms_number)) if there)


@dataclass(frozen=True, slots=True)
class Place:
    """An employer where a user has roles."""

    tenant_id: int
    name: str
    roles: tuple[str, ...]


def folded(name: str) -> str:
    """A user name as it is stored and compared."""
    return name.strip().casefold()


def by_name(con: Connection, name: str) -> User | None:
    """The user of that name, in whatever case it is typed."""
    row = con.one(f"SELECT {_COLUMNS} FROM user_account WHERE name = ?", folded(name))
    return User(*row) if row else None


def by_id(con: Connection, user_id: int) -> User:
    """The user with that id; raises Refused where there is none or it is switched off."""
    row = con.one(f"SELECT {_COLUMNS} FROM user_account WHERE id = ?", user_id)
    if row is None:
        raise Refused("token_revoked", 401)
    user = User(*row)
    if user.disabled_at:
        raise Refused("account_disabled", 403)
    return user


def all_users(con: Connection) -> list[User]:
    """Everybody, by name."""
    return [User(*row) for row in con.all(f"SELECT {_COLUMNS} FROM user_account ORDER BY name")]


def change(con: Connection, user_id: int, **values: object) -> None:
    """Write these columns of a user."""
    columns = ", ".join(f"{name} = ?" for name in values)
    con.execute(f"UPDATE user_account SET {columns} WHERE id = ?", *values.values(), user_id)


def set_roles(con: Connection, tenant_id: int, user_id: int, roles: Iterable[str]) -> None:
    """Give a user these roles at an employer, in the place of others; none takes the user out."""
    wanted = set(roles)
    con.execute("DELETE FROM membership WHERE tenant_id = ? AND user_id = ?", tenant_id, user_id)
    if names := " ".join(role for role in ROLES if role in wanted):
        con.execute(
            "INSERT INTO membership (tenant_id, user_id, roles) VALUES (?, ?, ?)", tenant_id, user_id, names
        )


def places(database: Database, user_id: int) -> tuple[Place, ...]:
    """The employers of a user, in name order."""
    with database.transaction(None, read_only=True) as con:
        rows = con.all("SELECT tenant_id, roles FROM membership WHERE user_id = ?", user_id)
    found = [Place(id_, employer_name(database, id_), tuple(roles.split())) for id_, roles in rows]
    return tuple(sorted(found, key=lambda place: (place.name.casefold(), place.tenant_id)))


def employer_name(database: Database, tenant_id: int) -> str:
    """The present name of an employer, from its own rows; '' where there is no such employer."""
    with database.transaction(tenant_id, read_only=True) as con:
        units = units_of(con, tenant_id, "employer", tenant_id) or {}
    return str(units.get("name", ""))


def own_words(user: User, places_: Iterable[Place]) -> tuple[str, ...]:
    """What must not make up this user's password."""
    return (*(place.name for place in places_), user.name, user.display_name, user.email)


def as_row(user: User) -> Mapping[str, object]:
    """What an administrator sees of a user."""
    return {
        "name": user.name,
        "display_name": user.display_name,
        "email": user.email,
        "language": user.language,
        "factors": list(user.factors),
        "activated": bool(user.activated_at),
        "disabled": bool(user.disabled_at),
    }
