"""A meeting as it is being written: read from a line's tokens and a form's values, and written back as one exact line.

The line that a plan writes says everything it knows, so a form, a button or a plain answer can carry on from it.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.calendar import at
from bot.commands import naming, tokens, whens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.meeting import beginning, measures, topics
from bot.commands.naming import Who
from bot.domain.meeting import Topic
from bot.due import Due, DueRefused
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.texts import LANGUAGES, words
from bot.views import kinds as kind_views

LABELS = (
    "title", "start", "ending", "length", "kind", "host", "recorder", "invitees", "copies", "leaders", "objective",
    "expected", "place", "link", "reason", "topic", "confidential", "repeat",
)  # fmt: skip
WORDED = ("title", "objective", "expected", "place", "link", "reason")
"""Fields that hold a person's words; empty clears them."""
CROWDS = ("invitees", "copies", "leaders")
_YES = frozenset({"是", "yes", "y", "true", "1", "保密", "confidential"})
_END = ";"
_NEAR, _LONGEST_DAY = 8, 4
"""A day is looked for among so many words at either end of a line, and is at most so many words: `on 26 Nov 2026`."""
LISTS = str.maketrans("，、;；\n&", ",,,,,,")


class Plan(Struct, frozen=True):
    """None: not said. `day` and `hour` are the start by the asker's wall clock, `ending` the end's hour; `length` in
    minutes. `rule`: RFC 5545, "" for a single meeting. People are ids."""

    title: str | None = None
    day: date | None = None
    hour: time | None = None
    ending: time | None = None
    length: int | None = None
    kind: str | None = None
    host: int | None = None
    recorder: int | None = None
    invitees: tuple[int, ...] = ()
    copies: tuple[int, ...] | None = None
    leaders: tuple[int, ...] | None = None
    objective: str | None = None
    expected: str | None = None
    place: str | None = None
    link: str | None = None
    reason: str | None = None
    confidential: bool | None = None
    topics: tuple[Topic, ...] = ()
    rule: str = ""

    def start(self, zone: ZoneInfo) -> datetime | None:
        """The instant; None while the day or the hour is missing. An hour that a clock change skips is the first after it."""
        return at(self.day, self.hour, zone) if self.day and self.hour is not None else None

    def minutes(self, zone: ZoneInfo) -> int | None:
        """The length, said as such or by the end's hour. Raises Refusal `meeting-end-first`."""
        start = self.start(zone)
        if self.ending is None or start is None or self.day is None:
            return self.length
        end = at(self.day, self.ending, zone)
        if end <= start:
            raise Refusal("meeting-end-first", at=self.hour, ends=self.ending, field="ending")
        return measures.minutes_between(start, end)


Again = Callable[[Plan], str]
Apart = Callable[[Asking, str], tuple[str, Due | None]]
"""A verb's words: the day at either end, and the rest."""


def plan(asking: Asking, rest: str, again: Again, *, left: str = "title", base: Plan | None = None) -> Plan:
    """What a line says of a meeting; `left` is the field of the words that are nothing else ("title", "reason"; "": they
    are refused), `base` what is said already. Raises Refusal: a refused day comes with the line mended, which `again`
    writes, or (to a form that waited until it was over) without it, to be asked for again."""
    found = tokens.parts(asking, rest, LABELS, bare="invitees")
    made = _labelled(asking, found, base or Plan())
    pieces = []
    for piece in found.words:
        made, piece = _measured(asking, made, piece)
        pieces += [piece] if piece else []
    try:
        made, words_left = _dated(asking, found, made, pieces, whens.apart if left == "reason" else None)
    except DueRefused as refused:
        undated = _with_left(asking, made, left, whens.without(" ".join(pieces), refused))
        if asking.values:
            return undated
        hour = undated.hour or _hour_of(asking, refused)
        raise whens.mended(refused, lambda day: again(_on(undated, day, hour)), "start") from None
    return _with_left(asking, made, left, words_left)


