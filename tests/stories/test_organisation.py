"""The organisation as the messenger's directory has it: heads hear of risks, who moves takes on what is new, and what
somebody who left owned is handed over (A7, A14)."""

import pytest
from msgspec.structs import replace

from bot.domain.action import State
from bot.domain.minutes import MinutesState
from bot.people import Division
from tests.ended import ended


@pytest.fixture
def company(office, cast):
    """The directory knows 技术部 as d1 and 客服部 as d2; the departments were imported, with their heads."""
    names = {"技术部": "d1", "客服部": "d2"}
    office.paper.divisions = [Division("paper", id, name) for name, id in names.items()]
    office.reads_directory()
    return office


def changes(office, who, **more) -> None:
    """What the messenger knows of somebody is another thing now."""
    office.paper.profiles[who.account.user_id] = replace(office.paper.profiles[who.account.user_id], **more)


def heads(office, division: str, *people) -> None:
    office.paper.divisions = [
        replace(one, heads=tuple(who.account.user_id for who in people)) if one.id == division else one
        for one in office.paper.divisions
    ]


def test_a_head_whom_the_directory_names_hears_of_the_risk(office):
    zhang, li, qian = office.hires("张三"), office.hires("李四"), office.hires("钱七")
    office.paper.divisions = [Division("paper", "d1", "研发部", heads=(qian.account.user_id,))]
    changes(office, li, division="d1")
    reading = office.reads_directory()
    assert (reading.people, reading.departments, reading.arranged, reading.new) == (3, 1, 1, 0)
    zhang.types("/action add 输出流程 @李四 11月20日")
    li.types("接受 A-1")
    office.until("2026-11-27 12:00")
    assert any("风险：A-1" in sheet.card.title and "研发部" in sheet.card.title for sheet in qian.sheets)


def test_the_next_head_hears_of_the_next_risk(office):
    zhang, li, qian, wu = (office.hires(name) for name in ("张三", "李四", "钱七", "吴八"))
    office.paper.divisions = [Division("paper", "d1", "研发部", heads=(qian.account.user_id,))]
    changes(office, li, division="d1")
    office.reads_directory()
    zhang.types("/action add 输出流程 @李四 11月20日")
    heads(office, "d1", wu)
    assert office.reads_directory().arranged == 1
    office.until("2026-11-27 12:00")
    assert any("风险：A-1" in sheet.card.title for sheet in wu.sheets)
    assert not any("风险" in sheet.card.title for sheet in qian.sheets)


def test_an_imported_head_stays_whatever_the_directory_says(company, cast):
    heads(company, "d1", cast.sun)
    company.reads_directory()
    assert "王五" in cast.li.types("/whoami")


def test_who_moves_takes_on_new_items_in_the_new_department_and_old_ones_stay(company, cast):
    qian = company.hires("钱七")
    changes(company, qian, division="d1")
    company.reads_directory()
    cast.zhang.types("/action add 旧的 @钱七 11月27日")
    changes(company, qian, division="d2")
    company.reads_directory()
    cast.zhang.types("/action add 新的 @钱七 11月27日")
    directory = company.runner.run(company.store.read(lambda records: records.people.directory()))
    places = [
        directory.departments[one.department].name for one in sorted(company.actions(), key=lambda one: one.number)
    ]
    assert places == ["技术部", "客服部"]


def test_what_somebody_who_left_owned_is_handed_over_at_once(company, cast, item):
    """Not only when the next reminder would have rung: 张三, who assigned it, is asked by the same reading."""
    changes(company, cast.li, active=False)
    assert company.reads_directory().gone == 1
    assert company.told() == {"张三": ["🟢 A-1 需要换人：李四已不在这里"]}
    company.reads_directory()
    company.until("2026-11-30 12:00")
    heard = [line for name, lines in company.told().items() for line in lines if "A-1" in line and "需要换人" in line]
    assert heard == [], "and nobody is asked twice"
    assert cast.zhang.presses("转交").startswith("A-1")
    cast.zhang.types("@孙七")
    assert company.action(1).owner == cast.sun.person.id
    assert company.record(1)[0] == "张三 add", "the history is kept"


def gone(company, cast, *lines: str) -> None:
    """李四 is given these items by 张三, and leaves."""
    for line in lines:
        cast.zhang.types(line)
    company.told()
    changes(company, cast.li, active=False)
    company.reads_directory()


def test_several_are_one_message_and_go_in_one_step(company, cast, item):
    """A14: who stands in for somebody who left gets a list, not a message for each."""
    gone(company, cast, "/action add 写手册 @李四 11月30日")
    assert company.told() == {"张三": ["李四已不在这里：2 项需要换人"]}
    assert cast.zhang.presses("全部转交（2 项）").startswith("把李四的 2 项都转交给谁？")
    assert "这里没有“谁也不是”" in cast.zhang.fills(owner="谁也不是")
    assert cast.zhang.form.fields[0].problem
    assert "A-2" in cast.zhang.fills(owner="孙七"), "what would go is shown first"
    cast.zhang.presses("全部转交（2 项）", on=cast.zhang.answers[-1])
    assert {one.owner for one in company.actions()} == {cast.sun.person.id}
    company.delivers()
    assert cast.zhang.reads.splitlines()[0] == "这些都已处理", "the message that stands says so"


