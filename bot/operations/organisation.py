"""The organisation as a messenger's directory has it, kept as the workplace's: departments with parent and head, and who is
in which (what A7 and R1 ask for).

**Who wins.** A directory fills in what is empty, and from then on changes only what it has filled in itself. Whatever stands
there from somebody else (`bihuan import people`, another messenger) stays, also when both say the same. So:

- a division is found by the messenger's own id, the first time by its name: a department of that name which is no other
  division of that messenger is the same one, and keeps its name;
- a rename, a move or another head is followed where the directory gave the one before;
- a head who has left is none: the next one that a directory names takes their place;
- somebody moves with their messenger unless they were put where they are by hand; their items stay where they were made;
- an address that is missing is filled in, so is the name of somebody who is called by their account;
- what a messenger does not say (None, a scope that is missing) changes nothing, and nothing is ever deleted.

Two messengers that say different things of one department do not take turns: the first one's word holds.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from bot.announcements import Desk, ownerless, unverified
from bot.directory import folded
from bot.domain.action import OPEN, State
from bot.operations import minutes
from bot.operations.series import Clerk
from bot.people import Account, Department, Division, Person, Profile
from bot.store import Link, Listing, Query, Records
from bot.workplace import Workplace

T = TypeVar("T")
Said = tuple[()] | tuple[T]
"""What a directory says of one thing; empty when it does not say."""
UNTOLD: tuple[()] = ()
_SUBMITTED = frozenset({State.SUBMITTED})


def arrange(records: Records, messenger: str, divisions: Iterable[Division]) -> int:
    """Keeps a messenger's divisions as departments; how many are new or changed. Heads are found among the people who are
    known. The same divisions again, in whatever order, change nothing."""
    ordered = downwards(divisions)
    arrangement = _Arrangement(records, messenger, frozenset(one.id for one in ordered))
    return sum(arrangement.takes(division) for division in ordered)


def rearranges(records: Records, messenger: str, divisions: Iterable[Division]) -> bool:
    """Whether `arrange` would change anything; only reads."""
    ordered = downwards(divisions)
    arrangement = _Arrangement(records, messenger, frozenset(one.id for one in ordered))
    return any(arrangement.changes(division) for division in ordered)


def downwards(divisions: Iterable[Division]) -> list[Division]:
    """Each once, parents before their children, in an order that does not depend on theirs."""
    known = {one.id: one for one in sorted(divisions, key=_sign, reverse=True)}
    return sorted(known.values(), key=lambda one: (_depth(one, known), one.name, one.id))


def unsettled(records: Records, messenger: str, profiles: Iterable[Profile]) -> list[Profile]:
    """Those by whom something would change, of people who are known."""
    placing = _Placing(records, messenger)
    return [profile for profile in profiles if placing.changes(profile)]


def turned(records: Records, messenger: str, profiles: Iterable[Profile]) -> list[Profile]:
    """Those by whom somebody who is known has left or is back: to be settled before departments are arranged, because
    somebody who has left heads nothing."""
    placing = _Placing(records, messenger)
    return [profile for profile in profiles if placing.turns(profile)]


def settle(
    records: Records, messenger: str, profiles: Iterable[Profile], workplace: Workplace, now: datetime
) -> list[Person]:
    """Puts known people where their messenger says they are. Who has left every messenger that shows them becomes inactive
    and is returned; whoever stands in for them is asked at once to hand their open items over (A14) and to verify what waits
    for them (A3), and no minutes wait for them (N4). Who is back is active again."""
    placing = _Placing(records, messenger)
    gone = [person for profile in profiles if (person := placing.takes(profile)) is not None]
    if not gone:  # spares building the directory anew
        return gone
    clerk = Clerk(now, records, records.people.directory(), workplace)
    desk = Desk(clerk.directory, workplace)
    for person in gone:
        items = records.actions.find(Query(owner=person.id, states=OPEN))
        records.outbox.add(ownerless(person.id, items, desk, now))
        submitted = records.actions.find(Query(tracker=person.id, states=_SUBMITTED))
        records.outbox.add(unverified(submitted, desk, now))
        minutes.excuse(clerk, person.id)
    return gone


def placed(records: Records, person: Person, profile: Profile) -> Person:
    """Somebody who has just been met, in the department that their messenger says; as they are kept now."""
    if profile.division is None and not profile.department:
        return person
    _Placing(records, profile.account.messenger).takes(profile)
    return records.people.directory().person(person.id)


def out_of_sight(records: Records, messenger: str, users: Iterable[str]) -> None:
    """These accounts are not shown any more, and nobody says that they have left."""
    known = records.people.listings(messenger)
    for user in users:
        if user in known and known[user].here:
            records.people.save_listing(replace(known[user], here=False))


def by_hand(records: Records, placed: Iterable[Person], headed: Iterable[int]) -> None:
    """What somebody has just settled is no directory's any more: where these people are, and who heads these departments."""
    departments = set(headed)
    for link in records.people.links():
        if link.department in departments and link.head is not None:
            records.people.save_link(replace(link, head=None))
    accounts = [account for person in placed for account in person.accounts]
    for messenger in dict.fromkeys(account.messenger for account in accounts):
        listings = records.people.listings(messenger)
        for account in accounts:
            listing = listings.get(account.user_id) if account.messenger == messenger else None
            if listing is not None and listing.department is not None:
                records.people.save_listing(replace(listing, department=None))


