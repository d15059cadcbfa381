"""What a button and a modal carry for us: a command line and the version of the thing shown, packed where space is short.

They are read back as what somebody could have typed, no more: who may is asked of the person Slack authenticated.
"""

import base64
import json
import zlib

from msgspec import Struct

from adapters.slack.limits import METADATA, VALUE, wide

_PACKED = "z"
_MOST = 100_000
"""Bytes a packed line may unfold to: what we pack ourselves is far below."""


class Errand(Struct, frozen=True):
    """What a modal completes and where its answer goes: the form's command and version, the conversation and thread it
    was asked from ("" for none, "home" as channel for the Home tab), and the address that answers there for a while."""

    command: str
    version: int = 0
    channel: str = ""
    thread: str = ""
    reply: str = ""


def button_value(command: str, version: int) -> str:
    """The value of a button; empty when the line is too long for one."""
    plain = f"{version}:{command}"
    if wide(plain) <= VALUE:
        return plain
    packed = f"{version}{_PACKED}{_pack(command)}"
    return packed if len(packed) <= VALUE else ""


def read_button(value: str) -> tuple[str, int]:
    """The command and the version. Raises ValueError for what no button of ours carries."""
    for sign in (":", _PACKED):
        number, found, rest = value.partition(sign)
        if found and number.isdigit():
            return (rest if sign == ":" else _unpack(rest)), int(number)
    raise ValueError(f"no button of ours: {value[:40]!r}")


def metadata(errand: Errand) -> str:
    """The errand as a modal's private metadata; empty when it is too long for one."""
    parts = {"v": errand.version, "ch": errand.channel, "th": errand.thread, "re": errand.reply}
    kept = {name: value for name, value in parts.items() if value}
    for line in ({"c": errand.command}, {"z": _pack(errand.command)}):
        text = json.dumps({**line, **kept}, ensure_ascii=False, separators=(",", ":"))
        if wide(text) <= METADATA:
            return text
    return ""


def read_metadata(text: str) -> Errand:
    """The errand of a modal. Raises ValueError for what is none of ours."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no modal of ours")
    line = found["c"] if "c" in found else _unpack(str(found.get("z", "")))
    return Errand(
        str(line), int(found.get("v", 0)), str(found.get("ch", "")), str(found.get("th", "")), str(found.get("re", ""))
    )


def _pack(line: str) -> str:
    return base64.b85encode(zlib.compress(line.encode(), 9)).decode()


def _unpack(packed: str) -> str:
    unfolding = zlib.decompressobj()
    try:
        line = unfolding.decompress(base64.b85decode(packed), _MOST)
    except zlib.error:
        raise ValueError("no line of ours") from None
    if not unfolding.eof:
        raise ValueError("no line of ours, or a part of one")
    return line.decode()
