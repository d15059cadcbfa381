"""`/meeting correct` 更正 and `/meeting settle` 补齐: a line put right while people talk, and what the end left open (M2, M5).

Both show a form with what is there; a plain line behind the number says the same."""

from datetime import date, time

from bot.cards import Answer, Card, Form, Toast
from bot.commands import answers, drafts, naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.drafts import Draft
from bot.commands.live import capturing as said
from bot.commands.live import places, wording
from bot.commands.live.sitting import drafted
from bot.domain.action import Action
from bot.domain.captured import Capture, Sort
from bot.domain.facts import Changed, Met
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.papers import Papers
from bot.domain.unsettled import Gap, Open, gaps
from bot.errors import Refusal
from bot.operations import capturing, change
from bot.operations.papers import papers
from bot.operations.sessions import load, ready
from bot.pattern import pattern
from bot.views import forms, live_end, live_forms
from bot.views.refusal import sentence

_NUMBERED = pattern(r"(?:#\s*)?(?P<mark>[0-9]{1,9})(?![0-9])\s*")


def correct(asking: Asking, line: Line) -> Answer | None:
    """The line of that number, or the one replied to."""
    number = places.meant(asking, line, MeetingVerb.WITHDRAW)
    mark, rest = _mark(asking, line, number)
    meeting, captured = capturing.mine(asking, number, mark)
    if captured.sort is Sort.ACTION:
        return _amended(asking, meeting, captured, rest)
    if not rest and not asking.values:
        values = live_forms.current(scene(asking), captured)
        command = f"/meeting correct {meeting.label} {mark}"
        return live_forms.form(
            scene(asking), live_forms.of_sort(captured.sort), command, values, version=captured.version
        )
    asking.facts.append(_corrected(asking, meeting, captured, rest))
    drafted(asking, load(asking, number))
    return Toast(asking.words("did-meeting-correct", meeting=meeting.label), "good")


def settle(asking: Asking, line: Line) -> Answer | None:
    """M5: without a number the list of what is open; with one its form, or what was said of it."""
    number = places.meant(asking, line, MeetingVerb.SETTLE)
    meeting = ready(asking, number, MeetingVerb.SETTLE)
    whole = papers(asking.records, meeting.label)
    assert whole is not None  # it was loaded a moment ago, in this transaction
    named = _NUMBERED.match(line.rest)
    if named is None:
        return _list(asking, whole)
    gap = next((one for one in gaps(whole) if one.number == int(named["mark"])), None)
    if gap is None:
        raise Refusal("settle-nothing", meeting=meeting.label)
    rest = line.rest[named.end() :].strip()
    if not rest and not asking.values:
        command = f"/meeting settle {meeting.label} {gap.number}"
        return live_forms.form(scene(asking), f"settle-{gap.open}", command, note=gap.text)
    return _settled(asking, meeting, gap, rest)


def _list(asking: Asking, whole: Papers) -> Card:
    """What is open, each with its press; else that nothing is."""
    listed = live_end.unsettled(scene(asking), whole, {})
    return listed or live_end.settled(scene(asking), whole.meeting)


def _settled(asking: Asking, meeting: Meeting, gap: Gap, rest: str) -> Answer:
    facts: list[Changed | Met] = []
    match gap.open:
        case Open.CONCLUSION:
            facts.append(_concluded(asking, meeting, gap, rest))
        case Open.WHY:
            facts.append(capturing.correct(asking, meeting.number, gap.number, why=_words(asking, rest, "why")))
        case Open.FOLLOWER:
            follower = _follower(asking, rest)
            facts.append(capturing.correct(asking, meeting.number, gap.number, follower=follower))
        case Open.CRITERION:
            criterion = _words(asking, rest, "criterion")
            facts.append(capturing.amend(asking, meeting.number, gap.number, None, None, {"criterion": criterion}))
    asking.facts.extend(facts)
    drafted(asking, load(asking, meeting.number))
    return Toast(asking.words("did-meeting-settle", meeting=meeting.label), "good")


def _concluded(asking: Asking, meeting: Meeting, gap: Gap, rest: str) -> Met:
    """A topic's conclusion, taken down under it after all."""
    made = said.decision(asking, rest)
    if made.verdict is None or not made.text:
        raise Refusal("settle-conclusion", topic=gap.text, field="verdict" if made.verdict is None else "text")
    return capturing.take_down(
        asking, meeting.number, Sort.DECISION, made.text, topic=gap.number, verdict=made.verdict, why=made.why
    )


