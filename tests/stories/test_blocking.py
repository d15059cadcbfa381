"""Stuck (A5): the resolver is told and reminded, the tracker knows, and a block past its day is red."""

from datetime import date

from bot.domain.action import Block, Light, State
from bot.texts import words
from bot.views.scene import Scene


def light(office, number):
    """The item's light as its owner sees it."""
    directory = office.runner.run(office.store.read(lambda records: records.people.directory()))
    action = office.action(number)
    scene = Scene(words("zh-Hans"), office.clock.now(), directory, office.workplace, directory.person(action.owner))
    return scene.light(action)


def test_by_line_who_hears_of_it(office, cast, item):
    said = cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    assert said.startswith("A-1 已标记受阻，等孙七在 11月20日（周五）前解决")
    assert office.action(1).block == Block("等接口文档", cast.sun.person.id, date(2026, 11, 20))
    assert office.told() == {
        "孙七": ["A-1 受阻，请在 11月20日（周五）前解决：等接口文档"],
        "张三": ["A-1 受阻：等接口文档"],
    }
    assert light(office, 1) is Light.YELLOW


def test_only_what_is_missing_is_asked_for(office, cast, item):
    assert cast.li.types("受阻 A-1 等接口文档").startswith("A-1 还需要：谁能解决、哪天前解决")
    assert cast.li.types("@孙七").startswith("A-1 还需要：哪天前解决")
    assert cast.li.types("周五").startswith("A-1 已标记受阻")
    assert office.action(1).block == Block("等接口文档", cast.sun.person.id, date(2026, 11, 20))


def test_by_form(office, cast, item):
    cast.li.types("受阻 A-1")
    again = cast.li.fills(why="等接口文档", resolver="孙七", until="尽快")
    assert "“尽快”不是一天" in again
    cast.li.fills(until="周五")
    assert office.action(1).block == Block("等接口文档", cast.sun.person.id, date(2026, 11, 20))


def test_a_day_that_is_over_is_refused(office, cast, item):
    assert cast.li.types("受阻 A-1 等接口 @孙七 昨天").startswith("“昨天”已经过去了")
    assert office.action(1).state is State.IN_PROGRESS


def test_the_resolver_frees_the_way(office, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    office.told()
    assert cast.sun.presses("已解决") == "A-1 已解除受阻，11月27日（周五，还有 9 天）到期"
    assert office.told() == {"李四": ["A-1 已解除受阻，11月27日（周五）到期"]}
    assert office.action(1).block is None
    assert cast.sun.presses("已解决", on=cast.sun.sheets[-1].cards[0]) == "A-1 已由孙七于 10:00 解除受阻，无需再操作。"


def test_somebody_else_does_not(office, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    said = cast.zhao.types("解除 A-1")
    assert said.startswith("只有负责人李四、跟踪人张三或解决人孙七可以解除受阻 A-1")
    assert office.record(1)[-1] == "赵六 unblock refused"


def test_reminded_on_its_day_red_after_it(office, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    office.told()
    office.until("2026-11-20 09:00")
    assert office.told() == {"孙七": ["🟡 A-1 等你在 11月20日（周五）前解决"]}
    office.until("2026-11-23 08:59")
    office.told()
    assert light(office, 1) is Light.RED
    office.until("2026-11-23 09:00")
    assert office.told() == {"孙七": ["🔴 A-1 等你在 11月20日（周五）前解决"]}
    office.until("2026-11-24 23:00")
    assert office.told() == {}, "and once after it"


def test_a_block_is_not_lifted_by_more_time(office, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 周五")
    cast.li.types("延期 A-1 12月4日 等接口")
    assert office.action(1).state is State.BLOCKED


def test_a_blocked_owner_is_reminded_with_what_stands_in_the_way(office, cast, item):
    cast.li.types("/action block A-1 等接口文档 @孙七 11月30日")
    office.until("2026-11-25 09:00")
    assert "受阻：等接口文档（等孙七解决）" in cast.li.reads


def test_in_english(english, crew, task):
    ann, bo, kim, wei = crew.ann, crew.bo, crew.kim, crew.wei
    assert bo.types("blocked A-1 waiting for the API @Kim by Friday").startswith(
        "A-1 is blocked; Kim resolves it by Fri 20 Nov"
    )
    assert english.told() == {
        "Kim": ["A-1 is blocked; please resolve it by Fri 20 Nov: waiting for the API"],
        "Ann": ["A-1 is blocked: waiting for the API"],
    }
    english.until("2026-11-20 09:00")
    assert kim.reads.startswith("🟡 A-1 waits until you resolve it, by Fri 20 Nov")
    english.until("2026-11-23 09:00")
    assert kim.reads.startswith("🔴 A-1 waits until you resolve it, by Fri 20 Nov")
    english.told()
    kim.presses("Resolved")
    assert english.told() == {"Bo": ["A-1 is unblocked, due Fri 27 Nov"]}
    assert (
        wei.types("unblock A-1").startswith("You cannot unblock A-1 now: it is in progress.")
        or "Nothing left to do" in wei.answer
    )
    assert ann.types("history A-1").count("unblocked it") == 1
