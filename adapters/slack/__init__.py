"""Slack, by slack-bolt: Socket Mode (no public address needed) or signed HTTP; one workspace, or several by OAuth."""

from typing import TYPE_CHECKING, Any

from adapters import Finding, loaded, outbound
from adapters.sections import SlackSection
from adapters.slack.client import SlackMessenger
from adapters.slack.options import Options
from bot.clock import Clock

if TYPE_CHECKING:
    from adapters.slack.several import SlackWorkspaces

__all__ = ["Options", "SlackMessenger", "build", "examine", "examine_kept"]

_EXAMINATION = "adapters.slack.examination"


def build(section: SlackSection, clock: Clock) -> "SlackMessenger | SlackWorkspaces":
    """The messenger of this section; nothing is asked of Slack yet."""
    if not section.client_id:
        return SlackMessenger(options(section), clock)
    several: SlackWorkspaces = outbound("adapters.slack.several").SlackWorkspaces(options(section), clock)
    return several


async def examine(section: SlackSection, clock: Clock) -> list[Finding]:
    """Asks Slack whether this section can work."""
    found: list[Finding] = await (await loaded(_EXAMINATION)).examined(options(section), clock)
    return found


async def examine_kept(section: SlackSection, clock: Clock, engine: Any) -> list[Finding]:
    """Asks Slack about the workspaces that the app is installed in, where it can be installed."""
    if not section.client_id:
        return []
    found: list[Finding] = await (await loaded(_EXAMINATION)).visited(options(section), clock, engine)
    return found


def options(section: SlackSection) -> Options:
    """The section's values, secrets opened."""
    return Options(
        section.bot_token.get_secret_value(), section.app_token.get_secret_value(),
        section.signing_secret.get_secret_value(), section.mode, section.api_url, client_id=section.client_id,
        client_secret=section.client_secret.get_secret_value(), workspaces=section.workspaces,
    )  # fmt: skip
