"""Spans → card markdown in which nothing that a person wrote is markup: every sign that could act becomes an entity.

One image, one `<at id=all>`, one made-up open_id in what somebody typed would otherwise reject the whole card or call the
whole company (platform sheet 3.1, RELIABILITY A4 rows 28 and 29).
"""

import re
from collections.abc import Iterable
from typing import assert_never
from urllib.parse import quote

from adapters.feishu.limits import URL
from bot.cards import Code, Faint, Link, Mention, Moment, Plain, Span, Strong, words
from bot.pattern import pattern

MESSENGER = "feishu"
_ACTS = pattern(r"[\\`*_~\[\]<>&|#$]|(?<![^\n])[ \t]*[-+=]|(?<=[-=])[-=]|:(?=\w+:)")
"""Signs that could act where they stand; others stay, for readers of the raw text and for the card's size."""
_NUMBERED = pattern(r"(?m)^(\s*\d+)([.)])")
_LEADING = pattern(r"(?m)^[ \t]+")
_SCHEMES = ("http://", "https://")
_BREAK = "<br>"
_NOTHING = "\u200b"
_FORMS = {"time": ("time",), "day": ("date_short", "week_short", "time")}
"""11月27日 周五 15:00: a day carries its weekday."""


def markdown(spans: Iterable[Span], *, people: bool = True, local: bool = False) -> str:
    """`people` False: mentions are only names, for a card that one of them has spoilt. `local`: moments are shown in each
    reader's zone."""
    return "".join(_moment(span) if local and isinstance(span, Moment) else _span(span, people) for span in spans)


def escaped(text: str) -> str:
    """What a person wrote, shown as written."""
    text = _ACTS.sub(_entities, text.replace("\r\n", "\n"))
    text = _NUMBERED.sub(lambda found: found[1] + _entity(found[2]), text)
    text = _LEADING.sub(_entities, text)
    return text.replace("\n", _BREAK)


def _entities(found: re.Match[str]) -> str:
    return "".join(_entity(sign) for sign in found[0])


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def strong(text: str) -> str:
    """Bold. Beside another letter, stars do not act on an inner sign that is no letter: something that is nothing goes
    between them."""
    if not text.strip():
        return escaped(text)
    inner = text.strip()
    before, after = ("" if inner[place].isalnum() else _NOTHING for place in (0, -1))
    lead, _, trail = text.partition(inner)
    return f"{escaped(lead)}**{before}{escaped(inner)}{after}**{escaped(trail)}"


def link(text: str, url: str) -> str:
    """A link, or (an address that Feishu would not open) its words."""
    if not safe(url):
        return escaped(words((Link(text, url),)))
    return f"[{escaped(text or url)}]({quote(url, safe='/:?#@!$+,;=%&~-._').replace('&', '&amp;')})"


def safe(url: str) -> bool:
    """Whether a link may lead there."""
    return url.lower().startswith(_SCHEMES) and len(url) <= URL and not any(sign.isspace() for sign in url)


def is_id(text: str, kind: str) -> bool:
    """Whether this looks like one of Feishu's ids of this kind (ou, oc, om)."""
    return text.startswith(f"{kind}_") and len(text) <= 100 and text.replace("_", "").isalnum() and text.isascii()


def _span(span: Span, people: bool) -> str:
    match span:
        case Plain() | Moment():
            return escaped(span.text)
        case Faint():
            return f"<font color='grey'>{escaped(span.text)}</font>" if span.text.strip() else escaped(span.text)
        case Strong():
            return strong(span.text)
        case Code():
            return _code(span.text)
        case Link():
            return link(span.text, span.url)
        case Mention():
            return _mention(span, people)
        case _:
            assert_never(span)


def _moment(moment: Moment) -> str:
    """Each part has a tag of its own; the client knows its reader's zone and language."""
    stamp = int(moment.at.timestamp() * 1_000)
    tags = (
        f"<local_datetime millisecond='{stamp}' format_type='{form}'></local_datetime>" for form in _FORMS[moment.shows]
    )
    return " ".join(tags)


def _code(text: str) -> str:
    """A line to type; code cannot hold its own sign, and is not read for entities."""
    if "`" in text or "\n" in text or not text.strip():
        return escaped(text)
    return f"`{text}`"


def _mention(span: Mention, people: bool) -> str:
    account = span.account
    if people and account is not None and account.messenger == MESSENGER and is_id(account.user_id, "ou"):
        return f"<at id={account.user_id}></at>"
    return escaped(f"@{span.name}")
