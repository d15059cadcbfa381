"""A Core statement turned into the driver's own words once, and run straight on the driver.

Every statement of the hot path is declared as SQLAlchemy Core at import and compiled once for each database, with the
conversions that its columns' types ask for. `Connection.execute` of SQLAlchemy costs far more than the statement
itself; docs in storage/writer.py say how much.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Dialect, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import SelectBase

SQLITE: Dialect = sqlite.dialect(paramstyle="named")
POSTGRES: Dialect = psycopg.dialect()

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement for one database: its text, values it brings along, and what is converted on the way in and out."""

    sql: str
    fixed: dict[str, Any]
    into: tuple[tuple[str, Convert], ...]
    out: tuple[tuple[int, Convert], ...]


class Statement:
    """A Core statement; `sets` names the columns that an INSERT or UPDATE takes from the values given.

    `postgres` replaces it there (locks that SQLite has no word for)."""

    def __init__(self, core: Executable, sets: Sequence[str] | None = None, postgres: Executable | None = None) -> None:
        self._core = {SQLITE.name: core, POSTGRES.name: postgres if postgres is not None else core}
        self._sets = sets
        self._made: dict[str, Prepared] = {}

    def on(self, dialect: Dialect) -> Prepared:
        """The statement as this database's driver takes it."""
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _prepared(self._core[dialect.name], self._sets, dialect)
        return made


class Session:
    """One driver connection, to run statements on. Values go by name; rows come as tuples of converted values."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        self.connection = connection
        self.dialect = dialect

    def run(self, statement: Statement, **values: Any) -> int:
        """Runs it; how many rows it touched."""
        made = statement.on(self.dialect)
        return int(self.connection.execute(made.sql, _bound(made, values)).rowcount)

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """Every row that it yields."""
        made = statement.on(self.dialect)
        found: list[Row] = self.connection.execute(made.sql, _bound(made, values)).fetchall()
        return [_converted(row, made.out) for row in found] if made.out else found

    def first(self, statement: Statement, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def many(self, statement: Statement, each: Iterable[dict[str, Any]]) -> None:
        """Runs it once for each set of values."""
        made = statement.on(self.dialect)
        values = [_bound(made, one) for one in each]
        if values:
            self.connection.cursor().executemany(made.sql, values)


def columns(table: Table, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of a table's columns, some left out."""
    return tuple(column.name for column in table.columns if column.name not in without)


def among(size: int) -> list[BindParameter[Any]]:
    """Places for the values of `column IN (…)`, to be filled by `listed`."""
    return [bindparam(f"among{place}") for place in range(size)]


def listed(wanted: Collection[Any]) -> dict[str, Any]:
    """The values for `among(len(…))`: a power of two, the last one repeated, so that few texts are made and kept."""
    values = list(wanted)
    values += values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
    return {f"among{place}": value for place, value in enumerate(values)}


def _bound(made: Prepared, values: dict[str, Any]) -> dict[str, Any]:
    for name, convert in made.into:
        values[name] = convert(values[name])
    return {**made.fixed, **values} if made.fixed else values


def _converted(row: Row, out: tuple[tuple[int, Convert], ...]) -> Row:
    changed = list(row)
    for place, convert in out:
        changed[place] = convert(changed[place])
    return tuple(changed)


def _prepared(core: Executable, sets: Sequence[str] | None, dialect: Dialect) -> Prepared:
    assert isinstance(core, ClauseElement)
    compiled = core.compile(dialect=dialect, column_keys=list(sets) if sets is not None else None)
    assert isinstance(compiled, SQLCompiler)
    into: dict[str, Convert] = {}
    fixed: dict[str, Any] = {}
    for bind, name in compiled.bind_names.items():
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if not bind.required:
            fixed[name] = convert(bind.value) if convert else bind.value
        elif convert is not None:
            into[name] = convert
    return Prepared(str(compiled), fixed, tuple(into.items()), tuple(_out(core, dialect)))


def _out(core: Executable, dialect: Dialect) -> Iterator[tuple[int, Convert]]:
    if not isinstance(core, SelectBase | UpdateBase):
        return
    for place, column in enumerate(core.exported_columns):
        convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if convert is not None:
            yield place, convert
