"""Blocks as HTML for the page that is driven by hand: every word escaped, every element something to click."""

from html import escape

from tests.simulators.slack.eyes import Eyes
from tests.simulators.slack.screens import value_key
from tests.simulators.slack.values import Json, Message, User, View

LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels")
INPUT_KINDS = {"datepicker": "date", "timepicker": "time", "number_input": "number", "datetimepicker": "number"}


class Paint:
    """One viewer's messages and views as HTML."""

    def __init__(self, eyes: Eyes) -> None:
        self.eyes = eyes

    def message(self, message: Message, author: User | None) -> str:
        """With its author, and marked when only the viewer sees it."""
        private = " private" * bool(message.only_for)
        thread = " reply" * bool(message.thread_ts)
        name = author.real_name if author else "Slackbot"
        body = (
            self.blocks(message.blocks, message)
            if message.blocks
            else f"<p>{_lines(self.eyes.mrkdwn(message.text))}</p>"
        )
        files = "".join(f'<p class="file">{_lines(line)}</p>' for f in message.files for line in self.eyes.file(f))
        note = " <i>只有你能看到 · only visible to you</i>" * bool(message.only_for)
        head = f"<b>{escape(name)}</b> <time>{self.eyes.clock(message.ts)}</time>{note}"
        return f'<article class="message{private}{thread}" data-ts="{message.ts}">{head}{body}{files}</article>'

    def view(self, view: View) -> str:
        """A Home tab, or a modal as a form that can be sent."""
        body = "".join(self._with_fault(view, block) for block in view.blocks)
        if view.home:
            return body
        title = escape(view.sent["title"]["text"])
        fault = f'<p class="fault">{escape(view.errors[""])}</p>' if "" in view.errors else ""
        submit = f'<button type="submit">{escape(view.sent["submit"]["text"])}</button>' * ("submit" in view.sent)
        close = escape(view.sent.get("close", {"text": "Close"})["text"])
        return f"<form data-view='{view.id}'><h2>{title}</h2>{body}{fault}{submit}<button type=button data-close>{close}</button></form>"

    def _with_fault(self, view: View, block: Json) -> str:
        fault = view.errors.get(block["block_id"])
        return self.block(block, view) + (f'<p class="fault">{escape(fault)}</p>' if fault else "")

    def blocks(self, blocks: list[Json], on: Message | View) -> str:
        return "".join(self.block(block, on) for block in blocks)

    def block(self, block: Json, on: Message | View) -> str:
        """Words first, then what can be pressed or filled in."""
        match block["type"]:
            case "divider":
                return "<hr>"
            case "header":
                return f"<h3>{_lines(self.eyes.text(block['text']))}</h3>"
            case "table":
                return self._table(block)
            case "section":
                texts = [one for one in (block.get("text"), *block.get("fields", ())) if one]
                words = "".join(f"<p>{_lines(self.eyes.text(text))}</p>" for text in texts)
                return words + (self._element(block, block["accessory"], on) if "accessory" in block else "")
            case "actions":
                return f"<p>{''.join(self._element(block, one, on) for one in block['elements'])}</p>"
            case "input":
                return self._question(block, on)
            case kind:
                lines = "\n".join(self.eyes.block(block))
                return f'<p class="{kind}">{_lines(lines)}</p>'

    def _table(self, block: Json) -> str:
        rows = ["".join(f"<td>{escape(self.eyes.cell(cell))}</td>" for cell in row) for row in block["rows"]]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _question(self, block: Json, on: Message | View) -> str:
        label, hint = escape(block["label"]["text"]), escape(block.get("hint", {"text": ""})["text"])
        star = "" if block.get("optional") else " *"
        return f"<label>{label}{star} {self._element(block, block['element'], on)}<small>{hint}</small></label>"

    def _element(self, block: Json, element: Json, on: Message | View) -> str:
        """`data-at` says where it is; the page sends that back."""
        at = f'data-at="{escape(block["block_id"])}|{escape(element.get("action_id", ""))}"'
        if element["type"] == "button":
            ask = escape(element.get("confirm", {"text": {"text": ""}})["text"]["text"])
            style = escape(element.get("style", ""))
            return f'<button type="button" class="{style}" {at} data-ask="{ask}">{escape(self.eyes.text(element["text"]))}</button>'
        if element["type"] == "image":
            return f"<i>[{escape(element['alt_text'])}]</i>"
        return self._field(block, element, on, at)

    def _field(self, block: Json, element: Json, on: Message | View, at: str) -> str:
        live = " data-live" * (block["type"] != "input" or bool(block.get("dispatch_action")))
        now = on.values.get(block["block_id"], {}).get(element["action_id"], {}).get(value_key(element))
        if "select" in element["type"] or element["type"] in ("checkboxes", "radio_buttons", "overflow"):
            many = " multiple" * (value_key(element) in LISTS)
            return f"<select {at}{live}{many}>{self._choices(element, now)}</select>"
        words = escape("" if now is None else str(now))
        if element.get("multiline"):
            return f"<textarea {at}{live}>{words}</textarea>"
        return f'<input type="{INPUT_KINDS.get(element["type"], "text")}" {at}{live} value="{words}">'

    def _choices(self, element: Json, now: object) -> str:
        chosen = _chosen(now)
        first = "" if value_key(element) in LISTS else "<option value=''>…</option>"
        return first + "".join(
            f'<option value="{escape(value)}"{" selected" * (value in chosen)}>{escape(label)}</option>'
            for value, label in self._offered(element)
        )

    def _offered(self, element: Json) -> list[tuple[str, str]]:
        workspace = self.eyes.workspace
        if "users" in element["type"]:
            return [(one.id, one.real_name) for one in workspace.users.values()]
        if "channels" in element["type"] or "conversations" in element["type"]:
            return [(one.id, one.name) for one in workspace.conversations.values()]
        known = [
            *element.get("options", ()),
            *(o for group in element.get("option_groups", ()) for o in group["options"]),
        ]
        return [(one["value"], self.eyes.text(one["text"])) for one in known]


def _chosen(now: object) -> set[str]:
    if isinstance(now, list):
        return {value for one in now for value in _chosen(one)}
    if isinstance(now, dict):
        return {str(now["value"])}
    return {str(now)} if now is not None else set()


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
