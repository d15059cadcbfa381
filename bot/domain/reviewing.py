"""What can happen to minutes after the draft: edit, submit, return, approve, acknowledge, correct, revise, delete (N2–N7).

Values in, facts out. Who may and whether the state allows it was asked before (bot/operations/minutes.py).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.action import Action
from bot.domain.drafting import agreed, linked
from bot.domain.facts import Minuted
from bot.domain.minutes import Acknowledged, Correction, Minutes, MinutesState, MinutesVerb, Reminded
from bot.domain.rules import Rules
from bot.errors import Offer, Refusal


def edit(
    minutes: Minutes, by: int, at: datetime, after: Minutes, was: Mapping[str, str], now: Mapping[str, str]
) -> Minuted:
    """The draft with other words. `was` and `now` are the changed sections as text, so that who edits the same draft at
    the same time can be shown what changed. Raises Refusal `minutes-edit-nothing`."""
    if not now:
        raise Refusal("minutes-edit-nothing", minutes=minutes.label)
    changed = replace(after, version=minutes.version + 1, changed_at=at)
    details: dict[str, object] = {"version": changed.version, "was": dict(was), "now": dict(now)}
    return Minuted(MinutesVerb.EDIT, minutes, changed, by, at, details=details)


def submit(minutes: Minutes, by: int, at: datetime) -> Minuted:
    """N2: to the host."""
    return _moved(minutes, MinutesVerb.SUBMIT, by, at, state=MinutesState.SUBMITTED, submitted_at=at, remarks="")


def return_(minutes: Minutes, by: int, at: datetime, why: str) -> Minuted:
    """N2: with remarks, a draft again."""
    return _moved(minutes, MinutesVerb.RETURN, by, at, why, state=MinutesState.DRAFT, submitted_at=None, remarks=why)


def approve(
    minutes: Minutes, by: int, at: datetime, actions: Sequence[Action], reached_at: datetime | None = None
) -> Minuted:
    """N2, N3: its actions are kept as they stand; who has to acknowledge can have read it at `reached_at`. Archived at once
    where nobody has to."""
    done = not minutes.waiting
    return _moved(
        minutes, MinutesVerb.APPROVE, by, at, actions=agreed(actions), approved_at=at, reached_at=reached_at or at, corrections=(), remarks="",
        state=MinutesState.ARCHIVED if done else MinutesState.DISTRIBUTED, archived_at=at if done else None,
    )  # fmt: skip


def acknowledge(minutes: Minutes, by: int, at: datetime) -> Minuted:
    """N4: the last one archives it. Raises Refusal `minutes-acknowledged` for a second time."""
    if by not in minutes.waiting:
        raise Refusal("minutes-acknowledged", minutes=minutes.label)
    done = (*minutes.acknowledged, Acknowledged(by, at))
    last = minutes.waiting == (by,)
    return _moved(
        minutes, MinutesVerb.ACKNOWLEDGE, by, at, acknowledged=done,
        state=MinutesState.ARCHIVED if last else minutes.state, archived_at=at if last else None,
    )  # fmt: skip


def remind(minutes: Minutes, told: Mapping[int, datetime], at: datetime) -> Minutes:
    """N4: kept with the minutes, for recorder and host to see: whom a reminder reaches, and when."""
    fresh = tuple(Reminded(person, when) for person, when in told.items())
    return replace(minutes, reminded=(*minutes.reminded, *fresh), version=minutes.version + 1, changed_at=at)


def excuse(minutes: Minutes, person: int, at: datetime) -> Minutes:
    """N4: who has left is waited for no longer; what waited for nobody else is archived."""
    must = tuple(one for one in minutes.must if one != person)
    after = replace(minutes, must=must, version=minutes.version + 1, changed_at=at)
    return after if after.waiting else replace(after, state=MinutesState.ARCHIVED, archived_at=at)


def correct(minutes: Minutes, by: int, at: datetime, text: str) -> Minuted:
    """N4: what somebody wants put right, as written."""
    return _moved(
        minutes, MinutesVerb.CORRECT, by, at, text, corrections=(*minutes.corrections, Correction(by, at, text))
    )


def revise(minutes: Minutes, by: int, at: datetime, why: str, rules: Rules) -> Minuted:
    """N5: the next edition, a draft of what stands in this one, with the corrections that were asked for."""
    fresh = replace(
        linked(minutes), edition=minutes.edition + 1, version=1, state=MinutesState.DRAFT, created_at=at, actions=(),
        due_at=at + rules.draft_within, acknowledged=(), reminded=(), leaving_at=None, remarks=why, submitted_at=None, approved_at=None, reached_at=None, archived_at=None,
        changed_at=None,
    )  # fmt: skip
    return Minuted(MinutesVerb.REVISE, None, fresh, by, at, why)


def supersede(minutes: Minutes, by: int, at: datetime) -> Minuted:
    """N5: the next edition was approved; what was acknowledged of this one no longer counts."""
    return _moved(minutes, MinutesVerb.REVISE, by, at, state=MinutesState.SUPERSEDED)


def leave(minutes: Minutes, by: int, at: datetime, told: Sequence[int], rules: Rules) -> Minuted:
    """N7: their content is to go; whom it concerns (`told`) hears so first, and may keep a copy or object."""
    fact = _moved(minutes, MinutesVerb.DELETE, by, at, leaving_at=at + rules.delete_notice)
    return replace(fact, details={"told": list(told)})


def delete(minutes: Minutes, by: int, at: datetime) -> Minuted:
    """N7: the content goes, the basic data stay, so that it is known what was there."""
    return _moved(
        minutes, MinutesVerb.DELETE, by, at, deleted_at=at, leaving_at=None, objective="", expected="", topics=(), decisions=(),
        actions=(), parked=(), following="", following_at=None, more="", corrections=(), remarks="",
    )  # fmt: skip


def check_kept(minutes: Minutes, now: datetime, years: int) -> None:
    """Raises Refusal `minutes-keep` with the first day on which they may be deleted (N7)."""
    if now.astimezone(ZoneInfo(minutes.zone)).date() < keep_until(minutes, years):
        look = (Offer("offer-show", f"/minutes show {minutes.label}"),)
        raise Refusal("minutes-keep", minutes=minutes.label, day=keep_until(minutes, years), years=years, offers=look)


def keep_until(minutes: Minutes, years: int) -> date:
    """N7: the day so many years after the meeting, in its zone."""
    held = minutes.held_at.astimezone(ZoneInfo(minutes.zone)).date()
    try:
        return held.replace(year=held.year + years)
    except ValueError:  # 29 February
        return held.replace(year=held.year + years, month=2, day=28) + timedelta(days=1)


def _moved(minutes: Minutes, verb: MinutesVerb, by: int, at: datetime, why: str = "", **fields: object) -> Minuted:
    after = replace(minutes, version=minutes.version + 1, changed_at=at, **fields)
    return Minuted(verb, minutes, after, by, at, why)
