"""`/vote`: new 发起, cast 投, close 结束, decide 形成决议, show 查看 (M4). Choices stand apart by `|` or on lines of their own.

/vote new 用哪个方案？ | 方案A | 方案B | 匿名 | 截止 30分钟
"""

import re
from datetime import datetime, time

from bot.calendar import at
from bot.cards import Answer, Form, Toast
from bot.commands import whens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.live import places
from bot.domain import voting as rules
from bot.domain.captured import Verdict, Vote
from bot.domain.meeting import MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.operations import voting
from bot.operations.papers import papers
from bot.operations.sessions import ready
from bot.pattern import pattern
from bot.views import live_forms, live_votes

_APART = pattern(r"[|｜\n]")
_LISTED = pattern(r"(?:[\s,，;；。]|(?<=[?？]))*(?:选项|選項|choices|options)\s*[:：]\s*", re.IGNORECASE)
_ASKED = pattern(r"(?<=[?？])\s+(?=\S)")
_BETWEEN = pattern(r"\s*[、，,;；/]\s*|\s+(?:or|还是|還是)\s+", re.IGNORECASE)
_SECRET = frozenset({"匿名", "无记名", "無記名", "不记名", "不記名", "secret", "anonymous"})
_OPEN = frozenset({"公开", "公開", "记名", "記名", "open"})
_MANY = frozenset({"多选", "多選", "可多选", "可多選", "many", "multiple", "several"})
_ONE = frozenset({"单选", "單選", "one", "single"})
_UNTIL = pattern(r"(?:截止|截至|until|till|deadline)(?![a-z])\s*:?\s*(?P<when>.+)")
_HOUR = pattern(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_PICKED = pattern(r"[0-9]{1,3}")
_YES = frozenset({"同意", "赞成", "贊成", "支持", "是", "agree", "yes", "for", "in favour", "in favor", "approve"})
_NO = frozenset({"反对", "反對", "不同意", "否决", "否決", "否", "against", "no", "reject", "disagree"})
_LONGEST_CHOICE = 100


def new(asking: Asking, line: Line) -> Answer | None:
    """A question with its choices; without choices for, against and abstaining. Nothing said: the form."""
    said = places.sitting(asking, line)
    if said is None:
        return None
    ready(asking, said.meeting, MeetingVerb.VOTE)
    wanted = _wanted(asking, said.rest)
    if not wanted.question:
        return live_forms.form(scene(asking), "vote", places.bound(line, said.meeting))
    fact, vote = voting.open_vote(
        asking, said.meeting, wanted.question, wanted.choices,
        secret=wanted.secret, many=wanted.many, deadline=wanted.deadline,
    )  # fmt: skip
    asking.facts.append(fact)
    if not asking.by_press and asking.where.room is not None and asking.where.room == fact.after.room:
        return None
    return Toast(asking.words("did-vote-new", vote=vote.label), "good")


def cast(asking: Asking, line: Line) -> Answer:
    """By number, word or form. What is secret is not typed where others read it. Raises Refusal `vote-secret-typed`."""
    vote = voting.find(asking, _meant(asking, line))
    if vote.secret and asking.said is not None and asking.where.room is not None:
        raise Refusal("vote-secret-typed", vote=vote.label)
    picked = _picked(vote, asking.values.get("numbers", line.rest))
    if not picked:
        return _ballot(asking, vote)
    one = len(picked) == 1 and asking.by_press and not asking.values
    chosen = rules.toggled(vote, asking.by.id, picked[0]) if one else picked
    after = voting.cast(asking, vote.number, chosen)
    return Toast(live_votes.mine(scene(asking), after, asking.by.id), "good")


def close(asking: Asking, line: Line) -> Answer:
    """The counts follow in the room."""
    fact, vote = voting.close(asking, _meant(asking, line))
    asking.facts.append(fact)
    return Toast(asking.words("did-vote-close", vote=vote.label, result=live_votes.result(scene(asking), vote)), "good")


def decide(asking: Asking, line: Line) -> Answer:
    """M4: the majority's choice as a decision, with the counts as its reason."""
    vote = voting.find(asking, _meant(asking, line))
    place = rules.decided(vote)
    text, verdict = _conclusion(vote, vote.choices[place])
    why = asking.words("vote-why", vote=vote.label, n=str(vote.counts[place]), of=str(len(vote.voted)))
    asking.facts.append(voting.decide(asking, vote.number, text, verdict, why))
    return Toast(asking.words("did-vote-decide", vote=vote.label), "good")


def show(asking: Asking, line: Line) -> Answer:
    """How it stands: open with its presses, closed with its counts."""
    vote = voting.find(asking, _meant(asking, line))
    whole = papers(asking.records, vote.label)
    assert whole is not None  # it was found a moment ago, in this transaction
    if vote.closed_at is None:
        return live_votes.asked(scene(asking), vote)
    return live_votes.counted(scene(asking), whole, vote)


def list_(asking: Asking, line: Line) -> Answer:
    """`/vote` alone: the meeting's last vote. Raises Refusal `vote-none`."""
    votes = asking.records.meetings.votes(places.meant(asking, line, MeetingVerb.VOTE))
    if not votes:
        raise Refusal("vote-none")
    return show(asking, Line("vote", "show", "", (votes[-1].number,)))


def _meant(asking: Asking, line: Line) -> int:
    """The vote that is named or replied to, else the only open one of the meeting here. Raises Refusal `which-vote`."""
    about = [int(subject[2:]) for subject in asking.subjects if subject.startswith("V-")]
    if line.numbers or about:
        return (*line.numbers, *about)[0]
    running = places.running_here(asking)
    votes = asking.records.meetings.votes(running.number) if running is not None else []
    open_ = [one for one in votes if one.closed_at is None] or votes[-1:]
    if len(open_) != 1:
        raise Refusal("which-vote")
    return open_[0].number


def _ballot(asking: Asking, vote: Vote) -> Form:
    """The choices by number, for who prefers it and for a secret vote with several."""
    rules.check_open(vote, asking.now)
    numbered = "\n".join(f"{place}. {choice}" for place, choice in enumerate(vote.choices, 1))
    return live_forms.form(scene(asking), "cast", f"/vote cast {vote.label}", note=numbered)


def _picked(vote: Vote, said: str) -> tuple[int, ...]:
    """The choices meant, from 0: by word, or by number. A number beyond the last is left for the rule to refuse."""
    said = said.strip()
    by_word = [place for place, choice in enumerate(vote.choices) if shadow(choice) == shadow(said)]
    if by_word:
        return tuple(by_word)
    numbers = tuple(int(found.group()) - 1 for found in _PICKED.finditer(shadow(said)))
    if said and not numbers:
        raise Refusal("vote-choice-unknown", vote=vote.label, most=len(vote.choices), field="numbers")
    return numbers


def _wanted(asking: Asking, rest: str) -> Vote:
    """The vote as it was said; a form's values are the same words in other boxes."""
    values = asking.values
    parts = [part.strip() for part in _APART.split(values.get("question") or _listed(rest)) if part.strip()]
    parts += [part.strip() for part in _APART.split(values.get("choices", "")) if part.strip()]
    flags = [shadow(part) for part in (*parts, values.get("secret", ""), values.get("many", ""))]
    limit = asking.workplace.rules.text_limit
    question = worded(parts[0], limit, "question") if parts else ""
    choices = tuple(worded(part, _LONGEST_CHOICE, "choices") for part in parts[1:] if not _flag(shadow(part)))
    deadline = next((match["when"] for flag in flags if (match := _UNTIL.fullmatch(flag))), values.get("deadline", ""))
    return Vote(
        0, question, choices or _usual(asking), asking.by.id, asking.now,
        secret=any(flag in _SECRET for flag in flags), many=any(flag in _MANY for flag in flags),
        deadline=_deadline(asking, deadline.strip()),
    )  # fmt: skip


def _listed(rest: str) -> str:
    """`用哪个？选项：A、B` and `用哪个？ A / B` as `用哪个？ | A | B`: people write choices as they write lists. A question
    with nothing but words behind it is left as it is, and so is whatever was set apart already."""
    if _APART.search(rest):
        return rest
    question, *behind = _LISTED.split(rest, maxsplit=1) if _LISTED.search(rest) else _ASKED.split(rest, maxsplit=1)
    choices = [one for one in _BETWEEN.split(behind[0]) if one] if behind else []
    return " | ".join((question, *choices)) if len(choices) > 1 else rest


def _flag(low: str) -> bool:
    """Whether a part says how to vote rather than for what."""
    return low in _SECRET | _MANY | _OPEN | _ONE or _UNTIL.fullmatch(low) is not None


def _usual(asking: Asking) -> tuple[str, ...]:
    return tuple(asking.words(f"vote-usual-{one}") for one in ("for", "against", "abstain"))


def _deadline(asking: Asking, phrase: str) -> datetime | None:
    """`15:30` is today's in the asker's zone; else minutes, hours or a day. Raises Refusal for what is no moment."""
    if not phrase:
        return None
    hour = _HOUR.fullmatch(shadow(phrase))
    if hour is not None:
        return at(asking.today, time(int(hour["hour"]), int(hour["minute"])), asking.by.zone)
    try:
        return whens.pause(asking, phrase)
    except Refusal as refused:
        raise Refusal("vote-deadline", phrase=phrase, field="deadline") from refused


def _conclusion(vote: Vote, choice: str) -> tuple[str, Verdict]:
    """For and against make the question agreed or rejected; any other choice is what was agreed on."""
    low = shadow(choice)
    if low in _YES:
        return vote.question, Verdict.AGREED
    if low in _NO:
        return vote.question, Verdict.REJECTED
    between = " " if vote.question[-1].isascii() else ""
    return f"{vote.question}{between}{choice}", Verdict.AGREED
