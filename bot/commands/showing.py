"""`/action list` 列表, `show` 查看, `history` 记录: what there is, worst first; filters in any order, together."""

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import answers, naming
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.action import OPEN, Action, Light, State
from bot.due.numerals import number
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.operations.change import load
from bot.pattern import pattern
from bot.policy import sees_item
from bot.store import Query
from bot.views import action as views
from bot.views.listing import AT_MOST

SCOPES: dict[str, tuple[str, ...]] = {
    "mine": ("mine", "my", "me", "我的", "我"),
    "team": ("team", "our", "ours", "团队", "我们的", "本部门", "本群"),
    "assigned": ("assigned", "我布置的", "我分配的", "布置"),
    "verify": ("verify", "待验收", "待我验收"),
    "everything": ("everything", "all", "全部", "所有"),
}
"""Whose items. The names of a scope, its own first."""

LIGHTS: dict[str, tuple[str, ...]] = {
    "red": ("red", "红", "红灯", "🔴"),
    "yellow": ("yellow", "黄", "黄灯", "🟡"),
    "green": ("green", "绿", "绿灯", "🟢"),
}
STANDINGS: dict[str, tuple[str, ...]] = {
    "overdue": ("overdue", "late", "逾期", "超期", "已逾期"),
    "blocked": ("blocked", "受阻"),
    "done": ("done", "finished", "已完成"),
    "open": ("open", "进行中", "未完成"),
}
_OF = {
    "department": pattern(r"^(?:department|dept|部门|部門)\s*[:：]?\s*(?P<name>.+)$", re.IGNORECASE | re.DOTALL),
    "meeting": pattern(r"^(?:meeting|会议|會議)\s*[:：]?\s*(?P<name>.+)$", re.IGNORECASE | re.DOTALL),
}
_PAGE = pattern(
    r"(?:(?:page|p\.?)\s*(?P<en>\d{1,4})|第\s*(?P<zh>[\d一二三四五六七八九十]{1,4})\s*页|(?P<bare>\d{1,4}))(?=[\s,，、;；]|$)",
    re.IGNORECASE,
)
_BLANKS = pattern(r"[\s,，、;；]+")


class Filters(Struct):
    """Everything that was asked for; what is said twice holds together."""

    scopes: list[str] = field(default_factory=list)
    lights: list[str] = field(default_factory=list)
    standings: list[str] = field(default_factory=list)
    department: int | None = None
    meeting: str = ""
    owner: int | None = None
    page: int = 1


def show(asking: Asking, line: Line) -> Answer:
    """The item in full, with what the asker may do."""
    return views.detail(answers.scene(asking), _one(asking, line))


def history(asking: Asking, line: Line) -> Answer:
    """A2: who did what and when."""
    action = _one(asking, line)
    return views.history(answers.scene(asking), action, asking.records.history.of(action.label))


def list_(asking: Asking, line: Line) -> Answer:
    """A12: filtered and paged. Nothing said: my own open items and what waits for me."""
    return listed(asking, *found(asking, line.rest))


def found(asking: Asking, rest: str) -> tuple[Filters, list[Action]]:
    """What words ask for, and every item there is of it, worst first. Raises Refusal for a word that is no filter."""
    wanted = _filters(asking, rest)
    return wanted, answers.ordered(asking, [one for one in _found(asking, wanted) if _kept(asking, one, wanted)])


