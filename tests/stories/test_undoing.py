"""Second thoughts (A2): cancel, reopen, undo within its day; nothing is deleted, whoever was told hears it taken back."""

from bot.domain.action import State


def test_cancelling_asks_why_and_tells_owner_supporters_and_resolver(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五 配合：孙七")
    cast.li.types("受阻 A-1 等接口 @赵六 周五")
    office.told()
    assert cast.zhang.types("/action cancel A-1").startswith("取消 A-1：为什么？")
    cast.zhang.fills(why="项目停了")
    assert office.action(1).state is State.CANCELLED
    title = "A-1 已取消：项目停了"
    assert office.told() == {"李四": [title], "孙七": [title], "赵六": [title]}
    assert cast.zhang.types("取消 A-1 项目停了") == "A-1 已由张三于 10:00 取消，无需再操作。"


def test_an_owner_does_not_cancel_but_declines(office, cast, item):
    assert cast.li.types("取消 A-1 不想做").startswith("只有跟踪人张三或部门负责人王五可以取消 A-1")
    assert office.record(1)[-1] == "李四 cancel refused"


def test_a_cancelled_item_reminds_nobody_and_comes_back_when_reopened(office, cast, item):
    cast.zhang.types("取消 A-1 项目停了")
    office.told()
    office.until("2026-11-25 12:00")
    assert office.told() == {}
    cast.zhang.types("重开 A-1 项目恢复")
    assert office.told() == {"李四": ["A-1 已重开，11月27日（周五）到期"]}
    office.until("2026-11-27 09:00")
    assert office.told() == {"李四": ["🟡 A-1 今天 18:00 到期"]}


def test_undo_takes_back_ones_last_step_and_tells_who_was_told(office, cast, item):
    cast.li.types("延期 A-1 12月1日 等法务")
    office.told()
    assert cast.li.presses("撤销") == "已撤销 A-1 的“延期”"
    action = office.action(1)
    assert (action.state, action.postponements, f"{action.due.day}") == (State.IN_PROGRESS, 0, "2026-11-27")
    assert office.told() == {"张三": ["李四修改了 A-1"]}
    assert office.record(1)[-2:] == ["李四 postpone", "李四 undo"]


def test_a_new_item_is_withdrawn_not_deleted(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    office.told()
    cast.zhang.presses("撤销")
    assert office.action(1).state is State.CANCELLED
    assert office.told() == {"李四": ["A-1 已取消"]}


def test_an_undone_approval_is_told_as_what_it_is(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    cast.zhang.types("验收 A-1")
    office.told()
    cast.zhang.types("撤销")
    assert office.action(1).state is State.SUBMITTED
    assert office.told() == {"李四": ["🟢 A-1 已提交，等张三验收"]}


def test_not_by_others_not_twice_not_after_somebody_else_not_after_a_day(office, cast, item):
    cast.zhang.types("修改 A-1 标准：两张图")
    assert cast.li.types("撤销 A-1").startswith("A-1 的上一步是张三做的，要由本人或管理员撤销。")
    assert office.record(1)[-1] == "李四 undo refused"
    cast.zhang.types("撤销")
    assert cast.zhang.types("撤销 A-1").startswith("A-1 的上一步已经是撤销，不能再撤销它。")
    cast.zhang.types("修改 A-1 标准：三张图")
    cast.li.types("备注 A-1 已有初稿")
    assert cast.zhang.types("撤销").startswith("在这之后，李四已对 A-1 做了“备注”，不能再撤销。")
    office.advance(hours=25)
    assert cast.li.types("撤销").startswith("已经过了可以撤销的时间。")
    assert office.action(1).note == "已有初稿"


def test_an_admin_undoes_for_others(office, cast, item):
    office.appoints(cast.zhao)
    cast.li.types("备注 A-1 已有初稿")
    assert cast.zhao.types("撤销 A-1").startswith("已撤销 A-1 的“备注”")
    assert office.action(1).note == ""


def test_nothing_to_undo(office, cast):
    assert cast.sun.types("撤销").startswith("没有可以撤销的操作。")


def test_an_old_echo_does_not_undo_a_newer_step(office, cast, item):
    cast.zhang.types("修改 A-1 标准：两张图")
    echo = cast.zhang.answers[-1]
    cast.zhang.types("修改 A-1 标准：三张图")
    assert cast.zhang.presses("撤销", on=echo).startswith("A-1 刚刚有变动，这一步没有执行")
    assert office.action(1).criterion == "三张图"


def test_in_english(english, crew, task):
    ann, bo = crew.ann, crew.bo
    assert bo.types("cancel A-1 no time").startswith("Only the tracker Ann or the department head Wei can cancel A-1.")
    bo.types("submit A-1 on the share")
    ann.types("approve A-1")
    english.told()
    assert ann.types("undo").startswith("Undone: verify A-1")
    assert english.told() == {"Bo": ["🟢 A-1 is submitted; Ann checks it"]}
    assert ann.types("undo").startswith("The last step on A-1 was an undo already; that cannot be undone.")
    assert ann.types("cancel A-1").startswith("Cancel A-1: why?")
    ann.types("the project was stopped")
    assert english.told() == {"Bo": ["A-1 is cancelled: the project was stopped"]}
    assert ann.types("cancel A-1 again") == "Ann cancelled A-1 at 10:00. Nothing left to do."
    ann.types("reopen A-1 it goes on")
    assert english.told() == {"Bo": ["A-1 is open again, due Fri 27 Nov"]}
