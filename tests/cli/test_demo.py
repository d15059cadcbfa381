"""`bihuan demo`: one command, a workplace in the browser; again, and it is there at once."""

import socket
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import psutil
import pytest

from bot.cli.demo import Place, opening, workplace
from bot.clock import SystemClock
from bot.domain.action import Light, State
from bot.domain.meeting import MeetingState
from bot.domain.minutes import MinutesState
from bot.policy import allowed
from bot.store import Query
from bot.texts import words
from bot.views.scene import Scene
from tests.cli.conftest import Served, started

pytestmark = pytest.mark.slow


def test_two_lines_say_what_where_and_how_to_stop(folder):
    with Served(folder) as demo:
        assert "闭环 Bihuan" in demo.lines[0]
        assert "127.0.0.1:" in demo.lines[0]
        assert "Ctrl+C" in demo.lines[1]
        assert "<html" in demo.get("/")
        assert demo.get("/healthz") == "alive\n"
    assert (demo.rest, demo.errors) == ("", "")


def test_a_second_start_is_quick_and_light(folder):
    """The budget is 1.0 s and 95 MB on a quiet machine. Time is the process's own: others may be busy here."""
    with Served(folder) as demo:
        itself = psutil.Process(demo.process.pid)
        spent, memory = sum(itself.cpu_times()[:2]), itself.memory_info().rss / 1_000_000
    print(f"start to ready {demo.seconds:.2f} s, {spent:.2f} s of them its own, {memory:.0f} MB")
    assert spent < 2.5
    assert memory < 140


def test_a_taken_port_gives_way_unless_it_was_asked_for(folder, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = started("demo", "--data", str(folder), "--port", str(port), folder=tmp_path)
        _, errors = refused.communicate(timeout=60)
        assert refused.returncode == 1
        assert f"127.0.0.1:{port}" in errors


def test_two_demos_take_two_ports_and_the_second_says_so(folder, tmp_path):
    """Other tests may hold 8080 and let it go meanwhile: whoever did not get it says so."""
    with Served(folder) as first, Served(tmp_path / "other") as second:
        assert first.address != second.address
        for demo in (first, second):
            assert ("is taken)" in demo.lines[0]) is not demo.address.endswith(":8080")


def test_one_demo_is_served_by_one_process(folder):
    with Served(folder) as first:
        second = started("demo", "--data", str(folder), folder=folder)
        _, errors = second.communicate(timeout=60)
        assert second.returncode == 1
        assert first.address in errors


def test_others_cannot_reach_it(folder):
    refused = started("demo", "--data", str(folder), "--host", "0.0.0.0", folder=folder)
    _, errors = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert "access_token" in errors


async def test_the_sample_shows_every_light_and_state_worth_seeing(folder):
    """Everything was recorded through the core: it has a history, and its people can act on it."""
    place = Place(folder)
    store = place.store()
    try:
        actions, directory, refused = await store.read(look)
    finally:
        await store.close()
    scene = Scene(words("en"), place.clock().now(), directory, workplace())
    states = {action.state for action in actions}
    assert {scene.light(action) for action in actions} == {Light.RED, Light.YELLOW, Light.GREEN, None}
    assert states >= {State.PROPOSED, State.IN_PROGRESS, State.SUBMITTED, State.BLOCKED, State.POSTPONED, State.DONE}
    assert refused == 0
    assert (len(directory.people), len(directory.departments)) == (12, 4)
    assert all(department.head for department in directory.departments.values())
    assert {person.language for person in directory.people.values()} == {"zh-Hans", "zh-Hant", "en"}
    assert len({person.timezone for person in directory.people.values()}) > 2
    assert all(allowed(directory.person(action.owner), action, directory) for action in actions if action.open)


async def test_a_stranger_finds_a_meeting_ahead_and_minutes_that_wait(folder):
    """One meeting was held and its minutes are read by some; one is announced for the coming days."""
    store = Place(folder).store()
    try:
        held, ahead, minutes = await store.read(
            lambda records: (records.meetings.get(1), records.meetings.get(2), records.archive.get(1))
        )
    finally:
        await store.close()
    assert held is not None
    assert held.ended_at is not None
    assert ahead is not None
    assert minutes is not None
    assert (held.state, ahead.state, minutes.state) == (
        MeetingState.ENDED,
        MeetingState.ANNOUNCED,
        MinutesState.DISTRIBUTED,
    )
    assert held.ended_at < Place(folder).clock().now() < ahead.start
    assert (len(minutes.acknowledged), len(minutes.waiting)) == (1, 1)
    assert minutes.decisions
    assert minutes.parked
    assert [one.label for one in minutes.actions] == ["A-7"]


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-11-18 10:31", "2026-11-18 10:31"),
        ("2026-11-18 07:00", "2026-11-18 10:00"),
        ("2026-11-18 19:00", "2026-11-19 10:00"),
        ("2026-11-20 23:59", "2026-11-23 10:00"),
        ("2026-11-21 11:00", "2026-11-23 10:00"),
        ("2026-10-01 11:00", "2026-10-08 10:00"),
        ("2026-10-10 11:00", "2026-10-10 11:00"),
    ],
)
def test_it_begins_when_people_are_at_work(now, start):
    """A Saturday, a night, National Day, and a Saturday that is worked: else direct messages would wait (T3)."""
    shanghai = ZoneInfo("Asia/Shanghai")
    begun = opening(datetime.fromisoformat(now).replace(tzinfo=shanghai))
    assert f"{begun.astimezone(shanghai):%Y-%m-%d %H:%M}" == start


def look(records):
    actions = records.actions.find(Query())
    entries = [entry for action in actions for entry in records.history.of(action.label)]
    return actions, records.people.directory(), sum(entry.refused for entry in entries)


def test_reset_restores_the_sample_and_the_time(folder):
    place = Place(folder)
    place.clock().advance_to(place.clock().now().replace(year=2040))
    (place.content / "left over").touch()
    with Served(folder, "--reset"):
        pass
    assert not (place.content / "left over").exists()
    now = SystemClock().now()
    assert abs((place.clock().now() - opening(now)).total_seconds()) < 60


def test_a_start_that_was_cut_short_begins_anew(tmp_path):
    process = started("demo", "--data", str(tmp_path), folder=tmp_path)
    while not (tmp_path / "workplace" / "bihuan.db").exists() and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=10)
    with Served(tmp_path) as demo:
        assert len(demo.get("/api/people")) > 1000


@pytest.mark.parametrize("file", ["bihuan.db", "web.db"])
def test_a_damaged_sample_says_how_it_is_made_anew(folder, file):
    (folder / "workplace" / file).write_bytes(b"rubbish " * 3000)
    process = started("demo", "--data", str(folder), folder=folder)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "bihuan demo --reset" in errors
    assert "Traceback" not in errors


def test_a_place_that_is_none(tmp_path):
    (tmp_path / "file").touch()
    process = started("demo", "--data", str(tmp_path / "file"), folder=tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot be written" in errors
    assert "Traceback" not in errors
