"""A quarterly planning meeting of five departments, whole and in Chinese: from the notice to the next session, over five weeks.

P1–P9, M1–M6, N1–N7, A3, A4, A13, R1 and R3 in one go; each part takes the world where the one before has left it.
"""

import pytest

from bot.cards import File
from bot.domain.action import State
from bot.domain.captured import Verdict
from bot.domain.meeting import MeetingState, Reply
from bot.domain.minutes import MinutesState
from tests.conversation import Office, buttons
from tests.gathering import card, labels, text
from tests.quarter import READERS, Quarter, card_of, files

LINE = (
    "/meeting new 季度规划会 每月第四个周三 14:00-15:30 @王五 @李四 @赵六 @孙七 @周航 @林美玲 主持人：陈静 记录人：张三 "
    "目标：定下一季度做什么；预期：排好优先级的三个项目；地点：三楼会议室；议题：客诉处理流程 20分钟 @赵六 决策；"
    "议题：短信网关 20分钟 @王五 决策；议题：市场预算 15分钟 @周航 对齐"
)
EXTRA = (
    "/meeting new 预算碰头会 后天 10:00 30分钟 @林美玲 @周航 类型：决策会 主持人：陈静 记录人：张三 事由：年度预算提前定稿 "
    "目标：对齐预算口径；预期：一张口径表；议题：口径 15分钟"
)


@pytest.fixture
def quarter(office: Office) -> Quarter:
    """陈静 hosts and 张三 records (产品部), 王五 and 李四 (技术部), 赵六 and 孙七 (客服部), 周航 (市场部), 林美玲 (财务部);
    高总 approves."""
    heads = {"chen": ("陈静", "产品部"), "wang": ("王五", "技术部"), "zhao": ("赵六", "客服部"), "zhou": ("周航", "市场部"),
             "lin": ("林美玲", "财务部")}  # fmt: skip
    staff = {"zhang": ("张三", "产品部"), "li": ("李四", "技术部"), "sun": ("孙七", "客服部"), "gao": ("高总", "")}
    people = {key: office.hires(*who, head=True) for key, who in heads.items()}
    people |= {key: office.hires(*who) for key, who in staff.items()}
    office.appoints(people["gao"])
    return Quarter(office, office.room("季度规划", *people.values()), **people)


@pytest.mark.slow
def test_from_the_notice_to_the_next_session(quarter: Quarter):
    _an_unplanned_one_is_approved_first(quarter)
    _it_is_prepared_and_announced(quarter)
    _people_answer_and_propose(quarter)
    _it_is_moved_and_everybody_is_asked_again(quarter)
    _it_starts_late(quarter)
    _the_first_topic_is_decided(quarter)
    _the_second_is_put_to_the_vote(quarter)
    _the_third_is_parked(quarter)
    _it_is_read_back_and_settled(quarter)
    _everybody_says_how_it_was(quarter)
    _the_draft_is_reviewed_returned_and_approved(quarter)
    _it_reaches_everybody(quarter)
    _acknowledgements_are_chased(quarter)
    _a_correction_makes_the_second_edition(quarter)
    _everybody_reads_it_and_it_is_archived(quarter)
    _it_is_found_and_taken_along(quarter)
    _the_first_action_is_delivered_and_verified(quarter)
    _the_weeks_are_summed_up(quarter)
    _the_next_session_takes_up_what_was_left(quarter)
    _the_last_action_is_done(quarter)


# --- P ---


def _an_unplanned_one_is_approved_first(quarter: Quarter) -> None:
    chen, office = quarter.chen, quarter.office
    chen.types(EXTRA)
    assert chen.types("/meeting announce M-1").startswith("M-1 要先批准，批准后通知 3 人\n批准人：高总")
    chen.presses("发出")
    assert office.told() == {"高总": ["请批准：预算碰头会，11月20日（周五）10:00（陈静 发起）"]}
    assert "事由 年度预算提前定稿" in quarter.gao.reads
    quarter.gao.presses("批准")
    assert set(office.told()) == {"陈静", "张三", "林美玲", "周航"}
    chen.types("/meeting cancel M-1 并入季度规划会")
    assert office.told()["周航"] == ["会议取消：预算碰头会（原定 11月20日（周五）10:00）"]


