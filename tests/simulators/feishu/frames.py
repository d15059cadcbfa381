"""The binary frames of the long connection (sheet 1.8), written by hand: a second opinion beside the SDK's protobuf."""

from dataclasses import dataclass, field

_NUMBERS = ((1, "seq_id"), (2, "log_id"), (3, "service"), (4, "method"))
_TEXTS = {6: "payload_encoding", 7: "payload_type", 9: "log_id_new"}


@dataclass
class Frame:
    """`method` 0 is control (ping, pong), 1 carries an event."""

    method: int = 0
    service: int = 0
    seq_id: int = 0
    log_id: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    payload: bytes | None = None
    payload_encoding: str | None = None
    payload_type: str | None = None
    log_id_new: str | None = None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def written(frame: Frame) -> bytes:
    """The frame as bytes."""
    parts = [_varint(number << 3) + _varint(getattr(frame, name)) for number, name in _NUMBERS]
    parts += [_bytes(5, _bytes(1, key.encode()) + _bytes(2, value.encode())) for key, value in frame.headers]
    for number, name in sorted({**_TEXTS, 8: "payload"}.items()):
        value = getattr(frame, name)
        if value is not None:
            parts.append(_bytes(number, value if isinstance(value, bytes) else value.encode()))
    return b"".join(parts)


def read(data: bytes) -> Frame:
    """The frame in these bytes. Raises ValueError or IndexError for what is none."""
    frame, numbers = Frame(), dict(_NUMBERS)
    for number, value in _fields(data):
        if number == 5 and isinstance(value, bytes):
            pair = dict(_fields(value))
            frame.headers.append((_text(pair.get(1, b"")), _text(pair.get(2, b""))))
        elif number == 8 and isinstance(value, bytes):
            frame.payload = value
        elif number in numbers:
            setattr(frame, numbers[number], value)
        elif number in _TEXTS:
            setattr(frame, _TEXTS[number], _text(value))
        else:
            raise ValueError(f"no field {number}")
    return frame


def _text(value: int | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _fields(data: bytes) -> list[tuple[int, int | bytes]]:
    found: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(data):
        tag, at = _read_varint(data, at)
        value, at = _read_varint(data, at)
        if tag & 7 == 0:
            found.append((tag >> 3, value))
        elif tag & 7 == 2 and at + value <= len(data):
            found.append((tag >> 3, data[at : at + value]))
            at += value
        else:
            raise ValueError("no frame")
    return found


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(number: int) -> bytes:
    out = b""
    while True:
        low, number = number & 127, number >> 7
        out += bytes([low | 128]) if number else bytes([low])
        if not number:
            return out


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte, at = data[at], at + 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at
