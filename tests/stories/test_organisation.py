"""The organisation as the messenger's directory has it: heads hear of risks, who moves takes on what is new, and what
somebody who left owned is handed over (A7, A14)."""

import pytest
from msgspec.structs import replace

from bot.people import Division
from tests.conversation import buttons


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


def test_all_of_it_in_one_step(company, cast, item):
    """A14: of somebody who has left too."""
    cast.zhang.types("/action add 写手册 @李四 11月30日")
    changes(company, cast.li, active=False)
    company.reads_directory()
    li = cast.li.person.id
    assert f"共有 2 项需要换人，可以一次全部转交：`/action assign --all @李四#{li} @…`" in cast.zhang.reads
    typed = cast.zhang.types("/action assign --all @李四 @孙七")
    assert "这里没有“李四”" in typed, "a name means somebody who is here"
    assert "A-2" in cast.zhang.types(f"/action assign --all @李四#{li} @孙七")
    button = next(button for button in buttons(cast.zhang.answers[-1]) if "2" in button.label)
    cast.zhang.presses(button)
    assert {one.owner for one in company.actions()} == {cast.sun.person.id}
    assert "没有" in cast.zhang.types(f"/action assign --all @孙七 @李四#{li}"), "nobody hands over to who has left"
    assert {one.owner for one in company.actions()} == {cast.sun.person.id}


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
