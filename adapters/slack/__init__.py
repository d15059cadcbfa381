"""Slack, by slack-bolt: Socket Mode (no public address needed) or signed HTTP."""

from adapters.slack.client import Options, SlackMessenger

__all__ = ["Options", "SlackMessenger"]
