"""The course of a meeting that is held, every state × verb, and what each verb does to it (M1, M2, M5)."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.domain import holding
from bot.domain import meeting as module
from bot.domain.captured import Sort, Verdict
from bot.domain.facts import Met
from bot.domain.meeting import MEETING_MOVES, Invitee, Meeting, MeetingState, MeetingVerb, Reply
from bot.domain.rules import Rules
from bot.errors import Refusal
from bot.people import Room
from tests.domain.sitting import GUEST, HOST, NOW, RECORDER, ROOM, START, TOPICS, WALK_IN, at, line, meeting

RULES = Rules()

DOES: dict[MeetingVerb, Callable[[Meeting], Met]] = {
    MeetingVerb.START: lambda one: holding.start(one, HOST, NOW, RULES, ROOM),
    MeetingVerb.NEXT: lambda one: holding.next_(one, HOST, NOW),
    MeetingVerb.HERE: lambda one: holding.here(one, (WALK_IN,), WALK_IN, NOW),
    MeetingVerb.NOTE: lambda one: holding.take_down(one, Sort.NOTE, "成本", GUEST, NOW)[0],
    MeetingVerb.DECIDE: lambda one: holding.take_down(one, Sort.DECISION, "做", GUEST, NOW)[0],
    MeetingVerb.ACT: lambda one: holding.take_down(one, Sort.ACTION, "写", GUEST, NOW, label="A-1")[0],
    MeetingVerb.PARK: lambda one: holding.take_down(one, Sort.PARKED, "海外", GUEST, NOW)[0],
    MeetingVerb.WITHDRAW: lambda one: holding.withdraw(one, line(), GUEST, NOW)[0],
    MeetingVerb.END: lambda one: holding.end(one, HOST, NOW),
    MeetingVerb.RESUME: lambda one: holding.resume(one, HOST, NOW),
}
TAKING = (MeetingVerb.NOTE, MeetingVerb.DECIDE, MeetingVerb.ACT, MeetingVerb.PARK, MeetingVerb.WITHDRAW)
"""After the end these are the host's settling (M5)."""
COLUMNS = {
    "start": MeetingVerb.START,
    "end": MeetingVerb.END,
    "resume": MeetingVerb.RESUME,
    "capture": MeetingVerb.NOTE,
}


def settles(verb: MeetingVerb, state: MeetingState) -> bool:
    return verb in TAKING and state is MeetingState.ENDED


@pytest.mark.parametrize("verb", DOES)
def test_what_the_table_allows(verb):
    for state in [one for one in MeetingState if one in MEETING_MOVES[verb] or settles(verb, one)]:
        before = meeting(state)
        fact = DOES[verb](before)
        assert fact.verb is (MeetingVerb.SETTLE if settles(verb, state) else verb), state
        assert fact.after.state is (state if settles(verb, state) else MEETING_MOVES[verb][state])
        assert (fact.before, fact.at, fact.after.version, fact.after.changed_at) == (before, NOW, 5, NOW), state


@pytest.mark.parametrize("verb", DOES)
def test_what_the_table_does_not_have(verb):
    for state in [one for one in MeetingState if one not in MEETING_MOVES[verb] and not settles(verb, one)]:
        with pytest.raises(Refusal) as refused:
            DOES[verb](meeting(state))
        assert refused.value.text == "meeting-wrong-state", state
        assert refused.value.args_ == {"meeting": "M-7", "stage": f"meeting-{state}", "deed": f"meeting-{verb}"}


def test_the_written_table_says_the_same():
    rows = [row for row in (module.__doc__ or "").splitlines() if row.startswith("|") and "---" not in row]
    head, *body = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    for column, verb in COLUMNS.items():
        cells = {one[0]: one[head.index(column)].rstrip("¹²") for one in body}
        said = {state: "=" if to is MeetingState(state) else str(to) for state, to in MEETING_MOVES[verb].items()}
        written = {MeetingState(state): cell for state, cell in cells.items() if cell != "—"}
        assert written == said, column


