"""`/meeting rate` 评分 and `/meeting ratings` 满意度: the anonymous question after a meeting, and its mean (R3).

What is answered to the one who rates says nothing of what they said: answers are kept for redelivery, forms for a while."""

import re

from bot.cards import Answer, Toast
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.live import places
from bot.domain.meeting import MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.operations import holding
from bot.pattern import pattern
from bot.views import live_end, live_forms

_SCORE = pattern(r"(?P<score>[1-5])(?![0-9])[\s,，:：]*(?P<comment>.*)", re.DOTALL)


def rate(asking: Asking, line: Line) -> Answer:
    """One tap, or a form with a word. Typed where others read it, it is not taken: it would not be anonymous."""
    if asking.said is not None and asking.where.room is not None:
        raise Refusal("rate-typed")
    number = places.meant(asking, line, MeetingVerb.RESUME)
    said = asking.values.get("score", line.rest).strip()
    if not said:
        return live_forms.form(scene(asking), "rate", f"/meeting rate M-{number}")
    match = _SCORE.match(shadow(said))
    if match is None:
        raise Refusal("rate-score", field="score")
    comment = asking.values.get("comment", said[match.start("comment") :])
    comment = worded(comment, asking.workplace.rules.text_limit, "comment")
    meeting = holding.rate(asking, number, int(match["score"]), comment)
    return Toast(asking.words("did-meeting-rate", meeting=meeting.label))


def ratings(asking: Asking, line: Line) -> Answer:
    """To host and organizer."""
    number = places.meant(asking, line, MeetingVerb.RESUME)
    meeting, found = holding.ratings(asking, number)
    return live_end.ratings(scene(asking), meeting, found)
