"""Cards → what each rung of the ladder shows: an own template, the public one, links that write, words to type.

| rung | a card becomes | its presses |
|---|---|---|
| template | the workplace's own card template: `title`, `text1`…`text8`, `b1`…`b6` with `k1`…`k6`, `tips` | callbacks |
| public | the public template with a title, one text of 1 KB and buttons; a longer card is a message | callbacks |
| links | a markdown message | links that write the words, one to one; elsewhere, and where they are too long, words to type |
| text | a markdown message | words to type |

What does not fit is never cut silently: the whole text follows as a file.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from adapters.dingtalk import template
from adapters.dingtalk.blocks import MESSENGER, drawn, escaped, lines, link, strong
from adapters.dingtalk.limits import (
    BUTTONS,
    LABEL,
    MESSAGE_BYTES,
    MESSAGE_CHARS,
    PUBLIC_BUTTONS,
    TEXTS,
    TITLE,
    VALUE,
    clipped,
    packed,
    size,
)
from adapters.dingtalk.words import word
from adapters.shown import as_card
from bot.cards import Answer, Button, Buttons, Card, File, Form, Item, Items, Mention, Picture, Text, plain

Rung = Literal["template", "public", "links", "text"]
RUNGS: tuple[Rung, ...] = ("template", "public", "links", "text")
PUBLIC_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
WRITES = "dtmd://dingtalkclient/sendMessage?content="
"""A link that makes whoever taps it send these words. All lower case: another spelling is silently dead (sheet 4.7)."""
SENDABLE = frozenset("xlsx pdf zip rar doc docx".split())
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_COLORS = {"primary": "blue", "danger": "red", "normal": "gray"}
_NAME_LENGTH = 40


class Shown(Struct, frozen=True):
    """One card, drawn: the variables of a template or (`values` empty) the markdown of a message; the presses that its
    buttons stand for, by key; the files that follow; the accounts it calls, names by user id."""

    title: str
    values: dict[str, str] = field(default_factory=dict)
    text: str = ""
    presses: dict[str, Button] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    calls: dict[str, str] = field(default_factory=dict)


def shown(card: Card, rung: Rung, *, direct: bool, standing: bool = False) -> Shown:
    """The card on this rung; `direct`: in the conversation of one person with the bot, `standing`: it is there already as
    what this rung makes, and stays that."""
    if rung == "template":
        return _in_template(card, direct)
    in_public = _in_public(card, direct, standing) if rung == "public" else None
    return in_public or _as_message(card, links=direct and rung in ("public", "links"), direct=direct)


def asked(answer: Answer) -> Card:
    """Any answer as a card."""
    return as_card(answer, lambda file: word(file.name, "file", name=file.name))


def key_of(press: Button) -> str:
    """A press's key: the same press has the same key on every card, so that an old card's button still means itself."""
    said = json.dumps([press.command, press.version, press.confirm], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def sendable(file: File) -> File:
    """A file of a kind that a robot may send (six of them); any other is packed into a zip."""
    if file.name.rpartition(".")[2].lower() in SENDABLE:
        return file
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(file.name, file.content)
    return File(f"{file.name}.zip", "application/zip", held.getvalue())


def all_presses(card: Card) -> list[Button]:
    """The card's own presses, then those of its lines, told apart by what each line begins with."""
    own = [press for block in card.blocks if isinstance(block, Buttons) for press in block.buttons]
    items = [item for block in card.blocks if isinstance(block, Items) for item in block.items]
    return own + [
        replace(press, label=" ".join(filter(None, (press.label, _number(item)))))
        for item in items
        for press in item.buttons
    ]


def _number(item: Item) -> str:
    """What tells a line from the others: its number, last in what leads or first in the words."""
    words = [*item.lead.split()[-1:], *item.text.split()[:1]]
    return next((one for one in words if any(sign.isalnum() for sign in one)), "")


def _in_template(card: Card, direct: bool) -> Shown:
    pressed, typed = _divided(all_presses(card), BUTTONS)
    texts, files = _fitted(card, [*_paragraphs(card, direct), *_typed(typed, False, not direct)], VALUE, TEXTS)
    title = clipped(card.title, TITLE)
    values = {template.TITLE: title, **dict(zip(template.TEXT_NAMES, texts, strict=False))}
    values |= dict(zip(template.LABELS, (clipped(press.label, LABEL) for press in pressed), strict=False))
    values |= dict(zip(template.KEYS, (key_of(press) for press in pressed), strict=False))
    return Shown(title, values, "", {key_of(one): one for one in pressed}, files, _calls(card))