def test_the_list_keeps_what_is_left_and_no_morning_asks_again(company, cast, item):
    gone(company, cast, "/action add 写手册 @李四 11月30日", "/action add 订会议室 @李四 11月30日")
    company.told()
    cast.zhang.presses("转交")
    cast.zhang.types("@孙七")
    company.delivers()
    assert cast.zhang.reads.splitlines()[0] == "李四已不在这里：2 项需要换人"
    assert "孙七" in cast.zhang.reads
    company.until("2026-12-02 12:00")
    asked = [line for line in company.told().get("张三", []) if "换人" in line]
    assert asked == [], "and nobody is asked twice"


def test_all_of_it_by_words(company, cast, item):
    """A14: of somebody who has left too."""
    gone(company, cast, "/action add 写手册 @李四 11月30日")
    li = cast.li.person.id
    typed = cast.zhang.types("/action assign --all @李四 @孙七")
    assert "这里没有“李四”" in typed, "a name means somebody who is here"
    assert "A-2" in cast.zhang.types(f"/action assign --all @李四#{li} @孙七")
    cast.zhang.presses("全部转交（2 项）", on=cast.zhang.answers[-1])
    assert {one.owner for one in company.actions()} == {cast.sun.person.id}
    assert "没有" in cast.zhang.types(f"/action assign --all @孙七 @李四#{li}"), "nobody hands over to who has left"
    assert {one.owner for one in company.actions()} == {cast.sun.person.id}


def test_what_is_not_mine_to_give_stays(company, cast, item):
    """张三 gave one and 孙七 the other: each is asked about their own, and hands over that."""
    cast.sun.types("/action add 写手册 @李四 11月30日")
    company.told()
    changes(company, cast.li, active=False)
    company.reads_directory()
    assert company.told() == {"张三": ["🟢 A-1 需要换人：李四已不在这里"], "孙七": ["🟢 A-2 需要换人：李四已不在这里"]}
    shown = cast.zhang.types(f"/action assign --all @李四#{cast.li.person.id} @孙七")
    assert "A-2" not in shown
    assert "另有 1 项不归你转交" in shown
    cast.zhang.presses("全部转交（1 项）", on=cast.zhang.answers[-1])
    assert company.action(1).owner == cast.sun.person.id
    assert company.action(2).owner == cast.li.person.id


def test_at_night_it_waits_for_the_morning(company, cast, item):
    company.until("2026-11-18 23:00")
    company.told()
    changes(company, cast.li, active=False)
    company.reads_directory()
    assert company.told() == {}
    company.until("2026-11-19 09:30")
    assert any("需要换人" in line for line in company.told()["张三"])


def test_who_comes_back_is_served_again(company, cast, item):
    changes(company, cast.li, active=False)
    company.reads_directory()
    assert "账号" in cast.li.types("清单")
    changes(company, cast.li, active=True)
    company.reads_directory()
    assert "A-1" in cast.li.types("清单")


def test_minutes_that_waited_for_somebody_who_left_wait_for_them_no_longer(company, cast, sent):
    """N4: the others' 已阅 go on counting; with the last one they are archived."""
    changes(company, cast.sun, active=False)
    company.reads_directory()
    assert sent.minutes().waiting == (cast.zhang.person.id,)
    assert "已阅 0/1" in cast.li.reads
    company.told()
    company.until("2026-11-19 10:05")
    assert company.told() == {
        "张三": ["会议纪要等你确认：Q3 产品规划会（11月18日）"],
        "李四": ["M-1 v1：已阅 0/1"], "王五": ["M-1 v1：已阅 0/1"],
    }  # fmt: skip
    cast.zhang.presses("已阅，无异议")
    assert sent.minutes().state is MinutesState.ARCHIVED


def test_the_last_one_whom_minutes_waited_for_leaves_and_they_are_archived(company, cast, sent):
    cast.zhang.presses("已阅，无异议")
    changes(company, cast.sun, active=False)
    company.reads_directory()
    assert sent.minutes().state is MinutesState.ARCHIVED
    company.delivers()
    assert cast.li.cards[-1].title == "会议纪要全部已阅，已归档：Q3 产品规划会（11月18日）"
    company.told()
    company.until("2026-11-19 12:00")
    assert company.told() == {}


def test_of_who_has_left_the_admins_hear_what_somebody_must_take_on_and_in_words(company, cast):
    """A14: the recorder owes minutes; that they went out need not be told to anybody instead."""
    admin = company.hires("管理员")
    company.appoints(admin)
    ended(company, host=cast.zhang, recorder=cast.sun, here=[cast.zhang, cast.li])
    changes(company, cast.sun, active=False)
    company.reads_directory()
    company.told()
    company.until("2026-11-19 09:00")
    assert company.told()["管理员"] == ["消息送不到：孙七"]
    assert "原因：已不在这里" in admin.reads
    company.until("2026-11-20 10:00")
    cast.zhang.types("/minutes submit M-1")
    cast.zhang.types("/minutes approve M-1")
    company.until("2026-11-24 10:00")
    assert "管理员" not in company.told()


