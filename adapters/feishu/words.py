"""What Feishu's own surfaces need said beside the bot's sentences, in every language at once: each reader's client picks."""

from typing import Any

_WORDS = {
    "continues": (
        "内容较长，全文在文件 {name} 里。", "內容較長，全文在檔案 {name} 裡。",
        "This is long; the whole text is in the file {name}.",
    ),
    "file-direct": (
        "文件 {name} 已发到你与我的单聊。", "檔案 {name} 已傳到你與我的單聊。",
        "The file {name} is in your chat with me.",
    ),
    "slow": (
        "还没有记录好，我还在处理；记录好了会告诉你。", "還沒有記錄好，我還在處理；記錄好了會告訴你。",
        "This is not recorded yet. I am still working on it and will tell you when it is.",
    ),
    "cancel": ("取消", "取消", "Cancel"),
    "fill": ("填写", "填寫", "Fill in"),
    "pick": ("或在这里选日期", "或在這裡選日期", "or pick the day here"),
    "pick-person": ("在这里选人", "在這裡選人", "pick them here"),
    "others": ("不在名单里，请写姓名或部门", "不在名單裡，請寫姓名或部門", "not listed? Type the name or department"),
    "pick-both": (
        "这里写了一个、又选了另一个，请只留一个。", "這裡寫了一個、又選了另一個，請只留一個。",
        "One is typed and another is picked. Please leave only one.",
    ),
    "too-long": (
        "原文太长，这里改不了；请用命令修改。", "原文太長，這裡改不了；請用命令修改。",
        "This text is too long to be changed here. Please use the command.",
    ),
    "unread": (
        "没有读懂飞书发来的内容，什么也没有记录。请再试一次。", "沒有讀懂飛書傳來的內容，什麼也沒有記錄。請再試一次。",
        "What Feishu sent could not be read, and nothing was recorded. Please try again.",
    ),
    "typed-instead": ("直接发这一行也可以：", "直接傳這一行也可以：", "Sending this line does the same:"),
    "kind": (
        "这类消息我读不了，什么也没有记录。请用文字告诉我。", "這類訊息我讀不了，什麼也沒有記錄。請用文字告訴我。",
        "I cannot read this kind of message, and nothing was recorded. Please write it as text.",
    ),
    "title": ("闭环", "閉環", "Bihuan"),
    "waiting": ("等我处理", "等我處理", "Waiting for me"),
    "my_items": ("我的行动项", "我的行動項目", "My items"),
    "new_action": ("新增行动项", "新增行動項目", "New action"),
    "shown": ("已显示在下面。", "已顯示在下面。", "It is shown below."),
}  # fmt: skip


def said(sentence: str, /, **args: str) -> dict[str, Any]:
    """One of these sentences as the part of a text object: `content`, and `i18n_content` by language."""
    hans, hant, english = (one.format(**args) for one in _WORDS[sentence])
    return {
        "content": hans,
        "i18n_content": {"zh_cn": hans, "zh_hk": hant, "zh_tw": hant, "en_us": english, "ja_jp": english},
    }


def plain(sentence: str, /, **args: str) -> str:
    """The sentence in the languages of a workplace that has several, for what knows no `i18n_content`."""
    hans, _, english = (one.format(**args) for one in _WORDS[sentence])
    return f"{hans} {english}"


def toast(sentence: str, kind: str) -> dict[str, Any]:
    """The sentence as something that pops up; kind is info, success, warning or error."""
    found = said(sentence)
    return {"type": kind, "content": found["content"], "i18n": found["i18n_content"]}
