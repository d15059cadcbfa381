"""Handing over and verifying (A3): submit, approve, return, reopen, by whom, how often, and who hears of it."""

from bot.domain.action import Deliverable, State
from bot.messenger import Attachment


def test_submitting_asks_for_what_is_handed_over(office, cast, item):
    assert cast.li.types("/action submit A-1").startswith("提交 A-1 的成果")
    assert office.told() == {}
    assert cast.li.types("https://x.example/v1").startswith("已提交 A-1，等张三验收")
    assert office.action(1).deliverables == (Deliverable("https://x.example/v1", "https://x.example/v1"),)
    assert office.told() == {"张三": ["A-1 已提交，请验收"]}


def test_by_form_by_press_and_with_a_file(office, cast, item):
    office.until("2026-11-25 09:00")
    cast.li.presses("提交成果")
    assert cast.li.fills(deliverable="见共享盘") == "已提交 A-1，等张三验收"
    cast.zhang.types("退回 A-1 还缺图")
    file = Attachment("流程.docx", "https://f.example/1")
    cast.li.types("完成 A-1", files=(file,))
    assert office.action(1).deliverables[-1] == Deliverable("流程.docx", "https://f.example/1")
    assert "成果：见共享盘、流程.docx (https://f.example/1) · 标准：有流程图" in cast.zhang.reads


