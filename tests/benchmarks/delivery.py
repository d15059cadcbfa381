"""Delivery with no limits in its way: from the outbox through the views to a messenger that takes everything at once."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from bot.messenger import Posted
from bot.outbox.delivery import BATCH, LEASE
from bot.store import Dispatched, Notice, Records
from tests.benchmarks.figures import Table, Took, met, ms, ratio, rounds, timed, typical
from tests.benchmarks.firm import NOW, Firm, item

KEYS = count(1)
TARGET = 4_000


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Posts, and updates in place after one change of an item that many messages are about."""
    size = 100 if quick else 4_000
    firm = Firm(folder)
    firm.record(item(n, 1 + n % 200, 1 + n * 7 % 200, 9) for n in range(size))
    table = Table(
        "Delivery, limits off: outbox → card → a messenger that takes everything at once",
        ("what", "messages", "by", "/s", "CPU ms each", "to outbox alone", "target", "met"),
        note="`outbox alone`: rows are claimed and settled in the same batches; no card is made, nothing is posted.",
    )
    for moment in ("informed", "reminder"):
        found = rounds(1 if quick else 3, _ways(firm, moment, size))
        floor = typical(found["outbox alone"])
        for name, each in found.items():
            took = typical(each)
            words = (f"{size / took.wall:,.0f}", ms(took.cpu / size), ratio(took.cpu, floor.cpu))
            judged = (f"≥ {TARGET:,}/s", met(size / took.wall >= TARGET)) if name == "delivery" else ()
            table.add(moment, str(size), name, *words, *judged)
    standing = _standing(firm, (1, 10) if quick else (1, 10, 50))
    firm.close()
    return [table, standing]


def _ways(firm: Firm, moment: str, size: int) -> dict[str, Callable[[], Took]]:
    def filled(deliver: Callable[[], object]) -> Took:
        firm.tell(_notice(moment, 1 + n, 1 + n % 200) for n in range(size))
        return timed(deliver)

    return {"outbox alone": lambda: filled(lambda: _settle(firm)), "delivery": lambda: filled(lambda: _drain(firm))}


def _notice(moment: str, number: int, person: int) -> Notice:
    subject = f"A-{number}"
    args: dict[str, object] = {"lines": [{"subject": subject, "why": "before"}]} if moment == "reminder" else {"by": 1}
    return Notice(person, moment, (subject,), f"bench:{next(KEYS)}", NOW, args)


def _drain(firm: Firm) -> int:
    return firm.run(firm.delivery.drain(NOW))


def _settle(firm: Firm) -> None:
    """What the pump asks of the outbox, and nothing else."""
    while rows := firm.write(lambda records: records.outbox.claim(NOW, BATCH, LEASE)):
        firm.write(lambda records: _settled(records, rows))


def _settled(records: Records, rows: list[Dispatched]) -> None:
    for row in rows:
        records.outbox.posted(row, Posted("paper", "c", row.notice.key), NOW)


def _standing(firm: Firm, sizes: tuple[int, ...]) -> Table:
    """One `/action note` on an item that stands in so many posted messages, until each shows the note."""
    table = Table(
        "One `/action note`, until every message about the item shows it",
        ("messages that stand", "answered: CPU ms", "all shown: CPU ms", "wall ms", "to the first"),
    )
    costs: list[float] = []
    for size in sizes:
        number = firm.record([item(0, 1, 2, 9)])[0].number
        firm.tell(_notice("informed", number, 3 + n) for n in range(size))
        _drain(firm)
        each = [_noted(firm, f"/action note A-{number} 第{n}版") for n in range(9)]
        said, shown = typical([one for one, _ in each]), typical([one for _, one in each])
        costs.append(said.cpu + shown.cpu)
        table.add(str(size), ms(said.cpu), ms(costs[-1]), ms(said.wall + shown.wall), ratio(costs[-1], costs[0]))
    return table


def _noted(firm: Firm, line: str) -> tuple[Took, Took]:
    return timed(lambda: firm.run(firm.says(1, line))), timed(lambda: _drain(firm))
