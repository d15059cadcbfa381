"""Chinese in its scripts: what is typed in Traditional characters, as in Taiwan or Hong Kong, means what it means in Simplified."""

from functools import cache

import pytest
from opencc import OpenCC

from bot.due import DueRefused, split
from tests.due.given import CHINA, NOW, answer, rows

SCRIPTS = ("s2t", "s2tw", "s2hk", "s2twp")
CHINESE = sorted(
    {row["text"] for name in ("phrases.json", "further.json") for row in rows(name) if not row["text"].isascii()}
)
LINES = [
    "周五前发给大家",
    "5个工作日内 联系10个客户",
    "截止：下周一 写周报",
    "尽快修复登录问题",
    "请在月底前完成",
    "两天内部评审",
    "三天后端开发",
]


@cache
def converter(script: str) -> OpenCC:
    return OpenCC(script)


def outcome(text: str) -> tuple[str, str]:
    """The title in its plain characters and the day, or the refusal."""
    try:
        title, due = split(text, NOW, CHINA)
    except DueRefused as refused:
        return "", refused.kind
    return title, str(due and due.day)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_phrase_means_the_same_in_every_script(script):
    written = {text: converter(script).convert(text) for text in CHINESE}
    assert {text: answer(spelling) for text, spelling in written.items()} == {text: answer(text) for text in written}


@pytest.mark.parametrize("script", SCRIPTS[:3])
@pytest.mark.parametrize("text", LINES)
def test_a_line_is_split_the_same_in_every_script(text, script):
    convert = converter(script).convert
    title, day = outcome(text)
    assert outcome(convert(text)) == (convert(title), day)
