"""Blocks of a card → Block Kit, each within Slack's limits, in words that cannot become markup or mentions.

Only `plain_text` and `rich_text` are used: neither reads markup, so what a person wrote is shown as written, and a mention
is an element of its own, made from an account that we know. Colons are not read as emoji either.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from adapters.slack.carried import button_value
from adapters.slack.limits import (
    ACTIONS,
    BUTTON,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    CONFIRM_WORD,
    HEADER,
    SECTION,
    clipped,
    pieces,
    wide,
)
from adapters.slack.words import word
from bot.cards import (
    Block,
    Button,
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

Json = dict[str, Any]
MESSENGER = "slack"
_SCHEMES = ("http://", "https://")
_URL = 3_000
_MOMENTS = {"time": "{time}", "day": "{date_short_pretty} {time}"}


def title(text: str) -> list[Json]:
    """The first line, as a header; one that is longer than a header's 150 as paragraphs."""
    if wide(text) <= HEADER:
        return [{"type": "header", "text": plain_text(text)}] if text.strip() else []
    return [*_paragraphs([_styled(text, bold=True)])]


def drawn(block: Block, language: str) -> list[Json]:
    """One block of a card. A file is only named here: whoever posts uploads it."""
    match block:
        case Text():
            return _text(block)
        case Facts():
            return _paragraphs([part for pair in block.pairs for part in _fact(pair)])
        case Items():
            return [*_heading(block.title), *_items(block.items, language)]
        case Table():
            return _preformatted(table_lines(block))
        case Chart():
            return [*_heading(block.title), *_preformatted("\n".join(charted(block)))]
        case Quote():
            return _quote(block)
        case Divider():
            return [{"type": "divider"}]
        case Buttons():
            return buttons(block.buttons, language)
        case Form():
            return _form(block, language)
        case Picture():
            return faint(block.alt)
        case File():
            return faint(block.name)
        case _:
            assert_never(block)


def plain_text(text: str) -> Json:
    """Words as they are."""
    return {"type": "plain_text", "text": text, "emoji": False}


def faint(text: str) -> list[Json]:
    """Words of second rank."""
    return [{"type": "context", "elements": [plain_text(piece)]} for piece in pieces(text, SECTION) if piece.strip()]


def buttons(presses: Iterable[Button], language: str) -> list[Json]:
    """The presses; one whose line is too long for Slack to carry becomes the line to type."""
    fitting = [(press, value) for press in presses if (value := button_value(press.command, press.version))]
    elements = [_button(press, value, place, language) for place, (press, value) in enumerate(fitting)]
    rows = [elements[start : start + ACTIONS] for start in range(0, len(elements), ACTIONS)]
    typed = [press for press in presses if not button_value(press.command, press.version)]
    return [*({"type": "actions", "elements": row} for row in rows), *_typed(typed, language)]


