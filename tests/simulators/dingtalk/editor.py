"""The card platform's editor, as far as its own exports show it (open-dingtalk's examples, version 3.0.0): imports a template
strictly and says what each component shows, when, and what a press of it sends back.

Whatever the exports do not have is refused here, so that a template which passes is one that the platform could have
written. Nobody has yet imported ours there (docs/dingtalk.md).
"""

import json
import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

OUTER = {"editorData", "widgetInfo", "type", "mode"}
EDITOR = {
    "schemaVersion", "schema", "mockData", "editVersion", "customWidgetInfo", "useCustomWidgetInfo", "variableList", "formList",
    "expList", "localList", "hsfList", "lwpList", "pageData", "extension",
}  # fmt: skip
NODE = {"componentName", "id", "props", "title", "hidden", "isLocked", "condition", "conditionGroup"}
COMPONENT = {"package", "version", "exportName", "main", "destructuring", "subName", "componentName"}
VARIABLE = {"id", "name", "type", "private", "description", "editorVarType"}
BUTTON = {
    "id", "text", "status", "color", "icon", "darkModeIcon", "iconType", "iconFont", "visible", "actionType", "actionId",
    "params", "isDtmd", "urlType", "url", "successToast", "failureToast", "successCondition", "events",
}  # fmt: skip
PARAM = {"id", "name", "type", "variable", "variableType", "value"}
CONDITION = {"type", "variable", "variableType", "op", "value", "valueType", "valueVariableType"}
COLORS, WORD_COLORS = {"blue", "gray", "red"}, {"black", "gray", "blue"}
_BOUND = re.compile(r"\$\{(\w+)\}")


class Unimportable(ValueError):
    """The editor cannot read this file."""


@dataclass(frozen=True)
class Part:
    """What stands at one place: the variable it shows, as `words`, `markdown` or a `button`; shown while none of `needs` is
    empty. A button's press sends `action` and, as parameters, the variables named in `params`."""

    kind: str
    variable: str
    needs: tuple[str, ...]
    action: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def shown(self, values: Json) -> bool:
        return all(values.get(name) for name in self.needs)


@dataclass(frozen=True)
class Imported:
    """A template: its variables with their types, the one that notifications and lists show, and its parts from the top."""

    variables: dict[str, str]
    summary: str
    parts: tuple[Part, ...]


def imported(text: str) -> Imported:
    """Reads an export. Raises Unimportable for anything that is none."""
    outer = _object(json.loads(text), OUTER, "file")
    _is((outer["type"], outer["mode"]) == ("im", "card"), "a message card")
    _is(isinstance(outer["editorData"], str), "editorData is JSON as text")
    editor = _object(json.loads(outer["editorData"]), EDITOR, "editorData")
    _is(editor["schemaVersion"] == "3.0.0", "version 3.0.0")
    _is(editor["extension"] == {"extendType": "NORMAL", "fileTypeList": []}, "an ordinary card")
    variables = {one["id"]: one["type"] for one in editor["variableList"] if _variable(one)}
    _is(len(variables) == len(editor["variableList"]), "each variable once")
    _is(editor["mockData"]["cardData"].keys() == variables.keys(), "a sample of each variable")
    root = _tree(editor["schema"])
    summary = root["props"]["summaryContent"]["variable"]
    parts = tuple(part for node in root["children"] for part in _parts(node, variables))
    _is(summary in variables, "a summary")
    return Imported(variables, summary, parts)


def _tree(schema: Json) -> Json:
    """The one root, a Card, with every component that it uses declared and every id its own."""
    _is(schema["version"] == "1.0.0", "schema 1.0.0")
    root: Json = schema["componentsTree"][0]
    _is(len(schema["componentsTree"]) == 1 and root["componentName"] == "Card", "one card")
    _is(root["props"]["enableClickEvent"] is False, "the card itself is no button")
    nodes = [root, *root["children"]]
    for node in nodes:
        _object({name: value for name, value in node.items() if name != "children"}, NODE, "component")
        _is(not (node["hidden"] or node["isLocked"]), "nothing is hidden for good")
    _is(len({node["id"] for node in nodes}) == len(nodes), "each id once")
    for one in schema["componentsMap"]:
        _is(one["package"] == "@ali/dxComponent" and one["exportName"] == one["componentName"], "a known component")
        _object(one, COMPONENT, "componentsMap")
    _is(
        {one["componentName"] for one in schema["componentsMap"]} == {node["componentName"] for node in nodes},
        "declared",
    )
    return root


