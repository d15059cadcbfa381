"""What DingTalk does not tell twice survives the process, in a file that one may also do without."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.dingtalk.client import Options
from adapters.dingtalk.examination import examined
from adapters.dingtalk.memory import Known, Memory, Post
from bot.cards import Button
from bot.clock import SystemClock
from bot.errors import TryLater

POST = Post("bh-1", "0456ann", True, "links", "pqk1", 1_733_300_000.0, "A-42 后天到期", "d1")


def test_everything_is_there_after_a_restart(tmp_path):
    press = Button("取消", "/action cancel A-1", "danger", "真的？", version=3)
    first = Memory(tmp_path / "memory.db", lambda: POST.sent)
    first.keep(POST)
    first.sending("bh-2")
    first.sent("pqk1", "bh-1")
    first.keep_presses({"k1": press})
    first.keep_form("bh-1", "/action add 评估")
    first.merge("bh-9", ["bh-3", "bh-4"])
    first.saw("cid1", "a", "b", "a", "")
    first.meet(Known("a", "uA", "安娜"))
    assert [first.count("2026-11", "calls") for _ in range(3)] == [1, 2, 3]
    first.close()
    second = Memory(tmp_path / "memory.db", lambda: POST.sent)
    assert second.post("bh-1") == second.by_pqk("pqk1", "0456ann") == POST
    assert (second.state("bh-1"), second.state("bh-2"), second.state("bh-3")) == (
        ("sent", "pqk1"),
        ("sending", ""),
        ("", ""),
    )
    assert second.press("k1") == press
    assert (second.form("bh-1"), second.form("bh-2")) == ("/action add 评估", "")
    assert (second.whole("bh-4"), second.whole("bh-1")) == ("bh-9", "")
    assert second.seen("cid1") == ["a", "b"]
    assert second.counted("2026-11", "calls") == 3
    assert second.counted("2026-12", "calls") == 0
    second.close()


def test_what_is_known_not_to_have_left_is_forgotten():
    memory = Memory()
    memory.sending("bh-1")
    memory.not_sent("bh-1")
    assert memory.state("bh-1") == ("", "")


def test_a_changed_message_is_found_by_its_new_key_alone():
    memory = Memory()
    memory.keep(POST)
    changed = Post(POST.track, POST.conversation, True, "links", "pqk2", POST.sent, "A-42 已完成", "d2")
    memory.keep(changed)
    assert memory.by_pqk("pqk1", "0456ann") is None
    assert memory.by_pqk("pqk2", "0456ann") == changed
    assert memory.by_pqk("", "0456ann") is None


def test_what_is_learnt_adds_up():
    memory = Memory()
    for known in (Known("a", "", "安娜", listed=True), Known("a", "uA", ""), Known("a", "", "安娜 W")):
        memory.meet(known)
    assert memory.known() == {"a": Known("a", "uA", "安娜 W", listed=True)}


@pytest.mark.parametrize("name", ["nowhere/memory.db", "notes.txt", "."])
async def test_a_file_that_cannot_be_used_is_named(tmp_path, name):
    (tmp_path / "notes.txt").write_text("no database, but long enough to be looked at as one")
    file = tmp_path / name
    with pytest.raises(OSError, match="database") as fault:
        Memory(file)
    assert fault.value.filename == str(file)
    options = Options("ding", "secret", "ding", memory=file)
    assert [one.text for one in await examined(options, SystemClock())] == ["check-messenger-memory"]


def test_while_it_cannot_be_written_messages_wait(tmp_path):
    """A full disk is nobody's fault in a message: it is not given up."""
    memory = Memory(tmp_path / "memory.db")
    memory._base.execute("PRAGMA max_page_count = 1")
    with pytest.raises(TryLater, match="full"):
        fills(memory)
    memory._base.execute("PRAGMA max_page_count = 100000")
    fills(memory)
    assert memory.state("part 999")[0] == "sending"


def fills(memory: Memory) -> None:
    for number in range(1_000):
        memory.sending(f"part {number}")


