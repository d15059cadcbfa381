"""What Feishu refuses (sheet 3.4), and what its own client does not let somebody do."""

from typing import Any


class FeishuError(Exception):
    """A call that is refused: its code, HTTP status, and what stands under `error`."""

    def __init__(self, code: int, msg: str, status: int = 400, **error: Any) -> None:
        super().__init__(f"{code} {msg}")
        self.code = code
        self.status = status
        self.msg = msg
        self.error = error
        self.headers: dict[str, str] = {}


class CardError(FeishuError):
    """230099: a card that is rejected, with the sub-code and the place (sheet 3.4)."""

    def __init__(self, sub: int, message: str, path: str = "", value: str = "") -> None:
        at = f"ErrPath: {path}; " if path else ""
        last = f"ErrorValue: {value}; " if value else ""
        super().__init__(230099, f"Failed to create card content, ext=ErrCode: {sub}; {at}ErrMsg: {message}; {last}")
        self.sub = sub


def limited(reset: int = 1) -> FeishuError:
    """The gateway's limit: 429 with how long to wait."""
    error = FeishuError(99991400, "request trigger frequency limit", 429)
    error.headers = {"x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": str(reset)}
    return error


class Barred(Exception):
    """Feishu's client would not let somebody do this."""
