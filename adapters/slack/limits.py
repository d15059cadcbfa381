"""Slack's limits (platform sheet 3.1) and how words are brought within them: cut apart between characters, never lost.

Numbers are characters; where Slack counts differently (UTF-16), ours are below its own, so that emoji fit too.
"""

import unicodedata
from collections.abc import Iterator

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 11_000
"""Words in all blocks of one message together; what is longer continues in a file (`msg_blocks_too_long` has no number)."""
VIEW_TEXT = 40_000
SECTION = 2_900
HEADER = 150
FALLBACK = 3_900
"""Top-level text; an update refuses more than 4,000."""
BUTTON = 75
VALUE = 2_000
OPTION = 75
OPTIONS = 100
LABEL = 2_000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_WORD = 100, 300, 30
VIEW_TITLE = 24
METADATA = 3_000
INPUT = 3_000
ACTIONS = 25
NAME = 255

_JOINER = "\u200d"


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit`, cut at a line's end where one is near, else between whole characters."""
    while wide(text) > limit:
        end = _end(text, limit)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def clipped(text: str, limit: int) -> str:
    """The beginning with … where it is longer; whoever clips shows the whole elsewhere."""
    if wide(text) <= limit:
        return text
    return text[: _whole(text, _fitting(text, limit - 1))].rstrip() + "…"


def wide(text: str) -> int:
    """The length as Slack's clients count it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(sign > "\uffff" for sign in text)


def _end(text: str, limit: int) -> int:
    most = _fitting(text, limit)
    line = text.rfind("\n", most * 4 // 5, most)
    return line + 1 if line > 0 else _whole(text, most)


def _fitting(text: str, limit: int) -> int:
    """How many characters fit."""
    end = min(len(text), limit)
    while wide(text[:end]) > limit:
        end -= max(1, (wide(text[:end]) - limit) // 2)
    return end


def _whole(text: str, end: int) -> int:
    """The nearest place before `end` that does not stand within one character as people see it."""
    place = end
    while 0 < place < len(text) and end - place < 40 and _bound(text[place - 1], text[place]):
        place -= 1
    return place if place > 0 and end - place < 40 else end


def _bound(before: str, after: str) -> bool:
    joined = _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Cf")
    return joined or "\U0001f3fb" <= after <= "\U0001f3ff" or "\U0001f1e6" <= after <= "\U0001f1ff"