class TestStart:
    def test_the_first_topic_is_on(self):
        after = holding.start(meeting(MeetingState.ANNOUNCED), HOST, NOW, RULES, ROOM).after
        assert (after.on, after.topics[0].started_at, after.started_at) == (1, NOW, NOW)
        assert all(topic.started_at is None for topic in after.topics[1:])

    def test_without_an_agenda_no_topic_is_on(self):
        bare = meeting(MeetingState.ANNOUNCED, topics=())
        assert holding.start(bare, HOST, NOW, RULES, ROOM).after.on is None

    @pytest.mark.parametrize(("minutes", "late"), [(-30, None), (0, None), (5, None), (6, 6), (90, 90)])
    def test_late_is_more_than_five_minutes(self, minutes, late):
        fact = holding.start(meeting(MeetingState.ANNOUNCED), HOST, at(minutes), RULES, ROOM)
        assert fact.details.get("late") == late

    def test_it_keeps_its_room_and_takes_one_where_it_has_none(self):
        other = Room("paper", "r2")
        assert holding.start(meeting(MeetingState.ANNOUNCED), HOST, NOW, RULES, other).after.room == ROOM
        bare = meeting(MeetingState.ANNOUNCED, room=None)
        assert holding.start(bare, HOST, NOW, RULES, other).after.room == other

    def test_whoever_starts_it_is_there_unless_it_is_not_their_meeting(self):
        mine = holding.start(meeting(MeetingState.ANNOUNCED), RECORDER, NOW, RULES, ROOM).after
        assert holding.attendees(mine) == (RECORDER,)
        admins = holding.start(meeting(MeetingState.ANNOUNCED), WALK_IN, NOW, RULES, ROOM).after
        assert holding.attendees(admins) == ()


class TestTopics:
    def test_what_was_not_taken_is_no_topic(self):
        one = meeting()
        for expected in (2, 3, None):
            one = holding.next_(one, HOST, NOW).after
            assert one.on == expected
        with pytest.raises(Refusal, match="no-more-topics"):
            holding.next_(one, HOST, NOW)

    def test_times_as_they_came(self):
        after = holding.next_(meeting(), HOST, NOW).after
        assert (after.topics[0].started_at, after.topics[0].ended_at, after.topics[1].started_at) == (START, NOW, NOW)

    def test_a_topic_taken_up_again_keeps_its_first_beginning(self):
        there = holding.next_(meeting(), HOST, NOW, 3).after
        back = holding.next_(there, HOST, at(20), 1).after
        assert (back.topics[0].started_at, back.topics[0].ended_at) == (START, None)
        assert back.topics[2].ended_at == at(20)

    def test_the_first_one_never_begun_follows_the_last(self):
        skipped = holding.next_(meeting(), HOST, NOW, 3).after
        through = holding.next_(skipped, HOST, at(20)).after
        assert through.on is None
        assert holding.next_(through, HOST, at(21)).after.on == 2

    @pytest.mark.parametrize("place", [0, 4, 99])
    def test_a_place_beyond_the_agenda(self, place):
        with pytest.raises(Refusal, match="no-such-topic"):
            holding.next_(meeting(), HOST, NOW, place)

    def test_a_press_that_saw_another_topic(self):
        assert holding.next_(meeting(), HOST, NOW, leaving=1).after.on == 2
        with pytest.raises(Refusal, match="topic-moved-on"):
            holding.next_(meeting(), HOST, NOW, leaving=2)
        with pytest.raises(Refusal, match="meeting-wrong-state"):
            holding.next_(meeting(MeetingState.ENDED), HOST, NOW, leaving=2)


class TestPresence:
    def test_the_first_time_counts(self):
        once = holding.here(meeting(), (GUEST,), GUEST, NOW).after
        again = holding.here(once, (GUEST, RECORDER), HOST, at(30))
        assert again.details == {"people": [RECORDER]}
        assert [one.here_at for one in again.after.invitees] == [None, at(30), NOW]

    def test_nobody_new_is_refused(self):
        once = holding.here(meeting(), (GUEST,), GUEST, NOW).after
        with pytest.raises(Refusal, match="here-already"):
            holding.here(once, (GUEST,), GUEST, at(30))

    def test_a_walk_in_becomes_an_invitee(self):
        after = holding.here(meeting(), (WALK_IN,), WALK_IN, NOW).after
        assert after.invitees[-1] == Invitee(WALK_IN, Reply.ACCEPTED, here_at=NOW)

    def test_a_proxy_is_there_and_whom_they_stand_for_is_not(self):
        sent = meeting(invitees=(Invitee(HOST), Invitee(GUEST, Reply.PROXY, "出差", WALK_IN)))
        after = holding.here(sent, (WALK_IN,), WALK_IN, NOW).after
        assert holding.attendees(after) == (WALK_IN,)
        assert not holding.is_here(after, GUEST)


