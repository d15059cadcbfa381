"""What a button carries for us: a command line, the version of the thing shown, where it stands, which form it sends.

It is read back as what somebody could have typed, no more: who may is asked of the person Feishu authenticated. Always an
object: a text would make Feishu's own SDK and client fail (platform sheet 4.6).
"""

from typing import Any

from msgspec import Struct


class Errand(Struct, frozen=True):
    """`room` is the group's id, empty in the direct conversation. `fields` are the names a form asks; `own`: the form is
    the whole card, shown to one person, and its answer takes its place."""

    command: str
    version: int = 0
    room: str = ""
    fields: tuple[str, ...] = ()
    own: bool = False


def value(errand: Errand) -> dict[str, Any]:
    """The callback's value."""
    parts: dict[str, Any] = {"c": errand.command, "v": errand.version, "r": errand.room}
    if errand.fields:
        parts["f"] = list(errand.fields)
    if errand.own:
        parts["o"] = 1
    return {name: part for name, part in parts.items() if part or name == "c"}


def read(found: object) -> Errand:
    """Raises ValueError for what no button of ours carries."""
    if not isinstance(found, dict) or not isinstance(found.get("c"), str):
        raise ValueError("no button of ours")
    version, fields = found.get("v", 0), found.get("f", [])
    if not isinstance(version, int) or not isinstance(fields, list):
        raise ValueError("no button of ours")
    return Errand(found["c"], version, str(found.get("r", "")), tuple(map(str, fields)), bool(found.get("o")))
