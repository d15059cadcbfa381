"""Reading due phrases: microseconds for each phrase that people type, by language."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from bot import due
from bot.calendar import Calendar
from bot.due import DueRefused
from tests.benchmarks.figures import Table, ratio, rounds
from tests.conversation import START

PHRASES = Path(__file__).parents[1] / "due" / "phrases.json"
CALENDAR = Calendar.of("CN")


def run(folder: Path, *, quick: bool) -> list[Table]:
    """The phrases that the tests know, read as an answer to "by when?", and found in a whole line."""
    del folder
    table = Table(
        "Due phrases (all that tests/due knows), and what is found of them in a line",
        ("language", "phrases", "read: µs, median", "slowest", "to an ISO day", "split from a line: µs, median"),
    )
    by_language: dict[str, list[str]] = {}
    for row in json.loads(PHRASES.read_text(encoding="utf-8")):
        by_language.setdefault(row["lang"], []).append(row["text"])
    found = rounds(1 if quick else 5, {name: partial(_round, said) for name, said in by_language.items()})
    floor = min(_micros(lambda: due.read("2026-11-27", START, CALENDAR)) for _ in range(20))
    for name, each in found.items():
        middle, slowest, split = (median(one[figure] for one in each) for figure in range(3))
        words = (f"{middle:.0f}", f"{slowest:.0f}", ratio(middle, floor), f"{split:.0f}")
        table.add(name, str(len(by_language[name])), *words)
    table.add("an ISO day", "1", f"{floor:.0f}", "", "1.00×")
    table.add(
        "date.fromisoformat", "1", f"{min(_micros(lambda: date.fromisoformat('2026-11-27')) for _ in range(20)):.1f}"
    )
    return [table]


def _round(said: list[str]) -> tuple[float, float, float]:
    reading = [_micros(partial(due.read, text, START, CALENDAR)) for text in said]
    splitting = [_micros(partial(due.split, f"提交月度报表 {text}", START, CALENDAR)) for text in said]
    return median(reading), max(reading), median(splitting)


def _micros(read: Callable[[], object]) -> float:
    begun = time.thread_time()
    with suppress(DueRefused):
        read()
    return 1e6 * (time.thread_time() - begun)
