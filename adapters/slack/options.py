"""What the section [slack] of the configuration says, secrets opened."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """`mode` is "socket" (needs `app_token`) or "http" (needs `signing_secret`); `api_url` is Slack's or a simulator's.
    `ping_interval`: seconds between signs of life on a socket. `client_id` and `client_secret` let the app be installed
    into the `workspaces` that are admitted, by their ids; then `bot_token` may be empty."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    mode: str = "socket"
    api_url: str = "https://slack.com/api"
    ping_interval: float = 10.0
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    workspaces: tuple[str, ...] = ()
