"""What people hear unasked of a meeting's minutes: one view a moment, from the truth when it is delivered (N1–N5).

| moment              | to whom                        | what                                                         |
|---------------------|--------------------------------|--------------------------------------------------------------|
| minutes_drafted     | recorder                       | the draft is there; by when                                  |
| minutes_owed        | recorder                       | four hours are left, or none by the time it can be read      |
| minutes_late        | host                           | they are not there yet                                       |
| minutes_submitted   | host                           | to be approved or returned                                   |
| minutes_returned    | recorder                       | with remarks                                                 |
| minutes_distributed | attendees                      | to be acknowledged; from the second edition on what changed  |
| minutes_summary     | absentees, copies              | decisions, their own actions, what they are to follow up     |
| minutes_sent        | recorder                       | approved; how many have acknowledged, changing in place      |
| minutes_acknowledge | who has not acknowledged       | once more, once                                              |
| minutes_unread      | recorder, host                 | who has not                                                  |
| minutes_correction  | recorder, host                 | what somebody wants put right                                |
| minutes_leaving     | recorder, host, organizer      | who wants to delete their content, and from when on (N7)     |
"""

from collections.abc import Callable, Iterator, Mapping
from unicodedata import east_asian_width

from msgspec.structs import replace

from bot.cards import Block, Button, Card, Items, Plain, Quote, Text, plain
from bot.domain.drafting import present
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.papers import Papers
from bot.policy import minutes as policy
from bot.reports.difference import differences
from bot.reports.outline import outline
from bot.views import lines, presses
from bot.views.minutes import asked, confirm_by, differing, link, readers, row, standing, waiting
from bot.views.minutes_body import body, items, named, title
from bot.views.scene import Scene

Args = Mapping[str, object]
Told = Callable[[Scene, Minutes, Args], Card | None]

SCREEN = 1_400
"""N3: so much is sent whole with the press that says 已阅, in widths of a Latin letter (a Chinese character takes two); longer
ones as their decisions and actions, the whole one press away."""

_SENT = (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED)


