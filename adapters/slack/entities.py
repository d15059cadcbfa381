"""The text people type as Slack sends it: `<@U…>`, `<#C…|name>`, `<https://…|words>` and `&amp;` become words again.

People are known by their ids, never by the label that comes along; the label is only shown where nobody is known.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from bot.pattern import pattern

_TOKEN = pattern(
    r"<(?P<what>@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!subteam\^S[A-Z0-9]+|!here|!channel|!everyone|!date\^[^>|]+"
    r"|(?:https?|mailto|tel):[^>|]+)(?:\|(?P<label>[^>]*))?>",
    re.IGNORECASE,
)
_AFTER_CALL = pattern(r"[ \t\u3000\xa0,，:：]*")


class Spoken(Struct, frozen=True):
    """What was typed: `text` with names after an @, `mentions` (user ids, in order, once each), `called`: the bot was."""

    text: str
    mentions: tuple[str, ...] = ()
    called: bool = False


def people_in(text: str) -> tuple[str, ...]:
    """The user ids mentioned, in order, once each."""
    return tuple(dict.fromkeys(one[1:] for one in _whats(text) if one[0] == "@"))


def groups_in(text: str) -> tuple[str, ...]:
    """The ids of the user groups mentioned."""
    return tuple(dict.fromkeys(one.partition("^")[2] for one in _whats(text) if one.startswith("!subteam^")))


def spoken(text: str, bot: str, names: Mapping[str, str], groups: Mapping[str, tuple[str, ...]]) -> Spoken:
    """`bot` is the bot's user id; `names` by user id; `groups`: the members of user groups, who are mentioned one by
    one."""
    said: list[str] = []
    mentions: list[str] = []
    called, place = False, 0
    for token in _TOKEN.finditer(text):
        said.append(unescaped(text[place : token.start()]))
        place = token.end()
        what, label = token["what"], unescaped(token["label"] or "")
        if what == f"@{bot}":
            called = True
            place = _past_call(text, place)
            continue
        meant = _people(what, groups)
        mentions += meant
        said.append(_words(what, label, meant, names))
    said.append(unescaped(text[place:]))
    whole = "".join(said)
    return Spoken(whole.strip() if called else whole, tuple(dict.fromkeys(mentions)), called)


def unescaped(text: str) -> str:
    """Slack's three entities; the ampersand last, so that `&amp;lt;` stays what was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _whats(text: str) -> list[str]:
    return [token["what"] for token in _TOKEN.finditer(text)]


def _people(what: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if what.startswith("@"):
        return (what[1:],)
    return groups.get(what.partition("^")[2], ()) if what.startswith("!subteam^") else ()


def _words(what: str, label: str, meant: tuple[str, ...], names: Mapping[str, str]) -> str:
    """What stands in the text for it."""
    if what.startswith("@"):
        return f"@{names.get(what[1:]) or label or what[1:]}"
    if what.startswith("!subteam^"):
        return " ".join(f"@{names.get(one) or one}" for one in meant) or label or "@" + what.partition("^")[2]
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        return label or f"@{what[1:]}"
    return _link(unescaped(what), label)


def _link(url: str, label: str) -> str:
    """The words alone where Slack made the link of them; else both."""
    scheme, _, bare = url.partition(":")
    if not label or label == url:
        return bare if scheme in ("mailto", "tel") else url
    made = label.rstrip("/") in (url.rstrip("/"), bare.removeprefix("//").rstrip("/"))
    return label if made else f"{label} {url}"


def _past_call(text: str, place: int) -> int:
    found = _AFTER_CALL.match(text, place)
    return found.end() if found else place
