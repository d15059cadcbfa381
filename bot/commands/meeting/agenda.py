"""`/meeting topic` 议题, `propose` 提议, `take` 采纳, `drop` 不采纳, `material` 材料: the agenda, from everyone (P4, P5, P7).

A topic is named by its place on the agenda (2), or by its own number as buttons do (#5), or by how its title begins.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import naming
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.meeting import topics, which
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingVerb, Topic
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.operations import planning as operations
from bot.operations.sessions import ready
from bot.pattern import pattern

_DEEDS = {
    "add": ("add", "new", "新增", "添加", "增加", "加"),
    "edit": ("edit", "change", "修改", "改"),
    "order": ("order", "sort", "排序", "顺序", "順序"),
    "drop": ("drop", "remove", "delete", "删除", "刪除", "去掉"),
}
_FIELDS = ("topic", "presenter", "minutes", "brings")
"""What a topic's form asks."""
_PLACE = pattern(r"(?:议题|議題|topic)?\s*(?P<own>#)?(?P<number>[0-9]{1,9})(?![0-9a-z])[\s.,，、:：]*", re.IGNORECASE)
_URL = pattern(r"https?://\S+")
_OWED = pattern(r"[@＠]")
_LIST = pattern(r"[\s,，、;；]+")


def topic(asking: Asking, line: Line) -> Answer:
    """P4: `add`, `edit 2 …`, `order 3 1 2`, `drop 2`; without any of these words what follows is added."""
    number = which.meant(asking, line, MeetingVerb.TOPIC)
    line = which.naming(line, number)
    deed, rest = _deed(line.rest)
    return _CARRIED_OUT[deed](asking, line, number, rest)


def propose(asking: Asking, line: Line) -> Answer:
    """P5: any invitee; the organizer takes or declines it."""
    number = which.meant(asking, line, MeetingVerb.PROPOSE)
    line = which.naming(line, number)
    made = _written(asking, line, number, MeetingVerb.PROPOSE, line.rest)
    if not isinstance(made, Topic):
        return made
    return which.told(asking, operations.propose(asking, number, made))


def take(asking: Asking, line: Line) -> Answer:
    """P5: a proposal comes onto the agenda; a sixth topic by a button that says so."""
    number = which.meant(asking, line, MeetingVerb.TAKE)
    line = which.naming(line, number)
    meeting = ready(asking, number, MeetingVerb.TAKE)
    chosen, _ = _chosen(meeting, line.rest, line, taken=False)
    override = f"{line.head}! {meeting.label} #{chosen}"
    return which.told(
        asking,
        _sixth(lambda: operations.take(asking, number, chosen, override=line.again), override),
    )


def drop(asking: Asking, line: Line) -> Answer:
    """P5: a proposal is not taken; whoever made it hears why, where a reason is given."""
    number = which.meant(asking, line, MeetingVerb.DROP)
    line = which.naming(line, number)
    meeting = ready(asking, number, MeetingVerb.DROP)
    chosen, why = _chosen(meeting, line.rest, line, taken=False)
    return which.told(asking, operations.drop_topic(asking, number, chosen, why))


def material(asking: Asking, line: Line) -> Answer:
    """P7: `material M-7 2 https://…` brings one, `material M-7 2 @李四` asks for one; the bot gives it its name."""
    number = which.meant(asking, line, MeetingVerb.MATERIAL)
    line = which.naming(line, number)
    meeting = ready(asking, number, MeetingVerb.MATERIAL)
    rest = " ".join(part for part in (line.rest, asking.values.get("link", "")) if part)
    found = _URL.search(rest)
    url = found[0] if found else _attached(asking)
    words = _URL.sub(" ", rest).strip()
    chosen, words = _of_asker(asking, meeting, words, line)
    owed_by = _owner(asking, words)
    if not url and owed_by is None:
        command = f"{line.head} {meeting.label} #{chosen}"
        return which.ask(asking, number, MeetingVerb.MATERIAL, "material", ("link",), {}, {}, command)
    return which.told(asking, operations.material(asking, number, chosen, owed_by or asking.by.id, url))


