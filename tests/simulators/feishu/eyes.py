"""What somebody reads: cards, texts and files as words, the way Feishu's client shows them in this reader's language."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.simulators.feishu import markdown
from tests.simulators.feishu.kit.charts import chart_shown
from tests.simulators.feishu.kit.languages import shown
from tests.simulators.feishu.values import Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

_AT = re.compile(r'<at user_id="([^"]+)">[^<]*</at>')
_READABLE = (".txt", ".csv", ".md")


class Eyes:
    """One reader's."""

    def __init__(self, tenant: "Tenant", reader: User) -> None:
        self.tenant = tenant
        self.reader = reader

    def message(self, message: Message) -> str:
        """Everything of one message, with what popped up for this reader after a press on it."""
        if message.recalled:
            return ""
        body = list(self.card(message.card, message)) if message.card else [self.plain(message)]
        popped = [self.text(toast) for who, toast in message.toasts if who == self.reader.open_id]
        return "\n".join([*body, *popped])

    def plain(self, message: Message) -> str:
        """A text, a file with what it says, or a picture."""
        content = json.loads(message.content)
        if message.kind == "text":
            return _AT.sub(lambda one: f"@{self.name(one[1])}", content["text"])
        if message.kind == "file":
            upload = self.tenant.files[content["file_key"]]
            readable = upload.name.endswith(_READABLE)
            return f"[{upload.name}]" + ("\n" + upload.content.decode("utf-8-sig", "replace") if readable else "")
        return f"[{message.kind}]"

    def card(self, card: Json, message: Message | None = None) -> Iterator[str]:
        """A card's words from the top, what is typed in included."""
        header = card.get("header", {})
        for name in ("title", "subtitle"):
            if name in header:
                yield self.text(header[name])
        yield from (self.text(one["text"]) for one in header.get("text_tag_list", []))
        values = message.values.get(self.reader.open_id, {}) if message else {}
        for one in card.get("body", {}).get("elements", []):
            yield from self.element(one, values)

    def summary(self, card: Json) -> str:
        """What the phone's notification says."""
        summary = card.get("config", {}).get("summary")
        return self.text(summary) if summary else next(self.card(card), "")

    def element(self, one: Json, values: Json) -> Iterator[str]:
        match one["tag"]:
            case "markdown":
                yield self._marked(shown(one, self.reader.language))
            case "div":
                yield from [self.text(one["text"])] if "text" in one else []
                yield from (self.text(field["text"]) for field in one.get("fields", []))
            case "hr":
                yield "—"
            case "img":
                yield f"[{self.text(one['alt'])}]"
            case "button":
                yield f"[{self.text(one['text'])}]" if "text" in one else "[]"
            case "table":
                yield from self._table(one)
            case "chart":
                yield from chart_shown(one["chart_spec"])
            case "column_set":
                yield from (line for column in one["columns"] for line in self.element(column, values))
            case "collapsible_panel":
                yield self.text(one["header"]["title"])
                yield from self._inside(one, values)
            case "column" | "form" | "interactive_container":
                yield from self._inside(one, values)
            case _:
                yield from self._field(one, values)

    def _inside(self, one: Json, values: Json) -> Iterator[str]:
        yield from (line for inner in one.get("elements", []) for line in self.element(inner, values))

    def _field(self, one: Json, values: Json) -> Iterator[str]:
        """An input, picker or menu: its label, and what stands in it or its placeholder."""
        if "label" in one:
            yield self.text(one["label"])
        typed = shown(one, self.reader.language, "i18n_default_value")
        first = typed or one.get("initial_option") or one.get("initial_date")
        value = values.get(one.get("name", ""), first or one.get("selected_values"))
        if value:
            yield self._value(one, value)
        elif "placeholder" in one:
            yield self.text(one["placeholder"])
        if one["tag"] == "select_static":
            yield "  ".join(f"({self.text(option['text'])})" for option in one["options"])

    def _value(self, one: Json, value: Any) -> str:
        if isinstance(value, list):
            return "、".join(self._value(one, part) for part in value)
        labels = {option["value"]: option.get("text") for option in one.get("options", [])}
        label = labels.get(value)
        return self.text(label) if label else self.name(str(value))

    def _table(self, one: Json) -> Iterator[str]:
        yield " | ".join(column.get("display_name", "") for column in one["columns"])
        for row in one["rows"]:
            yield " | ".join(self._cell(column, row.get(column["name"])) for column in one["columns"])

    def _cell(self, column: Json, cell: Any) -> str:
        if cell is None:
            return ""
        if column.get("data_type") in ("lark_md", "markdown"):
            return self._marked(cell)
        if column.get("data_type") == "persons":
            return "、".join(self.name(one) for one in cell)
        return "、".join(one["text"] for one in cell) if isinstance(cell, list) else str(cell)

    def text(self, text: Json) -> str:
        words = shown(text, self.reader.language, "i18n" if "i18n" in text else "i18n_content")
        return self._marked(words) if text.get("tag") == "lark_md" else words

    def name(self, id: str) -> str:
        if id == self.tenant.bot_id:
            return self.tenant.app.name
        user = self.tenant.users.get(id)
        return user.name if user else {"all": "所有人"}.get(id, id)

    def _marked(self, text: str) -> str:
        return markdown.shown(text, self.name, self.reader.zone, self.reader.language)