def _it_is_prepared_and_announced(quarter: Quarter) -> None:
    chen, office = quarter.chen, quarter.office
    assert chen.types(LINE).startswith("已建系列 S-1：季度规划会\n周期 每月第四个周三 14:00")
    assert [f"{one.start:%m-%d}" for one in office.meetings() if one.series] == ["11-25", "12-23"]
    assert office.told() == {}, "a draft notifies nobody"
    assert chen.types("/meeting announce M-2").startswith("M-2 将通知 7 人，现在发吗？")
    chen.presses("发出")
    notice = "请参加：季度规划会，11月25日（周三）14:00"
    assert office.told() == {
        one.name: [notice]
        for one in (quarter.wang, quarter.li, quarter.zhao, quarter.sun, quarter.zhou, quarter.lin, quarter.zhang)
    }
    assert "你要讲：短信网关" in quarter.wang.reads
    assert "参会 8 人：王五、李四、赵六、孙七、周航、林美玲、陈静、张三" in quarter.wang.reads
    assert files(quarter.wang.cards[-1]) == ["M-2.ics"]
    assert files(quarter.zhang.cards[-1]) == ["M-2.ics", "M-2.md"], "the recorder gets the template"


def _people_answer_and_propose(quarter: Quarter) -> None:
    office = quarter.office
    for who in (quarter.li, quarter.wang, quarter.zhao, quarter.sun, quarter.zhang):
        assert who.presses("参加") == "已答复参加 M-2，11月25日（周三）14:00"
    quarter.lin.presses("请假")
    quarter.lin.fills(why="出差，由张三转述")
    quarter.zhou.types("/meeting proxy M-2 @高总 见客户")
    assert office.told() == {
        "陈静": ["林美玲 请假：季度规划会", "周航 请 高总 代替：季度规划会"],
        "高总": ["请参加：季度规划会，11月25日（周三）14:00"],
    }
    quarter.li.types("/meeting propose M-2 海外定价 10分钟 @李四")
    assert quarter.chen.reads.startswith("李四 提议议题：海外定价（季度规划会）")
    assert quarter.chen.presses("采纳") == "已采纳，议程共 65 分钟"
    assert quarter.li.reads.startswith("你的议题已采纳：海外定价（季度规划会）")
    quarter.chen.types("/meeting material M-2 1 https://pan.example/flow.pdf")
    assert "季度规划会-客诉处理流程-20261125 https://pan.example/flow.pdf" in quarter.zhao.types("/meeting show M-2")


def _it_is_moved_and_everybody_is_asked_again(quarter: Quarter) -> None:
    office = quarter.office
    office.told()
    quarter.chen.types("/meeting reschedule M-2 15:00 原因：会议室被占")
    assert office.told()["李四"] == ["改到 11月25日（周三）15:00：季度规划会"]
    assert "11月25日（周三）14:00–15:30（GMT+8） → 11月25日（周三）15:00–16:30（GMT+8）" in quarter.li.reads
    assert "原因：会议室被占" in quarter.li.reads
    for who in (quarter.li, quarter.wang, quarter.zhao, quarter.sun, quarter.zhang):
        who.presses("参加")
    quarter.lin.types("/meeting decline M-2 出差，由张三转述")
    quarter.zhou.types("/meeting proxy M-2 @高总 见客户")
    replies = [one.reply for one in office.meeting(2).invitees]
    assert (replies.count(Reply.ACCEPTED), replies.count(Reply.WAITING)) == (6, 0)


# --- M ---


def _it_starts_late(quarter: Quarter) -> None:
    office = quarter.office
    office.until("2026-11-25 14:44")
    office.told()
    office.until("2026-11-25 15:07")
    told = office.told()
    assert told["高总"] == ["15 分钟后开会：季度规划会（15:00）"]
    assert told["陈静"] == ["15 分钟后开会：季度规划会（15:00）", "到点未开始：季度规划会（15:00）"]
    assert "林美玲" not in told, "who does not come is not called"
    quarter.chen.types("/meeting start", quarter.room)
    said = quarter.room.last
    assert said.startswith("会议开始：季度规划会（15:07）\n比计划晚 7 分钟开始。")
    assert "议题 1/4：客诉处理流程（赵六，20 分钟，到 15:27）" in said
    here = quarter.chen.types("/meeting here @张三 @王五 @李四 @赵六 @孙七 @高总", quarter.room)
    assert here == "M-2 已记到场：张三、王五、李四、赵六、孙七、高总"


