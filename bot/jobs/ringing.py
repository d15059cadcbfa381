"""What a call of a meeting, its minutes or a vote is given when it rings (bot/jobs/sessions.py)."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from bot.announcements import Desk
from bot.domain.alarms import Alarm
from bot.domain.papers import Papers
from bot.store import Records


class Ringing(Struct, frozen=True):
    """One call that is true, with all it is about."""

    alarm: Alarm
    papers: Papers
    desk: Desk
    now: datetime


Rung = Callable[[Records, Ringing], None]
"""What a call does, in the open transaction."""
