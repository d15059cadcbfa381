"""The index of the archive: which minutes hold all of some words, newest first, and how many, on both databases.

`searched` holds for each edition that can be found its words (storage/words.py) and marks: who may see it, whom it is
about, of which kind and state it is, which verdicts it holds. A mark begins with § and so is no word of anybody's. One
look at the index therefore answers a whole search, and what a reader may not see is not even counted (N8): reading each
found row to ask it would take seconds among 100,000. SQLite has it as an FTS5 table, PostgreSQL as a `tsvector` under
GIN, neither with an extension. A longer run of Chinese is a phrase to the first; to the second, whose index knows no
places, it is a word of up to four characters, and what is longer is looked for in the text of those that hold its parts.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from bot.domain.minutes import Minutes, MinutesState
from bot.store import Search
from storage.statements import SQLITE, Row, Session, Statement
from storage.words import GRAM, Asked, asked, grams, in_order, in_set, pairs, runs

REVIEWED = frozenset({MinutesState.DISTRIBUTED, MinutesState.ARCHIVED})
"""N2: what may be seen without asking for its state by name."""
SEATS = 1 << 12
"""Places in the archive for one second of the wall clock: editions, and meetings that began at once."""
_DAY = 24 * 3600
_EPOCH = date(1970, 1, 1).toordinal()

_ROWID: ColumnClause[int] = column("rowid", BigInteger)
_PLACE: ColumnClause[int] = column("place", BigInteger)
_FOLDED: ColumnClause[str] = column("folded", Text)
_WORDS: ColumnClause[Any] = column("words")
_SEARCHED = table("searched")
_OLD = Statement(text("SELECT words FROM searched WHERE rowid = :place"))
_PUT = Statement(
    text("REPLACE INTO searched (rowid, words) VALUES (:place, :words)"),
    postgres=text(
        "INSERT INTO searched (place, folded, words) VALUES (:place, :folded, array_to_tsvector(:words))"
        " ON CONFLICT (place) DO UPDATE SET folded = excluded.folded, words = excluded.words"
        " WHERE (searched.folded, searched.words) IS DISTINCT FROM (excluded.folded, excluded.words)"
    ),
)
_DROP = Statement(
    text("DELETE FROM searched WHERE rowid = :place"), postgres=text("DELETE FROM searched WHERE place = :place")
)
_BY_INDEX = Statement(text("SELECT set_config('enable_seqscan', 'off', true)"))


class Index:
    """`searched` on one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lite = session.dialect is SQLITE

    def put(self, place: int, minutes: Minutes) -> None:
        """What these minutes are found by from now on; superseded ones by nothing."""
        if minutes.state is MinutesState.SUPERSEDED:
            self.drop(place)
            return
        found = said(minutes)
        if self._lite:
            words = " ".join([*in_order(found), *marks(minutes)])
            # An acknowledgement changes no word: the index is left alone.
            if self._session.first(_OLD, place=place) != (words,):
                self._session.run(_PUT, place=place, words=words)
            return
        self._session.run(_PUT, place=place, folded=" ".join(found), words=[*in_set(found), *marks(minutes)])

    def drop(self, place: int) -> None:
        """It is found no more."""
        self._session.run(_DROP, place=place)

    def places(self, search: Search) -> list[int]:
        """Where those of one page stand, newest first."""
        return [place for (place,) in self._ask(search, counting=False)]

    def count(self, search: Search) -> int:
        """How many there are in all."""
        rows = self._ask(search, counting=True)
        return int(rows[0][0]) if rows else 0

    def _ask(self, search: Search, *, counting: bool) -> list[Row]:
        words, span = asked(search.words), _span(search)
        if (search.words.strip() and not words) or span is None or search.states == {MinutesState.SUPERSEDED}:
            return []
        groups = _groups(search)
        values: dict[str, Any] = dict(span)
        if not counting:
            values |= {"limit": search.limit, "offset": search.offset}
        if self._lite:
            return self._session.rows(_lite(frozenset(values)), match=_match(words, groups), **values)
        long = [run for run in words.runs if len(run) > GRAM]
        values |= {f"run{number}": run for number, run in enumerate(long)}
        # It counts on reading the rows being cheap, but what decides is out of line and has to be unpacked for each.
        self._session.rows(_BY_INDEX)
        return self._session.rows(_postgres(frozenset(values)), match=_tsquery(words, groups), **values)


def wall(minutes: Minutes) -> int:
    """The first place of the second in which the meeting was held, by the wall clock of its zone: the archive is in the
    order of the calendar, because years and days are the zone's own."""
    held = minutes.held_at.astimezone(ZoneInfo(minutes.zone))
    seconds = _DAY * (held.toordinal() - _EPOCH) + 3600 * held.hour + 60 * held.minute + held.second
    return seconds * SEATS


def said(minutes: Minutes) -> list[str]:
    """What they say, as words and unbroken runs (N7)."""
    return runs(" \n".join(_texts(minutes)))


def _texts(minutes: Minutes) -> Iterable[str]:
    yield from (minutes.title, minutes.objective, minutes.expected, minutes.following, minutes.more)
    for topic in minutes.topics:
        yield from (topic.title, topic.points, topic.conclusion)
    for decision in minutes.decisions:
        yield from (decision.text, decision.why)
    for action in minutes.actions:
        yield from (action.label, action.text, action.criterion)
    yield from (left.text for left in minutes.parked)


