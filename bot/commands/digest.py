"""`/digest` 周报: the week as it stands now, of the room, a department, or one's own (R1)."""

import re

from bot.cards import Answer
from bot.commands import naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.operations import digests
from bot.pattern import pattern
from bot.views import digest as views

_ROOM = frozenset({"room", "team", "channel", "本群", "群", "团队"})
_ME = frozenset({"me", "mine", "my", "我", "我的"})
_DEPARTMENT = pattern(r"^(?:department|dept|部门|部門|我的部门|本部门)\s*[:：]?\s*", re.IGNORECASE)


def digest(asking: Asking, line: Line) -> Answer:
    """Nothing said: the room's where it is asked in one, else one's own."""
    wanted, here = shadow(line.rest.strip()), asking.where.room
    eye = scene(asking)
    if here is not None and (not wanted or wanted in _ROOM):
        return views.room(eye, *digests.room_digest(asking, here)) or views.nothing(eye)
    if not wanted or wanted in _ME or wanted in _ROOM:
        return views.own_now(eye, *digests.own_digest(asking), digests.tracked(asking)) or views.nothing(eye, own=True)
    department = _department(asking, line.rest)
    return views.department(eye, *digests.department_digest(asking, department)) or views.nothing(eye)


def _department(asking: Asking, rest: str) -> int:
    """The department that is named, or the asker's own. Raises Refusal `department-unknown`, `no-department`."""
    name = _DEPARTMENT.sub("", rest.strip())
    if not name and asking.by.department is not None:
        return asking.by.department
    if not name:
        raise Refusal("no-department")
    found = asking.directory.department(name.lstrip("@＠"))
    if found is None:
        raise naming.no_department(asking, name)
    return found.id
