"""A meeting's whole paper as one value: what the views of a meeting, its minutes and its votes are made of."""

from msgspec import Struct

from bot.domain.action import Action
from bot.domain.captured import Capture, Vote
from bot.domain.meeting import Meeting
from bot.domain.minutes import Minutes


class Papers(Struct, frozen=True):
    """`captures` without the withdrawn ones, in order; `actions` that came from it, by number; `minutes` the edition that
    is meant, else the newest, and `before` the one before it (N5); `vote` the one that is meant."""

    meeting: Meeting
    captures: tuple[Capture, ...] = ()
    actions: tuple[Action, ...] = ()
    minutes: Minutes | None = None
    before: Minutes | None = None
    vote: Vote | None = None
