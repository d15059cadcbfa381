"""Cards → cards of schema 2.0 within every limit, in every language they have, what phones show of them, and the files that
go along.

What does not fit is never cut silently: the card then shows the beginning and the presses, and the whole text comes as a
file after it.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from adapters.feishu.blocks import drawn, picture
from adapters.feishu.languages import laid, readings
from adapters.feishu.limits import (
    CARD_BYTES,
    CARD_NODES,
    CHARTS,
    SUMMARY,
    TABLES,
    TITLE,
    WHOLE_BYTES,
    clipped,
    nodes,
    weight,
)
from adapters.feishu.parts import Json, Scene, ours, plain_text, words
from adapters.feishu.words import plain as plain_words
from adapters.shown import as_card
from bot.cards import Answer, Block, Buttons, Card, Chart, File, Form, Picture, Table, Toast, plain

_TEMPLATES = {"neutral": "blue", "good": "green", "warn": "orange", "bad": "red"}
_TONES = {"neutral": "info", "good": "success", "warn": "warning", "bad": "error"}
_NAME_LENGTH = 40
_PRESSES = 2


class Message(Struct, frozen=True):
    """What one card becomes: Feishu's, and what is sent after it."""

    card: Json
    files: tuple[File, ...] = ()


def message(card: Card, scene: Scene) -> Message:
    """The card within 30 KB, 200 nodes and five tables; forms only one, as their fields' names are the card's. With
    `readings` in every language, where they fit over each other: tables and charts in words if they must, for a cell has
    one language."""
    every = readings(card)
    for way in (scene, replace(scene, in_words=True)) if every else ():
        made = _in_every_language(every, way)
        if made is not None:
            return made
    return _alone(card, scene)


def _in_every_language(every: Mapping[str, Card], scene: Scene) -> Message | None:
    drawn = {language: _alone(card, scene) for language, card in every.items()}
    first, *others = drawn.values()
    card = laid({language: one.card for language, one in drawn.items()})
    if card is None or any(one.files != first.files for one in others) or weight([card]) > WHOLE_BYTES:
        return None
    return Message(card, first.files)


def _alone(card: Card, scene: Scene) -> Message:
    """In its one language."""
    elements, whole = _fitted(card, scene)
    files = tuple(_file(block) for block in card.blocks if _follows(block))
    if not whole:
        files = (File(f"{_name(card.title)}.txt", "text/plain", plain(card).encode()), *files)
    return Message(_card(card, elements), files)


def bare(card: Card) -> Message:
    """The card in words alone, for one that Feishu does not take: nothing in it can be wrong."""
    text = plain(card)
    file = File(f"{_name(card.title)}.txt", "text/plain", text.encode())
    shown = words(clipped(text, 2_000)) or words("—")
    return Message(_card(replace(card, title=""), shown), (file,) if len(text) > 2_000 else ())


def asked(answer: Answer) -> Card:
    """Any answer as a card."""
    return as_card(answer, lambda file: plain_words("file-direct", name=file.name))


def toast(answer: Answer) -> Json:
    """The first line of an answer, as it pops up after a press."""
    tone = answer.tone if isinstance(answer, Card | Toast) else "neutral"
    return {"type": _TONES[tone], "content": clipped(plain(answer).partition("\n")[0], SUMMARY) or "—"}


def pictures(card: Card) -> list[Picture]:
    """What is uploaded before the card is drawn."""
    return [block for block in card.blocks if isinstance(block, Picture) and picture(block)]


def _card(card: Card, elements: list[Json]) -> Json:
    title = clipped(" ".join(card.title.split()), TITLE)
    made: Json = {
        "schema": "2.0",
        "config": {
            "update_multi": True, "enable_forward_interaction": False, "width_mode": "fill",
            "summary": {"content": clipped(" ".join((card.title.strip() or plain(card)).split()), SUMMARY) or "—"},
        },
    }  # fmt: skip
    if title:
        made["header"] = {"title": plain_text(title), "template": _TEMPLATES[card.tone]}
    made["body"] = {"elements": elements or ([] if title else words("—"))}
    return made


def _fitted(card: Card, scene: Scene) -> tuple[list[Json], bool]:
    """As many components as fit, in order; when not all do, the notice and the last presses take the end."""
    groups: list[tuple[Block | None, list[Json]]] = [(None, _long_title(card.title))]
    groups += [(block, drawn(block, scene)) for block in _blocks(card)]
    every = [one for _, group in groups for one in group]
    if len(_blocks(card)) == len(card.blocks) and _fits(every, CARD_BYTES, CARD_NODES):
        return every, True
    presses = [one for block, group in groups if isinstance(block, Buttons) for one in group][-_PRESSES:]
    presses = presses if _fits(presses, CARD_BYTES // 2, CARD_NODES // 2) else []
    shown = _beginning(groups, CARD_BYTES - weight(presses) - 1_000, CARD_NODES - nodes(presses) - 2)
    return [*shown, *ours("continues", name=f"{_name(card.title)}.txt"), *presses], False


def _blocks(card: Card) -> list[Block]:
    """What can stand in one card: five tables, five charts, one form."""
    left: dict[type[Block], int] = {Table: TABLES, Chart: CHARTS, Form: 1}
    kept: list[Block] = []
    for block in card.blocks:
        if type(block) in left:
            left[type(block)] -= 1
        if left.get(type(block), 0) >= 0:
            kept.append(block)
    return kept


def _fits(elements: Iterable[Json], most_bytes: int, most_nodes: int) -> bool:
    every = list(elements)
    return weight(every) <= most_bytes and nodes(every) <= most_nodes


def _beginning(groups: list[tuple[Block | None, list[Json]]], left: int, room: int) -> list[Json]:
    shown: list[Json] = []
    for block, group in groups:
        for one in () if isinstance(block, Buttons) else group:
            left, room = left - weight([one]), room - nodes(one)
            if left < 0 or room < 0:
                return shown
            shown.append(one)
    return shown


def _long_title(title: str) -> list[Json]:
    """A title that a header does not hold stands whole below it."""
    return words(title) if len(" ".join(title.split())) > TITLE else []


def _follows(block: Block) -> bool:
    """Whether it is sent as a file: also a picture of a kind that Feishu does not show."""
    return isinstance(block, File) or (isinstance(block, Picture) and not picture(block))


def _file(block: Block) -> File:
    assert isinstance(block, Picture | File)
    return File(block.name, block.media_type, block.content)


def _name(title: str) -> str:
    """A file's name of the message's title."""
    kept = "".join(sign if sign.isalnum() or sign in "-_ " else " " for sign in title)
    return " ".join(kept.split())[:_NAME_LENGTH].strip() or "text"
