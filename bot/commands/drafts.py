"""An item as it is being written: read from a line's tokens and a form's values, and written back as one exact line.

The line that a draft writes says everything it knows, so a form, a button or a plain answer can carry on from it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.commands import naming, tokens, whens
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.naming import Who
from bot.domain.action import Cadence, Priority, Reckoned, Supporter
from bot.due import Due, DueRefused, split
from bot.due.phrase import shadow
from bot.errors import Refusal

FIELDS = (
    "text", "owner", "due", "criterion", "supporters", "tracker", "department", "priority", "place", "meeting",
    "cadence", "remarks", "source", "quote", "quoted", "reckoned",
)  # fmt: skip
WORDED = ("text", "criterion", "place", "meeting", "remarks")
"""Fields that hold a person's words; empty clears them."""

Chosen = TypeVar("Chosen")
_END = ";"
_LISTS = str.maketrans("，、;；\n&", ",,,,,,")
MOST_SUPPORTERS = 20
"""Of one item; a department counts once, and its head is told."""


class Draft(Struct, frozen=True):
    """None: not said. `owners` are all who were named as such: exactly one makes an item (M3). `reckoned`: how `due` came
    about, while it waits for a calendar (T2)."""

    owners: tuple[int, ...] = ()
    due: Due | None = None
    reckoned: Reckoned | None = None
    text: str | None = None
    criterion: str | None = None
    place: str | None = None
    meeting: str | None = None
    remarks: str | None = None
    supporters: tuple[Supporter, ...] | None = None
    tracker: int | None = None
    department: int | None = None
    priority: Priority | None = None
    cadence: Cadence | None = None
    source: str = ""
    quote: str = ""
    quoted: str = ""


def draft(asking: Asking, rest: str, again: Callable[[Draft], str]) -> Draft:
    """What a line says of an item. Raises Refusal: a refused day comes with the line mended, which `again` writes. Where a form
    has waited until the day of its line was over, the day is asked for again, and what the form was given is not lost."""
    found = tokens.parts(asking, rest, FIELDS)
    made = _named(asking, found)
    try:
        return _dated(asking, found, made, rest.rpartition(_END)[2].strip() if _END in rest else "")
    except DueRefused as refused:
        undated = _without(made, found.rest, refused)
        if asking.values:
            return undated
        raise whens.mended(refused, lambda day: again(_on(undated, day))) from None


def filled(asking: Asking, made: Draft, values: dict[str, str]) -> tuple[Draft, dict[str, Refusal]]:
    """The draft with a form's values laid over it, and what is wrong with which of them."""
    problems: dict[str, Refusal] = {}
    for name, value in values.items():
        try:
            made = _with_value(asking, made, name, value.strip())
        except Refusal as refused:
            problems[name] = refused
    return made, problems


def line(asking: Asking, made: Draft) -> str:
    """The draft as the words behind `/action add`; reading them gives the draft again, also with more words behind."""
    pending = not (made.text and made.owners and made.due)
    parts = [_titled(asking, made.text or "", apart=pending and not made.owners)]
    parts += [f"@{_handle(asking, one)}" for one in made.owners]
    if made.due is not None:
        parts.append(whens.iso(made.due) if made.owners else _labelled(asking, "due", whens.iso(made.due)))
    parts += [_labelled(asking, name, value) for name, value in _values(asking, made).items() if value]
    return " ".join(part for part in parts if part) + (_END if pending and any(parts) else "")


def values(asking: Asking, made: Draft) -> dict[str, str]:
    """The draft by form fields."""
    owner = ", ".join(_handle(asking, one) for one in made.owners)
    due = whens.iso(made.due) if made.due else ""
    return {"text": made.text or "", "owner": owner, "due": due, **_values(asking, made)}


