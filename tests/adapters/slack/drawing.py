"""What the tests of drawing share: every word in a JSON tree, goldens on disk, and the kit's verdict."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapters.slack.outgoing import Message
from tests.simulators.slack.kit import blocks as kit
from tests.simulators.slack.kit import views

GOLDEN = Path(__file__).parent / "golden"


def words_in(tree: object) -> str:
    """All texts that people read, in order."""
    return "\n".join(_texts(tree))


def sound(message: Message) -> Message:
    """The message, when Slack would take it."""
    assert kit.faults(message.blocks, "message") == []
    assert 0 < len(message.text) <= 4_000
    return message


def sound_view(view: dict[str, Any], kind: str = "modal") -> dict[str, Any]:
    """The view, when Slack would take it."""
    assert views.faults(view, kind) == []
    assert not views.too_large(view)
    return view


def same_as_golden(name: str, shown: object) -> None:
    """Compares with the file of that name; with GOLDEN=write in the environment the file is written instead."""
    file, text = GOLDEN / f"{name}.json", json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def _texts(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        for name, inner in tree.items():
            if isinstance(inner, str):
                yield from [inner] if name in ("text", "url", "user_id", "initial_value") else []
            else:
                yield from _texts(inner)
    elif isinstance(tree, list | tuple):
        for inner in tree:
            yield from _texts(inner)
