"""The rules of preparing (P3–P9, A13): what each asks of a meeting, and that a fact leaves everything else as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain import planning
from bot.domain.meeting import Invitee, Meeting, MeetingState, MeetingVerb, Reply, Topic
from bot.errors import Refusal

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)
START = NOW + timedelta(days=7)
ANN, BO, WEI, KIM = 1, 2, 3, 4


def topic(number: int, **fields) -> Topic:
    return replace(Topic(number, f"topic {number}", ANN), **fields)


def meeting(**fields) -> Meeting:
    """A complete draft of Ann's: Bo hosts, Wei records, Kim is invited; two topics of 15 minutes in an hour."""
    people = tuple(Invitee(one) for one in (ANN, BO, WEI, KIM))
    plain = Meeting(
        "Planning", "regular", ANN, START, 60, "Asia/Shanghai", NOW, number=7, host=BO, recorder=WEI, objective="why",
        expected="what", invitees=people, topics=(topic(1), topic(2)), mark=2,
    )  # fmt: skip
    return replace(plain, **fields)


def refused(carried_out) -> str:
    with pytest.raises(Refusal) as said:
        carried_out()
    return said.value.text


class TestNew:
    def test_the_organizer_comes_and_who_leads_and_records_is_invited(self):
        fact = planning.new(meeting(invitees=(Invitee(KIM),)), ANN, NOW)
        replies = [(one.person, one.reply) for one in fact.after.invitees]
        assert replies == [(KIM, Reply.WAITING), (ANN, Reply.ACCEPTED), (BO, Reply.WAITING), (WEI, Reply.WAITING)]
        assert (fact.verb, fact.before, fact.after.state) == (MeetingVerb.NEW, None, MeetingState.DRAFT)

    def test_one_person_in_two_parts_is_invited_once(self):
        fact = planning.new(meeting(invitees=(), host=ANN, recorder=ANN), ANN, NOW)
        assert [one.person for one in fact.after.invitees] == [ANN]

    @pytest.mark.parametrize("start", [NOW, NOW - timedelta(seconds=1), NOW - timedelta(days=1)])
    def test_not_in_the_past(self, start):
        assert refused(lambda: planning.new(meeting(start=start), ANN, NOW)) == "meeting-past"

    @pytest.mark.parametrize("length", [0, -5, planning.LONGEST + 1])
    def test_not_without_or_beyond_length(self, length):
        assert refused(lambda: planning.new(meeting(length=length), ANN, NOW)) == "meeting-length"


class TestLacking:
    @pytest.mark.parametrize(
        ("without", "name"),
        [
            ({"objective": ""}, "objective"), ({"expected": ""}, "expected"), ({"host": None}, "host"),
            ({"recorder": None}, "recorder"), ({"invitees": (Invitee(ANN),)}, "invitees"), ({"topics": ()}, "topic"),
            ({"topics": (topic(1, taken=False),)}, "topic"),
        ],
    )  # fmt: skip
    def test_each_is_named_and_holds_the_announcement(self, without, name):
        one = meeting(**without)
        assert planning.lacking(one) == (name,)
        assert refused(lambda: planning.announce(one, ANN, NOW, awaiting=False, short=False)) == "meeting-incomplete"

    def test_an_unplanned_one_that_needs_approval_says_why(self):
        assert planning.lacking(meeting(), approval=True) == ("reason",)
        assert planning.lacking(meeting(why="urgent"), approval=True) == ()

    def test_a_complete_one_lacks_nothing(self):
        fact = planning.announce(meeting(), ANN, NOW, awaiting=False, short=True)
        assert (fact.after.state, fact.after.announced_at, fact.after.short) == (MeetingState.ANNOUNCED, NOW, True)

    def test_while_it_awaits_nobody_is_told(self):
        fact = planning.announce(meeting(why="urgent"), ANN, NOW, awaiting=True, short=False)
        assert (fact.after.state, fact.after.announced_at) == (MeetingState.AWAITING, None)


