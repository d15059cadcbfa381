"""Feishu and Lark: long connection (no public address needed) or an encrypted webhook; lark-oapi behind one fence."""

from adapters import Finding
from adapters.feishu.client import FeishuMessenger, Options
from adapters.feishu.examination import examined
from adapters.sections import FeishuSection
from bot.clock import Clock

__all__ = ["FeishuMessenger", "Options", "build", "examine"]


def build(section: FeishuSection, clock: Clock) -> FeishuMessenger:
    """The messenger of this section; nothing is asked of Feishu yet."""
    return FeishuMessenger(options(section), clock)


async def examine(section: FeishuSection, clock: Clock) -> list[Finding]:
    """Asks Feishu whether this section can work."""
    del clock
    return await examined(options(section))


def options(section: FeishuSection) -> Options:
    """The section's values, secrets opened."""
    return Options(
        section.app_id, section.app_secret.get_secret_value(), section.mode, section.domain.rstrip("/"),
        section.encrypt_key.get_secret_value(), section.verification_token.get_secret_value(), section.urgent,
    )  # fmt: skip
