"""What DingTalk does not tell twice survives the process, in a file that one may also do without."""

import pytest

from adapters.dingtalk.client import Options
from adapters.dingtalk.examination import examined
from adapters.dingtalk.memory import Known, Memory, Post
from bot.cards import Button
from bot.clock import SystemClock
from bot.errors import TryLater

POST = Post("bh-1", "0456ann", True, "links", "pqk1", 1_733_300_000.0, "A-42 后天到期", "d1")


def test_everything_is_there_after_a_restart(tmp_path):
    press = Button("取消", "/action cancel A-1", "danger", "真的？", version=3)
    first = Memory(tmp_path / "memory.db")
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
    second = Memory(tmp_path / "memory.db")
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