class _Arrangement:
    """The departments of one transaction while one messenger's divisions are kept; `present`: all that it names."""

    def __init__(self, records: Records, messenger: str, present: frozenset[str]) -> None:
        self._records = records
        self._messenger = messenger
        self._present = present
        self._directory = records.people.directory()
        self._departments = dict(self._directory.departments)
        self._links = {link.division: link for link in records.people.links(messenger)}

    def changes(self, division: Division) -> bool:
        """Whether this one would change anything, as long as none before it did."""
        link = self._links.get(division.id)
        if link is None:
            return bool(division.name)
        standing = self._standing(link)
        return self._after(division, standing, link) != (standing, link)

    def takes(self, division: Division) -> bool:
        """Keeps one; whether anything of it changed."""
        before = self._links.get(division.id)
        link = before or self._begun(division)
        if link is None:
            return False
        standing = self._standing(link)
        department, link = self._after(division, standing, link)
        if department != standing:
            department = self._records.people.save_department(department)
            self._departments[department.id] = department
            link = replace(link, department=department.id)
        if link != before:
            self._records.people.save_link(link)
            self._links[division.id] = link
        return department != standing or link != before

    def _standing(self, link: Link) -> Department:
        """The department as it is; one that is to be made has no name yet."""
        return self._departments.get(link.department, Department(0, ""))

    def _begun(self, division: Division) -> Link | None:
        """A division that is new here: the department of its name, else one to be made; None for one without a name."""
        if not division.name:
            return None
        found = self._namesake(division)
        return Link(self._messenger, division.id, found.id if found else 0)

    def _namesake(self, division: Division) -> Department | None:
        """The department of this name, rather one in the same place, that is no other division of this messenger's now."""
        taken = {link.department for id, link in self._links.items() if id in self._present}
        named = [
            one for one in self._departments.values()
            if one.id not in taken and folded(one.name) == folded(division.name)
        ]  # fmt: skip
        parent = self._parent(division, 0)
        return min(named, key=lambda one: ((one.parent,) != parent, one.id), default=None)

    def _after(self, division: Division, standing: Department, link: Link) -> tuple[Department, Link]:
        """The department and its link when the division has been heard."""
        name, own_name = _heard(standing.name, link.name, (division.name,) if division.name else UNTOLD, "")
        parent, own_parent = _heard(standing.parent, link.parent, self._parent(division, standing.id), None)
        said = self._head(division)
        head, own_head = _heard(self._still_head(standing.head, said), link.head, said, None)
        department = replace(standing, name=name, parent=parent, head=head)
        return department, replace(link, name=own_name, parent=own_parent, head=own_head)

    def _parent(self, division: Division, department: int) -> Said[int | None]:
        """The department above; not told when it is not shown, or when it would be above itself."""
        if division.parent is None:
            return UNTOLD
        if not division.parent:
            return (None,)
        link = self._links.get(division.parent)
        return UNTOLD if link is None or self._is_above(department, link.department) else (link.department,)

    def _is_above(self, department: int, below: int) -> bool:
        seen: set[int] = set()
        place: int | None = below
        while place is not None and place not in seen:
            if place == department:
                return True
            seen.add(place)
            here = self._departments.get(place)
            place = here.parent if here else None
        return False

    def _head(self, division: Division) -> Said[int | None]:
        """The first of its heads who is here. When none is, and somebody among them is not known, nothing is told."""
        if division.heads is None:
            return UNTOLD
        known = [self._directory.by_account(Account(self._messenger, head)) for head in division.heads]
        here = [one.id for one in known if one is not None and one.active]
        if here:
            return (here[0],)
        return UNTOLD if None in known else (None,)

    def _still_head(self, head: int | None, said: Said[int | None]) -> int | None:
        """Who heads it until now; a head who has left makes room for another."""
        person = self._directory.people.get(head) if head is not None else None
        gone = person is None or not person.active
        return None if gone and said not in (UNTOLD, (None,)) else head


