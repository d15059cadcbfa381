"""`/meeting invite` 邀请, `uninvite` 移出, `accept` 参加, `decline` 请假, `proxy` 派人代替: who comes (P8)."""

from bot.cards import Answer
from bot.commands import naming, tokens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.meeting import which, written
from bot.domain.meeting import MeetingVerb, Reply
from bot.errors import Refusal
from bot.operations import planning as operations
from bot.views import meeting as views

_LABELS = ("invitees",)
_OF_WHOM = frozenset({"person-unknown", "person-ambiguous", "owner-department", "owner-collective", "proxy-invited"})
"""What may be wrong with whom a form names: said at its field."""


def invite(asking: Asking, line: Line) -> Answer:
    """People and whole departments; above ten the answer says so."""
    number = which.meant(asking, line, MeetingVerb.INVITE)
    people = _named(asking, line)
    if isinstance(people, Refusal) or not people:
        return _whom(asking, line, number, "invite", people)
    fact = operations.invite(asking, number, people)
    return which.told(asking, fact, note=views.many(scene(asking), fact.after))


def uninvite(asking: Asking, line: Line) -> Answer:
    """Host, recorder and organizer stay until somebody else is that."""
    number = which.meant(asking, line, MeetingVerb.INVITE)
    people = _named(asking, line, gone=True)
    if isinstance(people, Refusal) or not people:
        return _whom(asking, line, number, "uninvite", people)
    return which.told(asking, operations.uninvite(asking, number, people))


def accept(asking: Asking, line: Line) -> Answer:
    number = which.meant(asking, line, MeetingVerb.ANSWER)
    return which.told(asking, operations.answer(asking, number, Reply.ACCEPTED))


def decline(asking: Asking, line: Line) -> Answer:
    """With a reason, which the organizer reads."""
    number = which.meant(asking, line, MeetingVerb.ANSWER)
    why = _why(asking, line.rest)
    if not why:
        command = which.naming(line, number).with_rest("")
        return which.ask(asking, number, MeetingVerb.ANSWER, "decline", ("why",), {}, {}, command)
    return which.told(asking, operations.answer(asking, number, Reply.DECLINED, why))


def proxy(asking: Asking, line: Line) -> Answer:
    """Somebody comes in one's place; a reason may be given. What is wrong with a form's answer is said in it."""
    number = which.meant(asking, line, MeetingVerb.ANSWER)
    found = tokens.parts(asking, line.rest, ("proxy", "why"), bare="proxy")
    problems: dict[str, Refusal] = {}
    try:
        person = _instead(asking, found)
        if person is not None:
            why = found.labels.get("why") or _why(asking, found.rest)
            return which.told(asking, operations.answer(asking, number, Reply.PROXY, why, person))
    except Refusal as refused:
        if not asking.values or refused.text not in _OF_WHOM:
            raise
        problems["proxy"] = refused
    command, fields = which.naming(line, number).with_rest(""), ("proxy", "why")
    return which.ask(asking, number, MeetingVerb.ANSWER, "proxy", fields, asking.values, problems, command, fields[1:])


def _instead(asking: Asking, found: tokens.Parts) -> int | None:
    """Who comes: as a form says, else as the line names or mentions; None where nobody is said."""
    said = asking.values.get("proxy", "").strip()
    whom = [naming.value(asking, said)] if said else found.people.get("proxy", [])
    loose = naming.mentioned(asking)
    if whom:
        return naming.one_person(asking, whom[0], "proxy")
    return loose[0].id if loose else None


def named(asking: Asking, line: Line, *, gone: bool = False) -> tuple[int, ...]:
    """Whom the line, its mentions and a form name. `gone`: somebody who has left may be meant too."""
    found = tokens.parts(asking, line.rest, _LABELS, bare="invitees")
    whos = list(found.people.get("invitees", []))
    whos += [naming.value(asking, one) for one in _split(asking.values.get("invitees", "") or found.rest)]
    if gone:
        people = [who.person for who in whos if who.person is not None]
        return tuple(dict.fromkeys((*people, *written.crowd(asking, [who for who in whos if who.person is None]))))
    return tuple(dict.fromkeys((*written.crowd(asking, whos), *(one.id for one in naming.mentioned(asking)))))


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.translate(written.LISTS).split(",") if one.strip()]


def _named(asking: Asking, line: Line, *, gone: bool = False) -> tuple[int, ...] | Refusal:
    """As `named`; what is wrong with a form's names comes back, to be said in it."""
    try:
        return named(asking, line, gone=gone)
    except Refusal as refused:
        if not asking.values or refused.text not in _OF_WHOM:
            raise
        return refused


def _whom(asking: Asking, line: Line, number: int, name: str, wrong: object) -> Answer:
    command = which.naming(line, number).with_rest("")
    problems = {"invitees": wrong} if isinstance(wrong, Refusal) else {}
    return which.ask(asking, number, MeetingVerb.INVITE, name, _LABELS, asking.values, problems, command)


def _why(asking: Asking, text: str) -> str:
    """What was written, as written; a refusal for more than fits."""
    limit = asking.workplace.rules.text_limit
    return worded(asking.values.get("why") or text, limit, "why")
