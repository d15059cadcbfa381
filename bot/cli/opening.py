"""The workplace's database for a command that works on it beside, or instead of, a running workplace."""

from bot.config import Settings
from storage import Store, open_store


def opened(settings: Settings, *, migrate: bool = False) -> Store:
    """The store of the configuration. Raises Broken or Unavailable with a sentence."""
    return open_store(
        settings.database.url.get_secret_value(), fallback_zone=settings.workplace.timezone, migrate=migrate
    )
