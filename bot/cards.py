"""Card and its closed set of blocks: what the bot shows, said once for every messenger.

Values are frozen. Emphasis, links and mentions are spans, never anybody's markdown, so what a person wrote cannot
become markup. Adapters `match` over blocks and end in `assert_never`: a new block lists its work in every adapter.
`plain(card)` is the text that every messenger can fall back to; `to_json`/`from_json` keep an answer for redelivery.
"""

from datetime import datetime
from typing import Literal, assert_never

import msgspec
from msgspec import Struct

from bot.people import Account

Tone = Literal["neutral", "good", "warn", "bad"]
Style = Literal["normal", "primary", "danger"]
_LONGEST_BAR = 10


class Part(Struct, frozen=True, tag_field="kind", tag=str.lower):
    """A span, a block or an answer: written as JSON, `kind` names it."""


class Plain(Part, frozen=True):
    """Words as they are."""

    text: str


class Strong(Part, frozen=True):
    """Words that carry the message."""

    text: str


class Faint(Part, frozen=True):
    """Words of second rank: where from, when."""

    text: str


class Code(Part, frozen=True):
    """A line to type, as it is typed."""

    text: str


class Link(Part, frozen=True):
    """A way to `url` (http or https; anything else is shown as words)."""

    text: str
    url: str


class Mention(Part, frozen=True):
    """A person who must act, called by name. `account` None: the messenger at hand does not know them."""

    name: str
    account: Account | None = None


class Moment(Part, frozen=True):
    """A moment that people of several zones read together, in a room: a messenger whose clients know their reader's zone
    shows it there (`time` alone, or with its `day`); elsewhere `text`, which names its own zone. `at` is aware."""

    at: datetime
    text: str
    shows: Literal["time", "day"] = "day"


Span = Plain | Strong | Faint | Code | Link | Mention | Moment


class Text(Part, frozen=True):
    """One paragraph."""

    spans: tuple[Span, ...]


class Facts(Part, frozen=True):
    """Short label-value pairs, e.g. owner and due day."""

    pairs: tuple[tuple[str, str], ...]


class Button(Struct, frozen=True):
    """A command somebody typed for you.

    `command` is the whole line that pressing sends; `say` the words shown for typing where there are no buttons
    (empty: the command itself). `version` is that of the thing shown, so that a stale press is seen.
    `confirm` is a question asked before sending, empty for none."""

    label: str
    command: str
    style: Style = "normal"
    confirm: str = ""
    say: str = ""
    version: int = 0


class Buttons(Part, frozen=True):
    """At most four presses, the likeliest first, the dangerous one last."""

    buttons: tuple[Button, ...]


class Item(Struct, frozen=True):
    """One line of a list: what leads (number, light), the words, what follows faintly, and its own presses."""

    lead: str
    text: str
    detail: str = ""
    buttons: tuple[Button, ...] = ()


class Items(Part, frozen=True):
    """A list, worst first. `title` heads it, empty for none."""

    items: tuple[Item, ...]
    title: str = ""


class Table(Part, frozen=True):
    """Columns and rows of words. Too long for a messenger: paged or continued in a file there, never cut silently."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Bar(Struct, frozen=True):
    """One figure of a chart, and the words under it."""

    label: str
    figure: int


class Chart(Part, frozen=True):
    """A few figures beside each other, in order of time, as bars; never the only place that says them. `unit` stands
    behind each figure (%), empty for counts."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""


class Quote(Part, frozen=True):
    """What a person wrote, kept as written and apart from the bot's words. `by` names them."""

    text: str
    by: str = ""
    url: str = ""


class Divider(Part, frozen=True):
    """A pause."""


class Choice(Struct, frozen=True):
    """One of a field's answers: `value` is sent, `label` is shown."""

    value: str
    label: str


FieldKind = Literal["text", "paragraph", "day", "person", "people", "choice", "number"]


class Field(Struct, frozen=True):
    """One question of a form. A `day` takes an ISO day or a due phrase, `person` a user id, an ISO name or a typed
    name, `people` several of them separated by commas. `problem` is shown at the field after a refused try."""

    name: str
    label: str
    input: FieldKind = "text"
    required: bool = True
    value: str = ""
    hint: str = ""
    problem: str = ""
    choices: tuple[Choice, ...] = ()
    limit: int = 500


class Form(Part, frozen=True):
    """Questions whose answers complete `command`; as a block of a card or as an answer of its own.

    Submitting sends `Submitted(command, {field name: value}, version)`. `example` is the line that would have said it
    all, shown where a messenger has no forms: there the next plain message of that person answers it."""

    title: str
    command: str
    fields: tuple[Field, ...]
    submit: str
    note: str = ""
    example: str = ""
    version: int = 0