def concerned(minutes: Minutes) -> frozenset[int]:
    """Whom they are about: who led, recorded, attended or missed the meeting, and who owns an action of it."""
    absent = {one.person for one in minutes.absent} | {one.proxy for one in minutes.absent if one.proxy is not None}
    led = {minutes.organizer, minutes.host, minutes.recorder}
    return frozenset(led | absent | {*minutes.present} | {action.owner for action in minutes.actions})


def marks(minutes: Minutes) -> list[str]:
    """What else they are found by."""
    seen = [f"r{reader}" for reader in minutes.readers] if minutes.confidential else ["open"]
    return [
        *(_seen(mark, reviewed=minutes.state in REVIEWED) for mark in seen), f"§s{minutes.state.value}",
        _kind(minutes.kind), *(f"§p{person}" for person in sorted(concerned(minutes))),
        *(f"§v{verdict}" for verdict in sorted({one.verdict.value.replace("_", "") for one in minutes.decisions})),
    ]  # fmt: skip


def _seen(mark: str, *, reviewed: bool) -> str:
    return f"§{mark}" if reviewed else f"§d{mark}"


def _kind(kind: str) -> str:
    """A kind's name is the workplace's to choose: any characters may stand in it."""
    return f"§k{kind.encode().hex()}"


def _groups(search: Search) -> list[list[str]]:
    """Marks of which each group must give one."""
    wanted = search.states or REVIEWED
    seen = [
        _seen(mark, reviewed=reviewed)
        for reviewed in (True, False)
        for mark in ("open", f"r{search.reader}")
        if (wanted & REVIEWED if reviewed else wanted - REVIEWED)
    ]
    groups = [seen]
    if search.states:
        groups.append([f"§s{state.value}" for state in sorted(search.states)])
    if search.person is not None:
        groups.append([f"§p{search.person}"])
    if search.kind:
        groups.append([_kind(search.kind)])
    if search.verdict is not None:
        groups.append([f"§v{search.verdict.value.replace('_', '')}"])
    return groups


def _span(search: Search) -> dict[str, int] | None:
    """From which place on (`since`) and before which (`before`); None when no day can be meant."""
    if search.year is not None and not MINYEAR <= search.year <= MAXYEAR:
        return None
    first = [search.since.toordinal()] if search.since else []
    last = [search.until.toordinal()] if search.until else []
    if search.year is not None:
        first.append(date(search.year, 1, 1).toordinal())
        last.append(date(search.year, 12, 31).toordinal())
    span = {"since": _place(max(first))} if first else {}
    return span | ({"before": _place(min(last) + 1)} if last else {})


def _place(day: int) -> int:
    return (day - _EPOCH) * _DAY * SEATS


def _match(words: Asked, groups: list[list[str]]) -> str:
    """FTS5's words: each stands in quotes, so that none is an operator."""
    runs_ = [" ".join(pairs(run)[:-1]) for run in words.runs]
    parts = [f'"{word}"' for word in (*words.words, *runs_)]
    parts += [f'"{words.start}"*'] if words.start else []
    parts += ["(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in groups]
    return " AND ".join(parts)


def _tsquery(words: Asked, groups: list[list[str]]) -> str:
    """PostgreSQL's words, likewise."""
    runs_ = dict.fromkeys(gram for run in words.runs for gram in grams(run, [min(GRAM, len(run))]))
    parts = [f"'{word}'" for word in (*words.words, *runs_)]
    parts += [f"'{words.start}':*"] if words.start else []
    parts += ["(" + " | ".join(f"'{mark}'" for mark in group) + ")" for group in groups]
    return " & ".join(parts)


@lru_cache(maxsize=16)
def _lite(names: frozenset[str]) -> Statement:
    match = literal_column("searched").op("MATCH")(bindparam("match", type_=Text))
    found = select(_ROWID).select_from(_SEARCHED).where(match, *_within(_ROWID, names))
    if "limit" not in names:
        return _counted(found)
    # The order of the index is that of its numbers: it stops when the page is full.
    return _paged(found, _ROWID)


@lru_cache(maxsize=64)
def _postgres(names: frozenset[str]) -> Statement:
    from sqlalchemy.dialects.postgresql import TSQUERY  # PostgreSQL's words load where there is one

    match = _WORDS.op("@@")(cast(bindparam("match", type_=Text), TSQUERY))
    runs_ = (func.strpos(_FOLDED, bindparam(name)) > 0 for name in sorted(names) if name.startswith("run"))
    # `+ 0` keeps the planner from going through the days instead, and unpacking every text of a year.
    found = select(_PLACE).select_from(_SEARCHED).where(match, *_within(_PLACE + literal_column("0"), names), *runs_)
    if "limit" not in names:
        return _counted(found)
    # Materialized: else the planner may walk the archive from its newest on and unpack every text for a rare word.
    first = found.cte("found").prefix_with("MATERIALIZED")
    return _paged(select(first.c.place), first.c.place)


def _within(place: ColumnElement[int], names: frozenset[str]) -> list[ColumnElement[bool]]:
    since = [place >= bindparam("since")] if "since" in names else []
    return since + ([place < bindparam("before")] if "before" in names else [])


def _counted(found: Select[Any]) -> Statement:
    return Statement(found.with_only_columns(func.count(), maintain_column_froms=True))


def _paged(found: Select[Any], place: ColumnElement[int]) -> Statement:
    return Statement(found.order_by(place.desc()).limit(bindparam("limit")).offset(bindparam("offset")))
