"""Tenant tokens: the same one until half an hour is left, then a new one beside it (sheet 1.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulators.feishu.app import App
from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.ids import Ids
from tests.simulators.feishu.values import Json

LASTS = timedelta(hours=2)
RENEWED = timedelta(minutes=30)


@dataclass
class Token:
    text: str
    until: datetime


class Tokens:
    """All that were issued and live."""

    def __init__(self, app: App, ids: Ids) -> None:
        self.app = app
        self.issued: list[Token] = []
        self.asked = 0
        self._ids = ids

    def issue(self, given: Json, now: datetime) -> Json:
        """The answer of tenant_access_token/internal; refused ones are answered with HTTP 200 too."""
        self.asked += 1
        if given.get("app_id") != self.app.id:
            return {"code": 10003, "msg": "invalid param"}
        if given.get("app_secret") != self.app.secret:
            return {"code": 10014, "msg": "app secret invalid"}
        newest = self.issued[-1] if self.issued else None
        if newest is None or newest.until - now < RENEWED:
            newest = Token("t-" + self._ids.hex(40), now + LASTS)
            self.issued.append(newest)
        left = int((newest.until - now).total_seconds())
        return {"code": 0, "msg": "ok", "tenant_access_token": newest.text, "expire": left}

    def checked(self, header: str, now: datetime) -> None:
        """Raises FeishuError for a token that does not live."""
        kind, _, text = header.partition(" ")
        if kind != "Bearer" or not text:
            raise FeishuError(99991661, "Missing access token for authorization.")
        if not text.startswith(("t-", "u-")):
            raise FeishuError(99991671, "Invalid access token for authorization.")
        if not any(one.text == text and one.until > now for one in self.issued):
            raise FeishuError(99991663, "Invalid access token for authorization.")
        if not self.app.enabled:
            raise FeishuError(99991662, "app is disabled")

    def revoked(self) -> None:
        """None of them lives any longer."""
        self.issued.clear()
