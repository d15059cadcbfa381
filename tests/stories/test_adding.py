"""A new item (M3, A10, UX 8): by line, by form, from a message; who else hears of it; what is refused by name."""

import pytest

from bot.domain.action import Cadence, Priority, State
from bot.messenger import Quoted
from bot.people import Account
from tests.conversation import buttons


@pytest.mark.parametrize(
    "line",
    [
        "/action add 输出流程 @李四 下周五前 标准：有流程图",
        "／action add 输出流程 ＠李四 下周五前 标准：有流程图",
        "新增 下周五前 @李四 输出流程 标准:有流程图",
        "/action 新增 @李四 输出流程 标准：有流程图；下周五",
        "/action add 输出流程 负责人：李四 截止：11月27日 标准：有流程图",
    ],
)
def test_one_line_in_any_order(office, cast, line):
    assert cast.zhang.types(line).startswith("已记录 A-1")
    action = office.action(1)
    assert (action.text, action.owner, action.criterion) == ("输出流程", cast.li.person.id, "有流程图")
    assert f"{action.due.day}" == "2026-11-27"
    assert office.told() == {"李四": ["请确认：A-1 由你负责，11月27日（周五）到期"]}


def test_the_form_asks_for_everything_and_then_for_the_rest(office, cast):
    cast.zhang.types("/action add")
    again = cast.zhang.fills(text="输出流程", owner="李四", due="尽快")
    assert "“尽快”不是一天" in again
    assert not office.actions()
    assert cast.zhang.fills(due="下周五").startswith("已记录 A-1")


def test_what_is_missing_may_come_as_plain_messages(office, cast):
    """Where a messenger has no forms; only what is missing is asked, nothing is invented."""
    assert cast.zhang.types("/action add 输出流程").startswith("还差一点：输出流程")
    assert cast.zhang.types("@李四").startswith("还差一点：输出流程")
    assert cast.zhang.types("下周五").startswith("已记录 A-1")


def test_a_question_does_not_wait_for_ever(office, cast):
    cast.zhang.types("/action add 输出流程 @李四")
    office.advance(minutes=31)
    assert cast.zhang.types("下周五").startswith("没看懂这句话")


def test_a_question_is_given_up_by_saying_so(office, cast):
    """`算了` was asked for the owner again, `退出` became the title's last word, `取消` offered other people's items."""
    for word in ("算了", "取消。"):
        cast.zhang.types("/action add 输出流程")
        assert cast.zhang.types(word).startswith("好，先不填了")
    assert cast.zhang.types("下周五").startswith("没看懂这句话")
    assert "可以取消的行动项" in cast.zhang.types("取消"), "without a question it is the verb"
    assert cast.zhang.types("A-99 完成").startswith("没有 A-99")
    assert cast.zhang.types("算了").startswith("好，先不填了"), "to a refusal, too"
    assert not office.actions()


def test_something_else_said_closes_the_question(office, cast):
    cast.zhang.types("/action add 输出流程 @李四")
    cast.zhang.types("/action list")
    assert cast.zhang.types("下周五").startswith("没看懂这句话")


@pytest.mark.parametrize("vague", ["尽快", "近期", "ASAP", "soon", "有空的时候"])
def test_a_vague_day_is_refused_by_name_with_days_to_press(office, cast, vague):
    assert cast.zhang.types(f"/action add 输出流程 @李四 {vague}").startswith(f"“{vague}”")
    assert not office.actions()
    assert cast.zhang.presses("下周五").startswith("已记录 A-1")


@pytest.mark.parametrize("owner", ["@相关部门", "@大家", "@客服部"])
def test_a_group_is_no_owner(office, cast, owner):
    assert "负责" in cast.zhang.types(f"/action add 输出流程 {owner} 下周五")
    assert not office.actions()


def test_of_several_owners_one_is_chosen_and_the_others_help(office, cast):
    said = cast.zhang.types("/action add 输出流程 @李四 @孙七 @王五 下周五")
    assert said.startswith("一个行动项只能有一位负责人，你提到了 3 位。谁来负责？其余人会记为配合方。")
    cast.zhang.presses("孙七")
    assert office.action(1).owner == cast.sun.person.id
    assert office.told() == {
        "孙七": ["请确认：A-1 由你负责，11月27日（周五）到期"],
        "李四": ["A-1 请你配合孙七，11月27日（周五）到期"],
        "王五": ["A-1 请你配合孙七，11月27日（周五）到期"],
    }


def test_of_two_namesakes_each_button_says_which(office, cast):
    one, other = cast.li.person, office.hires("李四", "客服部").person
    cast.zhang.types(f"/action add 写周报 @李四#{one.id} @李四#{other.id} 周五")
    cast.zhang.presses(f"李四#{other.id}")
    assert office.action(1).owner == other.id


def test_namesakes_are_listed(office, cast):
    office.hires("李四", "客服部")
    said = cast.zhang.types("/action add 输出流程 @李四 下周五")
    assert said.startswith("“李四”不止一位。是哪一位？")
    assert not office.actions()


