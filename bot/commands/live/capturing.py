"""`#要点` `#决议` `#行动` `#搁置` `#撤回` and their long forms: what is taken down as people talk (M2), corrected and settled.

The answer is the card in the room; whoever was not understood is told alone."""

from bot.cards import Answer, Form, Toast
from bot.commands import adding, naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.live import places, wording
from bot.commands.live.sitting import drafted
from bot.commands.live.wording import Decision
from bot.domain.captured import Sort, Verdict
from bot.domain.facts import Changed
from bot.domain.meeting import Meeting, MeetingVerb
from bot.errors import Offer, Refusal
from bot.operations import capturing, sessions
from bot.operations.plans import Wanted
from bot.pattern import pattern
from bot.views import lines, live_forms

_MARK = pattern(r"\s*(?:#\s*)?(?P<mark>[0-9]{1,9})(?![0-9])\s*")


def note(asking: Asking, line: Line) -> Answer | None:
    """A point made in discussion."""
    said = places.sitting(asking, line)
    if said is None:
        return None
    text = worded(asking.values.get("text", said.rest), asking.workplace.rules.text_limit, "text")
    if not text:
        return _form(asking, line, said.meeting, "note")
    return _taken(asking, said.meeting, Sort.NOTE, text)


def decide(asking: Asking, line: Line) -> Answer | None:
    """A conclusion with its why. Raises Refusal `decision-verdict`, with a press for each of the four."""
    said = places.sitting(asking, line)
    if said is None:
        return None
    made = decision(asking, said.rest)
    if not made.text:
        return _form(asking, line, said.meeting, "decide", made)
    if made.verdict is None:
        raise _which_verdict(asking, line, said)
    return _taken(asking, said.meeting, Sort.DECISION, made.text, made.verdict, made.why)


def act(asking: Asking, line: Line) -> Answer | None:
    """The very grammar and refusals of `/action add`."""
    said = places.sitting(asking, line)
    if said is None:
        return None
    meeting = capturing.open_to(asking, said.meeting, MeetingVerb.ACT)

    def record(wanted: Wanted) -> Changed:
        item, met = capturing.act(asking, said.meeting, wanted)
        asking.facts.append(met)
        return item

    head, twice = places.bound(line, said.meeting), f"/meeting act! [M-{said.meeting}]"
    taken = adding.take(
        asking, said.rest, adding.Head(head, "" if line.again else twice), record,
        lambda wanted: capturing.of_meeting(asking, meeting, wanted),
    )  # fmt: skip
    if isinstance(taken, Form):
        return taken
    asking.facts.append(taken)
    return _echo(asking, meeting)


def park(asking: Asking, line: Line) -> Answer | None:
    """Put aside, with who follows it up."""
    said = places.sitting(asking, line)
    if said is None:
        return None
    text, follower = parked(asking, said.rest)
    if not text:
        return _form(asking, line, said.meeting, "park")
    return _taken(asking, said.meeting, Sort.PARKED, text, follower=follower)


def withdraw(asking: Asking, line: Line) -> Answer | None:
    """The line that is named or replied to, else the asker's own last one."""
    number, rest = line.numbers[0] if line.numbers else None, line.rest
    if number is None:
        said = places.sitting(asking, line)
        if said is None:
            return None
        number, rest = said.meeting, said.rest
    mark = _mark(rest) or _replied(asking, number)
    if mark is None:
        mark = capturing.last_of(asking, sessions.load(asking, number)).number
    _, taken = capturing.mine(asking, number, mark)
    asking.facts.extend(capturing.withdraw(asking, number, mark))
    drafted(asking, sessions.load(asking, number))
    return Toast(asking.words("did-meeting-withdraw", text=lines.single(taken.text)))


def decision(asking: Asking, rest: str) -> Decision:
    """What the line says of a decision, a form's values over it."""
    made, values, limit = wording.decision(asking, rest), asking.values, asking.workplace.rules.text_limit
    verdict = wording.verdict(values["verdict"]) if values.get("verdict") else made.verdict
    text = worded(values["text"], limit, "text") if "text" in values else made.text
    return Decision(verdict, text, worded(values["why"], limit, "why") if "why" in values else made.why)


def parked(asking: Asking, rest: str) -> tuple[str, int | None]:
    """What the line says of a parked topic, a form's values over it."""
    text, follower = wording.parked(asking, rest)
    values, limit = asking.values, asking.workplace.rules.text_limit
    if values.get("follower", "").strip():
        follower = naming.one_person(asking, naming.value(asking, values["follower"]), "follower")
    return worded(values.get("text", text), limit, "text"), follower


def _taken(
    asking: Asking, number: int, sort: Sort, text: str, verdict: Verdict | None = None, why: str = "",
    follower: int | None = None,
) -> Answer | None:  # fmt: skip
    if capturing.twin(asking, number, sort, text, adding.TWIN_WITHIN):
        raise Refusal("capture-twin")
    fact = capturing.take_down(asking, number, sort, text, verdict=verdict, why=why, follower=follower)
    asking.facts.append(fact)
    return _echo(asking, fact.after)


def _echo(asking: Asking, meeting: Meeting) -> Answer | None:
    """The card in the room is the echo; a word alone to who is not there, or filled a form."""
    if not asking.by_press and asking.where.room is not None and asking.where.room == meeting.room:
        return None
    return Toast(asking.words("did-meeting-capture", meeting=meeting.label), "good")


def _form(asking: Asking, line: Line, number: int, name: str, made: Decision | None = None) -> Form:
    """What is missing, asked alone; first whether a line may be taken down there at all."""
    capturing.open_to(asking, number, MeetingVerb(line.verb))
    values = {"verdict": str(made.verdict or ""), "why": made.why} if made is not None else {}
    return live_forms.form(scene(asking), name, places.bound(line, number), values)


def _which_verdict(asking: Asking, line: Line, said: places.Said) -> Refusal:
    """Four presses, each the line with its conclusion."""
    chinese = asking.words.language != "en"
    words = [next(name for name in wording.VERDICTS[one] if name.isascii() != chinese) for one in Verdict]
    offers = tuple(
        Offer(f"verdict-{one}", f"{places.bound(line, said.meeting)} {word} {said.rest}")
        for one, word in zip(Verdict, words, strict=True)
    )
    short = "#决议" if chinese else "#decision"
    return Refusal("decision-verdict", offers=offers, mended=f"{short} {words[0]} {said.rest}")


def _mark(rest: str) -> int | None:
    match = _MARK.fullmatch(rest)
    return int(match["mark"]) if match is not None else None


def _replied(asking: Asking, number: int) -> int | None:
    about = places.replied(asking)
    return about[1] if about is not None and about[0] == number and about[1] else None
