"""Column types of the tables: how instants, days' JSON and whole values are kept, the same on both databases."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# SQLite's row number is only the primary key itself when its type is spelled INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """Aware datetimes as microseconds since 1970, UTC in and out; a naive one is refused (ValueError).

    Integers compare in an index as they are, and cost half of what fixed-width ISO text does here."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime is not kept: {value!r}")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A value of the given type as compact JSON text: what equals its default is left out.

    Text, not PostgreSQL's jsonb, so that both databases keep the same bytes. What is not text to JSON (a lone surrogate)
    is a ValueError."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.of)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.adapter.dump_json(value, exclude_defaults=True).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.adapter.validate_json(value)
