"""A strict local Slack: Web API, Socket Mode, signed HTTP, people who type and press; `python -m tests.simulators.slack`."""

from tests.simulators.slack.app import App
from tests.simulators.slack.errors import Barred
from tests.simulators.slack.people import Channel, Colleague
from tests.simulators.slack.server import Slack
from tests.simulators.slack.workspace import Workspace

__all__ = ["App", "Barred", "Channel", "Colleague", "Slack", "Workspace"]
