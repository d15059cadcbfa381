"""Two people at one draft: what the second did not touch stays as the first left it, what both touched is shown (N1).

Nothing is lost: what cannot be laid together comes back in a form with the second's words in it, each beside what the first
made of it; sending that form again is a decision.
"""

from collections.abc import Mapping

from msgspec import Struct

from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.minutes.sections import put, value
from bot.domain.minutes import Minutes, MinutesVerb
from bot.errors import Refusal
from bot.store import Entry
from bot.views.minutes_text import sections, written


class Merged(Struct, frozen=True):
    """`after` holds what can be kept. `clashes`: section → who changed it meanwhile. `problems`: what cannot be read."""

    after: Minutes
    clashes: dict[str, Entry]
    problems: dict[str, Refusal]


def merged(asking: Asking, minutes: Minutes, values: Mapping[str, str]) -> Merged:
    """The draft with the values of a form that was drawn at the asking's version laid over it."""
    since = _since(asking, minutes)
    base = _before(asking, minutes, since)
    after, clashes, problems = minutes, dict[str, Entry](), dict[str, Refusal]()
    eye = scene(asking)
    for key in (key for key in sections(minutes) if key in values):
        text = values[key]
        if text.strip() == written(eye, base, key).strip():
            continue  # as it was shown: also what people talked longer about than a form takes
        try:
            wanted = value(put(asking, base, key, text), key)
            if wanted in (value(base, key), value(minutes, key)):
                continue
            by = next((entry for entry in reversed(since) if key in _was(entry)), None)
            if by is not None and value(base, key) != value(minutes, key):
                clashes[key] = by
            else:
                after = put(asking, after, key, text)
        except Refusal as refused:
            problems[key] = refused
    return Merged(after, clashes, problems)


def _since(asking: Asking, minutes: Minutes) -> list[Entry]:
    """The edits after the form was drawn, oldest first."""
    if not asking.version or asking.version == minutes.version:
        return []
    entries = asking.records.history.of(minutes.label)
    return [
        one for one in entries if one.verb == MinutesVerb.EDIT and not one.refused and _version(one) > asking.version
    ]


def _before(asking: Asking, minutes: Minutes, since: list[Entry]) -> Minutes:
    """The draft as the form showed it."""
    for entry in reversed(since):
        for key, text in _was(entry).items():
            minutes = put(asking, minutes, key, text)
    return minutes


def _was(entry: Entry) -> dict[str, str]:
    was = entry.details.get("was")
    return {str(key): str(text) for key, text in was.items()} if isinstance(was, dict) else {}


def _version(entry: Entry) -> int:
    version = entry.details.get("version")
    return version if isinstance(version, int) else 0
