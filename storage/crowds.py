"""What persons have to do with a thing, a row each: brought to what it should be by its differences alone, so that the
500th to acknowledge does not write 500 rows."""

from collections.abc import Mapping

from sqlalchemy import Table, bindparam, delete, insert, select

from storage.statements import Session, Statement, columns


class Crowd:
    """A table of (thing, person, flags …); `thing` names its first column."""

    def __init__(self, table: Table, thing: str) -> None:
        of = table.c[thing] == bindparam("of")
        self._thing = thing
        self._flags = columns(table, without=(thing, "person"))
        self._now = Statement(select(table.c.person, *(table.c[name] for name in self._flags)).where(of))
        self._drop = Statement(delete(table).where(of, table.c.person == bindparam("whom")))
        self._add = Statement(insert(table), sets=columns(table))

    def settle(self, session: Session, thing: int, wanted: Mapping[int, tuple[bool, ...]]) -> None:
        """From now on these persons have these flags, and nobody else has any."""
        now = {person: flags for person, *flags in session.rows(self._now, of=thing)}
        gone = [person for person, flags in now.items() if wanted.get(person) != tuple(flags)]
        fresh = [person for person, flags in wanted.items() if tuple(now.get(person, ())) != flags]
        session.many(self._drop, [{"of": thing, "whom": person} for person in gone])
        session.many(
            self._add,
            [
                {self._thing: thing, "person": person, **dict(zip(self._flags, wanted[person], strict=True))}
                for person in fresh
            ],
        )
