"""Days in a line: a due phrase and the words around it apart, and a refused phrase as the whole line mended (M3).

A phrase means what it means to the person who asks, where they are and when they said it (T1).
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from bot.calendar import at
from bot.commands.asking import Asking
from bot.domain.action import Reckoned
from bot.due import Due, DueRefused, is_measure, leading, read, split
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.pattern import pattern

_MOVED_TO = pattern(r"^(?:(?:改|延|推迟|延期|延后|挪|顺延)?(?:到|至|为)\s*|(?:to|until|till)\s+)(?=\S)")
_BREAKS = pattern(r"[\s,，;；。]+")
_HOURS = pattern(
    r"(?:in |过)?(?P<n>\d{1,3}) ?(?:(?P<hours>h|hrs?|hours?|个?小时)|(?P<minutes>m|mins?|minutes?|分钟))(?:之?后)?"
)
_RECKONED = pattern(r"(?P<phrase>\S.{0,99}) @ (?P<at>\S+[+-]\d\d:\d\d) (?P<zone>\S+)")
_HALF_HOUR = pattern(r"(?:in )?(?:half an hour|半个?小时(?:之?后)?)")
_COMMA = pattern(r"\s*[,，;；]\s*")
_MOST_PIECES = 8


def read_day(asking: Asking, phrase: str, since: date | None = None) -> Due:
    """The day a whole phrase means; a bare count (3天) is counted from `since` where that is ahead. Raises DueRefused."""
    phrase = _MOVED_TO.sub("", phrase.strip())
    due = read(phrase, _here(asking), asking.workplace.calendar)
    if not due.counted or due.time is not None or since is None:
        return due
    return read(phrase, _from(asking, since), asking.workplace.calendar)


def apart(asking: Asking, text: str, since: date | None = None) -> tuple[str, Due | None]:
    """A verb's words: the day wherever it stands at an end (counted `since`, see `read_day`), and the rest. Raises
    DueRefused for a day that is none."""
    text = text.strip()
    for phrase, rest in _ends(text):
        try:
            return rest, read_day(asking, phrase, since)
        except DueRefused as refused:
            if rest == "" and refused.kind in ("past", "invalid"):
                raise
    return split(text, _here(asking), asking.workplace.calendar)


def titled(asking: Asking, pieces: list[str], *, answer: str = "") -> tuple[str, Due | None]:
    """A new item's words: the day apart from the title. A piece that stands apart and is a day as a whole is the day;
    otherwise the title's own days stay in it. A bare count (3天) may be the effort: it is a day only as the `answer` to a
    question. Raises DueRefused."""
    for place in reversed(range(len(pieces))):
        due = _whole(asking, pieces[place], counting=pieces[place] == answer)
        if due is not None:
            return " ".join(pieces[:place] + pieces[place + 1 :]), due
    title, due = split(" ".join(pieces), _here(asking), asking.workplace.calendar)
    if due is None:
        title, due = _at_a_comma(asking, pieces)
    if due is None and len(pieces) > 1:
        title, due = _in_a_piece(asking, pieces)
    return (title, due) if due is not None else leading(title, _here(asking), asking.workplace.calendar)


def _at_a_comma(asking: Asking, pieces: list[str]) -> tuple[str, Due | None]:
    """A day as a whole behind a piece's last comma or before its first: `@李四，写总结，下周五`; not one of a list of days."""
    for place in reversed(range(len(pieces))):
        for day, rest in _beside_commas(pieces[place]):
            due = _whole(asking, day, counting=False)
            if due is not None and not any(is_day(asking, one) for one in _COMMA.split(rest)):
                return " ".join(part for part in (*pieces[:place], rest, *pieces[place + 1 :]) if part), due
    return " ".join(pieces), None


def _beside_commas(piece: str) -> Iterator[tuple[str, str]]:
    """(what stands behind the last comma, the rest), then what stands before the first."""
    commas = list(_COMMA.finditer(piece))
    if commas:
        yield piece[commas[-1].end() :], piece[: commas[-1].start()]
        yield piece[: commas[0].start()], piece[commas[0].end() :]


def _in_a_piece(asking: Asking, pieces: list[str]) -> tuple[str, Due | None]:
    """The day at an end of a piece that stands inside the line: `输出流程 @李四 周五 给客户`."""
    for place in reversed(range(len(pieces))):
        rest, due = split(pieces[place], _here(asking), asking.workplace.calendar)
        if due is not None:
            return " ".join([*pieces[:place], rest, *pieces[place + 1 :]]), due
    return " ".join(pieces), None


def pause(asking: Asking, phrase: str) -> datetime:
    """Until when: hours or minutes from now, or a day, whose morning is meant when no hour is said. Raises DueRefused."""
    low = " ".join(shadow(phrase).split())
    match = _HOURS.fullmatch(low)
    if match:
        n = int(match["n"])
        return asking.now + (timedelta(hours=n) if match["hours"] else timedelta(minutes=n))
    if _HALF_HOUR.fullmatch(low):
        return asking.now + timedelta(minutes=30)
    due = read_day(asking, phrase)
    return at(due.day, due.time or asking.workplace.rules.morning, asking.by.zone)


