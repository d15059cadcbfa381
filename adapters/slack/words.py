"""What Slack's own surfaces need said beside the bot's sentences: modals, buttons that open them, files that continue."""

_WORDS = {
    "zh-Hans": {
        "continues": "内容较长，全文在文件 {name} 里。",
        "file-direct": "文件 {name} 只发给你，在我们的私聊里。",
        "loading": "正在打开…",
        "loading-what": "请稍候，内容马上显示在这里。",
        "slow": "还没有记录好，我还在处理；记录好了会在这里告诉你。",
        "title": "闭环",
        "cancel": "取消",
        "close": "关闭",
        "fill": "填写",
        "pick": "{label}（或在这里选日期）",
        "pick-both": "日期写了一个、又选了另一个，请只留一个。",
        "needed": "这一项还要填。",
        "too-long": "原文太长，这里改不了；请用命令修改。",
        "others": "{label}（其他部门、其他聊天工具里的同事）",
        "teams": "{label}（整个 Slack 用户组）",
        "team-unknown": "现在查不到这个用户组里有谁。请再试一次，或者逐个选人。",
        "foreign": "这个 Slack 工作区没有接入闭环，请联系管理员。",
        "unread": "没有读懂 Slack 发来的内容，什么也没有记录。请再试一次。",
        "typed-instead": "直接输入也可以：",
        "install": "把闭环装进你的 Slack 工作区",
        "install-what": "需要是管理员已接入的工作区。下一页是 Slack 自己的页面，请在那里选工作区并点“允许”。",
        "install-press": "去 Slack",
        "installed": "装好了：{name}",
        "installed-what": "在 Slack 的“应用”里打开闭环，输入 /help 就可以开始。这个页面可以关了。",
        "not-installed": "没有装成",
        "not-admitted": "工作区 {name} 没有接入这里的闭环，什么也没有保存。"
        "要接入的话，请闭环的管理员在配置 [slack] workspaces 里加上这个编号，重启后再装一次。",
        "install-again": "Slack 没有确认这次安装（{reason}），什么也没有保存。请从头再来一次。",
        "too-often": "刚才来的人太多了，请过一分钟再试。",
    },
    "en": {
        "continues": "This is long; the whole text is in the file {name}.",
        "file-direct": "The file {name} comes to you alone, in our direct messages.",
        "loading": "Opening…",
        "loading-what": "One moment; it will be shown here.",
        "slow": "This is not recorded yet. I am still working on it and will say here when it is.",
        "title": "Bihuan",
        "cancel": "Cancel",
        "close": "Close",
        "fill": "Fill in",
        "pick": "{label} (or pick it here)",
        "pick-both": "One day is typed and another is picked. Please leave only one.",
        "needed": "This is still needed.",
        "too-long": "This text is too long to be changed here. Please use the command.",
        "others": "{label} (departments, colleagues in other messengers)",
        "teams": "{label} (whole user groups of Slack)",
        "team-unknown": "Who is in this user group cannot be looked up now. Please try again, or pick the people one by one.",
        "foreign": "This Slack workspace is not connected to Bihuan. Please ask your admin.",
        "unread": "What Slack sent could not be read, and nothing was recorded. Please try again.",
        "typed-instead": "Typing does the same:",
        "install": "Add Bihuan to your Slack workspace",
        "install-what": "It must be one that your admin has admitted. "
        "The next page is Slack's own: choose the workspace there and allow it.",
        "install-press": "Go to Slack",
        "installed": "Installed in {name}",
        "installed-what": "Open 闭环 under Apps in Slack and type /help to begin. You can close this page.",
        "not-installed": "Not installed",
        "not-admitted": "The workspace {name} is not admitted to this Bihuan, and nothing was kept. To admit "
        "it, a Bihuan admin adds this id to workspaces in the section [slack] of the configuration and restarts; then install it again.",
        "install-again": "Slack did not confirm this installation ({reason}), and nothing was kept. "
        "Please begin again.",
        "too-often": "Many have come just now. Please try again in a minute.",
    },
}
_WORDS["zh-Hant"] = {
    "continues": "內容較長，全文在檔案 {name} 裡。",
    "file-direct": "檔案 {name} 只傳給你，在我們的私訊裡。",
    "loading": "正在開啟…",
    "loading-what": "請稍候，內容馬上顯示在這裡。",
    "slow": "還沒有記錄好，我還在處理；記錄好了會在這裡告訴你。",
    "title": "閉環",
    "cancel": "取消",
    "close": "關閉",
    "fill": "填寫",
    "pick": "{label}（或在這裡選日期）",
    "pick-both": "日期寫了一個、又選了另一個，請只留一個。",
    "needed": "這一項還要填。",
    "too-long": "原文太長，這裡改不了；請用命令修改。",
    "others": "{label}（其他部門、其他聊天工具裡的同事）",
    "teams": "{label}（整個 Slack 使用者群組）",
    "team-unknown": "現在查不到這個使用者群組裡有誰。請再試一次，或者逐個選人。",
    "foreign": "這個 Slack 工作區沒有接入閉環，請聯絡管理員。",
    "unread": "沒有讀懂 Slack 傳來的內容，什麼也沒有記錄。請再試一次。",
    "typed-instead": "直接輸入也可以：",
    "install": "把閉環裝進你的 Slack 工作區",
    "install-what": "需要是管理員已接入的工作區。下一頁是 Slack 自己的頁面，請在那裡選工作區並按「允許」。",
    "install-press": "前往 Slack",
    "installed": "裝好了：{name}",
    "installed-what": "在 Slack 的「應用程式」裡打開閉環，輸入 /help 就可以開始。這個頁面可以關了。",
    "not-installed": "沒有裝成",
    "not-admitted": "工作區 {name} 沒有接入這裡的閉環，什麼也沒有儲存。"
    "要接入的話，請閉環的管理員在設定 [slack] workspaces 裡加上這個編號，重新啟動後再裝一次。",
    "install-again": "Slack 沒有確認這次安裝（{reason}），什麼也沒有儲存。請從頭再來一次。",
    "too-often": "剛才來的人太多了，請過一分鐘再試。",
}


def word(language: str, sentence: str, /, **args: str) -> str:
    """One of these sentences; a language that is not among them is answered in English."""
    return _WORDS.get(language, _WORDS["en"])[sentence].format(**args)


def spoken(locale: str) -> str:
    """Slack's locale (zh-CN, zh-TW, en-US …) → zh-Hans, zh-Hant or en; English for one that says nothing."""
    tag = locale.replace("_", "-").lower()
    if not tag.startswith("zh"):
        return "en"
    return "zh-Hant" if any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
