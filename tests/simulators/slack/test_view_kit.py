"""Views as a whole: their own limits, their size, and what a modal's questions need."""

import pytest

from tests.simulators.slack.conftest import modal, question, section
from tests.simulators.slack.kit import views as kit

PLAIN = {"type": "plain_text"}


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_words_of_the_frame(name):
    for length, fine in ((23, True), (24, True), (25, False), (0, False)):
        view = modal(section(), **{name: PLAIN | {"text": "字" * length}})
        assert (kit.faults(view, "modal") == []) == fine, length


@pytest.mark.parametrize(("name", "most"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)])
def test_what_the_app_keeps_in_it(name, most):
    for length, fine in ((most - 1, True), (most, True), (most + 1, False)):
        assert (kit.faults(modal(section(), **{name: "x" * length}), "modal") == []) == fine, length


def test_questions_need_a_way_to_send_them():
    view = modal(question("行动", {"type": "plain_text_input"}))
    assert kit.faults(view, "modal") == []
    del view["submit"]
    assert kit.faults(view, "modal") == ["missing required field: submit [json-pointer:/view]"]


def test_a_modal_needs_a_title_and_a_block():
    untitled = modal(section())
    del untitled["title"]
    assert kit.faults(untitled, "modal") != []
    assert kit.faults(modal(), "modal") != []


def test_a_home_is_no_modal_and_has_no_title():
    home = {"type": "home", "blocks": [section()]}
    assert kit.faults(home, "home") == []
    assert kit.faults(home, "modal") != []
    assert kit.faults(modal(section()), "home") != []
    assert kit.faults(home | {"title": PLAIN | {"text": "a"}}, "home") != []


def test_two_fields_cannot_both_have_the_cursor():
    first = question("一", {"type": "plain_text_input", "focus_on_load": True})
    second = question("二", {"type": "plain_text_input", "focus_on_load": True})
    assert kit.faults(modal(first), "modal") == []
    assert kit.faults(modal(first, second), "modal") != []


def test_a_quarter_of_a_megabyte_is_the_most():
    view = modal(*[section("字" * 3000) for _ in range(27)])
    assert not kit.too_large(view)
    assert kit.too_large(modal(*[section("字" * 3000) for _ in range(28)]))
