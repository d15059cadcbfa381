"""Texts made to be slow: the work is counted, not timed, so that a busy machine changes nothing."""

import sys
from types import FrameType

import pytest

from bot.due import DueRefused, read, split
from tests.due.given import CHINA, NOW

# One step is one call of a function, Python's or C's: about 0.1 µs to 0.5 µs. 400,000 are well under 0.2 s.
MOST = 400_000
HOSTILE = {
    "words": "word " * 1_300,
    "a closer": "前" * 4_000,
    "leads": "by " * 1_300,
    "leads and days": "by friday or " * 300,
    "weekdays": "周一" * 24,
    "dates": "12月3日" * 6,
    "impossible": "12月32日",
    "clocks": "12:30 " * 8,
    "clocks after leads": "by 12:30 12:30 12:30 12:30 12:30 12:30 12:30 " * 80,
    "colons": "截止：" * 1_000,
    "attached": "截止：周五前端" * 200,
    "hours": "截止：周五下午十点二十点三十点五点 " * 90,
    "closers": "周五前后内 " * 600,
    "hours closed": "五点十点内" * 700,
    "months": "一月一月前 " * 600,
    "ors": "周五或" * 16,
    "digits": "1" * 48,
    "blanks": " " * 100_000,
    "a million": "周五" * 500_000,
    "combining": "e\u0301" * 100_000,
    "ligatures": "\ufdfa" * 5_000,
    "surrogates": "\ud800" * 200,
    "emoji": "👨‍👩‍👧‍👦" * 1_000,
    "brackets": "(" * 24 + ")" * 24,
    "nul": "\x00周五\x00",
}


def steps(call, *args) -> int:
    """How many function calls `call` makes."""
    count = 0

    def tally(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        call(*args)
    except DueRefused:
        pass
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(autouse=True, scope="module")
def warm():
    """Patterns are compiled when first asked; that is no part of a text's cost."""
    for text in ("周五", "friday 3pm", "下午3点 周五", "x 尽快"):
        steps(read, text, NOW, CHINA)
        steps(split, text, NOW, CHINA)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("way", [read, split])
def test_no_text_is_slow(way, name):
    assert steps(way, HOSTILE[name], NOW, CHINA) <= MOST


@pytest.mark.parametrize("text", ["by friday or ", "截止：周五前端", "周五前后内 ", "word ", "12:30 "])
def test_ten_times_the_text_is_no_more_than_its_length(text):
    """Beyond the caps only the one look over the characters grows."""
    once, tenfold = (steps(split, text * n, NOW, CHINA) for n in (30, 300))
    assert tenfold - once <= 12 * len(text) * 270


def test_the_measure_sees_work():
    assert steps(sorted, range(10)) < 5
    assert steps(lambda: [len("x") for _ in range(1_000)]) > 1_000
