"""`/meeting` and `/series`: preparing a meeting, from the first line to the notice (P1–P9). MEETING is their list."""

from bot.commands import about
from bot.commands.command import Command, Takes
from bot.commands.meeting import agenda, making, past, people, sending, series, series_editing, showing

MEETING = (
    Command("meeting", "new", ("new", "add", "新建", "新增", "创建", "召集", "建立", "召開"), making.new),
    Command("meeting", "list", ("list", "ls", "列表", "清单", "清單"), showing.list_),
    Command("meeting", "show", ("show", "view", "查看", "详情", "詳情"), showing.show, Takes.ONE),
    Command("meeting", "edit", ("edit", "change", "修改", "编辑", "編輯"), making.edit, Takes.ONE),
    Command("meeting", "topic", ("topic", "topics", "议题", "議題", "议程", "議程"), agenda.topic, Takes.ONE),
    Command(
        "meeting", "propose", ("propose", "suggest", "提议题", "提議題", "提议", "提議"), agenda.propose, Takes.ONE
    ),
    Command("meeting", "take", ("take", "采纳", "採納"), agenda.take, Takes.ONE),
    Command("meeting", "drop", ("drop", "不采纳", "不採納"), agenda.drop, Takes.ONE),
    Command("meeting", "material", ("material", "materials", "材料"), agenda.material, Takes.ONE),
    Command("meeting", "invite", ("invite", "邀请", "邀請"), people.invite, Takes.ONE),
    Command("meeting", "uninvite", ("uninvite", "移出", "移除"), people.uninvite, Takes.ONE),
    Command("meeting", "announce", ("announce", "send", "发通知", "發通知", "通知"), sending.announce, Takes.ONE),
    Command("meeting", "approve", ("approve", "批准", "同意召开"), sending.approve, Takes.ONE),
    Command("meeting", "refuse", ("refuse", "reject", "不批准"), sending.refuse, Takes.ONE),
    Command("meeting", "accept", ("accept", "join", "参加", "參加", "出席"), people.accept, Takes.ONE),
    Command("meeting", "decline", ("decline", "absent", "请假", "請假", "不参加", "不參加"), people.decline, Takes.ONE),
    Command("meeting", "proxy", ("proxy", "派人代替", "代替", "代理"), people.proxy, Takes.ONE),
    Command("meeting", "reschedule", ("reschedule", "move", "改期", "改时间", "改時間"), making.reschedule, Takes.ONE),
    Command("meeting", "cancel", ("cancel", "取消"), sending.cancel, Takes.ONE),
    Command("meeting", "history", ("history", "log", "记录", "記錄", "紀錄", "历史", "歷史"), past.history, Takes.ONE),
    Command("meeting", "undo", ("undo", "撤销", "撤銷"), past.undo, Takes.ONE),
    Command("meeting", "calendar", ("calendar", "ics", "日历", "日曆"), showing.calendar, Takes.ONE),
    Command("meeting", "help", ("help", "帮助", "幫助"), about.help_),
    Command("series", "list", ("list", "ls", "列表", "清单", "清單"), series.list_),
    Command("series", "show", ("show", "view", "查看"), series.show, Takes.ONE),
    Command("series", "edit", ("edit", "change", "修改", "编辑", "編輯"), series_editing.edit, Takes.ONE),
    Command("series", "invite", ("invite", "邀请", "邀請"), series_editing.invite, Takes.ONE),
    Command("series", "uninvite", ("uninvite", "移出", "移除"), series_editing.uninvite, Takes.ONE),
    Command("series", "move", ("move", "顺延", "順延", "挪到"), series.move, Takes.ONE),
    Command("series", "skip", ("skip", "跳过", "跳過", "停一次"), series.skip, Takes.ONE),
    Command("series", "end", ("end", "stop", "结束", "結束", "终止"), series.end, Takes.ONE),
    Command("series", "history", ("history", "log", "记录", "記錄", "紀錄", "历史", "歷史"), series.history, Takes.ONE),
    Command("series", "help", ("help", "帮助", "幫助"), about.help_),
)
