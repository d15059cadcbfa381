"""The weekly digest: what a week came to, for every room, department and owner in one pass; and when it is told (R1, R2).

Pure: items in, figures and item numbers out. A scope is `room:<messenger>:<id>`, `department:<id>` or `person:<id>` (an
owner's own list). `to_args` carries what is shown through the outbox as plain JSON.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.calendar import Calendar, at
from bot.domain.action import Action, Light, Priority, State, light
from bot.domain.alarms import Timetable

SHOWN = 20
"""Most items that travel with a digest; a view shows at most as many and names the line that shows them all."""

WEEKS = 6
"""How far back the rate of what was done on time is told, so that a trend can be seen."""

WEEKLY = (7,) * WEEKS
"""Of how many days each of these figures is, where no holiday has moved a digest."""

CHOSEN_AT = "digest-chosen-at"
"""The setting that says since when a scope's day and hour have been what they are."""

_WEEK = timedelta(days=7)
_FURTHEST = 21
"""Days: a festival can put so much between two digests of a row; a longer silence is no week."""
_LIGHTS = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}
_PRIORITIES = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}
_rank = attrgetter("rank")
_WEEKS_AROUND = 4  # a festival can take a whole week: then the moments nearest to now are further away


class Rate(Struct, frozen=True):
    """R2: `met` of the `due` items were done by their first due day."""

    met: int = 0
    due: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down so that 100 means all; None when nothing was due."""
        return 100 * self.met // self.due if self.due else None


class Turn(Struct, frozen=True):
    """An item whose light changed since the last digest."""

    number: int
    before: Light
    after: Light


class Last(Struct, frozen=True):
    """What the scope's last digest showed: when it was made (None: never), the light of each open item, and of how many days
    each of its on-time figures was, newest first."""

    at: datetime | None = None
    lights: Mapping[int, Light] = field(default_factory=dict)
    spans: tuple[int, ...] = WEEKLY


class Digest(Struct, frozen=True):
    """One scope's week; every tuple holds item numbers, open ones worst first.

    `done` since the last digest (or in the last seven days) · `due` open and due on one of the seven days after today ·
    `overdue`, `blocked` · `turned` colour changes, the worst now first · `open` everything open · `on_time` R2, by the week
    in which they end, for items whose first due day was since the last digest's day and before today (or one of the seven days
    before today), of the seven before those, and so on, newest first · `verify` what a person tracks and has yet to verify ·
    `unread` minutes that wait to be acknowledged, as bot/operations/unread.py has them."""

    scope: str
    week: str
    done: tuple[int, ...] = ()
    due: tuple[int, ...] = ()
    overdue: tuple[int, ...] = ()
    blocked: tuple[int, ...] = ()
    turned: tuple[Turn, ...] = ()
    open: tuple[int, ...] = ()
    on_time: tuple[tuple[str, Rate], ...] = ()
    lights: dict[int, Light] = field(default_factory=dict)
    spans: tuple[int, ...] = WEEKLY
    verify: tuple[int, ...] = ()
    unread: tuple[dict[str, object], ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing to say: then nothing is sent (VOICE rule 7). An owner's own list is of open items only."""
        waits = self.open or self.verify or self.unread
        return not waits and (self.scope.startswith("person:") or not self.done)


def scopes(action: Action) -> list[str]:
    """Whose digests an item stands in: a confidential meeting's in that of whose it is only, because who heads a department or
    reads in a room need not be one of those who may see it (N8)."""
    found = [f"person:{action.bearer}"]
    if action.readers:
        return found
    if action.department is not None:
        found.append(f"department:{action.department}")
    if action.room is not None:
        found.append(f"room:{action.room.messenger}:{action.room.id}")
    return found


