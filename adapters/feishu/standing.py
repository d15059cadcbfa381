"""Which of Feishu's answers mean that it takes the app no more, and what mends it (platform sheet 1.1, 1.7, 3.4).

A call's answer is a suspicion only: a call that asks whose the app is decides, when listening begins again. Of a long
connection that is refused a new token tells whether it is for the app's secret, which takes its calls away too.
"""

from adapters.feishu.faults import Revoked
from adapters.feishu.sockets import Barred
from adapters.standing import Refusal, Side, Standing
from bot.clock import Clock

NAME = "Feishu"
_SECRET = ("mend-setting", "feishu.app_secret")
_SETTINGS = {
    10014: _SECRET, 10015: _SECRET, 99991543: ("mend-setting", "feishu.app_id"), 514: _SECRET,
    1000040346: ("mend-setting", "feishu.app_id"), 1000040351: ("mend-setting", "feishu.domain"),
}  # fmt: skip
_CONSOLE = frozenset({99991662, 99991673, 99991401, 403, 1000040344})
"""The app is disabled, not installed, or may not connect from here or by a long connection."""


class AppStanding(Standing):
    """One app's, at `domain`, where its console is."""

    def __init__(self, clock: Clock, domain: str) -> None:
        super().__init__(NAME, clock)
        self._console = f"{domain}/app"

    def refused(self, fault: Revoked) -> None:
        """Feishu was asked whose the app is. What passes by itself (the month's calls are spent) is nobody's to tell."""
        if ends(fault):
            self.died(Side.APP, self._refusal(fault.code, fault.word))

    def barred(self, fault: Barred) -> None:
        """Feishu gives the app no long connection."""
        self.died(Side.EAR, self._refusal(fault.code, fault.word))

    def _refusal(self, code: int, word: str) -> Refusal:
        return Refusal(word, *_SETTINGS.get(code, ("mend-app", self._console)))


def ends(fault: Revoked) -> bool:
    """Whether this answer means that somebody must mend something."""
    return fault.code in _SETTINGS or fault.code in _CONSOLE
