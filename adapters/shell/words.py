"""The terminal's own few words, in the speaker's language; the bot's sentences come from the core."""

_WORDS = {
    "zh-Hans": {
        "bot": "闭环",
        "changed": "已更新",
        "speaking": "现在说话的是 {name}。",
        "nobody": "没有叫“{name}”的人。",
        "in-room": "现在在 #{name} 里说话。用 /in 回到与闭环的私聊。",
        "in-direct": "现在是与闭环的私聊。",
        "no-room": "没有叫“{name}”的群组。现有：{rooms}",
        "as-usage": "可以这样写：/as 李四",
        "re-usage": "可以这样写：/re 3 收到。3 是那条消息的序号。",
        "no-message": "没有第 {name} 条消息。",
        "time-now": "工作区时间 {time}",
        "time-usage": "可以这样写：/time +1d、/time +2h 或 /time 2026-11-30 09:00；只能向前，一次最多一年。",
        "file": "文件",
        "picture": "图",
        "type": "输入",
        "or-leave": "；不填了就说 算了",
    },
    "en": {
        "bot": "Bihuan",
        "changed": "updated",
        "speaking": "{name} is speaking now.",
        "nobody": "There is nobody called {name}.",
        "in-room": "You are speaking in #{name}. /in goes back to the conversation with Bihuan.",
        "in-direct": "You are speaking with Bihuan alone.",
        "no-room": "There is no room called {name}. There are: {rooms}",
        "as-usage": "Write /as and who is to speak: /as Emma Clarke",
        "re-usage": "Write /re, the message's number and your words: /re 3 got it",
        "no-message": "There is no message {name}.",
        "time-now": "Workplace time {time}",
        "time-usage": "Write /time +1d, /time +2h or /time 2026-11-30 09:00: forward, by a year at most.",
        "file": "file",
        "picture": "picture",
        "type": "type",
        "or-leave": "; or never mind",
    },
}
_WORDS["zh-Hant"] = {
    "bot": "閉環",
    "changed": "已更新",
    "speaking": "現在說話的是 {name}。",
    "nobody": "沒有叫「{name}」的人。",
    "in-room": "現在在 #{name} 裡說話。用 /in 回到與閉環的私訊。",
    "in-direct": "現在是與閉環的私訊。",
    "no-room": "沒有叫「{name}」的群組。現有：{rooms}",
    "as-usage": "可以這樣寫：/as 林美玲",
    "re-usage": "可以這樣寫：/re 3 收到。3 是那則訊息的序號。",
    "no-message": "沒有第 {name} 則訊息。",
    "time-now": "工作區時間 {time}",
    "time-usage": "可以這樣寫：/time +1d、/time +2h 或 /time 2026-11-30 09:00；只能向前，一次最多一年。",
    "file": "檔案",
    "picture": "圖",
    "type": "輸入",
    "or-leave": "；不填了就說 算了",
}


def word(language: str, sentence: str, /, **args: str) -> str:
    """One of the terminal's sentences; a language it does not speak is answered in English."""
    return _WORDS.get(language, _WORDS["en"])[sentence].format(**args)
