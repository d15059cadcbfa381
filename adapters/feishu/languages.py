"""One card in every language: drawn once for each reading, then its texts laid over each other as `i18n_content`, of which
each reader's client picks its own (platform sheet 4.8).

Only texts may differ. Where anything else does (a press that sends another line, another number of lines), the cards do
not fit over each other and the workplace's own language is sent alone. Tables and charts have one language (sheet 4.8).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from adapters.feishu.parts import Json
from bot.cards import Block, Card, Chart, File, Picture
from bot.pattern import pattern

CODES: dict[str, tuple[str, ...]] = {"zh-Hans": ("zh_cn",), "zh-Hant": ("zh_tw", "zh_hk"), "en": ("en_us",)}
"""What Feishu calls the languages of the bot's catalogues: all of them, so that a card's own is the one not among its readings."""
_NUMBER = pattern(r"\d+")
_TRANSLATED = {"content": "i18n_content", "default_value": "i18n_default_value"}
"""Where a language can stand beside another."""


class Different(Exception):
    """The cards do not fit over each other."""


def readings(card: Card) -> dict[str, Card]:
    """The card by language, its own first; empty where it has only one, or it cannot be told which its own is. What can
    have but one language is the same in all of them."""
    others = dict(card.readings)
    own = [language for language in CODES if language not in others]
    if not others or len(own) != 1 or not others.keys() <= CODES.keys():
        return {}
    every = {own[0]: replace(card, readings=()), **others}
    if len({len(one.blocks) for one in every.values()}) > 1:
        return every
    places = [_alike(blocks) for blocks in zip(*(one.blocks for one in every.values()), strict=True)]
    return {
        language: replace(one, blocks=tuple(blocks[place] for blocks in places))
        for place, (language, one) in enumerate(every.items())
    }


def laid(drawn: Mapping[str, Json]) -> Json | None:
    """The cards by language (the first is the one that everybody else reads) as one; None when they do not fit."""
    try:
        card: Json = _over(list(drawn), list(drawn.values()))
    except Different:
        return None
    return card


def _alike(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of one place in each language: files are the card's own, sent once, and bars are named by the number that
    all their names have (第47周, W47: 47), for a chart's words have one language."""
    first, charts = blocks[0], [one for one in blocks if isinstance(one, Chart)]
    if all(isinstance(one, File) for one in blocks):
        return (first,) * len(blocks)
    if isinstance(first, Picture):
        return tuple(replace(first, alt=one.alt) if isinstance(one, Picture) else one for one in blocks)
    if len(charts) == len(blocks) and (names := _names(charts)):
        return tuple(_named(one, names) for one in charts)
    return blocks


def _names(charts: Sequence[Chart]) -> list[str]:
    """What the bars can be called in every language; nothing where there is no such name for one."""
    called = [{bar.label for bar in bars} for bars in zip(*(one.bars for one in charts), strict=False)]
    names = [next(iter(labels)) if len(labels) == 1 else _number(labels) for labels in called]
    known = all(names) and len(set(names)) == len(names)
    return names if known and len({len(one.bars) for one in charts}) == 1 else []


def _number(labels: set[str]) -> str:
    """The number in all of these; empty where there is none, or more than one."""
    numbers = {tuple(_NUMBER.findall(label)) for label in labels}
    found = numbers.pop()
    return found[0] if not numbers and len(found) == 1 else ""


def _named(chart: Chart, names: Sequence[str]) -> Chart:
    bars = zip(chart.bars, names, strict=True)
    return replace(chart, bars=tuple(replace(bar, label=name) for bar, name in bars))


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