def _in_public(card: Card, direct: bool, standing: bool) -> Shown | None:
    """None when its words are too long for the one text, and it is not `standing`."""
    pressed, typed = _divided(all_presses(card), PUBLIC_BUTTONS)
    while size(_buttons(pressed)) > VALUE:
        pressed, typed = pressed[:-1], [pressed[-1], *typed]
    paragraphs = [*_paragraphs(card, direct), *_typed(typed, False, not direct)]
    texts, files = _fitted(card, paragraphs, VALUE, 1)
    if len(files) > len(_files(card)) and not standing:
        return None
    title = clipped(card.title, TITLE)
    values = {"title": title, "markdown": "".join(texts) or " ", "tips": "", "sys_full_json_obj": _buttons(pressed)}
    return Shown(title, values, "", {key_of(one): one for one in pressed}, files, _calls(card))


def _as_message(card: Card, *, links: bool, direct: bool) -> Shown:
    paragraphs = [*([strong(card.title)] if card.title.strip() else []), *_body(card, direct)]
    pressed, words = (_typed(all_presses(card), linked, not direct) for linked in (links, False))
    presses = next((ways for ways in (pressed, words) if _room(ways) >= VALUE), None)
    if presses is None:
        paragraphs, presses = [*paragraphs, *words], []
    texts, files = _fitted(card, paragraphs, _room(presses), 1)
    if len("".join(texts)) > MESSAGE_CHARS:
        texts, files = _fitted(card, paragraphs, min(_room(presses), MESSAGE_CHARS), 1)
    text = "\n\n".join([*texts, *presses]) or "—"
    return Shown(clipped(card.title, TITLE) or "—", {}, text, {}, files, {})


def _room(presses: list[str]) -> int:
    """The bytes that they leave to the words."""
    return MESSAGE_BYTES - sum(size(one) + 2 for one in presses)


def _paragraphs(card: Card, direct: bool) -> list[str]:
    """The blocks; a title that was clipped stands whole before them."""
    whole = [strong(card.title)] if clipped(card.title, TITLE) != card.title else []
    return whole + _body(card, direct)


def _body(card: Card, direct: bool) -> list[str]:
    """The blocks; in a group an answer to a question is only heard when it mentions the bot."""
    asks = not direct and any(isinstance(block, Form) for block in card.blocks)
    return [
        *(one for block in card.blocks for one in drawn(block)),
        *([escaped(word(plain(card)[:200], "answer-group"))] if asks else []),
    ]


def _fitted(card: Card, paragraphs: list[str], most: int, texts: int) -> tuple[list[str], tuple[File, ...]]:
    """As much as fits; when not all does, the last words say where the rest is."""
    files = _files(card)
    fitting = packed([one for one in paragraphs if one], most)
    if len(fitting) <= texts:
        return fitting, files
    whole = File(f"{_name(card.title)}.txt", "text/plain", plain(card).encode())
    notice = escaped(word(plain(card)[:200], "continues", name=sendable(whole).name))
    begun = packed([one for one in paragraphs if one], most - size(notice) - 4)[:texts]
    return [*begun[:-1], f"{begun[-1]}\n\n{notice}"], (whole, *files)


def _divided(presses: list[Button], most: int) -> tuple[list[Button], list[Button]]:
    """Those that get a button, each once, and those that are words to type."""
    each = list({key_of(press): press for press in presses}.values())
    return each[:most], each[most:]


def _reply(label: str, same: list[Button], group: bool) -> str:
    """What to say instead of pressing; of many that differ by their number alone, the first stands for all."""
    how = "reply-group" if group else "reply"
    more = word(label, "likewise") if len(same) > 1 else ""
    return escaped(word(label, how, label=label, say=same[0].say or same[0].command) + more)


def _typed(presses: list[Button], links: bool, group: bool) -> list[str]:
    if not presses:
        return []
    if links:
        return ["　".join(link(one.label, WRITES + quote(one.say or one.command, safe="")) for one in presses)]
    alike: dict[str, list[Button]] = {}
    for press in presses:
        alike.setdefault(_without_number(press), []).append(press)
    return [lines(_reply(label, same, group) for label, same in alike.items())]


def _without_number(press: Button) -> str:
    """The label as it is without the number that told it from the others."""
    label, _, last = press.label.rpartition(" ")
    return label if label and last in press.command.split() else press.label


def _buttons(presses: list[Button]) -> str:
    """The public template's buttons; what a press carries stands in its id."""
    made = [
        {"text": clipped(one.label, LABEL), "color": _COLORS[one.style], "id": key_of(one), "request": True}
        for one in presses
    ]
    return json.dumps({"msgButtons": made}, ensure_ascii=False)


def _files(card: Card) -> tuple[File, ...]:
    return tuple(
        File(block.name, block.media_type, block.content) for block in card.blocks if isinstance(block, Picture | File)
    )


def _calls(card: Card) -> dict[str, str]:
    """Whom the card calls and DingTalk knows."""
    spans: Iterable[object] = (span for block in card.blocks if isinstance(block, Text) for span in block.spans)
    called = [span for span in spans if isinstance(span, Mention) and span.account is not None]
    return {one.account.user_id: one.name for one in called if one.account and one.account.messenger == MESSENGER}


def _name(title: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign in "-_ " else " " for sign in title)
    return " ".join(kept.split())[:_NAME_LENGTH].strip() or "text"
