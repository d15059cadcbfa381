"""A backup taken while the bot writes is whole; one put back is looked through first, and the old one stays."""

import asyncio
import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Broken, Query, Unavailable
from storage import open_store, restore
from tests.contracts.stored.making import item


async def test_a_backup_while_writing_is_one_whole_moment(opened, file, tmp_path):
    store = opened(f"sqlite:///{file}")
    for _ in range(40):
        await store.write(lambda records: pairs(records, 25))
    done = asyncio.Event()
    writing = asyncio.ensure_future(keep_writing(store, done))
    seen: list[tuple[int, int]] = []
    await store.backup(str(tmp_path / "copy.db"), lambda *far: seen.append(far))
    done.set()
    written = await writing
    copy = opened(f"sqlite:///{tmp_path}/copy.db")
    texts = [one.text for one in await copy.read(lambda records: records.actions.find(Query()))]
    # Items are written two at a time: half a pair would be half a transaction.
    assert 2000 <= len(texts) <= 2000 + 2 * written
    assert len(texts) % 2 == 0
    assert len(seen) > 1
    assert [far[0] for far in seen] == sorted(far[0] for far in seen)
    assert seen[-1][0] == seen[-1][1]


async def test_a_backup_that_cannot_be_written_is_unavailable(opened, file, tmp_path):
    store = opened(f"sqlite:///{file}")
    with pytest.raises(Unavailable, match="backup"):
        await store.backup(str(tmp_path / "nowhere" / "copy.db"), print)
    await store.check()


async def test_a_backup_replaces_an_older_one_only_when_it_is_whole(opened, file, tmp_path):
    store = opened(f"sqlite:///{file}")
    copy = tmp_path / "copy.db"
    copy.write_text("yesterday's")
    await store.write(lambda records: records.actions.add(item()))
    await store.backup(str(copy), lambda *_: None)
    assert count(copy) == 1
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


@pytest.mark.parametrize("rights", [0o600, 0o640])
async def test_a_copy_is_for_the_eyes_that_may_read_the_database(opened, file, tmp_path, rights):
    store = opened(f"sqlite:///{file}")
    file.chmod(rights)
    await store.backup(str(tmp_path / "copy.db"), lambda *_: None)
    assert mode(tmp_path / "copy.db") == rights


@pytest.mark.postgres
async def test_postgres_is_backed_up_by_its_own_tool(opened, database, tmp_path):
    with pytest.raises(Unavailable, match="pg_dump"):
        await opened(database).backup(str(tmp_path / "copy"), print)
    with pytest.raises(Unavailable, match="pg_restore"):
        restore(database, str(tmp_path / "copy"))


def test_a_restored_backup_is_the_database_and_the_old_one_stays(file, tmp_path):
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")
    add(file, "second")
    kept = restore(f"sqlite:///{file}", str(backup))
    assert kept == file.with_name("workplace.db.old-1")
    assert (count(file), count(backup), count(file.with_name("workplace.db.old-1"))) == (1, 1, 2)
    assert restore(f"sqlite:///{file}", str(backup)) == file.with_name("workplace.db.old-2")


def test_what_is_restored_is_whose_the_old_one_was(file, tmp_path):
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")
    backup.chmod(0o644)
    file.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)
    before = os.stat(file)
    kept = restore(f"sqlite:///{file}", str(backup))
    assert kept is not None
    for there in (file, kept):
        found = os.stat(there)
        assert (found.st_uid, found.st_gid, found.st_mode) == (before.st_uid, before.st_gid, before.st_mode)


def test_a_copy_that_was_cut_off_leaves_nothing_behind(file, tmp_path):
    """A full disk, above all, is not filled with half of it."""
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")

    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Unavailable, match="No space left"):
        restore(f"sqlite:///{file}", str(backup), full)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.db", "workplace.db"]
    assert count(file) == 1


def test_restoring_where_nothing_is_makes_the_database(file, tmp_path):
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")
    assert restore(f"sqlite:///{tmp_path}/new.db", str(backup)) is None
    assert count(tmp_path / "new.db") == 1


def test_a_corrupt_database_is_replaced_with_its_log_put_aside(file, tmp_path):
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")
    file.write_bytes(b"rubbish" * 1000)
    Path(f"{file}-wal").write_bytes(b"old log")
    kept = restore(f"sqlite:///{file}", str(backup))
    assert count(file) == 1
    assert kept is not None
    assert kept.read_bytes() == b"rubbish" * 1000
    assert Path(f"{kept}-wal").read_bytes() == b"old log"


async def test_a_database_in_use_is_not_replaced(opened, file, tmp_path):
    add_in = opened(f"sqlite:///{file}")
    await add_in.write(lambda records: records.actions.add(item()))
    backup = tmp_path / "backup.db"
    await add_in.backup(str(backup), lambda *_: None)
    await add_in.write(lambda records: records.actions.add(item()))
    with pytest.raises(Unavailable, match="in use"):
        restore(f"sqlite:///{file}", str(backup))
    assert await add_in.read(lambda records: records.actions.count(Query())) == 2
    await add_in.check()
    assert not list(tmp_path.glob("*.restoring*"))


@pytest.mark.parametrize("damage", ["missing", "rubbish", "cut", "foreign", "empty", "newer"])
def test_a_backup_that_is_no_good_changes_nothing(file, tmp_path, damage):
    add(file, "first")
    backup = back_up(file, tmp_path / "backup.db")
    spoil(backup, damage)
    with pytest.raises(Broken):
        restore(f"sqlite:///{file}", str(backup))
    assert count(file) == 1
    assert not list(tmp_path.glob("workplace.db.*"))


def mode(path: Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def spoil(backup: Path, damage: str) -> None:
    if damage == "missing":
        backup.unlink()
    elif damage == "rubbish":
        backup.write_bytes(b"rubbish" * 1000)
    elif damage == "cut":
        os.truncate(backup, backup.stat().st_size // 2)
    elif damage == "empty":
        backup.write_bytes(b"")
    else:
        sentence = {"foreign": "DROP TABLE alembic_version", "newer": "UPDATE alembic_version SET version_num = '9999'"}
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute(sentence[damage])


def pairs(records, number: int) -> None:
    for _ in range(number):
        pair(records, 2000)


def pair(records, size: int) -> None:
    records.actions.add(item("x" * size))
    records.actions.add(item("y" * size))


async def keep_writing(store, done: asyncio.Event) -> int:
    written = 0
    while not done.is_set():
        await store.write(lambda records: pair(records, 10))
        written += 1
    return written


def add(file: Path, text: str) -> None:
    async def adding():
        store = open_store(f"sqlite:///{file}")
        await store.write(lambda records: records.actions.add(item(text)))
        await store.close()

    asyncio.run(adding())


def back_up(file: Path, to: Path) -> Path:
    async def backing():
        store = open_store(f"sqlite:///{file}")
        await store.backup(str(to), lambda *_: None)
        await store.close()

    asyncio.run(backing())
    return to


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM actions").fetchone()[0])
