"""What a message may hold: text, blocks, metadata, thread; checked as chat.* checks them."""

import json
import re
import secrets
from typing import Any

from tests.simulators.slack import keyboard
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.errors import SlackError, invalid
from tests.simulators.slack.kit import blocks as kit
from tests.simulators.slack.unverified import Unverified
from tests.simulators.slack.values import Conversation, Json

LONGEST_TEXT = 40_000
LONGEST_EDIT = 4_000
LONGEST_MARKDOWN = 12_000
_EVENT_TYPE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def text(asked: Asked) -> str:
    """The text, cut at 40,000 characters as Slack cuts it (sheet 4.5)."""
    markdown = asked.text("markdown_text")
    if markdown and (asked.text("text") or asked.args.get("blocks")):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise SlackError("msg_too_long")
    return linked(asked, (markdown or asked.text("text"))[:LONGEST_TEXT])


def blocks(asked: Asked) -> list[Json] | None:
    """The blocks with ids given to those without; None when none were sent. Raises invalid_blocks and its kin."""
    given = asked.json("blocks", "invalid_blocks_format")
    if given is None:
        return None
    kept = checked(given)
    unverified = asked.workspace.unverified
    if kit.weight(given, unverified.weight_of_an_object) > unverified.blocks_budget:
        raise SlackError("msg_blocks_too_long")
    return kept


def edited(asked: Asked) -> str:
    """The text of an update. Raises msg_too_long above four thousand."""
    text = asked.text("text")
    length = len(text.encode()) if asked.workspace.unverified.edit_counts_bytes else len(text)
    if length > LONGEST_EDIT:
        raise SlackError("msg_too_long")
    return linked(asked, text)


def linked(asked: Asked, text: str) -> str:
    """With link_names (or parse=full) bare names call people too."""
    loud = asked.flag("link_names") or asked.text("parse") == "full"
    return keyboard.called(asked.workspace, text) if loud else text


def checked(given: Any) -> list[Json]:
    if not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    problems = kit.faults(given, "message")
    if problems:
        raise invalid("invalid_blocks", problems)
    if kit.tables(given) > 1:
        raise invalid("invalid_attachments", ["only_one_table_allowed"])
    return with_ids(given)


def with_ids(given: list[Json]) -> list[Json]:
    """As Slack keeps them: every block and element has an id."""
    kept: list[Json] = json.loads(json.dumps(given))
    for block in kept:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in kit.elements(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return kept


def metadata(asked: Asked) -> Json | None:
    """None when none was sent; {} takes an existing one away. Raises invalid_metadata_*, metadata_too_large."""
    given = asked.json("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if given == {}:
        return {}
    _check(given, asked.workspace.unverified)
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def _check(given: Any, unverified: Unverified) -> None:
    if not isinstance(given, dict) or not isinstance(given.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not _EVENT_TYPE.fullmatch(given["event_type"]):
        raise SlackError("invalid_metadata_schema")
    nested = any(isinstance(value, dict | list) for value in given["event_payload"].values())
    if nested and not unverified.nested_metadata:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(given).encode()) > unverified.metadata_bytes:
        raise SlackError("metadata_too_large")


def thread(asked: Asked, place: Conversation) -> str:
    """The parent's ts; empty: not in a thread. A reply's ts stands for its own parent."""
    ts = asked.text("thread_ts")
    if not ts:
        return ""
    parent = place.message(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    return parent.thread_ts or ts
