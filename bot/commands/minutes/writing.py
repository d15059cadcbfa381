"""`/minutes edit` 修改: the draft in a form, or section by section as text (N1)."""

from datetime import timedelta

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.minutes.meant import meant
from bot.commands.minutes.merging import Merged, merged
from bot.commands.minutes.sections import put, said, said_into, value
from bot.domain.minutes import Minutes, MinutesVerb
from bot.operations import minutes as operations
from bot.reports.difference import differences
from bot.reports.outline import outline
from bot.store import Entry
from bot.views import minutes as views
from bot.views import minutes_forms as forms
from bot.views.minutes_text import sections, written
from bot.views.refusal import sentence

JUST = timedelta(minutes=30)
"""So long after somebody else wrote in a section, whoever writes there is told."""


def edit(asking: Asking, line: Line) -> Answer:
    """Nothing said: the form. A form: laid over what others wrote meanwhile. A line: its sections."""
    about = meant(asking, line)
    draft = operations.ready(asking, about.meeting, MinutesVerb.EDIT)
    if asking.values:
        return _submitted(asking, draft)
    if not about.rest.strip():
        return forms.edit(scene(asking), draft)
    after = draft
    for piece in said(about.rest):
        key, text = said_into(asking, after, piece)
        after = put(asking, after, key, text)
    return _kept(asking, draft, after)


def _submitted(asking: Asking, draft: Minutes) -> Answer:
    found = merged(asking, draft, asking.values)
    if found.clashes or found.problems:
        return _shown_again(asking, draft, found)
    return _kept(asking, draft, found.after)


def _kept(asking: Asking, draft: Minutes, after: Minutes) -> Answer:
    """What changed is kept with what stood there, so that whoever writes at the same time can be shown both."""
    keys = [key for key in sections(draft) if value(draft, key) != value(after, key)]
    was, now = ({key: written(scene(asking), one, key) for key in keys} for one in (draft, after))
    earlier = _earlier(asking, draft, keys)
    fact = operations.edit(asking, draft, after, was, now)
    asking.facts.append(fact)
    eye = scene(asking)
    before, present = (outline(eye, operations.shown(asking, one)) for one in (draft, after))
    return views.edited(eye, fact, differences(before, present), earlier)


def _shown_again(asking: Asking, draft: Minutes, found: Merged) -> Answer:
    """The form with everything the asker typed where it is in dispute, and as it stands where it is not."""
    eye = scene(asking)
    problems = {key: sentence(eye, refused) for key, refused in found.problems.items()}
    for key, entry in found.clashes.items():
        at, text = eye.words("minutes-clash-at", who=eye.name(entry.by)), written(eye, draft, key)
        problems[key] = f"{at}{text}"
    values = {key: written(eye, found.after, key) for key in sections(draft)}
    typed = {key: asking.values[key] for key in problems if key in asking.values}
    return forms.edit(eye, draft, {**values, **typed}, problems, clash=bool(found.clashes))


def _earlier(asking: Asking, draft: Minutes, keys: list[str]) -> Entry | None:
    """The last edit, where somebody else has just made it in one of these sections."""
    entries = asking.records.history.of(draft.label)
    edits = [one for one in entries if one.verb == MinutesVerb.EDIT and not one.refused]
    for entry in reversed(edits):
        now = entry.details.get("now")
        if isinstance(now, dict) and set(keys) & set(now):
            recent = asking.now - entry.at <= JUST
            return entry if entry.by != asking.by.id and recent else None
    return None
