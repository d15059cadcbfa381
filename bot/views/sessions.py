"""What people hear unasked of a meeting, its minutes and its votes: one view a moment, made when it is delivered.

SESSIONS is the table. A view gives None when there is nothing left to say (moot); `args["posted"]` is true when the message
already stands somewhere and is being brought up to date: then it never vanishes, but says how things stand.
"""

from collections.abc import Callable, Mapping

from bot.cards import Card
from bot.domain.papers import Papers
from bot.views import live, meeting_calls, meeting_notices
from bot.views.minutes_told import MINUTES_MOMENTS
from bot.views.scene import Scene

View = Callable[[Scene, Papers, Mapping[str, object]], Card | None]

SESSIONS: dict[str, View] = {**live.VIEWS, **meeting_notices.MOMENTS, **meeting_calls.MOMENTS, **MINUTES_MOMENTS}
"""Every moment of meetings, and how it is told."""
