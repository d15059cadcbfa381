"""Who is called by a message: mentions that act, and what a notification then shows."""

import re
from collections.abc import Iterator
from typing import Any

from tests.simulators.slack.values import Message

_CALL = re.compile(r"<(?:@([UW][A-Z0-9]+)|!(here|channel|everyone))(?:\|[^>]*)?>")
_CODE = re.compile(r"```.+?```|`[^`\n]+`", re.DOTALL)


def calls(message: Message) -> set[str]:
    """User ids, and here, channel or everyone: only what stands where markup acts."""
    return set(_in_blocks(message.blocks)) if message.blocks else set(_in_markup(message.text))


def _in_blocks(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _in_blocks(one)
    elif isinstance(part, dict):
        match part.get("type"):
            case "mrkdwn":
                yield from _in_markup(part["text"])
            case "user":
                yield part["user_id"]
            case "broadcast":
                yield part["range"]
            case _:
                yield from _in_blocks([value for value in part.values() if isinstance(value, dict | list)])


def _in_markup(text: str) -> Iterator[str]:
    for call in _CALL.finditer(_CODE.sub("", text)):
        yield call[1] or call[2]
