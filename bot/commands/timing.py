"""Verbs that need a day or a person: postpone 延期, block 受阻, snooze 稍后, assign 转交 (items, or all of somebody's)."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from bot.cards import Answer, Button, Buttons, Card, Form
from bot.commands import answers, naming, tokens, whens
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.domain.action import Block, Reckoned, Verb
from bot.due import Due, DueRefused
from bot.errors import Offer, Refusal
from bot.operations import actions, plans
from bot.operations.change import load, ready
from bot.pattern import pattern
from bot.views import action as views
from bot.views import handover, lines
from bot.views.refusal import sentence

_ALL = pattern(r"^(?:--all|all of|全部|所有)\s*", re.IGNORECASE)
_TO = pattern(r"^(?:(?:给|給|到)\s*(?=\S)|to\s+(?=\S))", re.IGNORECASE)
"""`转交 A-1 给 @李四`, `assign A-1 to @Bo`: no reason begins so."""
_SURE = pattern(r"\s*(?:--yes|确认)$", re.IGNORECASE)


class Said(Struct):
    """What a verb was told: its words, its day (and how that came about, T2), its person, and what of a form's values
    could not be used."""

    why: str = ""
    due: Due | None = None
    reckoned: Reckoned | None = None
    person: int | None = None
    problems: dict[str, Refusal] = field(default_factory=dict)


def postpone(asking: Asking, line: Line) -> Answer:
    """A4: a reason and a new exact day, in any order; 延期两天 is two days beyond the day it had. Raises Refusal
    `postpone-needs-later` with later ones."""
    number = answers.meant(asking, line)[0]
    stood = load(asking, number).due.day
    said = _said(asking, line, number, day="due", person="", since=stood)
    needed = tuple(name for name, given in (("due", said.due), ("why", said.why)) if not given)
    if needed or said.problems or said.due is None:
        return _ask(asking, line, Verb.POSTPONE, (number,), said, needed, "due")
    try:
        moved = plans.postpone(asking, number, said.due.day, said.due.time, said.why, said.reckoned)
    except Refusal as refused:
        raise _later(asking, refused, line.head, number, stood, said.why) from None
    return answers.told(asking, [moved])


def _later(asking: Asking, refused: Refusal, head: str, number: int, stood: date, why: str) -> Refusal:
    """The refusal of a day that is no later, with the working day after the one it had and a week on; others as they are."""
    if refused.text != "postpone-needs-later":
        return refused
    soon = max(stood, asking.today)
    days = [asking.workplace.calendar.on_or_after(soon + timedelta(days=ahead)) for ahead in (1, 7)]
    offers = tuple(
        Offer(
            "due-offer-day", f"{head} A-{number} {day} {_because(why)}".strip(), args=(("day", day.isoformat()),)
        )
        for day in dict.fromkeys(days)
    )  # fmt: skip
    return Refusal(refused.text, offers=offers, mended=offers[0].command, field=refused.field, **refused.args_)


def block(asking: Asking, line: Line) -> Answer:
    """A5: a reason, who can resolve it, and by which day, in any order."""
    number = answers.meant(asking, line)[0]
    said = _said(asking, line, number, day="until", person="resolver")
    given = {"why": said.why, "resolver": said.person, "until": said.due}
    needed = tuple(name for name, value in given.items() if not value)
    if needed or said.problems or said.person is None or said.due is None:
        return _ask(asking, line, Verb.BLOCK, (number,), said, needed, "until")
    return answers.told(asking, actions.block(asking, [number], Block(said.why, said.person, said.due.day)))


def snooze(asking: Asking, line: Line) -> Answer:
    """A6: until the next working morning, or as long as is said."""
    numbers = answers.meant(asking, line)
    phrase = asking.values.get("until", line.rest).strip()
    try:
        until = _until(asking, phrase)
    except DueRefused as refused:
        if not asking.values:
            raise whens.mended(refused, lambda day: f"{_head(line, numbers)} {day}".strip(), "until") from None
        return answers.missing(
            asking, Verb.SNOOZE, numbers, asking.values, ("until",), {"until": refused}, _head(line, numbers)
        )
    return answers.told(asking, actions.snooze(asking, numbers, until))


def assign(asking: Asking, line: Line) -> Answer:
    """A14: to another owner; `--all @from @to` hands over everything open, after showing it."""
    if _ALL.match(line.rest) and not line.numbers:
        return _hand_over(asking, _ALL.sub("", line.rest))
    numbers = answers.meant(asking, line)
    line = replace(line, rest=_TO.sub("", line.rest))
    said = _said(asking, line, numbers[0], day="", person="owner")
    if said.person is None or said.problems:
        return _ask(asking, line, Verb.ASSIGN, numbers, said, () if said.person else ("owner",), "")
    return answers.told(asking, plans.assign(asking, numbers, said.person, said.why))


def _hand_over(asking: Asking, rest: str) -> Answer:
    """Whoever gives may have left; whoever takes is here."""
    sure = _SURE.search(rest)
    found = tokens.parts(asking, _SURE.sub("", rest), ("why",))
    named = [
        naming.one_person(asking, who, "owner", left=place == 0)
        for place, who in enumerate(found.people.get("owner", []))
    ]
    people = list(dict.fromkeys((*named, *(one.id for one in naming.mentioned(asking)))))
    if len(people) == 1 and len(named) < 2:
        answer = _taker(asking, people[0])
        if isinstance(answer, Form):
            return answer
        people.append(answer)
    if len(people) != 2:
        raise Refusal("hand-over-who", mended="/action assign --all @… @…", field="owner")
    giver, taker = people
    why = worded(found.labels.get("why", found.rest), asking.workplace.rules.text_limit, "why")
    if sure:
        return answers.told(asking, plans.hand_over(asking, giver, taker, why))
    return _preview(asking, giver, taker, why)


def _taker(asking: Asking, giver: int) -> int | Form:
    """Who takes all of it, as the form's answer says; else the form that asks."""
    count, said, problem = len(plans.given_up(asking, giver)), asking.values.get("owner", ""), ""
    try:
        if said.strip():
            return naming.one_person(asking, naming.value(asking, said), "owner")
    except Refusal as refused:
        problem = sentence(answers.scene(asking), refused)
    return handover.taker(answers.scene(asking), asking.directory.person(giver), count, problem)


