"""Directly said, no command, and yet as good as one: a line with somebody in it is an action item to be, words behind an
item's number are a note on it. Neither is done unasked; the card has the whole line ready to send."""

from msgspec import Struct

from bot.commands.asking import Asking
from bot.due.phrase import shadow
from bot.pattern import pattern

_ITEM = pattern(r"a\s?[-‐‑–—−]\s?(?P<number>[0-9]{1,9})(?![0-9a-z])[\s:,，、的]*(?=\S)")
_SOMEBODY = pattern(r"(?:^|[\s,，、;；由请让])@\S")


_LONGEST = 500
"""Characters; beyond it is no line that somebody forgot a word of."""


class Nearly(Struct, frozen=True):
    """`deed` is add or note, `item` the note's, `line` what would have been understood."""

    deed: str
    line: str
    item: str = ""


def nearly(asking: Asking) -> Nearly | None:
    """What the words would be as a command; None for several lines, and for what is neither."""
    said = asking.said
    text = said.text.strip() if said is not None else ""
    if not text or "\n" in text or len(text) > _LONGEST:
        return None
    low = shadow(text)
    item = _ITEM.match(low)
    if item is not None:
        label = f"A-{int(item['number'])}"
        return Nearly("note", f"/action note {label} {text[item.end() :]}", label)
    if _SOMEBODY.search(low) and len(text.split()) > 1:
        return Nearly("add", f"/action add {text}")
    return None