def filled(asking: Asking, made: Plan, values: dict[str, str]) -> tuple[Plan, dict[str, Refusal]]:
    """The plan with a form's values laid over it, and what is wrong with which of them."""
    problems: dict[str, Refusal] = {}
    for name, value in values.items():
        try:
            made = with_value(asking, made, name, value.strip())
        except Refusal as refused:
            problems[name] = refused
    return made, problems


def with_value(asking: Asking, made: Plan, name: str, value: str) -> Plan:
    """The plan with one field as somebody typed it. Raises Refusal."""
    if name in WORDED:
        return _with_words(made, {name: worded(value, asking.workplace.rules.text_limit, name)})
    if not value:
        return made
    if name in CROWDS:
        return _with_crowd(made, name, crowd(asking, _listed(asking, value)))
    match name:
        case "start":
            return _started(asking, made, value)
        case "ending":
            return replace(made, ending=_wall(value), length=None)
        case "length":
            return replace(made, length=_length(value), ending=None)
        case "kind":
            return replace(made, kind=_kind(asking, value))
        case "host":
            return replace(made, host=naming.one_person(asking, naming.value(asking, value), name))
        case "recorder":
            return replace(made, recorder=naming.one_person(asking, naming.value(asking, value), name))
        case "topic":
            return replace(made, topics=tuple(topics.topic(asking, one) for one in value.splitlines() if one.strip()))
        case "confidential":
            return replace(made, confidential=shadow(value) in _YES)
        case "repeat":
            return _repeated(asking, made, value)
        case _:
            return made


def line(asking: Asking, made: Plan) -> str:
    """The plan as the words behind a verb; reading them gives the plan again, also with more words behind."""
    parts = [_label(asking, name, value) for name, value in values(asking, made).items() if value and name != "topic"]
    parts += [_label(asking, "topic", topics.line(asking, one)) for one in made.topics]
    return " ".join(parts) + (_END if parts else "")


def values(asking: Asking, made: Plan) -> dict[str, str]:
    """The plan by form fields, each as somebody would type it."""
    hour = f"{made.hour:%H:%M}" if made.hour is not None else ""
    return {
        "title": made.title or "",
        "start": " ".join(part for part in (made.day.isoformat() if made.day else "", hour) if part),
        "ending": f"{made.ending:%H:%M}" if made.ending else "",
        "length": str(made.length or ""),
        "repeat": f"RRULE:{made.rule}" if made.rule else "",
        "kind": made.kind or "",
        "host": _handle(asking, made.host),
        "recorder": _handle(asking, made.recorder),
        "invitees": ", ".join(_handle(asking, one) for one in made.invitees),
        "copies": ", ".join(_handle(asking, one) for one in made.copies or ()),
        "leaders": ", ".join(_handle(asking, one) for one in made.leaders or ()),
        **{name: getattr(made, name) or "" for name in WORDED if name != "title"},
        "confidential": "yes" if made.confidential else "",
        "topic": "\n".join(topics.line(asking, one) for one in made.topics),
    }


def crowd(asking: Asking, whos: Iterable[Who]) -> tuple[int, ...]:
    """People, and of a department everybody in it who is here. Raises Refusal `invite-everybody`, `person-unknown`."""
    found: list[int] = []
    for who in whos:
        if who.everybody:
            raise Refusal("invite-everybody", name=who.everybody, field="invitees")
        if who.department is not None:
            people = asking.directory.people.values()
            found += [one.id for one in people if one.department == who.department and one.active]
        else:
            found.append(naming.one_person(asking, who, "invitees"))
    return tuple(dict.fromkeys(found))


def _labelled(asking: Asking, found: tokens.Parts, made: Plan) -> Plan:
    """Everything but the day: people, labelled words, kinds, topics."""
    for name in ("host", "recorder"):
        if found.people.get(name):
            person = naming.one_person(asking, found.people[name][0], name)
            made = replace(made, host=person) if name == "host" else replace(made, recorder=person)
    for name in CROWDS:
        if found.people.get(name):
            made = _with_crowd(made, name, crowd(asking, found.people[name]))
    made = _with_loose(asking, found, made)
    for name, value in found.labels.items():
        if name not in ("start", "repeat"):
            made = with_value(asking, made, name, value)
    return made


