"""The validator: a card is taken whole or rejected whole, with the sub-code and the place (sheet 3.4, 4.1–4.4)."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.simulators.feishu.errors import CardError, FeishuError
from tests.simulators.feishu.kit import charts
from tests.simulators.feishu.kit import components as kit
from tests.simulators.feishu.kit.charts import judge_chart
from tests.simulators.feishu.kit.languages import judge_languages
from tests.simulators.feishu.values import Json

MOST_BYTES = 30 * 1024
MOST_NODES, MOST_TABLES, MOST_DEPTH, MOST_OPTIONS = 200, 5, 5, 1_000
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")
_AT = re.compile(r"<(?:at|person)\s+id\s*=\s*[\"']?([^\s\"'/>]*)")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)]*)\)")
_TIME = re.compile(
    r"<local_datetime millisecond='\d{10,14}' format_type='"
    r"(?:date_num|date|date_short|week|week_short|time|time_sec|timezone)'></local_datetime>"
)
_PIPES = re.compile(r"(?m)^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$")


@dataclass(frozen=True)
class Known:
    """What a card may name: open ids of this app, image keys that it uploaded."""

    people: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()


@dataclass
class _Walk:
    """What was met on the way."""

    known: Known
    nodes: int = 0
    tables: int = 0
    charts: int = 0
    names: Counter[str] = field(default_factory=Counter)
    ids: Counter[str] = field(default_factory=Counter)


def judge(card: object, known: Known) -> None:
    """Raises CardError, or FeishuError 230025 for what is too long."""
    if not isinstance(card, dict) or card.get("schema") != "2.0":
        raise CardError(200621, "parse card json err, this simulator takes schema 2.0")
    if len(json.dumps(card, ensure_ascii=False).encode()) > MOST_BYTES:
        raise FeishuError(230025, "The length of the message content reaches its limit.")
    _only(card, kit.ROOT, "ROOT")
    judge_languages(card)
    _head(card)
    walk = _Walk(known)
    body = card.get("body", {})
    _only(body, kit.BODY, "ROOT -> body")
    for place, element in enumerate(_list(body.get("elements", []), "ROOT -> body")):
        _component(element, f"ROOT -> body -> elements -> [{place}]", walk, depth=0, form=False)
    _count_texts(card.get("header", {}), walk)
    _totals(walk)


def _head(card: Json) -> None:
    config, header = card.get("config", {}), card.get("header")
    _only(config, kit.CONFIG, "ROOT -> config")
    if config.get("update_multi", True) is not True:
        raise CardError(200621, "update_multi of schema 2.0 is true", "ROOT -> config")
    if config.get("width_mode", "default") not in kit.WIDTHS:
        raise CardError(200621, "unknown width_mode", "ROOT -> config")
    _only(config.get("summary", {}), kit.SUMMARY, "ROOT -> config -> summary")
    if header is None:
        return
    _only(header, kit.HEADER, "ROOT -> header")
    if header.get("template", "default") not in kit.TEMPLATES:
        raise CardError(200621, "unknown template", "ROOT -> header")
    for tag in header.get("text_tag_list", []):
        if tag.get("color", "neutral") not in kit.TAG_COLOURS:
            raise CardError(200621, "unknown color", "ROOT -> header -> text_tag_list")
    if len(header.get("text_tag_list", [])) > 3:
        raise CardError(11310, "text_tag_list over limit", "ROOT -> header")
    _text(header.get("title"), "ROOT -> header -> title")
    if "subtitle" in header:
        _text(header["subtitle"], "ROOT -> header -> subtitle")


def _totals(walk: _Walk) -> None:
    if walk.nodes > MOST_NODES:
        raise CardError(11310, "card element number over limit", value=str(walk.nodes))
    if walk.tables > MOST_TABLES:
        raise CardError(11310, "card table number over limit", value="table")
    if walk.charts > charts.MOST:
        raise CardError(11310, "card chart number over limit", value="chart")
    if any(count > 1 for count in walk.names.values()):
        raise CardError(200530, "form item name duplicate", value=str(walk.names.most_common(1)))
    for one, count in walk.ids.items():
        if count > 1 or not _ID.fullmatch(one):
            raise CardError(200621, f"element_id {one} is not unique, or none")


def _component(element: object, path: str, walk: _Walk, *, depth: int, form: bool) -> None:
    if not isinstance(element, dict) or "tag" not in element:
        raise CardError(200621, "a component without a tag", path)
    tag = element["tag"]
    path = f"{path}(tag: {tag})"
    if tag in kit.GONE:
        raise CardError(200861, "cards of schema V2 no longer support this capability", path, f"unsupported tag {tag}")
    if tag not in kit.PROPERTIES:
        raise CardError(200621, "unknown tag", path, str(tag))
    _only(element, kit.PROPERTIES[tag], path)
    missing = [name for name in kit.REQUIRED.get(tag, ()) if not element.get(name) and element.get(name) != []]
    if missing:
        raise CardError(200621, f"{missing[0]} is required", path)
    if tag in ("form", "table") and depth > 0:
        raise CardError(200621, f"{tag} stands directly in the body", path)
    if depth > MOST_DEPTH:
        raise CardError(11310, "nested too deeply", path)
    walk.nodes += 1
    if "element_id" in element:
        walk.ids[element["element_id"]] += 1
    _interactive(element, path, walk, form)
    _own(element, path, walk)
    _children(element, path, walk, depth=depth, form=form or tag == "form")


def _children(element: Json, path: str, walk: _Walk, *, depth: int, form: bool) -> None:
    inside = _list(element.get("elements", []), path)
    if element["tag"] == "column_set":
        inside = _list(element["columns"], path)
        if any(not isinstance(one, dict) or one.get("tag") != "column" for one in inside):
            raise CardError(200621, "a column_set holds columns", path)
    for place, one in enumerate(inside):
        _component(one, f"{path} -> elements -> [{place}]", walk, depth=depth + 1, form=form)
    if element["tag"] == "form" and not any(one.get("form_action_type") == "submit" for one in _every(element)):
        raise CardError(200621, "a form needs a submit button", path)


def _interactive(element: Json, path: str, walk: _Walk, form: bool) -> None:
    """Names in forms, behaviours, and that a callback's value is an object (a string would be 200671)."""
    tag = element["tag"]
    if tag not in kit.INTERACTIVE:
        return
    if form or tag.startswith("multi_select"):
        if not form:
            raise CardError(200621, f"{tag} stands in a form", path)
        if not element.get("name"):
            raise CardError(200530, "form item name empty", path)
    if element.get("name"):
        walk.names[element["name"]] += 1
    for one in _list(element.get("behaviors", []), path):
        if one.get("type") not in ("callback", "open_url"):
            raise CardError(200621, "unknown behavior", path)
        if one["type"] == "callback" and not isinstance(one.get("value"), dict):
            raise CardError(200671, "the value of a callback is an object", path)


