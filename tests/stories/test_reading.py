"""Looking things up: list, show, history, note, help, whoami, settings, digest; privately, and without changing a thing."""

import pytest

from bot.domain.action import State


@pytest.fixture
def busy(office, cast):
    """A-1 overdue, A-2 blocked, A-3 handed over, A-4 of somebody else's."""
    cast.zhang.types("/action add 压测报告 @李四 今天 12:00")
    cast.zhang.types("/action add 输出流程 @李四 下周五 会议：Q4 规划会")
    cast.zhang.types("/action add 上线清单 @李四 下周四")
    cast.sun.types("/action add 招聘计划 @王五 下周三")
    cast.li.types("/action accept A-1 A-2 A-3")
    cast.li.types("受阻 A-2 等接口 @孙七 周五")
    cast.li.types("完成 A-3 见共享盘")
    office.advance(hours=4)
    office.told()
    return office


LISTS = (
    ("li", "/action", "A-1 A-2 A-3"),
    ("li", "列表 我的", "A-1 A-2 A-3"),
    ("li", "/action list overdue", "A-1"),
    ("li", "列表 受阻", "A-2"),
    ("wang", "列表 团队", "A-1 A-2 A-4 A-3"),
    ("wang", "列表 团队 红", "A-1"),
    ("zhang", "列表 我布置的", "A-1 A-2 A-3"),
    ("zhang", "列表 待验收", "A-3"),
    ("zhang", "/action", "A-3"),
    ("sun", "/action", "A-2"),
    ("zhao", "列表 部门 技术部", "A-1 A-2 A-4 A-3"),
    ("zhao", "列表 会议 Q4 规划会", "A-2"),
    ("zhao", "列表 @王五", "A-4"),
    ("zhao", "列表 全部 绿", "A-4 A-3"),
)


def test_lists(busy, cast):
    for who, line, shown in LISTS:
        said = getattr(cast, who).types(line)
        numbers = [word for row in said.splitlines()[1:] for word in row.split()[:2] if word.startswith("A-")]
        assert " ".join(numbers) == shown, said
    assert busy.told() == {}


def test_the_buttons_of_a_list_work(busy, cast):
    cast.zhang.types("列表 待验收")
    cast.zhang.presses("通过")
    assert busy.action(3).state is State.DONE


def test_an_unknown_filter_is_named(busy, cast):
    assert cast.li.types("列表 紫色").startswith("没看懂“紫色”。可以用：我的、团队")


def test_one_item_in_full(busy, cast):
    said = cast.zhang.types("查看 A-2")
    assert said.startswith("🟡 A-2 受阻，等孙七在 11月20日（周五）前解决")
    for part in ("输出流程", "负责人 李四", "部门 技术部", "会议 Q4 规划会", "跟踪人 张三", "等接口"):
        assert part in said


def test_history_names_the_refused_too(busy, cast):
    cast.sun.types("取消 A-2 太久")
    said = cast.zhao.types("记录 A-2")
    assert "张三 新增" in said
    assert "孙七 想取消（未允许）" in said
    assert "现在：A-2 受阻" in said


def test_a_note_is_the_last_word_and_tells_nobody(busy, cast):
    assert cast.li.types("备注 A-1").startswith("备注 A-1\n压测报告")
    assert cast.li.types("数据明天到").startswith("已备注 A-1")
    assert busy.told() == {}
    assert "数据明天到" in cast.zhang.types("查看 A-1")
    assert cast.zhao.types("备注 A-1 我也看看").startswith("只有")


def test_whoami(office, cast):
    said = cast.li.types("/whoami")
    for part in ("你是李四", "部门 技术部", "部门负责人 王五", "时区 Asia/Shanghai（GMT+8）", "语言 简体中文"):
        assert part in said
    assert cast.li.types("我是谁").startswith("你是李四")


def test_help_and_the_nearest_command(office, cast):
    assert "/help 延期" in cast.li.types("/help")
    said = cast.li.types("/help 延期")
    assert said.startswith("/action postpone（延期）：换一天，写明原因")
    assert "谁可以：负责人、跟踪人、分派人、部门负责人、管理员" in said
    assert cast.li.types("/action fnish A-1").startswith("没有“/action fnish”。你是想用 /action submit（提交成果）吗？")


def test_what_is_no_command_gets_a_line_that_works(office, cast):
    assert cast.zhang.types("吃了吗").startswith("没看懂这句话。要新增行动项，可以这样写：")
    line = cast.zhang.answer.split("`")[1]
    assert cast.zhang.types(line).startswith("已记录 A-1")


@pytest.mark.parametrize("said", ["你好", "您好！", "Hello.", "收到👍", "好的。", "got it"])
def test_a_greeting_is_shown_what_waits(office, cast, said):
    """Whoever says 收到 and means to take it on sees that it still waits, with the press that does."""
    cast.zhang.types("/action add 输出流程 @李四 下周五前 标准：有流程图")
    assert cast.li.types(said).startswith("等你处理 1 项")
    cast.li.presses("接受")
    assert cast.li.types(said).startswith("没有事情等你处理")


