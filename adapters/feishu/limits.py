"""Feishu's limits (platform sheet 3.3, 4.1) and how words are brought within them: cut between characters, never lost."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

CARD_BYTES = 27_000
"""Of the 30 KB that a card may have; the rest is for the words of ours that are added at the end."""
WHOLE_BYTES = 30_000
"""The whole card, in all its languages."""
CARD_NODES = 180
"""Of 200 components and texts."""
PIECE = 1_500
TITLE = 120
SUMMARY = 100
LABEL = 60
INPUT = 1_000
OPTIONS = 100
TABLES = 5
CHARTS = 5
COLUMNS = 50
URL = 2_000
FILE_BYTES = 30_000_000
IMAGE_BYTES = 10_000_000
UUID = 50

_JOINER = "\u200d"


def pieces(text: str, limit: int = PIECE) -> Iterator[str]:
    """The text in pieces of at most `limit`, cut at a line's end where one is near, else between whole characters."""
    while len(text) > limit:
        line = text.rfind("\n", limit * 4 // 5, limit)
        end = line + 1 if line > 0 else whole(text, limit)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def clipped(text: str, limit: int) -> str:
    """The beginning with … where it is longer; whoever clips shows the whole elsewhere."""
    return text if len(text) <= limit else text[: whole(text, limit - 1)].rstrip() + "…"


def whole(text: str, end: int) -> int:
    """The nearest place before `end` that does not stand within one character as people see it."""
    place = end
    while 0 < place < len(text) and end - place < 40 and _bound(text[place - 1], text[place]):
        place -= 1
    return place if place > 0 and end - place < 40 else end


def weight(elements: Iterable[Any]) -> int:
    """Bytes of these as JSON."""
    return sum(len(written(one).encode()) + 1 for one in elements)


def nodes(tree: object) -> int:
    """Components and texts in it, as Feishu counts them."""
    if isinstance(tree, dict):
        return ("tag" in tree) + sum(nodes(inner) for name, inner in tree.items() if name != "value")
    return sum(nodes(inner) for inner in tree) if isinstance(tree, list | tuple) else 0


def written(tree: object) -> str:
    """As JSON, with nothing that need not be there."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _bound(before: str, after: str) -> bool:
    joined = _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Cf")
    return joined or "\U0001f3fb" <= after <= "\U0001f3ff" or "\U0001f1e6" <= after <= "\U0001f1ff"
