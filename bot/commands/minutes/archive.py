"""`/minutes list` 归档, `search` 搜索: by words, people, days, kind and decision; nothing is found or counted that the asker
may not read (N7, N8)."""

import re
from calendar import monthrange
from datetime import date

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.minutes.sections import VERDICTS
from bot.domain.minutes import MinutesState
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.pattern import pattern
from bot.policy import minutes as policy
from bot.store import Search
from bot.views import minutes_archive as views
from bot.views.kinds import kind

_SENT = frozenset({MinutesState.DISTRIBUTED, MinutesState.ARCHIVED})
_UNSENT = frozenset({MinutesState.DRAFT, MinutesState.SUBMITTED})
_MOST = 200
_DAY = r"(?P<{0}y>20\d\d)\s*(?:年|-|/|\.)\s*(?P<{0}m>\d{{1,2}})(?:\s*(?:月|-|/|\.)\s*(?P<{0}d>\d{{1,2}})\s*日?|\s*月)?"
_SPAN = pattern(rf"{_DAY.format('a')}\s*(?:至|到|–|—|~|to|-)\s*{_DAY.format('b')}", re.IGNORECASE)
_SINCE = pattern(rf"(?:自|从|從|since|from)\s*{_DAY.format('a')}(?:\s*(?:以来|以來|起))?", re.IGNORECASE)
_UNTIL = pattern(rf"(?:截至|到|until|before)\s*{_DAY.format('a')}(?:\s*(?:以前|为止|為止))?", re.IGNORECASE)
_WITHIN = pattern(_DAY.format("a"))
_YEAR = pattern(r"(?<!\d)(?P<y>20\d\d)\s*年?(?!\d)")
_PAGE = pattern(r"(?:page|p\.?)\s*(?P<en>\d{1,5})|第\s*(?P<zh>\d{1,5})\s*页|第\s*(?P<hant>\d{1,5})\s*頁", re.IGNORECASE)
_VERDICT = pattern(r"(?:决议|決議|decision)\s*[:：]\s*(?P<name>.+?)(?=\s|$)", re.IGNORECASE)


def list_(asking: Asking, line: Line) -> Answer:
    """N7: the shelves by year and kind, and what waits for the asker. With words behind it, a search."""
    if line.rest.strip():
        return search(asking, line)
    archive, me = asking.records.archive, asking.by
    drafts = [
        one
        for one in archive.search(Search(me.id, states=_UNSENT, limit=_MOST))
        if me.id in (one.recorder, one.host) and policy.reads(me, one)
    ]
    return views.shelves(scene(asking), archive.shelves(me.id), archive.unacknowledged(me.id), drafts)


def search(asking: Asking, line: Line) -> Answer:
    """N7: newest first, in pages. Raises Refusal `minutes-search-what` when nothing was said."""
    if not line.rest.strip():
        raise Refusal("minutes-search-what", mended=asking.words("example-minutes-search"))
    wanted, page = _wanted(asking, line.rest)
    archive = asking.records.archive
    total = archive.count(wanted)
    page = max(1, min(page, -(-total // views.AT_MOST)))
    shown = archive.search(replace(wanted, limit=views.AT_MOST, offset=(page - 1) * views.AT_MOST))
    asked = " ".join(_PAGE.sub(" ", line.rest).split())
    more = f"/minutes search {asked} page {page + 1}" if page * views.AT_MOST < total else ""
    return views.found(scene(asking), shown, asked=asked, total=total, page=page, more=more)


def _wanted(asking: Asking, rest: str) -> tuple[Search, int]:
    """What was said, taken apart: @people, days, a year, a kind, a verdict, a page; the other words must stand in it."""
    wanted, page = Search(asking.by.id, states=_SENT), 1
    rest, match = _taken(_PAGE, rest)
    if match:
        page = int(next(filter(None, match.groups())))
    wanted, rest = _decided(wanted, rest)
    wanted, rest = _dated(wanted, rest)
    wanted, rest = _about(asking, wanted, rest)
    wanted, rest = _of_kind(asking, wanted, rest)
    return replace(wanted, words=" ".join(rest.split())), page


def _of_kind(asking: Asking, wanted: Search, rest: str) -> tuple[Search, str]:
    """A kind by its key, or as the asker reads it, where it stands between blanks; the longest name first."""
    names = {
        shadow(name): one.name for one in asking.workplace.kinds for name in (one.name, kind(scene(asking), one.name))
    }
    low = f" {shadow(' '.join(rest.split()))} "
    for name in sorted(names, key=len, reverse=True):
        at = low.find(f" {name} ")
        if at >= 0:
            plain = " ".join(rest.split())
            return replace(wanted, kind=names[name]), f"{plain[:at]} {plain[at + len(name) :]}"
    return wanted, rest


def _about(asking: Asking, wanted: Search, rest: str) -> tuple[Search, str]:
    """The person behind an @. Raises Refusal `person-unknown`, `minutes-search-person` for a second one."""
    while (at := next((place for place, one in enumerate(rest) if one in "@＠"), -1)) >= 0:
        who, length = naming.who(asking, rest[at + 1 :])
        if wanted.person is not None:
            raise Refusal("minutes-search-person")
        wanted = replace(wanted, person=naming.one_person(asking, who, "who"))
        rest = f"{rest[:at]} {rest[at + 1 + length :]}"
    return wanted, rest


def _decided(wanted: Search, rest: str) -> tuple[Search, str]:
    """`决议：同意`. Raises Refusal `choice-unknown` for no verdict."""
    rest, match = _taken(_VERDICT, rest)
    if not match:
        return wanted, rest
    verdict = next((one for one, names in VERDICTS.items() if shadow(match["name"]) in map(shadow, names)), None)
    if verdict is None:
        raise Refusal("choice-unknown", value=match["name"])
    return replace(wanted, verdict=verdict), rest


def _dated(wanted: Search, rest: str) -> tuple[Search, str]:
    """A span, a beginning, an end, a month or a day, or a year."""
    rest, match = _taken(_SPAN, rest)
    if match:
        return replace(wanted, since=_day(match, "a"), until=_day(match, "b", last=True)), rest
    rest, since = _taken(_SINCE, rest)
    rest, until = _taken(_UNTIL, rest)
    if since or until:
        after = _day(since, "a") if since else None
        return replace(wanted, since=after, until=_day(until, "a", last=True) if until else None), rest
    rest, match = _taken(_WITHIN, rest)
    if match:
        return replace(wanted, since=_day(match, "a"), until=_day(match, "a", last=True)), rest
    rest, match = _taken(_YEAR, rest)
    return (replace(wanted, year=int(match["y"])) if match else wanted), rest


def _day(match: re.Match[str], of: str, *, last: bool = False) -> date:
    """The day, or the first (`last`) of a month without one. Raises Refusal `minutes-search-day`."""
    year, month, day = (int(match[f"{of}{part}"] or 0) for part in "ymd")
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise Refusal("minutes-search-day", typed=match.group()) from None


def _taken(pattern: re.Pattern[str], rest: str) -> tuple[str, re.Match[str] | None]:
    """The words without what the pattern finds in them."""
    match = pattern.search(rest)
    return (f"{rest[: match.start()]} {rest[match.end() :]}", match) if match else (rest, None)
