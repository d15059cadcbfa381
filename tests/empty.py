"""An empty database as a new workplace has it, migrated once in a process and copied: a thousand tests begin with one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import open_store


def empty(file: Path) -> str:
    """The URL of a new database in `file`; what stands there already is left as it is."""
    if not file.exists():
        file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as elsewhere:  # the caller may be in a loop of its own
        file = Path(folder) / "empty.db"
        elsewhere.submit(asyncio.run, _made(f"sqlite:///{file}")).result()
        return file.read_bytes()


async def _made(url: str) -> None:
    await open_store(url).close()