def _with_loose(asking: Asking, found: tokens.Parts, made: Plan) -> Plan:
    """Mentions that came without their position are invited, unless the text says of them something else."""
    elsewhere = {who.person for whos in found.people.values() for who in whos}
    elsewhere |= {topic.presenter for topic in made.topics}
    loose = [one.id for one in naming.mentioned(asking) if one.id not in elsewhere]
    return replace(made, invitees=tuple(dict.fromkeys((*made.invitees, *loose))))


def _measured(asking: Asking, made: Plan, piece: str) -> tuple[Plan, str]:
    """How often, until which hour and how long, cut out of a piece of the line; `!保密` too."""
    rule, piece = beginning.recurring(asking, piece)
    ending, piece = measures.span(piece)
    minutes, piece = measures.length(piece)
    kept = [word for word in piece.split(" ") if shadow(word) not in ("!保密", "!confidential")]
    secret = True if len(kept) < len(piece.split(" ")) else made.confidential
    made = replace(made, rule=rule or made.rule, ending=ending or made.ending, confidential=secret)
    return replace(made, length=minutes if minutes is not None else made.length), " ".join(kept)


def _dated(asking: Asking, found: tokens.Parts, made: Plan, pieces: list[str], apart: Apart | None) -> tuple[Plan, str]:
    """The start, wherever it was said: labelled (a following plain answer may bring its hour), or among the words."""
    if "repeat" in found.labels:
        made = _repeated(asking, made, found.labels["repeat"])
    if "start" in found.labels:
        made = _started(asking, made, found.labels["start"])
        if made.hour is None and pieces and _hour_alone(asking, pieces[-1]):
            made = _started(asking, made, pieces.pop())
        title, due = " ".join(pieces), None
    elif made.day is not None and (hour := _only_hour(asking, pieces)):
        made = _started(asking, made, hour)
        title, due = " ".join(pieces).replace(hour, "", 1), None
    else:
        title, due = apart(asking, " ".join(pieces)) if apart else _titled(asking, pieces, made)
    made = made if due is None else replace(made, day=due.day, hour=due.time)
    return made, _without_first(asking, made, title) if made.rule and due is not None else title


def _without_first(asking: Asking, made: Plan, title: str) -> str:
    """Where a day was said besides a rule, it is the day from which the rule holds; the rule's own next day, which stands among
    the words in its place, is none of the title's."""
    first = measures.first_day(made.rule, asking.today)
    return " ".join(title.replace(first.isoformat(), "", 1).split()) if first else title


def _with_left(asking: Asking, made: Plan, left: str, text: str) -> Plan:
    text = worded(text.strip(" ,，;；"), asking.workplace.rules.text_limit, left)
    if text and not left:
        raise Refusal("meeting-edit-what", words=text)
    return _with_words(made, {left: text}) if text and getattr(made, left) is None else made


def _only_hour(asking: Asking, pieces: list[str]) -> str:
    """The hour that stands there without any day: then it is another hour of the day that is known. "" for none."""
    words_said = " ".join(pieces).split()
    ends = dict.fromkeys((*range(_NEAR), *range(len(words_said) - _NEAR, len(words_said))))
    phrases = (" ".join(words_said[at : at + n]) for at in ends if at >= 0 for n in range(1, _LONGEST_DAY + 1))
    if any(whens.names_day(asking, phrase) and not _hour_alone(asking, phrase) for phrase in dict.fromkeys(phrases)):
        return ""
    return next((word for word in words_said if _hour_alone(asking, word)), "")


def _titled(asking: Asking, pieces: list[str], made: Plan) -> tuple[str, Due | None]:
    """A rule's first day may be today and its hour over: then the next one of the rule is the first."""
    try:
        return whens.titled(asking, pieces)
    except DueRefused as refused:
        today = asking.today.isoformat()
        if refused.kind != "past" or not made.rule or not any(today in piece for piece in pieces):
            raise
        following = next((day for day in measures.days(made.rule, asking.today) if day > asking.today), None)
        if following is None:  # today's was the last
            raise
    return whens.titled(asking, [piece.replace(today, following.isoformat()) for piece in pieces])


