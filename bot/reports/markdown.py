"""Minutes as Markdown: the card's parts in the card's order (N6), and line by line what one edition changed in another (N5).

What people wrote is escaped, so that it can neither become markup nor leave its line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.minutes import Minutes
from bot.views.minutes_layout import Part, parts, title
from bot.views.scene import Scene

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
_BEGINNING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one part: lines that went and lines that came, as they are read."""

    heading: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def markdown(scene: Scene, minutes: Minutes) -> str:
    """The whole record, ending in a line end; identical for identical minutes, scene and language."""
    body = (f"## {escaped(part.heading)}\n\n{_block(part)}" for part in parts(scene, minutes))
    return f"# {escaped(title(scene, minutes))}\n\n" + "\n\n".join(block.rstrip() for block in body) + "\n"


def differences(scene: Scene, before: Minutes, after: Minutes) -> list[Change]:
    """Part by part what differs, in the order of the layout; a part that is gone comes where it stood before."""
    old, new = ({part.key: part for part in parts(scene, one)} for one in (before, after))
    keys = sorted({*old, *new}, key=lambda key: (list(new).index(key) if key in new else list(old).index(key), key))
    found = (_change(old.get(key), new.get(key)) for key in keys)
    return [change for change in found if change.was or change.now]


def compared(heading: str, before: list[str], after: list[str]) -> Change:
    """Which lines went and which came."""
    codes = [code for code in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if code[0] != "equal"]
    was = tuple(line for _, start, end, _, _ in codes for line in before[start:end])
    return Change(heading, was, tuple(line for _, _, _, start, end in codes for line in after[start:end]))


def rendered(part: Part, write: Callable[[str], str] = str) -> Iterator[str]:
    """A part's lines without its heading."""
    yield from (f"{label}  {write(value)}" for label, value in part.facts)
    for line in part.lines:
        yield " ".join(one for one in (write(line.lead), write(line.text), write(line.detail)) if one)
    yield from (write(line) for line in part.text.splitlines())


def escaped(text: str) -> str:
    """As it is read, on one line: nothing in it is markup."""
    line = " ".join(_MARKUP.sub(r"\\\1", text).split("\n"))
    return _BEGINNING.sub(r"\1\\\2", line)


def _block(part: Part) -> str:
    facts = [f"- **{escaped(label)}** {escaped(value)}" for label, value in part.facts]
    lead = {True: "- ", False: "- **{}** "}
    lines = [
        f"{lead[line.lead == '•'].format(escaped(line.lead))}{escaped(line.text)}"
        + (f"  \n  {escaped(line.detail)}" if line.detail else "")
        for line in part.lines
    ]
    text = "  \n".join(escaped(line) for line in part.text.splitlines())
    return "\n\n".join(block for block in ("\n".join([*facts, *lines]), text) if block)


def _change(old: Part | None, new: Part | None) -> Change:
    heading = new.heading if new else old.heading if old else ""
    before, after = (list(rendered(part)) if part else [] for part in (old, new))
    renamed = old is not None and new is not None and old.heading != new.heading
    return compared(heading, [old.heading, *before] if renamed and old else before, [heading, *after] if renamed else after)
