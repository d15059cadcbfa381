"""Minutes as the asker sees them: the whole record, the answer to each verb, what an edition changed, who has acknowledged."""

from collections.abc import Iterator, Mapping, Sequence

from bot.cards import Block, Button, Buttons, Card, Item, Items, Plain, Quote, Style, Text, Toast
from bot.domain.facts import ITSELF, Minuted
from bot.domain.minutes import Minutes, MinutesState, MinutesVerb
from bot.policy import minutes as policy
from bot.reports.difference import Change
from bot.store import Entry
from bot.views import lines, presses
from bot.views.minutes_body import body, title
from bot.views.scene import Scene

_UNSENT = (MinutesState.DRAFT, MinutesState.SUBMITTED)
_LIKELY = (
    MinutesVerb.ACKNOWLEDGE, MinutesVerb.APPROVE, MinutesVerb.RETURN, MinutesVerb.SUBMIT, MinutesVerb.EDIT,
    MinutesVerb.CORRECT, MinutesVerb.REVISE,
)  # fmt: skip
"""The likeliest press first (VOICE rule 2)."""
_PRIMARY = frozenset({MinutesVerb.ACKNOWLEDGE, MinutesVerb.APPROVE, MinutesVerb.SUBMIT})
_EDITIONED = frozenset({MinutesVerb.ACKNOWLEDGE, MinutesVerb.CORRECT})
"""What is said of exactly the edition that was read (N5)."""


def whole(scene: Scene, minutes: Minutes) -> Card:
    """N6: the record in full, with where it stands and what the reader may do. Adapters page what is long."""
    return lines.card(
        title(scene, minutes),
        lines.said(standing(scene, minutes), faint=True),
        *asked(scene, minutes),
        *body(scene, minutes),
        row(scene, minutes, *seen_by(scene, minutes), *_difference(scene, minutes), link(scene, "file", minutes)),
    )


def standing(scene: Scene, minutes: Minutes) -> str:
    """草稿，请在 … 前提交 / 已阅 3/7: where they stand; counts only, no names (N4)."""
    words = scene.words
    if minutes.state is MinutesState.DRAFT:
        return words("minutes-now-draft", due=lines.moment(scene, minutes.due_at), who=scene.name(minutes.recorder))
    if minutes.state is MinutesState.SUBMITTED:
        return words("minutes-now-submitted", who=scene.name(minutes.host))
    if minutes.deleted_at is not None:
        return words("minutes-now-deleted", day=lines.bare(scene, minutes.deleted_at.astimezone(scene.zone).date()))
    if not minutes.must or minutes.state is MinutesState.SUPERSEDED:
        return words(f"minutes-now-{minutes.state}")
    read = words("minutes-now-read", n=str(len(minutes.acknowledged)), of=str(len(minutes.must)))
    return read if minutes.state is MinutesState.DISTRIBUTED else f"{words(f'minutes-now-{minutes.state}')} · {read}"


def confirm_by(scene: Scene, minutes: Minutes) -> str:
    """N4: 请在 11月21日 17:00 前确认; once that has passed it is no more asked for by then. Empty before they are approved."""
    if minutes.approved_at is None:
        return ""
    by = scene.workplace.audible(minutes.approved_at, scene.zone) + scene.workplace.rules.acknowledge_within
    return scene.words("minutes-by" if scene.now < by else "minutes-by-passed", due=lines.moment(scene, by))


def asked(scene: Scene, minutes: Minutes) -> Iterator[Block]:
    """To those who make them: why the host returned the draft, and what people want put right; as written."""
    reader = scene.reader
    if reader is None or not policy.may(reader, MinutesVerb.REVISE, minutes):
        return
    if minutes.remarks and minutes.state in _UNSENT:
        yield Quote(minutes.remarks, scene.words("minutes-remarks"))
    yield from (Quote(one.text, scene.name(one.person)) for one in minutes.corrections)


def told(scene: Scene, fact: Minuted) -> Toast:
    """The answer to a press that worked; the card it stood on changes in place."""
    return Toast(lines.one_line(sentence(scene, fact)), "good")


