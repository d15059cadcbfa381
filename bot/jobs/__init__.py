"""What the clock starts: each job is asked at every tick whether it has something to do. JOBS is the whole list."""

from collections.abc import Callable

from bot.jobs.calendars import Calendars
from bot.jobs.digests import Digests
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.job import Job
from bot.jobs.ring import Ring
from bot.jobs.series import Recurring
from bot.store import Store
from bot.workplace import Workplace

JOBS: tuple[Callable[[Store, Workplace], Job], ...] = (Ring, Digests, Calendars, Recurring, Housekeeping)
"""In the order in which they are asked."""

__all__ = ["JOBS", "Job"]