def _the_first_topic_is_decided(quarter: Quarter) -> None:
    office, room = quarter.office, quarter.room
    quarter.zhao.types("#要点 一级响应要在两小时内，现在平均六小时", room)
    quarter.chen.types("#决议 同意 按 V2.0 执行客诉流程 因为投诉量翻倍", room)
    assert room.last.startswith("决议 · 同意：按 V2.0 执行客诉流程\n理由：投诉量翻倍\n陈静 记")
    assert labels(room.cards[-1]) == ["更正", "撤回"]
    assert "“尽快”" in quarter.zhang.types("#行动 输出客诉流程 @孙七 尽快", room)
    quarter.zhang.types("#行动 输出《客户投诉处理流程V2.0》 @孙七 12月4日 标准：包含一级响应机制 配合 @李四", room)
    assert quarter.sun.reads.startswith("请确认：A-1 由你负责，12月4日（周五）到期")
    office.until("2026-11-25 15:28")
    assert room.last.startswith("“客诉处理流程”的 20 分钟到了")
    quarter.chen.presses("下一议题", on=room.cards[-1])
    assert room.last.startswith("议题 2/4：短信网关（王五，20 分钟，到 15:48）")


def _the_second_is_put_to_the_vote(quarter: Quarter) -> None:
    office, room = quarter.office, quarter.room
    quarter.wang.types("#要点 自建要三个月，外购一周", room)
    quarter.chen.types("/vote new 短信网关怎么做？ 选项：自建、外购、再看看", room)
    asked = card(room, "请投票 V-1")
    for who, choice in ((quarter.wang, "外购"), (quarter.li, "自建"), (quarter.zhao, "外购"), (quarter.chen, "外购")):
        assert who.presses(choice, on=asked) == f"V-1 你投了：{choice}。结束前可以改。"
    quarter.chen.types("/vote close V-1", room)
    closed = card(room, "投票结束 V-1")
    assert "“外购”过半，4 人中 3 票" in text(room, "投票结束 V-1")
    quarter.chen.presses("形成决议", on=closed)
    assert room.last.startswith("决议 · 同意：短信网关怎么做？外购\n理由：V-1 表决，4 人中 3 票")
    quarter.li.types("#行动 完成短信网关选型 @王五 12月18日", room)
    assert "还没有写标准" in room.last
    office.told()


def _the_third_is_parked(quarter: Quarter) -> None:
    room = quarter.room
    quarter.chen.types("/meeting next", room)
    quarter.chen.types("#要点 市场预算按去年的九成起步", room)
    quarter.chen.types("/meeting next", room)
    quarter.li.types("#搁置 海外定价要不要分区", room)
    assert "还没有人跟进" in room.last
    quarter.li.types("#要点 写错了", room)
    assert quarter.li.types("#撤回", room) == "已撤回：写错了"


def _it_is_read_back_and_settled(quarter: Quarter) -> None:
    office, room, chen = quarter.office, quarter.room, quarter.chen
    office.until("2026-11-25 16:36")
    chen.types("/meeting end", room)
    said = text(room, "会议结束：季度规划会 · 决议 2 条 · 行动项 2 项")
    assert "比计划多开了 6 分钟。" in said
    assert "写错了" not in said
    incomplete = said.split("还不完整")[1]
    assert "A-2 “完成短信网关选型”还没有写标准" in incomplete
    assert "“海外定价要不要分区”还没有人跟进" in incomplete
    follower, criterion = buttons(next(one for one in reversed(chen.cards) if "还有 2 处要补齐" in one.title))
    chen.presses(follower)
    chen.fills(follower="李四")
    chen.presses(criterion)
    chen.fills(criterion="两家报价和压测结果")
    assert "还不完整" not in text(room, "会议结束")
    drafts = [sheet for sheet in quarter.zhang.sheets if "纪要草稿已备好" in sheet.card.title]
    assert len(drafts) == 1, "what is settled renews the card that stands there"


def _everybody_says_how_it_was(quarter: Quarter) -> None:
    for who, label in ((quarter.li, "5 很好"), (quarter.wang, "4 较好"), (quarter.sun, "4 较好")):
        asked = next(one for one in reversed(who.cards) if "开得怎么样" in one.title)
        assert who.presses(label, on=asked) == "M-2 的评分已收到，不记名"
    assert quarter.chen.types("/meeting ratings M-2").startswith("“季度规划会”满意度 4.3（3 份）")


