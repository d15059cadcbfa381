"""Who hears what of a meeting that is prepared: by verb and state, each once, never who did it, at their hours (T3)."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.announcements import Desk, notices
from bot.domain.facts import Met
from bot.domain.meeting import Invitee, Meeting, MeetingState, MeetingVerb, Reply, Topic
from tests.views.cast import LI, NOW, WANG, WORKPLACE, ZHANG, ZHAO, directory

OUT, DRAFT, AWAITING, RUNNING = MeetingState.ANNOUNCED, MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.RUNNING
NIGHT = datetime(2026, 11, 25, 13, tzinfo=UTC)
"""21:00 in Shanghai."""


def meeting(state: MeetingState = OUT, **fields) -> Meeting:
    """M-7 of Zhang San's in a week; Li Si hosts, Wang Wu records."""
    plain = Meeting(
        "规划会", "regular", ZHANG, NOW + timedelta(days=7), 60, "Asia/Shanghai", NOW, number=7, version=3, state=state,
        host=LI, recorder=WANG, invitees=(Invitee(ZHANG, Reply.ACCEPTED), Invitee(LI), Invitee(WANG)),
        topics=(Topic(1, "流程", LI),), announced_at=NOW if state in (OUT, RUNNING) else None,
    )  # fmt: skip
    return replace(plain, **fields)


def desk(approver: int = ZHAO) -> Desk:
    account = directory().person(approver).accounts[0]
    return Desk(directory(), dataclasses.replace(WORKPLACE, approvers=(f"{account.messenger}:{account.user_id}",)))


def heard(verb: MeetingVerb, before: Meeting, after: Meeting, by: int = ZHANG, **details) -> dict[object, str]:
    fact = Met(verb, before, replace(after, version=before.version + 1), by, NOW, "why", details)
    told = notices(fact, desk())
    assert len({one.key for one in told}) == len(told)
    return {one.to: one.moment for one in told}


EVERYBODY = {LI: "meeting-invited", WANG: "meeting-invited"}


@pytest.mark.parametrize(
    "verb",
    [one for one in MeetingVerb if one in (
        MeetingVerb.NEW, MeetingVerb.EDIT, MeetingVerb.TOPIC, MeetingVerb.MATERIAL, MeetingVerb.INVITE, MeetingVerb.RESCHEDULE,
        MeetingVerb.CANCEL,
    )],
)  # fmt: skip
@pytest.mark.parametrize("state", [DRAFT, AWAITING])
def test_before_it_is_announced_nobody_hears(verb, state):
    """P2, P3."""
    before = meeting(state)
    after = replace(
        before, host=ZHAO, start=before.start + timedelta(days=1), invitees=(*before.invitees, Invitee(ZHAO))
    )
    details: dict[str, Any] = {"owed": True, "owed_by": LI, "was": {"start": before.start.isoformat()}}
    assert heard(verb, before, after, **details) == {}


def test_an_announcement_goes_to_everybody_invited():
    assert heard(MeetingVerb.ANNOUNCE, meeting(DRAFT), meeting()) == EVERYBODY


def test_one_that_awaits_approval_goes_to_approvers_alone():
    assert heard(MeetingVerb.ANNOUNCE, meeting(DRAFT), meeting(AWAITING)) == {ZHAO: "meeting-approval"}


def test_a_yes_invites_and_tells_the_organizer_once():
    told = heard(MeetingVerb.APPROVE, meeting(AWAITING), meeting(), by=ZHAO)
    assert told == {ZHANG: "meeting-approved", **EVERYBODY}


def test_an_approver_who_is_invited_hears_nothing_of_their_own_yes():
    both = (*meeting().invitees, Invitee(ZHAO))
    told = heard(MeetingVerb.APPROVE, meeting(AWAITING, invitees=both), meeting(invitees=both), by=ZHAO)
    assert ZHAO not in told


def test_a_no_goes_to_the_organizer():
    assert heard(MeetingVerb.REFUSE, meeting(AWAITING), meeting(DRAFT), by=ZHAO) == {ZHANG: "meeting-refused"}


def test_a_new_host_is_told_their_part():
    added = (*meeting().invitees, Invitee(ZHAO))
    assert heard(MeetingVerb.EDIT, meeting(), meeting(host=ZHAO, invitees=added)) == {ZHAO: "meeting-invited"}


