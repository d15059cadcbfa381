"""What the tests of drawing share: every word in a card as somebody reads it, goldens on disk, and the kit's verdict."""

import json
import os
from pathlib import Path
from typing import Any

from adapters.feishu.outgoing import Message
from tests.simulators.feishu.eyes import Eyes
from tests.simulators.feishu.kit.cards import Known, judge
from tests.simulators.feishu.tenant import Tenant
from tests.simulators.feishu.values import User

GOLDEN = Path(__file__).parent / "golden"
PEOPLE = frozenset({"ou_ann", "ou_bo"})
IMAGES = frozenset({"img_v3_1"})


def sound(message: Message) -> Message:
    """The message, when Feishu would take it."""
    judge(message.card, Known(PEOPLE, IMAGES))
    return message


def read(card: dict[str, Any], language: str = "zh_cn") -> str:
    """What somebody reads of it."""
    tenant = Tenant()
    for id, name in (("ou_ann", "安娜"), ("ou_bo", "薄一")):
        tenant.users[id] = User(id, f"on_{id}", id, name)
    reader = User("ou_reader", "on_reader", "reader", "Reader", language=language)
    return "\n".join(Eyes(tenant, reader).card(card))


def same_as_golden(name: str, shown: object) -> None:
    """Compares with the file of that name; with GOLDEN=write in the environment the file is written instead."""
    file, text = GOLDEN / f"{name}.json", json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text
