"""N1: the draft, made of what was captured; the actions in it as they stand."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.action import State
from bot.domain.captured import Capture, Sort, Verdict
from bot.domain.drafting import agreed, draft, here, linked, present, readers
from bot.domain.facts import ITSELF
from bot.domain.meeting import Invitee, Meeting, MeetingState, Topic
from bot.domain.minutes import Absent, Decided, Discussed, Left, Minutes, MinutesState
from bot.domain.rules import Rules
from tests.domain.given import item

BEGAN = datetime(2026, 11, 20, 6, 2, tzinfo=UTC)
ENDED = BEGAN + timedelta(minutes=63)
NEXT = BEGAN + timedelta(days=28)
HOST, RECORDER, ANN, BO, LATE, PROXY = 1, 2, 3, 4, 5, 6


def meeting(**fields: object) -> Meeting:
    given = Meeting(
        "Q3", "regular", HOST, BEGAN - timedelta(minutes=2), 60, "Asia/Shanghai", BEGAN - timedelta(days=3), number=7,
        state=MeetingState.ENDED, host=HOST, recorder=RECORDER, objective="范围", expected="清单", link="https://meet.example/7",
        copies=(9,), started_at=BEGAN, ended_at=ENDED,
        invitees=(
            Invitee(HOST, here_at=BEGAN), Invitee(RECORDER, here_at=BEGAN), Invitee(ANN, here_at=BEGAN),
            Invitee(BO, why="出差", proxy=PROXY), Invitee(LATE, why="生病"), Invitee(PROXY, here_at=BEGAN),
        ),
        topics=(Topic(1, "上线", ANN), Topic(2, "网关"), Topic(3, "未采纳", taken=False)),
    )  # fmt: skip
    return replace(given, **fields)


def said(number: int, sort: Sort, text: str, topic: int | None = 1, **fields: object) -> Capture:
    return replace(Capture(7, number, sort, text, ANN, BEGAN, topic), **fields)


CAPTURED = (
    said(11, Sort.NOTE, "先做网页"),
    said(12, Sort.NOTE, "再做手机"),
    said(13, Sort.DECISION, "先上网页", verdict=Verdict.DEFERRED, why="人手"),
    said(14, Sort.PARKED, "海外", 2, follower=BO),
    said(15, Sort.NOTE, "记错了", withdrawn=True),
    said(16, Sort.DECISION, "不自建", 2, verdict=Verdict.REJECTED),
    said(17, Sort.NOTE, "会前闲谈", None),
    said(18, Sort.ACTION, "写报告", label="A-42"),
)


def drafted(**fields: object) -> Minutes:
    return draft(meeting(**fields), CAPTURED, NEXT, "其他", ENDED, Rules()).after


def test_the_basic_data_are_those_of_the_meeting_as_it_was():
    made = drafted()
    assert (made.held_at, made.ended_at, made.due_at) == (BEGAN, ENDED, ENDED + timedelta(hours=24))
    assert (made.place, made.objective, made.expected) == ("https://meet.example/7", "范围", "清单")
    assert (made.host, made.recorder, made.organizer, made.copies) == (HOST, RECORDER, HOST, (9,))
    assert (made.edition, made.version, made.state) == (1, 1, MinutesState.DRAFT)


def test_who_was_there_and_who_was_not_and_why():
    made = drafted()
    assert made.present == (HOST, RECORDER, ANN, PROXY)
    assert made.absent == (Absent(BO, "出差", PROXY), Absent(LATE, "生病"))
    assert made.must == (ANN, PROXY)


def test_a_proxy_who_did_not_come_is_no_excuse_and_not_there():
    made = drafted(invitees=(Invitee(ANN, why="出差", proxy=PROXY),))
    assert (made.present, made.absent) == ((HOST, RECORDER), (Absent(ANN, "出差"),))


def test_who_sent_a_proxy_and_came_all_the_same_was_there():
    made = drafted(invitees=(Invitee(ANN, why="出差", proxy=PROXY, here_at=BEGAN),))
    assert (made.present, made.absent) == ((ANN, HOST, RECORDER), ())


def test_who_ran_it_was_there_though_nobody_invited_them():
    assert here(meeting(invitees=(Invitee(ANN, here_at=BEGAN),))) == (ANN, HOST, RECORDER)
    assert here(meeting(invitees=(Invitee(HOST), Invitee(ANN, here_at=BEGAN)))) == (ANN, RECORDER)


def test_each_topic_holds_its_points_and_its_conclusion_and_the_rest_comes_last():
    assert drafted().topics == (
        Discussed("上线", ANN, "先做网页\n再做手机"),
        Discussed("网关"),
        Discussed("其他", None, "会前闲谈"),
    )
    assert (drafted().decided(1), drafted().decided(2), drafted().decided(3)) == ((1,), (2,), ())


def test_what_was_decided_outside_of_any_topic_is_nobodys_conclusion():
    loose = (said(11, Sort.DECISION, "改期", None), said(12, Sort.DECISION, "换室", 3))
    made = draft(meeting(), loose, None, "其他", ENDED, Rules()).after
    assert [one.topic for one in made.decisions] == [None, None], "topic 3 was never taken onto the agenda"


def copied(conclusions: tuple[str, ...], *decisions: str) -> Minutes:
    """As an earlier release drafted them: each topic repeats what was decided on it."""
    topics = tuple(Discussed(f"议题{n}", conclusion=one) for n, one in enumerate(conclusions, 1))
    return replace(drafted(), topics=topics, decisions=tuple(Decided(one, Verdict.AGREED) for one in decisions))


@pytest.mark.parametrize(
    ("conclusions", "decisions", "topics", "left"),
    [
        (("甲", "乙"), ("甲", "乙"), [1, 2], ["", ""]),
        (("甲\n乙", ""), ("甲", "乙"), [1, 1], ["", ""]),
        (("甲\n下月再看", ""), ("甲",), [1], ["下月再看", ""]),
        (("甲乙",), ("甲",), [None], ["甲乙"]),
        (("甲", "甲"), ("甲", "甲"), [1, 2], ["", ""]),
        (("另写的",), ("甲",), [None], ["另写的"]),
        (("一\n二", "三"), ("一\n二", "三"), [1, 2], ["", ""]),
        (("", ""), ("甲",), [None], ["", ""]),
    ],
)
def test_a_copy_gives_way_to_the_decision_it_repeats_and_other_words_stay(conclusions, decisions, topics, left):
    made = linked(copied(conclusions, *decisions))
    assert [one.topic for one in made.decisions] == topics
    assert [one.conclusion for one in made.topics] == left
    assert linked(made) == made


def test_decisions_and_parked_topics_in_the_order_in_which_they_were_said():
    made = drafted()
    assert made.decisions == (
        Decided("先上网页", Verdict.DEFERRED, "人手", 1),
        Decided("不自建", Verdict.REJECTED, "", 2),
    )
    assert made.parked == (Left("海外", BO),)
    assert (made.following, made.following_at) == ("", NEXT)


def test_the_bot_drafts_and_nobody_else():
    assert draft(meeting(), CAPTURED, None, "其他", ENDED, Rules()).by == ITSELF


def test_without_roles_the_organizer_is_host_and_recorder():
    made = drafted(host=None, recorder=None)
    assert (made.host, made.recorder) == (HOST, HOST)


def test_confidential_ones_are_for_the_people_of_the_meeting_and_its_leaders():
    assert readers(meeting(leaders=(8,))) == ()
    secret = meeting(confidential=True, leaders=(8,))
    assert readers(secret) == (HOST, RECORDER, ANN, BO, LATE, PROXY, 8)
    assert drafted(confidential=True, leaders=(8,)).readers == readers(secret)
    assert 9 not in readers(secret), "being in copy is no right to read"


def test_actions_are_those_that_were_not_cancelled_by_number():
    items = [item(number=43), item(number=42, criterion="有图"), item(State.CANCELLED, number=41)]
    assert [one.label for one in agreed(items)] == ["A-42", "A-43"]
    assert agreed(items)[0].criterion == "有图"


def test_a_draft_shows_them_as_they_are_now_what_was_approved_as_they_were():
    draft_ = drafted()
    assert [one.label for one in present(draft_, [item(number=42)]).actions] == ["A-42"]
    approved = replace(draft_, approved_at=ENDED, actions=agreed([item(number=42)]))
    assert present(approved, [item(number=42, text="另写")]).actions == approved.actions
