"""Whether Slack still knows us in a workspace, as an operator is told it: found by asking whose token it is, or told by Slack;
and whether the app may still open sockets, which every workspace hears by.
"""

from msgspec.structs import replace

from adapters.slack.errors import DEAD_TOKEN, Revoked
from adapters.slack.identity import Identity
from bot.clock import Clock
from bot.messenger import Connection

NAME = "Slack"
OWN = "slack.bot_token"
"""The key of the workspace whose token stands in the configuration; the others are called by their id."""
SOCKET = "slack.app_token"
INSTALL = "/slack/install"
"""The page by which the app is installed (pages.py)."""
CONSOLE = "https://api.slack.com/apps"
_TOKENS = DEAD_TOKEN | {"not_allowed_token_type", "missing_scope"}
"""Words by which another app token is needed (platform sheet 4.3); for any other the app's own page is where to look."""


class Standing:
    """One workspace's; `team` is its id, empty for the one of the configuration's own token."""

    def __init__(self, clock: Clock, team: str = "") -> None:
        mend, about = ("mend-install", INSTALL) if team else ("mend-token", OWN)
        self.connection = Connection(team or OWN, called("", team), mend=mend, about=about)
        self._clock = clock

    @property
    def cut_off(self) -> bool:
        """Whether the token was found dead, and not alive since."""
        return bool(self.connection.fault)

    def lives(self, me: Identity) -> None:
        """Slack has said whose token it is."""
        self._found("", called(me.name, me.team))

    def died(self, fault: Revoked) -> None:
        """Slack does not accept the token, or has said that it is taken back."""
        if not self.cut_off:
            self._found(fault.reason, self.connection.name)

    def _found(self, fault: str, name: str) -> None:
        one = self.connection
        self.connection = Connection(one.key, name, fault, self._clock.now(), one.mend, one.about)


class SocketStanding:
    """The app's sockets. With a dead app token, or Socket Mode switched off, nobody is heard, but messages go out by the
    workspaces' tokens."""

    def __init__(self, clock: Clock) -> None:
        self.connection = Connection(SOCKET, f"{NAME} · Socket Mode", mend="mend-token", about=SOCKET, deaf=True)
        self._clock = clock

    def lives(self) -> None:
        """A connection is up."""
        if self.connection.fault or self.connection.at is None:
            self._found("")

    def died(self, reason: str) -> None:
        """Slack gives none, by its word."""
        if not self.connection.fault:
            self._found(reason)

    def _found(self, fault: str) -> None:
        mend, about = ("mend-token", SOCKET) if fault in {"", *_TOKENS} else ("mend-socket", CONSOLE)
        self.connection = replace(self.connection, fault=fault, at=self._clock.now(), mend=mend, about=about)


def called(name: str, team: str) -> str:
    """A workspace, for an operator."""
    known = f"{name} ({team})" if name and team else name or team
    return f"{NAME} · {known}" if known else NAME
