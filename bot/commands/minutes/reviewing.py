"""`/minutes submit` 提交, `approve` 通过, `return` 退回, `acknowledge` 已阅, `correct` 更正, `revise` 修订, `delete` 删除 (N2–N7)."""

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.commands.minutes.meant import Meant, meant, told
from bot.domain.minutes import MinutesVerb
from bot.operations import minutes
from bot.views import minutes_forms as forms


def submit(asking: Asking, line: Line) -> Answer:
    """N2: to the host."""
    return told(asking, minutes.submit(asking, meant(asking, line).meeting))


def approve(asking: Asking, line: Line) -> Answer:
    """N2, N3: and they are distributed at once."""
    return told(asking, minutes.approve(asking, meant(asking, line).meeting))


def return_(asking: Asking, line: Line) -> Answer:
    """N2: with remarks, which are asked for."""
    about = meant(asking, line)
    why = _why(asking, about)
    if not why:
        draft = minutes.ready(asking, about.meeting, MinutesVerb.RETURN)
        return forms.reason(scene(asking), draft, MinutesVerb.RETURN)
    return told(asking, minutes.return_(asking, about.meeting, why))


def acknowledge(asking: Asking, line: Line) -> Answer:
    """N4: the edition that was read, which a button and a reply name."""
    about = meant(asking, line)
    return told(asking, minutes.acknowledge(asking, about.meeting, about.edition))


def correct(asking: Asking, line: Line) -> Answer:
    """N4: in words, which are asked for."""
    about = meant(asking, line)
    why = _why(asking, about)
    if not why:
        read = minutes.ready(asking, about.meeting, MinutesVerb.CORRECT, about.edition)
        return forms.reason(scene(asking), read, MinutesVerb.CORRECT)
    return told(asking, minutes.correct(asking, about.meeting, why, about.edition))


def revise(asking: Asking, line: Line) -> Answer:
    """N5: the next edition as a draft, and the form to write it in."""
    about = meant(asking, line)
    fact = minutes.revise(asking, about.meeting, _why(asking, about))
    asking.facts.append(fact)
    return forms.edit(scene(asking), fact.after)


def delete(asking: Asking, line: Line) -> Answer:
    """N7."""
    return told(asking, minutes.delete(asking, meant(asking, line).meeting))


def _why(asking: Asking, about: Meant) -> str:
    """The form's words, else the line's. Raises Refusal `text-too-long`."""
    return worded(asking.values.get("why", about.rest), asking.workplace.rules.text_limit, "why")
