"""What rules yield: that something changed, from what, to what, by whom and why. Announcements are made of these."""

from datetime import datetime

from msgspec import Struct, field

from bot.domain.action import Action, Verb
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.minutes import Minutes, MinutesVerb

ITSELF = 0
"""Who did what nobody did: the number of no person, for changes the bot makes by itself."""


class Changed(Struct, frozen=True):
    """`verb` turned `before` into `after` (before is None for a new item). `why` is what the person wrote, as written.

    `undone` names the verb that an undo took back."""

    verb: Verb
    before: Action | None
    after: Action
    by: int
    at: datetime
    why: str = ""
    undone: Verb | None = None

    @property
    def subject(self) -> str:
        """A-42."""
        return self.after.label


class Met(Struct, frozen=True):
    """A meeting changed: `before` is None for a new one. `details` are plain JSON values for the history and the views
    (a capture's number, the old start …)."""

    verb: MeetingVerb
    before: Meeting | None
    after: Meeting
    by: int
    at: datetime
    why: str = ""
    details: dict[str, object] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """M-7."""
        return self.after.label


class Minuted(Struct, frozen=True):
    """Minutes changed: `before` is None for a new edition."""

    verb: MinutesVerb
    before: Minutes | None
    after: Minutes
    by: int
    at: datetime
    why: str = ""
    details: dict[str, object] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """M-7 v2."""
        return self.after.label


Fact = Changed | Met | Minuted