# --- N ---


def _the_draft_is_reviewed_returned_and_approved(quarter: Quarter) -> None:
    zhang, chen = quarter.zhang, quarter.chen
    draft = zhang.types("/minutes show M-2")
    for part in (
        "缺席 周航（见客户，高总代）、林美玲（出差，由张三转述）", "出席 王五、李四、赵六、孙七、陈静、张三、高总",
        "1. 同意：按 V2.0 执行客诉流程。理由：投诉量翻倍", "• 海外定价要不要分区（李四跟进）",
    ):  # fmt: skip
        assert part in draft
    zhang.presses("提交审核")
    assert chen.reads.startswith("请审核会议纪要：季度规划会\n决议 2 条 · 行动项 2 项")
    chen.presses("退回")
    chen.fills(why="议题 2 写上费用")
    assert zhang.reads.startswith("纪要被退回，请修改后再提交：季度规划会")
    assert "> 议题 2 写上费用" in zhang.reads
    said = zhang.types("/minutes edit M-2 要点2：自建要三个月，外购一周；外购每年 12 万")
    assert "− 自建要三个月，外购一周\n+ 自建要三个月，外购一周；外购每年 12 万" in said
    zhang.presses("提交审核")
    quarter.office.told()
    assert chen.presses("通过并分发") == "M-2 v1 已通过，正在分发"


def _it_reaches_everybody(quarter: Quarter) -> None:
    told = quarter.office.told()
    for who in (quarter.wang, quarter.li, quarter.zhao, quarter.sun, quarter.gao):
        assert told[who.name] == ["请确认会议纪要：季度规划会（11月25日）"]
    for who in (quarter.zhou, quarter.lin):
        assert told[who.name] == ["会议纪要摘要：季度规划会（11月25日）"]
    assert "决议 2 条 · 行动项 2 项，其中你负责 1 项 · 请在 11月26日（周四）16:36 前确认" in quarter.wang.reads
    assert "外购每年 12 万" in quarter.wang.reads
    assert "外购每年 12 万" not in quarter.lin.reads
    assert "1. 同意：按 V2.0 执行客诉流程" in quarter.lin.reads


def _acknowledgements_are_chased(quarter: Quarter) -> None:
    office = quarter.office
    for n, who in enumerate((quarter.li, quarter.wang, quarter.sun), 1):
        assert who.presses("已阅，无异议") == f"已确认 M-2 v1（已阅 {n}/5）"
    office.until("2026-11-26 12:00")
    office.told()
    office.until("2026-11-26 16:37")
    told = office.told()
    reminded = {name for name, said in told.items() if any(one.startswith("会议纪要等你确认") for one in said)}
    assert reminded == {"赵六", "高总"}
    assert "M-2 v1：已阅 3/5" in told["张三"]
    assert "未确认：赵六、高总" in quarter.zhang.reads


def _a_correction_makes_the_second_edition(quarter: Quarter) -> None:
    zhang, chen = quarter.zhang, quarter.chen
    quarter.zhao.presses("提出更正")
    quarter.zhao.fills(why="决议 2 要写明先试用三个月")
    assert "> 决议 2 要写明先试用三个月" in zhang.reads
    zhang.presses("修订新版")
    values = {field.name: field.value for field in zhang.form.fields}
    second = "同意 外购短信网关，先试用三个月 因为 过半数同意"
    zhang.fills(**{**values, "decisions": f"{values['decisions'].splitlines()[0]}\n{second}"})
    zhang.presses("提交审核")
    chen.presses("通过并分发")
    for who in (quarter.li, quarter.zhao):
        assert who.reads.startswith("请确认会议纪要：季度规划会（11月25日，第 2 版）")
        assert "− 同意：短信网关怎么做？外购。理由：V-1 表决，4 人中 3 票" in who.reads
        assert "+ 同意：外购短信网关，先试用三个月。理由：过半数同意" in who.reads
        assert "已阅 0/5" in who.reads
    assert quarter.minutes.decisions[1].verdict is Verdict.AGREED