def _own(element: Json, path: str, walk: _Walk) -> None:
    """What only this component is held to."""
    for name in ("text", "placeholder", "label", "alt"):
        if name in element:
            _text(element[name], f"{path} -> {name}")
    confirm = element.get("confirm")
    if confirm is not None:
        _only(confirm, frozenset({"title", "text"}), f"{path} -> confirm")
        _text(confirm.get("title"), path)
        _text(confirm.get("text"), path)
    _count_texts({k: v for k, v in element.items() if k not in ("elements", "columns", "behaviors")}, walk)
    judged = _JUDGES.get(element["tag"])
    if judged:
        judged(element, path, walk)
    for text in (element.get("content"), *((element.get("i18n_content") or {}).values())):
        if element["tag"] == "markdown" and isinstance(text, str):
            _markdown(text, path, walk)


def _markdown(text: str, path: str, walk: _Walk) -> None:
    for person in _AT.findall(text):
        if person != "all" and person not in walk.known.people:
            raise CardError(100290, "invalid user id", path, person)
    for image in _IMAGE.findall(text):
        if image not in walk.known.images:
            raise CardError(200570, "invalid image keys", path, image)
    if text.count("<local_datetime") != len(_TIME.findall(text)):
        raise CardError(200621, "a local_datetime that no client can read", path)
    tables = len(_PIPES.findall(text))
    if tables > 4:
        raise CardError(11310, "card table number over limit", path, "table")
    walk.tables += tables


def _image(element: Json, path: str, walk: _Walk) -> None:
    if element["img_key"] not in walk.known.images:
        raise CardError(200570, "invalid image keys", path, element["img_key"])


def _input(element: Json, path: str, walk: _Walk) -> None:
    del walk
    most = element.get("max_length", 1_000)
    if not isinstance(most, int) or not 1 <= most <= 1_000:
        raise CardError(200621, "max_length is 1 to 1000", path)
    first = (element.get("default_value", ""), *element.get("i18n_default_value", {}).values())
    if max(map(len, first)) > most:
        raise CardError(200621, "default_value longer than max_length", path)
    if element.get("input_type", "text") not in ("text", "multiline_text", "password"):
        raise CardError(200621, "unknown input_type", path)


def _select(element: Json, path: str, walk: _Walk) -> None:
    del walk
    options = _list(element.get("options", []), path)
    values = [one.get("value") for one in options]
    for one in options:
        _only(one, frozenset({"text", "value", "icon"}), f"{path} -> options")
        _text(one.get("text"), f"{path} -> options")
    if not options or len(set(values)) < len(values) or not all(values) or len(options) > MOST_OPTIONS:
        raise CardError(200621, "options: some, each with its own value", path)
    if element.get("initial_option") is not None and element["initial_option"] not in values:
        raise CardError(200621, "initial_option is not among the options", path)


