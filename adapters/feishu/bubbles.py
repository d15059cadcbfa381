"""Follow-up bubbles: what is likeliest said next, to be tapped under the newest direct message (platform sheet 2.3).

They stand where a card offers nothing to press but help: first words, help itself, what was not understood. A card with
presses of its own has what it needs, and a form is filled in where it stands. Feishu takes them away when something newer
comes. A tap sends the words as if they were typed; `line` knows them again in every language.
"""

import structlog

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json
from adapters.feishu.incoming import MENU
from adapters.feishu.words import said
from bot.cards import Block, Button, Buttons, Card, Form, Items
from bot.errors import Delivery

log = structlog.get_logger()

OFFERED = ("waiting", "my_items", "new_action")
"""By the event keys of the bot's menu, the likeliest first; Feishu takes three."""
_HELP = "/help"
_LINES = {
    spoken: MENU[key]
    for key in OFFERED
    for text in (said(key),)
    for spoken in (text["content"], *text["i18n_content"].values())
}


def suits(card: Card) -> bool:
    """Whether a card leaves its reader without anything to press."""
    return bool(card.blocks) and all(press.command.startswith(_HELP) for press in _presses(card)) and not _asks(card)


def line(text: str) -> str:
    """What was typed; for a bubble's words the line that they stand for."""
    return _LINES.get(text.strip(), text)


async def offer(calls: Calls, message: str) -> None:
    """Puts them under a message. Whatever Feishu says to it (another message came meanwhile), everything has been said."""
    body = {"follow_ups": [_bubble(key) for key in OFFERED]}
    try:
        await calls.call("POST", f"im/v1/messages/{message}/push_follow_up", body)
    except Delivery as fault:
        log.info("no bubbles", message=message, reason=str(fault))


def _bubble(key: str) -> Json:
    text = said(key)
    others = [{"language": code, "content": words} for code, words in text["i18n_content"].items()]
    return {"content": text["content"], "i18n_contents": others}


def _presses(card: Card) -> list[Button]:
    return [press for block in card.blocks for press in _presses_of(block)]


def _presses_of(block: Block) -> tuple[Button, ...]:
    match block:
        case Buttons():
            return block.buttons
        case Items():
            return tuple(press for item in block.items for press in item.buttons)
        case _:
            return ()


def _asks(card: Card) -> bool:
    return any(isinstance(block, Form) for block in card.blocks)