def _add(asking: Asking, line: Line, number: int, rest: str) -> Answer:
    several = topics.several(rest)
    if several:
        return _add_all(asking, line, number, rest, several)
    made = _written(asking, line, number, MeetingVerb.TOPIC, rest)
    if not isinstance(made, Topic):
        return made
    override = f"{line.head}! M-{number} add {topics.line(asking, made)}"
    return which.told(asking, _sixth(lambda: operations.add_topic(asking, number, made, override=line.again), override))


def _add_all(asking: Asking, line: Line, number: int, rest: str, several: Sequence[str]) -> Answer:
    """An agenda in one line, as `/meeting new` takes it: all of it or, where one does not fit, none."""
    made = [topics.topic(asking, one) for one in several]

    def add() -> Met:
        added = [operations.add_topic(asking, number, one, override=line.again) for one in made]
        asking.facts.extend(added[:-1])
        return added[-1]

    return which.told(asking, _sixth(add, f"{line.head}! M-{number} add {rest}"))


def _edit(asking: Asking, line: Line, number: int, rest: str) -> Answer:
    meeting = ready(asking, number, MeetingVerb.TOPIC)
    chosen, said = _chosen(meeting, rest, line, taken=True)
    given, problems = _filled(asking)
    changes = topics.changes(asking, said) | given
    if problems or not changes:
        stands = meeting.topic(chosen)
        assert stands is not None
        command = f"{line.head} {meeting.label} edit #{chosen}"
        values = _values(asking, stands) | asking.values
        return which.ask(asking, number, MeetingVerb.TOPIC, "topic", _FIELDS, values, problems, command, _FIELDS)
    return which.told(asking, operations.edit_topic(asking, number, chosen, changes))


def _order(asking: Asking, line: Line, number: int, rest: str) -> Answer:
    meeting = ready(asking, number, MeetingVerb.TOPIC)
    numbers = [_chosen(meeting, one, line, taken=True)[0] for one in _LIST.split(rest.strip()) if one]
    if not numbers:
        raise Refusal("topic-order", meeting=meeting.label, mended=f"{line.head} {meeting.label} order 2 1")
    return which.told(asking, operations.order(asking, number, numbers))


def _drop(asking: Asking, line: Line, number: int, rest: str) -> Answer:
    meeting = ready(asking, number, MeetingVerb.TOPIC)
    chosen, why = _chosen(meeting, rest, line, taken=True)
    return which.told(asking, operations.drop_topic(asking, number, chosen, why))


_CARRIED_OUT: dict[str, Callable[[Asking, Line, int, str], Answer]] = {
    "add": _add,
    "edit": _edit,
    "order": _order,
    "drop": _drop,
}


def _written(asking: Asking, line: Line, number: int, verb: MeetingVerb, rest: str) -> Topic | Answer:
    """The topic that was written, or the form for it: with what was filled in already, and what is wrong with that."""
    text = "\n".join(part for part in (rest, asking.values.get("topic", "")) if part).strip()
    said, problems = _filled(asking)
    if text and not problems:
        return replace(topics.topic(asking, text), **{k: v for k, v in said.items() if k != "title"})
    command = f"{line.head} M-{number}" + (" add" if verb is MeetingVerb.TOPIC else "")
    name = "topic" if verb is MeetingVerb.TOPIC else "propose"
    values = {"topic": text, **asking.values}
    return which.ask(asking, number, verb, name, _FIELDS, values, problems, command, _FIELDS[1:])


def _filled(asking: Asking) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """A form's values, by the names of a topic's fields; what is wrong with them, by the names of the form's."""
    said: dict[str, Any] = {}
    problems: dict[str, Refusal] = {}
    for name in _FIELDS:
        value = asking.values.get(name, "").strip()
        try:
            said |= _answered(asking, name, value) if value else {}
        except Refusal as refused:
            problems[name] = refused
    return said, problems


