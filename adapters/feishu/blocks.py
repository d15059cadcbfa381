"""Blocks of a card → components of schema 2.0, each within Feishu's limits, in words that cannot become markup.

Words without style are `plain_text`, which reads no markup at all; what needs bold, a link or a mention is markdown in
which every sign that acts is escaped (markup.py). Everything stands directly in the body, as forms and tables must.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from adapters.feishu.carried import Errand, value
from adapters.feishu.forms import form
from adapters.feishu.limits import COLUMNS, LABEL, clipped
from adapters.feishu.markup import escaped, link, markdown, safe, strong
from adapters.feishu.parts import Json, Scene, faint, marked, plain_text, words
from bot.cards import (
    Block,
    Button,
    Buttons,
    Chart,
    Divider,
    Facts,
    Faint,
    File,
    Form,
    Item,
    Items,
    Picture,
    Plain,
    Quote,
    Strong,
    Table,
    Text,
    charted,
)

_STYLES = {"normal": "default", "primary": "primary_filled", "danger": "danger"}
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
_LONGEST = 400
"""Characters of one line that is markdown; entities make them up to six times as many."""


def drawn(block: Block, scene: Scene) -> list[Json]:
    """One block of a card. A file is only named here: whoever posts uploads it."""
    match block:
        case Text():
            return _text(block, scene)
        case Facts():
            return _facts(block)
        case Items():
            return [*_heading(block.title), *_items(block.items, scene)]
        case Table():
            return _table_in_words(block) if scene.in_words else _table(block)
        case Chart():
            return [*_heading(block.title), *_chart(block, scene)]
        case Quote():
            return _quote(block)
        case Divider():
            return [{"tag": "hr"}]
        case Buttons():
            return buttons(block.buttons, scene)
        case Form():
            return form(block, scene)
        case Picture():
            return _picture(block, scene)
        case File():
            return faint(block.name)
        case _:
            assert_never(block)


def picture(block: Picture) -> bool:
    """Whether Feishu shows such a picture."""
    return block.media_type in _PICTURES


def buttons(presses: Iterable[Button], scene: Scene) -> list[Json]:
    """The presses beside each other."""
    made = [_button(press, scene) for press in presses if press.label.strip()]
    return [_row(made)] if made else []


def _text(text: Text, scene: Scene) -> list[Json]:
    if all(isinstance(span, Faint) for span in text.spans):
        return faint("".join(span.text for span in text.spans if isinstance(span, Faint)))
    if all(isinstance(span, Plain) for span in text.spans):
        return words("".join(span.text for span in text.spans if isinstance(span, Plain)))
    made: list[Json] = []
    line = ""
    for span in text.spans:
        long = span.text if isinstance(span, Plain | Strong | Faint) and len(span.text) > _LONGEST else ""
        if long or len(line) > _LONGEST * 4:
            made += [marked(line)] if line.strip() else []
            line = ""
        if long:
            made += words(long)
        else:
            line += markdown((span,), people=scene.people, local=scene.people and bool(scene.room))
    return [*made, *([marked(line)] if line.strip() else [])]


def _facts(facts: Facts) -> list[Json]:
    made: list[Json] = []
    short: list[str] = []
    for label, value_ in facts.pairs:
        if len(label) + len(value_) <= _LONGEST:
            short.append(f"{strong(label)} {escaped(value_)}")
        else:
            made += [*_lines(short), *_heading(label), *words(value_)]
            short = []
    return [*made, *_lines(short)]


def _lines(lines: list[str]) -> list[Json]:
    """Short lines under each other, a few to a component."""
    groups = [lines[start : start + 10] for start in range(0, len(lines), 10)]
    return [marked("<br>".join(group)) for group in groups if any(line.strip() for line in group)]


def _heading(text: str) -> list[Json]:
    if not text.strip():
        return []
    return words(text) if len(text) > _LONGEST else [marked(strong(text))]


def _items(items: tuple[Item, ...], scene: Scene) -> Iterator[Json]:
    """Lines with a press are rows of their own, the press beside them; lines without any stand together."""
    together: list[str] = []
    for item in items:
        line = _line(item)
        if item.buttons or line is None:
            yield from _lines(together)
            together = []
            yield from _row_of(item, line, scene)
        else:
            together.append(line)
    yield from _lines(together)


def _line(item: Item) -> str | None:
    """The item as markdown; None when it is too long for a line."""
    if len(item.lead) + len(item.text) + len(item.detail) > _LONGEST:
        return None
    first = " ".join(filter(None, (escaped(item.lead), escaped(item.text))))
    return f"{first}<br><font color='grey'>{escaped(item.detail)}</font>" if item.detail.strip() else first


def _row_of(item: Item, line: str | None, scene: Scene) -> list[Json]:
    said_ = (
        words(" ".join(filter(None, (item.lead, item.text)))) + faint(item.detail) if line is None else _lines([line])
    )
    if len(item.buttons) != 1 or len(said_) != 1 or not item.buttons[0].label.strip():
        return [*said_, *buttons(item.buttons, scene)]
    beside = {"tag": "column", "width": "auto", "elements": [_button(item.buttons[0], scene)]}
    left = {"tag": "column", "width": "weighted", "weight": 1, "elements": said_}
    return [{"tag": "column_set", "flex_mode": "none", "columns": [left, beside]}]


def _table(table: Table) -> list[Json]:
    """A table component; the client pages it by ten."""
    names = [f"c{place}" for place in range(min(len(table.columns), COLUMNS))]
    if not names:
        return []
    columns = [
        {"name": name, "display_name": title, "data_type": "text", "width": "auto"}
        for name, title in zip(names, table.columns, strict=False)
    ]
    rows = [dict(zip(names, row, strict=False)) for row in table.rows]
    return [{"tag": "table", "page_size": 10, "row_height": "auto", "columns": columns, "rows": rows}]


def _table_in_words(table: Table) -> list[Json]:
    return [*_heading(" | ".join(table.columns)), *words("\n".join(" | ".join(row) for row in table.rows))]


def _chart(chart: Chart, scene: Scene) -> list[Json]:
    """Bars, each with its figure on it; in words where two of them have one name, which would be drawn as one bar.

    One colour, the client's own: a rainbow would say that the bars are of different kinds (sheet 4.8)."""
    labels = [bar.label for bar in chart.bars]
    if scene.in_words or not labels or len(set(labels)) < len(labels):
        return _lines([escaped(line) for line in charted(chart)])
    bars = [{"label": bar.label, "figure": bar.figure} for bar in chart.bars]
    spec = {
        "type": "bar", "data": {"values": bars}, "xField": "label", "yField": "figure",
        "label": {"visible": True, "formatter": "{figure}" + chart.unit},
    }  # fmt: skip
    return [{"tag": "chart", "aspect_ratio": "2:1", "color_theme": "brand", "preview": False, "chart_spec": spec}]


