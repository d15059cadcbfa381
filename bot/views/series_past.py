"""What has happened to a recurring meeting itself: who made, changed, moved, skipped and ended it (P2). What was done to one of
its sessions stands in that meeting's history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from bot.cards import Button, Card, Item, Items
from bot.domain.series import Series
from bot.store import Entry
from bot.views import lines, meeting_lines
from bot.views.presses import row
from bot.views.rhythm import rhythm
from bot.views.scene import Scene

PAST = ("new", "edit", "invite", "uninvite", "move", "skip", "end")
"""Every line there can be, as the catalogues know it (`past-series-…`)."""


def history(scene: Scene, series: Series, entries: Sequence[Entry]) -> Card:
    """Oldest first; what was refused is marked."""
    return lines.card(
        scene.words("history", action=series.label),
        lines.said(series.pattern.title),
        Items(tuple(_line(scene, series, entry) for entry in entries)),
        row((Button(scene.words("press-show"), f"/series show {series.label}"),)),
    )


def _line(scene: Scene, series: Series, entry: Entry) -> Item:
    at, words, who = lines.moment(scene, entry.at), scene.words, scene.name(entry.by)
    if entry.refused:
        return Item(
            at,
            words("meeting-history-refused", who=who, deed=lines.tried(scene, entry.verb, f"say-series-{entry.verb}")),
        )
    detail = " · ".join(part for part in (*_details(scene, series, entry.details), entry.why) if part)
    return Item(at, words("meeting-history-line", who=who, did=words(f"past-series-{_did(entry)}")), detail)


def _did(entry: Entry) -> str:
    """An edit that only concerned people is told as that."""
    details = entry.details
    if details.get("was") or details.get("changes"):
        return entry.verb
    return "invite" if details.get("invited") else "uninvite" if details.get("uninvited") else entry.verb


def _details(scene: Scene, series: Series, details: Mapping[str, object]) -> Iterator[str]:
    was, became = details.get("was"), details.get("became")
    if isinstance(was, Mapping) and isinstance(became, Mapping):
        old, new = (_rhythm(scene, series, one) for one in (was, became))
        yield scene.words("from-to", old=old, new=new)
    days = [lines.bare(scene, date.fromisoformat(str(details[name]))) for name in ("day", "to") if name in details]
    yield scene.words("from-to", old=days[0], new=days[1]) if len(days) > 1 else "".join(days)
    changes = details.get("changes")
    yield meeting_lines.fields(scene, [str(one) for one in changes]) if isinstance(changes, list) else ""
    for name in ("invited", "uninvited"):
        people = details.get(name)
        if isinstance(people, list):
            yield scene.words.listed([scene.name(one) for one in people if isinstance(one, int)])


def _rhythm(scene: Scene, series: Series, kept: Mapping[str, object]) -> str:
    """How often and at which hour it was held then."""
    start = datetime.fromisoformat(str(kept["start"]))
    return rhythm(scene, replace(series, rule=str(kept["rule"]), pattern=replace(series.pattern, start=start)))
