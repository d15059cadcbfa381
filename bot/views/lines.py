"""Phrases that many views share: lights, days, where an item stands, and what a person wrote, kept whole.

What goes into a title is made one line and clipped at grapheme boundaries (`single`); whoever clips shows the full text
elsewhere on the same card (T5).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len, split_graphemes

from bot.cards import Block, Card, Faint, Link, Plain, Quote, Span, Strong, Text, Tone
from bot.domain.action import Action, Deliverable, Light, State, Verb
from bot.domain.course import must_act
from bot.pattern import pattern
from bot.policy import verifiers
from bot.texts import Words
from bot.views.scene import Scene

SIGNS = {Light.RED: "🔴", Light.YELLOW: "🟡", Light.GREEN: "🟢"}
TONES: dict[Light | None, Tone] = {Light.RED: "bad", Light.YELLOW: "warn", Light.GREEN: "neutral", None: "neutral"}
IN_TITLE = 44
"""Terminal cells for what a person wrote in a title: about 22 Chinese characters or 44 Latin ones (VOICE rule 1)."""

NEAR = 14
"""Days within which the distance is said (VOICE rule 3)."""

_NOUNS = ("", "meeting-", "minutes-", "series-", "vote-")
_LINE = pattern(r"(?P<meeting>M-\d+)#\d+")
_TURNING = pattern("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")


def card(title: str, *blocks: Block | None, tone: Tone = "neutral") -> Card:
    """A card whose title is one line, without the blocks that have nothing to say (VOICE rule 7)."""
    return Card(one_line(title), tuple(block for block in blocks if block is not None), tone)


def one_line(text: str) -> str:
    """The text on one line, without characters that turn or hide what follows; for titles only."""
    return text if text.isprintable() else " ".join(_TURNING.sub("", text).split())


def single(text: str, cells: int = IN_TITLE) -> str:
    """What a person wrote as one line of at most so many terminal cells, clipped between graphemes with …"""
    line = one_line(text)
    if 2 * len(line) <= cells:
        return line
    end = _fitting(line, cells)
    return line if end == len(line) else line[:end].rstrip() + "…"


def quoted(text: str, shown: str, by: str = "") -> Quote | None:
    """The full text apart from the bot's words, unless the title already `shown` it whole."""
    return Quote(text, by) if text and text != shown else None


def because(scene: Scene, why: str) -> str:
    """The reason as written (T5); of an item that went with a meeting's line (M-7#12), in the reader's words."""
    line = _LINE.fullmatch(why)
    return scene.words("withdrawn-why", meeting=line["meeting"]) if line else why


def said(text: str, *, faint: bool = False) -> Text | None:
    """One paragraph; None when there is nothing to say."""
    if not text:
        return None
    return Text((Faint(text) if faint else Plain(text),))


def sign(scene: Scene, action: Action) -> str:
    """🔴 with a space after it; empty for a closed item (A11)."""
    shown = scene.light(action)
    return f"{SIGNS[shown]} " if shown else ""


def lead(scene: Scene, action: Action) -> str:
    """🔴 A-31."""
    return sign(scene, action) + action.label


def due_day(scene: Scene, action: Action) -> str:
    """The due day with weekday and distance: the owner's day (T1)."""
    return scene.words.near_day(action.due.day, scene.today)


def due_instant(scene: Scene, action: Action) -> str:
    """11月27日（周五）18:00: the instant it ends, in the reader's zone; where that is another day than the owner's (T1), which
    every list shows, by the owner's clock with its zone."""
    at = action.due.at.astimezone(scene.zone)
    if at.date() == action.due.day:
        return scene.words("day-at", day=scene.words.day(at.date(), scene.today), time=scene.words.clock_time(at))
    theirs = scene.directory.person(action.owner).zone
    at = action.due.at.astimezone(theirs)
    day, time = scene.words.day(at.date(), scene.today), scene.words.clock_time(at)
    return scene.words("day-at-there", day=day, time=time, zone=offset(at, theirs))


def moment(scene: Scene, at: datetime) -> str:
    """An instant in the reader's zone: 10:32 when it is today, else with its day."""
    local = at.astimezone(scene.zone)
    time = scene.words.clock_time(local)
    if local.date() == scene.today:
        return scene.words("today-at", time=time)
    return scene.words("day-at", day=scene.words.day(local.date(), scene.today), time=time)


