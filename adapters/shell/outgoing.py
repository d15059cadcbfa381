"""Cards on their way to a terminal: aligned text, every press as the words to type, a form as its next question."""

import unicodedata
from collections.abc import Sequence
from typing import assert_never

from adapters.shell.words import word
from bot.cards import (
    Answer,
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Facts,
    Field,
    File,
    Form,
    Item,
    Items,
    Picture,
    Quote,
    Table,
    Text,
    Toast,
    charted,
    words,
)

_WIDE = "WF"


def drawn(answer: Answer, language: str) -> str:
    """The answer as lines of text; a file or picture is only named."""
    match answer:
        case Card():
            return "\n".join([answer.title, *(line for block in answer.blocks for line in _lines(block, language))])
        case Toast():
            return answer.text
        case Form() | File():
            return "\n".join(_lines(answer, language))
        case _:
            assert_never(answer)


def _lines(block: Block, language: str) -> list[str]:
    match block:
        case Text():
            return words(block.spans).splitlines()
        case Facts():
            return _aligned(block.pairs)
        case Items():
            return [*([block.title] if block.title else []), *(line for item in block.items for line in _item(item))]
        case Table():
            return _table(block)
        case Chart():
            return [block.title, *(f"   {line}" for line in charted(block))]
        case Quote():
            return [*(f"> {line}" for line in block.text.splitlines()), *([f"> — {block.by}"] if block.by else [])]
        case Divider():
            return ["———"]
        case Buttons():
            return [_presses(block.buttons)]
        case Form():
            return _form(block, language)
        case Picture():
            return [f"[{word(language, 'picture')} {block.alt}]"]
        case File():
            return [f"[{word(language, 'file')} {block.name}]"]
        case _:
            assert_never(block)


def _item(item: Item) -> list[str]:
    line = " ".join(part for part in (item.lead, item.text) if part)
    return [
        line,
        *([f"   {item.detail}"] if item.detail else []),
        *([f"   {_presses(item.buttons)}"] if item.buttons else []),
    ]


def _presses(buttons: Sequence[Button]) -> str:
    return "  ".join(f"[{button.label} → {button.say or button.command}]" for button in buttons)


def _form(form: Form, language: str) -> list[str]:
    """What is known, then what was refused or the first thing that is missing, and the line that says it all."""
    missing = [field for field in form.fields if field.required and not field.value]
    asked = next((field for field in form.fields if field.problem), missing[0] if missing else None)
    known = [(field.label, field.value) for field in form.fields if field.value and field is not asked]
    example = [f"({word(language, 'type')} {form.example}{word(language, 'or-leave')})"] if form.example else []
    return [
        form.title,
        *([form.note] if form.note else []),
        *_aligned(known),
        *(_question(asked) if asked else []),
        *example,
    ]


def _question(field: Field) -> list[str]:
    hint = f" ({field.hint})" if field.hint else ""
    choices = " / ".join(choice.label for choice in field.choices)
    return [
        *([field.problem] if field.problem else []),
        f"? {field.label}{hint}",
        *([f"  {choices}"] if choices else []),
    ]


def _table(table: Table) -> list[str]:
    rows = [table.columns, *table.rows]
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    ruler = tuple("─" * size for size in widths)
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in (table.columns, ruler, *table.rows)]


def _aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    widest = max((width(label) for label, _ in pairs), default=0)
    return [f"   {_padded(label, widest)}  {value}" for label, value in pairs]


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def width(text: str) -> int:
    """How many cells of a terminal the text takes: Chinese signs take two, marks on a letter none."""
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else not unicodedata.combining(sign) for sign in text)
