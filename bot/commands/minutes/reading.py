"""`/minutes show` 查看, `changes` 改动, `readers` 已阅情况, `history` 记录: what may be read, and by whom (N2, N4, N5, N8)."""

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.minutes.meant import meant
from bot.domain.minutes import Minutes
from bot.errors import Offer, Refusal
from bot.operations import minutes as operations
from bot.policy import minutes as policy
from bot.reports.difference import differences
from bot.reports.outline import outline
from bot.views import minutes as views


def show(asking: Asking, line: Line) -> Answer:
    """N6: in full."""
    return views.whole(scene(asking), operations.shown(asking, _read(asking, line)))


def changes(asking: Asking, line: Line) -> Answer:
    """N5: what this edition changed in the one before. Raises Refusal `minutes-first-edition`."""
    after = _read(asking, line)
    before = operations.before(asking, after)
    if before is None:
        raise Refusal("minutes-first-edition", minutes=after.label, offers=(_look(after),))
    eye = scene(asking)
    return views.differences(
        eye, after, differences(outline(eye, before), outline(eye, operations.shown(asking, after)))
    )


def readers(asking: Asking, line: Line) -> Answer:
    """N4: to recorder and host. Raises Refusal `minutes-readers-may-not`."""
    minutes = _read(asking, line)
    if not policy.counts(asking.by, minutes):
        who = tuple(dict.fromkeys((minutes.recorder, minutes.host)))
        raise Refusal("minutes-readers-may-not", minutes=minutes.label, who=who, offers=(_look(minutes),))
    return views.readers(scene(asking), minutes)


def history(asking: Asking, line: Line) -> Answer:
    """Who did what and when. An acknowledgement is for recorder and host to know (N4)."""
    minutes = _read(asking, line)
    entries = asking.records.history.of(minutes.label)
    counted = policy.counts(asking.by, minutes)
    return views.history(scene(asking), minutes, [one for one in entries if counted or one.verb != "acknowledge"])


def _read(asking: Asking, line: Line) -> Minutes:
    about = meant(asking, line)
    return operations.latest(asking, about.meeting, about.edition)


def _look(minutes: Minutes) -> Offer:
    return Offer("offer-show", f"/minutes show {minutes.label}")
