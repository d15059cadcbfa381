"""What people say to be polite, directly to the bot and to no question of its own: a greeting or an `收到` is shown what waits,
thanks need no answer; to a question, `算了` ends it. Anything more than the phrase is not taken for it."""

from bot.due.phrase import shadow
from bot.pattern import pattern

_POLITE = 80
"""Characters."""
_AROUND = pattern(r"^[\W_]+|[\W_]+$")
_GREETINGS = frozenset({
    "你好", "您好", "你好呀", "你好啊", "大家好", "嗨", "早", "早上好", "下午好", "晚上好", "在吗", "在嗎", "在么",
    "hi", "hello", "hey", "hi there", "hello there", "good morning", "good afternoon",
    "收到", "好的", "好", "好吧", "好嘞", "嗯", "行", "可以", "没问题", "沒問題", "知道了", "明白", "明白了", "了解",
    "got it", "noted", "sure", "all right", "alright", "will do", "okay", "understood",
})  # fmt: skip
_THANKS = frozenset({
    "谢谢", "謝謝", "谢谢你", "謝謝你", "多谢", "多謝", "感谢", "感謝", "辛苦了", "再见", "拜拜",
    "thanks", "thank you", "thanks a lot", "many thanks", "thx", "ta", "cheers", "bye",
})  # fmt: skip
_GIVING_UP = frozenset({
    "算了", "算了吧", "不用了", "不填了", "先不填了", "不要了", "取消", "退出", "作罢", "作罷",
    "never mind", "nevermind", "forget it", "cancel", "quit", "exit", "stop",
})  # fmt: skip


def greets(text: str) -> bool:
    """A greeting, or a word that one has read: whoever means by it to take something on sees that it still waits."""
    return _bare(text) in _GREETINGS


def thanks(text: str) -> bool:
    """Thanks or a goodbye; to answer would be noise (VOICE rule 4)."""
    return _bare(text) in _THANKS


def gives_up(text: str) -> bool:
    """To a form that was asked: one leaves it unanswered."""
    return _bare(text) in _GIVING_UP


def _bare(text: str) -> str:
    """Without the marks and pictures around it: `谢谢！🙏`; nothing of what is too long to be only polite, as commands are."""
    return _AROUND.sub("", shadow(text)).strip() if len(text) <= _POLITE else ""