def test_approving_closes_it_and_tells_the_owner(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    assert cast.zhang.presses("通过") == "A-1 验收通过"
    assert office.action(1).state is State.DONE
    assert office.told() == {"李四": ["A-1 验收通过"]}
    assert cast.zhang.cards[-1].title == "A-1 已完成", "the card that asked stands corrected"


def test_a_double_click_on_approve_says_who_was_first(office, cast, item):
    """VOICE, somebody was first."""
    cast.li.types("完成 A-1 见共享盘")
    office.advance(minutes=32)
    cast.zhang.presses("通过", twice=True)
    assert cast.zhang.answer == "A-1 已由张三于 10:32 验收通过，无需再操作。"
    assert office.record(1) == ["张三 add", "李四 accept", "李四 submit", "张三 approve"]


def test_a_head_who_comes_after_the_tracker_hears_that_too(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    cast.wang.types("查看 A-1")
    seen = cast.wang.answers[-1]
    cast.zhang.types("验收 A-1")
    assert cast.wang.presses("通过", on=seen) == "A-1 已由张三于 10:00 验收通过，无需再操作。"
    assert cast.wang.types("验收 A-1") == "A-1 已由张三于 10:00 验收通过，无需再操作。"


def test_a_stale_card_approves_nothing(office, cast, item):
    """A4 row 37: what was handed over has changed since the card was drawn."""
    cast.li.types("完成 A-1 第一版")
    first = cast.zhang.sheets[-1].cards[0]
    cast.zhang.types("退回 A-1 还缺图")
    cast.li.types("完成 A-1 第二版")
    said = cast.zhang.presses("通过", on=first)
    assert said.startswith("A-1 刚刚有变动，这一步没有执行")
    assert "李四 提交" in said
    assert office.action(1).state is State.SUBMITTED
    assert cast.zhang.presses("通过", on=cast.zhang.cards[-1]) == "A-1 验收通过"


def test_nobody_judges_their_own_work(office, cast, item):
    """Not by rank either: 王五 heads the department, and is not the tracker."""
    cast.zhang.types("/action add 招聘计划 @王五 下周五")
    cast.wang.types("接受 A-2")
    cast.wang.types("完成 A-2 见共享盘")
    assert cast.wang.types("验收 A-2").startswith("只有跟踪人张三可以验收 A-2")
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    assert cast.li.types("验收 A-1").startswith("只有跟踪人张三或部门负责人王五可以验收 A-1。")
    assert office.told() == {}
    assert office.record(1)[-1] == "李四 approve refused"


def test_approving_what_was_not_handed_over_names_its_state(office, cast, item):
    assert cast.zhang.types("验收 A-1").startswith("A-1 现在是“进行中”，不能验收。")


def test_returning_needs_a_reason_and_keeps_the_day(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    assert cast.zhang.presses("退回").startswith("退回 A-1：还缺什么？")
    assert cast.zhang.fills(why="缺少流程节点图") == "已退回 A-1，李四会收到你的意见"
    assert office.told() == {"李四": ["A-1 被退回：缺少流程节点图"]}
    assert "补齐后再提交即可，截止日不变：11月27日（周五）。" in cast.li.reads
    assert office.history(1)[-1].why == "缺少流程节点图"


def test_an_owner_takes_back_what_was_handed_over_by_mistake(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    assert cast.li.types("重开 A-1 传错文件了").startswith("已重开 A-1")
    assert office.action(1).state is State.IN_PROGRESS
    assert cast.zhang.reads.startswith("A-1 已重开，11月27日（周五）到期\n> 传错文件了")


def test_reopening_what_was_verified(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    cast.zhang.presses("通过")
    office.told()
    assert cast.li.types("重开 A-1 还想改").startswith("只有跟踪人张三或部门负责人王五可以重开 A-1")
    assert cast.zhang.types("重开 A-1").startswith("重开 A-1：为什么？")
    cast.zhang.types("客户又提了要求")
    assert office.told() == {"李四": ["A-1 已重开，11月27日（周五）到期"]}
    assert office.action(1).finished_at is None


def test_a_submission_that_waits_reminds_the_tracker_once(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    office.until("2026-11-20 09:00")
    assert office.told() == {"张三": ["🟢 A-1 等你验收"]}
    office.until("2026-11-20 15:00")
    assert office.told() == {}


def test_several_in_one_line_are_all_or_none(office, cast, item):
    cast.zhang.types("/action add 压测报告 @李四 下周五")
    cast.zhang.types("/action add 上线清单 @孙七 下周五")
    cast.li.types("完成 A-1 A-3 都在共享盘")
    assert {office.action(number).state for number in (2, 3)} == {State.PROPOSED}
    assert cast.li.types("完成 A-1 A-2 都在共享盘").startswith("已提交 2 项")
    assert cast.zhang.types("验收 A-1 A-2").startswith("已验收通过 2 项")


def test_in_english(english, crew, task):
    ann, bo, wei = crew.ann, crew.bo, crew.wei
    assert ann.types("approve A-1").startswith("You cannot verify A-1 now: it is in progress.")
    assert bo.types("done A-1").startswith("Deliver A-1")
    assert bo.types("the recording is on the share").startswith("A-1 submitted; Ann will check it")
    assert english.told() == {"Ann": ["A-1 is delivered; please check it"]}
    assert bo.types("approve A-1").startswith("Only the tracker Ann or the department head Wei can accept A-1.")
    ann.presses("Return")
    ann.types("the sound is missing")
    assert english.told() == {"Bo": ["A-1 came back: the sound is missing"]}
    bo.presses("Submit")
    bo.fills(deliverable="https://x.example/v2")
    wei.types("show A-1")
    ann.presses("Accept")
    assert english.told()["Bo"] == ["A-1 is verified and done"]
    assert wei.presses("Accept") == "Ann accepted A-1 at 10:00. Nothing left to do."
    ann.types("reopen A-1 the customer wants more")
    assert english.told() == {"Bo": ["A-1 is open again, due Fri 27 Nov"]}
    assert english.record(1)[2:] == [
        "Ann approve refused", "Bo submit", "Bo approve refused", "Ann return", "Bo submit", "Ann approve", "Ann reopen",
    ]  # fmt: skip


def test_what_can_be_done_instead_is_what_this_person_can(office, cast):
    """The tracker was told of 接受, which only the owner may."""
    cast.zhang.types("/action add 输出流程 @李四 下周五前 标准：有流程图")
    said = cast.zhang.types("验收 A-1")
    assert "这时可以：催办、转交、延期、修改、取消。" in said
    cast.li.types("接受 A-1")
    assert "这时可以：提交成果、延期、受阻、修改、转交。" in cast.li.types("谢绝 A-1"), "nobody reminds themselves"