def test_a_department_that_helps_is_informed_through_its_head(office, cast):
    """A10: only the leading owner is asked."""
    cast.zhang.types("/action add 输出流程 @李四 下周五 配合：客服部 跟踪人：孙七 部门：技术部")
    assert office.told() == {
        "李四": ["请确认：A-1 由你负责，11月27日（周五）到期"],
        "赵六": ["A-1 请你配合李四，11月27日（周五）到期"],
        "孙七": ["A-1 由你跟踪验收，11月27日（周五）到期"],
    }


def test_the_owner_of_high_priority_is_not_woken(office, cast):
    """T3: nothing opens quiet hours; the message waits and is sent once."""
    office.until("2026-11-20 21:00")
    office.told()
    cast.zhang.types("/action add 输出流程 @李四 下周五 !高 每天跟进 地点：北京 会议：Q4 规划会")
    action = office.action(1)
    assert (action.priority, action.cadence, action.place) == (Priority.HIGH, Cadence.DAILY, "北京")
    office.until("2026-11-23 08:29")
    assert office.told() == {}
    office.until("2026-11-23 08:30")
    assert office.told() == {"李四": ["请确认：A-1 由你负责，11月27日（周五）到期"]}
    assert "来自：Q4 规划会，张三" in cast.li.reads


def test_the_same_again_is_asked_about(office, cast):
    """A4 row 4."""
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    assert cast.zhang.types("/action add 输出流程 @李四 下周五").startswith("刚刚已经记录过同样的一项：A-1。")
    assert len(office.actions()) == 1
    cast.zhang.presses("再记一项")
    assert len(office.actions()) == 2


def test_a_message_becomes_an_item_with_its_text_author_and_link(office, cast):
    message = Quoted("登录页偶尔打不开，谁看一下", cast.sun.account, "https://chat.example/m/77")
    room = office.room("产品", cast.zhang, cast.li, cast.sun)
    cast.zhang.types("/action add @李四 周五", room, to=message)
    action = office.action(1)
    assert (action.text, action.source.url, action.room) == (
        "登录页偶尔打不开，谁看一下",
        "https://chat.example/m/77",
        room.room,
    )
    assert action.source.quoted_from == "孙七"


def test_a_message_that_lacks_owner_and_day_keeps_its_text_while_they_are_asked(office, cast):
    room = office.room("产品", cast.zhang, cast.li, cast.sun)
    message = Quoted("登录页偶尔打不开", Account("paper", "guest"), "https://chat.example/m/78")
    cast.zhang.types("/action add", room, to=message)
    cast.zhang.fills(owner="李四", due="周五")
    assert office.action(1).text == "登录页偶尔打不开"
    assert office.action(1).source.url == "https://chat.example/m/78"


