"""Block Kit's limits: one less, exactly so much, and one more of everything in the sheet's table 3.1."""

import copy
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.simulators.slack.conftest import button, question, section
from tests.simulators.slack.kit import blocks as kit

Json = dict[str, Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "字" * length}


def options(count: int, *, text: int = 2, value: int = 2) -> list[Json]:
    return [{"text": plain(text), "value": f"{number:0{value}d}"[:value] or "v"} for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(1)} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def confirm(**more: int) -> Json:
    lengths = {"title": 1, "text": 1, "confirm": 1, "deny": 1} | more
    return {name: plain(length) for name, length in lengths.items()}


BOUNDS = {
    "section text": (3000, lambda n: section("字" * n)),
    "section fields": (10, lambda n: {"type": "section", "fields": [plain(1)] * n}),
    "section field": (2000, lambda n: {"type": "section", "fields": [plain(n)]}),
    "header": (150, lambda n: {"type": "header", "text": plain(n)}),
    "block_id": (255, lambda n: section(block_id="b" * n)),
    "action_id": (255, lambda n: section(accessory=button(action_id="a" * n))),
    "button text": (75, lambda n: section(accessory=button("字" * n))),
    "button value": (2000, lambda n: section(accessory=button(value="v" * n))),
    "button url": (3000, lambda n: section(accessory=button(url="u" * n))),
    "accessibility label": (75, lambda n: section(accessory=button(accessibility_label="l" * n))),
    "confirm title": (100, lambda n: section(accessory=button(confirm=confirm(title=n)))),
    "confirm text": (300, lambda n: section(accessory=button(confirm=confirm(text=n)))),
    "confirm button": (30, lambda n: section(accessory=button(confirm=confirm(confirm=n)))),
    "deny button": (30, lambda n: section(accessory=button(confirm=confirm(deny=n)))),
    "context elements": (10, lambda n: {"type": "context", "elements": [plain(1)] * n}),
    "actions elements": (25, lambda n: actions(*[button(action_id=f"a{k}") for k in range(n)])),
    "select options": (100, lambda n: actions(select(options=options(n)))),
    "option text": (75, lambda n: actions(select(options=options(1, text=n)))),
    "option value": (150, lambda n: actions(select(options=options(1, value=n)))),
    "placeholder": (150, lambda n: actions(select(placeholder=plain(n)))),
    "checkboxes": (10, lambda n: actions({"type": "checkboxes", "options": options(n)})),
    "radio buttons": (10, lambda n: actions({"type": "radio_buttons", "options": options(n)})),
    "overflow": (5, lambda n: actions({"type": "overflow", "options": options(n)})),
    "input label": (2000, lambda n: question("字" * n, {"type": "datepicker"}, "b")),
    "input hint": (2000, lambda n: question("问", {"type": "datepicker"}, hint=plain(n))),
    "max_length": (3000, lambda n: question("问", {"type": "plain_text_input", "max_length": n})),
    "image alt text": (2000, lambda n: {"type": "image", "alt_text": "a" * n, "image_url": "https://a.example"}),
    "image title": (2000, lambda n: {"type": "image", "alt_text": "a", "image_url": "u", "title": plain(n)}),
    "image url": (3000, lambda n: {"type": "image", "alt_text": "a", "image_url": "u" * n}),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "字" * n}),
    "table rows": (100, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]] * n}),
    "table cells": (20, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * n]}),
    "list indent": (8, lambda n: rich({"type": "rich_text_list", "style": "bullet", "indent": n, "elements": []})),
}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def test_one_less_and_exactly_so_much_pass_and_one_more_does_not():
    for what, (most, block) in BOUNDS.items():
        assert kit.faults([block(most - 1)], "message") == [], what
        assert kit.faults([block(most)], "message") == [], what
        assert kit.faults([block(most + 1)], "message") != [], what


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_blocks_of_a_surface(surface, most):
    assert kit.faults([{"type": "divider"}] * (most - 1), surface) == []
    assert kit.faults([{"type": "divider"}] * most, surface) == []
    assert kit.faults([{"type": "divider"}] * (most + 1), surface) == [
        f"no more than {most} items allowed [json-pointer:/blocks]"
    ]