def offset(at: datetime, zone: ZoneInfo) -> str:
    """GMT+8, GMT-3:30: a zone by what its clocks show at that instant, the one way in which it is named to readers."""
    seconds = round((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())
    hours, rest = divmod(abs(seconds) // 60, 60)
    return f"GMT{'-' if seconds < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def chosen_zone(scene: Scene, name: str) -> str:
    """Asia/Shanghai（GMT+8）: where a zone is chosen, by the name that is typed."""
    return scene.words("zone-chosen", name=name, offset=offset(scene.now, ZoneInfo(name)))


def overdue(scene: Scene, action: Action) -> bool:
    """Its moment has passed and somebody still has to act."""
    return action.open and scene.now > action.due.at


def late(scene: Scene, action: Action) -> str:
    """已逾期 1 个工作日; without a number before the first working day has passed."""
    days = scene.workplace.calendar.between(action.due.day, scene.today)
    return scene.words("late", days=days)


def so_late(scene: Scene, action: Action) -> str:
    """Behind its day: ，已逾期 8 个工作日; nothing while there is time."""
    return scene.words("so-late", late=late(scene, action)) if overdue(scene, action) else ""


def due_words(scene: Scene, action: Action) -> str:
    """今天 18:00 到期, 后天到期（11月27日 周五）, 已逾期 1 个工作日: how near it is, in words."""
    if overdue(scene, action):
        return late(scene, action)
    local = action.due.at.astimezone(scene.zone)
    today, words = scene.today, scene.words
    day = action.due.day if local.date() != today < action.due.day else local.date()
    days = (day - today).days
    if days == 0:
        return words("ends-today", time=words.clock_time(local))
    if days > NEAR:
        return words("ends-far", day=words.day(day, today))
    return words("ends-ahead", days=days, day=words.bare_day(day, today), weekday=words.weekday(day))


def deed(scene: Scene, form: str, verb: str) -> str:
    """`verb-…` or `did-…` of a verb without its item's state at hand: there "accept" is the owner's, so a deliverable is
    verified."""
    return tried(scene, verb, f"{form}-{'verify' if verb == Verb.APPROVE else verb}")


def tried(scene: Scene, verb: str, *own: str) -> str:
    """What somebody did or tried to do: by the first entry of `own`, else by the word of whichever noun has this verb, for
    an item's history tells of `/meeting correct` too. What is no verb of ours is said as it came."""
    names = (*own, f"deed-meeting-{verb}", *(f"say-{noun}{verb}" for noun in _NOUNS))
    return next((scene.words(name) for name in names if scene.words.has(name)), verb)


def standing(scene: Scene, action: Action, *, numbered: bool = True) -> str:
    """Where the item stands now, as one sentence: who is asked, by when (A2); said to them when they read it. Beside its
    number, not `numbered`."""
    block = action.block
    own = "-own" if action.open and scene.reader is not None and scene.reader.id == must_act(action) else ""
    said = scene.words(
        f"now-{action.state}{own}",
        action=action.label,
        owner=scene.name(action.owner),
        tracker=verifier(scene, action),
        assigner=scene.name(action.assigner),
        resolver=scene.name(block.resolver) if block else scene.name(action.owner),
        until=scene.words.day(block.until, scene.today) if block else "",
        day=due_words(scene, action),
    )
    return said if numbered else said.removeprefix(action.label).lstrip()


def verifier(scene: Scene, action: Action) -> str:
    """Who is asked to verify: the tracker, or the first who stands in for one who has left."""
    return scene.name(next(iter(verifiers(action, scene.directory)), action.tracker))


def essence(scene: Scene, action: Action) -> Text:
    """What is to be done, and how one will know it is done: both as written."""
    spans: tuple[Span, ...] = (Plain(action.text),)
    if action.criterion:
        spans = (*spans, Faint(scene.words("criterion-after")), Plain(action.criterion))
    return Text(spans)


def whence(scene: Scene, action: Action) -> Text | None:
    """From which meeting, and from whom; None when the reader took it themselves."""
    if scene.reader is not None and scene.reader.id == action.assigner and not action.source.meeting:
        return None
    who = scene.name(action.assigner)
    if action.source.meeting:
        return said(scene.words("from-meeting", meeting=action.source.meeting, who=who), faint=True)
    return said(scene.words("from-person", who=who), faint=True)


def source_quote(action: Action) -> Quote | None:
    """The message it was made of, as written, with its link."""
    source = action.source
    return Quote(source.quote, source.quoted_from, source.url) if source.quote else None


def delivered(scene: Scene, deliverables: tuple[Deliverable, ...], criterion: str = "") -> Text | None:
    """成果：… · 标准：… with links where there are some."""
    if not deliverables:
        return None
    spans: list[Span] = [Faint(scene.words("deliverable-before"))]
    for number, one in enumerate(deliverables):
        spans += [Plain(scene.words("between"))] if number else []
        spans.append(Link(one.text or one.url, one.url) if one.url else Plain(one.text))
    if criterion:
        spans += [Faint(scene.words("criterion-after")), Plain(criterion)]
    return Text(tuple(spans))


def present(scene: Scene, action: Action) -> Text:
    """现在：… for a message whose item has moved on."""
    return Text((Faint(scene.words("now-before")), Strong(standing(scene, action))))


def supporters(scene: Scene, action: Action) -> str:
    """A10: people and departments that help."""
    names = [
        scene.name(one.person) if one.person is not None else department(scene, one.department)
        for one in action.supporters
    ]
    return scene.words.listed([name for name in names if name])


def department(scene: Scene, id: int | None) -> str:
    """The department's name; empty for none."""
    found = scene.directory.departments.get(id) if id is not None else None
    return found.name if found else ""


def either(words: Words, parts: Iterable[str]) -> str:
    """张三、李四或王五 / Zhang San, Li Si or Wang Wu."""
    names = list(parts)
    if len(names) < 2:
        return "".join(names)
    first = words("comma").join(names[:-1])
    return words("either", first=first, last=names[-1])


def bare(scene: Scene, day: date) -> str:
    """11月20日（周五）."""
    return scene.words.day(day, scene.today)


def accepted(action: Action) -> bool:
    """Somebody has taken it on and it is open."""
    return action.open and action.state not in (State.PROPOSED, State.DECLINED)


def _fitting(line: str, cells: int) -> int:
    """Where to cut so that whole graphemes fill at most `cells`; the line's length when all of it fits."""
    piece = line[: 3 * cells]
    used = last = 0
    for start, stop in _graphemes(piece):
        used += cell_len(piece[start:stop])
        if used > cells:
            return start
        last = start
    return len(line) if len(piece) == len(line) else last


def _graphemes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each grapheme; the two letters of a flag are one."""
    begun = -1
    for start, stop, _ in split_graphemes(text)[0]:
        if begun < 0 and _FLAGS[0] <= text[start] <= _FLAGS[1]:
            begun = start
            continue
        paired = begun >= 0 and _FLAGS[0] <= text[start] <= _FLAGS[1]
        if begun >= 0 and not paired:
            yield begun, start
        yield (begun if paired else start), stop
        begun = -1
    if begun >= 0:
        yield begun, len(text)
