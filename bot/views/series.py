"""What is shown of recurring meetings: the echo, one series, all of them, and the question about a holiday (P2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.cards import Button, Buttons, Card, Facts, Item, Items, Text
from bot.domain import recurrence
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.series import Series
from bot.views import lines, meeting_lines
from bot.views.presses import row
from bot.views.rhythm import rhythm
from bot.views.scene import Scene


def begun(scene: Scene, series: Series, made: Sequence[Meeting], holidays: Sequence[tuple[date, date]]) -> Card:
    """The echo of a new series: its rule, the sessions that were made, and each holiday with its question."""
    words = scene.words
    return lines.card(
        words("series-recorded", series=series.label, title=lines.single(series.pattern.title)),
        _facts(scene, series),
        _sessions(scene, made),
        *_asked(scene, holidays),
        lines.said(words("series-drafts"), faint=True),
        _choices(scene, series.label, *holidays[0]) if holidays else _buttons(scene, series, made),
        tone="good",
    )


def detail(scene: Scene, series: Series, ahead: Sequence[Meeting]) -> Card:
    """One series and what is ahead of it."""
    words = scene.words
    state = words("series-over") if series.ended_at else ""
    asked = [lines.bare(scene, day) for day in series.asked]
    title = words("series-title", series=series.label, title=lines.single(series.pattern.title), state=state)
    return lines.card(
        title,
        _facts(scene, series),
        lines.said(words("series-asked", days=words.listed(asked))) if asked else None,
        _sessions(scene, ahead),
        _buttons(scene, series, ahead),
    )


def listing(scene: Scene, found: Sequence[Series]) -> Card:
    """All that run, with their rules."""
    words = scene.words
    if not found:
        return lines.card(words("series-none"), lines.said(words("series-none-how"), faint=True))
    items = tuple(Item(one.label, one.pattern.title, rhythm(scene, one)) for one in found)
    return lines.card(words("series-list"), Items(items))


def said(scene: Scene, name: str, series: Series, day: date, session: Meeting | None = None) -> Card:
    """Moved or skipped: what holds now."""
    words = scene.words
    when = meeting_lines.starts(scene, session.start) if session else ""
    title = words(
        name, series=series.label, title=lines.single(series.pattern.title), day=lines.bare(scene, day), when=when
    )
    return lines.card(title, tone="good")


def edited(
    scene: Scene, series: Series, facts: Sequence[Met], ahead: Sequence[Meeting], holidays: Sequence[tuple[date, date]]
) -> Card:
    """How it is held from now on, and what that did to the sessions ahead: who was told of one hears of it."""
    words = scene.words
    touched = {fact.after.number: fact for fact in facts}
    told = sum(_heard(facts, number) for number in touched)
    counts = {
        "told": told,
        "drafts": sum(_still(fact) and not _heard(facts, number) for number, fact in touched.items()),
        "made": sum(fact.verb is MeetingVerb.NEW for fact in touched.values()),
        "gone": sum(fact.verb is MeetingVerb.CANCEL for fact in touched.values()),
    }
    said = [words(f"series-edited-{name}", n=n) for name, n in counts.items() if n]
    return lines.card(
        words(
            "series-did-edit", series=series.label, title=lines.single(series.pattern.title), at=rhythm(scene, series)
        ),
        lines.said(" · ".join(said)),
        _facts(scene, series),
        _sessions(scene, ahead),
        *_asked(scene, holidays),
        _choices(scene, series.label, *holidays[0]) if holidays else _buttons(scene, series, ahead),
        tone="good",
    )


def ended(scene: Scene, series: Series, gone: int, left: Sequence[Meeting]) -> Card:
    """No more sessions: how many drafts went with it, and which announced ones still stand."""
    words = scene.words
    title = words("series-did-end", series=series.label, title=lines.single(series.pattern.title), n=gone)
    return lines.card(title, _sessions(scene, left, "series-left"), tone="good")


def holiday(scene: Scene, actions: object, args: Mapping[str, object]) -> Card | None:
    """P2, to the organizer: this session falls on a day off; one that stands is held if nothing is said."""
    del actions
    day, to = (date.fromisoformat(str(args[name])) for name in ("day", "to"))
    title = scene.words("series-holiday", title=lines.single(str(args["title"])), day=lines.bare(scene, day))
    made = str(args.get("made", ""))
    stands = lines.said(scene.words("series-holiday-made", meeting=made)) if made else None
    return lines.card(title, stands, _choices(scene, str(args["series"]), day, to), tone="warn")


def _facts(scene: Scene, series: Series) -> Facts:
    following = recurrence.following(series, scene.now)
    pairs = [(scene.words("series-fact-rhythm"), rhythm(scene, series))]
    if following is not None and series.ended_at is None:
        pairs.append((scene.words("series-fact-next"), meeting_lines.starts(scene, following)))
    return Facts((*pairs, *meeting_lines.facts(scene, series.pattern).pairs[1:]))


def _sessions(scene: Scene, ahead: Sequence[Meeting], title: str = "series-sessions") -> Items | None:
    if not ahead:
        return None
    items = tuple(
        Item(one.label, meeting_lines.starts(scene, one.start), scene.words(f"meeting-state-{one.state}"))
        for one in ahead[:8]
    )
    return Items(items, scene.words(title))


def _asked(scene: Scene, holidays: Sequence[tuple[date, date]]) -> Iterator[Text | None]:
    for day, to in holidays[:1]:
        yield lines.said(scene.words("series-holiday-line", day=lines.bare(scene, day), to=lines.bare(scene, to)))


def _heard(facts: Sequence[Met], number: int) -> bool:
    """Whether people had been told of this session before the first of its changes."""
    before = next(fact.before for fact in facts if fact.after.number == number)
    return before is not None and before.announced_at is not None


def _still(fact: Met) -> bool:
    return fact.verb not in (MeetingVerb.NEW, MeetingVerb.CANCEL)


def _choices(scene: Scene, label: str, day: date, to: date) -> Buttons | None:
    words = scene.words
    move = Button(words("series-press-move", to=lines.bare(scene, to)), f"/series move {label} {day} {to}", "primary")
    skip = Button(words("series-press-skip"), f"/series skip {label} {day}")
    return row((move, skip))


def _buttons(scene: Scene, series: Series, ahead: Sequence[Meeting]) -> Buttons | None:
    words = scene.words
    if series.ended_at is not None:
        return None
    first = (Button(words("series-press-first"), f"/meeting show {ahead[0].label}"),) if ahead else ()
    asks = words("series-sure-end", series=series.label, title=lines.single(series.pattern.title))
    return row((*first, Button(words("series-press-end"), f"/series end {series.label}", "danger", asks)))
