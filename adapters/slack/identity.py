"""Who we are in Slack: asked once at the start with `auth.test`, needed to know our own messages and mentions."""

from msgspec import Struct, field

from adapters.slack.calls import Calls, Json, scopes_of


class Identity(Struct, frozen=True):
    """The workspace's id, name and address (with a slash at its end), our user and bot ids, and what we may do."""

    team: str
    bot_user: str
    bot_id: str
    url: str = ""
    name: str = ""
    scopes: frozenset[str] = field(default=frozenset())

    def wrote(self, message: Json) -> bool:
        """Whether a message is one of ours."""
        return bool(self.bot_id) and (message.get("bot_id") == self.bot_id or message.get("user") == self.bot_user)

    def link(self, channel: str, ts: str, thread: str = "") -> str:
        """Where a message can be opened."""
        if not self.url:
            return ""
        within = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
        return f"{self.url}archives/{channel}/p{ts.replace('.', '')}{within}"


async def identify(calls: Calls) -> Identity:
    """Asks Slack whose token this is. Raises as Calls.call does."""
    found, headers = await calls.call_with_headers("auth.test")
    return Identity(
        str(found["team_id"]), str(found["user_id"]), str(found.get("bot_id") or ""), str(found.get("url") or ""),
        str(found.get("team") or ""), scopes_of(headers),
    )  # fmt: skip