def table_lines(table: Table) -> str:
    """Columns under each other in letters of one width; wide characters take two."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in (table.columns, *table.rows)]
    widths = [max(cells(row[place]) for row in rows if place < len(row)) for place in range(len(table.columns))]
    return "\n".join(
        "  ".join(cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def cells(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _text(text: Text) -> list[Json]:
    if all(isinstance(span, Faint) for span in text.spans):
        return faint(words(text.spans))
    return _paragraphs([element for span in text.spans for element in _span(span)])


def _fact(pair: tuple[str, str]) -> list[Json]:
    label, value = pair
    return [*_styled(f"{label} ", bold=True), *_styled(f"{value}\n")]


def _heading(text: str) -> list[Json]:
    return _paragraphs(_styled(text, bold=True)) if text else []


def _items(items: tuple[Item, ...], language: str) -> Iterator[Json]:
    """Lines with a press are blocks of their own, the press beside them; lines without any stand together."""
    together: list[Json] = []
    for item in items:
        if item.buttons:
            yield from _paragraphs(together)
            together = []
            yield from _item(item, language)
        else:
            together += _line(item)
    yield from _paragraphs(together)


def _item(item: Item, language: str) -> list[Json]:
    said = "\n".join(part for part in (" ".join(filter(None, (item.lead, item.text))), item.detail) if part)
    sections = [{"type": "section", "text": plain_text(piece)} for piece in pieces(said or "—", SECTION)]
    presses = buttons(item.buttons, language)
    if len(item.buttons) == 1 and presses[0]["type"] == "actions":
        sections[0] = {**sections[0], "accessory": presses[0]["elements"][0]}
        return sections
    return [*sections, *presses]


def _line(item: Item) -> list[Json]:
    detail = f"\n    {item.detail}" if item.detail else ""
    lead = _styled(f"{item.lead} ", bold=True) if item.lead else []
    return [*lead, *_styled(f"{item.text}{detail}\n")]


def _quote(quote: Quote) -> list[Json]:
    by = [*_styled(f"\n— {quote.by}")] if quote.by else []
    link = [*_styled(" "), _link(quote.url, quote.url)] if _safe(quote.url) else []
    return [_rich("rich_text_quote", part) for part in _portions([*_styled(quote.text), *by, *link])]


def _preformatted(text: str) -> list[Json]:
    return [_rich("rich_text_preformatted", [*_styled(piece.strip("\n"))]) for piece in pieces(text, SECTION)]


def _form(form: Form, language: str) -> list[Json]:
    """A form inside a card: what it asks, and a press that opens it."""
    lines = [
        f"{'• ' if field.required else '◦ '}{field.label}{f' ({field.hint})' if field.hint else ''}"
        + (f": {field.problem}" if field.problem else "")
        for field in form.fields
    ]
    press = Button(form.submit or word(language, "fill"), form.command, version=form.version)
    note = _paragraphs(_styled(form.note)) if form.note else []
    example = _paragraphs([{**one, "style": {"code": True}} for one in _styled(form.example)]) if form.example else []
    return [
        *_heading(form.title),
        *note,
        *_paragraphs(_styled("\n".join(lines))),
        *example,
        *buttons((press,), language),
    ]


def _typed(presses: list[Button], language: str) -> list[Json]:
    blocks = [faint(f"{press.label} · {word(language, 'typed-instead')}") for press in presses]
    lines = [_preformatted(press.command) for press in presses]
    return [block for pair in zip(blocks, lines, strict=True) for part in pair for block in part]


def _button(press: Button, value: str, place: int, language: str) -> Json:
    made: Json = {
        "type": "button", "action_id": f"press-{place}", "text": plain_text(clipped(press.label, BUTTON)), "value": value,
    }  # fmt: skip
    if press.style != "normal":
        made["style"] = press.style
    if press.confirm:
        made["confirm"] = _confirm(press, language)
    return made


def _confirm(press: Button, language: str) -> Json:
    return {
        "title": plain_text(clipped(press.label, CONFIRM_TITLE)),
        "text": plain_text(clipped(press.confirm, CONFIRM_TEXT)),
        "confirm": plain_text(clipped(press.label, CONFIRM_WORD)),
        "deny": plain_text(word(language, "cancel")),
        **({"style": press.style} if press.style != "normal" else {}),
    }


def _paragraphs(elements: Iterable[Json] | Iterable[list[Json]]) -> list[Json]:
    flat = [one for part in elements for one in (part if isinstance(part, list) else [part])]
    if flat and flat[-1]["type"] == "text":
        flat[-1] = {**flat[-1], "text": flat[-1]["text"].rstrip("\n")}
    return [_rich("rich_text_section", part) for part in _portions(flat)]


def _portions(elements: Iterable[Json]) -> Iterator[list[Json]]:
    """The elements in groups of at most a section's words; empty ones are left out."""
    group: list[Json] = []
    size = 0
    for element in elements:
        length = wide(element.get("text", ""))
        if element["type"] == "text" and not length:
            continue
        if group and size + length > SECTION:
            yield group
            group, size = [], 0
        group.append(element)
        size += length
    if group:
        yield group


def _rich(kind: str, elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _span(span: Span) -> list[Json]:
    match span:
        case Plain() | Faint():
            return _styled(span.text)
        case Moment():
            return [_moment(span)]
        case Strong():
            return _styled(span.text, bold=True)
        case Code():
            return _styled(span.text, code=True)
        case Link():
            return _linked(span)
        case Mention():
            account = span.account
            here = account is not None and account.messenger == MESSENGER
            return [{"type": "user", "user_id": account.user_id}] if account and here else _styled(f"@{span.name}")
        case _:
            assert_never(span)


def _moment(moment: Moment) -> Json:
    """Each reader's client shows it by its own clock and in its own words; one that cannot shows ours, with its zone."""
    shown = _MOMENTS[moment.shows]
    return {"type": "date", "timestamp": int(moment.at.timestamp()), "format": shown, "fallback": moment.text}


def _linked(link: Link) -> list[Json]:
    """A link, or (an address that Slack would not open) its words."""
    if not _safe(link.url):
        return _styled(words((link,)))
    return [_link(link.url, link.text)]


def _link(url: str, text: str) -> Json:
    return {"type": "link", "url": url, "text": text or url}


def _styled(text: str, **style: bool) -> list[Json]:
    return [
        {"type": "text", "text": piece, **({"style": style} if style else {})}
        for piece in pieces(text, SECTION)
        if piece
    ]


def _safe(url: str) -> bool:
    return url.lower().startswith(_SCHEMES) and len(url) <= _URL
