"""The web workplace: a chat server of its own and its client in the browser, behind the messenger port."""

from adapters.web.archive import Archive
from adapters.web.client import WebMessenger
from adapters.web.demo import TimeMachine

__all__ = ["Archive", "TimeMachine", "WebMessenger"]