def _named(asking: Asking, found: tokens.Parts) -> Draft:
    """Everything but the day: people, labelled words, marks."""
    labels, limit = found.labels, asking.workplace.rules.text_limit
    said = {name: worded(labels[name], limit, name) for name in WORDED if name in labels}
    helping = found.people.get("supporters")
    tracker = found.people.get("tracker", [])
    made = Draft(
        owners=_owners(asking, found),
        supporters=_supporters(helping) if helping is not None else None,
        tracker=naming.one_person(asking, tracker[0], "tracker") if tracker else None,
        priority=found.priority, cadence=found.cadence, text=said.get("text"), criterion=said.get("criterion"),
        place=said.get("place"), meeting=said.get("meeting"), remarks=said.get("remarks"),
        source=labels.get("source", ""), quote=labels.get("quote", ""), quoted=labels.get("quoted", ""),
        reckoned=whens.from_written(labels.get("reckoned", "")),
    )  # fmt: skip
    for name in ("department", "priority", "cadence"):
        if labels.get(name):
            made = _with_value(asking, made, name, labels[name])
    return made


def _dated(asking: Asking, found: tokens.Parts, made: Draft, answer: str) -> Draft:
    """The day, wherever it was said: labelled, among the words, or behind the criterion when nowhere else. `answer`: what
    was said to the question that a pending line asked."""
    limit = asking.workplace.rules.text_limit
    if not made.owners and (len(found.words) > 1 or made.text is not None):
        made = _owned(asking, found, made)
    title, due = " ".join(found.words), None
    if "due" in found.labels:
        due = whens.read_day(asking, found.labels["due"])
    elif found.words:
        title, due = whens.titled(asking, found.words, answer=answer)
    criterion = made.criterion
    if due is None and criterion and "criterion" not in found.quoted:
        criterion, due = split(criterion, asking.now.astimezone(asking.by.zone), asking.workplace.calendar)
        criterion = criterion.rstrip(" ,，;；")
    text = made.text if made.text is not None else worded(title, limit, "text") or None
    reckoned = whens.reckoned(asking, due, made.reckoned)
    return replace(made, due=due, reckoned=reckoned, text=text, criterion=criterion)


def _without(made: Draft, rest: str, refused: DueRefused) -> Draft:
    """The draft without the refused phrase, wherever it stood."""
    title = whens.without(rest, refused)
    text = made.text if made.text is not None else title or None
    if made.criterion and title == " ".join(rest.split()):
        return replace(made, text=text, criterion=whens.without(made.criterion, refused))
    return replace(made, text=text)


def _owned(asking: Asking, found: tokens.Parts, made: Draft) -> Draft:
    """The owner who was asked for and answered without an @: the last piece begins with a whole name."""
    person, rest = naming.answered(asking, found.words[-1]) if found.words else (None, "")
    if person is None or not (rest == "" or whens.is_day(asking, rest)):
        return made
    found.words[-1:] = [rest] if rest else []
    return replace(made, owners=(person,))


def _owners(asking: Asking, found: tokens.Parts) -> tuple[int, ...]:
    """Whom an @ or a label names; mentions without a position count when the text says nothing of them elsewhere."""
    typed = [naming.one_person(asking, who, "owner") for who in found.people.get("owner", [])]
    elsewhere = {who.person for name, whos in found.people.items() if name != "owner" for who in whos}
    loose = [one.id for one in naming.mentioned(asking) if one.id not in elsewhere]
    owners = tuple(dict.fromkeys((*typed, *loose)))
    name = naming.collective(found.rest) if not owners else ""
    if name:
        raise Refusal("owner-collective", name=name, field="owner")
    return owners


def _supporters(whos: Iterable[Who]) -> tuple[Supporter, ...]:
    """Each is told at once (A10), so one line must not write to a whole company. Raises Refusal `supporters-many`."""
    helping = tuple(dict.fromkeys(Supporter(who.person, who.department) for who in whos if not who.everybody))
    if len(helping) > MOST_SUPPORTERS:
        raise Refusal("supporters-many", n=len(helping), limit=MOST_SUPPORTERS, field="supporters")
    return helping


def _with_value(asking: Asking, made: Draft, name: str, value: str) -> Draft:
    """The draft with one field as somebody typed it into a form."""
    if name in WORDED:
        return _with_words(made, {name: worded(value, asking.workplace.rules.text_limit, name)})
    if name == "supporters":
        return replace(made, supporters=_supporters(_listed(asking, value)))
    if not value:
        return made
    match name:
        case "owner":
            return replace(made, owners=(naming.one_person(asking, naming.value(asking, value), name),))
        case "tracker":
            return replace(made, tracker=naming.one_person(asking, naming.value(asking, value), name))
        case "due":
            return _due(asking, made, whens.read_day(asking, value))
        case "department":
            return replace(made, department=_department(asking, value))
        case "priority":
            return replace(made, priority=_choice(tokens.PRIORITIES, value, name))
        case "cadence":
            return replace(made, cadence=_choice(tokens.CADENCES, value, name))
        case _:
            return made


