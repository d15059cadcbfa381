"""A line of text → the title without its due phrase, and the due. The title's own days (Monday deck, 5月报表) stay in it.

A due phrase stands (1) after a lead anywhere: by …, due: …, 截止：…; (2) where 前, 内 or 后 closes it at the start of a
word; (3) at the end; (4) at the start. (3) and (4) only count where a phrase can hardly be part of the title.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from msgspec import Struct

from bot.calendar import Calendar
from bot.due.answer import Due, DueRefused
from bot.due.asked import Asked, Refused
from bot.due.grammar import interpret, is_certain, is_duration, readable
from bot.due.pattern import pattern
from bot.due.phrase import LONGEST, plain, shadow
from bot.due.reading import of_two, question, shown
from bot.due.words import VAGUE

_WORDS = 8  # tried at each end
_LEADS = 8  # leads tried in one text
_STARTS = 8  # word starts at which a closed phrase is looked for
_CLOSERS = 4  # … and ends tried at each
_READ = 4_000  # characters of a text: no title is longer
_WORD = pattern(r"\S+")
_LEAD = pattern(
    r"(?<![a-z0-9])(?:(?P<by>by|no later than|not later than)\s|(?:due(?: date| by| on)?|deadline|ddl)(?:\s*(?P<c1>:)\s*|\s))"
    r"|(?:截止(?:日期?|时间)?|期限|到期日?|最[晚迟])(?:到|至|于|在|是|为)?(?:\s*(?P<c2>:)\s*)?"
)
_START = pattern(r"(?:^|(?<=[\s,。;:、(（，；：]))(?=[^\s])")
_CLOSED = pattern(r"前(?![端台期沿景者面辈言缀后的])|内(?![部容测存网训审控外勤联购的])|后(?![端台续勤期者面果缀的])")
_BY_LEAD = pattern(r"(?:by|before|due|in|within|on|until|till?|no|not|deadline|截止|期限|最)")
_NOT_AFTER = frozenset(
    "for of from since about to and or with vs every each the a an this that per after during between until @".split()
)
_NOT_FIRST = pattern(r"(?:from|since|after|the(?! day after)|for|of|and|or|a|an|until)\b")
_ONLY_NUMBERS = pattern(r"(?!20\d\d[-/])[\d./-]+|[\d零〇一二两三四五六七八九十廿卅]+[日号]")
_FIRST_EN = pattern(
    r"(?:today|tomorrow|tmrw?|the day after|day after|next \w+|this \w+|in|within|before|on|by|due|eo[dwmqy]|cob)\b"
)
_DONE = pattern(r"(?:完成|做完|办完|辦完|做好|办好|辦好|弄好|搞定)[。.!！]*")
"""Behind a day these belong to it and not to the title: 写总结 下周五前完成."""
_URGENT = pattern(r"尽[快早速]|抓紧|赶紧|(?:asap|as soon as possible|immediately|urgent|tbd)(?![a-z])")
_SEAM = " \t\r\n\u3000,，;；:：、-—–"


class Cut(Struct, frozen=True):
    """The due phrase's place in the text, `said` where it begins behind its lead."""

    start: int
    stop: int
    due: Due
    said: int


def split(text: str, now: datetime, calendar: Calendar) -> tuple[str, Due | None]:
    """(title, due): the title as written without the due phrase; (text, None) when there is none.

    Raises DueRefused where a due phrase stands that gives no day to come (尽快, Feb 30, by yesterday), or two do."""
    asked = question(now, calendar)
    if len(text) > _READ:
        return text, None
    scanned = shadow(text)
    try:
        cut = _found(scanned, asked)
    except _Said as said:
        raise DueRefused(said.refused.kind, shown(text[said.start : said.stop]), asked.today, said.refused) from None
    return (_title(text, cut), cut.due.said(text[cut.said : cut.stop])) if cut else (text, None)


class _Said(Exception):
    """A due phrase at this place is refused."""

    def __init__(self, start: int, stop: int, refused: Refused) -> None:
        super().__init__(str(refused))
        self.start, self.stop, self.refused = start, stop, refused


def _found(text: str, asked: Asked) -> Cut | None:
    led = list(_led(text, asked))
    closed = [
        cut
        for cut in _closed(text, asked)
        if not any(cut.start < other.stop for other in led if other.start < cut.stop)
    ]
    cut = _one(led + closed) or _one([*_at_end(text, asked), *_at_start(text, asked)])
    urgent = None if cut else _URGENT.match(text)
    if urgent:
        raise _Said(0, urgent.end(), Refused("vague"))
    return cut


def _one(cuts: list[Cut]) -> Cut | None:
    """The only day said; two different ones are a doubt."""
    if len({(cut.due.day, cut.due.time) for cut in cuts}) > 1:
        raise _Said(cuts[0].start, cuts[0].stop, Refused("vague", "two", [cut.due.day for cut in cuts]))
    return cuts[0] if cuts else None


def _led(text: str, asked: Asked) -> Iterator[Cut]:
    """The longest phrase after each lead. After a colon something must be readable: it was meant as a day."""
    for lead in islice(_LEAD.finditer(text), _LEADS):
        start = lead.end()
        colon = lead["c1"] or lead["c2"]
        cut = _longest(text, lead.start(), _ends(text, start), start, asked, measured=not colon)
        if cut:
            yield cut
        elif colon and text[start : start + 1].strip():
            raise _Said(start, next(_words(text, start), start), Refused("vague"))