def changed(scene: Scene, fact: Minuted) -> Card:
    """The answer to a typed verb: what holds now, and what comes next."""
    return lines.card(sentence(scene, fact), row(scene, fact.after), tone="good")


def sentence(scene: Scene, fact: Minuted) -> str:
    """已提交 M-7 的纪要，等张三审核."""
    minutes, words = fact.after, scene.words
    told = fact.details.get("told")
    if minutes.leaving_at is not None and isinstance(told, list):
        who = words.listed([scene.name(one) for one in told])
        return words("minutes-did-leave", minutes=minutes.label, who=who, at=lines.moment(scene, minutes.leaving_at))
    return words(
        f"minutes-did-{fact.verb}",
        minutes=minutes.label, host=scene.name(minutes.host), recorder=scene.name(minutes.recorder),
        n=str(len(minutes.acknowledged)), of=str(len(minutes.must)),
    )  # fmt: skip


def edited(scene: Scene, fact: Minuted, changes: Sequence[Change], earlier: Entry | None = None) -> Card:
    """What exactly was changed, line by line; and, when somebody else had just written there, that they had and what."""
    return lines.card(
        sentence(scene, fact),
        _earlier(scene, earlier),
        *differing(changes),
        row(scene, fact.after),
        tone="good",
    )


def differences(scene: Scene, minutes: Minutes, changes: Sequence[Change]) -> Card:
    """N5: what this edition changed in the one before."""
    named = scene.words("minutes-changes", minutes=minutes.label, before=f"v{minutes.edition - 1}")
    nothing = None if changes else lines.said(scene.words("minutes-changes-none"))
    return lines.card(named, nothing, *differing(changes), row(scene, minutes, _show(scene, minutes)))


def differing(changes: Sequence[Change]) -> Iterator[Items]:
    """− what went, + what came, under the heading of its part."""
    for change in changes:
        went = tuple(Item("−", line) for line in change.was)
        yield Items((*went, *(Item("+", line) for line in change.now)), change.heading)


def readers(scene: Scene, minutes: Minutes) -> Card:
    """N4, to recorder and host only: who has acknowledged and who has not."""
    done = tuple(Item(scene.name(one.person), lines.moment(scene, one.at)) for one in minutes.acknowledged)
    counted = scene.words(
        "minutes-counted" if minutes.must else "minutes-counted-none",
        minutes=minutes.label, n=str(len(minutes.acknowledged)), of=str(len(minutes.must)),
    )  # fmt: skip
    return lines.card(
        counted,
        *waiting(scene, minutes),
        Items(done) if done else None,
        row(scene, minutes, _show(scene, minutes)),
    )


def waiting(scene: Scene, minutes: Minutes) -> Iterator[Text]:
    """N4: 未确认：王五、赵六，已在 16:00 各提醒一次: together who heard at the same moment, and who has not been reminded;
    then who has asked for a correction instead."""
    told = {one.person: one.at for one in minutes.reminded}
    for at in sorted({told.get(person) for person in minutes.silent}, key=lambda at: at or scene.now):
        who = [scene.name(person) for person in minutes.silent if told.get(person) == at]
        args = {"who": scene.words.listed(who), "n": len(who)}
        if at is not None:
            name = "minutes-waiting-reminded" if at <= scene.now else "minutes-waiting-ahead"
            yield Text((Plain(scene.words(name, at=lines.moment(scene, at), **args)),))
        else:
            yield Text((Plain(scene.words("minutes-waiting", **args)),))
    objecting = [scene.name(person) for person in minutes.waiting if person not in minutes.silent]
    if objecting:
        yield Text((Plain(scene.words("minutes-waiting-correction", who=scene.words.listed(objecting))),))


def history(scene: Scene, minutes: Minutes, entries: Sequence[Entry]) -> Card:
    """Who did what and when, oldest first, with what it changed and why."""
    found = Items(tuple(_entry(scene, entry) for entry in entries))
    return lines.card(scene.words("history", action=minutes.label), found, row(scene, minutes, _show(scene, minutes)))