class Picture(Part, frozen=True):
    """A picture (PNG or SVG) with the words that stand for it."""

    name: str
    media_type: str
    content: bytes
    alt: str


class File(Part, frozen=True):
    """A file to keep; as a block of a card or as an answer of its own."""

    name: str
    media_type: str
    content: bytes


Block = Text | Facts | Items | Table | Chart | Quote | Divider | Buttons | Form | Picture | File


class Card(Part, frozen=True):
    """One message: `title` says what and by when (a notification shows only that), then the blocks.

    `urgent`: it may disturb (T3), so a messenger that can ring does, where the administrator wants it. `readings`: the
    same card in other languages, by language, block for block; only for a messenger that asks for them (Connected)."""

    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = "neutral"
    urgent: bool = False
    readings: tuple[tuple[str, "Card"], ...] = ()


class Toast(Part, frozen=True):
    """A short word to the asker alone, seen once."""

    text: str
    tone: Tone = "neutral"


Answer = Card | Form | Toast | File
_READ: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def to_json(answer: Answer) -> str:
    """The answer as JSON text, bytes in base64; `from_json` gives an equal value back. ValueError: text that is none."""
    return msgspec.json.encode(answer).decode()


def from_json(text: str | bytes) -> Answer:
    """The answer that `to_json` wrote. Raises msgspec.DecodeError for anything else."""
    return _READ.decode(text)


def plain(answer: Answer) -> str:
    """The answer as text alone: nothing is left out, buttons become the words to type, forms their questions."""
    match answer:
        case Card():
            return "\n".join([answer.title, *(line for block in answer.blocks for line in _lines(block))])
        case Toast():
            return answer.text
        case Form() | File():
            return "\n".join(_lines(answer))
        case _:
            assert_never(answer)


def words(spans: tuple[Span, ...]) -> str:
    """The spans as plain words; a link keeps its address."""
    return "".join(_span(span) for span in spans)


def charted(chart: Chart) -> list[str]:
    """The bars as lines of text, the longest (of percents a hundred) ten signs: W46 ███ 3."""
    most = 100 if chart.unit == "%" else max((bar.figure for bar in chart.bars), default=0)
    return [f"{bar.label} {_bar(bar.figure, most)}{bar.figure}{chart.unit}" for bar in chart.bars]


def _bar(figure: int, most: int) -> str:
    length = -(-figure * _LONGEST_BAR // most) if most > 0 else 0
    return "█" * length + " " * bool(length)


def _lines(block: Block) -> list[str]:
    match block:
        case Text():
            return [words(block.spans)]
        case Facts():
            return [f"{label} {value}" for label, value in block.pairs]
        case Items():
            return [*([block.title] if block.title else []), *(line for i in block.items for line in _item(i))]
        case Table():
            return [" | ".join(row) for row in (block.columns, *block.rows)]
        case Chart():
            return [block.title, *charted(block)]
        case Quote():
            return [*(f"> {line}" for line in block.text.splitlines()), *([f"> — {block.by}"] if block.by else [])]
        case Divider():
            return ["—"]
        case Buttons():
            return ["  ".join(_button(button) for button in block.buttons)]
        case Form():
            return _form(block)
        case Picture():
            return [f"[{block.alt}]"]
        case File():
            return [f"[{block.name}]"]
        case _:
            assert_never(block)


def _span(span: Span) -> str:
    match span:
        case Link():
            return f"{span.text} ({span.url})" if span.text != span.url else span.url
        case Mention():
            return f"@{span.name}"
        case Code():
            return f"`{span.text}`"
        case Plain() | Strong() | Faint() | Moment():
            return span.text
        case _:
            assert_never(span)


def _item(item: Item) -> list[str]:
    line = " ".join(part for part in (item.lead, item.text) if part)
    detail = [f"   {item.detail}"] if item.detail else []
    presses = ["   " + "  ".join(_button(button) for button in item.buttons)] if item.buttons else []
    return [line, *detail, *presses]


def _button(button: Button) -> str:
    return f"[{button.label}: {button.say or button.command}]"


def _form(form: Form) -> list[str]:
    questions = [
        f"{'*' if field.required else '-'} {field.label}{f' ({field.hint})' if field.hint else ''}"
        + (f": {field.problem}" if field.problem else "")
        for field in form.fields
    ]
    return [form.title, *([form.note] if form.note else []), *questions, *([form.example] if form.example else [])]
