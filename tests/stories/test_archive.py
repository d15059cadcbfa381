"""The archive (N7): filed by year and kind, found by words, people, days, kind and decision, kept for its years."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.domain.captured import Verdict
from tests.conversation import Office, buttons
from tests.ended import ended

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def shelves(tmp_path):
    """Three of 2025 and 2026: two regular ones, one decision; 张三 was in the first only."""
    office = Office(tmp_path, start=datetime(2025, 6, 3, 10, 0, tzinfo=SHANGHAI))
    wang, li, zhang = (office.hires(name, "技术部") for name in ("王五", "李四", "张三"))
    spring = [("note", 1, "短信费用翻倍"), ("decision", 1, "自建网关", Verdict.REJECTED, "")]
    autumn = [("note", 1, "客诉流程上线"), ("decision", 1, "按 V2.0 执行", Verdict.AGREED, "")]
    for when, title, kind, said, here in (
        ("2025-06-03 10:00", "六月例会", "regular", spring, [wang, li, zhang]),
        ("2026-03-03 10:00", "预算会", "decision", spring, [wang, li]),
        ("2026-09-08 10:00", "九月例会", "regular", autumn, [wang, li]),
    ):
        office.clock.advance_to(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
        held = ended(office, host=wang, recorder=li, here=here, title=title, kind=kind, topics=["议题"], captures=said)
        li.types(f"/minutes submit {held.label}")
        wang.types(f"/minutes approve {held.label}")
    yield office, wang, li, zhang
    office.shuts()


def found(said: str) -> list[str]:
    """The labels of what a search found, in its order."""
    return [line.split()[0] for line in said.splitlines() if line.startswith("M-")]


SEARCHES: tuple[tuple[str, list[str]], ...] = (
    ("短信", ["M-2", "M-1"]),
    ("费用 网关", ["M-2", "M-1"]),
    ("流程", ["M-3"]),
    ("v2.0", ["M-3"]),
    ("没有的词", []),
    ("@张三", ["M-1"]),
    ("短信 @张三", ["M-1"]),
    ("2025", ["M-1"]),
    ("2026年", ["M-3", "M-2"]),
    ("2026年3月", ["M-2"]),
    ("2026-09-08", ["M-3"]),
    ("2026-09-09", []),
    ("2025年6月 至 2026年3月3日", ["M-2", "M-1"]),
    ("从 2026年3月4日 起", ["M-3"]),
    ("until 2026-03", ["M-2", "M-1"]),
    ("例会", ["M-3", "M-1"]),
    ("决策会 2026", ["M-2"]),
    ("decision 2026", ["M-2"]),
    ("决议：否决", ["M-2", "M-1"]),
    ("decision: agreed", ["M-3"]),
    ("例会 决议：否决 短信", ["M-1"]),
)


def test_by_words_people_days_kind_and_decision(shelves):
    _, wang, *_ = shelves
    for asked, labels in SEARCHES:
        assert found(wang.types(f"/纪要 搜索 {asked}")) == labels, asked


def test_the_shelves_by_year_and_kind_open(shelves):
    _, wang, *_ = shelves
    said = wang.types("/minutes list")
    assert said.startswith("纪要归档：3 份")
    assert "2026 例会\n   1 份" in said
    assert "2025 例会\n   1 份" in said
    opened = [button for button in buttons(wang.answers[-1]) if button.label == "打开"]
    assert [found(wang.presses(button)) for button in opened] == [["M-2"], ["M-3"], ["M-1"]]
    assert [found(wang.types(button.say)) for button in opened] == [["M-2"], ["M-3"], ["M-1"]]


NO_SEARCHES = (
    ("", "要搜什么"),
    ("@张三 @李四", "一次只能按一个人搜索"),
    ("@钱二", "这里没有“钱二”"),
    ("2026年13月", "没有“2026年13月”这一天"),
    ("2026-02-30", "没有“2026-02-30”这一天"),
    ("决议：也许", "不在可选的范围内"),
)


def test_what_cannot_be_searched_for_says_so(shelves):
    _, wang, *_ = shelves
    for asked, says in NO_SEARCHES:
        assert says in wang.types(f"/minutes search {asked}"), asked


def test_pages(tmp_path):
    office = Office(tmp_path)
    wang, li = office.hires("王五"), office.hires("李四")
    for _ in range(12):
        held = ended(office, host=wang, recorder=li, here=[wang, li], captures=[("note", 1, "短信")])
        li.types(f"/minutes submit {held.label}")
        wang.types(f"/minutes approve {held.label}")
    first = wang.types("/minutes search 短信 2026年")
    assert first.startswith("“短信 2026年”：12 份纪要\n第 1/2 页")
    assert found(first) == [f"M-{number}" for number in range(12, 2, -1)]
    assert found(wang.presses("下一页")) == ["M-2", "M-1"]
    assert wang.types("/minutes search 短信 page 99") == wang.types("/minutes search 短信 第 2 页")
    office.shuts()


def test_what_waits_for_somebody_comes_first(office, cast):
    held = ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.sun])
    assert "还没分发（1）\nM-1 v1 Q3 产品规划会" in cast.li.types("/minutes list")
    assert cast.sun.types("/minutes list").startswith("归档里还没有你可以看的纪要")
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert "等你确认（1）\nM-1 v1 Q3 产品规划会" in cast.sun.types("/minutes list")
    cast.sun.presses("已阅，无异议")
    assert "等你确认" not in cast.sun.types("/minutes list")
    assert held.minutes().waiting == ()


def test_without_a_number_the_only_ones_that_fit_are_meant_else_it_is_asked(office, cast):
    for title in ("一月例会", "二月例会"):
        ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.sun], title=title)
    said = cast.li.types("/minutes submit")
    assert "是哪一份纪要" in said
    cast.li.presses("M-2 二月例会")
    assert cast.wang.types("/minutes approve") == "M-2 v1 已通过，正在分发\n[修订新版: /纪要 修订 M-2]"
    assert cast.sun.types("/minutes ack").startswith("已确认 M-2 v1（已阅 1/1）")


def test_in_a_room_the_last_meeting_held_there_is_meant(office, cast):
    room = office.room("产品", cast.wang, cast.li)
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li], title="在这里开的", room=room)
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li], title="在别处开的")
    assert "在这里开的" in cast.li.types("/minutes show", room)


# --- N7: retention ---


def test_before_its_years_nobody_deletes_and_the_try_is_kept(shelves):
    _office, wang, li, _ = shelves
    said = wang.types("/minutes delete M-1")
    assert said.startswith("M-1 v1 要保存 2 年，2027年6月3日（周四）之前不能删除。")
    assert "短信费用翻倍" in wang.types("/minutes show M-1")
    assert "王五想删除纪要（未允许）" in li.types("/minutes history M-1")


def test_years_pass_and_nothing_is_deleted_by_itself_nor_said(shelves):
    office, wang, *_ = shelves
    office.sleeps_until("2029-01-03 10:00")
    office.told()
    office.advance(days=1)
    assert office.told() == {}
    assert found(wang.types("/minutes search 短信")) == ["M-2", "M-1"]


def test_after_them_the_content_goes_and_who_did_it_stays(shelves):
    office, wang, li, _ = shelves
    office.sleeps_until("2027-06-03 10:00")
    wang.types("/minutes delete M-1")
    office.advance(hours=72)
    assert wang.types("/minutes delete M-1").startswith("M-1 v1 的内容已删除，谁在何时删除已记录")
    shown = li.types("/minutes show M-1")
    assert "六月例会" in shown
    assert "内容已于 6月6日（周日）按保存期限删除" in shown
    assert "短信" not in shown
    assert found(wang.types("/minutes search 短信")) == ["M-2"]
    assert "王五删除内容" in li.types("/minutes history M-1")
    for line in ("delete M-1", "revise M-1", "correct M-1 不对"):
        assert wang.types(f"/minutes {line}").startswith("M-1 v1 的内容已经删除了")


def test_who_wrote_and_led_them_hears_before_anything_goes_once(shelves):
    """王五 hosted and wants them deleted; 李四 recorded."""
    office, wang, li, _ = shelves
    office.sleeps_until("2027-06-03 10:00")
    office.told()
    assert wang.types("/minutes delete M-1").startswith(
        "已先告诉李四。M-1 v1 的内容从 6月6日（周日）10:00 起可以删除，到时再发一次"
    )
    assert "短信费用翻倍" in li.types("/minutes show M-1"), "nothing has gone yet"
    assert office.told() == {"李四": ["王五要删除纪要内容，6月6日（周日）10:00 起：六月例会（2025年6月3日）"]}
    assert "要留下内容，请在这之前告诉王五" in li.reads
    assert [button.label for button in buttons(li.cards[-1])] == ["查看全文", "取文件"]
    assert wang.types("/minutes delete M-1").startswith("M-1 v1 的内容 6月6日（周日）10:00 起才可以删除")
    office.until("2027-06-06 10:00")
    wang.types("/minutes delete M-1")
    assert "内容已于 6月6日" in li.types("/minutes show M-1")
    assert not [one for titles in office.told().values() for one in titles if "纪要" in one]
    said = li.types("/minutes history M-1")
    assert said.index("王五预告删除内容") < said.index("王五删除内容")


def test_where_they_have_left_the_admins_hear(shelves):
    office, wang, li, _ = shelves
    boss = office.hires("吴九")
    office.appoints(boss)
    gone = replace(li.person, active=False)
    office.runner.run(office.store.write(lambda records: records.people.save(gone)))
    office.sleeps_until("2027-06-03 10:00")
    office.told()
    wang.types("/minutes delete M-1")
    assert "王五要删除纪要内容" in office.told()["吴九"][0]


def test_a_new_edition_begins_the_notice_anew(shelves):
    office, wang, *_ = shelves
    office.sleeps_until("2027-06-03 10:00")
    wang.types("/minutes delete M-1")
    wang.types("/minutes revise M-1 再看一遍")
    wang.types("/minutes submit M-1")
    wang.types("/minutes approve M-1")
    office.advance(hours=80)
    assert wang.types("/minutes delete M-1").startswith("已先告诉李四。M-1 v2")


def test_only_the_host_the_organizer_and_admins_delete(shelves):
    office, _, li, zhang = shelves
    office.sleeps_until("2028-06-03 10:00")
    for who in (li, zhang):
        assert "只有王五可以删除纪要" in who.types("/minutes delete M-1")
