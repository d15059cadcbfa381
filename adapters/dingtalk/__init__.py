"""DingTalk, by its Stream protocol: no public address needed, cards with buttons, and a ladder below them."""

from pathlib import Path

from adapters import Finding
from adapters.dingtalk.client import DingtalkMessenger, Options
from adapters.dingtalk.examination import examined
from adapters.dingtalk.outgoing import RUNGS, Rung
from adapters.sections import DingtalkSection
from bot.clock import Clock

__all__ = ["DingtalkMessenger", "Options", "build", "examine"]


def build(section: DingtalkSection, clock: Clock) -> DingtalkMessenger:
    """The messenger of this section; nothing is asked of DingTalk yet."""
    return DingtalkMessenger(options(section), clock)


async def examine(section: DingtalkSection, clock: Clock) -> list[Finding]:
    """Asks DingTalk whether this section can work."""
    return await examined(options(section), clock)


def options(section: DingtalkSection) -> Options:
    """The section's values, the secret opened. Without a template of its own a workplace begins one rung lower."""
    first: Rung = next((rung for rung in RUNGS if rung == section.cards), "template")
    rung: Rung = "public" if first == "template" and not section.card_template_id else first
    return Options(
        section.client_id, section.client_secret.get_secret_value(), section.robot_code, section.card_template_id, rung,
        section.api_url.rstrip("/"), section.oapi_url.rstrip("/"), Path(section.memory), section.monthly_calls,
        section.monthly_pushes, section.urgent,
    )  # fmt: skip
