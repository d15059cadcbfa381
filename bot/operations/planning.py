"""What people do to a meeting before it begins (P1–P9): the rules of bot/domain/planning.py on the kept meeting."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.calendar import at
from bot.domain import planning
from bot.domain.calls import lead_day
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb, Reply, Topic
from bot.errors import Offer, Refusal
from bot.operations import taking_back
from bot.operations.desk import Desk
from bot.operations.holding import course, open_votes
from bot.operations.sessions import change, enter, keep, load, ready
from bot.policy import meetings as policy


def new(desk: Desk, meeting: Meeting) -> Met:
    """A draft with its number; nobody hears of it. Raises Refusal `meeting-past`, `meeting-length`."""
    return enter(desk, planning.new(meeting, desk.by.id, desk.now))


def edit(desk: Desk, number: int, changes: Mapping[str, Any], why: str = "") -> Met:
    """Anything but the topics; a change of time or place is the verb `reschedule` (P9)."""
    verb = MeetingVerb.RESCHEDULE if set(planning.TOLD_AGAIN) & set(changes) else MeetingVerb.EDIT

    def rule(meeting: Meeting) -> Met:
        fact = planning.edit(meeting, desk.by.id, desk.now, changes, why)
        return replace(fact, after=replace(fact.after, short=fact.after.short or _short_again(desk, fact)))

    return change(desk, verb, number, rule)


def add_topic(desk: Desk, number: int, topic: Topic, *, override: bool = False) -> Met:
    """P4. Raises Refusal `topic-sixth` without `override`."""
    most = desk.workplace.rules.most_topics
    return change(
        desk, MeetingVerb.TOPIC, number,
        lambda meeting: planning.add_topic(meeting, topic, desk.by.id, desk.now, most, override=override),
    )  # fmt: skip


def edit_topic(desk: Desk, number: int, topic: int, changes: Mapping[str, Any]) -> Met:
    return change(
        desk,
        MeetingVerb.TOPIC,
        number,
        lambda meeting: planning.edit_topic(meeting, topic, changes, desk.by.id, desk.now),
    )


def order(desk: Desk, number: int, topics: Iterable[int]) -> Met:
    return change(
        desk, MeetingVerb.TOPIC, number, lambda meeting: planning.order(meeting, topics, desk.by.id, desk.now)
    )


def drop_topic(desk: Desk, number: int, topic: int, why: str = "") -> Met:
    """Off the agenda, or a proposal declined (P5)."""
    return change(
        desk, MeetingVerb.DROP, number, lambda meeting: planning.drop_topic(meeting, topic, desk.by.id, desk.now, why)
    )


def propose(desk: Desk, number: int, topic: Topic) -> Met:
    """P5."""
    return change(
        desk, MeetingVerb.PROPOSE, number, lambda meeting: planning.propose(meeting, topic, desk.by.id, desk.now)
    )


def take(desk: Desk, number: int, topic: int, *, override: bool = False) -> Met:
    """P5. Raises Refusal `topic-sixth` without `override`."""
    most = desk.workplace.rules.most_topics
    return change(
        desk, MeetingVerb.TAKE, number,
        lambda meeting: planning.take(meeting, topic, desk.by.id, desk.now, most, override=override),
    )  # fmt: skip


def material(desk: Desk, number: int, topic: int, owed_by: int, url: str) -> Met:
    """P7: brought with its link, or owed by somebody. Only callers may ask somebody else for one."""

    def rule(meeting: Meeting) -> Met:
        if owed_by != desk.by.id:
            policy.check(desk.by, MeetingVerb.TOPIC, meeting, desk.workplace)
        return planning.material(meeting, topic, owed_by, url, desk.by.id, desk.now)

    return change(desk, MeetingVerb.MATERIAL, number, rule)


def invite(desk: Desk, number: int, people: Iterable[int]) -> Met:
    return change(
        desk, MeetingVerb.INVITE, number, lambda meeting: planning.invite(meeting, people, desk.by.id, desk.now)
    )


def uninvite(desk: Desk, number: int, people: Iterable[int]) -> Met:
    return change(
        desk, MeetingVerb.INVITE, number, lambda meeting: planning.uninvite(meeting, people, desk.by.id, desk.now)
    )


def announcing(desk: Desk, number: int) -> Meeting:
    """The draft that is about to be announced, as it would go out: for the preview. Raises Refusal `meeting-past`: what cannot be
    sent is not shown as if it could."""
    meeting = ready(desk, number, MeetingVerb.ANNOUNCE)
    planning.timed(meeting, desk.now)
    return replace(meeting, short=is_short(desk, meeting))


def announce(desk: Desk, number: int) -> Met:
    """P2, P3, P6. Raises Refusal `meeting-left` for invitees who are no longer here, `meeting-no-approver`, and what the
    rule says."""

    def rule(meeting: Meeting) -> Met:
        _here(desk, meeting)
        awaiting = needs_approval(desk, meeting)
        fact = planning.announce(meeting, desk.by.id, desk.now, awaiting=awaiting, short=is_short(desk, meeting))
        if awaiting and not approvers(desk):
            raise Refusal("meeting-no-approver", meeting=meeting.label)
        return fact

    return change(desk, MeetingVerb.ANNOUNCE, number, rule)


def approve(desk: Desk, number: int) -> Met:
    """P2: an approver says yes."""
    return change(
        desk, MeetingVerb.APPROVE, number,
        lambda meeting: planning.approve(meeting, desk.by.id, desk.now, short=is_short(desk, meeting)),
    )  # fmt: skip


def refuse(desk: Desk, number: int, why: str) -> Met:
    """P2: an approver says no, and why."""
    return change(desk, MeetingVerb.REFUSE, number, lambda meeting: planning.refuse(meeting, desk.by.id, desk.now, why))


def answer(desk: Desk, number: int, reply: Reply, why: str = "", proxy: int | None = None) -> Met:
    """P8: accept, decline with a reason, or send a proxy."""
    return change(
        desk, MeetingVerb.ANSWER, number,
        lambda meeting: planning.answer(meeting, desk.by.id, desk.now, reply, why, proxy),
    )  # fmt: skip


def cancel(desk: Desk, number: int, why: str) -> Met:
    """In the middle too: then the cards of its course and of its open votes take no more presses."""
    meeting = ready(desk, number, MeetingVerb.CANCEL)
    on = [f"{meeting.label}#{meeting.on}"] if meeting.on else []
    cards = [meeting.label, course(meeting), *on, *(one.label for one in open_votes(desk, number))]
    return keep(desk, planning.cancel(meeting, desk.by.id, desk.now, why), cards)


def undo(desk: Desk, number: int) -> Met:
    """The meeting's last change, taken back. Raises Refusal `undo-nothing`, and what `taking_back.taken_back` refuses."""
    meeting = load(desk, number)
    entry = taking_back.last(desk, meeting)
    if entry is None:
        raise Refusal("undo-nothing", offers=(Offer("offer-meetings", "/meeting list"),))
    return keep(desk, taking_back.taken_back(desk, meeting, entry))


