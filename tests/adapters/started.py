"""Where a `bihuan run` that a test has started listens: said in one of its first lines, not always in the first (a port that
somebody else has is said before)."""

import asyncio


async def address_of(process: asyncio.subprocess.Process, within: float = 30.0) -> str:
    """http://127.0.0.1:8080, as the process says it."""
    assert process.stdout is not None
    while True:
        line = (await asyncio.wait_for(process.stdout.readline(), within)).decode()
        if not line:
            assert process.stderr is not None
            raise AssertionError(f"it ended before it said where it listens: {(await process.stderr.read()).decode()}")
        if found := address_in(line):
            return found


def address_in(line: str) -> str:
    """The address that a line names; empty for none."""
    found = [word for word in line.split() if word.startswith("http://")]
    return found[0].rstrip("。.,").removesuffix("/readyz").rstrip("/") if found else ""
