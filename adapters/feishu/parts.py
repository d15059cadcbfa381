"""What every card is made of: texts as components of schema 2.0, and the scene that a card is drawn for."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from adapters.feishu.limits import pieces
from adapters.feishu.words import said

Json = dict[str, Any]


class Scene(Struct, frozen=True):
    """Where a card is shown: in `room` (its id, empty for the direct conversation). `images` are the keys of pictures that
    were uploaded, by their name; `accounts` the open ids of who can be picked, by name; `people` False: nobody is named
    by an id; `own`: a form is the whole card, for one person; `in_words`: tables and charts are lines of text."""

    room: str = ""
    images: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    people: bool = True
    own: bool = False
    in_words: bool = False


def plain_text(text: str) -> Json:
    """Words as they are."""
    return {"tag": "plain_text", "content": text}


def words(text: str, **style: str) -> list[Json]:
    """Paragraphs of words as they are."""
    return [
        {"tag": "div", "text": {**plain_text(piece.strip("\n")), **style}} for piece in pieces(text) if piece.strip()
    ]


def faint(text: str) -> list[Json]:
    """Words of second rank."""
    return words(text, text_size="notation", text_color="grey")


def ours(sentence: str, /, **args: str) -> list[Json]:
    """Words of the adapter's own, each reader's language."""
    text = {"tag": "plain_text", **said(sentence, **args), "text_size": "notation", "text_color": "grey"}
    return [{"tag": "div", "text": text}]


def marked(text: str) -> Json:
    """One markdown component."""
    return {"tag": "markdown", "content": text}