class TestTakingDown:
    def test_numbers_are_given_once_with_those_of_topics(self):
        fact, first = holding.take_down(meeting(), Sort.NOTE, "一", GUEST, NOW)
        _, second = holding.take_down(fact.after, Sort.NOTE, "二", GUEST, NOW)
        assert (first.number, second.number, fact.after.mark) == (5, 6, 5)

    def test_under_the_topic_that_is_on(self):
        assert holding.take_down(meeting(), Sort.NOTE, "一", GUEST, NOW)[1].topic == 1
        assert holding.take_down(meeting(on=None), Sort.NOTE, "一", GUEST, NOW)[1].topic is None
        assert holding.take_down(meeting(), Sort.NOTE, "一", GUEST, NOW, topic=3)[1].topic == 3

    def test_an_invitee_who_takes_something_down_is_there_and_a_stranger_is_not_invited(self):
        assert holding.attendees(holding.take_down(meeting(), Sort.NOTE, "一", GUEST, NOW)[0].after) == (GUEST,)
        strange = holding.take_down(meeting(), Sort.NOTE, "一", WALK_IN, NOW)[0].after
        assert strange.invitees == meeting().invitees

    def test_settling_afterwards_makes_nobody_present(self):
        after = holding.take_down(meeting(MeetingState.ENDED), Sort.DECISION, "做", HOST, NOW)[0].after
        assert holding.attendees(after) == ()

    def test_corrected_fields_and_no_others(self):
        _, after = holding.correct(meeting(), line(Sort.DECISION, why="便宜"), GUEST, NOW, verdict=Verdict.REJECTED)
        assert (after.verdict, after.text, after.why, after.version) == (Verdict.REJECTED, "成本", "便宜", 2)
        _, cleared = holding.correct(meeting(), line(Sort.DECISION, why="便宜"), GUEST, NOW, why="")
        assert cleared.why == ""

    def test_nothing_corrected_is_refused(self):
        with pytest.raises(Refusal, match="capture-same"):
            holding.correct(meeting(), line(), GUEST, NOW, text="成本")

    def test_what_was_withdrawn_stays_so(self):
        _, gone = holding.withdraw(meeting(), line(), GUEST, NOW)
        assert (gone.withdrawn, gone.version, gone.text) == (True, 2, "成本")
        for act in (holding.withdraw, lambda *args: holding.correct(*args, text="x")):
            with pytest.raises(Refusal, match="capture-withdrawn"):
                act(meeting(), gone, GUEST, NOW)


class TestEnd:
    def test_real_times(self):
        fact = holding.end(meeting(), HOST, at(75))
        assert (fact.after.ended_at, fact.after.on, fact.after.topics[0].ended_at) == (at(75), None, at(75))
        assert fact.details == {"over": 15}
        assert holding.end(meeting(), HOST, at(60)).details == {}

    def test_it_goes_on_where_it_broke_off(self):
        ended = holding.end(meeting(), HOST, NOW).after
        on = holding.resume(ended, HOST, at(20)).after
        assert (on.on, on.ended_at, on.started_at) == (1, None, START)
        assert (on.topics[0].started_at, on.topics[0].ended_at) == (START, None)

    def test_ended_between_topics_it_goes_on_without_one(self):
        ended = holding.end(replace(meeting(), on=None), HOST, NOW).after
        assert holding.resume(ended, HOST, at(20)).after.on is None


def test_the_topics_of_these_tests_are_an_agenda():
    assert [topic.number for topic in meeting().agenda] == [1, 2, 3]
    assert [topic.taken for topic in TOPICS] == [True, True, True, False]
