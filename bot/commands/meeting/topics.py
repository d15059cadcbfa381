"""One topic as it is written (P4): `客诉流程 15分钟 @李四 决策 !高`, in any order; and written back as such a line."""

from typing import Any

from msgspec.structs import replace

from bot.commands import naming, tokens
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.meeting import measures
from bot.domain.action import Priority
from bot.domain.meeting import Outcome, Topic
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.pattern import pattern

LABELS = ("title", "presenter", "minutes", "brings", "priority")
LONGEST = 240
"""Minutes: beyond, it is a meeting of its own."""
_APART, _PERSON = pattern(r"[;；\n]"), pattern(r"[@＠]")
_PRIORITIES = {Priority.HIGH: 1, Priority.NORMAL: 0, Priority.LOW: -1}
_MARKS = {1: "high", -1: "low"}


def several(text: str) -> list[str]:
    """`经过 10分钟 @王五；措施 15分钟 @李四` → both; empty for one topic, which may hold a semicolon too: only where each part
    says how long or who is each a topic of its own."""
    parts = [part.strip() for part in _APART.split(text) if part.strip()]
    whole = len(parts) > 1 and all(_PERSON.search(part) or measures.length(part).minutes for part in parts)
    return parts if whole else []


def topic(asking: Asking, text: str) -> Topic:
    """A new topic; whoever writes it presents it unless somebody is named. Raises Refusal `topic-empty`, `topic-minutes`."""
    said = changes(asking, text)
    if not said.get("title"):
        raise Refusal("topic-empty", field="title")
    given = {"minutes": asking.workplace.rules.topic_minutes, "presenter": asking.by.id, **said}
    return replace(Topic(0, ""), **given)


def changes(asking: Asking, text: str) -> dict[str, Any]:
    """What a text says of a topic, by the names of its fields; also a part of it, for an edit."""
    found = tokens.parts(asking, text, LABELS, bare="presenter")
    said: dict[str, Any] = {}
    pieces: list[str] = []
    for piece in found.words:
        minutes, piece = measures.length(piece)
        outcome, piece = measures.outcome(piece)
        said |= {"outcome": outcome} if outcome else {}
        said |= {"minutes": _checked(minutes)} if minutes is not None else {}
        outcome = measures.OUTCOMES.get(shadow(piece)) if pieces else None
        said |= {"outcome": outcome} if outcome else {}
        pieces += [piece] if piece and not outcome else []
    title = worded(found.labels.get("title", " ".join(pieces)), asking.workplace.rules.text_limit, "title")
    said |= {"title": title} if title else {}
    return said | _labelled(asking, found)


def line(asking: Asking, topic: Topic) -> str:
    """The topic so that reading it gives it again."""
    mark = f"!{_MARKS[topic.priority]}" if topic.priority in _MARKS else ""
    name = asking.directory.handle(asking.directory.person(topic.presenter)) if topic.presenter else ""
    parts = (topic.title, f"{topic.minutes}min", f"@{name}" if name else "", str(topic.outcome), mark)
    return " ".join(part for part in parts if part)


def _labelled(asking: Asking, found: tokens.Parts) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if found.people.get("presenter"):
        said["presenter"] = naming.one_person(asking, found.people["presenter"][0], "presenter")
    if found.labels.get("minutes"):
        said["minutes"] = _checked(measures.whole_length(found.labels["minutes"]))
    if found.labels.get("brings"):
        said["outcome"] = _outcome(found.labels["brings"])
    priority = found.priority or tokens.PRIORITIES.get(shadow(found.labels.get("priority", "")))
    return said | ({"priority": _PRIORITIES[priority]} if priority else {})


def _checked(minutes: int | None) -> int:
    if minutes is None or not 0 < minutes <= LONGEST:
        raise Refusal("topic-minutes", n=minutes or 0, most=LONGEST, field="minutes")
    return minutes


def _outcome(text: str) -> Outcome:
    found = measures.OUTCOMES.get(shadow(text.strip()))
    if found is None:
        raise Refusal("choice-unknown", value=text, field="brings")
    return found
