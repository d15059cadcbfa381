"""How the simulated Slack says no, and what it notes when the bot does what a real workspace would show as broken."""

from typing import Any


class SlackError(Exception):
    """A method's refusal: `{"ok": false, "error": code, …}` with HTTP 200."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    @property
    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.more}


def invalid(code: str, problems: list[str]) -> SlackError:
    """A refusal that lists its reasons, as `invalid_blocks` and `invalid_arguments` do (sheet 4.3)."""
    return SlackError(
        code, errors=problems, response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]}
    )


class Barred(AssertionError):
    """A person tried what Slack's client would not let them do: a button that is not there, a slash in a thread."""
