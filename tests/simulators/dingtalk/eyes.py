"""What somebody reads: markdown acting as DingTalk's subset acts, cards by their template, files by name (and, where a
zip holds text, what stands in it)."""

import html
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from tests.simulators.dingtalk.editor import Part
from tests.simulators.dingtalk.values import PUBLIC_TEMPLATE, Card, Json, Member, Message

if TYPE_CHECKING:
    from tests.simulators.dingtalk.organisation import Organisation

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&@])")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]*)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_EM = re.compile(r"(?<!\*)\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\*)|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~|(?<!~)~(?=\S)([^~\n]+?)(?<=\S)~(?!~)")
_CODE = re.compile(r"`([^`\n]+)`")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HOLD = 0xE000


class Eyes:
    """One viewer's."""

    def __init__(self, organisation: "Organisation", viewer: Member) -> None:
        self.organisation = organisation
        self.viewer = viewer

    def reads(self, message: Message) -> str:
        """The words of one message."""
        if message.card is not None:
            return self._card(message.card)
        if message.by:
            who = self.organisation.members[message.by].name
            return f"{who}: {message.param['content']}"
        match message.kind:
            case "text" | "sampleText":
                return str(message.param["content"])
            case "sampleFile":
                return self._file(message.param)
            case _:
                return rendered(str(message.param.get("text", "")))

    def _card(self, card: Card) -> str:
        values = card.seen_by(self.viewer.userid)
        if card.template.id != PUBLIC_TEMPLATE:
            return "\n".join(_seen(part, values) for part in card.template.parts if part.shown(values))
        said = [name for name in ("title", "markdown", "tips") if values.get(name)]
        texts = [rendered(values[name]) if name == "markdown" else values[name] for name in said]
        return "\n".join([*texts, *(f"[{label}]" for label in buttons_of(card, self.viewer.userid))])

    def _file(self, param: Json) -> str:
        content = self.organisation.media[param["mediaId"]]
        if param["fileType"] != "zip":
            return f"[{param['fileName']}]"
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            texts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt")]
        return "\n".join([f"[{param['fileName']}]", *texts])


def buttons_of(card: Card, viewer: str) -> dict[str, tuple[str, Json]]:
    """Buttons by label, each with what pressing it sends back: its action and params. One that is no callback button
    sends nothing and is not among them."""
    values = card.seen_by(viewer)
    if not card.stream:
        return {}
    if card.template.id == PUBLIC_TEMPLATE:
        given = json.loads(values.get("sys_full_json_obj") or "{}").get("msgButtons") or []
        return {one["text"]: (one["id"], {}) for one in given if one.get("request") is True and one.get("id")}
    shown = [part for part in card.template.parts if part.kind == "button" and part.shown(values)]
    return {
        values[one.variable]: (one.action, {name: values.get(variable, "") for name, variable in one.params})
        for one in shown
    }


def _seen(part: Part, values: Json) -> str:
    words = values[part.variable]
    return {"markdown": rendered, "button": "[{}]".format}.get(part.kind, str)(words)


def links_of(message: Message) -> dict[str, str]:
    """Links of a markdown message or an action card by their words."""
    if message.by or message.card:
        return {}
    found = {rendered(words): url for words, url in _LINK.findall(_held(str(message.param.get("text", "")))[0])}
    return found | {
        str(message.param[f"actionTitle{n}"]): str(message.param[f"actionURL{n}"])
        for n in range(1, 6)
        if f"actionTitle{n}" in message.param
    }


def rendered(text: str) -> str:
    """Markdown as words: marks that act are not seen, a single newline is lost, a web link keeps its address."""
    text, held = _held(text)
    text = re.sub(r"(?: {2,}\n|\n{2,})", "\v", text).replace("\n", " ").replace("\v", "\n")
    lines = [_line(line) for line in text.split("\n")]
    text = "\n".join(lines)
    for number, sign in enumerate(held):
        text = text.replace(chr(_HOLD + number), sign)
    return text


def _held(text: str) -> tuple[str, list[str]]:
    """Escaped signs put aside, so that they act no more."""
    held: list[str] = sorted(set(_ESCAPED.findall(text)))
    return _ESCAPED.sub(lambda found: chr(_HOLD + held.index(found[1])), text), held


def _line(line: str) -> str:
    line = re.sub(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-+*]\s+|\d+\.\s+(?=\S))", "", line)
    line = _CODE.sub(r"\1", line)
    line = _LINK.sub(lambda found: f"{found[1]} ({found[2]})" if found[2].startswith("http") else found[1], line)
    for mark in (_STRONG, _EM, _STRUCK):
        line = mark.sub(lambda found: next(group for group in found.groups() if group is not None), line)
    return html.unescape(_TAG.sub("", line))
