"""Cards → messages of Slack: blocks within every limit, the text that notifications and screen readers get, and files.

What does not fit is never cut silently: the message then shows the beginning and the presses, and the whole text comes
as a file under it. `text` is the one place where Slack reads markup, so it is escaped.
"""

import json
from collections.abc import Iterable

from msgspec import Struct

from adapters.slack.blocks import Json, drawn, faint, title
from adapters.slack.limits import FALLBACK, MESSAGE_BLOCKS, MESSAGE_TEXT, clipped, wide
from adapters.slack.words import word
from bot.cards import Answer, Block, Buttons, Card, File, Form, Picture, Plain, Text, Toast, plain

EVENT_TYPE = "bihuan_message"
_ROOM_FOR_PRESSES = 6
_NAME_LENGTH = 40


class Message(Struct, frozen=True):
    """What one card becomes: Slack's blocks, the text beside them, and what is uploaded under the message."""

    text: str
    blocks: list[Json]
    files: tuple[File, ...] = ()


def message(card: Card, language: str, *, most: int = MESSAGE_BLOCKS, words: int = MESSAGE_TEXT) -> Message:
    """The card within `most` blocks and so many words."""
    blocks, whole = _fitted(card, language, most, words)
    files = tuple(_file(block) for block in card.blocks if isinstance(block, Picture | File))
    if whole:
        return Message(fallback(card), blocks, files)
    rest = File(f"{_name(card.title)}.txt", "text/plain", plain(card).encode())
    return Message(fallback(card), blocks, (rest, *files))


def asked(answer: Answer, language: str) -> Card:
    """Any answer as a card: what is shown where Slack has no modal at hand."""
    match answer:
        case Card():
            return answer
        case Toast():
            return _word(answer.text)
        case Form():
            return Card(answer.title, (_untitled(answer),))
        case File():
            return _word(word(language, "file-direct", name=answer.name))


def fallback(answer: Answer) -> str:
    """The whole answer in words, for notifications, search and screen readers."""
    return clipped(escaped(plain(answer)), FALLBACK).strip() or "—"


def escaped(text: str) -> str:
    """What a person wrote, where Slack reads markup: no mention, no link, no entity in it is alive."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def metadata(key: str) -> Json:
    """Marks a message as the one of this key; nothing else, because every app in the workspace may read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def key_of(found: Json) -> str:
    """The key a message of ours was marked with; empty for none."""
    marked = found.get("metadata") or {}
    payload = marked.get("event_payload") or {}
    return str(payload.get("key", "")) if marked.get("event_type") == EVENT_TYPE else ""


def as_json(value: object) -> str:
    """An argument that Slack takes as JSON in a text."""
    return json.dumps(value, ensure_ascii=False)


def words_of(blocks: Iterable[Json]) -> int:
    """Characters that people read in these blocks."""
    return sum(wide(text) for block in blocks for text in _texts(block))


def _fitted(card: Card, language: str, most: int, words: int) -> tuple[list[Json], bool]:
    """As many blocks as fit, in order; when not all do, the notice and the last presses take the end."""
    groups = [(None, title(card.title)), *((block, drawn(block, language)) for block in card.blocks)]
    every = [one for _, group in groups for one in group]
    if len(every) <= most and words_of(every) <= words:
        return every or title("—"), True
    presses = [one for block, group in groups if isinstance(block, Buttons) for one in group][-_ROOM_FOR_PRESSES:]
    shown = _beginning(groups, most - 1 - len(presses), words - words_of(presses))
    notice = faint(word(language, "continues", name=f"{_name(card.title)}.txt"))
    return [*shown, *notice, *presses], False


def _beginning(groups: list[tuple[Block | None, list[Json]]], most: int, words: int) -> list[Json]:
    shown: list[Json] = []
    for block, group in groups:
        for one in () if isinstance(block, Buttons) else group:
            words -= words_of([one])
            if len(shown) >= most or words < 0:
                return shown
            shown.append(one)
    return shown


def _word(text: str) -> Card:
    """A short word: no headline."""
    return Card("", (Text((Plain(text),)),))


def _untitled(form: Form) -> Form:
    return Form("", form.command, form.fields, form.submit, form.note, form.example, form.version)


def _file(block: Picture | File) -> File:
    return File(block.name, block.media_type, block.content)


def _name(title: str) -> str:
    """A file's name of the message's title."""
    kept = "".join(sign if sign.isalnum() or sign in "-_ " else " " for sign in title)
    return " ".join(kept.split())[:_NAME_LENGTH].strip() or "text"


def _texts(part: object) -> Iterable[str]:
    if isinstance(part, dict):
        text = part.get("text")
        if isinstance(text, str):
            yield text
        for key, inner in part.items():
            if key != "value" and isinstance(inner, dict | list):
                yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)