def test_a_fault_names_its_place():
    long = [{"type": "divider"}, section("字" * 3001)]
    assert kit.faults(long, "message") == ["must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]


WRONG = {
    "a header in markup": {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
    "a button in markup": section(accessory=button(text={"type": "mrkdwn", "text": "a"})),
    "an empty text": section(""),
    "a section of nothing": {"type": "section"},
    "an unknown field": {"type": "divider", "colour": "red"},
    "an unknown field of an element": section(accessory=button(tooltip="a")),
    "an unknown kind": {"type": "sektion"},
    "no kind": {"text": plain(1)},
    "an unknown style": section(accessory=button(style="default")),
    "no options": actions({"type": "checkboxes", "options": []}),
    "options and groups": actions(select(option_groups=[{"label": plain(1), "options": options(1)}])),
    "a first choice that is none": actions(select(initial_option={"text": plain(9), "value": "z"})),
    "a day that is none": actions({"type": "datepicker", "initial_date": "1 March"}),
    "an input where buttons stand": actions({"type": "plain_text_input"}),
    "a button in a question": question("问", button()),
    "a number for a word": section(accessory=button(value=42)),
    "a word for yes": question("问", {"type": "datepicker"}, optional="yes"),
    "an image without words": {"type": "image", "image_url": "https://a.example"},
    "one action_id twice": actions(button(), button()),
    "a button with the cursor": section(accessory=button(focus_on_load=True)),
    "a field that asks before": question("问", {"type": "plain_text_input", "confirm": confirm()}),
    "a mention in code": rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}),
    "a list of lists": rich({"type": "rich_text_list", "style": "bullet", "elements": [rich()]}),
}


def test_what_is_wrong_by_shape_is_refused():
    assert [what for what, block in WRONG.items() if kit.faults([block], "message") == []] == []


def test_one_block_id_twice_is_refused():
    assert kit.faults([section(block_id="a"), section(block_id="b")], "message") == []
    assert kit.faults([section(block_id="a"), section(block_id="a")], "message") != []


def test_markdown_is_counted_over_the_whole_message():
    half = {"type": "markdown", "text": "字" * 6000}
    assert kit.faults([half, half], "message") == []
    assert kit.faults([half, half, {"type": "markdown", "text": "字"}], "message") != []


def test_tables_and_markdown_are_for_messages_only():
    for block in ({"type": "markdown", "text": "a"}, {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}):
        assert kit.faults([block], "message") == []
        assert kit.faults([block], "modal") != []
        assert kit.faults([block], "home") != []


SHEET: list[Json] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Minutes", "emoji": True}},
    section(
        "*Ship it* — <@U0987654321>",
        block_id="act:42",
        accessory=button(
            style="primary",
            confirm=confirm() | {"text": {"type": "mrkdwn", "text": "Mark done"}},
        ),
    ),
    actions({"type": "overflow", "action_id": "more", "options": [{"text": plain(6), "value": "del"}]}),
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "due <!date^1772323200^{date_short_pretty}|2026>"}]},
    {"type": "markdown", "text": "# Standard **markdown**\n- [x] item"},
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [[{"type": "raw_text", "text": "What"}, {"type": "raw_text", "text": "Due"}]],
    },
    rich(
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Owner ", "style": {"bold": True}},
                {"type": "user", "user_id": "U0987654321"},
                {"type": "link", "url": "https://a.example", "text": "doc"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]},
    ),
]
"""The shapes of sheet 3.2, which Slack takes."""


@pytest.mark.parametrize("block", SHEET, ids=[block["type"] for block in SHEET])
def test_the_sheets_own_shapes_pass(block):
    assert kit.faults([block], "message") == []


@pytest.mark.parametrize("block", SHEET, ids=[block["type"] for block in SHEET])
def test_no_required_field_can_be_left_out_of_them(block):
    for name in set(block) - {"block_id", "accessory", "column_settings"}:
        less = copy.deepcopy(block)
        del less[name]
        assert kit.faults([less], "message") != [], name


SECOND_OPINION = ("section text", "section fields", "header", "block_id", "context elements", "actions elements",
                  "markdown", "input label", "image alt text")  # fmt: skip
"""Limits that slack_sdk's own models know too (sheet 3.5); they do not look into an accessory."""


@pytest.mark.parametrize("what", SECOND_OPINION)
def test_slack_sdk_draws_the_same_line(what):
    most, block = BOUNDS[what]
    fits, over = Block.parse(block(most)), Block.parse(block(most + 1))
    assert fits is not None
    assert over is not None
    fits.validate_json()
    with pytest.raises(SlackObjectFormationError):
        over.validate_json()
