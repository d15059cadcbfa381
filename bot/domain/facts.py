"""What rules yield: that something changed, from what, to what, by whom and why. Announcements are made of these."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.action import Action, Verb

ITSELF = 0
"""Who did what nobody did: the number of no person, for changes the bot makes by itself."""


@dataclass(frozen=True, slots=True)
class Changed:
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


Fact = Changed
