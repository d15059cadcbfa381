"""A due day that opens a title without a blank: 明天提交报告, 下周五交初稿, 后天上午10点开评审会.

Only a near day, right before a verb with what it is done to; 周三周报 and 明天系统升级公告 keep their days, and where it is
in doubt the day is asked for (M3).
"""

from datetime import datetime

from bot.calendar import Calendar
from bot.due.answer import Due
from bot.due.asked import Refused
from bot.due.grammar import interpret
from bot.due.pattern import pattern
from bot.due.phrase import plain, shadow
from bot.due.reading import question
from bot.due.words import WEEK

_N = "[0-9零一二两三四五六七八九十]"
_TIME = rf"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)?(?:{_N}{{1,3}}(?:点半?(?:{_N}{{1,3}}分?)?|:\d\d))?"
_DAY = pattern(
    rf"(?:今天|明天|大后天|后天|今晚|明晚|明早|(?:本|这个?|下个?)?{WEEK}[一二三四五六日天]){_TIME}(?:[之以]?前)?"
)
_PAPER = (
    "初稿|终稿|終稿|定稿|稿|报告|報告|方案|材料|文档|文檔|报价|報價|标书|標書|周报|週報|周報|月报|月報|论文|論文|总结|總結|纪要|紀要"
    "|清单|清單|计划|計劃|预算|預算|合同|名单|名單|结果|結果|数据|數據|邮件|郵件|通知|ppt"
)
_THINGS = "情况|情況|记录|記錄|计划|計劃|标准|標準|率|度|量|数|數|日|时|時|会|會|表|单|單|函|书|書|人|物|件"
_VERB = pattern(
    # A verb is none before 情况, 率 …: 完成情况, 提交记录, 交付计划 are things. 汇报材料, 上线计划, 更新日志 are things as a
    # whole, so their verbs are not here.
    rf"(?:提交|交付|完成|整理|确认|確認)(?!{_THINGS})(?=..)"
    rf"|(?:上?交|[发發]出?|出|[写寫]|做)(?:一?[份版个個])?(?={_PAPER})"
    r"|[给給](?![力予付定水排养養])(?=...)"
    # Only a whole meeting is held: 开评审会; 开会纪要, 开发会议 are things.
    r"|[开開](?![发發业業放源户戶票机機幕工销銷])(?=[^\s,。;的]{0,8}[会會]$)"
)


def leading(text: str, now: datetime, calendar: Calendar) -> tuple[str, Due | None]:
    """(title, due) where the text opens with its due day and goes on with what is to be done; else (text, None).

    A day that has passed or is none is left in its title: then the day is asked for."""
    seen = shadow(text)
    day = _DAY.match(seen)
    if day is None or "的" in seen or not _VERB.match(seen, day.end()):
        return text, None
    due = _due(text[: day.end()], now, calendar)
    return (text[day.end() :], due) if due else (text, None)


def _due(phrase: str, now: datetime, calendar: Calendar) -> Due | None:
    try:
        return interpret(plain(phrase) or "", question(now, calendar))
    except Refused:
        return None
