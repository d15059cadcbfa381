"""Which of DingTalk's answers mean that it takes the app no more, and what mends it (platform sheet 1.1, 2.1, 4.3, 8.2).

A token that is refused is a suspicion, until another one was asked for. The gateway says by a 400 that it will give no
connection, but not why: the credentials are wrong, the app is stopped or was never published, does not use the Stream, or may
not be reached from here. A new token tells whether it is the credentials, which takes everything else away, too.
"""

from adapters.dingtalk.faults import Refused, Revoked
from adapters.standing import Refusal, Side, Standing
from bot.clock import Clock
from bot.errors import Delivery

NAME = "DingTalk"
ADDRESS = "IpNotInWhiteList"
CONSOLE = "https://open-dev.dingtalk.com"


class AppStanding(Standing):
    """One app's, and its robot's."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(NAME, clock)

    def refused(self, fault: Revoked) -> None:
        """The credentials, by a token that was asked for anew."""
        self.died(Side.APP, Refusal(fault.word, "mend-setting", "dingtalk.client_secret"))

    def barred(self, fault: Delivery) -> None:
        """The gateway gives no connection, and the credentials are good."""
        self.died(Side.EAR, Refusal(str(fault), "mend-app", CONSOLE))

    def stopped(self, fault: Refused) -> None:
        """The robot may write to nobody."""
        setting = fault.code.startswith("invalidParameter.robotCode")
        mend = ("mend-setting", "dingtalk.robot_code") if setting else ("mend-app", CONSOLE)
        self.died(Side.BOT, Refusal(str(fault), *mend))

    def writes(self) -> None:
        """A message of the robot's was taken."""
        if self.refuses(Side.BOT):
            self.lives(Side.BOT)


def bars(fault: Delivery) -> bool:
    """Whether this answer of the gateway's means that somebody must mend something."""
    if isinstance(fault, Refused):
        return fault.status == 400 or ADDRESS in fault.code
    return isinstance(fault, Revoked)
