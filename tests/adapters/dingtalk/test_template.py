"""The card template in docs/ is what the generator prints, what the platform's exports look like, and what cards are sent to."""

import json
import os
from pathlib import Path

import pytest

from adapters.dingtalk import template
from adapters.dingtalk.outgoing import key_of, shown
from bot.cards import Button, Buttons, Card, Plain, Text
from tests.simulators.dingtalk.editor import Unimportable, imported

DOCS = Path(__file__).parents[3] / "docs"
FILE = DOCS / "dingtalk-card.json"
EXPORT = json.loads(template.exported())


def read():
    return imported(FILE.read_text(encoding="utf-8"))


def test_the_file_is_the_generators():
    """With GOLDEN=write in the environment it is written instead."""
    if os.environ.get("GOLDEN") == "write":
        FILE.write_text(template.exported(), encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == template.exported()


def test_the_steps_by_hand_are_the_generators():
    assert template.by_hand() in (DOCS / "dingtalk.md").read_text(encoding="utf-8")


def test_its_variables_are_those_that_the_adapter_sends():
    """A card that uses every place; `tips` is what answers a press."""
    presses = tuple(Button(f"按{n}", f"/action show A-{n}") for n in range(6))
    full = Card("标题", (*(Text((Plain("长" * 300),)) for _ in range(8)), Buttons(presses)))
    assert {*shown(full, "template", direct=True).values, template.TIPS} == set(read().variables)


def test_from_top_to_bottom():
    order = [part.variable for part in read().parts]
    assert order == ["title", *(f"text{n}" for n in range(1, 9)), *(f"b{n}" for n in range(1, 7)), "tips"]


def test_a_place_without_words_is_not_there_and_a_button_sends_its_own_key():
    press = Button("接受", "/action accept A-1", version=3)
    values = shown(Card("请确认", (Buttons((press,)),)), "template", direct=True).values
    seen = [part for part in read().parts if part.shown(values)]
    assert [part.variable for part in seen] == ["title", "b1"]
    assert [(name, values[variable]) for name, variable in seen[1].params] == [("key", key_of(press))]


def test_the_second_row_of_buttons_needs_its_first():
    assert {part.needs for part in read().parts if part.variable == "b6"} == {("b4", "b6")}


def test_notifications_and_the_list_of_chats_show_the_title():
    assert read().summary == "title"


def changed(change):
    """The export with one thing changed in its editor's data."""
    editor = json.loads(EXPORT["editorData"])
    change(editor)
    return json.dumps({**EXPORT, "editorData": json.dumps(editor)})


def root(editor):
    return editor["schema"]["componentsTree"][0]


def button(editor):
    return root(editor)["children"][9]["props"]["buttons"]["list"][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda editor: editor["variableList"].pop(),
        lambda editor: editor["variableList"].append(editor["variableList"][0]),
        lambda editor: editor["schema"]["componentsMap"].pop(),
        lambda editor: root(editor)["children"][0]["props"]["text"].update(content="${titel}"),
        lambda editor: root(editor)["children"][1]["props"]["content"].update(variable="title"),
        lambda editor: root(editor)["children"][1]["props"]["visible"]["condition"]["conditions"][0].update(
            op="notEmpty"
        ),
        lambda editor: root(editor)["children"][1].update(id=root(editor)["id"]),
        lambda editor: root(editor)["props"].update(enableClickEvent=True),
        lambda editor: button(editor).update(actionType="url"),
        lambda editor: button(editor)["params"][0].update(variable="k7"),
        lambda editor: editor.pop("pageData"),
    ],
    ids=range(11),
)
def test_the_simulators_editor_reads_nothing_else(change):
    imported(changed(lambda editor: None))
    with pytest.raises(Unimportable):
        imported(changed(change))
