"""What kinds of meetings there are, and the policy each carries (P1). A workplace may add its own in `[meetings.kinds]`."""

from enum import StrEnum

from msgspec import Struct

from bot.domain.action import Cadence


class Family(StrEnum):
    """P1: the handbook's five types; every kind belongs to one."""

    REGULAR = "regular"
    SPECIAL = "special"
    CROSS_DEPARTMENT = "cross_department"
    DECISION = "decision"
    TRAINING = "training"


class Kind(Struct, frozen=True):
    """One kind of meeting. `name` is its key and stands in commands; `called` its names (zh-Hans, en), empty for those that
    the catalogue knows (`kind-<name>`).

    `lead_days`: how long before the start the agenda goes out (P6), working days where `lead_working`. `approval`: an
    unplanned meeting of this kind needs an approver's yes (P2). `cadence`: of its action items (A8). `keep_years`: N7."""

    name: str
    family: Family
    called: tuple[str, str] = ("", "")
    cadence: Cadence = Cadence.WEEKLY
    confidential: bool = False
    lead_days: int = 1
    lead_working: bool = True
    approval: bool = False
    keep_years: int = 2


KINDS = (
    Kind("regular", Family.REGULAR),
    Kind("special", Family.SPECIAL),
    Kind("kick_off", Family.SPECIAL, cadence=Cadence.DAILY),
    Kind("retrospective", Family.SPECIAL),
    Kind("improvement", Family.SPECIAL, lead_days=3, lead_working=False),
    Kind("cross_department", Family.CROSS_DEPARTMENT),
    Kind("decision", Family.DECISION, cadence=Cadence.DAILY, lead_days=3, lead_working=False, approval=True),
    Kind("training", Family.TRAINING),
)
"""P1, P6, A8: what the handbook says of each."""