def needs_approval(desk: Desk, meeting: Meeting) -> bool:
    """P2: an unplanned one of a kind that asks for it, unless an approver calls it."""
    kind = desk.workplace.kind(meeting.kind)
    return kind.approval and meeting.series is None and not policy.approves(desk.by, desk.workplace)


def approvers(desk: Desk) -> tuple[int, ...]:
    """Who may say yes."""
    people = desk.directory.people.values()
    return tuple(one.id for one in people if one.active and policy.approves(one, desk.workplace))


def is_short(desk: Desk, meeting: Meeting) -> bool:
    """P6: whether the day on which the agenda goes out, at the latest, is over."""
    return desk.now >= lead_ends(desk, meeting)


def lead_ends(desk: Desk, meeting: Meeting) -> datetime:
    """P6: the end of the lead day by the meeting's clock."""
    day = lead_day(meeting, desk.workplace.kind(meeting.kind), desk.timetable)
    return at(day + timedelta(days=1), datetime.min.time(), ZoneInfo(meeting.zone))


def _short_again(desk: Desk, fact: Met) -> bool:
    """An announced one that is moved so near is short notice too."""
    moved = fact.before is not None and fact.before.start != fact.after.start
    return moved and fact.after.state is MeetingState.ANNOUNCED and is_short(desk, fact.after)


def _here(desk: Desk, meeting: Meeting) -> None:
    """Nobody who has left is invited, hosts or records."""
    people = dict.fromkeys(
        one for one in (meeting.host, meeting.recorder, *(i.person for i in meeting.invitees)) if one
    )
    left = tuple(one for one in people if not desk.directory.person(one).active)
    if not left:
        return
    held = [role for role, one in (("host", meeting.host), ("recorder", meeting.recorder)) if one in left]
    names = " ".join(f"@{desk.directory.person(one).name}#{one}" for one in left)
    out = Offer("offer-uninvite", f"/meeting uninvite {meeting.label} {names}")
    another = tuple(Offer(f"offer-another-{role}", f"/meeting edit {meeting.label} {role}:") for role in held)
    raise Refusal("meeting-left", meeting=meeting.label, left=left, offers=another or (out,))
