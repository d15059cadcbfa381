"""The weekly figures: what counts as done, due, late, on time, and in which order it is said (R1, R2)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.calendar import Calendar
from bot.directory import Directory
from bot.domain.action import Action, Due, Light, Priority, State
from bot.domain.alarms import Timetable
from bot.domain.digest import Last, Rate, Turn, compute, last_moment, next_moment, scopes, to_args, week_of
from bot.domain.rules import Rules
from bot.people import Person, Room

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI).astimezone(UTC)
TODAY = date(2026, 11, 20)
ROOM = Room("web", "product")


def table(*people: Person) -> Timetable:
    ann = Person(1, "ann", "Asia/Shanghai", "en")
    return Timetable(Directory.of([ann, *people], [], fallback="Asia/Shanghai"), Calendar.of(), Rules())


def item(number: int, due_in: int = 20, **fields) -> Action:
    day = TODAY + timedelta(days=due_in)
    due = Due(day, datetime.combine(day, time(10), UTC))
    long_ago = FRIDAY - timedelta(days=60)
    given_ = {"state": State.IN_PROGRESS, "department": 3, "room": ROOM, "first_due": day, **fields}
    return Action("do it", 1, 2, 2, due, created_at=long_ago, asked_at=long_ago, number=number, **given_)


def done(number: int, due_in: int, on: int, **fields) -> Action:
    at = FRIDAY + timedelta(days=on)
    return item(number, due_in, **{"state": State.DONE, "submitted_at": at, "finished_at": at, **fields})


def digest(*items: Action, last: Last | None = None, scope: str = "department:3"):
    return compute(items, {scope: last or Last()}, FRIDAY, table())[scope]


def test_counts_what_is_late_soon_blocked_and_done_since_the_last_one():
    found = digest(
        item(1, -3), item(2, 0), item(3, 7), item(4, 8), item(5, 30, state=State.BLOCKED),
        done(6, 5, -2), done(7, 5, -9), item(8, -3, state=State.CANCELLED, finished_at=FRIDAY),
    )  # fmt: skip
    assert (found.overdue, found.due, found.blocked, found.done) == ((1,), (3,), (5,), (6,))


def test_done_reaches_back_to_the_last_digest_however_long_ago():
    holiday = Last(FRIDAY - timedelta(days=9, hours=1))
    assert digest(done(7, 5, -9), last=holiday).done == (7,)
    assert digest(done(7, 5, -9), last=Last(FRIDAY - timedelta(days=7))).done == ()


def test_worst_first_then_priority_then_the_sooner_day():
    items = [
        item(1, 30), item(2, 1, priority=Priority.LOW), item(3, 2, priority=Priority.HIGH), item(4, -1), item(5, -2),
    ]  # fmt: skip
    assert digest(*items).open == (5, 4, 3, 2, 1)


def test_on_time_is_by_the_first_due_day_and_the_day_it_was_handed_over():
    verified_late = done(1, -3, -3, finished_at=FRIDAY)
    late = done(2, -3, -2)
    postponed = done(3, 5, -1, first_due=TODAY - timedelta(days=4))
    unfinished, unverified = item(4, -2), done(8, -2, -2, state=State.SUBMITTED, finished_at=None)
    cancelled = item(5, -2, state=State.CANCELLED)
    early = done(6, -1, -50)
    before = done(7, -8, -8)
    found = digest(verified_late, late, postponed, unfinished, unverified, cancelled, early, before)
    assert found.on_time[:2] == (("2026-W47", Rate(3, 6)), ("2026-W46", Rate(1, 1)))
    assert (found.on_time[0][1].percent, Rate().percent) == (50, None)


def test_on_time_is_of_the_days_since_the_last_digest_so_that_a_holiday_leaves_none_out():
    """The last one came on Wednesday of last week: what was due that Wednesday and Thursday is in this one, and what that one
    told is told again as it was."""
    wednesday = Last(FRIDAY - timedelta(days=9))
    found = digest(item(1, -9), done(2, -8, -8), item(3, -1), done(4, -10, -10), last=wednesday)
    assert found.on_time[:2] == (("2026-W47", Rate(1, 3)), ("2026-W46", Rate(1, 1)))
    assert found.spans == (9, 7, 7, 7, 7, 7)
    later = digest(item(1, -9), item(3, -1), last=Last(FRIDAY - timedelta(days=7), spans=(9, 6, 7, 7, 7, 7)))
    assert (later.spans, later.on_time[1]) == ((7, 9, 6, 7, 7, 7), ("2026-W46", Rate(0, 1)))
    long_ago = Last(FRIDAY - timedelta(days=40))
    assert digest(item(1, -9), item(3, -1), last=long_ago).on_time[:2] == (
        ("2026-W47", Rate(0, 1)),
        ("2026-W46", Rate(0, 1)),
    )


def test_on_time_is_told_by_weeks_six_of_them_and_over_the_turn_of_the_year():
    weeks = [done(n, -7 * n - 3, -7 * n - 3) for n in range(8)]
    found = digest(*weeks).on_time
    assert [rate for _, rate in found] == [Rate(1, 1)] * 6
    assert [week for week, _ in found] == [f"2026-W{week}" for week in range(47, 41, -1)]


def test_what_is_due_today_is_not_counted_as_missed_before_the_day_is_over():
    assert digest(item(1, 0), item(2, -7)).on_time[0][1] == Rate(0, 1)


def test_a_light_that_changed_since_the_last_digest_is_named_and_a_new_item_is_not():
    last = Last(FRIDAY - timedelta(days=7), {1: Light.GREEN, 2: Light.RED})
    found = digest(item(1, -1), item(2, 30), item(3, -1), last=last)
    assert found.turned == (Turn(1, Light.GREEN, Light.RED), Turn(2, Light.RED, Light.GREEN))
    assert found.lights == {1: Light.RED, 2: Light.GREEN, 3: Light.RED}


def test_nothing_to_say_is_empty_and_an_owners_list_is_of_open_items():
    week = done(1, 5, -2)
    assert digest().empty
    assert not digest(week).empty
    assert digest(week, scope="person:1").empty
    assert not digest(item(1), scope="person:1").empty


def test_what_travels_is_plain_and_what_the_view_asks_for():
    args = to_args(digest(item(1, -1), done(2, -3, -3)), "Team", "/action list Team")
    nothing = [(f"2026-W{week}", None) for week in range(46, 41, -1)]
    assert args == {
        "week": 47, "done": 1, "overdue": 1, "blocked": 0, "due_next": 0, "reddened": 0, "of": "Team",
        "list": "/action list Team", "on_time": [("2026-W47", 50), *nothing], "total": 1, "items": [1], "verify": [],
        "unread": 0, "minutes": [],
    }  # fmt: skip


items = st.builds(
    item,
    st.integers(1, 10_000),
    st.integers(-20, 20),
    state=st.sampled_from(State),
    priority=st.sampled_from(Priority),
    department=st.none() | st.integers(1, 3),
    room=st.none() | st.just(ROOM),
)


@pytest.mark.slow
@given(st.lists(items, unique_by=lambda one: one.number, max_size=30))
def test_each_scope_of_the_one_pass_is_what_that_scope_alone_would_be(many):
    wanted = {scope: Last() for one in many for scope in scopes(one)}
    together = compute(many, wanted, FRIDAY, table())
    for scope, found in together.items():
        own = [one for one in many if scope in set(scopes(one))]
        owed = [one for one in many if one.state is State.SUBMITTED and scope == f"person:{one.tracker}"]
        assert found == compute([*own, *owed], {scope: Last()}, FRIDAY, table())[scope]
        assert set(found.verify) == {one.number for one in owed}
        assert set(found.open) == {one.number for one in own if one.open}
        assert set(found.due).isdisjoint(found.overdue)
        assert all(rate.met <= rate.due for _, rate in found.on_time)


@pytest.mark.parametrize(
    ("week_day", "expected"),
    [
        ("2026-11-18", "2026-11-20"),  # an ordinary Friday
        ("2026-10-01", "2026-09-30"),  # National Day takes the Friday: the last working day of that week
        ("2026-02-18", None),  # the Spring Festival takes the week
    ],
)
def test_the_digest_is_told_on_a_working_day_of_its_week(week_day, expected):
    monday = date.fromisoformat(week_day) - timedelta(days=date.fromisoformat(week_day).weekday())
    start = datetime.combine(monday, time(), SHANGHAI).astimezone(UTC)
    found = next_moment(start, 4, time(16), SHANGHAI, Calendar.of())
    assert found is not None
    local = found.astimezone(SHANGHAI)
    in_week = local.date() - monday < timedelta(days=7)
    assert (f"{local:%Y-%m-%d}" if in_week else None) == expected
    assert local.time() == time(16)


@given(
    st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.integers(0, 6),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
def test_a_year_of_digests_is_at_most_one_a_week_and_none_is_passed_over(now, weekday, zone):
    here = ZoneInfo(zone)
    last = last_moment(now, weekday, time(16), here, Calendar.of())
    following = next_moment(now, weekday, time(16), here, Calendar.of())
    assert last is not None
    assert following is not None
    assert last <= now < following
    assert week_of(last, here) != week_of(following, here)
    assert next_moment(last, weekday, time(16), here, Calendar.of()) == following
    assert Calendar.of().works(following.astimezone(here).date())


def test_an_owner_elsewhere_has_another_today():
    """Friday 16:00 in Shanghai is Thursday in Honolulu: what is due on Friday there is not late yet."""
    far = Person(9, "far", "Pacific/Honolulu", "en")
    mine = replace(item(1, -1), owner=9, due=Due(TODAY, datetime(2026, 11, 21, 4, tzinfo=UTC)), first_due=TODAY)
    found = compute([mine], {"person:9": Last()}, FRIDAY, table(far))["person:9"]
    assert (found.overdue, found.due, found.on_time[0][1]) == ((), (1,), Rate(0, 0))
