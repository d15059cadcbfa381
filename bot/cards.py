"""Card and its closed set of blocks: what the bot shows, said once for every messenger.

Values are frozen. Emphasis, links and mentions are spans, never anybody's markdown, so what a person wrote cannot
become markup. Adapters `match` over blocks and end in `assert_never`: a new block lists its work in every adapter.
`plain(card)` is the text that every messenger can fall back to; `to_json`/`from_json` keep an answer for redelivery.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal, assert_never

from pydantic import TypeAdapter

from bot.people import Account

Tone = Literal["neutral", "good", "warn", "bad"]
Style = Literal["normal", "primary", "danger"]
_LONGEST_BAR = 10


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are."""

    text: str
    kind: Literal["plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the message."""

    text: str
    kind: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Faint:
    """Words of second rank: where from, when."""

    text: str
    kind: Literal["faint"] = "faint"


@dataclass(frozen=True, slots=True)
class Code:
    """A line to type, as it is typed."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to `url` (http or https; anything else is shown as words)."""

    text: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person who must act, called by name. `account` None: the messenger at hand does not know them."""

    name: str
    account: Account | None = None
    kind: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that people of several zones read together, in a room: a messenger whose clients know their reader's zone
    shows it there (`time` alone, or with its `day`); elsewhere `text`, which names its own zone. `at` is aware."""

    at: datetime
    text: str
    shows: Literal["time", "day"] = "day"
    kind: Literal["moment"] = "moment"


Span = Plain | Strong | Faint | Code | Link | Mention | Moment


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    spans: tuple[Span, ...]
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label-value pairs, e.g. owner and due day."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Button:
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


@dataclass(frozen=True, slots=True)
class Buttons:
    """At most four presses, the likeliest first, the dangerous one last."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: what leads (number, light), the words, what follows faintly, and its own presses."""

    lead: str
    text: str
    detail: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list, worst first. `title` heads it, empty for none."""

    items: tuple[Item, ...]
    title: str = ""
    kind: Literal["items"] = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of words. Too long for a messenger: paged or continued in a file there, never cut silently."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart, and the words under it."""

    label: str
    figure: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A few figures beside each other, in order of time, as bars; never the only place that says them. `unit` stands
    behind each figure (%), empty for counts."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, kept as written and apart from the bot's words. `by` names them."""

    text: str
    by: str = ""
    url: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Divider:
    """A pause."""

    kind: Literal["divider"] = "divider"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's answers: `value` is sent, `label` is shown."""

    value: str
    label: str


FieldKind = Literal["text", "paragraph", "day", "person", "people", "choice", "number"]


@dataclass(frozen=True, slots=True)
class Field:
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


@dataclass(frozen=True, slots=True)
class Form:
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
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG or SVG) with the words that stand for it."""

    name: str
    media_type: str
    content: bytes
    alt: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep; as a block of a card or as an answer of its own."""

    name: str
    media_type: str
    content: bytes
    kind: Literal["file"] = "file"


Block = Text | Facts | Items | Table | Chart | Quote | Divider | Buttons | Form | Picture | File


@dataclass(frozen=True, slots=True)
class Card:
    """One message: `title` says what and by when (a notification shows only that), then the blocks.

    `urgent`: it may disturb (T3), so a messenger that can ring does, where the administrator wants it. `readings`: the
    same card in other languages, by language, block for block; only for a messenger that asks for them (Connected)."""

    title: str
    blocks: tuple[Block, ...] = ()
    tone: Tone = "neutral"
    urgent: bool = False
    readings: tuple[tuple[str, "Card"], ...] = ()
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word to the asker alone, seen once."""

    text: str
    tone: Tone = "neutral"
    kind: Literal["toast"] = "toast"


Answer = Card | Form | Toast | File


def to_json(answer: Answer) -> str:
    """The answer as JSON text, bytes in base64; `from_json` gives an equal value back."""
    return _adapter().serializer.to_json(answer).decode()


def from_json(text: str | bytes) -> Answer:
    """The answer that `to_json` wrote. Raises pydantic.ValidationError for anything else."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Answer]:
    from pydantic import ConfigDict

    return TypeAdapter(Answer, config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))


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
