"""What DingTalk's own surfaces need said beside the bot's sentences. The language is that of what is being said: DingTalk
does not tell anybody's."""

_WORDS = {
    "zh": {
        "continues": "内容较长，全文在随后的文件 {name} 里。",
        "reply": "{label}：回复「{say}」",
        "reply-group": "{label}：@我 说「{say}」",
        "likewise": "，其他编号同理",
        "answer-group": "回答时请 @我，否则我听不到。",
        "and-more": "{title}，另有 {count} 条",
        "sure": "确定：{label}",
        "file": "文件 {name} 已发到你与我的单聊。",
        "outside": "闭环只为本组织的同事服务。你还不是本组织的成员，什么也没有记录；有事请找群里的同事代为登记。",
        "unpublished": "闭环还不能识别大家的身份：应用需要先发布一个版本，请联系管理员。",
        "unsupported": "这种消息我读不了，什么也没有记录。请用文字告诉我。",
        "unread": "这个按钮是以前的，我已经认不出来了，什么也没有记录。请直接告诉我要做什么。",
    },
    "en": {
        "continues": "This is long; the whole text is in the file {name} that follows.",
        "reply": "{label}: reply “{say}”",
        "reply-group": "{label}: mention me and say “{say}”",
        "likewise": ", and so for the other numbers",
        "answer-group": "Mention me when you answer; I hear nothing else here.",
        "and-more": "{title}, and {count} more",
        "sure": "Yes: {label}",
        "file": "The file {name} is in your one-to-one chat with me.",
        "outside": "Bihuan works for colleagues of this organisation only. Nothing was recorded; please ask somebody here.",
        "unpublished": "Bihuan cannot tell who is who yet: the app needs a published version. Please ask your admin.",
        "unsupported": "I cannot read messages of this kind, and nothing was recorded. Please tell me in words.",
        "unread": "This button is an old one that I no longer know, and nothing was recorded. Please tell me in words.",
    },
}


def word(near: str, sentence: str, /, **args: str) -> str:
    """One of these sentences, in the language of the words `near` it."""
    return _WORDS[language(near)][sentence].format(**args)


def language(near: str) -> str:
    """Chinese where there is a Chinese character or nothing to tell by, else English."""
    letters = [sign for sign in near if sign.isalpha()]
    return "zh" if not letters or any("\u3400" <= sign <= "\u9fff" for sign in letters) else "en"
