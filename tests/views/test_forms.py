"""Forms ask for what is missing and only that; the example is the line that would have said it."""

import dataclasses
from datetime import date, time

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.domain.action import Cadence, Priority, Supporter, Verb
from bot.texts import LANGUAGES
from bot.views import forms
from tests.views.cast import ENGINEERING, LI, WANG, ZHANG, action, due, scene

REFUSED = {"due": "“尽快”不是一天。"}


def test_nothing_said_asks_for_everything() -> None:
    form = forms.add(scene(ZHANG), {}, forms.NEEDED, {}, "/action add")
    assert tuple(field.name for field in form.fields) == forms.WHOLE
    assert [field.name for field in form.fields if field.required] == list(forms.NEEDED)


def test_only_what_is_missing_is_asked() -> None:
    form = forms.add(scene(ZHANG), {"text": "x", "due": "2026-11-27"}, ("owner",), {}, "/action add x 2026-11-27")
    assert [field.name for field in form.fields] == ["owner"]
    assert form.title == "还差一点：x"
    assert form.command == "/action add x 2026-11-27"
    assert form.example == "@李四"


def test_what_was_refused_is_asked_again_with_the_reason_and_what_was_typed() -> None:
    form = forms.add(scene(ZHANG), {"text": "x", "owner": "li", "due": "尽快"}, (), REFUSED, "/action add x")
    assert [(field.name, field.value, field.problem) for field in form.fields] == [("due", "尽快", REFUSED["due"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_a_form(language: str) -> None:
    for verb in set(Verb) - {Verb.ADD, Verb.UNDO}:
        form = forms.verb(scene(LI, language), action(language), verb)
        assert tuple(field.name for field in form.fields) == forms.OF_VERB.get(verb, ())
        assert (form.command, form.version, form.note) == (f"/action {verb} A-42", 3, action(language).text)
        assert "A-42" in form.title, verb
        assert plain(form), verb


@pytest.mark.parametrize(
    ("values", "missing", "asked"),
    [
        ({}, (), ["why", "resolver", "until"]),
        ({"why": "x"}, (), ["resolver", "until"]),
        ({"why": "x"}, ("until",), ["until"]),
        ({"why": "x", "resolver": "li", "until": "fri"}, (), ["why", "resolver", "until"]),
    ],
)
def test_a_verb_asks_for_the_rest(values: dict[str, str], missing: tuple[str, ...], asked: list[str]) -> None:
    form = forms.verb(scene(LI, "en"), action("en"), Verb.BLOCK, values, missing, {}, "/action block A-42 x")
    assert [field.name for field in form.fields] == asked


def test_a_form_for_the_rest_says_what_and_shows_how() -> None:
    form = forms.verb(scene(LI, "en"), action("en"), Verb.BLOCK, {"why": "x"}, (), {}, "/action block A-42 x")
    assert form.title == "A-42 still needs: Who can resolve it, Resolved by"
    assert form.example == "@Zhang San by Thursday"


def test_long_words_are_clipped_in_the_title_and_stand_whole_below() -> None:
    text = "很长的一件事" * 40
    form = forms.add(scene(ZHANG), {"text": text}, ("owner",), {}, f"/action add {text}")
    assert form.title.endswith("…")
    assert form.note == text


def test_an_edit_begins_with_the_item_as_it_is() -> None:
    item = action(
        "en", due=due(date(2026, 11, 27), time(15, 30)), supporters=(Supporter(person=WANG), Supporter(department=ENGINEERING)),
        priority=Priority.HIGH, cadence=Cadence.DAILY, place="Room 3", note="half done",
    )  # fmt: skip
    form = forms.verb(scene(LI, "en"), item, Verb.EDIT)
    assert {field.name: field.value for field in form.fields} == {
        "text": "Write complaint procedure v2.0", "due": "2026-11-27 15:30", "criterion": "first-level response included",
        "supporters": "Wang Wu, Engineering", "tracker": "Zhang San", "priority": "high", "cadence": "daily",
        "place": "Room 3", "meeting": "Q3 product planning", "remarks": "half done",
    }  # fmt: skip
    assert [field.name for field in form.fields if field.required] == ["text", "due"]


def test_a_refused_edit_asks_only_about_the_refused_field() -> None:
    form = forms.verb(scene(LI), action(), Verb.EDIT, {"due": "尽快"}, (), REFUSED, "/action edit A-42")
    assert [(field.name, field.value) for field in form.fields] == [("due", "尽快")]


def test_choices_are_said_in_the_readers_words() -> None:
    form = forms.add(scene(ZHANG, "en"), {}, forms.NEEDED)
    priority = next(field for field in form.fields if field.name == "priority")
    assert [(one.value, one.label) for one in priority.choices] == [
        ("high", "high"),
        ("normal", "normal"),
        ("low", "low"),
    ]
    department = forms.add(scene(ZHANG, "en"), {"text": "x"}, ("department",)).fields[0]
    assert [one.value for one in department.choices] == ["Engineering", "Customer service"]


def test_fields_take_no_more_than_the_rules_allow() -> None:
    here = scene(ZHANG)
    rules = replace(here.workplace.rules, text_limit=80)
    tight = replace(here, workplace=dataclasses.replace(here.workplace, rules=rules))
    assert {field.limit for field in forms.add(tight, {}, forms.NEEDED).fields} == {80}