class _Placing:
    """The people of one transaction while one messenger's profiles are heard."""

    def __init__(self, records: Records, messenger: str) -> None:
        self._records = records
        self._directory = records.people.directory()
        self._links = {link.division: link.department for link in records.people.links(messenger)}
        self._listings = {messenger: records.people.listings(messenger)}
        self._people: dict[int, Person] = {}

    def changes(self, profile: Profile) -> bool:
        """Whether this profile would change anything."""
        person = self._person(profile)
        return person is not None and self._after(person, profile) != (person, self._listing(profile.account))

    def turns(self, profile: Profile) -> bool:
        """Whether somebody would leave by it, or be back."""
        person = self._person(profile)
        return person is not None and self._after(person, profile)[0].active != person.active

    def takes(self, profile: Profile) -> Person | None:
        """Keeps what it says; the person, when they have left by it."""
        before = self._person(profile)
        if before is None:
            return None
        after, listing = self._after(before, profile)
        if listing != self._listing(profile.account):
            self._records.people.save_listing(listing)
            self._listings[profile.account.messenger][profile.account.user_id] = listing
        if after != before:
            self._people[after.id] = self._records.people.save(after)
        return after if before.active and not after.active else None

    def _after(self, person: Person, profile: Profile) -> tuple[Person, Listing]:
        known = self._listing(profile.account)
        place, own = _heard(person.department, known.department if known else None, self._place(profile), None)
        active = profile.active or (person.active and self._is_shown(person, profile.account))
        after = replace(person, department=place, active=active, **self._filled_in(person, profile))
        return after, Listing(profile.account, own, profile.active)

    def _filled_in(self, person: Person, profile: Profile) -> dict[str, str]:
        """The address of somebody who has none, where it is nobody else's, and the name of somebody who is called by their
        account: what the messenger did not tell when they were met, because a scope was missing."""
        found = {}
        if profile.email and not person.email and self._directory.by_email(profile.email) is None:
            found["email"] = profile.email
        if person.name == profile.account.user_id:
            found["name"] = profile.name
        return found

    def _place(self, profile: Profile) -> Said[int | None]:
        """The department: by the division's id, else by its name."""
        if profile.division == "":
            return (None,)
        if profile.division in self._links:
            return (self._links[profile.division],)
        named = self._directory.department(profile.department) if profile.department else None
        return (named.id,) if named else UNTOLD

    def _is_shown(self, person: Person, besides: Account) -> bool:
        """Whether a directory shows them by another account. An account that no directory ever showed (the web workplace's)
        keeps nobody here."""
        others = (self._listing(account) for account in person.accounts if account != besides)
        return any(one is not None and one.here for one in others)

    def _listing(self, account: Account) -> Listing | None:
        if account.messenger not in self._listings:
            self._listings[account.messenger] = self._records.people.listings(account.messenger)
        return self._listings[account.messenger].get(account.user_id)

    def _person(self, profile: Profile) -> Person | None:
        found = self._directory.by_account(profile.account)
        return self._people.get(found.id, found) if found else None


def _heard(standing: T, own: T, said: Said[T], empty: T) -> tuple[T, T]:
    """What stands after a directory has said something, and what of it is the directory's: see the rule above."""
    if not said:
        return standing, own
    return (said[0], said[0]) if standing in (own, empty) else (standing, empty)


def _depth(division: Division, known: Mapping[str, Division]) -> int:
    """How many of the known are above it; a circle ends where it began."""
    seen = {division.id}
    above = known.get(division.parent or "")
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = known.get(above.parent or "")
    return len(seen)


def _sign(division: Division) -> tuple[object, ...]:
    """An order among entries of one id, which may have come on two pages, before and after a change: what is said goes
    before what is not."""
    parent, heads = division.parent, division.heads
    return not division.name, division.name, parent is None, parent or "", heads is None, heads or ()
