"""The workplace's card template, as DingTalk's card platform imports it: docs/dingtalk-card.json is made by `exported`.

The format is that of the platform's own exports (examples of open-dingtalk, version 3.0.0): `editorData` is the editor's
tree as JSON text, `widgetInfo` the layout that the editor compiles of it when the template is saved, and empty until then.
What stands in a card and how it is called is said once, here, for outgoing.py's variables.
"""

import json
from typing import Any

from adapters.dingtalk.limits import BUTTONS, TEXTS

Json = dict[str, Any]
TITLE, TIPS = "title", "tips"
TEXT_NAMES = tuple(f"text{n}" for n in range(1, TEXTS + 1))
LABELS = tuple(f"b{n}" for n in range(1, BUTTONS + 1))
KEYS = tuple(f"k{n}" for n in range(1, BUTTONS + 1))
PARAM = "key"
"""The parameter of a button's request that holds its key."""
IN_A_ROW = 3
_LINK = {"type": "dynamicLink", "value": "", "valueType": "fixed", "variable": "", "variableType": "global"}
_NO_ICON = {"type": "icon", "iconType": "ddIcon", "icon": ""}
_SAMPLE = {
    TITLE: "🟡 A-42 后天到期（11月27日 周五）", "text1": "输出《客户投诉处理流程V2.0》", "b1": "提交成果", "b2": "延期", "b3": "受阻",
    TIPS: "已提醒王五",
}  # fmt: skip


def exported() -> str:
    """The file to import."""
    whole = {"editorData": json.dumps(_editor(), ensure_ascii=False), "widgetInfo": "", "type": "im", "mode": "card"}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def variables() -> dict[str, str]:
    """Every variable of the template with its type, in order."""
    words = [TITLE, *(name for pair in zip(LABELS, KEYS, strict=True) for name in pair), TIPS]
    return {TITLE: "string", **dict.fromkeys(TEXT_NAMES, "markdown"), **dict.fromkeys(words, "string")}


def by_hand() -> str:
    """The same as a table of docs/dingtalk.md, for whoever builds it in the editor: from top to bottom."""
    rows = [
        ("基础文本", TITLE, "四级标题 (bold)", TITLE, ""),
        *(("Markdown", name, "", name, "") for name in TEXT_NAMES),
    ]
    for place, (label, key) in enumerate(zip(LABELS, KEYS, strict=True)):
        row = f"横排按钮 {place // IN_A_ROW + 1}, button {place % IN_A_ROW + 1}"
        event = f"回传请求, action id `{label}`, parameter `{PARAM}` = variable `{key}`"
        rows.append((row, label, "gray" if place else "blue", label, event))
    rows.append(("基础文本", TIPS, "注释 (small), gray", TIPS, ""))
    head = ["| component | shows | look | 显示条件: not empty (不为空) | event |", "|---|---|---|---|---|"]
    return "\n".join(
        [*head, *(f"| {kind} | `{shows}` | {look} | `{when}` | {event} |" for kind, shows, look, when, event in rows)]
    )


def _editor() -> Json:
    tree = _tree()
    kinds = sorted({node["componentName"] for node in [tree, *tree["children"]]})
    components = [
        {
            "package": "@ali/dxComponent", "version": "1.0.0", "exportName": kind, "main": "./src/index.tsx",
            "destructuring": False, "subName": "", "componentName": kind,
        }
        for kind in kinds
    ]  # fmt: skip
    return {
        "schemaVersion": "3.0.0",
        "schema": {"version": "1.0.0", "componentsMap": components, "componentsTree": [tree], "i18n": {}},
        "mockData": {"cardData": {name: _SAMPLE.get(name, "") for name in variables()}, "cardPrivateData": {}, "localData": {}},
        "editVersion": 0, "customWidgetInfo": "", "useCustomWidgetInfo": False,
        "variableList": [_variable(name, kind) for name, kind in variables().items()],
        "formList": [], "expList": [], "localList": [], "hsfList": [], "lwpList": [], "pageData": {},
        "extension": {"extendType": "NORMAL", "fileTypeList": []},
    }  # fmt: skip


def _variable(name: str, kind: str) -> Json:
    more = {"disabled": False, "schema": []} if kind == "markdown" else {}
    return {
        "id": name, "name": name, "type": kind, "private": False, "description": "", "editorVarType": "variables", **more,
    }  # fmt: skip