def test_thanks_need_no_answer(office, cast):
    assert [cast.li.types(said) for said in ("谢谢", "谢谢你！🙏", "Thanks!", "辛苦了～")] == [""] * 4


def test_politeness_with_more_behind_it_is_more(office, cast):
    assert cast.li.types("谢谢，但是导出坏了").startswith("没看懂这句话")


MINE = ("我的", "我的任务", "我的待办", "待办", "我的行动项", "my items", "My tasks", "todo", "我的 黄灯")


def test_ones_own_list_as_people_ask_for_it(office, cast, item):
    for said in MINE:
        assert cast.li.types(said).startswith("我的行动项"), said


def test_one_word_of_a_list_is_that_list(office, cast, item):
    for said in ("逾期", "已逾期", "Overdue", "红灯", "🔴", "待验收"):
        assert cast.li.types(said).splitlines()[0].endswith("：没有行动项"), said


def test_words_that_only_begin_so_are_no_list(office, cast):
    for said in ("我的电脑坏了", "待办事项太多", "todorov 来了", "逾期怎么办"):
        assert cast.li.types(said).startswith("没看懂这句话")


def test_settings_shown_and_changed(office, cast):
    said = cast.li.types("/settings")
    assert "语言 简体中文" in said
    assert "在哪里收消息 未设置" in said
    assert "外出到 未设置" in said
    assert cast.li.types("/settings 语言 英文") == "Set: Language English", "said in the language that was chosen"
    assert cast.li.types("/whoami").startswith("You are 李四")
    assert cast.li.types("/settings away 2026-12-01") == "Set: Away until Tue 1 Dec"
    assert cast.zhang.types("/settings workplace digest off").startswith("只有管理员可以这样做。")


def test_a_wrong_value_is_told_what_would_be_right(office, cast):
    assert cast.li.types("/settings 语言 法语").startswith(
        "“法语”不能作为“语言”的值。可选：简体中文、繁體中文、English。"
    )
    assert "请写星期几，例如 周五" in cast.li.types("/settings digest day 随便")
    assert cast.li.types("/action list 部门 财务部").startswith("没有“财务部”这个部门。你是指技术部或客服部吗？")
    assert cast.li.types("/digest 财务部").startswith("没有“财务部”这个部门。你是指技术部或客服部吗？")


def test_what_was_taken_back_is_not_set_to_nothing(office, cast):
    cast.li.types("/settings away 2026-12-01")
    assert cast.li.types("/settings 外出 关") == "已取消“外出到”"


def test_a_default_says_what_it_is(office, cast):
    said = cast.li.types("/settings")
    assert "周报 默认（开）" in said
    assert "周报在星期几 默认（周五）" in said
    assert "周报时间 默认（16:00）" in said
    office.appoints(cast.wang)
    cast.wang.types("/settings workplace digest day 周四")
    cast.wang.types("/settings workplace digest off")
    assert "周报在星期几 周四" in cast.wang.types("/settings workplace")
    said = cast.li.types("/settings")
    assert "周报 默认（关）" in said, "as the workplace chose it"
    assert "周报在星期几 默认（周四）" in said


def test_whoever_is_away_is_not_reminded_until_they_are_back(office, cast, item):
    cast.li.types("/settings 外出 11月27日")
    office.until("2026-11-23 08:00")
    office.told()
    office.until("2026-11-25 12:00")
    assert office.told() == {}
    office.until("2026-11-27 09:00")
    assert office.told() == {"李四": ["🟡 A-1 今天 18:00 到期"]}


def test_the_digest_between_two_fridays(busy, cast):
    said = cast.li.types("/digest")
    assert said.splitlines()[:3] == ["我的一周 · 第 47 周", "逾期 1 · 受阻 1", "🔴 A-1 压测报告"]
    assert cast.zhao.types("/digest 技术部").startswith("技术部 · 第 47 周")
    assert cast.zhao.types("/digest").startswith("本周没有需要说的")
    assert busy.told() == {}


def test_the_first_words(office, cast):
    said = cast.sun.opens_chat()
    assert said.startswith("Office：在这里记行动项")
    assert "@" in said.split("`")[1]


def test_in_english(english, crew, task):
    ann, bo = crew.ann, crew.bo
    assert bo.types("/action").startswith("My items: 🟢 1")
    assert ann.types("list assigned overdue").startswith("Items I assigned · overdue: no action items")
    assert bo.types("show A-1").startswith("🟢 A-1 is in progress, due in 9 days (Fri 27 Nov)")
    assert bo.types("note A-1 half of it is recorded").startswith("Note added to A-1")
    assert "Last word half of it is recorded" in ann.types("show A-1")
    assert "Bo commented on it" in ann.types("history A-1")
    assert ann.types("help postpone").startswith("/action postpone: another day, and why")
    assert ann.types("/action fnish A-1").startswith("There is no /action fnish. Did you mean /action submit?")
    assert bo.types("/whoami").startswith("You are Bo\nDepartment Engineering")
    assert "Messages go to not set" in bo.types("/settings")
    assert bo.types("/digest").startswith("My week 47")
    assert ann.opens_chat().startswith("Action items of Office")
    assert english.told() == {}