def _drafted(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    return _while(MinutesState.DRAFT, "minutes-drafted", scene, minutes, args)


def _owed(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    late = scene.now >= minutes.due_at  # it waited for their morning (T3)
    return _while(MinutesState.DRAFT, "minutes-overdue" if late else "minutes-owed", scene, minutes, args)


def _late(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    return _while(MinutesState.DRAFT, "minutes-late", scene, minutes, args)


def _submitted(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    return _while(MinutesState.SUBMITTED, "minutes-submitted", scene, minutes, args)


def _returned(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    return _while(MinutesState.DRAFT, "minutes-returned", scene, minutes, args)


def _distributed(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N3, N4: what it comes to, the press that says it was read, the record itself where a screen holds it."""
    if minutes.state not in _SENT:
        return _moved_on(scene, minutes, args)
    waits = scene.reader is not None and scene.reader.id in minutes.waiting
    shown = _changed(scene, minutes, args) or _all(scene, minutes)
    return lines.card(
        scene.words("minutes-confirm" if waits else "minutes-title", named=named(scene, minutes)),
        lines.said(_comes_to(scene, minutes, asks=waits)),
        lines.said(standing(scene, minutes), faint=True),
        *(shown or _shortly(scene, minutes, own=False)),
        row(scene, minutes, *(() if shown and minutes.edition == 1 else (link(scene, "show", minutes),))),
    )


def _summary(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N3: decisions, the actions that are the reader's own, and the parked topics that they are to follow up."""
    if minutes.state not in _SENT:
        return _moved_on(scene, minutes, args)
    return lines.card(
        scene.words("minutes-summary", named=named(scene, minutes)),
        lines.said(_comes_to(scene, minutes, asks=False)),
        *_shortly(scene, minutes, own=True),
        presses.row((link(scene, "show", minutes), *_changes(scene, minutes))),
    )


def _sent(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """To the recorder, in place until all have read it; who has not stands with it, for them alone (N4)."""
    if minutes.state not in _SENT:
        return _moved_on(scene, minutes, args)
    archived = "minutes-all-read" if minutes.must else "minutes-none-to-read"
    name = archived if minutes.state is MinutesState.ARCHIVED else "minutes-sent"
    return lines.card(
        scene.words(name, named=named(scene, minutes)), lines.said(standing(scene, minutes)),
        *(waiting(scene, minutes) if _may_count(scene, minutes) else ()),
        presses.row((link(scene, "show", minutes),)),
    )  # fmt: skip


def _acknowledge(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N4: only who has not; who has in the meantime hears nothing."""
    if scene.reader is None or scene.reader.id not in minutes.silent or minutes.state is not MinutesState.DISTRIBUTED:
        return _moved_on(scene, minutes, args)
    return lines.card(
        scene.words("minutes-confirm-again", named=named(scene, minutes)),
        lines.said(_comes_to(scene, minutes, asks=True)),
        row(scene, minutes, link(scene, "show", minutes)),
        tone="warn",
    )


def _unread(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N4: to the recorder and the host, never to others."""
    if minutes.state is not MinutesState.DISTRIBUTED or not _may_count(scene, minutes):
        return _moved_on(scene, minutes, args)
    return readers(scene, minutes)


def _correction(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N4, N5: as written, and the press that makes the next edition."""
    by = args.get("by")
    who = scene.name(by) if isinstance(by, int) and by in scene.directory.people else ""
    if minutes.state not in _SENT:
        return _moved_on(scene, minutes, args)
    return lines.card(
        scene.words("minutes-correction", who=who, minutes=minutes.label),
        Quote(str(args.get("why") or ""), who),
        lines.said(minutes.title, faint=True),
        row(scene, minutes, link(scene, "show", minutes)),
        tone="warn",
    )


def _leaving(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """N7: before anything goes, with the way to keep a copy; whoever objects says so to who asked."""
    if minutes.leaving_at is None:
        return _moved_on(scene, minutes, args)
    by, words = args.get("by"), scene.words
    who = scene.name(by) if isinstance(by, int) and by in scene.directory.people else ""
    at, years = lines.moment(scene, minutes.leaving_at), scene.workplace.kind(minutes.kind).keep_years
    return lines.card(
        words("minutes-leaving-notice", who=who, named=named(scene, minutes), at=at),
        lines.said(words("minutes-leaving-why", years=years, who=who)),
        presses.row((link(scene, "show", minutes), link(scene, "file", minutes))),
        tone="warn",
    )


def _while(state: MinutesState, name: str, scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """A moment that is true in one state only; afterwards the message says where they stand."""
    if minutes.state is not state:
        return _moved_on(scene, minutes, args)
    due = lines.moment(scene, minutes.due_at)
    return lines.card(
        scene.words(name, title=lines.single(minutes.title), due=due, who=scene.name(minutes.recorder)),
        lines.said(_comes_to(scene, minutes, asks=False)),
        *asked(scene, minutes),
        row(scene, minutes, link(scene, "show", minutes)),
        tone="warn" if name in ("minutes-owed", "minutes-overdue", "minutes-late", "minutes-returned") else "neutral",
    )


def _comes_to(scene: Scene, minutes: Minutes, *, asks: bool) -> str:
    """决议 3 条 · 行动项 3 项，其中你负责 1 项 · 请在 11月21日 17:00 前确认."""
    words, reader = scene.words, scene.reader.id if scene.reader else 0
    own = sum(one.owner == reader for one in minutes.actions)
    said = [words("minutes-n-decisions", n=len(minutes.decisions))] if minutes.decisions else []
    if minutes.actions:
        said.append(words("minutes-n-actions", n=len(minutes.actions), own=own))
    if asks and (by := confirm_by(scene, minutes)):
        said.append(by)
    return " · ".join(said)


def _changed(scene: Scene, minutes: Minutes, args: Args) -> list[Items]:
    """N5: of a later edition what it changed, line by line."""
    before = args.get("before")
    if not isinstance(before, Minutes):
        return []
    return list(differing(differences(outline(scene, before), outline(scene, minutes))))


def _all(scene: Scene, minutes: Minutes) -> list[Block]:
    """All of it where a phone's screen or two hold it; else it is one press away."""
    blocks = list(body(scene, minutes))
    wide = sum(1 + (east_asian_width(sign) in "WF") for sign in plain(Card("", tuple(blocks))))
    return blocks if wide <= SCREEN else []


def _shortly(scene: Scene, minutes: Minutes, *, own: bool) -> Iterator[Items | None]:
    """Decisions, and the actions: all, or the reader's own; what was parked for the reader to follow up."""
    yield items(scene, minutes, "paper-decisions")
    reader = scene.reader.id if scene.reader else 0
    mine = tuple(one for one in minutes.actions if one.owner == reader or not own)
    shown = items(scene, replace(minutes, actions=mine), "paper-actions")
    yield replace(shown, title=scene.words("minutes-own-actions")) if shown and own else shown
    theirs = tuple(replace(one, follower=None) for one in minutes.parked if one.follower == reader)
    parked = items(scene, replace(minutes, parked=theirs), "paper-parked")
    yield replace(parked, title=scene.words("minutes-own-parked")) if parked else None


def _changes(scene: Scene, minutes: Minutes) -> Iterator[Button]:
    """[看改动] from the second edition on (N5)."""
    if minutes.edition > 1:
        yield link(scene, "changes", minutes)


def _may_count(scene: Scene, minutes: Minutes) -> bool:
    return scene.reader is not None and policy.counts(scene.reader, minutes)


def _moved_on(scene: Scene, minutes: Minutes, args: Args) -> Card | None:
    """A message that stands somewhere says where the minutes stand now; one that was never sent is not sent."""
    if not args.get("posted"):
        return None
    if minutes.state is MinutesState.SUPERSEDED:
        newer = presses.link(scene, "minutes-newest", f"/minutes show M-{minutes.meeting}")
        return lines.card(scene.words("minutes-superseded", named=named(scene, minutes)), presses.row((newer,)))
    return lines.card(
        title(scene, minutes), Text((Plain(standing(scene, minutes)),)), presses.row((link(scene, "show", minutes),))
    )


_TOLD: dict[str, Told] = {
    "minutes_drafted": _drafted,
    "minutes_owed": _owed,
    "minutes_late": _late,
    "minutes_submitted": _submitted,
    "minutes_returned": _returned,
    "minutes_distributed": _distributed,
    "minutes_summary": _summary,
    "minutes_sent": _sent,
    "minutes_acknowledge": _acknowledge,
    "minutes_unread": _unread,
    "minutes_correction": _correction,
    "minutes_leaving": _leaving,
}


def _view(told: Told) -> Callable[[Scene, Papers, Args], Card | None]:
    """Of the papers it needs the minutes alone: a draft's with its actions as these are now. Who may no longer read them is
    told nothing (bot/outbox/making.py asks before)."""

    def view(scene: Scene, papers: Papers, args: Args) -> Card | None:
        if papers.minutes is None:
            return None
        return told(scene, present(papers.minutes, papers.actions), {**args, "before": papers.before})

    return view


MINUTES_MOMENTS = {name: _view(told) for name, told in _TOLD.items()}
"""Every moment of minutes, and how it is told."""
