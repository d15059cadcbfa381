"""What was chosen, as words under a scope."""

from sqlalchemy import bindparam, delete, func, select

from storage.statements import Session, Statement, kept
from storage.tables import SETTINGS

_C = SETTINGS.c
_PREFIX = bindparam("prefix", type_=_C.scope.type)

OF = Statement(select(_C.key, _C.value).where(_C.scope == bindparam("of")))
PUT = kept(SETTINGS)
REMOVE = Statement(delete(SETTINGS).where(_C.scope == bindparam("of"), _C.key == bindparam("named")))
# Compared by characters: LIKE would take % and _ as patterns, ranges depend on the database's collation.
ALL = Statement(
    select(_C.scope, _C.key, _C.value).where(func.substr(_C.scope, 1, func.length(_PREFIX)) == _PREFIX)
)  # fmt: skip


class StoredSettings:
    """The settings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, scope: str) -> dict[str, str]:
        return dict(self._session.rows(OF, of=scope))

    def put(self, scope: str, key: str, value: str) -> None:
        if value:
            self._session.run(PUT, scope=scope, key=key, value=value)
        else:
            self._session.run(REMOVE, of=scope, named=key)

    def all(self, prefix: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for scope, key, value in self._session.rows(ALL, prefix=prefix):
            found.setdefault(scope, {})[key] = value
        return found
