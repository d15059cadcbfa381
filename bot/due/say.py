"""A due or its refusal → the sentence a person reads: the echo with weekday and date, or the reason and a way out."""

from datetime import date, time
from typing import Protocol

from bot.due.answer import Due, DueRefused
from bot.errors import Offer


class Voice(Protocol):
    """What saying a day needs of a language's words (`bot.texts.Words` is one): the grammar knows no catalogue."""

    def __call__(self, name: str, /, **args: object) -> str:
        """The sentence `name` with its values."""
        ...

    def day(self, day: date, today: date) -> str:
        """The day with its weekday."""
        ...

    def near_day(self, day: date, today: date) -> str:
        """The day with its weekday, and its distance when near."""
        ...

    def clock_time(self, moment: time) -> str:
        """18:00."""
        ...

    def listed(self, parts: list[str]) -> str:
        """A、B、C / A, B and C."""
        ...


def say(said: Due | DueRefused, words: Voice, today: date) -> str:
    """One sentence in the language of `words`; `today` in the asker's zone. A refusal ends with days to say instead."""
    return _refusal(said, words) if isinstance(said, DueRefused) else _echo(said, words, today)


def _echo(due: Due, words: Voice, today: date) -> str:
    if not due.confirmed:
        return words("due-unconfirmed", day=_moment(words.day(due.day, today), due, words), year=str(due.day.year))
    if due.far:
        day = _moment(words.day(due.day, today), due, words)
        return words("due-far", day=day, days=(due.day - today).days)
    return words("due-echo", day=_moment(words.near_day(due.day, today), due, words))


def _moment(day: str, due: Due, words: Voice) -> str:
    return words("due-at", day=day, time=words.clock_time(due.time)) if due.time else day


def _refusal(refused: DueRefused, words: Voice) -> str:
    reason = words(refused.text, **refused.args_)
    offers = [_choice(offer, words) for offer in refused.offers]
    return words("due-choose", reason=reason, offers=words.listed(offers)) if offers else reason


def _choice(offer: Offer, words: Voice) -> str:
    """本周五（2026-11-20）; a day that is only itself needs no name."""
    label = words(offer.label, **dict(offer.args))
    return label if label == offer.say else words("due-choice", label=label, say=offer.say)
