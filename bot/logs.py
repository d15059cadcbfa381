"""What the operator reads: one structured line an event, on standard error; JSON unless somebody is watching.

Every line, also those of libraries, passes two processors: what people wrote stays out above DEBUG, and secrets are
masked, by value (all that the configuration holds) and by shape (tokens that came in on the way). RELIABILITY A4#39.
"""

import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO


@contextmanager
def _without(*libraries: str) -> Iterator[None]:
    """As if the libraries were not installed."""
    absent: dict[str, Any] = dict.fromkeys(library for library in libraries if library not in sys.modules)
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


# structlog loads rich for tracebacks that we never let it draw (`_formatter` makes them text before the mask): 40 ms of
# every start and 6 MB; and greenlet for its deprecated thread-locals: 1 MB. So everybody takes its functions from here.
with _without("rich", "greenlet"):
    import structlog
    from structlog.typing import EventDict, Processor, WrappedLogger

get_logger = structlog.get_logger
bound_contextvars = structlog.contextvars.bound_contextvars

MASK = "•••"
WRITTEN = frozenset({"text", "command", "values", "why", "line", "card", "body", "title"})
"""Keys of an event that hold what a person wrote."""
_SHAPES = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|\b[tu]-[A-Za-z0-9_.-]{20,}|(?<=Bearer )\S+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_SHORTEST = 4
CHATTY = ("apscheduler", "uvicorn", "asyncio", "websockets")
"""Libraries that tell of every tick and every connection: only their warnings are wanted, also at DEBUG."""


class Mask:
    """A processor that hides secrets wherever they stand in an event, however deep."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # A secret of one or two letters would black out every word; those longest first, since one may hold another.
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        del logger, method
        return {key: self.hide(value) for key, value in event.items()}

    def hide(self, value: object) -> Any:
        """The value without its secrets; what is no text, number or collection becomes text first."""
        if isinstance(value, bool | int | float | type(None)):
            return value
        if isinstance(value, Mapping):
            return {self.line(str(key)): self.hide(each) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.hide(each) for each in value]
        return self.line(value if isinstance(value, str) else str(value))

    def line(self, text: str) -> str:
        """One line of text without secrets."""
        known = self._known.sub(MASK, text) if self._known else text
        return _SHAPES.sub(MASK, known)


def discreet(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Above DEBUG what people wrote is only measured: `text` becomes its number of characters."""
    del logger
    if method == "debug" or event.get("level") == "debug":
        return event
    return {key: f"({len(str(value))} characters)" if key in WRITTEN else value for key, value in event.items()}


def configure(level: str = "INFO", secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Sets the log up for this process; calling it again replaces what was set. `level` as logging names it."""
    stream = stream or sys.stderr
    mask = Mask(secrets)
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        discreet,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(shared, mask, stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def _formatter(shared: list[Processor], mask: Mask, watched: bool) -> logging.Formatter:
    """Exceptions are made text before the mask, so that a secret in a trace is hidden too."""
    ending: list[Processor] = [_without_record, structlog.processors.format_exc_info, mask]
    shown: Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*ending, shown])


def _without_record(logger: WrappedLogger, method: str, event: MutableMapping[str, Any]) -> EventDict:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, method, dict(event))