def compute(
    actions: Iterable[Action], wanted: Mapping[str, Last], now: datetime, table: Timetable
) -> dict[str, Digest]:
    """The digest of every wanted scope, in one pass over the items (open ones, and closed ones as far back as the
    figures shall see)."""
    seen = _Eyes(now, table)
    sheets = {
        scope: _Sheet(scope, last.at or now - _WEEK, last.lights, _spans(last, now, seen.zone(scope)))
        for scope, last in wanted.items()
    }
    for action in actions:
        mine = [sheet for scope in scopes(action) if (sheet := sheets.get(scope))]
        if mine:
            line = seen.line(action)
            for sheet in mine:
                sheet.take(line)
        waits = action.state is State.SUBMITTED and action.tracker != action.owner
        tracker = sheets.get(f"person:{action.tracker}") if waits else None
        if tracker is not None:
            tracker.verify.append(seen.line(action))
    return {scope: sheet.digest(now.astimezone(seen.zone(scope)).date()) for scope, sheet in sheets.items()}


def to_args(digest: Digest, of: str = "", listing: str = "") -> dict[str, object]:
    """What the view wants to know (bot/views/digest.py), as plain JSON; `items` are the numbers it shows, worst first.

    `of` names whose week it is, `listing` is the line that shows everything."""
    reddened = sum(turn.after is Light.RED for turn in digest.turned)
    return {
        "week": int(digest.week.rpartition("W")[2]), "done": len(digest.done), "overdue": len(digest.overdue),
        "blocked": len(digest.blocked), "due_next": len(digest.due), "reddened": reddened, "of": of, "list": listing,
        "on_time": [(week, rate.percent) for week, rate in digest.on_time],
        "total": len(digest.open), "items": [*digest.open[:SHOWN], *digest.verify[:SHOWN]],
        "verify": list(digest.verify[:SHOWN]),
        "unread": len(digest.unread), "minutes": list(digest.unread[:SHOWN]),
    }  # fmt: skip


def last_moment(now: datetime, weekday: int, wall: time, zone: ZoneInfo, calendar: Calendar) -> datetime | None:
    """The latest moment at or before `now` at which a digest was to be told; None when there was none for weeks."""
    return max((moment for moment in _moments(now, weekday, wall, zone, calendar) if moment <= now), default=None)


def next_moment(now: datetime, weekday: int, wall: time, zone: ZoneInfo, calendar: Calendar) -> datetime | None:
    """The first moment after `now` at which a digest is to be told."""
    return min((moment for moment in _moments(now, weekday, wall, zone, calendar) if moment > now), default=None)


def week_of(moment: datetime, zone: ZoneInfo) -> str:
    """2026-W47, by the scope's own zone: with it a digest is told once a week, whatever happens."""
    return _week(moment.astimezone(zone).date())


def _moments(now: datetime, weekday: int, wall: time, zone: ZoneInfo, calendar: Calendar) -> Iterator[datetime]:
    """The digests of the weeks around `now`: on their weekday, or the nearest working day of the same week (T2)."""
    today = now.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    for step in range(-_WEEKS_AROUND, _WEEKS_AROUND + 1):
        monday = this_monday + step * _WEEK
        day = monday + timedelta(days=weekday)
        for worked in (calendar.on_or_before(day), calendar.on_or_after(day)):
            if monday <= worked < monday + _WEEK:
                yield at(worked, wall, zone)
                break


class _Line(Struct, frozen=True):
    """An item as the pass sees it, worked out once for all its scopes. `ago`: so many whole days lie between its first due
    day and today; negative where it is not counted. `rank`, worst first: light, priority, due instant, number."""

    action: Action
    light: Light | None
    late: bool
    soon: bool
    ago: int
    met: bool
    rank: tuple[int, int, datetime, int]


