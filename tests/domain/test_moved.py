"""Which changes can move a moment: every field that one hangs on is among those that are looked at."""

from datetime import date, timedelta

import pytest

from bot.domain.action import Action, Block, Cadence, Deliverable, Priority, Source, State, Supporter
from bot.domain.alarms import moments, moved
from bot.people import Room
from tests.domain.given import SOMEBODY, WEDNESDAY, due, item, timetable

TABLE = timetable()
LATER = WEDNESDAY + timedelta(days=3)
OTHERS = {
    "text": "Another", "owner": SOMEBODY, "assigner": SOMEBODY, "tracker": SOMEBODY, "due": due(date(2026, 12, 4)),
    "first_due": date(2026, 12, 4), "created_at": LATER, "asked_at": LATER, "number": 43, "version": 9,
    "department": 4, "supporters": (Supporter(person=5),), "criterion": "It is signed.", "place": "B2",
    "source": Source("Weekly"), "room": Room("web", "product"), "priority": Priority.HIGH, "cadence": Cadence.DAILY,
    "postponements": 2, "block": Block("no budget", SOMEBODY, date(2026, 12, 1)), "deliverables": (Deliverable("draft"),),
    "note": "soon", "note_at": LATER, "submitted_at": LATER, "finished_at": LATER, "snoozed_until": LATER,
    "nudged_at": LATER, "changed_at": LATER, "readers": (5,),
}  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_what_moves_a_moment_is_seen(state):
    before = item(state, submitted_at=WEDNESDAY)
    for name in set(Action.__struct_fields__) - {"state", "number"}:
        after = before.but(**{name: OTHERS[name]})
        assert before != after, name
        assert moved(before, after) or moments(before, WEDNESDAY, TABLE) == moments(after, WEDNESDAY, TABLE), name


@pytest.mark.parametrize(("one", "other"), [(State.PROPOSED, State.IN_PROGRESS), (State.IN_PROGRESS, State.DONE)])
def test_another_state_is_seen(one, other):
    assert moved(item(one), item(other))


@pytest.mark.parametrize("fields", [{"note": "soon", "note_at": LATER}, {"text": "Another"}, {"nudged_at": LATER}])
def test_a_note_another_wording_and_a_nudge_move_nothing(fields):
    assert not moved(item(), item().but(version=2, changed_at=LATER, **fields))