@pytest.mark.parametrize("state", [OUT, RUNNING])
def test_a_reschedule_goes_to_everybody_a_proxy_too(state):
    sent = (Invitee(ZHANG), Invitee(LI, Reply.PROXY, proxy=ZHAO), Invitee(WANG, Reply.DECLINED))
    one = meeting(state, invitees=sent)
    later = replace(one, start=one.start + timedelta(days=1))
    told = heard(MeetingVerb.RESCHEDULE, one, later, was={"start": one.start.isoformat()})
    assert told == dict.fromkeys((LI, ZHAO, WANG), "meeting-changed")


def test_who_is_new_and_who_is_no_longer():
    fewer = meeting(invitees=meeting().invitees[:2])
    more = replace(fewer, invitees=(*fewer.invitees, Invitee(ZHAO)))
    assert heard(MeetingVerb.INVITE, fewer, more) == {ZHAO: "meeting-invited"}
    assert heard(MeetingVerb.INVITE, more, fewer) == {ZHAO: "meeting-uninvited"}


def test_answers_reach_the_organizer_only_when_somebody_does_not_come():
    one = meeting()
    assert heard(MeetingVerb.ANSWER, one, one, by=LI, reply="accepted") == {}
    assert heard(MeetingVerb.ANSWER, one, one, by=LI, reply="declined") == {ZHANG: "meeting-answered"}
    sent = replace(one, invitees=(one.invitees[0], Invitee(LI, Reply.PROXY, proxy=ZHAO), one.invitees[2]))
    assert heard(MeetingVerb.ANSWER, one, sent, by=LI, reply="proxy") == {
        ZHANG: "meeting-answered",
        ZHAO: "meeting-invited",
    }
    assert heard(MeetingVerb.ANSWER, sent, one, by=LI, reply="accepted") == {ZHAO: "meeting-uninvited"}


@pytest.mark.parametrize("state", [OUT, RUNNING])
def test_a_cancellation_goes_to_everybody_and_to_the_organizer_when_another_does_it(state):
    gone = meeting(MeetingState.CANCELLED)
    assert heard(MeetingVerb.CANCEL, meeting(state), gone) == dict.fromkeys((LI, WANG), "meeting-cancelled")
    assert heard(MeetingVerb.CANCEL, meeting(state), gone, by=LI) == dict.fromkeys((ZHANG, WANG), "meeting-cancelled")


def test_proposals_go_to_the_organizer_and_back():
    assert heard(MeetingVerb.PROPOSE, meeting(DRAFT), meeting(DRAFT), by=LI, topic=2) == {ZHANG: "topic-proposed"}
    assert heard(MeetingVerb.TAKE, meeting(DRAFT), meeting(DRAFT), proposed_by=LI) == {LI: "topic-taken"}
    assert heard(MeetingVerb.DROP, meeting(DRAFT), meeting(DRAFT), proposed_by=LI) == {LI: "topic-dropped"}


def test_a_material_is_asked_of_who_owes_it():
    assert heard(MeetingVerb.MATERIAL, meeting(), meeting(), owed=True, owed_by=LI) == {LI: "material-wanted"}
    assert heard(MeetingVerb.MATERIAL, meeting(), meeting(), by=LI, owed=False, owed_by=LI) == {}


def test_at_night_it_waits_unless_the_meeting_would_begin_before():
    """T3."""
    far, near = meeting(start=NIGHT + timedelta(days=3)), meeting(start=NIGHT + timedelta(hours=11, minutes=30))
    for one, waits in ((far, True), (near, False)):
        for notice in notices(Met(MeetingVerb.ANNOUNCE, replace(one, state=DRAFT), one, ZHANG, NIGHT), desk()):
            assert (notice.not_before > NIGHT, notice.urgent) == (waits, not waits)


def test_a_meeting_that_was_near_and_is_moved_far_away_is_told_before_anybody_comes():
    near = meeting(start=NIGHT + timedelta(hours=11))
    later = replace(near, start=NIGHT + timedelta(days=5))
    for notice in notices(Met(MeetingVerb.RESCHEDULE, near, later, ZHANG, NIGHT, details={"was": {}}), desk()):
        assert (notice.not_before, notice.urgent) == (NIGHT, True)
