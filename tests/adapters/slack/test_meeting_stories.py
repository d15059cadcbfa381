"""The stories of a meeting and its minutes as Slack people live them: the notice, the room, the vote, 已阅, edition 2."""

import pytest

from bot.domain.meeting import MeetingState, Reply
from bot.domain.minutes import Minutes, MinutesState
from tests.adapters.slack.company import company
from tests.adapters.slack.office import MODES

pytestmark = pytest.mark.slow

LINE = (
    "/meeting new 产品规划会 2026-11-20 10:00-11:00 @李四 @王五 @赵六 主持人：张三 记录人：赵六 目标：定下四季度方向；"
    "预期：选出功能；议题：客诉流程 15分钟 @李四 决策；议题：市场数据 10分钟"
)


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    """张三 hosts, 赵六 records, 李四 and 王五 take part; all in #产品."""
    cast = [office.hires(*one) for one in (("zhang", "张三"), ("li", "李四"), ("wang", "王五"), ("zhao", "赵六"))]
    office.room = office.channel("产品", *cast)
    await office.meets()
    return cast


@pytest.fixture
async def running(office, cast):
    """Announced, accepted, started, everybody there."""
    zhang, li, wang, zhao = cast
    await zhang.types(LINE, office.room)
    await zhang.types("/meeting announce! M-1", office.room)
    await told(office)
    for who in (li, wang, zhao):
        await who.presses("参加")
    await office.until("2026-11-20 10:00")
    await zhang.types("/meeting start", office.room)
    await told(office)
    for who in (li, wang, zhao):
        await who.presses("我到了", office.room)
    await told(office)
    return cast


async def told(office) -> None:
    """Everything that was said arrives, also where Slack takes one message a second."""
    for _ in range(4):
        await office.workspace.advance(seconds=2)
        await office.delivers()


async def meeting(office):
    return await office.store.read(lambda records: records.meetings.get(1))


async def minutes(office) -> Minutes:
    return await office.store.read(lambda records: records.archive.get(1))


async def test_from_the_notice_to_the_second_edition(office, cast):
    zhang, li, wang, zhao = cast
    await zhang.types(LINE, office.room)
    assert "已建草稿 M-1：产品规划会" in zhang.sees(office.room)
    assert "产品规划会" not in li.sees(office.room), "a draft is the asker's alone"
    await zhang.presses("发通知", office.room)
    await zhang.presses("发出", office.room)
    await told(office)
    assert "请参加：产品规划会，11月20日（周五）10:00" in li.sees()
    assert "你要讲：客诉流程" in li.sees()
    assert [file.name for one in li.messages() for file in one.files] == ["M-1.ics"]

    await li.presses("参加")
    await wang.presses("请假")
    assert wang.modal is not None
    await wang.fills({"why": "出差"})
    await told(office)
    replies = {one.reply for one in (await meeting(office)).invitees}
    assert replies == {Reply.ACCEPTED, Reply.DECLINED, Reply.WAITING}
    assert "王五 请假：产品规划会" in zhang.sees()
    await wang.types("/meeting accept M-1")
    await zhao.presses("参加")

    await office.until("2026-11-20 10:00")
    await zhang.types("/meeting start", office.room)
    await told(office)
    assert "会议开始：产品规划会（10:00）" in wang.sees(office.room)
    for who in (li, wang, zhao):
        await who.presses("我到了", office.room)
    await told(office)
    assert "到场 4/4" in wang.sees(office.room), "the card in the room has changed in place"

    await zhao.says("#要点 网页版用户最多", office.room)
    await zhang.says("#决议 同意 先上线网页版 因为 用户最多", office.room)
    await zhang.says("#行动 输出流程 @李四 下周五前", office.room)
    await wang.says("#搁置 海外版本", office.room)
    await told(office)
    seen = wang.sees(office.room)
    for part in ("要点：网页版用户最多", "决议 · 同意：先上线网页版", "A-1 行动：输出流程", "搁置：海外版本"):
        assert part in seen

    await zhang.mentions_bot("投票 发起 用哪个方案？ | 方案A | 方案B", office.room)
    await told(office)
    await li.presses("方案A", office.room)
    await wang.presses("方案A", office.room)
    await told(office)
    assert "已投 2 人" in zhang.sees(office.room)
    assert "V-1 你投了：方案A" in li.sees(office.room)
    assert "你投了" not in zhang.sees(office.room), "for what is the voter's alone while it is open"
    await zhang.presses("结束投票", office.room)
    await told(office)
    assert "“方案A”过半，2 人中 2 票" in wang.sees(office.room)

    await zhang.types("/meeting end", office.room)
    await told(office)
    assert "会议结束：产品规划会 · 决议 1 条 · 行动项 1 项" in wang.sees(office.room)
    assert (await meeting(office)).state is MeetingState.ENDED

    assert "纪要草稿已备好" in zhao.sees()
    assert "请确认会议纪要" not in li.sees(), "nothing unreviewed is shown"
    await zhao.presses("提交审核")
    await told(office)
    await zhang.presses("通过并分发")
    await told(office)
    assert "请确认会议纪要：产品规划会（11月20日）" in li.sees()
    await li.presses("已阅，无异议")
    await wang.presses("已阅，无异议")
    await told(office)
    assert (await minutes(office)).state is MinutesState.ARCHIVED

    await zhao.types("/minutes revise M-1")
    assert zhao.modal is not None
    await zhao.fills({"decisions": "否决 先上线网页版 因为 数据变了"})
    await zhao.types("/minutes submit M-1")
    await told(office)
    assert "决议 · 同意" in wang.sees(office.room)
    await zhang.presses("通过并分发")
    await told(office)
    assert "第 2 版" in li.sees()
    assert "否决：先上线网页版。理由：数据变了" in li.sees()
    await li.presses("已阅，无异议")
    await wang.presses("已阅，无异议")
    await told(office)
    second = await minutes(office)
    assert (second.edition, second.state) == (2, MinutesState.ARCHIVED)