def _everybody_reads_it_and_it_is_archived(quarter: Quarter) -> None:
    readers = (quarter.li, quarter.wang, quarter.sun, quarter.zhao, quarter.gao)
    for n, who in enumerate(readers, 1):
        assert who.presses("已阅，无异议") == f"已确认 M-2 v2（已阅 {n}/5）"
    assert quarter.minutes.state is MinutesState.ARCHIVED
    assert quarter.zhang.reads.startswith("会议纪要全部已阅，已归档：季度规划会（11月25日，第 2 版）")


def _it_is_found_and_taken_along(quarter: Quarter) -> None:
    lin = quarter.lin
    said = lin.types("/minutes search 试用 2026年11月 决议：同意")
    assert said.startswith("“试用 2026年11月 决议：同意”：1 份纪要\nM-2 v2 季度规划会")
    assert "没有找到" in lin.types("/minutes search 自建机房")
    for ending, read in READERS.items():
        lin.types(f"/minutes file M-2 {ending}")
        file = lin.answers[-1]
        assert isinstance(file, File)
        assert file.name == f"季度规划会-v2-20261125.{ending}"
        said = "".join(read(file.content).split())
        for part in (
            "外购短信网关，先试用三个月",
            "完成短信网关选型",
            "海外定价要不要分区",
            "陈静于2026年11月26日（周四）",
        ):
            assert part in said, ending


# --- A, R ---


def _the_first_action_is_delivered_and_verified(quarter: Quarter) -> None:
    office, sun, chen = quarter.office, quarter.sun, quarter.chen
    office.until("2026-11-27 09:10")
    assert sun.presses("接受", on=card_of(sun, "A-1", "接受")).startswith("已接受 A-1")
    assert quarter.wang.presses("接受", on=card_of(quarter.wang, "A-2", "接受")).startswith("已接受 A-2")
    office.until("2026-12-02 09:10")
    assert sun.reads.startswith("🟡 A-1 后天到期（12月4日 周五）")
    sun.types("/action submit A-1 https://pan.example/v2.pdf")
    chen.presses("退回")
    chen.fills(why="缺流程图")
    assert sun.reads.startswith("A-1 被退回：缺流程图")
    sun.presses("提交成果")
    sun.fills(deliverable="https://pan.example/v2.1.pdf 含流程图")
    assert chen.presses("通过") == "A-1 验收通过"
    assert office.action(1).state is State.DONE


def _the_weeks_are_summed_up(quarter: Quarter) -> None:
    office = quarter.office
    office.until("2026-12-07 09:10")
    assert quarter.room.last.startswith("季度规划 · 第 49 周\n完成 1")
    assert "A-2 完成短信网关选型" in quarter.room.last
    office.until("2026-12-16 09:10")
    quarter.wang.types("/action postpone A-2 12月25日 等报价")
    assert quarter.chen.reads.startswith("A-2 延期到 12月25日（周五）：等报价")


def _the_next_session_takes_up_what_was_left(quarter: Quarter) -> None:
    office, chen = quarter.office, quarter.chen
    office.until("2026-12-18 12:00")
    said = chen.types("/meeting show M-3")
    assert "1. 完成短信网关选型\n   上次遗留 A-2 · 王五 · 5 分钟" in said
    assert "2. 海外定价要不要分区\n   上次遗留 M-2 · 李四" in said
    assert "客户投诉处理流程V2.0" not in said, "what is done is not carried over"
    for topic in (5, 4, 3):
        chen.types(f"/meeting topic M-3 drop {topic}")
    chen.types("/meeting announce! M-3")
    assert "你要讲：完成短信网关选型" in quarter.wang.reads


def _the_last_action_is_done(quarter: Quarter) -> None:
    office, room, chen = quarter.office, quarter.room, quarter.chen
    office.until("2026-12-23 14:00")
    chen.types("/meeting start", room)
    chen.types("/meeting here @王五 @李四 @张三", room)
    quarter.wang.types("/action submit A-2 两家报价与压测结果，选 A 家")
    assert chen.presses("通过") == "A-2 验收通过"
    chen.types("/meeting next", room)
    quarter.li.types("#决议 暂缓 海外定价分区 因为 汇率还没有定", room)
    chen.types("/meeting end", room)
    assert "还不完整" not in text(room, "会议结束：季度规划会 · 决议 1 条")
    assert {one.state for one in office.actions()} == {State.DONE}
    assert office.meeting(3).state is MeetingState.ENDED
