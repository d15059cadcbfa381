"""The text people send as Feishu sends it: keys like `@_user_1` become names, rich text becomes lines.

People are known by the open id that comes with a key, never by the name that does; the name is only shown.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from bot.pattern import pattern

Json = dict[str, Any]

_KEY = pattern(r"@_(?:user_\d+|all)")
_AFTER_CALL = pattern(r"[ \t\u3000\xa0,，:：]*")
READ = ("text", "post")
FILES = ("file", "image", "media", "audio")


class Spoken(Struct, frozen=True):
    """What was typed: `text` with names after an @, `mentions` (open ids, in order, once each), `called`: the bot was;
    `files`: names of what came along."""

    text: str
    mentions: tuple[str, ...] = ()
    called: bool = False
    files: tuple[str, ...] = ()


def spoken(kind: str, content: str, mentions: Iterable[Json], bot: str) -> Spoken:
    """`kind` and `content` are the message's, `bot` our open id. Raises ValueError for content that is none."""
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("no content")
    known = {str(one.get("key")): one for one in mentions}
    text, called, met = _named(_text(kind, found), known, bot)
    return Spoken(text.strip() if called else text, tuple(dict.fromkeys(met)), called, _files(kind, found))


def _named(text: str, known: Mapping[str, Json], bot: str) -> tuple[str, bool, list[str]]:
    """Keys replaced: ours is taken out, others become names."""
    said: list[str] = []
    met: list[str] = []
    called, place = False, 0
    for key in _KEY.finditer(text):
        said.append(text[place : key.start()])
        place = key.end()
        who = known.get(key[0], {})
        id = str((who.get("id") or {}).get("open_id") or "") if isinstance(who.get("id"), dict) else ""
        if id and id == bot:
            called = True
            after = _AFTER_CALL.match(text, place)
            place = after.end() if after else place
            continue
        met += [id] if id else []
        said.append("@所有人" if key[0] == "@_all" else f"@{who.get('name') or key[0][1:]}")
    return "".join([*said, text[place:]]), called, met


def _text(kind: str, content: Json) -> str:
    if kind == "text":
        return str(content.get("text") or "")
    if kind != "post":
        return ""
    lines = ["".join(_part(part) for part in line) for line in content.get("content") or ()]
    title = str(content.get("title") or "")
    return "\n".join([*([title] if title else []), *lines])


def _part(part: Json) -> str:
    match part.get("tag"):
        case "at":
            return str(part.get("user_id") or "")
        case "a":
            text, url = str(part.get("text") or ""), str(part.get("href") or "")
            return url if text in ("", url) else f"{text} {url}"
        case "text" | "md" | "code_block":
            return str(part.get("text") or "")
        case "emotion":
            return f"[{part.get('emoji_type') or ''}]"
        case _:
            return ""


def _files(kind: str, content: Json) -> tuple[str, ...]:
    if kind in FILES:
        return (str(content.get("file_name") or content.get("file_key") or content.get("image_key") or kind),)
    parts = [part for line in content.get("content") or () if isinstance(line, list) for part in line]
    return tuple(str(part["image_key"]) for part in parts if part.get("tag") == "img" and part.get("image_key"))
