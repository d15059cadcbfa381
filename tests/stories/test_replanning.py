"""Another day, other words, another owner (A4, A14): postpone, edit, snooze, assign, hand over."""

from datetime import date

from bot.domain.action import State


def test_postponing_keeps_the_first_day_and_tells_who_waits(office, cast, item):
    said = cast.li.types("/action postpone A-1 11月30日 等法务审核")
    assert said.startswith("A-1 已延期到 11月30日（周一，还有 12 天）")
    assert office.told() == {"张三": ["A-1 延期到 11月30日（周一）：等法务审核"]}
    assert "原来是 11月27日（周五），这是第 1 次延期。" in cast.zhang.reads
    action = office.action(1)
    assert (action.due.day, action.first_due, action.postponements) == (date(2026, 11, 30), date(2026, 11, 27), 1)


def test_a_vague_day_is_named_and_a_press_mends_it(office, cast, item):
    said = cast.li.types("延期 A-1 尽快 等法务")
    assert said.startswith("“尽快”不是一天")
    assert office.action(1).postponements == 0
    assert office.record(1) == ["张三 add", "李四 accept"], "what was not understood is nothing that was forbidden"
    cast.li.presses("下周五")
    assert cast.li.answer.startswith("新的截止日要晚于 11月27日（周五）")


def test_day_and_reason_are_asked_for_and_a_wrong_day_is_said_at_its_field(office, cast, item):
    cast.li.types("延期 A-1")
    said = cast.li.fills(due="近期", why="等法务")
    assert "“近期”不是一天" in said
    assert cast.li.fills(due="12月4日") == "A-1 已延期到 12月4日（周五）"
    assert office.history(1)[-1].why == "等法务"


def test_the_third_postponement_goes_to_the_head(office, cast, item):
    cast.li.types("延期 A-1 11月30日 等法务")
    cast.li.types("延期 A-1 12月1日 还在等")
    assert "王五" not in office.told()
    cast.li.types("延期 A-1 12月2日 仍在等")
    assert office.told() == {
        "王五": ["🟡 A-1 第 3 次延期，现到 12月2日（周三）"],
        "张三": ["A-1 延期到 12月2日（周三）：仍在等"],
    }