class _Eyes(Struct):
    """Sees items at one moment; each owner's zone and day are looked up once."""

    now: datetime
    table: Timetable
    days: dict[int, tuple[ZoneInfo, date]] = field(default_factory=dict)

    def zone(self, scope: str) -> ZoneInfo:
        """Whose week it is: the owner's, else (person 0 is nobody) the workplace's."""
        kind, _, number = scope.partition(":")
        return self.table.zones.zone(int(number) if kind == "person" else 0)

    def line(self, action: Action) -> _Line:
        zone, today = self._day(action.owner)
        rules = self.table.rules
        shown = light(
            action, self.now, today,
            yellow_days=rules.yellow_days, unaccepted_after=rules.unaccepted_report.total_seconds(),
        )  # fmt: skip
        late = action.open and self.now > action.due.at
        soon = action.open and today < action.due.day <= today + _WEEK
        rank = (_LIGHTS[shown] if shown else 9, _PRIORITIES[action.priority], action.due.at, action.number)
        return _Line(action, shown, late, soon, _ago(action, today), _met(action, zone), rank)

    def _day(self, owner: int) -> tuple[ZoneInfo, date]:
        found = self.days.get(owner)
        if found is None:
            zone = self.table.zones.zone(owner)
            found = self.days[owner] = (zone, self.now.astimezone(zone).date())
        return found


class _Sheet(Struct):
    """One scope's lines while the pass goes on."""

    scope: str
    since: datetime
    before: Mapping[int, Light]
    spans: tuple[int, ...]
    lines: list[_Line] = field(default_factory=list)
    verify: list[_Line] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    rates: list[list[int]] = field(default_factory=lambda: [[0, 0] for _ in range(WEEKS)])

    def take(self, line: _Line) -> None:
        action = line.action
        rate = self._rate(line.ago) if line.ago >= 0 else None
        if rate is not None:
            rate[0] += line.met
            rate[1] += 1
        if action.open:
            self.lines.append(line)
        elif action.state is State.DONE and action.finished_at is not None and action.finished_at > self.since:
            self.done.append(action.number)

    def digest(self, today: date) -> Digest:
        lines = sorted(self.lines, key=_rank)
        lights = {line.action.number: line.light for line in lines if line.light is not None}
        return Digest(
            self.scope,
            _week(today),
            done=tuple(sorted(self.done)),
            due=_numbers(line for line in lines if line.soon),
            overdue=_numbers(line for line in lines if line.late),
            blocked=_numbers(line for line in lines if line.action.state is State.BLOCKED),
            turned=tuple(self._turned(lights)),
            open=_numbers(lines),
            on_time=tuple((self._ends(today, back), Rate(*rate)) for back, rate in enumerate(self.rates)),
            lights=lights,
            spans=self.spans,
            verify=_numbers(sorted(self.verify, key=_rank)),
        )

    def _rate(self, ago: int) -> list[int] | None:
        """The figure in which an item counts whose day has been over so long."""
        for rate, days in zip(self.rates, self.spans, strict=True):
            if ago < days:
                return rate
            ago -= days
        return None

    def _ends(self, today: date, back: int) -> str:
        """The week of the digest that told that figure first."""
        return _week(today - timedelta(days=sum(self.spans[:back])))

    def _turned(self, lights: Mapping[int, Light]) -> Iterator[Turn]:
        for number, now in lights.items():
            before = self.before.get(number, now)
            if before is not now:
                yield Turn(number, before, now)


def _ago(action: Action, today: date) -> int:
    """R2: today's is not over yet, and what was cancelled was not due."""
    return (today - action.first_due).days - 1 if action.state is not State.CANCELLED else -1


def _spans(last: Last, now: datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """R2: of how many days each figure is, newest first: this one's since the last digest, so that a holiday which moves it leaves
    no day out and counts none twice, the earlier ones' as they were told; without a last one each is a week's."""
    since = (now.astimezone(zone).date() - last.at.astimezone(zone).date()).days if last.at else 0
    return (since, *last.spans)[:WEEKS] if 0 < since <= _FURTHEST else WEEKLY


def _met(action: Action, zone: ZoneInfo) -> bool:
    """Done by the first due day; the day it was handed over counts, not the day somebody finds time to verify it, so what still
    waits for that counts too, and a week's figure is the same a week later."""
    handed = action.submitted_at or action.finished_at
    return (
        action.state in (State.DONE, State.SUBMITTED)
        and handed is not None
        and handed.astimezone(zone).date() <= action.first_due
    )


def _numbers(lines: Iterable[_Line]) -> tuple[int, ...]:
    return tuple(line.action.number for line in lines)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
