"""What a meeting leaves open at its end, for the host to settle before the minutes (M5): pure, from its papers."""

from enum import StrEnum

from msgspec import Struct

from bot.domain.captured import Capture, Sort
from bot.domain.meeting import Outcome, Topic
from bot.domain.papers import Papers


class Open(StrEnum):
    """What is missing."""

    CONCLUSION = "conclusion"
    WHY = "why"
    FOLLOWER = "follower"
    CRITERION = "criterion"


class Gap(Struct, frozen=True):
    """One thing to settle: `number` is the topic's or the capture's, `text` what it is about, as written, `label` an
    item's (A-42)."""

    open: Open
    number: int
    text: str
    label: str = ""


def gaps(papers: Papers) -> tuple[Gap, ...]:
    """Topics without a conclusion, decisions without a why, parked topics without who follows them up, actions without a
    criterion; in this order. An action without owner or day cannot be (M3)."""
    return (*_topics(papers), *_captures(papers), *_actions(papers))


def concluded(topic: Topic, captures: tuple[Capture, ...]) -> bool:
    """P4's expected outcome: to decide needs a decision (or that it was parked); to align, any line taken down under it; to
    inform, that it was held at all."""
    under = [one for one in captures if one.topic == topic.number and not one.withdrawn]
    if any(one.sort in (Sort.DECISION, Sort.PARKED) for one in under):
        return True
    if topic.outcome is Outcome.INFORM:
        return topic.started_at is not None
    return topic.outcome is Outcome.ALIGN and bool(under)


def _topics(papers: Papers) -> list[Gap]:
    return [
        Gap(Open.CONCLUSION, topic.number, topic.title)
        for topic in papers.meeting.agenda
        if not concluded(topic, papers.captures)
    ]


def _captures(papers: Papers) -> list[Gap]:
    decided = [Gap(Open.WHY, one.number, one.text) for one in papers.captures if _unfounded(one)]
    parked = [one for one in papers.captures if one.sort is Sort.PARKED and one.follower is None]
    return [*decided, *(Gap(Open.FOLLOWER, one.number, one.text) for one in parked)]


def _unfounded(line: Capture) -> bool:
    return line.sort is Sort.DECISION and not line.why


def _actions(papers: Papers) -> list[Gap]:
    by_label = {action.label: action for action in papers.actions}
    captured = [(one, by_label[one.label]) for one in papers.captures if one.label in by_label]
    return [
        Gap(Open.CRITERION, one.number, action.text, action.label)
        for one, action in captured
        if one.sort is Sort.ACTION and action.open and not action.complete
    ]
