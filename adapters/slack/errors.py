"""What goes wrong with Slack, as the adapter's own errors: families of the core's, and one that never leaves the adapter."""

from bot.errors import Delivery, TryLater, Undeliverable

REVOKED_FOR = 900.0
"""Seconds after which a dead token is worth another look."""
SOON = 5.0
"""Seconds until what may pass is tried again."""
DEAD_TOKEN = frozenset(
    "not_authed invalid_auth token_revoked token_expired account_inactive org_login_required app_uninstalled".split()
)


class Unclear(Delivery):
    """It may have happened: whoever posts finds out before trying again. Never leaves the adapter."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Revoked(TryLater):
    """The token is dead, by Slack's word `reason`: nothing is sent until somebody mends it, and nothing that waits is lost."""

    def __init__(self, reason: str) -> None:
        super().__init__(REVOKED_FOR, f"Slack does not accept the token: {reason}")
        self.reason = reason


class Refused(Undeliverable):
    """Slack does not take what we sent, or a scope is missing: ours to mend, useless to repeat."""
