"""Blocks of a card → paragraphs of DingTalk's markdown subset, in words that cannot become markup.

A single newline is lost there, so a paragraph's lines end in two blanks. What people wrote is escaped; mentions are plain
words here (whoever delivers a card names the accounts), because an @ in markdown calls nobody by itself.
"""

from collections.abc import Iterable
from typing import Any, assert_never
from urllib.parse import quote

from bot.cards import (
    Block,
    Buttons,
    Chart,
    Code,
    Divider,
    Facts,
    Faint,
    File,
    Form,
    Item,
    Items,
    Link,
    Mention,
    Moment,
    Picture,
    Plain,
    Quote,
    Span,
    Strong,
    Table,
    Text,
    charted,
    words,
)
from bot.pattern import pattern

Json = dict[str, Any]
MESSENGER = "dingtalk"
NEWLINE = "  \n"
_MARKS = pattern(r"([\\`*_\[\]~<>&#])")
_AT_START = pattern(r"^(\s*)(?:([-+])(?=\s)|(\d+)(\.)(?=\s))")
_EMPHASIS = 300
_SCHEMES = ("http://", "https://")


def drawn(block: Block) -> list[str]:
    """One block of a card, buttons left out. A file or picture is only named here: whoever posts sends it along."""
    match block:
        case Text():
            return [lines("".join(_span(span) for span in block.spans).split("\n"))]
        case Facts():
            return [lines(f"{strong(label)} {escaped(value)}" for label, value in block.pairs)]
        case Items():
            return [
                *([strong(block.title)] if block.title else []),
                lines(one for item in block.items for one in _item(item)),
            ]
        case Table():
            return [lines(" | ".join(escaped(cell) for cell in row) for row in (block.columns, *block.rows))]
        case Chart():
            return [strong(block.title), lines(escaped(line) for line in charted(block))]
        case Quote():
            return [_quote(block)]
        case Divider():
            return ["———"]
        case Buttons():
            return []
        case Form():
            return form(block)
        case Picture():
            return [escaped(f"[{block.alt}]")]
        case File():
            return [escaped(f"[{block.name}]")]
        case _:
            assert_never(block)


def form(asked: Form) -> list[str]:
    """What a form asks: there are none here, so the next message answers it."""
    questions = [
        f"{'•' if field.required else '◦'} {escaped(field.label)}"
        + (
            f"（{escaped(_hint(field.hint, [one.label for one in field.choices]))}）"
            if field.hint or field.choices
            else ""
        )
        + (f"：{escaped(field.problem)}" if field.problem else "")
        for field in asked.fields
    ]
    note, example = ([escaped(one)] if one else [] for one in (asked.note, asked.example))
    return [strong(asked.title), *note, lines(questions), *example]


def escaped(text: str) -> str:
    """What a person wrote, where DingTalk reads markdown: nothing in it is alive."""
    return NEWLINE.join(_escaped(line) for line in text.split("\n"))


def strong(text: str) -> str:
    """Emphasised; long words stay plain, so that they can be cut anywhere."""
    line = " ".join(text.split())
    return f"**{_escaped(line)}**" if line and len(line) <= _EMPHASIS else _escaped(line)


def lines(each: Iterable[str]) -> str:
    """Lines under each other in one paragraph."""
    return NEWLINE.join(each)


def link(text: str, url: str) -> str:
    """A link; its address can hold nothing that ends it."""
    return f"[{_escaped(' '.join(text.split()))}]({quote(url, safe=':/?#@!$&*+,;=%~-._')})"


def _escaped(line: str) -> str:
    marked = _MARKS.sub(r"\\\1", line)
    return _AT_START.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", marked)


def _span(span: Span) -> str:
    match span:
        case Plain() | Faint() | Code() | Moment():
            return escaped(span.text)
        case Strong():
            return strong(span.text)
        case Link():
            safe = span.url.lower().startswith(_SCHEMES)
            return link(span.text or span.url, span.url) if safe else escaped(words((span,)))
        case Mention():
            return escaped(f"@{span.name}")
        case _:
            assert_never(span)


def _item(item: Item) -> list[str]:
    line = " ".join(part for part in (item.lead, item.text) if part)
    return [escaped(line), *([escaped(f"　{item.detail}")] if item.detail else [])]


def _quote(block: Quote) -> str:
    said = [f"> {_escaped(line)}" for line in block.text.split("\n")]
    by = [f"> — {_escaped(block.by)}"] if block.by else []
    source = [f"> {link(block.url, block.url)}"] if block.url.lower().startswith(_SCHEMES) else []
    return lines([*said, *by, *source])


def _hint(hint: str, choices: list[str]) -> str:
    return " · ".join(filter(None, (hint, *choices)))
