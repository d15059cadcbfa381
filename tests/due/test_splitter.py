"""Lines of text: which words are the due phrase and which are the title, and what is refused rather than guessed."""

import pytest

from bot.due import DueRefused, split
from tests.due.given import CHINA, NOW


def parted(text: str) -> tuple[str, str]:
    """(title, day) of a line; the day is empty when there is none."""
    title, due = split(text, NOW, CHINA)
    return title, "" if due is None else due.day.isoformat() + (f"T{due.time:%H:%M}" if due.time else "")


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        # at the end
        ("评估开发周期 @王五 11月24日", "评估开发周期 @王五", "2026-11-24"),
        ("Estimate the work @wang 24 Nov", "Estimate the work @wang", "2026-11-24"),
        ("call Bob tomorrow", "call Bob", "2026-11-19"),
        ("call mom in 3 days", "call mom", "2026-11-21"),
        ("提交报告 下周五下午3点", "提交报告", "2026-11-27T15:00"),
        ("update the plan end of next month", "update the plan", "2026-12-31"),
        ("write the report before Christmas", "write the report", "2026-12-24"),
        ("做报表 12/3", "做报表 12/3", ""),
        ("sync with Bob at 3pm tomorrow", "sync with Bob", "2026-11-19T15:00"),
        ("finish slides the day after tomorrow", "finish slides", "2026-11-20"),
        ("- item, Friday 5pm", "- item", "2026-11-20T17:00"),
        ("fix login 2026/12/3", "fix login", "2026-12-03"),
        # closed by 前, 内 or 后 at the start of a word
        ("三天后提交", "提交", "2026-11-21"),
        ("请在周五前提交报告", "提交报告", "2026-11-20"),
        ("在月底前完成报告", "完成报告", "2026-11-30"),
        ("下班前发邮件", "发邮件", "2026-11-18"),
        ("明天下午3点前发给李四", "发给李四", "2026-11-19T15:00"),
        ("修复登录，周五前，要测试", "修复登录 要测试", "2026-11-20"),
        ("12/3前提交", "提交", "2026-12-03"),
        # after a lead, anywhere
        ("send report by Friday to Bob", "send report to Bob", "2026-11-20"),
        ("By Friday: send the report", "send the report", "2026-11-20"),
        ("截止：周五提交报告", "提交报告", "2026-11-20"),
        ("提交报告 截止：12月3日 18:00", "提交报告", "2026-12-03T18:00"),
        ("期限：三天 写报告", "写报告", "2026-11-21"),
        ("fix login due:2026-12-03", "fix login", "2026-12-03"),
        ("fix login due: 12/3", "fix login", "2026-12-03"),
        ("ｆｉｘ　ｂｙ　Ｆｒｉｄａｙ", "ｆｉｘ", "2026-11-20"),
        ("整理會議紀錄 截止：下週五", "整理會議紀錄", "2026-11-27"),
        ("stand by Bob, by Friday", "stand by Bob", "2026-11-20"),
        # at the start
        ("明天 提交报告", "提交报告", "2026-11-19"),
        ("Tomorrow call Bob", "call Bob", "2026-11-19"),
        ("Friday: call Bob", "call Bob", "2026-11-20"),
        # nothing but the phrase
        ("周五前", "", "2026-11-20"),
        ("by Friday", "", "2026-11-20"),
    ],
)
def test_the_title_is_left(text, title, day):
    assert parted(text) == (title, day)


@pytest.mark.parametrize(
    "text",
    [
        "周三周报",
        "优化5月报表",
        "Q4预算",
        "2026年预算表",
        "三天后端开发",
        "两天内部评审",
        "周五前端修复",
        "明天会议的材料",
        "整理春节前资料",
        "升级到 2.3",
        "release 13.1",
        "打扫会议室 3号",
        "Monday deck review",
        "Tomorrow's agenda",
        "prepare slides for Monday",
        "minutes of 3 Nov",
        "send report every Friday",
        "may need review",
        "fix the march bug",
        "fix the 2pm cron job",
        "run the cron job at 2pm",
        "write about dogs",
        "reduce lead time by 3 days",
        "reviewed by Bob",
        "开发 3天",
        "合同期限三年",
        "明天之前的日志清理",
        "三天内的订单导出",
        "近期 工作安排",
        "move the launch to Friday",
        "due diligence report",
        "",
        "   ",
    ],
)
def test_a_title_keeps_its_own_days(text):
    assert parted(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("尽快修复登录问题", "vague", "尽快"),
        ("修复登录问题 尽快", "vague", "尽快"),
        ("ASAP: fix login", "vague", "ASAP"),
        ("write docs by next week", "vague", "next week"),
        ("write docs when possible", "vague", "when possible"),
        ("国庆后 整理资料", "vague", "国庆后"),
        ("due: whenever", "vague", "whenever"),
        ("截止：等通知", "vague", "等通知"),
        ("fix bug by 3 Dec or 4 Dec", "vague", "3 Dec or 4 Dec"),
        ("提交报告 周五或周六", "vague", "周五或周六"),
        ("send it by Thursday by Friday", "vague", "by Thursday"),
        ("分析数据 昨天", "past", "昨天"),
        ("pay the bill by yesterday", "past", "yesterday"),
        ("2月30日前提交", "invalid", "2月30日前"),
        ("send report by Feb 30", "invalid", "Feb 30"),
        ("report by Friday, Dec 3", "invalid", "Friday, Dec 3"),
    ],
)
def test_a_day_that_is_none_is_refused_by_name(text, kind, phrase):
    with pytest.raises(DueRefused) as refused:
        split(text, NOW, CHINA)
    assert (refused.value.kind, refused.value.args_["phrase"]) == (kind, phrase)


def test_an_exact_day_beside_a_vague_word_is_enough():
    assert parted("尽快修复登录问题 周五前") == ("尽快修复登录问题", "2026-11-20")
    assert parted("fix it soon, by Friday") == ("fix it soon", "2026-11-20")


def test_a_title_is_as_written():
    assert parted("Ｆｉｘ  the　“登入”  問題 by Friday") == ("Ｆｉｘ  the　“登入”  問題", "2026-11-20")


def test_a_long_text_is_looked_at_only_at_its_ends():
    words = "word " * 700
    assert parted(f"{words}by Friday")[1] == "2026-11-20"
    assert parted(f"{words * 2}by Friday") == (f"{words * 2}by Friday", "")
