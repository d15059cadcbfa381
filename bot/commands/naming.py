"""Whom words mean: a name after an @ (with or without its position), `me`, a department, or everybody, who is nobody.

Compared by id, never guessed (A4 row 27): a whole name wins, then the only beginning; two people of a name are listed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from msgspec import Struct

from bot.commands import whens
from bot.commands.asking import Asking
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.pattern import pattern
from bot.people import Account, Person
from bot.texts import in_other_scripts

ME = frozenset({"me", "myself", "我", "我自己", "自己", "本人"})
COLLECTIVE = (
    "the departments concerned", "departments concerned", "relevant departments", "the relevant departments",
    "all departments", "everyone", "everybody", "anyone", "someone", "somebody", "all", "team", "the team", "here",
    "channel", "us", "相关部门", "有关部门", "各部门", "各相关部门", "所有部门", "大家", "所有人", "全员", "全体",
    "全体成员", "每个人", "各位", "相关人员", "有关人员", "相关同事", "我们", "团队", "有人",
)  # fmt: skip
"""M3: refused by name as an owner."""

_EVERYBODY = {shadow(name): name for name in COLLECTIVE}
_EVERYBODY_OPENS = frozenset(name.partition(" ")[0] for name in _EVERYBODY if " " in name)
_STOPS = pattern(r"[\n,，、;；!！?？:：()（）\[\]【】<>《》\"“”|/]|(?<!\S)&(?!\S)|[和与與跟及]\s*(?=[@＠])")
_MOST_WORDS = 5
_OPENING = 120
"""Characters among which a name at the beginning ends."""
_LONGEST = 24
_DAY = 24
"""Characters behind a name among which a day that it runs into ends."""
_SHOWN = 8
_TRAILING = ".。'’"
_INSIDE = pattern(r"[A-Za-z]{2}")
"""Within a word of letters no name ends: Simon is not Si's on Monday."""


class Who(Struct, frozen=True):
    """Exactly one of the three: a person, a department (ids), or the words for everybody."""

    person: int | None = None
    department: int | None = None
    everybody: str = ""


def who(asking: Asking, text: str) -> tuple[Who, int]:
    """Whom the beginning of `text` means, and how many characters say so; the longest name that fits. A name that nobody
    has is looked for in the other script: @張三 is 张三.

    Raises Refusal `person-unknown` or `person-ambiguous`."""
    try:
        return _who(asking, text)
    except Refusal as refused:
        if refused.text != "person-unknown":
            raise
        return _in_another_script(asking, text, refused)


def _in_another_script(asking: Asking, text: str, refused: Refusal) -> tuple[Who, int]:
    """Raises the first refusal where the other script helps nobody. Only what keeps each character's place will do."""
    for other in in_other_scripts(text[:_OPENING]):
        if len(other) == len(text[:_OPENING]):
            with suppress(Refusal):
                return _who(asking, other)
    raise refused


def _who(asking: Asking, text: str) -> tuple[Who, int]:
    runs = list(_runs(text, _may_go_on(asking, text)))
    for length, words in reversed(runs):
        found = _exactly(asking, words)
        if found is not None:
            return found, length
    glued = _glued(asking, runs[0][1]) if runs else None
    if glued is not None:
        return glued[0], text.find(runs[0][1][:1]) + glued[1]
    length, first = runs[0] if runs else (0, text.strip()[:_LONGEST])
    return Who(asking.directory.named(first).id), length


def answered(asking: Asking, text: str) -> tuple[int | None, str]:
    """Who was asked for and is answered without an @: a whole name at the beginning, and the words behind it."""
    for length, words in reversed(list(_runs(text, _may_go_on(asking, text)))):
        found = _exactly(asking, words)
        if found is not None and found.person is not None:
            return found.person, text[length:].strip()
    return None, text


def value(asking: Asking, text: str) -> Who:
    """Whom a form's value means: the messenger's own id of somebody, or words as they are typed after an @."""
    text = text.strip()
    known = asking.directory.by_account(Account(asking.where.messenger, text))
    if known is not None:
        return Who(known.id)
    words = text.lstrip("@＠").strip() or text
    found = _exactly(asking, words)
    return found if found is not None else who(asking, words)[0]


def one_person(asking: Asking, found: Who, field: str, *, left: bool = False) -> int:
    """The person; `left`: also one who is not here any more. Raises Refusal for a department (its head is offered by name)
    and for everybody (M3)."""
    if found.person is not None:
        return found.person if left else _active(asking.directory.person(found.person), field)
    if found.department is None:
        raise Refusal("owner-collective", name=found.everybody, field=field)
    department = asking.directory.departments[found.department]
    head = asking.directory.head(department.id)
    heads = (head,) if head is not None else ()
    raise Refusal("owner-department", name=department.name, heads=heads, field=field)


def collective(text: str) -> str:
    """The words for everybody that the text begins with, as who is to do it; empty for none."""
    low = re.sub(r"^(?:请|由|让)", "", " ".join(shadow(text).split()))
    said = [
        name
        for plain, name in _EVERYBODY.items()
        if low.startswith(plain + " " if name.isascii() else plain) and (" " in name or not name.isascii())
    ]
    return max(said, key=len, default="")


