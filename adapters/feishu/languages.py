"""One card in every language: drawn once for each reading, then its texts laid over each other as `i18n_content`, of which
each reader's client picks its own (platform sheet 4.8).

Only texts may differ. Where anything else does (a press that sends another line, another number of lines, a cell of a
table, which has one language), the cards do not fit over each other and the workplace's own language is sent alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.feishu.parts import Json
from bot.cards import Block, Card, File, Picture

CODES: dict[str, tuple[str, ...]] = {"zh-Hans": ("zh_cn",), "zh-Hant": ("zh_tw", "zh_hk"), "en": ("en_us",)}
"""What Feishu calls the languages of the bot's catalogues: all of them, so that a card's own is the one not among its readings."""
_TRANSLATED = {"content": "i18n_content", "default_value": "i18n_default_value"}
"""Where a language can stand beside another."""


class Different(Exception):
    """The cards do not fit over each other."""


def readings(card: Card) -> dict[str, Card]:
    """The card by language, its own first; empty where it has only one, or it cannot be told which its own is. Files are
    the card's own in every reading: they are sent once."""
    others = dict(card.readings)
    own = [language for language in CODES if language not in others]
    if not others or len(own) != 1 or not others.keys() <= CODES.keys():
        return {}
    alone = replace(card, readings=())
    return {own[0]: alone, **{language: _with_files_of(alone, one) for language, one in others.items()}}


def laid(drawn: Mapping[str, Json]) -> Json | None:
    """The cards by language (the first is the one that everybody else reads) as one; None when they do not fit."""
    try:
        card: Json = _over(list(drawn), list(drawn.values()))
    except Different:
        return None
    return card


def _with_files_of(own: Card, reading: Card) -> Card:
    if len(own.blocks) != len(reading.blocks):
        return reading
    pairs = zip(own.blocks, reading.blocks, strict=True)
    return replace(reading, blocks=tuple(_file_of(mine, theirs) for mine, theirs in pairs))


def _file_of(mine: Block, theirs: Block) -> Block:
    match mine, theirs:
        case File(), File():
            return mine
        case Picture(), Picture():
            return replace(mine, alt=theirs.alt)
        case _:
            return theirs


def _over(languages: Sequence[str], trees: Sequence[Any]) -> Any:
    first = trees[0]
    if all(tree == first for tree in trees[1:]):
        return first
    match first:
        case dict() if all(isinstance(tree, dict) and tree.keys() == first.keys() for tree in trees):
            return _texts(languages, trees)
        case list() if all(isinstance(tree, list) and len(tree) == len(first) for tree in trees):
            return [_over(languages, parts) for parts in zip(*trees, strict=True)]
        case _:
            raise Different


def _texts(languages: Sequence[str], trees: Sequence[Json]) -> Json:
    """An object, with the languages of its text beside it."""
    made: Json = {}
    for name, own in trees[0].items():
        said = [tree[name] for tree in trees]
        beside = _TRANSLATED.get(name)
        if beside is None or beside in trees[0] or all(one == own for one in said):
            made[name] = _over(languages, said)
        else:
            made |= {
                name: own,
                beside: {code: one for language, one in zip(languages, said, strict=True) for code in CODES[language]},
            }
    return made