def _due(asking: Asking, made: Draft, due: Due) -> Draft:
    """With another day; a form that says the line's day again says nothing new of how it came about."""
    same = made.due is not None and (due.day, due.time) == (made.due.day, made.due.time)
    return replace(made, due=due, reckoned=whens.reckoned(asking, due, made.reckoned if same else None))


def _with_words(made: Draft, said: dict[str, str]) -> Draft:
    return replace(
        made, text=said.get("text", made.text), criterion=said.get("criterion", made.criterion),
        place=said.get("place", made.place), meeting=said.get("meeting", made.meeting),
        remarks=said.get("remarks", made.remarks),
    )  # fmt: skip


def _listed(asking: Asking, value: str) -> list[Who]:
    return [naming.value(asking, one) for one in value.translate(_LISTS).split(",") if one.strip()]


def _department(asking: Asking, name: str) -> int:
    found = asking.directory.department(name.strip().lstrip("@"))
    if found is None:
        raise naming.no_department(asking, name, "department")
    return found.id


def _choice(known: dict[str, Chosen], value: str, name: str) -> Chosen:
    found = known.get(shadow(value.strip()))
    if found is None:
        raise Refusal("choice-unknown", value=value, field=name)
    return found


def _values(asking: Asking, made: Draft) -> dict[str, str]:
    """What is said besides text, owner and day, by field."""
    department = asking.directory.departments.get(made.department or 0)
    return {
        "criterion": made.criterion or "",
        "supporters": ", ".join(_supporter(asking, one) for one in made.supporters or ()),
        "tracker": _handle(asking, made.tracker) if made.tracker else "",
        "department": department.name if department else "",
        "priority": str(made.priority or ""),
        "cadence": str(made.cadence or ""),
        "place": made.place or "",
        "meeting": made.meeting or "",
        "remarks": made.remarks or "",
        "source": made.source,
        "quote": made.quote,
        "quoted": made.quoted,
        "reckoned": whens.written(made.reckoned),
    }


def _labelled(asking: Asking, name: str, value: str) -> str:
    """标准：… / std: …, in the asker's language, quoted where it would end too early."""
    if name == "priority":
        return f"!{value}"
    chinese = asking.words.language != "en"
    label = next(one for one in tokens.LABELS[name] if one.isascii() != chinese)
    day = name == "criterion" and _holds_a_day(asking, value)
    plain = name in ("supporters", "tracker") or not (day or _needs_quotes(value))
    return f"{label}{'：' if chinese else ': '}{value if plain else tokens.enclosed(value)}"


def _titled(asking: Asking, text: str, *, apart: bool) -> str:
    """The title as it stands, quoted when reading it again would find a token or a day in it (`apart`: in any case)."""
    if text and (apart or _needs_quotes(text) or _holds_a_day(asking, text)):
        return _labelled(asking, "text", "") + tokens.enclosed(text)
    return text


def _holds_a_day(asking: Asking, text: str) -> bool:
    try:
        return whens.titled(asking, [text])[1] is not None
    except DueRefused:
        return True


def _needs_quotes(text: str) -> bool:
    """Whether reading would find a mark in it, or take something off its ends."""
    marked = any(mark in shadow(text) for mark in "@!:;\n") or "跟进" in text or text.casefold() == "daily"
    return (
        marked
        or text != text.strip(" ,，\u3000\xa0")
        or text.startswith(tuple(opening for opening, _ in tokens.QUOTES))
    )


def _on(made: Draft, day: str) -> Draft:
    return replace(made, due=Due(date.fromisoformat(day), None), reckoned=None) if day else made


def _handle(asking: Asking, person: int) -> str:
    return asking.directory.handle(asking.directory.person(person))


def _supporter(asking: Asking, one: Supporter) -> str:
    if one.person is not None:
        return _handle(asking, one.person)
    return asking.directory.departments[one.department].name if one.department in asking.directory.departments else ""
