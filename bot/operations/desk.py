"""What an operation works with: who asks, when, and the open transaction. A command's Asking is one."""

from datetime import datetime
from typing import Protocol

from bot.directory import Directory
from bot.domain.alarms import Timetable
from bot.people import Person
from bot.store import Records
from bot.workplace import Workplace


class Desk(Protocol):
    """`by` was authenticated by the messenger. `version` is that of the thing as `by` saw it when pressing, 0 when typed."""

    @property
    def now(self) -> datetime: ...
    @property
    def by(self) -> Person: ...
    @property
    def records(self) -> Records: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def workplace(self) -> Workplace: ...
    @property
    def timetable(self) -> Timetable: ...
    @property
    def version(self) -> int: ...