def test_a_supporter_does_not_move_days(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五 配合：孙七")
    assert cast.sun.types("延期 A-1 12月4日 太急").startswith("只有负责人李四")
    assert office.record(1)[-1] == "孙七 postpone refused"


def test_a_stale_card_postpones_nothing(office, cast, item):
    office.until("2026-11-25 09:00")
    old = cast.li.sheets[-1].cards[0]
    cast.zhang.types("延期 A-1 12月1日 客户改期")
    assert cast.li.presses("延期", on=old).startswith("A-1 刚刚有变动，这一步没有执行")
    assert office.action(1).due.day == date(2026, 12, 1)


def test_who_is_to_help_from_now_on_is_informed(office, cast, item):
    """A10: as who helps from the beginning."""
    cast.zhang.types("/action edit A-1 配合：@孙七")
    assert office.told() == {
        "李四": ["张三修改了 A-1"], "孙七": ["A-1 请你配合李四，11月27日（周五）到期"],
    }  # fmt: skip


def test_who_is_to_verify_from_now_on_is_told_and_asked_where_it_is_their_turn(office, cast, item):
    """A3: what was submitted does not wait for somebody who does not know of it."""
    cast.zhang.types("/action edit A-1 跟踪人：@赵六")
    assert office.told() == {"李四": ["张三修改了 A-1"], "赵六": ["A-1 由你跟踪验收，11月27日（周五）到期"]}
    cast.li.types("完成 A-1 见共享盘")
    office.told()
    cast.zhang.types("/action edit A-1 跟踪人：@孙七")
    assert office.told() == {
        "李四": ["张三修改了 A-1"], "赵六": ["张三修改了 A-1"], "孙七": ["A-1 已提交，请验收"],
    }  # fmt: skip
    assert cast.sun.presses("通过").startswith("A-1")


def test_an_owner_does_not_make_themselves_the_one_who_verifies(office, cast, item):
    """A3: what is submitted to oneself would be closed unseen."""
    said = cast.li.types("/action edit A-1 跟踪人：@李四")
    assert said.startswith("A-1 由你负责，验收的人不能由你改成自己；这要请张三来改。")
    assert office.action(1).tracker == cast.zhang.person.id
    assert cast.zhang.types("/action edit A-1 跟踪人：@李四").startswith("已修改 A-1"), "whoever assigned it may"


def test_editing_says_which_words_changed(office, cast, item):
    said = cast.zhang.types("/action edit A-1 标准：两张图 地点：北京")
    assert said.startswith("已修改 A-1")
    assert office.told() == {"李四": ["张三修改了 A-1"]}
    assert "交付标准 两张图" in cast.li.reads
    assert "地点 北京" in cast.li.reads
    assert cast.zhang.types("修改 A-1 标准：两张图").startswith("A-1 没有改动")


def test_editing_by_form(office, cast, item):
    cast.zhang.types("修改 A-1")
    cast.zhang.fills(text="输出流程与附件")
    assert office.action(1).text == "输出流程与附件"


def test_a_later_day_of_what_was_accepted_is_a_postponement(office, cast, item):
    assert cast.zhang.types("修改 A-1 12月4日").startswith("A-1 已被接受，改到 12月4日（周五）属于延期，请写上原因。")
    assert office.action(1).due.day == date(2026, 11, 27)
    cast.zhang.presses("延期")
    cast.zhang.fills(why="等客户")
    assert office.action(1).due.day == date(2026, 12, 4)


def test_what_else_a_form_said_is_not_lost_with_its_later_day(office, cast, item):
    cast.zhang.types("修改 A-1")
    cast.zhang.fills(text="输出流程与附件", due="2026-12-04 15:00", supporters="王五")
    cast.zhang.presses("其余照改")
    assert (office.action(1).text, office.action(1).due.day) == ("输出流程与附件", date(2026, 11, 27))
    assert office.action(1).supporters


def test_before_it_is_accepted_the_day_is_simply_corrected(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    cast.zhang.types("修改 A-1 12月4日")
    assert (office.action(1).due.day, office.action(1).postponements) == (date(2026, 12, 4), 0)
    assert "12月4日" in cast.li.sheets[0].card.title


def test_later_means_the_next_working_morning(office, cast, item):
    office.until("2026-11-25 09:00")
    office.told()
    assert cast.li.presses("明早再说") == "A-1 到 11月26日（周四）09:00 再提醒你"
    office.until("2026-11-26 09:00")
    assert office.told() == {"李四": ["🟡 A-1 明天到期（11月27日 周五）"]}


def test_snoozing_the_morning_of_the_day(office, cast, item):
    office.until("2026-11-27 09:00")
    office.told()
    cast.li.types("稍后 A-1 3h")
    office.until("2026-11-27 11:59")
    assert office.told() == {}
    office.until("2026-11-27 12:00")
    assert office.told() == {"李四": ["🟡 A-1 今天 18:00 到期"]}


def test_only_the_owner_snoozes(office, cast, item):
    assert cast.zhang.types("稍后 A-1").startswith("只有负责人李四可以稍后提醒 A-1")


def test_assigning_asks_the_new_owner_and_tells_the_old_one(office, cast, item):
    assert cast.zhang.types("/action assign A-1 @孙七 李四出差").startswith("已把 A-1 转交孙七，等对方确认")
    assert office.told() == {
        "孙七": ["请确认：A-1 由你负责，11月27日（周五）到期"],
        "李四": ["A-1 已转交孙七，不再由你负责"],
    }
    assert office.action(1).department == cast.sun.person.department, "the department goes with the owner"
    assert cast.li.types("完成 A-1 见共享盘").startswith("只有负责人孙七可以提交 A-1")
    assert cast.zhang.types("转交 A-1 @孙七").startswith("A-1 本来就由孙七负责")


def test_whoever_takes_it_themselves_has_accepted_it(office, cast, item):
    assert cast.wang.types("转交 A-1 @我").startswith("A-1 现在由你负责")
    assert office.action(1).state is State.IN_PROGRESS
    assert office.told() == {"李四": ["A-1 已转交王五，不再由你负责"]}


def test_everything_of_somebody_who_leaves_goes_in_one_step(office, cast, item):
    """A14."""
    cast.zhang.types("/action add 压测报告 @李四 下周三")
    cast.sun.types("/action add 上线清单 @李四 下周四")
    office.told()
    shown = cast.wang.types("/action assign --all @李四 @孙七 离职交接")
    assert shown.startswith("从李四转交给孙七：")
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.li.person.id}
    cast.wang.presses("全部转交（3 项）")
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.sun.person.id}
    assert [office.history(number)[-1].why for number in (1, 2, 3)] == ["离职交接"] * 3
    assert office.told()["孙七"] == ["3 项行动由你负责，请确认"], "one message, not one for each"
    assert "离职交接" in cast.sun.reads
    cast.sun.presses("全部接受（3 项）")
    assert {office.action(number).state for number in (1, 2, 3)} == {State.IN_PROGRESS}
    office.delivers()
    assert cast.sun.reads.splitlines()[0] == "这些都已处理"


def test_what_somebody_may_not_give_stays_and_is_counted(office, cast, item):
    cast.sun.types("/action add 上线清单 @李四 下周四")
    assert "另有 1 项不归你转交，不在其中。" in cast.sun.types("/action assign --all @李四 @孙七")
    cast.sun.presses("全部转交（1 项）")
    assert [office.action(number).owner for number in (1, 2)] == [cast.li.person.id, cast.sun.person.id]


def test_who_may_give_none_of_it_is_told_who_may(office, cast, item):
    assert cast.sun.types("/action assign --all @李四 @孙七").startswith("只有负责人李四")
    assert office.action(1).owner == cast.li.person.id


def test_in_english(english, crew, task):
    ann, bo, kim = crew.ann, crew.bo, crew.kim
    assert bo.types("postpone A-1 legal review soon").startswith('"soon" is not a day')
    assert bo.types("postpone A-1 30 Nov").startswith("A-1 still needs: Why")
    assert bo.types("legal review").startswith("A-1 postponed to Mon 30 Nov (in 12 days)")
    assert english.told() == {"Ann": ["A-1 is postponed to Mon 30 Nov: legal review"]}
    ann.types("edit A-1 std: two demos")
    assert english.told() == {"Bo": ["Ann edited A-1"]}
    assert bo.types("snooze A-1 2h").startswith("A-1: next reminder 12:00")
    assert kim.types("snooze A-1").startswith("Only the owner Bo can snooze A-1.")
    ann.types("assign A-1 @Kim")
    assert english.told() == {
        "Kim": ["A-1 is yours, due Mon 30 Nov. OK?"], "Bo": ["A-1 went to Kim; it is no longer yours"],
    }  # fmt: skip
    assert ann.types("assign --all @Kim @Bo").startswith("From Kim to Bo:")
    ann.presses("Hand over 1")
    assert english.action(1).owner == bo.person.id
