"""What others ask a running workplace: is it alive, can it work, how is it doing.

/healthz: the process answers. /readyz: 200 when the database can be written, deliveries move and every part runs, else
503 with the reasons; which connections are cut off stands beside it, for one of several takes nothing from the others.
/metrics: Prometheus. None of them tells what people wrote or who they are.
"""

from contextlib import suppress
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.app.metrics import Metrics, lateness
from bot.app.watch import Watch
from bot.clock import Clock
from bot.operations.connections import standing
from bot.store import Broken, Records, Store, Unavailable

STUCK = timedelta(minutes=2)
"""A notice that has been due for longer than a lease and a timeout together is not moving."""
_SCOPE = "process"


class Health:
    """The three routes of one running workplace."""

    def __init__(self, store: Store, clock: Clock, watch: Watch, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._watch = watch
        self._metrics = metrics
        self.routes = [
            Route("/healthz", self._alive, methods=["GET"]),
            Route("/readyz", self._ready, methods=["GET"]),
            Route("/metrics", self._figures, methods=["GET"]),
        ]

    async def reasons(self) -> list[str]:
        """Why the workplace cannot work just now; empty when it can."""
        return [*self._watch.faults.values(), *await self._database()]

    async def _database(self) -> list[str]:
        now = self._clock.now()

        def look(records: Records) -> float:
            records.settings.put(_SCOPE, "looked", now.isoformat())
            return lateness(records.outbox.next_at(), now)

        try:
            waiting = await self._store.write(look)
        except (Unavailable, Broken) as fault:
            return [f"database: {fault}"]
        return [f"deliveries: the oldest has been due for {waiting:.0f} s"] if waiting > STUCK.total_seconds() else []

    async def _alive(self, _request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def _ready(self, _request: Request) -> Response:
        reasons, cut_off = await self.reasons(), await self._cut_off()
        answer = {"ready": not reasons, "reasons": reasons, "cut_off": cut_off}
        return JSONResponse(answer, 503 if reasons else 200)

    async def _cut_off(self) -> list[str]:
        try:
            return await self._store.read(_cut_off)
        except (Unavailable, Broken):  # which stands among the reasons
            return []

    async def _figures(self, _request: Request) -> Response:
        now = self._clock.now()
        with suppress(
            Unavailable, Broken
        ):  # the process's own figures are told all the same; /readyz says what is wrong
            await self._store.read(lambda records: self._metrics.measure(records, now))
        return Response(self._metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _cut_off(records: Records) -> list[str]:
    return [f"{one.name}: {one.fault}, since {one.at:%Y-%m-%d %H:%M} UTC" for one in standing(records) if one.fault]