def _variable(one: Json) -> bool:
    more = {"disabled", "schema"} if one["type"] == "markdown" else set()
    _object(one, VARIABLE | more, "variable")
    _is(one["type"] in ("string", "markdown") and one["id"] == one["name"], f"variable {one['id']}")
    return (one["private"], one["editorVarType"]) == (False, "variables")


def _parts(node: Json, variables: dict[str, str]) -> list[Part]:
    props = node["props"]
    needs = _needs(props["visible"], variables)
    match node["componentName"]:
        case "BaseText":
            _is(props["color"] in WORD_COLORS and props["maxLine"]["value"] > 0, "words")
            return [Part("words", _bound(props["text"], variables, "string"), needs)]
        case "Markdown":
            content = props["content"]
            _is((content["type"], content["valueType"]) == ("dynamicMarkdown", "variable"), "bound markdown")
            _is(variables.get(content["variable"]) == "markdown", f"{content['variable']} is markdown")
            return [Part("markdown", content["variable"], needs)]
        case "ButtonList":
            _is((props["direction"], props["buttons"]["type"]) == ("horizontal", "button"), "a row of buttons")
            return [_button(one, needs, variables) for one in props["buttons"]["list"]]
        case other:
            raise Unimportable(f"component {other}")


def _button(one: Json, needs: tuple[str, ...], variables: dict[str, str]) -> Part:
    """回传请求: what makes a press a callback."""
    _object(one, BUTTON, "button")
    _is(one["actionType"] == "request" and one["isDtmd"] is False, "a request")
    _is(one["color"] in COLORS and one["status"] == "normal", "a button's look")
    params = [_object(param, PARAM, "parameter") for param in one["params"]]
    _is(
        all(param["type"] == "variable" and variables.get(param["variable"]) == "string" for param in params),
        "parameters",
    )
    action = _dynamic(one["actionId"], "String")["content"]
    _is(bool(action) and "$" not in action, "an action of its own")
    needed = (*needs, *_needs(one["visible"], variables))
    named = tuple((param["name"], param["variable"]) for param in params)
    return Part("button", _bound(one["text"], variables, "string"), needed, action, named)


def _needs(visible: Json, variables: dict[str, str]) -> tuple[str, ...]:
    """The variables that must not be empty."""
    _is(_dynamic(visible, "Visible")["valueType"] == "condition" and visible["condition"]["op"] == "and", "a condition")
    conditions = [_object(one, CONDITION, "condition") for one in visible["condition"]["conditions"]]
    _is(all(one["op"] == "isNotEmpty" and one["variable"] in variables for one in conditions), "not empty")
    return tuple(one["variable"] for one in conditions)


def _bound(text: Json, variables: dict[str, str], kind: str) -> str:
    """The one variable that these words are."""
    found = _BOUND.fullmatch(_dynamic(text, "String")["content"])
    if found is None or variables.get(found[1]) != kind:
        raise Unimportable(f"{text['content']} is no {kind} variable")
    return found[1]


def _dynamic(value: Json, kind: str) -> Json:
    _is(value.get("type") == f"dynamic{kind}" and value.get("i18n") in (None, False), f"a dynamic {kind}")
    return value


def _object(value: Any, names: set[str], what: str) -> Json:
    if not isinstance(value, dict) or value.keys() != names:
        raise Unimportable(f"{what}: {sorted(set(value) ^ names)}")
    return value


def _is(true: bool, what: str) -> None:
    if not true:
        raise Unimportable(what)
