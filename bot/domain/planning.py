"""The rules of preparing a meeting (P3–P9): a meeting and what somebody did → the fact of it, or a Refusal. Pure.

Who may, and in which state, was asked before (bot/operations/sessions.py); here is what the handbook asks of the thing itself.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.facts import Met
from bot.domain.meeting import Invitee, Material, Meeting, MeetingState, MeetingVerb, Reply, Topic
from bot.errors import Offer, Refusal
from bot.pattern import pattern

TOLD_AGAIN = ("start", "length", "place", "link")
"""P9: a change of these is sent again, and says what changed."""
LONGEST = 24 * 60
"""Minutes: nothing longer is one session."""
_NO_NAME = pattern(r"[\\/:*?\"<>|\s]+")


def new(meeting: Meeting, by: int, now: datetime) -> Met:
    """A draft: it notifies nobody (P3). The organizer is invited and comes; so are host and recorder (P8)."""
    timed(meeting, now)
    return Met(MeetingVerb.NEW, None, _seated(meeting), by, now)


def edit(meeting: Meeting, by: int, now: datetime, changes: Mapping[str, Any], why: str = "") -> Met:
    """P3, P8, P9. The verb is `reschedule` when time or place changed; then `details["was"]` and `["became"]` hold the values.

    A start that moves asks everybody for their answer again. Raises Refusal `meeting-edit-nothing`, `meeting-past`,
    `meeting-length`."""
    after = _seated(replace(meeting, **changes))
    changed = [name for name in changes if getattr(after, name) != getattr(meeting, name)]
    if not changed:
        raise Refusal("meeting-edit-nothing", meeting=meeting.label)
    moved = [name for name in TOLD_AGAIN if name in changed]
    if {"start", "length"} & set(moved):
        timed(after, now)
    if "start" in moved:
        after = replace(after, invitees=tuple(_asked_again(one, after.organizer) for one in after.invitees))
    verb = MeetingVerb.RESCHEDULE if moved else MeetingVerb.EDIT
    was, became = ({name: _json(getattr(one, name)) for name in moved} for one in (meeting, after))
    return _fact(verb, meeting, after, by, now, why, changes=changed, was=was, became=became)


def planned(meeting: Meeting) -> int:
    """P4: the minutes of the agenda together."""
    return sum(topic.minutes for topic in meeting.agenda)


def over(meeting: Meeting) -> int:
    """P4: by how many minutes the agenda does not fit; 0 when it fits."""
    return max(0, planned(meeting) - meeting.length)


def lacking(meeting: Meeting, *, approval: bool = False) -> tuple[str, ...]:
    """P3, P4, P8: what there must be before it can be announced, by field, in the order in which it is asked; where it
    needs `approval`, why it is needed (P2)."""
    there = {
        "objective": meeting.objective,
        "expected": meeting.expected,
        "host": meeting.host,
        "recorder": meeting.recorder,
        "invitees": [one for one in meeting.invitees if one.person != meeting.organizer],
        "topic": meeting.agenda,
        "reason": meeting.why or not approval,
    }
    return tuple(name for name, value in there.items() if not value)


def add_topic(meeting: Meeting, topic: Topic, by: int, now: datetime, most: int, *, override: bool = False) -> Met:
    """P4: at the end of the agenda, or by its priority before the first that is less urgent.

    Raises Refusal `topic-sixth` without `override`: what was carried over does not count (A13)."""
    _counted(meeting, most, override)
    mark = meeting.mark + 1
    topics = _placed(meeting.topics, replace(topic, number=mark))
    return _fact(MeetingVerb.TOPIC, meeting, replace(meeting, topics=topics, mark=mark), by, now, topic=mark, did="add")


def edit_topic(meeting: Meeting, number: int, changes: Mapping[str, Any], by: int, now: datetime) -> Met:
    """Raises Refusal `meeting-edit-nothing`."""
    topic = find(meeting, number)
    after = replace(topic, **changes)
    if after == topic:
        raise Refusal("meeting-edit-nothing", meeting=meeting.label)
    if after.priority != topic.priority:
        others = tuple(one for one in meeting.topics if one.number != number)
        topics = _placed(others, after)
    else:
        topics = tuple(after if one.number == number else one for one in meeting.topics)
    return _fact(MeetingVerb.TOPIC, meeting, replace(meeting, topics=topics), by, now, topic=number, did="edit")


def order(meeting: Meeting, numbers: Iterable[int], by: int, now: datetime) -> Met:
    """The named topics first, in this order; the others behind them as they were."""
    first = [find(meeting, number) for number in dict.fromkeys(numbers)]
    topics = (*first, *(one for one in meeting.topics if one not in first))
    return _fact(MeetingVerb.TOPIC, meeting, replace(meeting, topics=topics), by, now, did="order")


def drop_topic(meeting: Meeting, number: int, by: int, now: datetime, why: str = "") -> Met:
    """Off the agenda; one that was only proposed is declined, and its proposer hears why (P5). What was carried over stays off
    this one (A13)."""
    topic = find(meeting, number)
    topics = tuple(one for one in meeting.topics if one.number != number)
    told = {"title": topic.title, "proposed_by": topic.proposed_by, "taken": topic.taken}
    dropped = (*meeting.dropped, topic.carried) if topic.carried else meeting.dropped
    after = replace(meeting, topics=topics, dropped=dropped)
    verb = MeetingVerb.TOPIC if topic.taken else MeetingVerb.DROP
    return _fact(verb, meeting, after, by, now, why, topic=number, did="drop", **told)


def propose(meeting: Meeting, topic: Topic, by: int, now: datetime) -> Met:
    """P5: before the agenda is sent; the organizer takes or declines it. Raises Refusal `topic-too-late`."""
    if meeting.state not in (MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.ANNOUNCED):
        raise Refusal("topic-too-late", meeting=meeting.label)
    mark = meeting.mark + 1
    proposed = replace(topic, number=mark, taken=False, proposed_by=by)
    after = replace(meeting, topics=(*meeting.topics, proposed), mark=mark)
    return _fact(MeetingVerb.PROPOSE, meeting, after, by, now, topic=mark, title=topic.title)


def take(meeting: Meeting, number: int, by: int, now: datetime, most: int, *, override: bool = False) -> Met:
    """P5: the proposal comes onto the agenda. Raises Refusal `topic-taken`, `topic-sixth`."""
    topic = find(meeting, number)
    if topic.taken:
        raise Refusal("topic-taken", meeting=meeting.label, title=topic.title)
    _counted(meeting, most, override)
    others = tuple(one for one in meeting.topics if one.number != number)
    after = replace(meeting, topics=_placed(others, replace(topic, taken=True)))
    return _fact(MeetingVerb.TAKE, meeting, after, by, now, topic=number, proposed_by=topic.proposed_by)


def material(meeting: Meeting, number: int, owed_by: int, url: str, by: int, now: datetime) -> Met:
    """P7: a link under its name by rule; without one it is owed. What was owed by this person is thereby brought."""
    topic = find(meeting, number)
    kept = tuple(one for one in topic.materials if one.url or one.by != owed_by)
    name = material_name(meeting, topic)
    if any(one.name == name for one in kept):
        name = f"{name}-{sum(one.name.startswith(name) for one in kept) + 1}"
    after = replace(topic, materials=(*kept, Material(name, owed_by, url)))
    topics = tuple(after if one.number == number else one for one in meeting.topics)
    changed = replace(meeting, topics=topics)
    return _fact(
        MeetingVerb.MATERIAL, meeting, changed, by, now, topic=number, owed_by=owed_by, owed=not url, name=name
    )


def material_name(meeting: Meeting, topic: Topic) -> str:
    """P7: `<meeting>-<topic>-<yyyymmdd>`, the day being the meeting's; fit to be a file's name."""
    day = meeting.start.astimezone(ZoneInfo(meeting.zone)).date()
    title, about = (_NO_NAME.sub("_", text).strip("_.") for text in (meeting.title, topic.title))
    return f"{title}-{about}-{day:%Y%m%d}"


def invite(meeting: Meeting, people: Iterable[int], by: int, now: datetime) -> Met:
    """P8. Raises Refusal `invited-already` when all of them are."""
    fresh = [one for one in dict.fromkeys(people) if meeting.invitee(one) is None]
    if not fresh:
        raise Refusal("invited-already", meeting=meeting.label)
    after = replace(meeting, invitees=(*meeting.invitees, *(Invitee(one) for one in fresh)))
    return _fact(MeetingVerb.INVITE, meeting, after, by, now, invited=fresh)


def uninvite(meeting: Meeting, people: Iterable[int], by: int, now: datetime) -> Met:
    """Raises Refusal `uninvite-role` for host, recorder and organizer (another is named first), `not-invited`."""
    going = [one for one in dict.fromkeys(people) if meeting.invitee(one) is not None]
    if not going:
        raise Refusal("not-invited", meeting=meeting.label)
    held = next((one for one in going if one in (meeting.host, meeting.recorder, meeting.organizer)), None)
    if held is not None:
        role = "host" if held == meeting.host else "recorder" if held == meeting.recorder else "organizer"
        raise Refusal("uninvite-role", meeting=meeting.label, who=held, role=role, offers=_another(meeting, role))
    after = replace(meeting, invitees=tuple(one for one in meeting.invitees if one.person not in going))
    return _fact(MeetingVerb.INVITE, meeting, after, by, now, uninvited=going)


def announce(meeting: Meeting, by: int, now: datetime, *, awaiting: bool, short: bool) -> Met:
    """P2, P3, P4: out to everybody, or first to who approves it. `short`: later than its lead time (P6).

    Raises Refusal `meeting-incomplete`, `meeting-over` (by how many minutes), `meeting-past`."""
    missing = lacking(meeting, approval=awaiting)
    if missing:
        offers = (Offer("offer-complete", f"/meeting edit {meeting.label}"),)
        raise Refusal("meeting-incomplete", meeting=meeting.label, lacking=missing, offers=offers)
    timed(meeting, now)
    _fits(meeting)
    state = MeetingState.AWAITING if awaiting else MeetingState.ANNOUNCED
    after = replace(meeting, state=state, short=short, announced_at=None if awaiting else now)
    return _fact(MeetingVerb.ANNOUNCE, meeting, after, by, now)


def approve(meeting: Meeting, by: int, now: datetime, *, short: bool) -> Met:
    """P2: an approver's yes sends the notice. Raises Refusal `meeting-past` when its time is over: who approves does not move
    it, so the way on is to turn it down."""
    timed(meeting, now, Offer("meeting-press-refuse", f"/meeting refuse {meeting.label}"))
    after = replace(meeting, state=MeetingState.ANNOUNCED, short=short, announced_at=now)
    return _fact(MeetingVerb.APPROVE, meeting, after, by, now)


def refuse(meeting: Meeting, by: int, now: datetime, why: str) -> Met:
    """P2: a draft again, with the reason; nobody was invited."""
    return _fact(MeetingVerb.REFUSE, meeting, replace(meeting, state=MeetingState.DRAFT), by, now, why)


def answer(meeting: Meeting, by: int, now: datetime, reply: Reply, why: str = "", proxy: int | None = None) -> Met:
    """P8: accepts, declines with a reason, or sends a proxy. The answer of a proxy is about their own coming.

    Raises Refusal `proxy-invited` for somebody who is invited themselves."""
    invited = meeting.invitee(by)
    assert invited is not None, "policy lets invitees answer"
    if proxy is not None and proxy != invited.proxy and meeting.invitee(proxy) is not None:
        raise Refusal("proxy-invited", meeting=meeting.label, who=proxy)
    if invited.proxy == by:  # whoever was sent cannot come either: it is the invitee's turn again
        after = replace(invited, reply=Reply.PROXY if reply is Reply.ACCEPTED else Reply.DECLINED, why=why)
    else:
        after = replace(invited, reply=reply, why=why, proxy=proxy)
    invitees = tuple(after if one.person == invited.person else one for one in meeting.invitees)
    told = {"reply": str(after.reply), "person": invited.person, "proxy": proxy, "was_proxy": invited.proxy}
    return _fact(MeetingVerb.ANSWER, meeting, replace(meeting, invitees=invitees), by, now, why, **told)


def cancel(meeting: Meeting, by: int, now: datetime, why: str) -> Met:
    """From any open state, also in the middle; `details["from"]` says from which."""
    after = replace(meeting, state=MeetingState.CANCELLED, on=None)
    return _fact(MeetingVerb.CANCEL, meeting, after, by, now, why, **{"from": str(meeting.state)})


def undo(meeting: Meeting, before: Meeting, undone: MeetingVerb, by: int, now: datetime) -> Met:
    """The last change taken back, as a change of its own; a new draft is withdrawn (cancelled), never deleted.

    Raises Refusal `meeting-past` when the start it had has passed meanwhile."""
    if before.start != meeting.start:
        timed(before, now)
    back = replace(before, mark=max(meeting.mark, before.mark))
    return _fact(MeetingVerb.UNDO, meeting, replace(back, version=meeting.version), by, now, undone=str(undone))


def carry(meeting: Meeting, topics: Iterable[Topic], by: int, now: datetime) -> Met | None:
    """A13: what the last session left open comes first on this agenda, and what is closed by now leaves it again.
    None when it stands there already."""
    wanted = {topic.carried: topic for topic in topics if topic.carried not in meeting.dropped}
    kept = {topic.carried for topic in meeting.topics if topic.carried}
    if kept == set(wanted):
        return None
    own = [topic for topic in meeting.topics if not topic.carried]
    standing = [topic for topic in meeting.topics if topic.carried in wanted]
    fresh = [topic for name, topic in wanted.items() if name not in kept]
    numbered = [replace(topic, number=meeting.mark + n) for n, topic in enumerate(fresh, 1)]
    after = replace(meeting, topics=(*standing, *numbered, *own), mark=meeting.mark + len(fresh))
    return _fact(MeetingVerb.TOPIC, meeting, after, by, now, did="carry", carried=list(wanted))


def find(meeting: Meeting, number: int) -> Topic:
    """The topic of this number. Raises Refusal `topic-unknown`."""
    topic = meeting.topic(number)
    if topic is None:
        offers = (Offer("offer-show-meeting", f"/meeting show {meeting.label}"),)
        raise Refusal("topic-unknown", meeting=meeting.label, number=number, offers=offers)
    return topic


def _fact(
    verb: MeetingVerb, before: Meeting, after: Meeting, by: int, now: datetime, why: str = "", **details: object
) -> Met:
    after = replace(after, version=before.version + 1, changed_at=now)
    return Met(verb, before, after, by, now, why, details)


def _seated(meeting: Meeting) -> Meeting:
    """Organizer, host and recorder are invited by being that; the organizer comes."""
    invitees = list(meeting.invitees)
    for person in (meeting.organizer, meeting.host, meeting.recorder):
        if person is not None and meeting.invitee(person) is None and person not in {one.person for one in invitees}:
            comes = Reply.ACCEPTED if person == meeting.organizer else Reply.WAITING
            invitees.append(Invitee(person, comes))
    return replace(meeting, invitees=tuple(invitees))


def timed(meeting: Meeting, now: datetime, way: Offer | None = None) -> None:
    """Raises Refusal `meeting-past` for a start that is over, with the `way` on (another time, where none is given), and
    `meeting-length`."""
    if meeting.start <= now:
        way = way or Offer("offer-another-time", f"/meeting reschedule {meeting.label}")
        raise Refusal("meeting-past", at=meeting.start, field="start", offers=(way,) if meeting.number else ())
    if not 0 < meeting.length <= LONGEST:
        raise Refusal("meeting-length", minutes=meeting.length, field="length")


def _fits(meeting: Meeting) -> None:
    n = over(meeting)
    if n:
        offers = (
            Offer("offer-longer", f"/meeting edit {meeting.label} length: {planned(meeting)}", args=(("n", str(n)),)),
            Offer("offer-show-meeting", f"/meeting show {meeting.label}"),
        )
        raise Refusal("meeting-over", meeting=meeting.label, n=n, offers=offers)


def _counted(meeting: Meeting, most: int, override: bool) -> None:
    n = sum(not topic.carried for topic in meeting.agenda)
    if n >= most and not override:
        raise Refusal("topic-sixth", meeting=meeting.label, n=n, most=most)


def _placed(topics: tuple[Topic, ...], topic: Topic) -> tuple[Topic, ...]:
    """P4: before the first that is less urgent, behind all others."""
    place = next((n for n, one in enumerate(topics) if one.taken and one.priority < topic.priority), len(topics))
    return (*topics[:place], topic, *topics[place:])


def _asked_again(invited: Invitee, organizer: int) -> Invitee:
    comes = invited.person == organizer or invited.reply is Reply.PROXY
    return invited if comes else replace(invited, reply=Reply.WAITING, why="")


def _another(meeting: Meeting, role: str) -> tuple[Offer, ...]:
    if role == "organizer":
        return ()
    return (Offer(f"offer-another-{role}", f"/meeting edit {meeting.label} {role}:"),)


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
