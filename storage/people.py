"""People, departments and rooms, and the directory of them that is built again only when they changed."""

import secrets
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, delete, func, select

from bot.directory import Directory
from bot.people import Account, Department, Person, Room
from bot.store import Link, Listing
from storage.statements import Row, Session, Statement, kept
from storage.tables import ACCOUNTS, DEPARTMENTS, LINKS, LISTINGS, PEOPLE, ROOMS, STAMPS

STAMP = Statement(select(STAMPS.c.value).where(STAMPS.c.name == bindparam("of")))
KEEP_STAMP = kept(STAMPS)
PERSONS = Statement(select(PEOPLE).order_by(PEOPLE.c.id))
BELONGINGS = Statement(select(ACCOUNTS).order_by(ACCOUNTS.c.person, ACCOUNTS.c.place))
DIVISIONS = Statement(select(DEPARTMENTS).order_by(DEPARTMENTS.c.id))
CONVERSATIONS = Statement(select(ROOMS).order_by(ROOMS.c.messenger, ROOMS.c.id))
NEXT_PERSON = Statement(select(func.coalesce(func.max(PEOPLE.c.id), 0) + 1))
NEXT_DEPARTMENT = Statement(select(func.coalesce(func.max(DEPARTMENTS.c.id), 0) + 1))
KEEP_PERSON, KEEP_ACCOUNT = kept(PEOPLE), kept(ACCOUNTS)
KEEP_DEPARTMENT, KEEP_ROOM = kept(DEPARTMENTS), kept(ROOMS)
DROP_ACCOUNTS = Statement(delete(ACCOUNTS).where(ACCOUNTS.c.person == bindparam("of")))
ROOM_NAME = Statement(
    select(ROOMS.c.name).where(ROOMS.c.messenger == bindparam("at_messenger"), ROOMS.c.id == bindparam("this"))
)

KEEP_LINK, KEEP_LISTING = kept(LINKS), kept(LISTINGS)
_LINKS = select(LINKS).order_by(LINKS.c.messenger, LINKS.c.division)
LINKED, ALL_LINKED = Statement(_LINKS.where(LINKS.c.messenger == bindparam("of"))), Statement(_LINKS)
LISTED = Statement(select(LISTINGS).where(LISTINGS.c.messenger == bindparam("of")))


class Latest:
    """The directory that was built last, and the stamp it was built at; shared by every thread of a store.

    A stamp is never used twice, so it says what the directory holds, also when a transaction is undone."""

    def __init__(self, fallback: str) -> None:
        self.fallback = fallback
        self.built: tuple[str, Directory] = ("", Directory.of((), (), fallback=fallback))


class StoredPeople:
    """The people."""

    def __init__(self, session: Session, latest: Latest) -> None:
        self._session = session
        self._latest = latest

    def directory(self) -> Directory:
        row = self._session.first(STAMP, of="people")
        stamp = row[0] if row else ""
        known, directory = self._latest.built
        if stamp != known:
            directory = self._directory()
            self._latest.built = (stamp, directory)
        return directory

    def save(self, person: Person) -> Person:
        self._stamp()
        kept = person if person.id else replace(person, id=self._next(NEXT_PERSON))
        self._session.run(
            KEEP_PERSON, id=kept.id, name=kept.name, timezone=kept.timezone, language=kept.language, email=kept.email,
            department=kept.department, prefers=kept.prefers, active=kept.active, admin=kept.admin,
        )  # fmt: skip
        self._session.run(DROP_ACCOUNTS, of=kept.id)
        self._session.many(KEEP_ACCOUNT, [_account(kept.id, place, one) for place, one in enumerate(kept.accounts)])
        return kept

    def save_department(self, department: Department) -> Department:
        self._stamp()
        kept = department if department.id else replace(department, id=self._next(NEXT_DEPARTMENT))
        room = kept.room
        self._session.run(
            KEEP_DEPARTMENT, id=kept.id, name=kept.name, head=kept.head, parent=kept.parent,
            room_messenger=room.messenger if room else None, room_id=room.id if room else None,
            room_name=room.name if room else None,
        )  # fmt: skip
        return kept

    def save_room(self, room: Room) -> None:
        if self._session.first(ROOM_NAME, at_messenger=room.messenger, this=room.id) != (room.name,):
            self._stamp()
            self._session.run(KEEP_ROOM, messenger=room.messenger, id=room.id, name=room.name)

    def alone(self) -> None:
        self._stamp()

    def links(self, messenger: str = "") -> list[Link]:
        rows = self._session.rows(LINKED, of=messenger) if messenger else self._session.rows(ALL_LINKED)
        return [Link(*row) for row in rows]

    def save_link(self, link: Link) -> None:
        self._session.run(
            KEEP_LINK, messenger=link.messenger, division=link.division, department=link.department, name=link.name,
            parent=link.parent, head=link.head,
        )  # fmt: skip

    def listings(self, messenger: str) -> dict[str, Listing]:
        rows = self._session.rows(LISTED, of=messenger)
        return {user: Listing(Account(name, user), department, bool(here)) for name, user, department, here in rows}

    def save_listing(self, listing: Listing) -> None:
        account = listing.account
        self._session.run(
            KEEP_LISTING, messenger=account.messenger, user_id=account.user_id, department=listing.department,
            here=listing.here,
        )  # fmt: skip

    def _stamp(self) -> None:
        """Before anything is changed: on PostgreSQL this also makes those who change people wait for each other."""
        self._session.run(KEEP_STAMP, name="people", value=secrets.token_hex(8))

    def _next(self, statement: Statement) -> int:
        row = self._session.first(statement)
        assert row is not None
        return int(row[0])

    def _directory(self) -> Directory:
        accounts: dict[int, list[Account]] = {}
        for messenger, user_id, person, _ in self._session.rows(BELONGINGS):
            accounts.setdefault(person, []).append(Account(messenger, user_id))
        return Directory.of(
            [_person(row, accounts) for row in self._session.rows(PERSONS)],
            [_department(row) for row in self._session.rows(DIVISIONS)],
            [Room(*row) for row in self._session.rows(CONVERSATIONS)],
            fallback=self._latest.fallback,
        )


def _account(person: int, place: int, account: Account) -> dict[str, Any]:
    return {"messenger": account.messenger, "user_id": account.user_id, "person": person, "place": place}


def _person(row: Row, accounts: dict[int, list[Account]]) -> Person:
    id, name, timezone, language, email, department, prefers, active, admin = row
    theirs = tuple(accounts.get(id, ()))
    return Person(id, name, timezone, language, email, department, theirs, prefers, active, admin)


def _department(row: Row) -> Department:
    id, name, head, parent, messenger, room, room_name = row
    return Department(id, name, head, parent, Room(messenger, room, room_name) if messenger is not None else None)