def _preview(asking: Asking, giver: int, taker: int, why: str) -> Card:
    """What would go from whom to whom, and the press that does it."""
    items = answers.ordered(asking, plans.given_up(asking, giver))
    one, other = (asking.directory.person(id) for id in (giver, taker))
    heading = asking.words("hand-over", giver=one.name, taker=other.name)
    ends = [
        part for part in (f"@{asking.directory.handle(one)} @{asking.directory.handle(other)}", _because(why)) if part
    ]
    command = f"/action assign --all {' '.join(ends)} --yes"
    press = Button(asking.words("hand-over-press", n=len(items)), command, "primary")
    eye, others = answers.scene(asking), plans.not_to_give(asking, giver)
    card = views.listing(eye, items, heading=heading)
    rest = lines.said(asking.words("hand-over-rest", n=others) if others else "", faint=True)
    return replace(card, blocks=tuple(filter(None, (*card.blocks, rest, Buttons((press,))))))


def _said(
    asking: Asking, line: Line, number: int, *, day: str, person: str, since: date | None = None
) -> Said:  # fmt: skip
    """The line's tokens, then the form's values over them; a bare count of days begins `since`. A refused day of a typed
    line is raised, mended."""
    known = [name for name in (day, person, "why", "reckoned") if name]
    found = tokens.parts(asking, line.rest, known, bare=person)
    said = Said(person=_person(asking, found, person) if person else None)
    if person and said.person is None and found.words:
        said.person, found.words[0] = naming.answered(asking, found.words[0])
    _words_and_day(asking, line, number, found, said, day, since)
    for name in (day, person, "why"):
        if name and asking.values.get(name, "").strip():
            _fill(asking, said, name, asking.values[name], name == day, since)
    return said


