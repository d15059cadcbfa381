"""lark-oapi, fenced in: the one file that imports it, and only what is sound in it (platform sheet 1.2–1.5, 8).

| defect of 1.7.5 | fence |
|---|---|
| any import loads 11,000 modules (2 s, 160 MB) | its frames and its cipher are loaded below empty parents: 0.1 s, 17 MB |
| `ws.Client`: a loop for the whole process, no stop, deaf or dead without a word, drops `card` frames | sockets.py speaks the protocol itself, with the SDK's own protobuf |
| `acreate`: a TLS context per call, 41 messages a second; a blocking token fetch; no refresh of a rejected token; one token cache for all domains | calls.py and tokens.py: one aiohttp session, one token each |
| DEBUG and INFO print bodies, tickets and tokens | nothing of it that logs is loaded |
"""

import importlib
import sys
import threading
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from msgspec import Struct

CONTROL = 0
_ROOT = "lark_oapi"
_PARENTS = (_ROOT, f"{_ROOT}.ws", f"{_ROOT}.core", f"{_ROOT}.core.utils")
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of the long connection (sheet 1.8); `raw` is the SDK's own, to echo it."""

    method: int
    headers: dict[str, str]
    payload: bytes
    raw: Any = field(repr=False)


def read_frame(data: bytes) -> Frame:
    """Raises ValueError for what is no frame."""
    protobuf = _protobuf()
    raw = protobuf.Frame()
    try:
        raw.ParseFromString(data)
    except protobuf.DecodeError as fault:
        raise ValueError(f"no frame: {fault}") from None
    if not raw.IsInitialized():
        raise ValueError("no frame: a number is missing")
    return Frame(raw.method, {one.key: one.value for one in raw.headers}, raw.payload, raw)


def ping(service: int) -> bytes:
    """A sign of life for this service_id."""
    return _written(_protobuf().Frame(), service, {"type": "ping"})


def acknowledgement(frame: Frame, payload: bytes, milliseconds: int) -> bytes:
    """The same frame with our answer: same numbers and headers, and how long it took."""
    raw = _protobuf().Frame()
    raw.CopyFrom(frame.raw)
    raw.payload = payload
    header = raw.headers.add()
    header.key, header.value = "biz_rt", str(milliseconds)
    return bytes(raw.SerializeToString())


def unsealed(encrypt_key: str, sealed: str) -> str:
    """What a webhook's `encrypt` holds (sheet 2.4). Raises ValueError for what this key did not seal."""
    text: str = _cipher().AESCipher(encrypt_key).decrypt_str(sealed)
    return text


def _written(raw: Any, service: int, headers: dict[str, str]) -> bytes:
    raw.SeqID, raw.LogID, raw.service, raw.method = 0, 0, service, CONTROL
    for key, value in headers.items():
        header = raw.headers.add()
        header.key, header.value = key, value
    return bytes(raw.SerializeToString())


@cache
def _protobuf() -> Any:
    frames: Any = _lightly("ws.pb.pbbp2_pb2")
    faults: Any = _lightly("ws.pb.google.protobuf.message")
    return _Protobuf(frames.Frame, faults.DecodeError)


class _Protobuf(Struct, frozen=True):
    Frame: Any
    DecodeError: type[Exception]


@cache
def _cipher() -> Any:
    return _lightly("core.utils.decryptor")


def _lightly(name: str) -> ModuleType:
    """A module below the package, without its parents' own code, which imports everything. The empty parents stay: the
    SDK's protobuf imports more of itself at first use. Where the whole SDK is loaded already, it is taken as it is."""
    with _loading:
        if _ROOT not in sys.modules:
            found = find_spec(_ROOT)
            folder = next(iter(found.submodule_search_locations or ())) if found else ""
            for parent in _PARENTS:
                empty = ModuleType(parent)
                empty.__path__ = [folder + parent[len(_ROOT) :].replace(".", "/")]
                sys.modules[parent] = empty
        return importlib.import_module(f"{_ROOT}.{name}")