def test_a_mention_of_the_messengers_names_the_owner(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    cast.zhang.types("/action add 输出流程 下周五", room, mentions=(cast.li,))
    assert office.action(1).owner == cast.li.person.id


def test_ones_own_is_in_progress_at_once(office, cast):
    cast.zhang.types("/action add 整理周报模板 @我 周五")
    assert office.action(1).state is State.IN_PROGRESS
    assert office.told() == {}


def test_in_english(english, crew):
    ann = crew.ann
    assert ann.types("/action add ship the prototype @Bo ASAP").startswith('"ASAP" is not a day.')
    ann.presses("Next Friday")
    assert english.told() == {"Bo": ["A-1 is yours, due Fri 27 Nov. OK?"]}
    assert ann.types("/action add book a room by Friday").startswith("Still needed for: book a room")
    assert ann.types("@Kim").startswith("A-2 recorded")
    said = ann.types("/action add tidy the wiki @Bo @Kim by Friday")
    assert said.startswith("One action has one owner; you named two. Who owns it? The other will be a supporter.")
    ann.presses("Kim")
    assert english.told()["Bo"] == ["A-3: please support Kim, due Fri 20 Nov"]
    assert ann.types("add tidy the wiki @Engineering by Friday").startswith('"Engineering" is a department;')
    assert ann.types("add tidy the wiki @Zed by Friday").startswith('There is no "Zed" here.')


def test_a_chinese_role_before_a_name_needs_no_colon(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五前 配合 @孙七 跟踪人@赵六 标准：有流程图")
    action = office.action(1)
    assert (action.text, action.owner, action.tracker) == ("输出流程", cast.li.person.id, cast.zhao.person.id)
    assert [one.person for one in action.supporters] == [cast.sun.person.id]


@pytest.mark.parametrize("name", ["張三", "張三下週五前", "張三 下週五前"])
def test_a_name_in_the_other_script_is_found(office, cast, name):
    """張三 is 张三 as somebody in Taipei writes it; what was meant as the day stays one."""
    cast.li.types(
        f"/action add 整理週報模板 @{name} 下周五前" if name == "張三" else f"/action add 整理週報模板 @{name}"
    )
    assert office.action(1).owner == cast.zhang.person.id
    assert office.action(1).text == "整理週報模板"


def test_a_name_that_nobody_has_in_either_script_is_said_as_it_was_written(office, cast):
    assert "這裡沒有" not in cast.li.types("/action add 寫報告 @劉備 周五")
    assert "劉備" in cast.li.answer


def test_a_name_with_words_right_behind_it_is_shown(office, cast):
    """It may be somebody else's (`@李四四`), so it is not guessed; whom it begins with is one look away."""
    said = cast.zhang.types("/action add 给客户回电 @李四负责 明天")
    assert said.splitlines()[:2] == ["这里没有“李四负责”。请用 @ 选择，或写全名。", "@李四 技术部"]


def test_a_name_that_runs_into_what_can_only_be_something_else_is_read(office, cast):
    """A day, a label, another name: nobody is called so, and people leave the blank out."""
    cast.zhang.types("/action add @李四下周五前写周报")
    cast.zhang.types("/action add 写月报 @李四下周五前标准：有图")
    cast.zhang.types("/action add 写年报 配合：@孙七跟踪人：王五 @李四下周五前!high")
    week, month, year = office.actions()
    assert (week.text, month.text, month.criterion, year.text) == ("写周报", "写月报", "有图", "写年报")
    assert {(one.owner, str(one.due.day)) for one in (week, month, year)} == {(cast.li.person.id, "2026-11-27")}
    assert (year.tracker, [one.person for one in year.supporters], year.priority) == (
        cast.wang.person.id, [cast.sun.person.id], Priority.HIGH,
    )  # fmt: skip
    assert cast.zhang.types("/action add 写周报 @李四尽快").startswith("“尽快”不是一天")
    assert cast.zhang.types("/action add 写周报 @李四@王五 明天").startswith(
        "一个行动项只能有一位负责人，你提到了 2 位。"
    )


def test_a_name_that_runs_into_what_may_be_two_things_is_asked_about(office, cast):
    office.hires("李四下", "技术部")
    said = cast.zhang.types("/action add 写周报 @李四下周五前")
    assert said.splitlines() == ["“李四下周五前”不止一位。是哪一位？", "@李四下 技术部", "@李四 技术部"]


def test_no_name_ends_within_a_word(english, crew):
    """Simon is somebody else, not Si's task by Monday."""
    english.hires("Si", "Engineering")
    assert crew.ann.types("/action add write the report @Simon").startswith('There is no "Simon" here.')


@pytest.mark.parametrize("said", ["写总结 @李四 下周五", "@李四 写总结 下周五前完成", "请@李四 写总结，下周五"])
def test_a_line_without_its_verb_is_one_press_from_an_item(office, cast, said):
    assert cast.zhang.types(said).splitlines()[:2] == ["要新增这项行动吗？", f"`/action add {said}`"]
    assert not office.actions(), "nothing is recorded unasked"
    cast.zhang.presses("新增")
    assert office.action(1).text.endswith("写总结")


@pytest.mark.parametrize("said", ["A-1 已完成一半", "a-1：已完成一半", "Ａ－１的 已完成一半"])
def test_words_behind_a_number_are_one_press_from_a_note(office, cast, item, said):
    assert cast.li.types(said).startswith("要把这句话备注到 A-1 吗？")
    cast.li.presses("备注")
    assert office.action(1).note == "已完成一半"


@pytest.mark.parametrize(
    "said", ["@李四", "发到 li@example.com 吧", "写总结 @李四\n写报告 @王五", "A-1", f"@李四 {'很' * 600}"]
)
def test_what_is_neither_is_not_taken_for_one(office, cast, item, said):
    assert "吗？" not in cast.li.types(said).splitlines()[0]


def test_in_english_too(english, crew):
    assert crew.ann.types("write the summary @Bo next Friday").startswith("Shall I add this as an action item?")
    crew.ann.presses("Add")
    assert crew.bo.types("A-1 half done").startswith("Shall I leave this as a note on A-1?")


@pytest.mark.parametrize("verb", ["/action add", "新增", "／新增", "/行动 新增"])
def test_several_lines_pasted_at_once_are_sent_one_by_one(office, cast, verb):
    """The second line was the first one's title."""
    said = cast.zhang.types(f"{verb} 写总结 @李四 下周五\n\n{verb} 写报告 @王五 下周三")
    assert said.startswith("一条消息写一条命令，这里有 2 条。请逐条发送：")
    assert not office.actions()
    for button in buttons(cast.zhang.answers[-1]):
        cast.zhang.presses(button)
    assert [(one.text, one.owner) for one in office.actions()][::-1] == [
        ("写总结", cast.li.person.id), ("写报告", cast.wang.person.id),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "/action add 写总结 @李四 下周五\n标准：两页\n备注：先写提纲",
        "新增 写总结\n@李四\n下周五",
        "/action add 写总结 @李四 下周五\n/ 两页 /",
    ],
)
def test_one_command_over_several_lines_is_one(office, cast, said):
    assert cast.zhang.types(said).startswith("已记录 A-1")