def _longest(text: str, cut_at: int, ends: Iterable[int], start: int, asked: Asked, *, measured: bool) -> Cut | None:
    """`measured`: a bare count (by 3 days, 期限三年) is a measure there and no due."""
    for stop in ends:
        due = _outcome(text, start, stop, asked)
        if due and not (measured and is_duration(plain(text[start:stop]) or "", asked)):
            return Cut(cut_at, stop, due, start)
    return None


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a phrase that begins at `start` may stop: after up to eight words, then within the first word, longest first."""
    words = list(_words(text, start))
    yield from reversed(words)
    last = _readable_to(text, start, min(words[0], start + LONGEST)) if words else start
    yield from (place for place in range(last, start, -1) if _parted(text, place))


def _readable_to(text: str, start: int, stop: int) -> int:
    """How far from `start` the grammar knows the characters: no phrase goes on past the first that it does not."""
    return next((place for place in range(start, stop) if not readable(text[place])), stop)


def _words(text: str, start: int) -> Iterator[int]:
    for word in islice(_WORD.finditer(text, start), _WORDS):
        yield word.end()


def _parted(text: str, place: int) -> bool:
    """Whether a phrase may end before `place`: not inside a number or an English word, not at 前端 or 内部."""
    before, after = text[place - 1], text[place : place + 1]
    if not after:
        return False
    if before in "前内后":
        return bool(_CLOSED.match(text, place - 1))
    numeral = "零〇一二两三四五六七八九十百"
    return not ((before.isascii() and after.isascii() and after.isalnum()) or (before in numeral and after in numeral))


def _closed(text: str, asked: Asked) -> Iterator[Cut]:
    for start, closers in islice(_closing(text), _STARTS):
        cut = _longest(text, start, reversed(closers), start, asked, measured=False)
        if cut:
            yield cut


def _closing(text: str) -> Iterator[tuple[int, list[int]]]:
    """The starts of words with the first few ends at 前, 内 or 后 within a phrase's length."""
    for begin in _START.finditer(text):
        start = begin.start()
        closers = _CLOSED.finditer(text, start, min(len(text), start + LONGEST))
        ends = [closer.end() for closer in islice(closers, _CLOSERS)]
        if ends:
            yield start, ends


def _at_end(text: str, asked: Asked) -> Iterator[Cut]:
    words = list(_WORD.finditer(text[-8 * LONGEST :]))[-_WORDS:]
    shift = max(0, len(text) - 8 * LONGEST)
    for place, word in enumerate(words):
        start = word.start() + shift
        before = words[place - 1].group() if place else ""
        if _may_end(text[start:], before):
            due = _outcome(text, start, len(text), asked)
            if due and _trusted(text[start:], asked):
                yield Cut(start, len(text), due, start)
                return


def _may_end(phrase: str, before: str) -> bool:
    if len(phrase) > LONGEST or before in _NOT_AFTER or _NOT_FIRST.match(phrase):
        return False
    return not _ONLY_NUMBERS.fullmatch(phrase)


def _at_start(text: str, asked: Asked) -> Iterator[Cut]:
    for stop in reversed(list(_words(text, 0))):
        phrase = text[:stop]
        if stop < len(text.rstrip()) and _may_start(phrase):
            due = _outcome(text, 0, stop, asked, vague=False)
            if due and _trusted(phrase, asked):
                yield Cut(0, stop, due, 0)
                return


def _may_start(phrase: str) -> bool:
    """Monday deck review is a title: an English day counts at the start when a mark ends it or it can be no attribute."""
    english = phrase.isascii() and not phrase.endswith((",", ":", ";", "-"))
    return not _ONLY_NUMBERS.fullmatch(phrase) and (not english or bool(_FIRST_EN.match(phrase)))


def _trusted(phrase: str, asked: Asked) -> bool:
    """Whether a readable phrase at an end is the due: after a lead almost surely, but "by 3 days" is a measure."""
    text = plain(phrase) or ""
    if text.startswith("by ") and is_duration(text, asked):
        return False
    return bool(_BY_LEAD.match(text)) or is_certain(text, asked)


def _outcome(text: str, start: int, stop: int, asked: Asked, *, vague: bool = True) -> Due | None:
    """The due that text[start:stop] says, None when it is no due phrase; raises for one that is refused.

    `vague` False where a vague word may as well belong to the title: 近期 工作安排."""
    phrase = plain(text[start:stop])
    if phrase is None:
        return None
    try:
        due = interpret(phrase, asked)
    except Refused as refused:
        raise _Said(start, stop, refused) from None
    if due is None and of_two(phrase, asked):
        raise _Said(start, stop, Refused("vague", "two"))
    if due is None and vague and VAGUE.fullmatch(phrase):
        raise _Said(start, stop, Refused("vague"))
    return due


def _title(text: str, cut: Cut) -> str:
    before, after = text[: cut.start].rstrip(_SEAM).lstrip(), text[cut.stop :].lstrip(_SEAM).rstrip()
    if before and _DONE.fullmatch(after):
        return before
    return f"{before} {after}" if before and after else before or after