def _started(asking: Asking, made: Plan, value: str) -> Plan:
    """A day with an hour, or only one of the two; a range or a length behind it counts too. Raises DueRefused."""
    made, phrase = _measured(asking, made, value)
    if _hour_alone(asking, phrase):
        day = made.day or asking.today
        due = whens.read_day(asking, f"{day.isoformat()} {phrase}")
    else:
        due = whens.read_day(asking, phrase)
    return replace(made, day=due.day, hour=due.time if due.time is not None else made.hour)


def _hour_alone(asking: Asking, phrase: str) -> bool:
    """Whether a phrase says an hour and no day: put behind a day it gives that day."""
    tomorrow = date.fromordinal(asking.today.toordinal() + 1).isoformat()
    try:
        due = whens.read_day(asking, f"{tomorrow} {phrase}")
    except DueRefused:
        return False
    return due.time is not None and not whens.is_day(asking, f"{phrase} 23:59")


def _hour_of(asking: Asking, refused: DueRefused) -> time | None:
    """The hour in a refused phrase (昨天 10:00, 下周 10:00): another day has it too."""
    said = str(refused.args_.get("phrase", "")).split()
    hour = next((word for word in said if _hour_alone(asking, word)), "")
    tomorrow = date.fromordinal(asking.today.toordinal() + 1).isoformat()
    return whens.read_day(asking, f"{tomorrow} {hour}").time if hour else None


def _repeated(asking: Asking, made: Plan, value: str) -> Plan:
    rule, rest = measures.recurring(value, asking.today)
    if not rule:
        raise Refusal("series-rule", rule=value, field="repeat")
    made = replace(made, rule=rule)
    return _started(asking, made, rest) if made.day is None else made


def _with_words(made: Plan, said: dict[str, str]) -> Plan:
    return replace(
        made, title=said.get("title", made.title), objective=said.get("objective", made.objective),
        expected=said.get("expected", made.expected), place=said.get("place", made.place),
        link=said.get("link", made.link), reason=said.get("reason", made.reason),
    )  # fmt: skip


def _with_crowd(made: Plan, name: str, people: tuple[int, ...]) -> Plan:
    if name == "invitees":
        return replace(made, invitees=people)
    return replace(made, copies=people) if name == "copies" else replace(made, leaders=people)


def _listed(asking: Asking, value: str) -> list[Who]:
    return [naming.value(asking, one) for one in value.translate(LISTS).split(",") if one.strip()]


def _wall(value: str) -> time:
    found = measures.wall(value)
    if found is None:
        raise Refusal("meeting-ending", value=value, field="ending")
    return found


def _length(value: str) -> int:
    found = measures.whole_length(value)
    if not found:
        raise Refusal("meeting-length-unclear", value=value, field="length")
    return found


def _kind(asking: Asking, value: str) -> str:
    kinds = asking.workplace.kinds
    found = measures.kind(value, kinds, tuple(words(language) for language in LANGUAGES if language != "zh-Hant"))
    if found is None:
        known = tuple(kind_views.kind(scene(asking), one.name) for one in kinds)
        raise Refusal("kind-unknown", value=value, kinds=known, field="kind")
    return found.name


def _label(asking: Asking, name: str, value: str) -> str:
    """目标：“…” / objective: "…": in the asker's language, quoted unless it can only be read one way."""
    chinese = asking.words.language != "en"
    label = next(one for one in tokens.LABELS[name] if one.isascii() != chinese)
    plain = name not in (*WORDED, "topic", "repeat")
    return f"{label}{'：' if chinese else ': '}{value if plain else tokens.enclosed(value)}"


def _on(made: Plan, day: str, hour: time | None) -> Plan:
    return replace(made, day=date.fromisoformat(day), hour=hour) if day else made


def _handle(asking: Asking, person: int | None) -> str:
    return asking.directory.handle(asking.directory.person(person)) if person is not None else ""