def _people(element: Json, path: str, walk: _Walk) -> None:
    options = [one.get("value") for one in _list(element.get("options", []), path)]
    chosen = element.get("selected_values", []) or [element.get("initial_option")]
    named = [*options, *(one for one in chosen if one)]
    for person in named:
        if person not in walk.known.people:
            raise CardError(100290, "invalid user id", path, str(person))
    if options and any(one not in options for one in chosen if one):
        raise CardError(200621, "chosen but not among the options", path)


def _person(element: Json, path: str, walk: _Walk) -> None:
    named = [element.get("user_id")] if element["tag"] == "person" else [one.get("id") for one in element["persons"]]
    for person in named:
        if person not in walk.known.people:
            raise CardError(100290, "invalid user id", path, str(person))


def _day(element: Json, path: str, walk: _Walk) -> None:
    del walk
    try:
        date.fromisoformat(element.get("initial_date", "2026-01-01"))
    except ValueError:
        raise CardError(200621, "initial_date is yyyy-MM-dd", path) from None


def _button(element: Json, path: str, walk: _Walk) -> None:
    del walk
    if element.get("type", "default") not in kit.BUTTON_TYPES:
        raise CardError(200621, "unknown type", path, element["type"])
    if element.get("form_action_type", "submit") not in ("submit", "reset"):
        raise CardError(200621, "unknown form_action_type", path)


def _table(element: Json, path: str, walk: _Walk) -> None:
    walk.tables += 1
    names = [one.get("name") for one in element["columns"]]
    if not 0 < len(names) <= 50 or len(set(names)) < len(names):
        raise CardError(200914, "columns: 1 to 50, each with its own name", path)
    if not 1 <= element.get("page_size", 5) <= 10:
        raise CardError(200621, "page_size is 1 to 10", path)
    kinds = {one.get("name"): one.get("data_type", "text") for one in element["columns"]}
    for row in element["rows"]:
        if set(row) - set(names):
            raise CardError(200915, "a row of other columns", path)
        for name, cell in row.items():
            _cell(kinds[name], cell, path, walk)


def _cell(kind: str, cell: Any, path: str, walk: _Walk) -> None:
    if kind == "persons" and any(one not in walk.known.people for one in cell):
        raise CardError(100290, "invalid user id", path, str(cell))
    if kind in ("text", "lark_md", "markdown") and not isinstance(cell, str):
        raise CardError(200915, "a cell that is no text", path)
    if kind in ("lark_md", "markdown"):
        _markdown(cell, path, walk)


def _chart(element: Json, path: str, walk: _Walk) -> None:
    walk.charts += 1
    judge_chart(element, path)


_JUDGES = {
    "img": _image, "input": _input, "select_static": _select, "multi_select_static": _select, "select_person": _people,
    "multi_select_person": _people, "person": _person, "person_list": _person, "date_picker": _day, "button": _button,
    "table": _table, "chart": _chart,
}  # fmt: skip


def _text(text: object, path: str) -> None:
    if not isinstance(text, dict) or text.get("tag") not in ("plain_text", "lark_md"):
        raise CardError(200621, "a text object is needed", path)
    _only(text, kit.PARTS[text["tag"]], path)
    if not isinstance(text.get("content"), str):
        raise CardError(200621, "content is required", path)


def _count_texts(tree: object, walk: _Walk) -> None:
    """Texts count as nodes too."""
    if isinstance(tree, dict):
        walk.nodes += tree.get("tag") in ("plain_text", "lark_md", "text_tag")
        for inner in tree.values():
            _count_texts(inner, walk)
    elif isinstance(tree, list):
        for inner in tree:
            _count_texts(inner, walk)


def _every(element: Json) -> Iterator[Json]:
    """A component and everything inside."""
    yield element
    for one in [*element.get("elements", []), *element.get("columns", [])]:
        if isinstance(one, dict) and "tag" in one:
            yield from _every(one)


def every(card: Json) -> Iterator[Json]:
    """All components of a card, in order."""
    for one in card.get("body", {}).get("elements", []):
        yield from _every(one)


def _only(found: object, allowed: frozenset[str], path: str) -> None:
    if not isinstance(found, dict):
        raise CardError(200621, "parse card json err", path)
    for name in found:
        if name not in allowed:
            raise CardError(200621, f"unknown property, property: {name}, path: {path}", path)


def _list(found: object, path: str) -> list[Any]:
    if not isinstance(found, list):
        raise CardError(200621, "a list is needed", path)
    return found
