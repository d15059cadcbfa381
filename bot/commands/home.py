"""`/action home` 首页: everything that concerns the asker at one look; messengers with a page of their own show it there."""

from bot.cards import Answer
from bot.commands import answers
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.action import OPEN, Action, State
from bot.domain.minutes import Minutes, MinutesState, MinutesVerb
from bot.due.numerals import number
from bot.due.phrase import shadow
from bot.pattern import pattern
from bot.policy import minutes as policy
from bot.store import Query, Search
from bot.views import home as views
from bot.views.home import Desk

_PAGE = pattern(r"(?:page|p\.?|第)?\s*([\d一二三四五六七八九十]{1,4})\s*页?")


def home(asking: Asking, line: Line) -> Answer:
    """What waits for me (minutes to acknowledge or review; items to accept, verify, resolve, or give to somebody else),
    what is mine, what I assigned."""
    return views.home(answers.scene(asking), desk(asking), _page(line.rest))


def desk(asking: Asking) -> Desk:
    """What the asker has to read, and their open items; each item stands in the first list it belongs to."""
    waiting = answers.ordered(asking, _waiting(asking))
    seen = {one.number for one in waiting}
    owned = _find(asking, Query(owner=asking.by.id, states=OPEN))
    mine = [one for one in owned if one.bearer == asking.by.id and one.number not in seen]
    seen |= {one.number for one in mine}
    given = [one for one in _find(asking, Query(assigner=asking.by.id, states=OPEN)) if one.number not in seen]
    papers = (*_unread(asking), *_unreviewed(asking))
    return Desk(tuple(waiting), tuple(answers.ordered(asking, mine)), tuple(answers.ordered(asking, given)), papers)


def _unread(asking: Asking) -> list[Minutes]:
    """N4: minutes that the asker has yet to acknowledge, oldest first."""
    owed = asking.records.archive.unacknowledged(asking.by.id)
    return [one for one in owed if MinutesVerb.ACKNOWLEDGE in policy.allowed(asking.by, one)]


def _unreviewed(asking: Asking) -> list[Minutes]:
    """N2: minutes that wait for their host's approval."""
    search = Search(asking.by.id, person=asking.by.id, states=frozenset({MinutesState.SUBMITTED}))
    return [one for one in reversed(asking.records.archive.search(search)) if one.host == asking.by.id]


def _waiting(asking: Asking) -> list[Action]:
    """Those that cannot go on without the asker."""
    me = asking.by.id
    found = [
        *_find(asking, Query(owner=me, states=frozenset({State.PROPOSED}))),
        *_find(asking, Query(tracker=me, states=frozenset({State.SUBMITTED}))),
        *_find(asking, Query(assigner=me, states=frozenset({State.DECLINED}))),
        *(
            one
            for one in _find(asking, Query(states=frozenset({State.BLOCKED})))
            if one.block and one.block.resolver == me
        ),
    ]
    return list({one.number: one for one in found}.values())


def _find(asking: Asking, query: Query) -> list[Action]:
    return asking.records.actions.find(query)


def _page(rest: str) -> int:
    found = _PAGE.fullmatch(shadow(rest.strip()))
    return (number(found[1]) or 1) if found else 1
