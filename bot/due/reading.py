"""One phrase, read whole: the grammar's answer, or the refusal a person is told."""

from datetime import datetime

from bot.calendar import Calendar
from bot.due.answer import Due, DueRefused
from bot.due.asked import Asked, Refused
from bot.due.frame import bounded
from bot.due.grammar import interpret, is_duration, readable
from bot.due.pattern import pattern
from bot.due.phrase import only_marks, plain
from bot.due.words import BETWEEN, VAGUE, VAGUE_ALONE

# 周五前完成: the answer to "by when" may bring its verb along
_VERB = pattern(r"(?<=.)(?:完成|提交|交付|交稿|交|搞定|做完|上线|发布|发|给)(?:吧|了|即可|就行|就好)?$")

_SPAN = pattern(r"\d{1,2}[日号]?(?: ?[-~–—至到] ?)\d{1,2}[日号]")  # 12月1-5日: from a day to a day


def read(phrase: str, now: datetime, calendar: Calendar) -> Due:
    """The day `phrase` means when said at `now` (aware, in the asker's zone). Raises DueRefused and nothing else for any
    text; ValueError for a naive `now`."""
    asked = question(now, calendar)
    text = plain(phrase)
    if text is None:
        raise DueRefused("unknown", shown(phrase), asked.today)
    try:
        answer = interpret(text, asked) or interpret(_VERB.sub("", text), asked)
    except Refused as refused:
        raise DueRefused(refused.kind, shown(phrase), asked.today, refused) from None
    if answer is None:
        raise not_understood(text, phrase, asked)
    return answer.said(phrase)


def is_measure(phrase: str, now: datetime, calendar: Calendar) -> bool:
    """Whether the whole phrase is a bare count (3天, two weeks), which beside a title may as well be the effort."""
    text = plain(phrase)
    try:
        return text is not None and readable(text) and is_duration(text, question(now, calendar))
    except Refused:
        return False


def question(now: datetime, calendar: Calendar) -> Asked:
    """The question to the grammar; ValueError when `now` has no zone: then nobody knows what tomorrow is."""
    if now.tzinfo is None:
        raise ValueError("now must be aware, in the zone of the person who asks")
    return Asked(now, calendar)


def not_understood(text: str, phrase: str, asked: Asked) -> DueRefused:
    """The refusal of a text the grammar cannot read: two days, no day at all, or marks that make none."""
    if _SPAN.search(text) or of_two(text, asked):
        return DueRefused("vague", shown(phrase), asked.today, Refused("vague", "two"))
    if only_marks(text) and not _is_vague(text):
        return DueRefused("unknown", shown(phrase), asked.today)
    return DueRefused("vague", shown(phrase), asked.today)


def shown(phrase: str) -> str:
    """The phrase as it is quoted back: as written, cut when it is long."""
    kept = " ".join(phrase.split())
    return kept if len(kept) <= 48 else kept[:47] + "…"


def _is_vague(text: str) -> bool:
    return any(VAGUE.fullmatch(core) or VAGUE_ALONE.fullmatch(core) for core, _ in bounded(text))


def of_two(text: str, asked: Asked) -> bool:
    """Whether a plain text names two days: 周五或周六, 3 to 5 Dec."""
    parts = [part.strip() for part in BETWEEN.split(text)]
    return len(parts) == 2 and all(part and _readable(part, asked) for part in parts)


def _readable(text: str, asked: Asked) -> bool:
    try:
        return interpret(text, asked) is not None
    except Refused:
        return True
