"""The commands of minutes (noun `minutes`, 纪要): MINUTES is their list."""

from bot.commands import about
from bot.commands.command import Command, Takes
from bot.commands.minutes import archive, files, reading, reviewing, writing

MINUTES = (
    Command("minutes", "list", ("list", "ls", "archive", "列表", "归档", "歸檔", "清单", "清單"), archive.list_),
    Command("minutes", "show", ("show", "view", "read", "查看", "全文"), reading.show, Takes.ONE),
    Command("minutes", "search", ("search", "find", "搜索", "搜尋", "查找", "搜", "找"), archive.search),
    Command("minutes", "edit", ("edit", "change", "修改", "编辑", "編輯"), writing.edit, Takes.ONE),
    Command("minutes", "submit", ("submit", "提交", "送审", "送審"), reviewing.submit, Takes.ONE),
    Command("minutes", "approve", ("approve", "通过", "通過", "批准", "审核通过"), reviewing.approve, Takes.ONE),
    Command("minutes", "return", ("return", "退回", "驳回", "駁回"), reviewing.return_, Takes.ONE),
    Command("minutes", "acknowledge", ("acknowledge", "ack", "read and agreed", "agreed", "已阅", "已閱", "已读", "已讀", "无异议", "無異議"),
            reviewing.acknowledge, Takes.ONE),
    Command("minutes", "correct", ("correct", "correction", "更正", "提出更正"), reviewing.correct, Takes.ONE),
    Command("minutes", "revise", ("revise", "revision", "修订", "修訂"), reviewing.revise, Takes.ONE),
    Command("minutes", "changes", ("changes", "diff", "改动", "改動", "差异", "差異"), reading.changes, Takes.ONE),
    Command("minutes", "readers", ("readers", "who", "status", "谁已阅", "谁已读", "誰已閱", "誰已讀", "已阅情况", "确认情况", "確認情況"), reading.readers, Takes.ONE),
    Command("minutes", "history", ("history", "log", "记录", "記錄", "紀錄", "历史", "歷史"), reading.history, Takes.ONE),
    Command("minutes", "file", ("file", "download", "export", "文件", "檔案", "下载", "下載", "导出", "匯出", *files.ENDINGS), files.file, Takes.ONE,
            kept=files.ENDINGS),
    Command("minutes", "delete", ("delete", "remove", "删除", "刪除"), reviewing.delete, Takes.ONE),
    Command("minutes", "help", ("help", "帮助", "幫助"), about.help_),
)  # fmt: skip

__all__ = ["MINUTES"]
