"""DingTalk's limits (platform sheet 4.3, 4.8, 5.1) and how words are brought within them: cut apart, never lost."""

from collections.abc import Iterable, Iterator

VALUE = 1_000
"""Bytes of one variable of a card; documented are 1 KB, more is sent successfully by some and promised by nobody."""
TEXTS = 8
BUTTONS = 6
PUBLIC_BUTTONS = 8
RECEIVERS = 20
"""People whom one call may send the same message."""
MESSAGE_CHARS, MESSAGE_BYTES = 3_700, 9_000
"""Of a markdown message; msgParam, in which JSON doubles what it escapes, may have 15,000 bytes."""
TITLE = 100
LABEL = 20
WORDS = 2_000
RECALLABLE_HOURS = 23.5
"""A robot's message can be taken back for 24 hours."""


def size(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text.encode())


def clipped(text: str, most: int) -> str:
    """At most so many characters, with … at a cut; whoever clips shows the whole elsewhere."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def pieces(line: str, most: int) -> Iterator[str]:
    """A line of markdown in pieces of at most `most` bytes, none cut between a backslash and what it escapes."""
    while size(line) > most:
        end = len(line.encode()[:most].decode(errors="ignore"))
        end -= (len(line[:end]) - len(line[:end].rstrip("\\"))) % 2
        yield line[:end]
        line = line[end:]
    yield line


def packed(paragraphs: Iterable[str], most: int) -> list[str]:
    """Paragraphs put together into texts of at most `most` bytes, in order; what is longer is cut at lines' ends."""
    texts: list[str] = []
    for paragraph in paragraphs:
        for part in _lines(paragraph, most):
            if texts and size(texts[-1]) + size(part) + 2 <= most:
                texts[-1] += "\n\n" + part
            else:
                texts.append(part)
    return texts


def _lines(paragraph: str, most: int) -> list[str]:
    if size(paragraph) <= most:
        return [paragraph]
    parts: list[str] = []
    for line in paragraph.split("  \n"):
        for piece in pieces(line, most):
            if parts and size(parts[-1]) + size(piece) + 3 <= most:
                parts[-1] += "  \n" + piece
            else:
                parts.append(piece)
    return parts
