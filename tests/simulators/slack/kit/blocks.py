"""Blocks of a message or a view: each kind's shape, and what holds for all of them together."""

from collections.abc import Iterator
from typing import Any, Literal

from tests.simulators.slack.kit.elements import ACCESSORIES, ACTIONS, ID, IMAGE, INPUTS, mrkdwn, plain, words
from tests.simulators.slack.kit.rich import RICH_TEXT
from tests.simulators.slack.kit.rules import (
    Rule,
    among,
    array,
    boolean,
    both,
    fault,
    one_of,
    shape,
    string,
    typed,
)

Surface = Literal["message", "modal", "home"]
MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_CHARACTERS = 12_000
CELL = typed({"raw_text": shape({"text": string()}), "rich_text": RICH_TEXT})

EVERYWHERE: dict[str, Rule] = {
    "header": shape({"text": plain(150)}, block_id=ID),
    "section": both(
        shape(
            text=words(3000),
            fields=array(words(2000), 1, 10),
            accessory=typed(ACCESSORIES),
            block_id=ID,
            expand=boolean,
        ),
        one_of("text", "fields"),
    ),
    "actions": shape({"elements": array(typed(ACTIONS), 1, 25)}, block_id=ID),
    "context": shape(
        {"elements": array(typed({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": mrkdwn(3000)}), 1, 10)},
        block_id=ID,
    ),
    "divider": shape(block_id=ID),
    "image": both(
        shape(
            {"alt_text": string(2000, 1)},
            image_url=string(3000, 1),
            slack_file=shape(id=string(), url=string()),
            title=plain(2000),
            block_id=ID,
        ),
        one_of("image_url", "slack_file"),
    ),
    "input": shape(
        {"label": plain(2000), "element": typed(INPUTS)},
        hint=plain(2000),
        optional=boolean,
        dispatch_action=boolean,
        block_id=ID,
    ),
    "rich_text": RICH_TEXT,
    "video": shape(
        {"alt_text": string(), "title": plain(199), "thumbnail_url": string(3000), "video_url": string(3000)},
        author_name=string(49),
        description=plain(200),
        provider_icon_url=string(3000),
        provider_name=string(),
        title_url=string(3000),
        block_id=ID,
    ),
}
IN_MESSAGES: dict[str, Rule] = {
    "markdown": shape({"text": string(MARKDOWN_CHARACTERS, 1)}, block_id=ID),
    "table": shape(
        {"rows": array(array(CELL, 1, 20), 1, 100)},
        column_settings=array(shape(align=among("left", "center", "right"), is_wrapped=boolean), 0, 20),
        block_id=ID,
    ),
    "file": shape({"external_id": string(), "source": among("remote")}, block_id=ID),
}
_KINDS: dict[str, Rule] = {
    "message": typed(EVERYWHERE | IN_MESSAGES),
    "modal": typed(EVERYWHERE),
    "home": typed(EVERYWHERE),
}


def faults(blocks: Any, surface: Surface, place: str = "/blocks") -> list[str]:
    """Everything Slack has against these blocks on this surface; empty: nothing."""
    least = 0 if surface == "message" else 1
    found = list(array(_KINDS[surface], least, MOST[surface])(blocks, place))
    return found or [*_ids(blocks, place), *_markdown(blocks, place)]


def tables(blocks: list[dict[str, Any]]) -> int:
    """How many tables: more than one is `invalid_attachments` (sheet 3.1)."""
    return sum(block["type"] == "table" for block in blocks)


def weight(part: Any, per_object: int) -> int:
    """All characters that can be read, and so much more for each object that has a type."""
    if isinstance(part, list):
        return sum(weight(one, per_object) for one in part)
    if not isinstance(part, dict):
        return 0
    text = part.get("text")
    own = (len(text) if isinstance(text, str) else 0) + (per_object if "type" in part else 0)
    return own + sum(weight(one, per_object) for one in part.values())


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The interactive elements of a block, in reading order."""
    inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return [one for one in inside if one and one.get("type") in ACCESSORIES | INPUTS and one["type"] != "image"]


def _ids(blocks: list[dict[str, Any]], place: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in seen:
            yield fault(f"`block_id` {name} must be unique", f"{place}/{number}/block_id")
        seen.add(name or "")
        actions = [one["action_id"] for one in elements(block) if "action_id" in one]
        if len(set(actions)) < len(actions):
            yield fault("`action_id` must be unique within the block", f"{place}/{number}/elements")


def _markdown(blocks: list[dict[str, Any]], place: str) -> Iterator[str]:
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_CHARACTERS:
        yield fault(f"markdown blocks hold at most {MARKDOWN_CHARACTERS} characters together", place)
