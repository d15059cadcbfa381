"""Feishu and Lark: long connection (no public address needed) or an encrypted webhook; lark-oapi behind one fence."""

from typing import Protocol

from pydantic import SecretStr

from adapters import Finding
from adapters.feishu.client import FeishuMessenger, Options
from adapters.feishu.examination import examined
from bot.clock import Clock

__all__ = ["FeishuMessenger", "Options", "build", "examine"]


class Section(Protocol):
    """The section [feishu] of the configuration."""

    @property
    def mode(self) -> str: ...
    @property
    def domain(self) -> str: ...
    @property
    def app_id(self) -> str: ...
    @property
    def app_secret(self) -> SecretStr: ...
    @property
    def encrypt_key(self) -> SecretStr: ...
    @property
    def verification_token(self) -> SecretStr: ...
    @property
    def urgent(self) -> bool: ...


def build(section: Section, clock: Clock) -> FeishuMessenger:
    """The messenger of this section; nothing is asked of Feishu yet."""
    return FeishuMessenger(options(section), clock)


async def examine(section: Section, clock: Clock) -> list[Finding]:
    """Asks Feishu whether this section can work."""
    del clock
    return await examined(options(section))


def options(section: Section) -> Options:
    """The section's values, secrets opened."""
    return Options(
        section.app_id, section.app_secret.get_secret_value(), section.mode, section.domain.rstrip("/"),
        section.encrypt_key.get_secret_value(), section.verification_token.get_secret_value(), section.urgent,
    )  # fmt: skip