def filed(scene: Scene, minutes: Minutes, kind: str) -> Card:
    """What is kept of a file that was sent: the way to ask for it again."""
    line = f"/minutes file {minutes.label} {kind}"
    say = f"/{scene.words('say-minutes')} {scene.words('say-minutes-file')} {minutes.label} {kind}"
    return lines.card(title(scene, minutes), presses.row((presses.link(scene, "minutes-file", line, say),)))


def row(scene: Scene, minutes: Minutes, *more: Button) -> Buttons | None:
    """What the reader may do now, the likeliest first, then `more`; at most four. Who may revise need not ask for it."""
    reader = scene.reader
    able = policy.allowed(reader, minutes) if reader is not None else frozenset[MinutesVerb]()
    if MinutesVerb.REVISE in able:
        able -= {MinutesVerb.CORRECT}
    return presses.row((*(press(scene, minutes, verb) for verb in _LIKELY if verb in able), *more))


def press(scene: Scene, minutes: Minutes, verb: MinutesVerb) -> Button:
    """One button; acknowledging and correcting name the edition that was read."""
    words = scene.words
    of = minutes.label if verb in _EDITIONED else f"M-{minutes.meeting}"
    style: Style = "primary" if verb in _PRIMARY else "normal"
    say = f"/{words('say-minutes')} {words(f'say-minutes-{verb}')} {of}"
    return Button(words(f"press-minutes-{verb}"), f"/minutes {verb} {of}", style, say=say, version=minutes.version)


def link(scene: Scene, name: str, minutes: Minutes) -> Button:
    """[查看全文] and other looks at one edition."""
    say = f"/{scene.words('say-minutes')} {scene.words(f'say-minutes-{name}')} {minutes.label}"
    return presses.link(scene, f"minutes-{name}", f"/minutes {name} {minutes.label}", say)


def seen_by(scene: Scene, minutes: Minutes) -> Iterator[Button]:
    """[谁还没确认] for those whom N4 lets see it."""
    sent = minutes.state in (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED) and minutes.deleted_at is None
    if scene.reader is not None and minutes.must and sent and policy.counts(scene.reader, minutes):
        yield link(scene, "readers", minutes)


def _show(scene: Scene, minutes: Minutes) -> Button:
    return link(scene, "show", minutes)


def _difference(scene: Scene, minutes: Minutes) -> Iterator[Button]:
    if minutes.edition > 1 and minutes.deleted_at is None:
        yield link(scene, "changes", minutes)


def _earlier(scene: Scene, entry: Entry | None) -> Text | None:
    """李四 10:32 刚改过这里: the second of two sees it, with what stood there below (N1)."""
    if entry is None or entry.by == ITSELF:
        return None
    who = scene.name(entry.by)
    return lines.said(scene.words("minutes-just-edited", who=who, at=lines.moment(scene, entry.at)))


def _entry(scene: Scene, entry: Entry) -> Item:
    at, words = lines.moment(scene, entry.at), scene.words
    who = words("minutes-by-itself") if entry.by == ITSELF else scene.name(entry.by)
    if entry.refused:
        return Item(at, words("minutes-history-refused", who=who, deed=_deed(scene, "deed", entry.verb)))
    now = entry.details.get("now")
    touched = words.listed([_named(scene, str(key)) for key in now]) if isinstance(now, Mapping) else ""
    verb = "leave" if entry.verb == MinutesVerb.DELETE and "told" in entry.details else entry.verb
    did = words("minutes-history-line", who=who, did=_deed(scene, "did", verb))
    return Item(at, did, " · ".join(one for one in (touched, entry.why) if one))


def _deed(scene: Scene, form: str, verb: str) -> str:
    """What was done or tried."""
    return lines.tried(scene, verb, f"{form}-minutes-{verb}", f"say-minutes-{verb}")


def _named(scene: Scene, key: str) -> str:
    number = key.partition("topic-")[2]
    return scene.words("minutes-topic-n", n=number) if number else scene.words(f"paper-{key}")
