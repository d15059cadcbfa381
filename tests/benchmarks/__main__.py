"""`python -m tests.benchmarks [--quick] [subject …]`: every subject in turn, its figures as tables on standard output."""

import argparse
import gc
import os
import platform
import tempfile
import time
from pathlib import Path

from tests.benchmarks import command, delivery, digest, feishu, phrases, search, slack, start, sweep

SUBJECTS = {
    "command": command.run, "sweep": sweep.run, "digest": digest.run, "delivery": delivery.run, "start": start.run,
    "phrases": phrases.run, "search": search.run, "slack": slack.run, "feishu": feishu.run,
}  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="one small round of each: whether it works, not how fast")
    asked.add_argument("subjects", nargs="*", choices=[*SUBJECTS, []], help="all without a name")
    chosen = asked.parse_args()
    gc.freeze()  # as `bihuan` does when it begins: what was loaded is not looked through again and again
    begun, load = time.monotonic(), os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the beginning\n")
    for name in chosen.subjects or SUBJECTS:
        with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
            for table in SUBJECTS[name](Path(folder), quick=chosen.quick):
                print(table, flush=True)
    print(f"{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