class Days:
    """A clock that goes by days; Unix seconds."""

    def __init__(self) -> None:
        self.day = 20_000

    def __call__(self) -> float:
        return self.day * 86_400.0


def test_a_message_is_forgotten_when_nobody_asks_for_it_any_more():
    """Ninety days after it was last shown; what is shown meanwhile brings the forgetting about."""
    days = Days()
    memory = Memory(now=days)
    said(memory, "bh-1", days())
    days.day += 90
    said(memory, "bh-2", days())
    assert (known(memory, "bh-1"), known(memory, "bh-2")) == (ALL, ALL)
    days.day += 1
    said(memory, "bh-3", days())
    assert (known(memory, "bh-1"), known(memory, "bh-2")) == (NOTHING, ALL)


def test_a_button_is_known_for_longer_and_from_the_day_it_was_last_shown():
    days = Days()
    memory = Memory(now=days)
    memory.keep_presses({"k1": PRESS, "k2": PRESS})
    days.day += 300
    memory.keep_presses({"k2": PRESS})
    days.day += 101
    said(memory, "bh-1", days())
    assert (memory.press("k1"), memory.press("k2")) == (None, PRESS)


def test_a_file_of_before_things_had_dates_counts_from_its_first_start_with_them(tmp_path):
    days, file = Days(), tmp_path / "memory.db"
    as_it_was(file)
    memory = Memory(file, days)
    said(memory, "bh-2", days())
    assert (known(memory, "bh-1"), memory.press("k1")) == (ALL, PRESS)
    memory.close()
    days.day += 91
    memory = Memory(file, days)
    said(memory, "bh-3", days())
    assert (known(memory, "bh-1"), memory.press("k1")) == (NOTHING, PRESS)
    memory.close()


PRESS = Button("完成", "/action submit A-1")
ALL = ("links", "sent", "whole", "/action add 评估")
NOTHING = ("", "", "", "")


def said(memory: Memory, track: str, at: float) -> None:
    """One message that asks, stands in another and is known in every way."""
    memory.merge("whole", [track])
    memory.sent("pqk1", track)
    memory.keep_form(track, "/action add 评估")
    memory.keep(replace(POST, track=track, sent=at))


def known(memory: Memory, track: str) -> tuple[str, str, str, str]:
    """What is remembered of a message: its rung, its part's state, what it stands in, what it asks."""
    post = memory.post(track)
    return (post.rung if post else "", memory.state(track)[0], memory.whole(track), memory.form(track))


def as_it_was(file: Path) -> None:
    """A file as version 1 made it, with one message and one button."""
    with closing(sqlite3.connect(file)) as base:
        base.executescript(
            """
            CREATE TABLE parts (id TEXT PRIMARY KEY, state TEXT NOT NULL, pqk TEXT NOT NULL DEFAULT '');
            CREATE TABLE posts (
                track TEXT PRIMARY KEY, conversation TEXT NOT NULL, direct INTEGER NOT NULL, rung TEXT NOT NULL,
                pqk TEXT NOT NULL, sent REAL NOT NULL, words TEXT NOT NULL, digest TEXT NOT NULL);
            CREATE TABLE wholes (track TEXT PRIMARY KEY, whole TEXT NOT NULL);
            CREATE TABLE forms (track TEXT PRIMARY KEY, command TEXT NOT NULL);
            CREATE TABLE presses (
                key TEXT PRIMARY KEY, label TEXT NOT NULL, command TEXT NOT NULL, style TEXT NOT NULL,
                confirm TEXT NOT NULL, version INTEGER NOT NULL);
            INSERT INTO parts VALUES ('bh-1', 'sent', 'pqk1');
            INSERT INTO posts VALUES ('bh-1', '0456ann', 1, 'links', 'pqk1', 1727990000.0, 'A-1', 'd1');
            INSERT INTO wholes VALUES ('bh-1', 'whole');
            INSERT INTO forms VALUES ('bh-1', '/action add 评估');
            INSERT INTO presses VALUES ('k1', '完成', '/action submit A-1', 'normal', '', 0);
            """
        )