class TestArithmetic:
    @given(st.lists(st.integers(1, 240), max_size=8), st.integers(1, 1440))
    def test_by_how_much_it_does_not_fit(self, minutes, length):
        one = meeting(topics=tuple(topic(n, minutes=m) for n, m in enumerate(minutes, 1)), length=length)
        assert planning.planned(one) == sum(minutes)
        assert planning.over(one) == max(0, sum(minutes) - length)

    def test_what_is_only_proposed_takes_no_time(self):
        assert planning.planned(meeting(topics=(topic(1), topic(2, taken=False)))) == 15

    def test_too_long_an_agenda_is_not_announced(self):
        long = meeting(topics=(topic(1, minutes=61),))
        assert refused(lambda: planning.announce(long, ANN, NOW, awaiting=False, short=False)) == "meeting-over"

    def test_the_sixth_needs_an_override_and_a_carried_one_does_not_count(self):
        five = meeting(topics=tuple(topic(n, minutes=1) for n in range(1, 6)))
        new = topic(0, title="sixth")
        assert refused(lambda: planning.add_topic(five, new, ANN, NOW, 5)) == "topic-sixth"
        assert len(planning.add_topic(five, new, ANN, NOW, 5, override=True).after.agenda) == 6
        carried = replace(five, topics=(topic(9, carried="A-1"), *five.topics[:4]))
        assert len(planning.add_topic(carried, new, ANN, NOW, 5).after.agenda) == 6


class TestOrder:
    @given(st.lists(st.integers(-1, 1), min_size=1, max_size=8))
    def test_topics_added_stand_by_priority_and_else_as_they_came(self, priorities):
        one = meeting(topics=(), mark=0)
        for priority in priorities:
            one = planning.add_topic(one, topic(0, priority=priority), ANN, NOW, 99).after
        assert [each.number for each in one.agenda] == [
            number for number, _ in sorted(enumerate(priorities, 1), key=lambda pair: -pair[1])
        ]

    @given(st.permutations(range(1, 6)), st.integers(0, 5))
    def test_the_named_come_first_and_none_is_lost(self, numbers, n):
        one = meeting(topics=tuple(topic(number) for number in range(1, 6)))
        ordered = planning.order(one, numbers[:n], ANN, NOW).after
        assert [each.number for each in ordered.topics][:n] == numbers[:n]
        assert set(ordered.topics) == set(one.topics)

    def test_a_number_is_given_once_even_after_a_drop(self):
        dropped = planning.drop_topic(meeting(), 2, ANN, NOW).after
        added = planning.add_topic(dropped, topic(0), ANN, NOW, 5).after
        assert [each.number for each in added.topics] == [1, 3]


class TestEdit:
    def test_what_is_the_same_is_no_change(self):
        assert refused(lambda: planning.edit(meeting(), ANN, NOW, {"objective": "why"})) == "meeting-edit-nothing"

    @pytest.mark.parametrize("name", planning.TOLD_AGAIN)
    def test_time_and_place_are_a_reschedule_that_keeps_what_was(self, name):
        one = meeting(place="room 3", link="https://a.example")
        new = {"start": START + timedelta(hours=1), "length": 90, "place": "room 5", "link": "https://b.example"}[name]
        fact = planning.edit(one, ANN, NOW, {name: new, "objective": "another"}, "moved")
        was = getattr(one, name)
        assert (fact.verb, fact.why) == (MeetingVerb.RESCHEDULE, "moved")
        assert fact.details["was"] == {name: was.isoformat() if name == "start" else was}

    def test_a_start_that_moves_asks_everybody_again_but_organizer_and_proxies(self):
        said = (
            Invitee(ANN, Reply.ACCEPTED), Invitee(BO, Reply.ACCEPTED), Invitee(WEI, Reply.DECLINED, "ill"),
            Invitee(KIM, Reply.PROXY, proxy=9),
        )  # fmt: skip
        fact = planning.edit(meeting(invitees=said), ANN, NOW, {"start": START + timedelta(days=1)})
        assert [one.reply for one in fact.after.invitees] == [Reply.ACCEPTED, Reply.WAITING, Reply.WAITING, Reply.PROXY]
        longer = planning.edit(meeting(invitees=said), ANN, NOW, {"length": 90})
        assert longer.after.invitees == said

    def test_a_meeting_that_has_begun_can_change_its_objective(self):
        late = START + timedelta(minutes=5)
        assert planning.edit(meeting(state=MeetingState.RUNNING), ANN, late, {"objective": "x"}).after.objective == "x"


