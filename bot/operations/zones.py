"""When somebody's zone changes: their days stay, the instants and alarms are reckoned anew (T1, A4 row 14)."""

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from bot.calendar import at
from bot.domain.action import OPEN, Action, Verb
from bot.domain.alarms import Timetable, moments
from bot.domain.facts import Changed
from bot.operations.desk import Desk
from bot.people import Person
from bot.store import Entry, Query, Records
from bot.workplace import Workplace


def rezone(desk: Desk, person: Person) -> list[Changed]:
    """Saves the person with the new zone. Returns what changed of their own."""
    desk.records.people.save(person)
    return reckon_anew(desk.records, desk.workplace, desk.now, {person.id})


def reckon_anew(records: Records, workplace: Workplace, now: datetime, people: Collection[int]) -> list[Changed]:
    """For people whose zone is another by now: every open item they own ends by their new clock, with a line in its history
    as theirs; alarms that ring in their morning (as tracker, resolver or assigner) move along. All open items are read once,
    however many people these are. Returns what changed of their own."""
    table = workplace.timetable(records.people.directory())
    touched = records.actions.find(Query(states=OPEN))
    own = [action for action in touched if action.owner in people]
    facts = [fact for action in own if (fact := _ends_elsewhere(records, workplace, now, action, table)) is not None]
    moved = {fact.after.number for fact in facts}
    rest = [one for one in touched if one.number not in moved and not _hearers(one).isdisjoint(people)]
    records.alarms.replace({action.label: moments(action, now, table) for action in rest}, now)
    return facts


def _ends_elsewhere(
    records: Records, workplace: Workplace, now: datetime, action: Action, table: Timetable
) -> Changed | None:
    """The same day by another clock, saved; None when the instant is the same."""
    wall = action.due.time or workplace.rules.due_time
    ends = at(action.due.day, wall, table.zones.zone(action.owner))
    if ends == action.due.at:
        return None
    after = replace(action, due=replace(action.due, at=ends), version=action.version + 1, changed_at=now)
    records.actions.save(after)
    records.history.add(Entry(after.label, now, after.owner, Verb.EDIT, before=action, after=after))
    records.alarms.replace({after.label: moments(after, now, table)}, now)
    records.outbox.refresh([after.label], now)
    return Changed(Verb.EDIT, action, after, after.owner, now)


def _hearers(action: Action) -> set[int]:
    resolver = {action.block.resolver} if action.block else set()
    return {action.owner, action.tracker, action.assigner} | resolver
