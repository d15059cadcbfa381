"""Slack, by slack-bolt: Socket Mode (no public address needed) or signed HTTP."""

from typing import Protocol

from pydantic import SecretStr

from adapters import Finding
from adapters.slack.client import SlackMessenger
from adapters.slack.examination import examined
from adapters.slack.options import Options
from bot.clock import Clock

__all__ = ["Options", "SlackMessenger", "build", "examine"]


class Section(Protocol):
    """The section [slack] of the configuration."""

    @property
    def mode(self) -> str: ...
    @property
    def bot_token(self) -> SecretStr: ...
    @property
    def app_token(self) -> SecretStr: ...
    @property
    def signing_secret(self) -> SecretStr: ...
    @property
    def api_url(self) -> str: ...


def build(section: Section, clock: Clock) -> SlackMessenger:
    """The messenger of this section; nothing is asked of Slack yet."""
    return SlackMessenger(options(section), clock)


async def examine(section: Section, clock: Clock) -> list[Finding]:
    """Asks Slack whether this section can work."""
    return await examined(options(section), clock)


def options(section: Section) -> Options:
    """The section's values, secrets opened."""
    return Options(
        section.bot_token.get_secret_value(), section.app_token.get_secret_value(),
        section.signing_secret.get_secret_value(), section.mode, section.api_url,
    )  # fmt: skip