async def test_what_went_wrong_in_the_room_is_said_to_the_asker_alone(office, running):
    zhang, li, wang, _ = running
    await wang.says("#行动 输出流程 @不认识 周五", office.room)
    await told(office)
    assert "不认识" in wang.sees(office.room).split("#行动 输出流程 @不认识 周五")[1]
    assert len([one for one in li.messages(office.room) if "没有“不认识”" in str(one.blocks)]) == 0
    assert await office.actions() == []
    assert (await meeting(office)).state is MeetingState.RUNNING
    assert "到场 4/4" in zhang.sees(office.room)


async def test_a_line_is_corrected_in_a_modal_and_taken_back(office, running):
    zhang, _, _, zhao = running
    await zhao.says("#决议 同意 先上线网页版", office.room)
    await told(office)
    await zhao.presses("更正", office.room)
    assert zhao.modal is not None
    await zhao.fills({"text": "先上线手机版", "why": "用户要求"})
    await told(office)
    assert "先上线手机版" in zhang.sees(office.room)
    await zhao.presses("撤回", office.room)
    await told(office)
    assert "已撤回" in zhang.sees(office.room)


async def test_small_talk_and_the_votes_of_a_secret_ballot_stay_out_of_the_room(office, running):
    zhang, li, wang, _ = running
    before = len(office.room.messages)
    await wang.says("我觉得可以", office.room)
    assert len(office.room.messages) == before + 1
    await zhang.mentions_bot("vote new 换供应商？ | 匿名", office.room)
    await told(office)
    await li.types("/help")
    await li.presses("反对", office.room)
    await told(office)
    assert "反对" not in "".join(line for line in zhang.sees(office.room).splitlines() if "你投了" in line)
    await zhang.presses("结束投票", office.room)
    await told(office)
    closing = zhang.sees(office.room).split("投票结束")[1]
    assert "1 反对" in closing
    assert "李四" not in closing


async def test_a_user_group_is_invited_one_by_one(office, cast):
    zhang, li, wang, zhao = cast
    group = office.workspace.usergroup("research", li, wang)
    await zhang.types(
        f"/meeting new 研究会 2026-11-20 10:00-11:00 @{group.handle} 主持人：张三 记录人：张三 目标：x；预期：y；议题：z 9分钟"
    )
    assert "参会 3 人：李四、王五、张三" in zhang.sees()
    await zhang.types(f"/meeting invite M-1 @{group.handle} @赵六")
    await zhang.types("/meeting announce! M-1")
    await told(office)
    for who in (li, wang, zhao):
        assert who.sees().count("请参加：研究会") == 1


async def test_short_forms_in_a_thread_of_the_room_are_the_meetings(office, running):
    """Slack people answer in threads; the card stands in the room, where everybody of the meeting sees it."""
    zhang, li, wang, _ = running
    root = await li.says("我们先上线网页版吧", office.room)
    await wang.says("#决议 同意 先上线网页版 因为 用户最多", office.room, thread=root)
    await wang.says("我也同意", office.room, thread=root)
    await told(office)
    seen = zhang.sees(office.room)
    assert seen.count("决议 · 同意：先上线网页版") == 1
    assert seen.count("王五 记") == 1, "small talk in the thread is nobody's line"


