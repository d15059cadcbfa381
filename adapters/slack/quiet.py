"""What slack_bolt and slack_sdk may write to the log: what goes wrong, in one line each, without secrets.

At DEBUG they would tell every request and answer whole, with the tickets of sockets and the addresses that answer in
somebody's name.
"""

import logging

from bot.pattern import pattern

_SECRET = pattern(r"(ticket=|/(?:commands|actions|app)/T[A-Z0-9]+/)[^&\s'\")]+")


class Brief(logging.Filter):
    """A connection that fails is tried again and again: its trace says nothing new, its address holds a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shortens; nothing is left out."""
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), ()
        if record.msg.startswith("Failed to connect"):
            record.exc_info = None
        return True


def quiet() -> logging.Logger:
    """Their log."""
    log = logging.getLogger("adapters.slack.sdk")
    log.setLevel(logging.WARNING)
    if not any(isinstance(one, Brief) for one in log.filters):
        log.addFilter(Brief())
    return log
