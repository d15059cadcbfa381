"""The web workplace: a chat server of its own and its client in the browser, behind the messenger port."""

from adapters.web.archive import Archive
from adapters.web.client import WebMessenger

__all__ = ["Archive", "WebMessenger"]
