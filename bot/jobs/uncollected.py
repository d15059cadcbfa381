"""The garbage collector's rest while a job reads thousands of items in one go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector, which would stop every thread to look through all that is being read: of a Friday's 20,000
    items, twice as long as a command waits otherwise; of a morning's 1,000 alarms a twelfth of the sweep. There are no
    circles among them; they go when they are done with."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