def next_morning(asking: Asking) -> datetime:
    """The morning of the asker's next working day: what a bare snooze means."""
    tomorrow = asking.today + timedelta(days=1)
    return asking.timetable.morning(asking.workplace.calendar.on_or_after(tomorrow), asking.by.id)


def mended(refused: DueRefused, line: Callable[[str], str], field: str = "due") -> Refusal:
    """The refusal with the whole line mended: a button per day that may have been meant, and one to pick another.

    `line(day)` is the line with that ISO day, `line("")` the one without any, which asks for it."""
    days = tuple(Offer(one.label, line(one.say), args=one.args) for one in refused.offers)
    pick = Offer("offer-pick-day", line(""))
    example = days[0].command if days else ""
    return Refusal(refused.text, offers=(*days[:3], pick), mended=example, field=field, **refused.args_)


def iso(due: Due) -> str:
    """The day as it can be typed again, exactly: 2026-11-27, 2026-11-27 15:00."""
    return f"{due.day}{f' {due.time:%H:%M}' if due.time else ''}"


def reckoned(
    asking: Asking, due: Due | None, before: Reckoned | None = None, since: date | None = None
) -> Reckoned | None:
    """T2: how a day came about that waits for a calendar; `before`: how the line says that an exact one did; `since`: see
    `read_day`."""
    if due is None:
        return None
    said_at = _from(asking, since) if due.counted and since is not None else asking.now
    return before if due.confirmed else Reckoned(due.phrase, said_at, asking.by.timezone)


def from_written(text: str) -> Reckoned | None:
    """What `written` wrote; None for anything else."""
    match = _RECKONED.fullmatch(text)
    if match is None or match["zone"] not in available_timezones():
        return None
    try:
        said_at = datetime.fromisoformat(match["at"])
    except ValueError:
        return None
    return Reckoned(match["phrase"], said_at, match["zone"])


def written(reckoned: Reckoned | None) -> str:
    """`40个工作日 @ 2026-11-18T02:00:00+00:00 Asia/Shanghai`: so that a form or button made of a line knows it too."""
    return f"{reckoned.phrase} @ {reckoned.at.isoformat()} {reckoned.zone}" if reckoned else ""


def without(text: str, refused: DueRefused) -> str:
    """The words without the refused phrase."""
    phrase = str(refused.args_.get("phrase", ""))
    joined = " ".join(text.split())
    return " ".join(joined.replace(phrase, " ", 1).split()).strip(" ,，;；") if phrase else text


def is_day(asking: Asking, text: str) -> bool:
    """Whether the text is a due phrase as a whole."""
    try:
        return bool(read_day(asking, text))
    except DueRefused:
        return False


def names_day(asking: Asking, text: str) -> bool:
    """Whether the text as a whole says a day, be it one that has passed or never is."""
    try:
        return bool(read_day(asking, text))
    except DueRefused as refused:
        return refused.kind in ("past", "invalid")


def opens_with_day(asking: Asking, text: str) -> bool:
    """Whether the text is a day or begins with one, be it one that has passed or that nobody can name (尽快)."""
    here, calendar = _here(asking), asking.workplace.calendar
    try:
        return is_day(asking, text) or leading(text, here, calendar)[1] is not None or not split(text, here, calendar)
    except DueRefused as refused:
        return shadow(text).startswith(shadow(str(refused.args_.get("phrase"))))


def _here(asking: Asking) -> datetime:
    return asking.now.astimezone(asking.by.zone)


def _from(asking: Asking, since: date) -> datetime:
    """Now, or this hour of that day where it is ahead."""
    here = _here(asking)
    return here.replace(year=since.year, month=since.month, day=since.day) if since > here.date() else here


def _whole(asking: Asking, piece: str, *, counting: bool) -> Due | None:
    """The day a piece is as a whole; None for other words, and for a bare count unless `counting`. Raises DueRefused for a
    past or impossible day."""
    here, calendar = _here(asking), asking.workplace.calendar
    try:
        due = read(piece, here, calendar)
    except DueRefused as refused:
        if refused.kind in ("past", "invalid") and (counting or not is_measure(piece, here, calendar)):
            raise
        return None
    return due if counting or not due.counted else None


def _ends(text: str) -> Iterator[tuple[str, str]]:
    """(phrase, rest): the whole, then beginnings and ends of it, longest first, broken at blanks and commas."""
    breaks = list(_BREAKS.finditer(text))
    yield text, ""
    for cut in breaks[:_MOST_PIECES][::-1]:
        yield text[: cut.start()], text[cut.end() :]
    for cut in breaks[-_MOST_PIECES:]:
        yield text[cut.end() :], text[: cut.start()]
