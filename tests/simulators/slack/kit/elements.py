"""Interactive elements and the texts in them."""

from collections.abc import Iterator
from typing import Any

from tests.simulators.slack.kit.rich import RICH_TEXT
from tests.simulators.slack.kit.rules import Rule, among, array, boolean, both, fault, integer, shape, string, typed

ID = string(255)
DAY = string(pattern=r"\d{4}-\d{2}-\d{2}")


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object."""
    return typed({"plain_text": shape({"text": string(most, least)}, emoji=boolean)})


def mrkdwn(most: int) -> Rule:
    return typed({"mrkdwn": shape({"text": string(most, 1)}, verbatim=boolean)})


def words(most: int) -> Rule:
    """Either kind of text object."""
    return typed(
        {
            "plain_text": shape({"text": string(most, 1)}, emoji=boolean),
            "mrkdwn": shape({"text": string(most, 1)}, verbatim=boolean),
        }
    )


OPTION = shape({"text": plain(75), "value": string(150)}, description=plain(75))
OVERFLOW_OPTION = shape({"text": plain(75), "value": string(150)}, description=plain(75), url=string(3000))
MARKED_OPTION = shape({"text": words(75), "value": string(150)}, description=words(75))
GROUP = shape({"label": plain(75), "options": array(OPTION, 1, 100)})
CONFIRM = shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)}, style=among("primary", "danger")
)
FILTER = shape(
    include=array(among("im", "mpim", "private", "public"), 1),
    exclude_external_shared_channels=boolean,
    exclude_bot_users=boolean,
)
DISPATCH = shape(trigger_actions_on=array(among("on_enter_pressed", "on_character_entered"), 1, 2))


def initial_among_options(value: dict[str, Any], place: str) -> Iterator[str]:
    """What is chosen at first must be a byte-identical copy of an option (sheet 3.2)."""
    given = [*value.get("options", ()), *(o for group in value.get("option_groups", ()) for o in group["options"])]
    for name in ("initial_option", "initial_options"):
        chosen = value.get(name, [])
        for one in chosen if isinstance(chosen, list) else [chosen]:
            if one not in given:
                yield fault("initial option is not among the options", f"{place}/{name}")


def either_options(value: dict[str, Any], place: str) -> Iterator[str]:
    if ("options" in value) == ("option_groups" in value):
        yield fault("must provide exactly one of options and option_groups", place)


def _pressed(required: dict[str, Rule] | None = None, /, **optional: Rule) -> Rule:
    """What asks before it acts."""
    return shape(required, action_id=ID, confirm=CONFIRM, **optional)


def _element(required: dict[str, Rule] | None = None, /, **optional: Rule) -> Rule:
    """What may also have the cursor when a view opens."""
    return _pressed(required, focus_on_load=boolean, **optional)


def _select(multi: bool, **own: Rule) -> Rule:
    more: dict[str, Rule] = {"max_selected_items": integer(1)} if multi else {}
    return _element(placeholder=plain(150), **own, **more)


def _choice(multi: bool) -> Rule:
    first: dict[str, Rule] = {"initial_options": array(OPTION, 1, 100)} if multi else {"initial_option": OPTION}
    choice = _select(multi, options=array(OPTION, 1, 100), option_groups=array(GROUP, 1, 100), **first)
    return both(choice, either_options, initial_among_options)


def _searched(multi: bool) -> Rule:
    first: dict[str, Rule] = {"initial_options": array(OPTION, 1, 100)} if multi else {"initial_option": OPTION}
    return _select(multi, min_query_length=integer(0), **first)


BUTTON = _pressed(
    {"text": plain(75)},
    value=string(2000),
    url=string(3000),
    style=among("primary", "danger"),
    accessibility_label=string(75),
)
IMAGE = both(
    shape({"alt_text": string(2000)}, image_url=string(3000, 1), slack_file=shape(id=string(), url=string())),
    lambda value, place: (
        iter(()) if ("image_url" in value) != ("slack_file" in value) else iter([fault("one of image_url", place)])
    ),
)
OVERFLOW = _pressed({"options": array(OVERFLOW_OPTION, 1, 5)})
CHECKBOXES = both(
    _element({"options": array(MARKED_OPTION, 1, 10)}, initial_options=array(MARKED_OPTION, 1, 10)),
    initial_among_options,
)
RADIO = both(_element({"options": array(MARKED_OPTION, 1, 10)}, initial_option=MARKED_OPTION), initial_among_options)
SELECTS: dict[str, Rule] = {
    "static_select": _choice(False),
    "multi_static_select": _choice(True),
    "external_select": _searched(False),
    "multi_external_select": _searched(True),
    "users_select": _select(False, initial_user=string()),
    "multi_users_select": _select(True, initial_users=array(string())),
    "conversations_select": _select(
        False,
        initial_conversation=string(),
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
    ),
    "multi_conversations_select": _select(
        True, initial_conversations=array(string()), default_to_current_conversation=boolean, filter=FILTER
    ),
    "channels_select": _select(False, initial_channel=string(), response_url_enabled=boolean),
    "multi_channels_select": _select(True, initial_channels=array(string())),
}
PICKERS: dict[str, Rule] = {
    "datepicker": _element(initial_date=DAY, placeholder=plain(150)),
    "timepicker": _element(initial_time=string(pattern=r"\d{2}:\d{2}"), placeholder=plain(150), timezone=string()),
    "datetimepicker": _element(initial_date_time=integer(1_000_000_000, 9_999_999_999)),
}


def _field(required: dict[str, Rule] | None = None, /, **own: Rule) -> Rule:
    common: dict[str, Rule] = {"initial_value": string(), "placeholder": plain(150), "dispatch_action_config": DISPATCH}
    return shape(required, action_id=ID, focus_on_load=boolean, **(common | own))


TYPED: dict[str, Rule] = {
    "plain_text_input": _field(
        initial_value=string(3000), multiline=boolean, min_length=integer(0, 3000), max_length=integer(1, 3000)
    ),
    "number_input": _field({"is_decimal_allowed": boolean}, min_value=string(), max_value=string()),
    "email_text_input": _field(),
    "url_text_input": _field(),
    "rich_text_input": _field(
        initial_value=typed({"rich_text": RICH_TEXT}), min_lines=integer(1), max_lines=integer(1)
    ),
    "file_input": shape(action_id=ID, filetypes=array(string(), 1), max_files=integer(1, 10)),
}
CHOOSERS: dict[str, Rule] = {"checkboxes": CHECKBOXES, "radio_buttons": RADIO, **SELECTS, **PICKERS}
ACCESSORIES: dict[str, Rule] = {"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **CHOOSERS}
ACTIONS: dict[str, Rule] = {"button": BUTTON, "overflow": OVERFLOW, **CHOOSERS}
INPUTS: dict[str, Rule] = {**CHOOSERS, **TYPED}
