"""`/meeting new` 新建 and `edit` 修改, `reschedule` 改期: one line in any order, or a form that asks only what is missing."""

from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.cards import Answer, Form
from bot.commands import tokens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.meeting import series, which, written
from bot.commands.meeting.written import Plan
from bot.domain import planning
from bot.domain.facts import Met
from bot.domain.meeting import Invitee, Meeting, MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.operations import planning as operations
from bot.operations.sessions import ready
from bot.pattern import pattern
from bot.views import meeting as views
from bot.views import meeting_forms
from bot.views.refusal import sentence

LENGTH = 60
"""Minutes of a meeting whose length nobody said: the sum of its topics where that is more."""
_ASKED = pattern(r"(?P<label>[^\s:：;；]{1,12})\s*[:：]\s*;?$")


def new(asking: Asking, line: Line) -> Answer:
    """P1–P4: a draft of what was said; without a name and a time the form asks for them, and for nothing else."""

    def again(made: Plan) -> str:
        return f"{line.head} {written.line(asking, made)}".rstrip()

    made, problems = written.filled(asking, written.plan(asking, line.rest, again), asking.values)
    start = made.start(asking.by.zone)
    missing = tuple(name for name, said in (("title", made.title), ("start", start)) if not said)
    if missing or problems:
        return _form(asking, made, missing, problems, again(made))
    try:
        meeting = _meeting(asking, made)
        if made.rule:
            return series.begin(asking, meeting, made.rule)
        fact = operations.new(asking, meeting)
    except Refusal as refused:
        raise _mendable(refused, again, made) from None
    asking.facts.append(fact)
    return views.recorded(scene(asking), fact.after)


def edit(asking: Asking, line: Line) -> Answer:
    """P3, P8, P9: any field by its label, or a form; a name behind an @ is invited."""
    number = which.meant(asking, line, MeetingVerb.EDIT)
    meeting = ready(asking, number, MeetingVerb.EDIT)
    line = which.naming(line, number)
    asked = _ASKED.search(line.rest)
    wanted = _field(asked["label"]) if asked else ""
    rest = line.rest[: asked.start()] if asked and wanted else line.rest
    base = _standing(asking, meeting)
    said = written.plan(asking, rest, lambda made: line.with_rest(written.line(asking, made)), left="", base=base)
    made, problems = written.filled(asking, said, _touched(asking, base, meeting))
    changes, fresh = changes_of(asking, meeting, made), _fresh(meeting, made)
    if wanted or problems or not (changes or fresh or made.topics or asking.values):
        given = tuple(dict.fromkeys(name for name in (*meeting_forms.ASKED, *problems) if name in asking.values))
        fields = (wanted,) if wanted else given or _open(asking, meeting)
        values, command = _current(asking, made, meeting) | asking.values, line.with_rest(rest.strip())
        return which.ask(
            asking, number, MeetingVerb.EDIT, "edit", fields, values, problems, command,
            optional=tuple(name for name in fields if name not in meeting_forms.NEEDED and name != wanted),
        )  # fmt: skip
    return _edited(asking, number, made, changes, fresh)


def reschedule(asking: Asking, line: Line) -> Answer:
    """P9: another time or place; who was invited hears what changed, and why where that was said."""
    number = which.meant(asking, line, MeetingVerb.RESCHEDULE)
    meeting = ready(asking, number, MeetingVerb.RESCHEDULE)
    line, base = which.naming(line, number), _standing(asking, meeting)

    def again(made: Plan) -> str:
        return line.with_rest(written.line(asking, made))

    said = written.plan(asking, line.rest, again, left="reason", base=base)
    made, problems = written.filled(asking, said, _touched(asking, base, meeting))
    changes = {name: value for name, value in changes_of(asking, meeting, made).items() if name in planning.TOLD_AGAIN}
    if not changes and asking.values and not problems:
        raise Refusal("meeting-edit-nothing", meeting=meeting.label)
    if not changes or problems:
        values, fields = _current(asking, made, meeting) | asking.values, meeting_forms.RESCHEDULE
        return which.ask(
            asking, number, MeetingVerb.RESCHEDULE, "reschedule", fields, values, problems, line.with_rest(""),
            optional=tuple(name for name in fields if name != "start"),
        )  # fmt: skip
    try:
        fact = operations.edit(asking, number, changes, asking.values.get("why", "").strip() or made.reason or "")
    except Refusal as refused:
        raise _mendable(refused, again, made) from None
    return which.told(asking, fact)


def _edited(asking: Asking, number: int, made: Plan, changes: dict[str, Any], fresh: tuple[int, ...]) -> Answer:
    """Fields, people and topics in one step; the last fact is the answer."""
    facts: list[Met] = []
    if changes:
        facts.append(operations.edit(asking, number, changes))
    if fresh:
        facts.append(operations.invite(asking, number, fresh))
    facts += [operations.add_topic(asking, number, topic) for topic in made.topics]
    if not facts:
        raise Refusal("meeting-edit-nothing", meeting=f"M-{number}")
    asking.facts += facts[:-1]
    return which.told(asking, facts[-1] if len(facts) == 1 else replace(facts[0], after=facts[-1].after))


