"""What Prometheus is told: commands by verb and outcome, how long they took, the outbox by fate, how late alarms are,
which connections work."""

from datetime import datetime

from bot.app.release import release
from bot.later import postponed
from bot.operations.connections import standing
from bot.store import Fate, Records

with postponed("prometheus_client", values="prometheus_client.values"):  # its own servers and clients: 5 ms, 1 MB
    from prometheus_client.metrics import Counter, Gauge, Histogram
    from prometheus_client.registry import CollectorRegistry

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """One workplace's figures; `observe` is given to dispatch, `text` is what a scrape gets."""

    def __init__(self) -> None:
        self._registry = here = CollectorRegistry()
        self._commands = Counter(
            "bihuan_commands", "Commands by verb and outcome.", ("command", "outcome"), registry=here
        )
        self._seconds = Histogram("bihuan_command_seconds", "From event to answer.", buckets=_SECONDS, registry=here)
        self._outbox = Gauge("bihuan_outbox", "Notices by fate.", ("fate",), registry=here)
        self._oldest = Gauge("bihuan_outbox_waiting_seconds", "How long the oldest notice has been due.", registry=here)
        self._late = Gauge("bihuan_alarms_late_seconds", "How late the earliest unrung alarm is.", registry=here)
        self._connected = Gauge(
            "bihuan_connected", "1: works, 0: cut off by the other side.", ("connection",), registry=here
        )
        build = Gauge("bihuan_build_info", "Always 1; the version is the label.", ("version",), registry=here)
        build.labels(release()).set(1)

    def observe(self, what: str, outcome: str, seconds: float) -> None:
        """One event was answered."""
        self._commands.labels(what, outcome).inc()
        self._seconds.observe(seconds)

    def measure(self, records: Records, now: datetime) -> None:
        """Takes the figures that stand in the database."""
        counts = records.outbox.count()
        for fate in (*Fate, "refresh"):
            self._outbox.labels(str(fate)).set(counts.get(str(fate), 0))
        self._oldest.set(lateness(records.outbox.next_at(), now))
        self._late.set(lateness(records.alarms.next_at(), now))
        self._connected.clear()
        for one in standing(records):
            self._connected.labels(one.name).set(0 if one.fault else 1)

    def text(self) -> bytes:
        """The exposition format."""
        from prometheus_client.exposition import generate_latest

        return generate_latest(self._registry)


def lateness(due: datetime | None, now: datetime) -> float:
    """Seconds that something is overdue; 0 when it is not, or there is nothing."""
    return max(0.0, (now - due).total_seconds()) if due else 0.0