def _quote(quote: Quote) -> list[Json]:
    """Apart from the bot's own words, on grey."""
    by = faint(f"— {quote.by}") if quote.by.strip() else []
    source = [marked(link(quote.url, quote.url))] if safe(quote.url) else []
    inside = [*words(quote.text), *by, *source]
    column = {"tag": "column", "width": "weighted", "weight": 1, "padding": "8px", "elements": inside}
    return [{"tag": "column_set", "background_style": "grey", "columns": [column]}] if inside else []


def _picture(block: Picture, scene: Scene) -> list[Json]:
    key = scene.images.get(block.name)
    return [{"tag": "img", "img_key": key, "alt": plain_text(block.alt)}] if key else faint(block.alt)


def _row(made: list[Json]) -> Json:
    columns = [{"tag": "column", "width": "auto", "elements": [one]} for one in made]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def _button(press: Button, scene: Scene) -> Json:
    carried = value(Errand(press.command, press.version, scene.room))
    made: Json = {
        "tag": "button", "text": plain_text(clipped(press.label, LABEL)), "type": _STYLES[press.style],
        "behaviors": [{"type": "callback", "value": carried}],
    }  # fmt: skip
    if press.confirm.strip():
        question = clipped(press.confirm, 300)
        made["confirm"] = {"title": plain_text(clipped(press.label, LABEL)), "text": plain_text(question)}
    return made
