"""`/action add` 新增: one line, one form, or a replied-to message becomes an item; what is missing is asked, only that."""

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.cards import Answer, Form
from bot.commands import answers, drafts, naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.drafts import Draft
from bot.domain.action import Priority, Source, Supporter
from bot.domain.facts import Changed
from bot.due import Due
from bot.errors import Offer, Refusal
from bot.messenger import Quoted
from bot.operations import plans
from bot.operations.plans import Wanted
from bot.views import action as views
from bot.views import forms
from bot.views.refusal import sentence

_LONGEST_QUOTE = 4_000
TWIN_WITHIN = timedelta(minutes=2)
"""A4 row 4: the same words again this soon are asked about, not recorded."""


class Head(Struct, frozen=True):
    """What the forms and buttons of an unfinished line begin with (`/action add`), and what repeats a twin on purpose
    (`/action add!`; empty where it was said so already)."""

    line: str
    twice: str


def add(asking: Asking, line: Line) -> Answer:
    """M3: exactly one owner and an exact day, or the form for what is missing, or a refusal by name with a way out."""
    head = Head(line.head, "" if line.again else f"{line.head}!")
    taken = take(asking, line.rest, head, lambda wanted: plans.record(asking, wanted))
    if isinstance(taken, Form):
        return taken
    asking.facts.append(taken)
    return views.recorded(scene(asking), taken.after, answers.away(asking, taken.after))


def take(
    asking: Asking, rest: str, head: Head, record: Callable[[Wanted], Changed],
    within: Callable[[Wanted], Wanted] = lambda wanted: wanted,
) -> Changed | Form:  # fmt: skip
    """A new item of these words, kept by `record`; `within` makes it one of a meeting's."""

    def again(made: Draft) -> str:
        return f"{head.line} {drafts.line(asking, _with_source(asking, made))}".rstrip()

    made = _with_source(asking, drafts.draft(asking, rest, again))
    made, problems = drafts.filled(asking, made, asking.values)
    if len(made.owners) > 1:
        raise _one_owner(asking, made, again)
    missing = tuple(name for name, said in (("text", made.text), ("owner", made.owners), ("due", made.due)) if not said)
    if missing or problems:
        return _form(asking, made, missing, problems, again)
    wanted = within(_wanted(asking, made))
    _check(asking, made, wanted, head, again)
    return _recorded(asking, made, lambda: record(wanted), again)


def _recorded(asking: Asking, made: Draft, record: Callable[[], Changed], again: Callable[[Draft], str]) -> Changed:
    """The item; a day that is over where its owner is comes back with tomorrow, or another to pick."""
    try:
        return record()
    except Refusal as refused:
        if refused.text != "due-over":
            raise
        tomorrow = again(replace(made, due=Due(asking.today + timedelta(days=1), None), reckoned=None))
        pick = Offer("offer-pick-day", again(replace(made, due=None, reckoned=None)))
        offers = (Offer("due-offer-tomorrow", tomorrow), pick)
        raise Refusal(refused.text, offers=offers, mended=tomorrow, field="due", **refused.args_) from None


def _check(asking: Asking, made: Draft, wanted: Wanted, head: Head, again: Callable[[Draft], str]) -> None:
    """What is asked once more before it is recorded: a day far off, and the same thing twice."""
    if made.due is not None and made.due.far:
        raise Refusal(
            "due-far", day=made.due.day, days=(made.due.day - asking.today).days, field="due",
            offers=(
                Offer("offer-far", again(made), args=(("day", made.due.day.isoformat()),)),
                Offer("offer-pick-day", again(replace(made, due=None, reckoned=None))),
            ),
        )  # fmt: skip
    twin = plans.twin(asking, wanted, TWIN_WITHIN.total_seconds()) if head.twice else None
    if twin is not None:
        offers = (
            Offer("offer-again", again(made).replace(head.line, head.twice, 1)),
            Offer("offer-show", f"/action show {twin.label}"),
        )
        raise Refusal("add-twin", action=twin.label, offers=offers)


def _form(
    asking: Asking, made: Draft, missing: tuple[str, ...], problems: dict[str, Refusal], again: Callable[[Draft], str]
) -> Form:
    """Only what is missing is needed; the criterion is offered beside it, because without it the item is incomplete."""
    asked = (*missing, "criterion") if missing and not made.criterion and len(missing) < len(forms.NEEDED) else missing
    said = {name: sentence(scene(asking), refused) for name, refused in problems.items()}
    form = forms.add(scene(asking), drafts.values(asking, made), asked, said, again(made))
    return replace(form, fields=tuple(replace(one, required=one.name in forms.NEEDED) for one in form.fields))


def _one_owner(asking: Asking, made: Draft, again: Callable[[Draft], str]) -> Refusal:
    """A button for each: that person owns it, the others support."""

    def owned_by(person: int) -> str:
        others = tuple(Supporter(person=one) for one in made.owners if one != person)
        helping = tuple(dict.fromkeys((*(made.supporters or ()), *others)))
        return again(replace(made, owners=(person,), supporters=helping))

    offers = naming.offers(asking, made.owners, owned_by)
    return Refusal("one-owner", n=len(made.owners), owners=made.owners, offers=offers, field="owner")


def _with_source(asking: Asking, made: Draft) -> Draft:
    """UX 8: a replied-to message gives its text (where none was typed), its author and its link."""
    quoted = asking.said.quoted if asking.said else None
    if quoted is None or quoted.posted or made.quote:
        return made
    text = quoted.text.strip()
    fits = len(text) <= asking.workplace.rules.text_limit
    kept = text if len(text) <= _LONGEST_QUOTE else ""  # a longer one is reached by its link, never cut
    return replace(
        made, text=made.text or (text if fits else None) or None, quote=kept, source=made.source or quoted.url,
        quoted=made.quoted or _author(asking, quoted),
    )  # fmt: skip


def _author(asking: Asking, quoted: Quoted) -> str:
    person = asking.directory.by_account(quoted.by) if quoted.by else None
    return person.name if person else ""


def _wanted(asking: Asking, made: Draft) -> Wanted:
    assert made.text
    assert made.due
    return Wanted(
        text=made.text, owner=made.owners[0], day=made.due.day, hour=made.due.time, criterion=made.criterion or "",
        supporters=made.supporters or (), tracker=made.tracker, department=made.department,
        priority=made.priority or Priority.NORMAL, cadence=made.cadence, place=made.place or "",
        note=made.remarks or "", room=asking.where.room, reckoned=made.reckoned,
        source=Source(meeting=made.meeting or "", quote=made.quote, quoted_from=made.quoted, url=made.source),
    )  # fmt: skip
