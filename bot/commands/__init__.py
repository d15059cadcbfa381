"""The list of commands: noun, verb, its names in both languages, what it takes, what it does. Nothing registers itself.

`read` turns a typed line into a Line, `run` carries it out, `catalogue` is for the completion of clients. A new command
is one row here.
"""

from bot.cards import Answer
from bot.commands import about, adding, deciding, digest, editing, exporting, grammar, home, settings, showing, timing
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Command, Line, Takes
from bot.commands.later import Later
from bot.commands.live import LIVE
from bot.commands.meeting import MEETING
from bot.commands.minutes import MINUTES
from bot.errors import Offer, Refusal, Several
from bot.operations.change import Overtaken
from bot.texts import words
from bot.views import action as views

__all__ = ["COMMANDS", "Command", "Line", "catalogue", "find", "read", "run"]

COMMANDS = (
    Command("action", "add", ("add", "new", "新增", "添加", "新建", "增加", "记一条"), adding.add),
    Command("action", "list", ("list", "ls", "列表", "清单", "清單", "我的", "我的行动项", "我的行動項", "我的行動項目", "我的任务",
                               "我的任務", "我的待办", "我的待辦", "待办", "待辦", "my items", "my actions", "my action items",
                               "my tasks", "my list", "todo", "todos"), showing.list_),
    Command("action", "home", ("home", "首页", "首頁"), home.home),
    Command("action", "show", ("show", "view", "查看", "详情", "詳情"), showing.show, Takes.ONE),
    Command("action", "accept", ("accept", "ok", "接受", "确认", "確認"), deciding.accept, Takes.SEVERAL),
    Command("action", "decline", ("decline", "谢绝", "謝絕", "拒绝", "拒絕"), deciding.decline, Takes.ONE),
    Command("action", "submit", ("submit", "done", "finish", "finished", "complete", "提交", "完成", "交付", "已完成"),
            deciding.submit, Takes.SEVERAL),
    Command("action", "approve", ("approve", "verify", "验收", "驗收", "通过", "通過", "验收通过"), deciding.approve, Takes.SEVERAL),
    Command("action", "return", ("return", "reject", "退回", "驳回", "駁回"), deciding.return_, Takes.ONE),
    Command("action", "block", ("block", "blocked", "stuck", "受阻", "卡住"), timing.block, Takes.ONE),
    Command("action", "unblock", ("unblock", "unblocked", "解除", "解除受阻", "已解除"), deciding.unblock, Takes.ONE),
    Command("action", "postpone", ("postpone", "delay", "defer", "延期", "推迟", "推遲", "延后", "延後", "顺延", "順延"), timing.postpone, Takes.ONE),
    Command("action", "edit", ("edit", "change", "修改", "编辑", "編輯"), editing.edit, Takes.ONE),
    Command("action", "assign", ("assign", "reassign", "handover", "转交", "轉交", "改派", "交接"), timing.assign, Takes.SEVERAL),
    Command("action", "note", ("note", "comment", "备注", "備註", "进展", "進展"), deciding.note, Takes.ONE),
    Command("action", "snooze", ("snooze", "later", "稍后", "稍後", "稍后提醒"), timing.snooze, Takes.SEVERAL),
    Command("action", "cancel", ("cancel", "drop", "取消", "作废", "作廢"), deciding.cancel, Takes.ONE),
    Command("action", "reopen", ("reopen", "重开", "重開", "重新打开"), deciding.reopen, Takes.ONE),
    Command("action", "nudge", ("nudge", "remind", "催办", "催辦", "催一下", "催"), deciding.nudge, Takes.SEVERAL),
    Command("action", "history", ("history", "log", "记录", "記錄", "紀錄", "历史", "歷史"), showing.history, Takes.ONE),
    Command("action", "export", ("export", "导出", "匯出"), exporting.export),
    Command("action", "undo", ("undo", "撤销", "撤銷", "撤回"), deciding.undo, Takes.ONE),
    Command("action", "help", ("help", "帮助", "幫助"), about.help_),
    *MEETING,
    *MINUTES,
    Command("digest", "", grammar.NOUNS["digest"], digest.digest),
    Command("settings", "", grammar.NOUNS["settings"], settings.choose),
    Command("whoami", "", grammar.NOUNS["whoami"], about.whoami),
    Command("help", "", grammar.NOUNS["help"], about.help_),
    *LIVE,
)  # fmt: skip

_FIELDS = 20
"""A line holds no more than so many fields' worth of text."""

_BY_NAME = {(command.noun, command.verb): command for command in COMMANDS}


def read(text: str, *, bare: bool, about: str = "") -> Line | None:
    """The line of a typed text or a button's command; None for small talk. `bare`: a command needs no slash here.
    `about`: what is being talked about (A-42, M-7), to which a verb of several nouns belongs then.

    Raises Refusal `command-unknown`."""
    return grammar.read(text, bare=bare, commands=COMMANDS, about=about)


def find(noun: str, verb: str = "") -> Command:
    """The command of this noun and verb. KeyError for none (our bug: lines come from `read`)."""
    return _BY_NAME[noun, verb]


def run(asking: Asking, line: Line) -> Answer | Later | None:
    """Carries the line out; None: what it left in the room is the answer. Who came too late is told how it stands now, and nothing is changed.

    Raises Refusal; `text-too-long` for a line that no fields within their limits could make."""
    limit = asking.workplace.rules.text_limit
    if len(line.rest) > _FIELDS * limit:
        raise Refusal("text-too-long", length=len(line.rest), limit=limit, field="text")
    try:
        return find(line.noun, line.verb).run(asking, line)
    except Overtaken as late:
        if late.first is not None:
            return views.first(scene(asking), late.action, late.first)
        return views.stale(scene(asking), late.action, late.since)
    except Several as some:
        some.offers = _rest(asking, line, some.rest)
        raise


def _rest(asking: Asking, line: Line, rest: tuple[str, ...]) -> tuple[Offer, ...]:
    """The same for those that can be done; what a form said is asked again."""
    words = " ".join((line.head, *rest, "" if asking.values else line.rest)).strip()
    return (Offer("offer-rest", words, args=(("n", str(len(rest))),)),) if rest else ()


def catalogue(language: str) -> list[tuple[str, str]]:
    """(line, what it does) of every command, for completion while typing, in the words a reader of `language` types."""
    say = words(language)
    return [(_typed(command, language), say(f"help-{command.key}")) for command in COMMANDS]


def _typed(command: Command, language: str) -> str:
    noun = _own(grammar.NOUNS[command.noun], language)
    return f"/{noun} {_own(command.names, language)}" if command.verb else f"/{noun}"


def _own(names: tuple[str, ...], language: str) -> str:
    """The first name in the language; traditional script types the simplified one, which means the same."""
    return next(name for name in names if name.isascii() == (language == "en"))