def listed(asking: Asking, wanted: Filters, found: Sequence[Action]) -> Answer:
    """A page of them."""
    pages = max(1, -(-len(found) // AT_MOST))
    page = min(wanted.page, pages)
    shown = found[(page - 1) * AT_MOST : page * AT_MOST]
    again = said(asking, wanted)
    more = f"/action list {again} page {page + 1}".replace("  ", " ") if page < pages else ""
    scope, narrowed = _scope(asking, wanted), _narrowed(wanted)
    wider = narrowed and scope == "mine" and asking.where.direct and asking.by.department is not None
    return views.listing(
        answers.scene(asking), shown, heading=heading(asking, wanted), every=found, page=page, more=more,
        whole=f"/action export {again}".strip() if pages > 1 else "",
        own=scope == "mine", narrowed=narrowed, wider=_wider(asking, wanted) if wider else "",
    )  # fmt: skip


def _one(asking: Asking, line: Line) -> Action:
    subjects = [int(subject[2:]) for subject in asking.subjects if subject.startswith("A-")]
    numbers = line.numbers or tuple(subjects)
    if len(numbers) == 1:
        return load(asking, numbers[0])
    offers = tuple(Offer("offer-line", f"{line.head} A-{one}", args=(("line", f"A-{one}"),)) for one in numbers[:4])
    raise Refusal("which-item", verb=line.verb, mended=f"{line.head} A-42", offers=offers)


def _filters(asking: Asking, rest: str) -> Filters:
    """Words into filters, from the left. Raises Refusal `list-unknown` naming the word and what there is."""
    wanted = Filters()
    while rest := rest.strip(" \u3000\xa0,，、;；"):
        rest = _named(asking, wanted, rest) or _worded(wanted, rest)
    return wanted


def _named(asking: Asking, wanted: Filters, rest: str) -> str | None:
    """A person, a department, a meeting or a page at the start; what follows it, None when there is none such."""
    if shadow(rest[:1]) == "@":
        who, length = naming.who(asking, rest[1:])
        wanted.owner, wanted.department = who.person or wanted.owner, who.department or wanted.department
        return rest[1 + length :] + " "
    page = _PAGE.match(rest)
    if page:
        wanted.page = max(1, number(shadow(page["en"] or page["zh"] or page["bare"])) or 1)
        return rest[page.end() :] + " "
    department = _OF["department"].match(rest)
    if department:
        return _department(asking, wanted, department["name"]) + " "
    if _department_begins(asking, rest):
        return _department(asking, wanted, rest) + " "
    meeting = _OF["meeting"].match(rest)
    if meeting:
        wanted.meeting, paged = _without_page(meeting["name"].strip())
        return paged + " "
    return None


def _worded(wanted: Filters, rest: str) -> str:
    """One word of the tables."""
    word = _BLANKS.split(rest, maxsplit=1)[0]
    tables = ((SCOPES, wanted.scopes), (LIGHTS, wanted.lights), (STANDINGS, wanted.standings))
    for table, chosen in tables:
        name = next((name for name, names in table.items() if shadow(word) in map(shadow, names)), "")
        if name:
            chosen.append(name)
            return rest[len(word) :]
    raise Refusal("list-filter-unknown", typed=word, mended="/action list overdue")


def _department(asking: Asking, wanted: Filters, text: str) -> str:
    """The longest department name at the start; what follows it. Raises Refusal `department-unknown`."""
    words = text.split()
    for count in range(len(words), 0, -1):
        found = asking.directory.department(" ".join(words[:count]).lstrip("@＠"))
        if found:
            wanted.department = found.id
            return " ".join(words[count:])
    raise naming.no_department(asking, words[0])


def _department_begins(asking: Asking, text: str) -> bool:
    """Whether a department's name stands there by itself, as the digest's own line has it."""
    low = shadow(text)
    return any(low.startswith(shadow(one.name)) for one in asking.directory.departments.values())


def _without_page(text: str) -> tuple[str, str]:
    page = re.search(r"\s(?:page\s*\d{1,4}|第\s*\d{1,4}\s*页)$", text, re.IGNORECASE)
    return (text[: page.start()], page.group()) if page else (text, "")


def _found(asking: Asking, wanted: Filters) -> list[Action]:
    """What the store is asked for; lights and lateness are judged afterwards, because the clock decides them."""
    if wanted.owner is not None:
        return _theirs(asking, wanted, wanted.owner)
    if wanted.department is not None or wanted.meeting:
        return _find(asking, Query(department=wanted.department, meeting=wanted.meeting), wanted)
    match _scope(asking, wanted):
        case "team" if asking.where.room is not None:
            return _find(asking, Query(room=asking.where.room), wanted)
        case "team":
            return _find(asking, _my_department(asking), wanted)
        case "assigned":
            return _find(asking, Query(assigner=asking.by.id), wanted)
        case "verify":
            return asking.records.actions.find(Query(tracker=asking.by.id, states=frozenset({State.SUBMITTED})))
        case "everything":
            return _find(asking, Query(), wanted)
        case _:
            return _mine(asking, wanted)


def _theirs(asking: Asking, wanted: Filters, owner: int) -> list[Action]:
    """Somebody's, as their week counts them: what they declined is borne by whoever had assigned it (A2)."""
    query = Query(department=wanted.department, meeting=wanted.meeting)
    own = [one for one in _find(asking, replace(query, owner=owner), wanted) if one.state is not State.DECLINED]
    if "done" in wanted.standings:
        return own
    return own + asking.records.actions.find(replace(query, assigner=owner, states=frozenset({State.DECLINED})))


def _scope(asking: Asking, wanted: Filters) -> str:
    """Whose items: as said, else in a room the room's where only some are asked for, else the asker's own. Empty where a
    person, a department or a meeting says it."""
    if wanted.owner is not None or wanted.department is not None or wanted.meeting:
        return next(iter(wanted.scopes), "")
    return next(iter(wanted.scopes), "") or ("team" if _narrowed(wanted) and not asking.where.direct else "mine")


def _mine(asking: Asking, wanted: Filters) -> list[Action]:
    """My own, and what waits for me: to verify, to resolve, or declined by whom I asked."""
    me = asking.by.id
    own = [one for one in _find(asking, Query(owner=me), wanted) if one.bearer == me]
    if "done" in wanted.standings:
        return own
    find = asking.records.actions.find
    verify = find(Query(tracker=me, states=frozenset({State.SUBMITTED})))
    declined = find(Query(assigner=me, states=frozenset({State.DECLINED})))
    blocked = find(Query(states=frozenset({State.BLOCKED})))
    resolve = [one for one in blocked if one.block is not None and one.block.resolver == me]
    return list({one.number: one for one in (*own, *verify, *declined, *resolve)}.values())


def _my_department(asking: Asking) -> Query:
    """Raises Refusal `no-department` for somebody who belongs to none."""
    if asking.by.department is None:
        raise Refusal("no-department", offers=(Offer("offer-list", "/action list"),))
    return Query(department=asking.by.department)


def _find(asking: Asking, query: Query, wanted: Filters) -> list[Action]:
    states = frozenset({State.DONE}) if "done" in wanted.standings else OPEN
    return asking.records.actions.find(replace(query, states=states))


def _narrowed(wanted: Filters) -> bool:
    return bool(wanted.lights or wanted.standings)


def _kept(asking: Asking, action: Action, wanted: Filters) -> bool:
    """Whether the asker may see it at all (N8), and it stands as was asked; several colours are either of them."""
    if not sees_item(asking.by, action):
        return False
    scene = answers.scene(asking)
    light = scene.light(action)
    kept = {
        "overdue": asking.now > action.due.at and action.open,
        "blocked": action.state is State.BLOCKED,
        "done": action.state is State.DONE,
        "open": action.open,
    }
    lights = [Light(one) for one in wanted.lights]
    return all(kept[one] for one in wanted.standings) and (not lights or light in lights)


def said(asking: Asking, wanted: Filters) -> str:
    """The filters as they can be typed again."""
    parts = [*wanted.scopes, *wanted.lights, *wanted.standings]
    if wanted.owner is not None:
        parts.append(f"@{asking.directory.handle(asking.directory.person(wanted.owner))}")
    if wanted.department is not None:
        parts.append(f"department {asking.directory.departments[wanted.department].name}")
    return " ".join([*parts, *([f"meeting {wanted.meeting}"] if wanted.meeting else [])])


def _wider(asking: Asking, wanted: Filters) -> str:
    return f"/action list {said(asking, replace(wanted, scopes=['team'], page=1))}"


def heading(asking: Asking, wanted: Filters) -> str:
    """What the list is of, in the asker's words: whose, then which of them; nobody's "overdue: none" reads as everybody's."""
    words, scope = asking.words, _scope(asking, wanted)
    scopes = dict.fromkeys([*wanted.scopes, *([scope] if scope else [])])
    named = [words(f"list-{name}") for name in (*scopes, *wanted.lights, *wanted.standings)]
    if wanted.owner is not None:
        named.append(asking.directory.person(wanted.owner).name)
    if wanted.department is not None:
        named.append(asking.directory.departments[wanted.department].name)
    named += [wanted.meeting] if wanted.meeting else []
    return " · ".join(named)
