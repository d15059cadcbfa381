"""When somebody's zone changes: their days stay, the instants and alarms are reckoned anew (T1, A4 row 14)."""

from msgspec.structs import replace

from bot.calendar import at
from bot.domain.action import OPEN, Action, Verb
from bot.domain.alarms import Timetable, moments
from bot.domain.facts import Changed
from bot.operations.change import remember
from bot.operations.desk import Desk
from bot.people import Person
from bot.store import Query


def rezone(desk: Desk, person: Person) -> list[Changed]:
    """Saves the person with the new zone; every open item they own ends by their new clock, with a line in its history;
    alarms that ring in their morning (as tracker, resolver or assigner) move along. Returns what changed of their own."""
    desk.records.people.save(person)
    table = desk.workplace.timetable(desk.records.people.directory())
    touched = desk.records.actions.find(Query(states=OPEN))
    own = [action for action in touched if action.owner == person.id]
    facts = [fact for action in own if (fact := _ends_elsewhere(desk, action, table)) is not None]
    moved = {fact.after.number for fact in facts}
    for action in touched:
        if action.number not in moved and person.id in _hearers(action):
            desk.records.alarms.replace({action.label: moments(action, desk.now, table)}, desk.now)
    return facts


def _ends_elsewhere(desk: Desk, action: Action, table: Timetable) -> Changed | None:
    """The same day by another clock, saved; None when the instant is the same."""
    wall = action.due.time or desk.workplace.rules.due_time
    ends = at(action.due.day, wall, table.zones.zone(action.owner))
    if ends == action.due.at:
        return None
    after = replace(action, due=replace(action.due, at=ends), version=action.version + 1, changed_at=desk.now)
    fact = Changed(Verb.EDIT, action, after, desk.by.id, desk.now)
    desk.records.actions.save(after)
    remember(desk, fact)
    desk.records.alarms.replace({after.label: moments(after, desk.now, table)}, desk.now)
    return fact


def _hearers(action: Action) -> set[int]:
    resolver = {action.block.resolver} if action.block else set()
    return {action.owner, action.tracker, action.assigner} | resolver
