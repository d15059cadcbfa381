"""How the people and rooms of one workspace of several are called in the workplace: by its id and theirs, `T0456.U789`.

Slack's ids are only unique within a workspace. Those of the workspace whose token stands in the configuration stay as they
are, so that a second workspace changes nothing for the people of the first.
"""

from msgspec import Struct
from msgspec.structs import replace

from adapters.slack.blocks import MESSENGER
from bot.cards import Answer, Block, Card, Mention, Span, Text
from bot.messenger import Incoming, Posted, Quoted, Said
from bot.people import Account, Place, Profile, Room

_BETWEEN = "."


class Naming(Struct, frozen=True):
    """The names of one workspace; `team` is empty where they stay as they are."""

    team: str = ""

    def outer(self, id: str) -> str:
        """An id of Slack's, as the workplace knows it."""
        return f"{self.team}{_BETWEEN}{id}" if self.team and id else id

    def account(self, account: Account) -> Account:
        """Somebody of this workspace, as the workplace knows them."""
        return Account(account.messenger, self.outer(account.user_id))

    def posted(self, posted: Posted) -> Posted:
        """A message of ours there."""
        return replace(posted, conversation=self.outer(posted.conversation))

    def profile(self, profile: Profile) -> Profile:
        """What Slack knows of somebody there."""
        return replace(profile, account=self.account(profile.account))

    def heard(self, incoming: Incoming) -> Incoming:
        """What happened there."""
        what = incoming.what
        if isinstance(what, Said):
            quoted = self._quoted(what.quoted) if what.quoted else None
            what = replace(what, mentions=tuple(map(self.account, what.mentions)), quoted=quoted)
        return Incoming(
            self.outer(incoming.id), incoming.at, self._place(incoming.where), self.account(incoming.by), what
        )

    def shown(self, answer: Answer) -> Answer:
        """What is shown there: whoever is of another workspace is called by name, as nobody there has their id."""
        return self.card(answer) if isinstance(answer, Card) else answer

    def card(self, card: Card) -> Card:
        """The same for a card."""
        return replace(card, blocks=tuple(map(self._block, card.blocks)))

    def _quoted(self, quoted: Quoted) -> Quoted:
        return replace(
            quoted, by=self.account(quoted.by) if quoted.by else None,
            posted=self.posted(quoted.posted) if quoted.posted else None,
        )  # fmt: skip

    def _place(self, place: Place) -> Place:
        room = place.room
        return replace(place, room=replace(room, id=self.outer(room.id))) if room else place

    def _block(self, block: Block) -> Block:
        return replace(block, spans=tuple(map(self._span, block.spans))) if isinstance(block, Text) else block

    def _span(self, span: Span) -> Span:
        if not isinstance(span, Mention) or span.account is None or span.account.messenger != MESSENGER:
            return span
        team, inner = parted(span.account.user_id)
        return replace(span, account=Account(MESSENGER, inner) if team == self.team else None)


def parted(id: str) -> tuple[str, str]:
    """The workspace and Slack's own id of what the workplace knows somebody, a room or a conversation by."""
    team, between, inner = id.partition(_BETWEEN)
    return (team, inner) if between else ("", id)


def inner(to: Account | Room) -> Account | Room:
    """Somebody or a room, as their own workspace knows them."""
    if isinstance(to, Account):
        return Account(to.messenger, parted(to.user_id)[1])
    return replace(to, id=parted(to.id)[1])


def team_of(to: Account | Room) -> str:
    """The workspace that somebody or a room is of; empty for the one whose names stay as they are."""
    return parted(to.user_id if isinstance(to, Account) else to.id)[0]