def _answered(asking: Asking, name: str, value: str) -> dict[str, Any]:
    match name:
        case "topic":
            return topics.changes(asking, value)
        case "presenter":
            return {"presenter": naming.one_person(asking, naming.value(asking, value), "presenter")}
        case "minutes":
            return topics.changes(asking, f"minutes: {value}")
        case _:
            return topics.changes(asking, f"for: {value}")


def _values(asking: Asking, topic: Topic) -> dict[str, str]:
    presenter = asking.directory.people.get(topic.presenter or 0)
    return {
        "topic": topic.title,
        "presenter": asking.directory.handle(presenter) if presenter else "",
        "minutes": str(topic.minutes),
        "brings": str(topic.outcome),
    }


def _sixth(carried_out: Callable[[], Met], command: str) -> Met:
    """P4: beyond the handbook's number only by a press that says so."""
    try:
        return carried_out()
    except Refusal as refused:
        if refused.text != "topic-sixth":
            raise
        meeting = str(refused.args_["meeting"])
        offers = (Offer("offer-topic-anyway", command), Offer("offer-show-meeting", f"/meeting show {meeting}"))
        raise which.retold(refused, offers) from None


def _deed(rest: str) -> tuple[str, str]:
    low = shadow(rest)
    for deed, names in _DEEDS.items():
        for name in sorted(names, key=len, reverse=True):
            after = low[len(name) : len(name) + 1]
            if low.startswith(name) and (not after or not after.isalnum()):
                return deed, rest[len(name) :].lstrip(" :：")
    return "add", rest


def _chosen(meeting: Meeting, text: str, line: Line, *, taken: bool) -> tuple[int, str]:
    """The number of the topic that is meant, and the words behind it. Raises Refusal `which-topic` with a button for each."""
    among = [topic for topic in meeting.topics if topic.taken is taken]
    match = _PLACE.match(shadow(text))
    if match:
        number, rest = int(match["number"]), text[match.end() :].strip()
        if match["own"]:
            return number, rest
        if 1 <= number <= len(among):
            return among[number - 1].number, rest
    begun = [topic for topic in among if text.strip() and shadow(topic.title).startswith(shadow(text.strip()))]
    if len(begun) == 1:
        return begun[0].number, ""
    if len(among) == 1 and not match and not taken:
        return among[0].number, text.strip()
    raise _which(meeting, among, text, line)


def _which(meeting: Meeting, among: list[Topic], text: str, line: Line) -> Refusal:
    said = f"{line.head} {meeting.label} "
    deed = _deed(line.rest)[0] if line.verb == "topic" else ""
    offers = tuple(
        Offer("offer-topic", f"{said}{deed} #{one.number}".replace("  ", " "), args=(("title", one.title),))
        for one in among[:4]
    )
    return Refusal("which-topic", meeting=meeting.label, n=len(among), words=text, offers=offers)


def _of_asker(asking: Asking, meeting: Meeting, words: str, line: Line) -> tuple[int, str]:
    """The topic a material is for: the one that is named, else the asker's own, else the only one."""
    match = _PLACE.match(shadow(words))
    mine = [topic for topic in meeting.agenda if topic.presenter == asking.by.id]
    only = mine if len(mine) == 1 else list(meeting.agenda) if len(meeting.agenda) == 1 else []
    if match is None and only:
        return only[0].number, words
    return _chosen(meeting, words, line, taken=True)


def _owner(asking: Asking, words: str) -> int | None:
    """Whom a material is asked of."""
    at = _OWED.search(words)
    if at is None:
        return None
    return naming.one_person(asking, naming.who(asking, words[at.end() :])[0], "owner")


def _attached(asking: Asking) -> str:
    """A file sent with the line counts by its link."""
    files = asking.said.attachments if asking.said else ()
    return next((one.url for one in files if one.url), "")