def _meeting(asking: Asking, made: Plan) -> Meeting:
    """The draft as it was asked for. Raises Refusal `meeting-end-first`, `topic-sixth`."""
    zone = asking.by.zone
    start = made.start(zone)
    assert made.title
    assert start
    most = asking.workplace.rules.most_topics
    if len(made.topics) > most:
        raise Refusal("topics-many", n=len(made.topics), most=most, field="topic")
    topics = tuple(replace(topic, number=n) for n, topic in enumerate(_by_priority(made), 1))
    minutes = made.minutes(zone)
    return Meeting(
        made.title, made.kind or asking.workplace.kinds[0].name, asking.by.id, start,
        LENGTH if minutes is None else minutes, asking.by.timezone, asking.now, host=made.host, recorder=made.recorder,
        objective=made.objective or "", expected=made.expected or "", place=made.place or "", link=made.link or "",
        room=asking.where.room, why=made.reason or "", confidential=_secret(asking, made), leaders=made.leaders or (),
        copies=made.copies or (), invitees=tuple(Invitee(person) for person in made.invitees if person != asking.by.id),
        topics=topics, mark=len(topics),
    )  # fmt: skip


def _by_priority(made: Plan) -> list[Any]:
    return sorted(made.topics, key=lambda topic: -topic.priority)


def _secret(asking: Asking, made: Plan) -> bool:
    """N8: as was said, else as its kind is."""
    kind = asking.workplace.kind(made.kind or asking.workplace.kinds[0].name)
    return kind.confidential if made.confidential is None else made.confidential


def _form(asking: Asking, made: Plan, missing: tuple[str, ...], problems: dict[str, Refusal], command: str) -> Form:
    values = written.values(asking, made)
    asked = tuple(dict.fromkeys((*problems, *missing)))
    nothing = not any(values.values()) and not problems
    said = {name: sentence(scene(asking), refused) for name, refused in problems.items()}
    return meeting_forms.new(scene(asking), values, meeting_forms.NEW if nothing else asked, said, command)


def _mendable(refused: Refusal, again: written.Again, made: Plan) -> Refusal:
    """A time that cannot be comes back with the line that asks for another."""
    if refused.text not in ("meeting-past", "meeting-length", "meeting-end-first"):
        return refused
    late = replace(made, day=None, hour=None, ending=None)
    cleared = late if refused.text == "meeting-past" else replace(made, ending=None, length=None)
    offers = (Offer("offer-another-time" if cleared is late else "offer-an-hour", again(cleared)),)
    return which.retold(refused, offers)


def _standing(asking: Asking, meeting: Meeting) -> Plan:
    """When it is by the asker's clock: what a bare hour or day in an edit is about."""
    local = meeting.start.astimezone(asking.by.zone)
    return Plan(day=local.date(), hour=local.time().replace(tzinfo=None, fold=0))


def changes_of(asking: Asking, meeting: Meeting, made: Plan) -> dict[str, Any]:
    """What was said and is otherwise by now, by the names of a meeting's fields."""
    zone = ZoneInfo(asking.by.timezone)
    said = {
        "start": made.start(zone), "length": made.minutes(zone), "title": made.title or None, "kind": made.kind,
        "host": made.host, "recorder": made.recorder, "objective": made.objective, "expected": made.expected,
        "place": made.place, "link": made.link, "why": made.reason, "confidential": made.confidential,
        "copies": made.copies, "leaders": made.leaders,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None and value != getattr(meeting, name)}


def _fresh(meeting: Meeting, made: Plan) -> tuple[int, ...]:
    return tuple(one for one in made.invitees if meeting.invitee(one) is None)


def _open(asking: Asking, meeting: Meeting) -> tuple[str, ...]:
    """What the form of an edit asks: what is missing for the announcement, else everything there is to change."""
    missing = planning.lacking(meeting, approval=operations.needs_approval(asking, meeting))
    return missing or meeting_forms.EDITABLE


def _touched(asking: Asking, base: Plan, meeting: Meeting) -> dict[str, str]:
    """The values of the form that were changed in it; the others say only what already holds, as the hour of a meeting that
    has begun."""
    shown = _current(asking, base, meeting)
    return {name: value for name, value in asking.values.items() if value.strip() != shown.get(name, "").strip()}


def _current(asking: Asking, made: Plan, meeting: Meeting) -> dict[str, str]:
    """The fields as they stand, as somebody would type them, with what was just said over them."""
    stands = Plan(
        title=meeting.title, length=meeting.length, kind=meeting.kind, host=meeting.host, recorder=meeting.recorder,
        objective=meeting.objective, expected=meeting.expected, place=meeting.place, link=meeting.link,
        reason=meeting.why, day=made.day, hour=made.hour,
    )  # fmt: skip
    said = {name: value for name, value in written.values(asking, made).items() if value}
    return {**written.values(asking, stands), **said}


def _field(label: str) -> str:
    """The field of a label that somebody typed without its value: `/meeting edit M-7 主持人：` asks for it."""
    low = shadow(label)
    return next((name for name in written.LABELS if low in {shadow(one) for one in tokens.LABELS[name]}), "")
