"""Cards on their way to the page: JSON that the client draws, with bytes set apart as files to fetch."""

import hashlib
from typing import Any, assert_never

from adapters.web.history import Kept
from adapters.web.people import MESSENGER
from bot.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    Code,
    Divider,
    Facts,
    Faint,
    Field,
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
)
from bot.people import Account

Json = dict[str, Any]
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})
"""What the page shows as pictures; every other file is only ever fetched."""
_SCHEMES = ("http://", "https://")


def body(card: Card) -> Json:
    """The card as the page draws it."""
    blocks = [block_json(block) for block in card.blocks]
    return {"card": {"title": card.title, "tone": card.tone, "blocks": blocks}}


def files_of(card: Card) -> tuple[Kept, ...]:
    """The bytes that the card's JSON only refers to."""
    return tuple(kept(block) for block in card.blocks if isinstance(block, Picture | File))


def kept(block: Picture | File) -> Kept:
    """A picture or file under an id made of its content: the same one is kept once."""
    digest = hashlib.sha256(f"{block.name}\0{block.media_type}\0".encode() + block.content).hexdigest()
    return Kept(digest, block.name, block.media_type, block.content)


def file_url(file_id: str) -> str:
    """Where the page fetches a kept file."""
    return f"/api/files/{file_id}"


def file_json(file: Kept) -> Json:
    """A file that somebody sent along."""
    picture = file.media_type in PICTURES
    return {"name": file.name, "url": file_url(file.id), "size": len(file.content), "picture": picture}


def block_json(block: Block) -> Json:
    """One block as the page draws it; `kind` says which."""
    match block:
        case Text():
            return {"kind": "text", "spans": [_span(span) for span in block.spans]}
        case Facts():
            return {"kind": "facts", "pairs": [list(pair) for pair in block.pairs]}
        case Items():
            return {"kind": "items", "title": block.title, "items": [_item(item) for item in block.items]}
        case Table():
            return {"kind": "table", "columns": list(block.columns), "rows": [list(row) for row in block.rows]}
        case Chart():
            bars = [{"label": bar.label, "figure": bar.figure} for bar in block.bars]
            return {"kind": "chart", "title": block.title, "unit": block.unit, "bars": bars}
        case Quote():
            return {"kind": "quote", "text": block.text, "by": block.by, "url": _safe(block.url)}
        case Divider():
            return {"kind": "divider"}
        case Buttons():
            return {"kind": "buttons", "buttons": [_button(button) for button in block.buttons]}
        case Form():
            return form_json(block)
        case Picture():
            return {"kind": "picture", "alt": block.alt, "name": block.name, "url": file_url(kept(block).id)}
        case File():
            return {"kind": "file", "name": block.name, "url": file_url(kept(block).id), "size": len(block.content)}
        case _:
            assert_never(block)


def form_json(form: Form) -> Json:
    """A form as the page asks it."""
    return {
        "kind": "form",
        "title": form.title,
        "command": form.command,
        "submit": form.submit,
        "note": form.note,
        "example": form.example,
        "version": form.version,
        "fields": [_field(field) for field in form.fields],
    }


def _field(field: Field) -> Json:
    return {
        "name": field.name,
        "label": field.label,
        "input": field.input,
        "required": field.required,
        "value": field.value,
        "hint": field.hint,
        "problem": field.problem,
        "limit": field.limit,
        "choices": [{"value": choice.value, "label": choice.label} for choice in field.choices],
    }


def _item(item: Item) -> Json:
    presses = [_button(button) for button in item.buttons]
    return {"lead": item.lead, "text": item.text, "detail": item.detail, "buttons": presses}


def _button(button: Button) -> Json:
    return {
        "label": button.label,
        "command": button.command,
        "style": button.style,
        "confirm": button.confirm,
        "version": button.version,
    }


def _span(span: Span) -> Json:
    match span:
        case Link():
            return {"kind": "link", "text": span.text, "url": _safe(span.url)}
        case Mention():
            return {"kind": "mention", "text": f"@{span.name}", "user": _here(span.account)}
        case Moment():
            return {"kind": "moment", "text": span.text, "at": span.at.isoformat(), "shows": span.shows}
        case Plain() | Strong() | Faint() | Code():
            return {"kind": type(span).__name__.lower(), "text": span.text}
        case _:
            assert_never(span)


def _here(account: Account | None) -> str:
    return account.user_id if account and account.messenger == MESSENGER else ""


def _safe(url: str) -> str:
    return url if url.lower().startswith(_SCHEMES) else ""