def _tree() -> Json:
    """From top to bottom: title, texts, buttons three in a row, tips."""
    rows = [range(first, first + IN_A_ROW) for first in range(0, BUTTONS, IN_A_ROW)]
    props = {
        "enableClickEvent": False, "showCloseButton": False, "enableStatPoint": False, "enableExposeStatPoint": False,
        "summaryContent": {"type": "variableValue", "variableType": "global", "variable": TITLE},
        "autoFoldConfig": {
            "needFold": False, "heightLimit": 480, "foldStatusLocalDataKey": "_cardFoldStatusLocalDataKey",
        },
    }  # fmt: skip
    children = [
        _words("title", TITLE, "common_h4_bold_text_style", "black", 3),
        *(_markdown(name) for name in TEXT_NAMES),
        *(_row(number, row) for number, row in enumerate(rows, 1)),
        _words("tips", TIPS, "common_footnote_text_style", "gray", 20),
    ]
    return _node("Card", "card", props, "闭环") | {"children": children}


def _node(kind: str, id: str, props: Json, title: str) -> Json:
    return {
        "componentName": kind, "id": f"node_bihuan_{id}", "props": props, "title": title, "hidden": False, "isLocked": False,
        "condition": True, "conditionGroup": "",
    }  # fmt: skip


def _words(id: str, name: str, style: str, color: str, most: int) -> Json:
    """At most so many lines of plain words, in one of the platform's own styles."""
    props = {
        "text": _text(f"${{{name}}}"), "hoverText": _text(""), "maxLine": _fixed("Number", most), "lineHeight": "normal",
        "styleType": "standard", "styleToken": style, "fontSizeType": "Standard", "size": "middle", "customFontSize": 15,
        "customFontLineHeight": 22, "fontColorType": "Standard", "color": color, "customLightColor": _fixed("Color", "#35404b"),
        "customDarkColor": _fixed("Color", "#f6f6f6"), "bold": False, "italic": False, "strikeThrough": False,
        "gravity": "left", "enableHighlight": False, "enableIcon": False, "iconType": "iconCode", "iconFont": _NO_ICON,
        "icon": _LINK, "darkIcon": _LINK, "autoWidth": False, "autoMaxWidth": False, "maxWidth": 0, "fixedWidth": 0,
        "innerOffset": 0, "visible": _when(name), **_margins(),
    }  # fmt: skip
    return _node("BaseText", id, props, "基础文本")


def _markdown(name: str) -> Json:
    content = {
        "type": "dynamicMarkdown",
        "valueType": "variable",
        "value": "",
        "variable": name,
        "variableType": "global",
    }
    props = {
        "mdVer": 0,
        "hoverText": _text(""),
        "content": content,
        "visible": _when(name),
        "innerOffset": 0,
        **_margins(),
    }
    return _node("Markdown", name, props, "Markdown 内容")


def _row(number: int, places: range) -> Json:
    props = {
        "direction": "horizontal", "widthMode": "AutoWidth", "visible": _when(LABELS[places[0]]), "innerOffset": 0,
        "margin": -2,
        "buttons": {"type": "button", "list": [_button(place) for place in places]}, **_margins(),
    }  # fmt: skip
    return _node("ButtonList", f"buttons{number}", props, "横排按钮")


def _button(place: int) -> Json:
    """A press: a request back (回传请求) that brings the button's key. The likeliest comes first and is blue."""
    label, key = LABELS[place], KEYS[place]
    param = {"id": "1", "name": PARAM, "type": "variable", "variable": key, "variableType": "global", "value": ""}
    return {
        "id": str(place + 1), "text": _text(f"${{{label}}}"), "status": "normal", "color": "gray" if place else "blue",
        "icon": _LINK, "darkModeIcon": _LINK, "iconType": "iconCode",
        "iconFont": _NO_ICON, "visible": _when(label),
        "actionType": "request", "actionId": _text(label), "params": [param], "isDtmd": False, "urlType": "all", "url": _LINK,
        "successToast": _text(""), "failureToast": _text(""), "successCondition": {"op": "and", "conditions": []},
        "events": [],
    }  # fmt: skip


def _when(name: str) -> Json:
    """Shown when the variable is not empty."""
    condition = {
        "type": "variable", "variable": name, "variableType": "global", "op": "isNotEmpty", "value": "",
        "valueType": "fixed", "valueVariableType": "global",
    }  # fmt: skip
    conditions = {"op": "and", "conditions": [condition]}
    return {"type": "dynamicVisible", "value": True, "valueType": "condition", "condition": conditions}


def _text(content: str) -> Json:
    return {"type": "dynamicString", "content": content, "i18n": False}


def _fixed(kind: str, value: int | str) -> Json:
    return {"type": f"dynamic{kind}", "valueType": "fixed", "value": value, "variable": "", "variableType": "global"}


def _margins() -> Json:
    return {"marginLeft": 12, "marginRight": 12, "marginTop": 6, "marginBottom": 6}
