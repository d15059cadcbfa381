"""What somebody reads: blocks, markup and modals as words, the way Slack's client shows them to this viewer."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.simulators.slack.values import File, Json, Message, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

EMOJI = {
    "+1": "👍", "-1": "👎", "smile": "😄", "tada": "🎉", "fire": "🔥", "warning": "⚠️", "x": "❌", "bell": "🔔",
    "white_check_mark": "✅", "red_circle": "🔴", "large_yellow_circle": "🟡", "large_green_circle": "🟢",
    "heart": "❤️", "eyes": "👀", "hourglass": "⌛", "pushpin": "📌", "rocket": "🚀", "no_entry": "⛔",
}  # fmt: skip
"""Some of what :name: turns into, in markup and in plain text with emoji on."""
_CODE = re.compile(r"```\n?(.+?)```|`([^`\n]+)`", re.DOTALL)
_ANGLE = re.compile(r"<([^<>\n]+)>")
_SHORT = re.compile(r":([a-z0-9_+-]+):")
_STYLED = [
    re.compile(rf"(?<![\w{c}]){e}(?=\S)([^\n]*?\S)(?<!{e}){e}(?![\w{c}])")
    for c, e in (("*", r"\*"), ("_", "_"), ("~", "~"))
]


class Eyes:
    """One viewer's. Markup that acts is shown acting: stars that make bold are not seen, a mention is a name."""

    def __init__(self, workspace: "Workspace", viewer: User) -> None:
        self.workspace = workspace
        self.viewer = viewer

    def message(self, message: Message) -> str:
        """The blocks where there are any (the text is then only the notification's), and the files."""
        body = self.blocks(message.blocks) if message.blocks else [self.mrkdwn(message.text)]
        return "\n".join([*body, *(line for file in message.files for line in self.file(file))])

    def file(self, file: File) -> Iterator[str]:
        """Its title and name; of text also what it says, which the client shows below."""
        if file.title and file.title != file.name:
            yield file.title
        yield f"[{file.name}]"
        if file.content is not None and file.name.endswith((".txt", ".csv", ".md")):
            yield file.content.decode("utf-8-sig", "replace")

    def view(self, view: View) -> str:
        """A modal's title, its blocks with what is typed in, the faults under their fields, its buttons; or a Home."""
        frame = [f"[{view.sent[name]['text']}]" for name in ("submit", "close") if name in view.sent]
        title = [view.sent["title"]["text"]] if "title" in view.sent else []
        body = [line for block in view.blocks for line in self._in_view(view, block)]
        frame += [view.errors[""]] if "" in view.errors else []
        return "\n".join([*title, *body, *frame])

    def _in_view(self, view: View, block: Json) -> Iterator[str]:
        yield from self.block(block)
        for value in view.values.get(block["block_id"], {}).values():
            shown = next((one for name, one in value.items() if name != "type"), None)
            if shown:
                yield self._value(shown)
        if block["block_id"] in view.errors:
            yield view.errors[block["block_id"]]

    def _value(self, shown: object) -> str:
        if isinstance(shown, dict) and "text" in shown:
            return str(shown["text"]["text"])
        if isinstance(shown, list):
            return "、".join(self._value(one) for one in shown)
        return self._name(str(shown)) if str(shown) in self.workspace.users else str(shown)

    # --- blocks ---

    def blocks(self, blocks: list[Json]) -> list[str]:
        return [line for block in blocks for line in self.block(block)]

    def block(self, block: Json) -> Iterator[str]:
        """The lines of one block."""
        match block["type"]:
            case "section":
                yield from self._texts([block.get("text"), *block.get("fields", ())])
                yield from self._elements([block["accessory"]] if "accessory" in block else [])
            case "header":
                yield self.text(block["text"])
            case "context":
                yield " ".join(self.text(one) if "text" in one else f"[{one['alt_text']}]" for one in block["elements"])
            case "actions":
                yield from self._elements(block["elements"])
            case "input":
                yield from self._texts([block["label"], block.get("hint")])
                yield from self._elements([block["element"]])
            case "image":
                yield from self._texts([block.get("title")])
                yield f"[{block['alt_text']}]"
            case "divider":
                yield "—"
            case "markdown":
                yield block["text"]
            case "table":
                yield from (" | ".join(self.cell(cell) for cell in row) for row in block["rows"])
            case "rich_text":
                yield from (self._rich(one) for one in block["elements"])

    def _texts(self, texts: list[Json | None]) -> Iterator[str]:
        yield from (self.text(one) for one in texts if one)

    def _elements(self, elements: list[Json]) -> Iterator[str]:
        for one in elements:
            if one["type"] == "button":
                yield f"[{self.text(one['text'])}]"
            elif one["type"] == "image":
                yield f"[{one['alt_text']}]"
            elif one["type"] in ("overflow", "checkboxes", "radio_buttons"):
                yield "  ".join(f"({self.text(option['text'])})" for option in one["options"])
            elif "placeholder" in one:
                yield self.text(one["placeholder"])

    def cell(self, cell: Json) -> str:
        return str(cell["text"]) if cell["type"] == "raw_text" else "".join(self._rich(one) for one in cell["elements"])

    def _rich(self, element: Json) -> str:
        match element["type"]:
            case "rich_text_list":
                return "\n".join(f"• {self._rich(one)}" for one in element["elements"])
            case "rich_text_section" | "rich_text_preformatted" | "rich_text_quote":
                return "".join(self._inline(one) for one in element["elements"])
            case _:
                raise AssertionError(f"nobody can see a {element['type']}")

    def _inline(self, one: Json) -> str:
        match one["type"]:
            case "text":
                return str(one["text"])
            case "link":
                return f"{one['text']} ({one['url']})" if one.get("text") else str(one["url"])
            case "user":
                return f"@{self._name(one['user_id'])}"
            case "broadcast":
                return f"@{one['range']}"
            case "emoji":
                return EMOJI.get(one["name"], f":{one['name']}:")
            case "date":
                return self._date(one["timestamp"], one["format"])
            case _:
                return str(next(value for name, value in one.items() if name != "type"))

    # --- texts ---

    def text(self, text: Json) -> str:
        if text["type"] == "mrkdwn":
            return self.mrkdwn(text["text"])
        return _emoji(text["text"]) if text.get("emoji", True) else str(text["text"])

    def mrkdwn(self, text: str) -> str:
        """Slack's markup as it is shown: code as it stands, the rest with styles, mentions, links and dates acting."""
        shown, at = [], 0
        for code in _CODE.finditer(text):
            shown += [self._acting(text[at : code.start()]), _entities(code[1] or code[2])]
            at = code.end()
        return "".join([*shown, self._acting(text[at:])])

    def _acting(self, text: str) -> str:
        pieces, at = [], 0
        for angle in _ANGLE.finditer(text):
            pieces += [_styled(text[at : angle.start()]), self._angle(angle[1])]
            at = angle.end()
        return "".join([*pieces, _styled(text[at:])])

    def _angle(self, inside: str) -> str:
        what, _, label = inside.partition("|")
        if what[:1] == "@":
            return f"@{self._name(what[1:])}"
        if what[:1] == "#":
            place = self.workspace.conversations.get(what[1:])
            return f"#{place.name if place else label or what[1:]}"
        if what.startswith("!date^"):
            parts = what.split("^")
            return self._date(int(parts[1]), parts[2])
        if what[:1] == "!":
            return label or f"@{what[1:].partition('^')[0]}"
        return f"{_entities(label)} ({_entities(what)})" if label else _entities(what)

    def _name(self, id: str) -> str:
        user = self.workspace.users.get(id)
        return user.real_name if user else id

    def clock(self, ts: str) -> str:
        """When a message was written, by the viewer's clock."""
        return datetime.fromtimestamp(float(ts), UTC).astimezone(ZoneInfo(self.viewer.tz)).strftime("%m-%d %H:%M:%S")

    def _date(self, at: int, form: str) -> str:
        """In the viewer's zone."""
        local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(self.viewer.tz))
        day, clock = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
        return re.sub(r"\{date\w*\}", day, re.sub(r"\{time\w*\}", clock, form)).replace("{ago}", f"{day} {clock}")


def _styled(text: str) -> str:
    for style in _STYLED:
        text = style.sub(r"\1", text)
    return _entities(_emoji(re.sub(r"(?m)^&gt; ?", "", text)))


def _emoji(text: str) -> str:
    return _SHORT.sub(lambda short: EMOJI.get(short[1], short[0]), text)


def _entities(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