def no_department(asking: Asking, name: str, field: str = "") -> Refusal:
    """There is none of that name; which there are, where there are some."""
    known = tuple(one.name for one in asking.directory.departments.values())[:_SHOWN]
    if not known:
        return Refusal("department-none", field=field)
    return Refusal("department-unknown", name=name, departments=known, field=field)


def mentioned(asking: Asking) -> tuple[Person, ...]:
    """Whom the messenger says were mentioned. Raises Refusal `person-unknown` for somebody the workplace never met."""
    return tuple(_met(asking, account) for account in (asking.said.mentions if asking.said else ()))


def offers(asking: Asking, people: Iterable[int], line: Callable[[int], str]) -> tuple[Offer, ...]:
    """A button per person; `line` is what choosing them sends."""
    named = (asking.directory.person(id) for id in people)
    return tuple(Offer("offer-person", line(one.id), args=(("who", asking.directory.handle(one)),)) for one in named)


def _active(person: Person, field: str) -> int:
    """Who has left is nobody to ask (A4 row 23)."""
    if not person.active:
        raise Refusal("person-unknown", name=person.name, field=field)
    return person.id


def _met(asking: Asking, account: Account) -> Person:
    person = asking.directory.by_account(account)
    if person is None or not person.active:
        raise Refusal("person-unknown", name=person.name if person else account.user_id, field="owner")
    return person


def _glued(asking: Asking, word: str) -> tuple[Who, int] | None:
    """A name with the next words right behind it (`@李四下周五前`): only when these begin with a day, or the messenger says
    who was mentioned, because `@李四四` may be somebody else. Raises Refusal `person-ambiguous` where several names fit."""
    fits: list[tuple[Who, int]] = []
    for length in range(min(len(word), _LONGEST) - 1, 0, -1):
        found = None if _INSIDE.match(word, length - 1) else _exactly(asking, word[:length])
        if found is not None and found.person in {one.id for one in _known_mentions(asking)}:
            return found, length
        if found is not None and whens.opens_with_day(asking, word[length : length + _DAY]):
            fits.append((found, length))
    several = tuple(dict.fromkeys(found.person for found, _ in fits if found.person is not None))
    if len(several) > 1:
        raise Refusal("person-ambiguous", name=word, candidates=several, field="owner")
    return fits[0] if fits else None


def _may_go_on(asking: Asking, text: str) -> int:
    """Of how many words a name at the beginning may be: of one, unless somebody's name of several begins so. Each run of
    words costs a dozen looks, and five words follow most names."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    open_ended = asking.directory.opens(first) or shadow(first) in _EVERYBODY_OPENS or bool(_known_mentions(asking))
    return _MOST_WORDS if open_ended or "#" in first else 1


def _runs(text: str, most: int) -> Iterator[tuple[int, str]]:
    """The first word, the first two, … up to a mark that no name holds."""
    stop = _STOPS.search(text)
    end = stop.start() if stop else len(text)
    for word, _ in zip(re.finditer(r"\S+", text[:end]), range(most), strict=False):
        words = text[: word.end()].strip().rstrip(_TRAILING)
        yield len(text[: word.end()].rstrip(_TRAILING)), words


def _exactly(asking: Asking, words: str) -> Who | None:
    """Whom these words name as a whole; None when nobody of exactly this name is known."""
    low = " ".join(shadow(words).split())
    if low in ME:
        return Who(asking.by.id)
    among = [one for one in _known_mentions(asking) if " ".join(shadow(one.name).split()) == low]
    if len(among) == 1:
        return Who(among[0].id)
    person = _of_this_name(asking, words)
    if person is not None:
        return Who(person)
    department = asking.directory.department(words)
    if department is not None:
        return Who(department=department.id)
    return Who(everybody=words) if low in _EVERYBODY else None


def _of_this_name(asking: Asking, words: str) -> int | None:
    """The person of exactly this name, address or number; a beginning is not exact."""
    if "#" not in words and not asking.directory.knows(words):
        return None  # most runs of words behind an @: one look, instead of candidates and a refusal (20 µs)
    try:
        found = asking.directory.named(words)
    except Refusal as refused:
        if refused.text == "person-ambiguous" and _all_named(asking, refused, words):
            raise
        return None
    folded = words.partition("#")[0].casefold().split()
    names = (found.name, found.email, found.email.partition("@")[0])
    return found.id if any(folded == name.casefold().split() for name in names if name) or "#" in words else None


def _all_named(asking: Asking, refused: Refusal, words: str) -> bool:
    candidates = refused.args_.get("candidates")
    people = [asking.directory.person(id) for id in candidates] if isinstance(candidates, tuple) else []
    return any(person.name.casefold().split() == words.casefold().split() for person in people)


def _known_mentions(asking: Asking) -> list[Person]:
    said = asking.said
    if said is None or not said.mentions:
        return []
    return [person for account in said.mentions if (person := asking.directory.by_account(account)) is not None]
