"""What DingTalk refuses, in its two tongues: the new host by HTTP status, the old one by `errcode` in a 200 (sheet 8.2)."""

from dataclasses import dataclass, field
from typing import Any


class Barred(AssertionError):
    """A person's client does not let them do this."""


@dataclass
class Refused(Exception):
    """The new host's refusal. `more` stands beside code and message, in lower case as DingTalk writes it."""

    status: int
    code: str
    message: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return {"code": self.code, "requestid": "7F1B0C9E", "message": self.message or self.code, **self.more}


@dataclass
class OldRefused(Exception):
    """The old host's refusal: HTTP 200 all the same."""

    errcode: int
    errmsg: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        return {"errcode": self.errcode, "errmsg": self.errmsg or "error", "request_id": "5xk1", **self.more}


def lacks(scope: str) -> Refused:
    """403 that names what is to be ticked in the console."""
    more = {"accessdenieddetail": {"requiredScopes": [scope]}}
    return Refused(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", f"应用尚未开通所需的权限:[{scope}]", more)
