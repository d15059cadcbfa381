"""Column types of the tables: how instants, days and whole values are kept, the same on both databases.

Each gives its conversions as plain functions, because a recorded command makes some thirty of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Date, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Convert = Callable[[Any], Any]

_write = msgspec.json.Encoder().encode

# SQLite's row number is only the primary key itself when its type is spelled INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """Aware datetimes as microseconds since 1970, UTC in and out; a naive one is refused (ValueError).

    Integers compare in an index as they are, take a quarter of the bytes of fixed-width ISO text, and are made and read
    in 0.9 µs against its 1.3."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return _instant


class Morning(Instant):
    """Instants that many rows share, such as mornings and ends of days: made once (0.06 µs against 0.4)."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return _shared


class Day(TypeDecorator[date]):
    """A day: DATE on PostgreSQL, its ISO name on SQLite."""

    impl = Date
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert | None:
        return date.isoformat if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert | None:
        return date.fromisoformat if dialect.name == "sqlite" else None


class Json(TypeDecorator[Any]):
    """A value of the given type as compact JSON text: values of `bot.domain.kept` leave out what equals its default.

    msgspec writes a whole item in 0.8 µs and reads it in 1.1. Text, not PostgreSQL's jsonb, so that both databases keep
    the same bytes. What is no text to JSON (a lone surrogate) is a ValueError."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: None if value is None else text(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        read = self._decoder.decode
        return lambda text: None if text is None else read(text)

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[Any]:
        """Made for the first row that needs it: a decoder looks through the whole type."""
        return msgspec.json.Decoder(self.of)


class Persons(TypeDecorator[tuple[int, ...]]):
    """Some persons by id, as `,1,2,` (nobody: empty), so that `LIKE '%,2,%'` finds one of them."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:
        return lambda value: f",{','.join(map(str, value))}," if value else ""

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda text: tuple(map(int, text.strip(",").split(","))) if text else ()


def text(value: Any) -> str:
    """A value as `Json` keeps it."""
    return _write(value).decode()


def microseconds(value: datetime | None) -> int | None:
    """An aware datetime as `Instant` keeps it."""
    if value is None:
        return None
    if value.tzinfo is UTC:
        return _since_epoch(value)
    if value.tzinfo is None:
        raise ValueError(f"a naive datetime is not kept: {value!r}")
    return (value - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=4096)
def _since_epoch(value: datetime) -> int:
    """Of an instant in UTC, kept: a command writes its own moment eight times and mornings that others wrote before.

    Elsewhere equal values may be two instants (an hour that comes twice), so only those in UTC."""
    return (value - _EPOCH) // _MICROSECOND


def _instant(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(microseconds=value)


_shared = lru_cache(maxsize=4096)(_instant)
