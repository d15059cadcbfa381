"""`bihuan backup`, `restore` and `migrate` on real files."""

import sqlite3

import pytest

from bot.app.lock import Lock
from bot.people import Person


def hires(shop, name):
    shop.reads(lambda records: records.people.save(Person(0, name, "UTC", "en")))


def names(shop):
    return [person.name for person in shop.people().people.values()]


def test_what_was_backed_up_comes_back_and_the_rest_is_kept_beside(shop):
    hires(shop, "Ann")
    file = shop.folder / "backup.db"
    assert shop.types("backup", str(file)).exit_code == 0
    hires(shop, "Bo")
    result = shop.types("restore", str(file), "--yes")
    assert result.exit_code == 0
    assert names(shop) == ["Ann"]
    kept = shop.folder / result.stdout.split()[-1]
    with sqlite3.connect(kept) as db:
        assert db.execute("SELECT count(*) FROM people").fetchone() == (2,)


def test_a_backup_that_was_looked_at_is_as_it_was(shop):
    """Restored from it or refused: nothing is left beside it, and not a byte of it is another."""
    hires(shop, "Ann")
    shelf = shop.folder / "shelf"
    shelf.mkdir()
    shop.types("backup", str(shelf / "good.db"))
    (shelf / "bad.db").write_bytes((shelf / "good.db").read_bytes()[:9000])
    before = {file.name: file.read_bytes() for file in shelf.iterdir()}
    assert shop.types("restore", str(shelf / "good.db"), "--yes").exit_code == 0
    assert shop.types("restore", str(shelf / "bad.db"), "--yes").exit_code == 1
    assert {file.name: file.read_bytes() for file in shelf.iterdir()} == before


@pytest.mark.parametrize("command", [("backup", "copy.db"), ("export", "actions")])
def test_from_another_folder_there_is_no_database_and_none_is_made(shop, command):
    """A nightly backup that looks for a relative file in another folder would keep nothing, night after night."""
    result = shop.types(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"There is no database {shop.database}" in result.stderr
    assert not shop.database.exists()


def test_a_backup_never_overwrites(shop):
    shop.people()
    file = shop.folder / "backup.db"
    file.write_text("precious")
    result = shop.types("backup", str(file))
    assert result.exit_code == 1
    assert "is not overwritten" in result.stderr
    assert file.read_text() == "precious"


def test_nothing_is_replaced_without_a_yes(shop):
    hires(shop, "Ann")
    file = shop.folder / "backup.db"
    shop.types("backup", str(file))
    hires(shop, "Bo")
    assert shop.types("restore", str(file)).exit_code == 1
    assert names(shop) == ["Ann", "Bo"]


@pytest.mark.parametrize("content", [b"", b"rubbish " * 2000])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(shop, content):
    hires(shop, "Ann")
    file = shop.folder / "backup.db"
    file.write_bytes(content)
    result = shop.types("restore", str(file), "--yes")
    assert result.exit_code == 1
    assert "Nothing was changed" in result.stderr
    assert names(shop) == ["Ann"]


def test_a_workplace_that_runs_is_not_restored_over(shop):
    hires(shop, "Ann")
    file = shop.folder / "backup.db"
    shop.types("backup", str(file))
    with Lock(shop.folder / "shop.db.lock") as lock:
        lock.note("http://127.0.0.1:8080")
        for command in (("restore", str(file), "--yes"), ("migrate",)):
            result = shop.types(*command)
            assert result.exit_code == 1
            assert "http://127.0.0.1:8080" in result.stderr


def test_a_server_database_has_its_own_tools(shop):
    result = shop.types("backup", "x.db", BIHUAN_DATABASE__URL="postgresql://nobody@localhost:1/x")
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr


def test_migrate_says_when_there_was_nothing_to_do(shop):
    shop.types("migrate")
    result = shop.types("migrate")
    assert result.exit_code == 0
    assert "already" in result.stdout