def _words(asking: Asking, rest: str, field: str) -> str:
    text = worded(asking.values.get(field, rest), asking.workplace.rules.text_limit, field)
    if not text:
        raise Refusal("settle-words", field=field)
    return text


def _follower(asking: Asking, rest: str) -> int:
    value = asking.values.get("follower", rest).strip()
    if not value:
        raise Refusal("settle-words", field="follower")
    return naming.one_person(asking, naming.value(asking, value), "follower")


def _corrected(asking: Asking, meeting: Meeting, captured: Capture, rest: str) -> Met:
    """What was said over what is there; a line behind the number is the line said anew."""
    values = asking.values or _said(asking, captured, rest)
    limit = asking.workplace.rules.text_limit
    text = worded(values["text"], limit, "text") if "text" in values else None
    if text == "":
        raise Refusal("capture-empty", field="text")
    verdict = wording.verdict(values["verdict"]) if values.get("verdict") else None
    why = worded(values["why"], limit, "why") if "why" in values else None
    name = values.get("follower", "").strip()
    follower = naming.one_person(asking, naming.value(asking, name), "follower") if name else None
    return capturing.correct(
        asking, meeting.number, captured.number, text=text, verdict=verdict, why=why, follower=follower
    )


def _said(asking: Asking, captured: Capture, rest: str) -> dict[str, str]:
    """The line as it is said anew, by field."""
    if captured.sort is Sort.DECISION:
        made = wording.decision(asking, rest)
        said_of = {"text": made.text, "verdict": str(made.verdict or ""), "why": made.why}
        return {name: value for name, value in said_of.items() if value}
    if captured.sort is Sort.PARKED:
        text, follower = wording.parked(asking, rest)
        handle = asking.directory.handle(asking.directory.person(follower)) if follower is not None else ""
        return {name: value for name, value in {"text": text, "follower": handle}.items() if value}
    return {"text": rest}


def _amended(asking: Asking, meeting: Meeting, captured: Capture, rest: str) -> Answer:
    """An action's words, owner, day or criterion; its owner may change as well, which `/action edit` would not do."""
    action = change.load(asking, int(captured.label.removeprefix("A-")))
    command = f"/meeting correct {meeting.label} {captured.number}"
    current = forms.current(scene(asking), action) | {"owner": _handle(asking, action.owner)}
    values = {name: value for name, value in asking.values.items() if value.strip() != current.get(name, "").strip()}
    made = drafts.draft(asking, rest, lambda made: f"{command} {drafts.line(asking, made)}")
    made, problems = drafts.filled(asking, made, values)
    if problems or not (rest or asking.values):
        return _action_form(asking, command, {**current, **asking.values}, problems, captured.version)
    owner = made.owners[0] if made.owners else None
    day, fields = _day(action, made), _fields(made)
    fact = capturing.amend(asking, meeting.number, captured.number, owner, day, fields, made.reckoned)
    return answers.told(asking, [fact])


def _action_form(
    asking: Asking, command: str, values: dict[str, str], problems: dict[str, Refusal], version: int
) -> Form:
    wrong = {name: sentence(scene(asking), refused) for name, refused in problems.items()}
    return live_forms.form(scene(asking), "action", command, values, wrong, version=version)


def _day(action: Action, made: Draft) -> tuple[date, time | None] | None:
    if made.due is None or (made.due.day, made.due.time) == (action.due.day, action.due.time):
        return None
    return made.due.day, made.due.time


def _fields(made: Draft) -> dict[str, object]:
    said_of = {"text": made.text, "criterion": made.criterion, "place": made.place, "supporters": made.supporters}
    return {name: value for name, value in said_of.items() if value is not None}


def _handle(asking: Asking, person: int) -> str:
    return asking.directory.handle(asking.directory.person(person))


def _mark(asking: Asking, line: Line, number: int) -> tuple[int, str]:
    """The number of the line, and what is said behind it. Raises Refusal `which-line`."""
    named = _NUMBERED.match(line.rest)
    if named is not None:
        return int(named["mark"]), line.rest[named.end() :].strip()
    about = places.replied(asking)
    if about is None or about[0] != number or not about[1]:
        raise Refusal("which-line", meeting=f"M-{number}")
    return about[1], line.rest.strip()
