"""`bihuan run`: a real workplace from its configuration, asked and stopped as a service manager does."""

import json
import signal
import socket
import sqlite3
import stat
import time
import urllib.error
import urllib.request

import pytest

from tests.cli.conftest import started

pytestmark = pytest.mark.slow

CANARY = "canary-token-5d1c"
PEOPLE = "name,email,department\nAnn,ann@example.com,Sales\n"


class Service:
    """`bihuan run` as a process."""

    log: str

    def __init__(self, shop, *words, **env):
        self.process = started("run", "--config", str(shop.config), *words, folder=shop.folder, **env)
        out = self.process.stdout
        assert out is not None
        self.lines = [out.readline(), out.readline()]
        self.address = next(word for word in self.lines[0].split() if word.startswith("http://"))

    def get(self, path, **headers):
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, headers=headers), timeout=10
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.log = self.process.communicate(timeout=30)[1]
        self.stopped_in = time.monotonic() - begun
        assert self.process.returncode == 0, self.log


def test_a_workplace_of_ones_own(shop):
    """No sample in it; who was imported is in the web workplace; the log is JSON; SIGHUP does not
    end it; what it keeps is nobody else's to read; it stops in time."""
    shop.configures(f'workplace.name = "Acme"\nserver.port = {free()}')
    people = shop.folder / "people.csv"
    people.write_text(PEOPLE)
    shop.types("import", "people", str(people), "--yes")
    with Service(shop) as service:
        assert service.lines[0].startswith("Acme: http://127.0.0.1:")
        assert service.get("/readyz") == (200, '{"ready":true,"reasons":[],"cut_off":[]}')
        assert "<html" in service.get("/")[1]
        known = eventually(lambda: json.loads(service.get("/api/people")[1])["people"])
        assert [person["name"] for person in known] == ["Ann"]
        service.process.send_signal(signal.SIGHUP)
        assert 'bihuan_outbox{fate="pending"} 0.0' in service.get("/metrics")[1]
    assert {stat.S_IMODE(file.stat().st_mode) for file in shop.folder.glob("*.db*")} == {0o600}
    assert service.stopped_in < 10
    assert all(json.loads(line)["timestamp"] for line in service.log.splitlines())


def test_whom_the_configuration_names_as_an_admin_is_one_from_the_next_start_on(shop):
    """They were met before it named them; who is not named any more is none."""
    shop.configures(f'workplace.admins = ["bo@example.com"]\nserver.port = {free()}')
    people = shop.folder / "people.csv"
    people.write_text(f"{PEOPLE}Bo,bo@example.com,Sales\n")
    shop.types("import", "people", str(people), "--yes")
    shop.configures(f'workplace.admins = ["ann@example.com"]\nserver.port = {free()}')
    with Service(shop) as service:
        assert service.get("/readyz")[0] == 200
        assert {one.name: one.admin for one in shop.people().people.values()} == {"Ann": True, "Bo": False}


def test_a_port_that_was_chosen_is_kept_to(shop):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shop.configures(f"server.port = {taken.getsockname()[1]}")
        process = started("run", "--config", str(shop.config), folder=shop.folder)
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Choose another [server] port" in errors
    assert "http" not in out


def test_one_process_serves_one_file(shop):
    with Service(shop) as first:
        process = started("run", "--config", str(shop.config), folder=shop.folder)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, first.address in errors) == (1, True)


def test_another_host_needs_the_token_and_then_nobody_gets_in_without_it(shop):
    shop.configures('server.host = "0.0.0.0"')
    refused = started("run", "--config", str(shop.config), folder=shop.folder)
    refused.communicate(timeout=60)
    assert refused.returncode == 2
    with Service(shop, BIHUAN_WEB__ACCESS_TOKEN=CANARY) as service:
        service.address = service.address.replace("0.0.0.0", "127.0.0.1")
        assert service.get("/api/people", Host="bihuan.example")[0] == 401
        assert service.get("/healthz") == (200, "alive\n")
    assert CANARY not in service.log


def test_without_the_web_there_is_health_and_nothing_else(shop):
    """Allowed only beside another messenger, which this version has none of: so it is a fault that says so."""
    shop.configures("web.enabled = false")
    process = started("run", "--config", str(shop.config), folder=shop.folder)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "nobody could talk to the workplace" in errors


def test_readiness_turns_red_while_the_database_cannot_be_written_and_green_again(shop):
    url = f"sqlite:///{shop.database}?timeout=0.2"
    with Service(shop, BIHUAN_DATABASE__URL=url) as service:
        with sqlite3.connect(shop.database, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            status, answer = service.get("/readyz")
            assert status == 503
            assert "database" in json.loads(answer)["reasons"][0]
            assert service.get("/healthz")[0] == 200
            assert service.get("/metrics")[0] == 200
            other.execute("ROLLBACK")
        assert eventually(lambda: service.get("/readyz")[0] == 200)


def test_no_secret_and_no_message_in_the_log_also_when_it_is_talkative(shop):
    """What people write is there at DEBUG; a secret never is."""
    with Service(shop, "--verbose", BIHUAN_WEB__ACCESS_TOKEN=CANARY) as service:
        service.get(f"/?token={CANARY}", Authorization=f"Bearer {CANARY}", Cookie=f"x={CANARY}")
        form = urllib.request.Request(
            service.address + "/login", f"token={CANARY}".encode(), {"Origin": service.address}, method="POST"
        )
        with urllib.request.urlopen(form, timeout=10) as answer:
            assert answer.status == 200
    assert CANARY not in service.log
    assert CANARY not in "".join(service.lines)


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def eventually(ask, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not (answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def test_a_damaged_database_is_refused_with_the_way_out(shop):
    shop.database.write_bytes(b"rubbish " * 3000)
    process = started("run", "--config", str(shop.config), folder=shop.folder)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "bihuan restore" in errors
    assert "Traceback" not in errors
    assert out == ""
