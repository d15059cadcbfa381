"""Taking it on or not (M6): accept and decline, the silence of 20 and 24 hours, a push to whoever must act."""

from bot.domain.action import State
from tests.conversation import buttons
from tests.gathering import convened


def test_accepting_by_line_by_press_and_by_reply(office, cast):
    for number, words in enumerate(("接口文档", "压测报告", "上线清单"), 1):
        cast.zhang.types(f"/action add {words} @李四 下周五")
        assert office.action(number).state is State.PROPOSED
    first, second, third = cast.li.sheets
    assert cast.li.types("接受 A-1").startswith("已接受 A-1，11月27日（周五，还有 9 天）到期")
    assert cast.li.presses("接受", on=second.card) == "已接受 A-2，11月27日（周五，还有 9 天）到期"
    assert cast.li.types("接受", to=third).startswith("已接受 A-3")
    assert {office.action(number).state for number in (1, 2, 3)} == {State.IN_PROGRESS}
    assert all("接受" not in [button.label for button in buttons(sheet.card)] for sheet in (first, second, third))


def test_who_assigned_it_is_not_told_of_every_yes(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    assert office.told() == {"李四": ["请确认：A-1 由你负责，11月27日（周五）到期"]}
    cast.li.presses("接受")
    assert office.told() == {}
    assert office.record(1) == ["张三 add", "李四 accept"]


def test_only_the_owner_accepts_and_the_attempt_is_kept(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    office.told()
    said = cast.zhang.types("/action accept A-1")
    assert said.startswith("只有负责人李四可以接受 A-1。需要我提醒李四吗？")
    assert office.action(1).state is State.PROPOSED
    assert office.told() == {}
    assert office.record(1) == ["张三 add", "张三 accept refused"]
    cast.zhang.presses("提醒李四")
    assert office.told() == {"李四": ["张三提醒你确认：A-1，9 天后到期（11月27日 周五）"]}


def test_a_double_click_says_who_was_first(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    assert cast.li.presses("接受", on=cast.li.cards[-1], twice=True) == "A-1 已由李四于 10:00 接受，无需再操作。"
    assert office.record(1) == ["张三 add", "李四 accept"]


def test_accepting_what_is_done_names_its_state(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    said = cast.li.types("接受 A-1")
    assert said.startswith("A-1 现在是“待验收”，不能接受。")
    assert office.record(1)[-1] == "李四 accept refused"


def test_an_unknown_number_leads_to_ones_list(office, cast):
    assert cast.li.types("接受 A-99").startswith("没有 A-99。")
    assert cast.li.presses("我的行动项").startswith("我的行动项：没有行动项")


def test_an_attempt_on_a_number_that_is_not_there_is_not_the_later_items_past(office, cast):
    cast.li.types("接受 A-1")
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    assert office.record(1) == ["张三 add"]


def test_declining_asks_why_and_goes_back_to_whoever_assigned_it(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    office.told()
    assert cast.li.presses("谢绝").startswith("谢绝 A-1：为什么？")
    assert office.action(1).state is State.PROPOSED, "nothing is done before the reason is given"
    cast.li.fills(why="这个月排满了")
    assert office.action(1).state is State.DECLINED
    assert office.told() == {"张三": ["A-1 被李四谢绝：这个月排满了"]}
    assert cast.zhang.presses("转交").startswith("A-1 还需要：新负责人")
    cast.zhang.fills(owner="孙七")
    assert office.told() == {
        "孙七": ["请确认：A-1 由你负责，11月27日（周五）到期"],
        "李四": ["A-1 已转交孙七，不再由你负责"],
    }
    assert office.record(1) == ["张三 add", "李四 decline", "张三 assign"]


def test_what_is_given_back_to_who_assigned_it_is_declined_to_who_gave_it(office, cast, item):
    cast.li.types("/action assign A-1 @张三 不归我管")
    assert office.told() == {"张三": ["请确认：A-1 由你负责，11月27日（周五）到期"]}
    cast.zhang.types("谢绝 A-1 就归你管")
    assert office.told() == {"李四": ["A-1 被张三谢绝：就归你管"]}
    assert cast.li.presses("转交").startswith("A-1 还需要：新负责人")


def test_nor_is_their_silence_reported_to_themselves(office, cast, item):
    cast.li.types("/action assign A-1 @张三 不归我管")
    office.told()
    office.until("2026-11-19 12:00")
    assert office.told() == {
        "张三": ["🟢 A-1 等你确认，8 天后到期（11月27日 周五）"], "李四": ["🟡 A-1 已过 24 小时，张三还没有确认"],
    }  # fmt: skip


def test_the_hosts_own_is_reported_to_who_took_it_down(office, cast):
    """M6: 张三 hosts, 赵六 records."""
    room = office.room("产品", cast.zhang, cast.zhao)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhao.types("#行动 输出流程 @张三 下周五前", room)
    office.told()
    office.until("2026-11-23 13:00")
    told = office.told()
    assert "🟡 A-1 等你确认，4 天后到期（11月27日 周五）" in told["张三"]
    assert "🟡 A-1 已过 24 小时，张三还没有确认" in told["赵六"]


def test_the_reason_may_be_a_plain_message_or_stand_in_the_line(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    cast.zhang.types("/action add 压测报告 @李四 下周五")
    cast.li.types("谢绝 A-1")
    assert cast.li.types("这个月排满了").startswith("已谢绝 A-1，张三会收到你的理由")
    cast.li.types("／action 谢绝 A-2 出差")
    assert [office.history(number)[-1].why for number in (1, 2)] == ["这个月排满了", "出差"]


def test_a_reason_that_cannot_be_used_is_asked_again_at_once(office, cast):
    """An answer that is refused does not lose the question."""
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    cast.zhang.types("/action assign A-1")
    assert cast.zhang.types("@钱八").startswith("这里没有“钱八”")
    assert cast.zhang.types("@孙七").startswith("已把 A-1 转交孙七")


def test_silence_is_reminded_at_20_hours_and_reported_at_24(office, cast):
    """M6; both fall into the morning after, where the one who sleeps hears nothing at night (T3)."""
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    office.told()
    office.until("2026-11-19 08:59")
    assert office.told() == {}, "20 hours were over at 06:00"
    office.until("2026-11-19 09:00")
    assert office.told() == {"李四": ["🟢 A-1 等你确认，8 天后到期（11月27日 周五）"]}
    office.until("2026-11-19 10:00")
    assert office.told() == {"张三": ["🟡 A-1 已过 24 小时，李四还没有确认"]}
    office.until("2026-11-20 15:00")
    assert office.told() == {}, "once each"


def test_whoever_answers_is_left_in_peace(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 下周五")
    cast.li.presses("接受")
    office.told()
    office.until("2026-11-20 12:00")
    assert office.told() == {}


def test_a_push_is_throttled_and_goes_to_whose_turn_it_is(office, cast, item):
    assert cast.zhang.types("/action nudge A-1").startswith("已催办 A-1，李四会收到提醒")
    assert office.told() == {"李四": ["张三提醒你：A-1 9 天后到期（11月27日 周五）"]}
    assert cast.wang.types("催办 A-1").startswith("A-1 刚催办过，14:00 之后可以再催。")
    assert office.told() == {}
    office.until("2026-11-18 14:00")
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    cast.wang.types("催办 A-1")
    assert office.told() == {"张三": ["王五提醒你：A-1 等你验收"]}


def test_a_push_that_was_sent_is_not_called_back_one_that_waits_for_the_morning_is(office, cast, item):
    cast.zhang.types("/action nudge A-1")
    office.told()
    assert cast.zhang.types("/action undo A-1").startswith("A-1 的催办提醒已经发出，收不回来了。")
    office.until("2026-11-18 22:30")
    cast.zhang.types("/action nudge A-1")
    assert cast.zhang.types("/action undo A-1").startswith("已撤销")
    office.until("2026-11-19 12:00")
    assert office.told() == {}


def test_nobody_is_pushed_by_themselves(office, cast, item):
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    assert cast.zhang.types("催办 A-1").startswith("A-1 现在轮到你自己")
    assert office.told() == {}
    assert office.action(1).nudged_at is None


def test_an_owner_does_not_push_others(office, cast, item):
    assert cast.li.types("催办 A-1").startswith("只有跟踪人张三或部门负责人王五可以催办 A-1")


def test_in_english(english, crew):
    ann, bo, kim = crew.ann, crew.bo, crew.kim
    ann.types("/action add ship the prototype @Bo by next Friday")
    assert english.told() == {"Bo": ["A-1 is yours, due Fri 27 Nov. OK?"]}
    assert kim.types("/action accept A-1").startswith("Only the owner Bo can accept A-1.")
    assert bo.types("decline A-1").startswith("Decline A-1: why?")
    assert bo.types("no time this month").startswith("A-1 declined; Ann gets your reason")
    assert english.told() == {"Ann": ["Bo declined A-1: no time this month"]}
    ann.presses("Reassign")
    ann.fills(owner="Kim")
    assert english.told() == {
        "Kim": ["A-1 is yours, due Fri 27 Nov. OK?"], "Bo": ["A-1 went to Kim; it is no longer yours"],
    }  # fmt: skip
    english.until("2026-11-19 10:00")
    assert english.told() == {
        "Kim": ["🟢 A-1 waits for your answer, due in 8 days (Fri 27 Nov)"],
        "Ann": ["🟡 A-1: no answer from Kim in 24 hours"],
    }
    ann.presses("Remind")
    assert english.told() == {"Kim": ["Ann waits for your answer: A-1, due in 8 days (Fri 27 Nov)"]}
    kim.presses("Accept", on=kim.cards[-1])
    assert english.record(1) == [
        "Ann add", "Kim accept refused", "Bo decline", "Ann assign", "Ann nudge", "Kim accept",
    ]  # fmt: skip
