"""The whole loop: recorded, accepted, reminded, postponed, delivered, returned, delivered again, verified (A1–A6)."""

from bot.domain.action import State


def test_in_chinese(office, cast):
    zhang, li = cast.zhang, cast.li
    said = zhang.types("/action add 输出《客户投诉处理流程V2.0》 @李四 下周五前 标准：包含一级响应机制")
    assert said.startswith("已记录 A-1")
    assert "负责人 李四" in said
    assert "11月27日（周五）" in said
    assert "包含一级响应机制" in said

    assert li.reads.startswith("请确认：A-1 由你负责，11月27日（周五")
    li.presses("接受")
    assert office.action(1).state is State.IN_PROGRESS
    assert "接受]" not in li.reads, "an accepted item asks no more"

    office.until("2026-11-25 08:59")
    told = len(li.sheets)
    office.until("2026-11-25 09:00")
    assert len(li.sheets) == told + 1
    assert li.reads.startswith("🟡 A-1 后天到期（11月27日")

    assert "原因" in li.presses("延期")
    li.fills(why="等法务审核", due="11月30日")
    assert office.action(1).due.day.isoformat() == "2026-11-30"
    assert office.action(1).first_due.isoformat() == "2026-11-27"
    assert "等法务审核" in zhang.reads

    li.types("/action submit A-1 https://example.com/v2")
    assert zhang.reads.startswith("A-1 已提交，请验收")
    assert "https://example.com/v2" in zhang.reads
    zhang.presses("退回")
    zhang.fills(why="缺少流程节点图")
    assert "缺少流程节点图" in li.reads
    assert office.action(1).state is State.IN_PROGRESS

    li.types("完成 A-1 https://example.com/v3")
    zhang.presses("通过")
    done = office.action(1)
    assert done.state is State.DONE
    assert done.finished_at is not None
    assert [entry.verb for entry in office.history(1)] == [
        "add", "accept", "postpone", "submit", "return", "submit", "approve",
    ]  # fmt: skip


def test_in_english(english, crew):
    ann, bo = crew.ann, crew.bo
    said = ann.types("/action add ship the prototype @Bo by next Friday std: demo recorded")
    assert said.startswith("A-1 recorded")
    assert "Fri 27 Nov" in said
    assert bo.reads.startswith("A-1 is yours, due Fri 27 Nov")
    bo.presses("Accept")
    english.until("2026-11-25 09:00")
    assert bo.reads.startswith("🟡 A-1 is due in 2 days (Fri 27 Nov")
    bo.types("/action submit A-1 the recording is on the share")
    assert ann.reads.startswith("A-1 is delivered; please check it")
    ann.presses("Accept")
    assert english.action(1).state is State.DONE


def test_an_own_item_needs_nobody_else(office, cast):
    """A3: an owner who is also the tracker closes it directly."""
    cast.zhang.types("/action add 整理周报模板 @我 周五")
    assert office.action(1).state is State.IN_PROGRESS
    assert not cast.zhang.sheets, "nobody is told of their own act"
    cast.zhang.types("/action submit A-1 已放共享盘")
    assert office.action(1).state is State.DONE


def test_a_message_becomes_an_item(office, cast):
    """UX 8: from the message, with its text and link."""
    from bot.messenger import Quoted

    message = Quoted("登录页偶尔打不开，谁看一下", cast.sun.account, "https://chat.example/m/77")
    room = office.room("产品", cast.zhang, cast.li, cast.sun)
    cast.zhang.types("/action add @李四 周五", room, to=message)
    item = office.action(1)
    assert item.text == "登录页偶尔打不开，谁看一下"
    assert item.source.url == "https://chat.example/m/77"
    assert item.room == room.room


def test_a_reply_to_a_reminder_is_about_its_item(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 周五")
    cast.li.types("接受", to=cast.li.sheets[-1])
    assert office.action(1).state is State.IN_PROGRESS


def test_small_talk_is_not_for_the_bot(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    assert cast.zhang.types("大家早", room) == ""
    assert cast.zhang.types("action list is long today", room) == ""
    assert not room.cards