def _person(asking: Asking, found: tokens.Parts, name: str) -> int | None:
    """The one who was named: with an @, by label, or by mention. Raises Refusal `one-person` for several."""
    typed = [naming.one_person(asking, who, name) for who in found.people.get(name, [])]
    people = tuple(dict.fromkeys((*typed, *(one.id for one in naming.mentioned(asking)))))
    if len(people) > 1:
        raise Refusal("one-person", n=len(people), people=people, field=name)
    return people[0] if people else None


def _words_and_day(
    asking: Asking, line: Line, number: int, found: tokens.Parts, said: Said, day: str, since: date | None
) -> None:
    limit = asking.workplace.rules.text_limit
    rest = found.rest
    if day:
        said.due, rest = _day(asking, line, number, found, day, since)
        said.reckoned = whens.reckoned(asking, said.due, whens.from_written(found.labels.get("reckoned", "")), since)
    said.why = worded(found.labels.get("why", "") or rest, limit, "why")


def _day(
    asking: Asking, line: Line, number: int, found: tokens.Parts, name: str, since: date | None
) -> tuple[Due | None, str]:
    try:
        if found.labels.get(name):
            return whens.read_day(asking, found.labels[name], since), found.rest
        rest, due = whens.apart(asking, found.rest, since)
    except DueRefused as refused:
        ready(asking, number, Verb(line.verb))  # whose day it is not to move hears that, and no other day
        if asking.values:  # a form that waited until the day of its line was over: it is asked for again
            return None, whens.without(found.rest, refused)
        raise whens.mended(refused, _mending(line, number, refused), name) from None
    return due, rest


def _mending(line: Line, number: int, refused: DueRefused) -> Callable[[str], str]:
    rest = whens.without(line.rest, refused)
    return lambda day: " ".join(part for part in (line.head, f"A-{number}", day, rest) if part)


def _fill(asking: Asking, said: Said, name: str, value: str, is_day: bool, since: date | None) -> None:
    """One value of a form; what is wrong with it is said at its field."""
    try:
        if is_day:
            _redated(asking, said, whens.read_day(asking, value, since), since)
        elif name == "why":
            said.why = worded(value, asking.workplace.rules.text_limit, "why")
        else:
            said.person = naming.one_person(asking, naming.value(asking, value), name)
    except Refusal as refused:
        said.problems[name] = refused


def _redated(asking: Asking, said: Said, due: Due, since: date | None) -> None:
    """A form's day; the line's own, shown in it and sent back, came about as the line says."""
    same = said.due is not None and (due.day, due.time) == (said.due.day, said.due.time)
    said.due, said.reckoned = due, whens.reckoned(asking, due, said.reckoned if same else None, since)


def _ask(
    asking: Asking, line: Line, verb: Verb, numbers: tuple[int, ...], said: Said, needed: tuple[str, ...], day: str
) -> Answer:
    """The form for what is missing; its command holds what was said so far."""
    handle = asking.directory.handle(asking.directory.person(said.person)) if said.person else ""
    known = [whens.iso(said.due) if said.due else "", f"@{handle}" if handle else "", _because(said.why)]
    known += [f"reckoned from: {tokens.enclosed(whens.written(said.reckoned))}"] if said.reckoned else []
    values = {name: value for name, value in asking.values.items() if name in said.problems}
    values |= {"why": said.why} if said.why else {}
    values |= {day: whens.iso(said.due)} if said.due else {}
    command = " ".join([line.head, *(f"A-{number}" for number in numbers), *(part for part in known if part)])
    return answers.missing(asking, verb, numbers, values, needed, said.problems, command)


def _because(why: str) -> str:
    """The reason as one value: the names and days in it stay its own."""
    return f"why: {tokens.enclosed(why)}" if why else ""


def _until(asking: Asking, phrase: str) -> datetime:
    return whens.pause(asking, phrase) if phrase else whens.next_morning(asking)


def _head(line: Line, numbers: tuple[int, ...]) -> str:
    return " ".join((line.head, *(f"A-{number}" for number in numbers)))
