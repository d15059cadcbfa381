"""What reading a phrase gives: a Due, or a DueRefused that a person may be told, with days to choose instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from bot.due.asked import Refused
from bot.errors import Offer, Refusal

KINDS = ("vague", "invalid", "past", "unknown")
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Due:
    """An exact day in the asker's zone, with a wall-clock time when one was said (else the day's end, T1).

    `confirmed` False: reckoned with a year whose holidays are unpublished (T2); `phrase` is then what was typed, to be
    read again once they are. `far`: no year was given and the coming such day is more than 300 days off, so the asker
    is asked to confirm. `counted`: a bare count from today (3天), which beside a title may as well be the effort."""

    day: date
    time: time | None
    confirmed: bool = True
    far: bool = False
    phrase: str = field(default="", compare=False)
    counted: bool = field(default=False, compare=False)

    def said(self, phrase: str) -> "Due":
        """With the phrase that gave it, where that will be needed."""
        return self if self.confirmed else replace(self, phrase=" ".join(phrase.split()))


class DueRefused(Refusal):
    """No exact day (M3). `kind` is one of KINDS; the sentence is `due-<kind>`; offers are ISO days to say instead."""

    def __init__(self, kind: str, phrase: str, today: date, problem: Refused | None = None) -> None:
        problem = problem or Refused(kind)
        found, offers = problem.found, _offers(today, problem.candidates)
        super().__init__(
            f"due-{kind}",
            offers=offers,
            phrase=phrase,
            why=problem.why,
            example=offers[0].say if problem.candidates else _friday(today, 1).isoformat(),
            day=found.isoformat() if found else "",
            weekday=found.isoweekday() if found else 0,
        )
        self.kind = kind


def _offers(today: date, candidates: Iterable[date]) -> tuple[Offer, ...]:
    """The days that may have been meant, else tomorrow (Monday where that is the weekend), this Friday and the next."""
    meant = sorted({day for day in candidates if day >= today})
    if meant:
        return tuple(_offer("due-offer-day", day) for day in meant)
    first = _soon(today)
    named = [first, ("due-offer-friday", _friday(today, 0)), ("due-offer-next-friday", _friday(today, 1))]
    return tuple(_offer(label, day) for label, day in named if day > first[1] or label == first[0])


def _soon(today: date) -> tuple[str, date]:
    """On a Friday nobody means Saturday by a day that is one press away."""
    tomorrow = today + timedelta(days=1)
    monday = today + timedelta(days=7 - today.weekday())
    return ("due-offer-monday", monday) if tomorrow.weekday() > _FRIDAY else ("due-offer-tomorrow", tomorrow)


def _offer(label: str, day: date) -> Offer:
    return Offer(label, command="", say=day.isoformat(), args=(("day", day.isoformat()),))


def _friday(today: date, weeks: int) -> date:
    return today + timedelta(days=_FRIDAY - today.weekday() + 7 * weeks)
