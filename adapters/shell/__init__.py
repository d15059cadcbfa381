"""The terminal as a messenger: text only, the proof that the core needs neither buttons nor forms."""

from adapters.shell.client import ShellMessenger

__all__ = ["ShellMessenger"]
