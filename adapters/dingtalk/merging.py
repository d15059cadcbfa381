"""Several cards for one person → one card that says all of it: what the end of a month's calls is saved by.

Each keeps its own title and words, the worst first; each press says by its number what it is about.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from adapters.dingtalk.outgoing import Rung, shown
from adapters.dingtalk.words import word
from bot.cards import Block, Button, Buttons, Card, Divider, File, Form, Picture, Strong, Text
from bot.pattern import pattern

_WORST_FIRST = ("bad", "warn", "neutral", "good")
_NUMBER = pattern(r"[A-Z]-\d+")


def merges(card: Card) -> bool:
    """Whether this card may stand in another: nothing that disturbs on purpose, nothing that is sent beside it, no question
    that the next words answer."""
    return not card.urgent and not any(isinstance(block, File | Picture | Form) for block in card.blocks)


def merged(cards: Sequence[Card]) -> Card:
    """One card of several. The title is that of the worst, and says how many more there are."""
    first, *others = sorted(cards, key=lambda card: _WORST_FIRST.index(card.tone))
    title = word(first.title, "and-more", title=first.title, count=str(len(others)))
    blocks = [block for card in (first, *others) for block in (Divider(), *_part(card))]
    return Card(title, tuple(blocks[1:]), first.tone)


def fits(cards: Sequence[Card], rung: Rung) -> bool:
    """Whether they go as one without anything that would have to follow as a file."""
    return not shown(merged(cards), rung, direct=True).files


def _part(card: Card) -> list[Block]:
    return [Text((Strong(card.title),)), *(_numbered(block) for block in card.blocks)]


def _numbered(block: Block) -> Block:
    if not isinstance(block, Buttons):
        return block
    return Buttons(tuple(_with_number(button) for button in block.buttons))


def _with_number(button: Button) -> Button:
    """Its label with the number of what it is about, where that does not stand in it."""
    number = _NUMBER.search(button.command)
    told = number is None or number[0] in button.label
    return button if told or number is None else replace(button, label=f"{button.label} {number[0]}")
