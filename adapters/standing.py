"""Whether the other side still takes an app, as an operator is told it: each side of it that can be refused by itself is found
so, and works again, by itself; the worst of them is what is said.

For messengers of one app in one organisation (Feishu, DingTalk); Slack, which has several, keeps its own.
"""

from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.clock import Clock
from bot.messenger import Connection


class Side(IntEnum):
    """What of an app can be refused, the worst first: all that it calls, its bot's messages, its being heard."""

    APP = 0
    BOT = 1
    EAR = 2


class Refusal(Struct, frozen=True):
    """The other side's word for it, and what mends it: a catalogue entry (mend-…) with what stands in it."""

    reason: str
    mend: str
    about: str


class Standing:
    """One app's. `connection` is what is known of it; a fault that passes by itself is nobody's to tell here."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.connection = Connection(name, name)
        self._clock = clock
        self._refused: dict[Side, Refusal] = {}

    @property
    def cut_off(self) -> bool:
        """Whether nobody can be written to."""
        return any(side is not Side.EAR for side in self._refused)

    def refuses(self, side: Side) -> bool:
        """Whether this side was found refused, and not taken since."""
        return side in self._refused

    def lives(self, *sides: Side) -> None:
        """These are taken."""
        for side in sides:
            self._refused.pop(side, None)
        self._found()

    def died(self, side: Side, refusal: Refusal) -> None:
        """This one is not, until somebody mends it. Found again, it is what it was."""
        if side not in self._refused:
            self._refused[side] = refusal
            self._found()

    def _found(self) -> None:
        now, known = self._clock.now(), self.connection
        if not self._refused:
            self.connection = Connection(known.key, known.name, at=now)
            return
        worst = min(self._refused)
        one = self._refused[worst]
        self.connection = replace(
            known, fault=one.reason, at=now, mend=one.mend, about=one.about, deaf=worst is Side.EAR
        )