class TestPeople:
    def test_somebody_is_invited_once(self):
        fact = planning.invite(meeting(), [KIM, 9, 9], ANN, NOW)
        assert fact.details["invited"] == [9]
        assert refused(lambda: planning.invite(meeting(), [KIM], ANN, NOW)) == "invited-already"

    @pytest.mark.parametrize("person", [ANN, BO, WEI])
    def test_who_has_a_part_stays(self, person):
        assert refused(lambda: planning.uninvite(meeting(), [person], ANN, NOW)) == "uninvite-role"

    def test_who_is_not_there_cannot_go(self):
        assert refused(lambda: planning.uninvite(meeting(), [9], ANN, NOW)) == "not-invited"

    def test_the_proxy_of_somebody_declines_and_it_is_the_invitees_turn_again(self):
        sent = planning.answer(meeting(), KIM, NOW, Reply.PROXY, "away", 9).after
        declined = planning.answer(sent, 9, NOW, Reply.DECLINED, "also away").after
        found = declined.invitee(KIM)
        assert found is not None
        assert (found.reply, found.proxy, found.why) == (Reply.DECLINED, 9, "also away")
        again = planning.answer(declined, KIM, NOW, Reply.ACCEPTED).after.invitee(KIM)
        assert again is not None
        assert (again.reply, again.proxy) == (Reply.ACCEPTED, None)


class TestCarry:
    def test_what_stands_there_already_is_no_change(self):
        one = planning.carry(meeting(), [topic(0, carried="A-1")], 0, NOW)
        assert one is not None
        assert [each.carried for each in one.after.agenda] == ["A-1", "", ""]
        assert planning.carry(one.after, [topic(0, carried="A-1")], 0, NOW) is None

    def test_an_own_edit_of_a_carried_topic_stays(self):
        one = planning.carry(meeting(), [topic(0, carried="A-1")], 0, NOW)
        assert one is not None
        longer = planning.edit_topic(one.after, 3, {"minutes": 20}, ANN, NOW).after
        more = planning.carry(longer, [topic(0, carried="A-1"), topic(0, carried="A-2")], 0, NOW)
        assert more is not None
        assert [(each.carried, each.minutes) for each in more.after.agenda][:2] == [("A-1", 20), ("A-2", 15)]

    def test_without_anything_left_open_nothing_is_carried(self):
        assert planning.carry(meeting(), [], 0, NOW) is None


@pytest.mark.parametrize(
    ("title", "about", "name"),
    [
        ("Q4 规划", "客诉/流程: V2", "Q4_规划-客诉_流程_V2-20261125"),
        ('a"b<c>', "x|y?", "a_b_c-x_y-20261125"),
        ("../etc", "passwd", "etc-passwd-20261125"),
    ],
)
def test_a_material_is_named_by_rule_and_fit_for_a_file(title, about, name):
    assert planning.material_name(meeting(title=title), topic(1, title=about)) == name


def test_a_second_material_of_the_same_name_is_told_apart():
    once = planning.material(meeting(), 1, ANN, "https://a.example", ANN, NOW).after
    twice = planning.material(once, 1, BO, "https://b.example", BO, NOW).after
    names = [one.name for one in twice.topics[0].materials]
    assert names == ["Planning-topic_1-20261125", "Planning-topic_1-20261125-2"]


def test_bringing_what_was_owed_replaces_the_debt():
    owed = planning.material(meeting(), 1, BO, "", ANN, NOW).after
    brought = planning.material(owed, 1, BO, "https://b.example", BO, NOW).after
    assert [(one.by, one.url) for one in brought.topics[0].materials] == [(BO, "https://b.example")]