def test_what_waits_for_a_tracker_who_leaves_is_verified_by_the_head(company, cast, item):
    """A3: 张三 tracks A-1; nothing waits for who is not here."""
    cast.li.types("完成 A-1 见共享盘")
    company.told()
    changes(company, cast.zhang, active=False)
    company.reads_directory()
    assert company.told() == {"王五": ["A-1 已提交，请验收"]}
    company.until("2026-11-20 09:00")
    assert company.told() == {"王五": ["🟢 A-1 等你验收"]}, "and reminded as a tracker is"
    cast.wang.presses("通过")
    assert company.action(1).state is State.DONE


def test_what_is_submitted_to_a_tracker_who_has_left_too(company, cast, item):
    changes(company, cast.zhang, active=False)
    company.reads_directory()
    assert cast.li.types("完成 A-1 见共享盘").startswith("已提交 A-1，等王五验收")
    assert company.told() == {"王五": ["A-1 已提交，请验收"]}
    cast.zhao.types("/action nudge A-1")
    cast.wang.presses("退回")
    cast.wang.fills(why="缺流程图")
    assert company.told() == {"李四": ["A-1 被退回：缺流程图"]}


def test_a_heads_own_is_verified_one_up_and_where_nobody_is_by_the_admins(company, cast):
    boss = company.hires("老板")
    company.appoints(boss)
    cast.zhang.types("/action add 输出流程 @王五 11月27日")
    cast.wang.types("接受 A-1")
    changes(company, cast.zhang, active=False)
    company.reads_directory()
    company.told()
    assert cast.wang.types("完成 A-1 见共享盘").startswith("已提交 A-1，等老板验收")
    assert company.told() == {"老板": ["A-1 已提交，请验收"]}


def test_a_block_that_waits_for_somebody_who_leaves_is_brought_to_owner_and_tracker(company, cast, item):
    """A5: needs somebody who can resolve it."""
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    company.told()
    changes(company, cast.sun, active=False)
    company.reads_directory()
    said = "A-1 受阻，要解决它的孙七已不在这里：等接口文档"
    assert company.told() == {"李四": [said], "张三": [said]}
    cast.li.presses("受阻")
    cast.li.fills(why="等接口文档", resolver="赵六", until="周五")
    assert company.told()["赵六"] == ["A-1 受阻，请在 11月20日（周五）前解决：等接口文档"]
    assert "已不在这里" not in cast.zhang.cards[-2].title, "the message that stands says so"


def test_who_names_another_overnight_is_asked_nothing_in_the_morning(company, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    company.until("2026-11-18 21:00")
    changes(company, cast.sun, active=False)
    company.reads_directory()
    cast.li.types("/action block A-1 等接口文档 @赵六 周五")
    company.told()
    company.until("2026-11-19 08:31")
    assert company.told() == {
        "赵六": ["A-1 受阻，请在 11月20日（周五）前解决：等接口文档"], "张三": ["A-1 受阻：等接口文档"],
    }  # fmt: skip


def test_what_is_confidential_is_verified_by_nobody_who_may_not_see_it(company, cast):
    """N8: 王五 heads 李四's department and was not there; the admin hears that 张三 is not reached, and not of what."""
    admin = company.hires("管理员")
    company.appoints(admin)
    held = ended(company, host=cast.zhang, recorder=cast.sun, here=[cast.zhang, cast.li], actions={"裁员名单": cast.li},
                 confidential=True)  # fmt: skip
    changes(company, cast.zhang, active=False)
    company.reads_directory()
    company.told()
    cast.li.types(f"完成 A-{held.actions['裁员名单']} 见共享盘")
    assert company.told() == {"管理员": ["消息送不到：张三"]}
    assert "裁员" not in admin.reads + cast.wang.reads


def test_an_admin_who_stands_in_hears_once_of_what_needs_a_new_owner(company, cast):
    """Of the item, and not besides that its request reached nobody."""
    company.appoints(cast.zhang)
    company.until("2026-11-18 21:00")
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    changes(company, cast.li, active=False)
    company.reads_directory()
    company.told()
    company.until("2026-11-19 12:00")
    assert company.told()["张三"] == ["🟢 A-1 需要换人：李四已不在这里"]


def test_what_reached_nobody_over_a_weekend_is_one_mornings_message(office, cast):
    office.appoints(cast.zhao)
    kim = office.hires("Kim", timezone="America/New_York")
    office.paper.profiles.pop(kim.account.user_id)
    for night in ("2026-11-20 22:00", "2026-11-21 02:00"):
        office.until(night)
        cast.zhang.types(f"/action add 写报告{night[8:10]} @Kim 12月4日")
    office.told()
    office.until("2026-11-23 08:30")
    assert office.told()["赵六"] == ["消息送不到：Kim"]
