"""A Core statement turned into the driver's own words once, and run straight on the driver.

Every statement of the hot path is declared as SQLAlchemy Core at import and compiled once for each database, with the
conversions that its columns' types ask for. One select by key, one insert of four columns, µs on SQLite:
`Connection.execute` 15 and 14, `exec_driver_sql` 13 and 7, `Session` 3 and 5; a recorded command runs a dozen.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import BindParameter, Dialect, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import SelectBase

SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]
Insertion = Callable[[Table], Any]
"""A database's own `insert`, which knows ON CONFLICT; SQLAlchemy has one for each dialect."""
Core = Executable | Callable[[Insertion], Executable]


class Prepared(Struct, frozen=True):
    """A statement for one database: its text, what takes the values in the order of its places, its own values by name,
    and what is converted at which place in what goes in and in the rows that come out.

    An item's thirty-four take 4.7 µs so, and 5.9 one place after the other in Python."""

    sql: str
    taken: Callable[[dict[str, Any]], Sequence[Any]]
    own: dict[str, Any]
    into: tuple[tuple[int, Convert], ...]
    out: tuple[tuple[int, Convert], ...]

    def filled(self, values: dict[str, Any]) -> list[Any]:
        """The values in the order of their places."""
        row = list(self.taken({**self.own, **values} if self.own else values))
        for place, convert in self.into:
            value = row[place]
            if value is not None:
                row[place] = convert(value)
        return row


class Statement:
    """A Core statement; `sets` names the columns that an INSERT or UPDATE takes from the values given.

    `postgres` replaces it there (locks that SQLite has no word for). A function makes it from the database's `insert`:
    PostgreSQL's dialects take 25 ms to load, which nobody who keeps a file has to wait for."""

    def __init__(self, core: Core, sets: Sequence[str] | None = None, postgres: Core | None = None) -> None:
        self._core = core
        self._postgres = core if postgres is None else postgres
        self._sets = sets
        self._made: dict[str, Prepared] = {}

    def on(self, dialect: Dialect) -> Prepared:
        """The statement as this database's driver takes it."""
        made = self._made.get(dialect.name)
        if made is None:
            core = self._core if dialect is SQLITE else self._postgres
            made = self._made[dialect.name] = _prepared(_worded(core, dialect), self._sets, dialect)
        return made


class Session:
    """One driver connection, to run statements on. Values go by name; rows come as tuples of converted values."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        self.connection = connection
        self.dialect = dialect

    def run(self, statement: Statement, **values: Any) -> int:
        """Runs it; how many rows it touched."""
        made = statement.on(self.dialect)
        return int(self.connection.execute(made.sql, made.filled(values)).rowcount)

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """Every row that it yields."""
        made = statement.on(self.dialect)
        found: list[Row] = self.connection.execute(made.sql, made.filled(values)).fetchall()
        return [_converted(row, made.out) for row in found] if made.out else found

    def first(self, statement: Statement, **values: Any) -> Row | None:
        """The first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def added(self, statement: Statement, **values: Any) -> int | None:
        """Runs an INSERT and gives the new row's number; None when the row was there already (or not to be added)."""
        made = statement.on(self.dialect)
        return self.put(statement, made.filled(values))

    def put(self, statement: Statement, row: Sequence[Any]) -> int | None:
        """The same with the row as the driver takes it, in the order of the statement's columns.

        SQLite says the number by itself, which is cheaper than RETURNING; PostgreSQL needs it in the statement."""
        done = self.connection.execute(statement.on(self.dialect).sql, row)
        if self.dialect is SQLITE:
            return int(done.lastrowid) if done.rowcount == 1 else None
        numbered = done.fetchone()
        return None if numbered is None else int(numbered[0])

    def many(self, statement: Statement, each: Iterable[dict[str, Any]]) -> None:
        """Runs it once for each set of values."""
        made = statement.on(self.dialect)
        values = [made.filled(one) for one in each]
        if values:
            self.connection.cursor().executemany(made.sql, values)


def once(table: Table, without: Sequence[str] = ()) -> Statement:
    """INSERT, or nothing where the key is known."""
    return Statement(lambda insert: insert(table).on_conflict_do_nothing(), sets=columns(table, without))


def kept(table: Table) -> Statement:
    """INSERT, or where the key is known, the new values."""
    keys = [column.name for column in table.primary_key]

    def core(insert: Insertion) -> Executable:
        new = insert(table)
        values = {name: new.excluded[name] for name in columns(table, without=keys)}
        updating: Executable = new.on_conflict_do_update(index_elements=keys, set_=values)
        return updating

    return Statement(core, sets=columns(table))


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


def _converted(row: Row, out: tuple[tuple[int, Convert], ...]) -> Row:
    """Nothing is asked about what is not there: of an item's seventeen conversions ten are of NULL."""
    changed = list(row)
    for place, convert in out:
        value = changed[place]
        if value is not None:
            changed[place] = convert(value)
    return tuple(changed)


def _worded(core: Core, dialect: Dialect) -> Executable:
    if isinstance(core, Executable):
        return core
    if dialect is SQLITE:
        return core(sqlite.insert)
    from sqlalchemy.dialects.postgresql import insert

    return core(insert)


def _prepared(core: Executable, sets: Sequence[str] | None, dialect: Dialect) -> Prepared:
    assert isinstance(core, ClauseElement)
    compiled = core.compile(dialect=dialect, column_keys=list(sets) if sets is not None else None)
    assert isinstance(compiled, SQLCompiler)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    names = tuple(compiled.positiontup or ())
    converts = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    own = {name: _own(bind.value, converts[name]) for name, bind in binds.items() if not bind.required}
    into = tuple(
        (place, convert) for place, name in enumerate(names) if (convert := converts[name]) and name not in own
    )
    return Prepared(str(compiled), _taking(names), own, into, tuple(_out(core, dialect)))


def _own(value: Any, convert: Convert | None) -> Any:
    return value if convert is None else convert(value)


def _taking(names: Sequence[str]) -> Callable[[dict[str, Any]], Sequence[Any]]:
    """The values of these names, in C where there are several."""
    return itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]


def _out(core: Executable, dialect: Dialect) -> Iterator[tuple[int, Convert]]:
    if not isinstance(core, SelectBase | UpdateBase):
        return
    for place, column in enumerate(core.exported_columns):
        convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if convert is not None:
            yield place, convert
