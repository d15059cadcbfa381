"""Which connections of the messengers work, as the whole workplace last found it: kept, so that it is said once by all of
its processes and after a restart.

One process may have found something earlier than another; what was found last is true. Who is told stands in
bot/announcements/trouble.py.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from bot.messenger import Connection
from bot.store import Records

_SCOPE = "connection:"


class Turn(Struct, frozen=True):
    """A connection of `messenger` that was cut off, or works again. `worse`: it was deaf before, and now nothing goes out."""

    messenger: str
    connection: Connection
    worse: bool = False


def found(records: Records, messengers: Mapping[str, Sequence[Connection]]) -> list[Turn]:
    """Keeps what the messengers have found (by the messenger's name; also those without any), and returns what has turned
    by it. What the configuration no longer has is forgotten."""
    for scope in records.settings.all(_SCOPE):
        if scope.removeprefix(_SCOPE) not in messengers:
            _forget(records, scope, ())
    return [turn for name, given in messengers.items() for turn in _found(records, name, given)]


def standing(records: Records) -> list[Connection]:
    """Every connection that was ever asked, as it was last found."""
    kept = records.settings.all(_SCOPE)
    return [_read(key, value) for scope in sorted(kept) for key, value in sorted(kept[scope].items())]


def _found(records: Records, messenger: str, given: Iterable[Connection]) -> list[Turn]:
    scope, given = f"{_SCOPE}{messenger}", list(given)
    _forget(records, scope, [one.key for one in given])
    kept = records.settings.of(scope)
    turns: list[Turn] = []
    for one in given:
        before = _read(one.key, kept[one.key]) if one.key in kept else None
        if not _news(one, before):
            continue
        records.settings.put(scope, one.key, _written(one))
        if one.fault or (before and before.fault):
            turns.append(Turn(messenger, one, _worse(one, before)))
    return turns


def _news(one: Connection, before: Connection | None) -> bool:
    """Whether it is another state than the one that is kept, and was not found before it. That messages do not go out
    either, where only nobody was heard, is another; the way back is not told in steps."""
    if one.at is None:
        return False
    if before is None:
        return True
    return one.at >= _at(before) and (bool(one.fault) != bool(before.fault) or _worse(one, before))


def _worse(one: Connection, before: Connection | None) -> bool:
    return bool(before and before.fault and before.deaf and one.fault and not one.deaf)


def _forget(records: Records, scope: str, known: Sequence[str]) -> None:
    for key in records.settings.of(scope):
        if key not in known:
            records.settings.put(scope, key, "")


def _at(one: Connection) -> datetime:
    assert one.at is not None, "what is kept has been asked"
    return one.at


def _written(one: Connection) -> str:
    deaf = {"deaf": True} if one.fault and one.deaf else {}
    return json.dumps({"name": one.name, "fault": one.fault, "at": _at(one).isoformat(), **deaf}, ensure_ascii=False)


def _read(key: str, value: str) -> Connection:
    kept = json.loads(value)
    return Connection(
        key, kept["name"], kept["fault"], datetime.fromisoformat(kept["at"]), deaf=kept.get("deaf", False)
    )