async def test_a_vote_and_a_series_by_their_own_slash_commands(office, running):
    zhang, li, wang, _ = running
    await zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", office.room)
    await told(office)
    await li.presses("方案A", office.room)
    await wang.types("/vote cast V-1 方案A", office.room)
    await zhang.types("/vote close V-1", office.room)
    await told(office)
    assert "“方案A”过半，2 人中 2 票" in wang.sees(office.room)
    await zhang.types(
        "/meeting new 周会 每周一 10:00-10:30 @李四 主持人：张三 记录人：张三 目标：同步；预期：清单；议题：进展 20分钟"
    )
    await zhang.types("/series list")
    assert "S-1" in zhang.sees()
    await zhang.types("/whoami")
    assert "你是张三" in zhang.sees()


@pytest.mark.parametrize("there", [True, False], ids=["in the room", "in the direct conversation"])
async def test_a_file_goes_to_who_asked_and_the_words_fit_where_it_was_asked(office, running, there):
    zhang, _li, wang, zhao = running
    await zhang.types("/meeting end", office.room)
    await zhao.types("/minutes submit M-1")
    await zhang.types("/minutes approve M-1")
    await told(office)
    await wang.types("/minutes file M-1 word", office.room if there else None)
    await wang.will_see("[产品规划会-v1-20261120.docx]")
    asked_in = wang.sees(office.room) if there else wang.sees()
    assert "文件 产品规划会-v1-20261120.docx 只发给你，在我们的私聊里。" in asked_in
    assert "docx]" not in zhang.sees(office.room)


async def test_minutes_come_as_a_file_and_as_paper_for_who_asks(office, running):
    zhang, _li, wang, zhao = running
    await zhang.says("#决议 同意 先上线网页版 因为 用户最多", office.room)
    await zhang.types("/meeting end", office.room)
    await told(office)
    await zhao.types("/minutes submit M-1")
    await zhang.types("/minutes approve M-1")
    await told(office)
    await wang.types("/minutes export M-1 word")
    await wang.will_see("[产品规划会-v1-20261120.docx]")


async def test_a_room_of_two_zones_reads_its_notice_by_two_clocks(office, cast):
    """One message for everybody, and each client shows the hour there is where its reader is."""
    zhang, _, _, _ = cast
    eva = office.workspace.hires("eva", "Eva", locale="es-ES", tz="Europe/Madrid")
    office.workspace.adds(office.room.place, eva.user)
    await office.meets()
    await zhang.types(LINE.replace("@赵六", "@赵六 @Eva"), office.room)
    await zhang.types("/meeting announce! M-1", office.room)
    await told(office)
    assert "当地时间：2026-11-20 10:00" in zhang.sees(office.room)
    assert "当地时间：2026-11-20 03:00" in eva.sees(office.room)
    notice = next(one for one in office.room.messages if "会议通知" in one.text)
    assert "10:00（GMT+8）" in notice.text, "and a notification names the zone it speaks of"


async def test_the_road_in_english(tmp_path):
    async with company(tmp_path, language="en") as office:
        ann, bo, kim = (office.hires(name.lower(), name, "en-GB") for name in ("Ann", "Bo", "Kim"))
        room = office.channel("product", ann, bo, kim)
        await office.meets()
        planned = (
            "Planning 2026-11-20 10:00-10:30 @Bo objective: agree on Q4; outcome: a list; host: Ann; recorder: Kim; "
        )
        await ann.types(f"/meeting new {planned} topic: Scope 15 minutes", room)
        await ann.types("/meeting announce! M-1", room)
        await told(office)
        await bo.presses("I'm coming")
        await office.until("2026-11-20 10:00")
        await ann.types("/meeting start M-1", room)
        await told(office)
        await bo.presses("I'm here", room)
        await bo.says("#decision agreed ship the web first because most users are there", room)
        await told(office)
        assert "Decision · agreed: ship the web first" in ann.sees(room)
        await ann.types("/meeting end", room)
        await told(office)
        await kim.presses("Submit for review")
        await told(office)
        await ann.presses("Approve and send")
        await told(office)
        await bo.presses("Read, agreed")
        assert (await minutes(office)).state is MinutesState.ARCHIVED
