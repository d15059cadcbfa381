"""`/action edit` 修改: the same tokens as a new item, or the form with the item as it is; only what differs changes."""

from datetime import date, time

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import answers, drafts
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.drafts import Draft
from bot.domain.action import Action, Verb
from bot.errors import Offer, Refusal
from bot.operations import plans
from bot.operations.change import ready
from bot.views import forms

_FIELDS = ("text", "criterion", "place", "priority", "cadence", "tracker", "department", "supporters")


def edit(asking: Asking, line: Line) -> Answer:
    """Another owner is `assign`, and said so; a later day for an accepted item is `postpone` (A4)."""
    number = answers.meant(asking, line)[0]
    action = ready(asking, number, Verb.EDIT)
    line = replace(line, numbers=(number,))
    made = drafts.draft(asking, line.rest, lambda made: line.with_rest(drafts.line(asking, made)))
    if made.owners:
        raise _is_assign(asking, action, made)
    made, problems = drafts.filled(asking, made, _touched(asking, action))
    if problems or not (line.rest or asking.values):
        return answers.missing(
            asking, Verb.EDIT, [number], asking.values, tuple(problems), problems, line.head + f" {action.label}"
        )
    if made.text == "":
        raise Refusal("needs-text", action=action.label, field="text")
    try:
        fact = plans.edit(asking, number, _day(action, made), _fields(asking, action, made), made.reckoned)
    except Refusal as refused:
        raise _the_rest(asking, refused, made, line) from None
    return answers.told(asking, [fact])


def _the_rest(asking: Asking, refused: Refusal, made: Draft, line: Line) -> Refusal:
    """A later day wants its reason (A4): beside the press that asks for it, the one that changes what else was said."""
    rest = drafts.line(asking, replace(made, due=None, reckoned=None))
    if refused.text == "edit-is-postpone" and rest:
        refused.offers += (Offer("offer-edit-rest", line.with_rest(rest)),)
    return refused


def _touched(asking: Asking, action: Action) -> dict[str, str]:
    """The values of the form that were changed in it; the others say only what already holds."""
    shown = forms.current(answers.scene(asking), action)
    return {name: value for name, value in asking.values.items() if value.strip() != shown.get(name, "").strip()}


def _day(action: Action, made: Draft) -> tuple[date, time | None] | None:
    """The day when it is another one."""
    if made.due is None or (made.due.day, made.due.time) == (action.due.day, action.due.time):
        return None
    return made.due.day, made.due.time


def _fields(asking: Asking, action: Action, made: Draft) -> dict[str, object]:
    """Fields of Action that were said, by name."""
    said: dict[str, object] = {name: value for name in _FIELDS if (value := getattr(made, name)) is not None}
    if made.meeting is not None:
        said["source"] = replace(action.source, meeting=made.meeting)
    if made.remarks is not None and made.remarks != action.note:
        said |= {"note": made.remarks, "note_at": asking.now}
    return said


def _is_assign(asking: Asking, action: Action, made: Draft) -> Refusal:
    handle = asking.directory.handle(asking.directory.person(made.owners[0]))
    line = f"/action assign {action.label} @{handle}"
    offer = Offer("offer-line", line, args=(("line", line),))
    return Refusal("edit-is-assign", action=action.label, offers=(offer,), mended=line, field="owner")
