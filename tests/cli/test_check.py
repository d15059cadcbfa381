"""`bihuan check`: every fault at once, in the reader's language, and secrets never."""

import socket
import sqlite3

import pytest

from bot.app.lock import Lock

CANARY = "canary-9x2b"


def test_a_sound_workplace(shop):
    shop.configures('workplace.admins = ["ann@example.com"]')
    result = shop.types("check")
    assert result.exit_code == 0
    assert "Everything is in order" in result.stdout
    assert "✗" not in result.stdout


def test_what_is_allowed_and_worth_knowing_is_only_noted(shop):
    result = shop.types("check")
    assert result.exit_code == 0
    assert "· workplace.admins is empty" in result.stdout
    assert f"· A new, empty database was made: {shop.database}" in result.stdout
    assert "empty database" not in shop.types("check").stdout


def test_every_fault_of_the_file_and_the_environment(shop):
    shop.configures('server.port = 99999\nworkplace.timezone = "Mars/Base"')
    result = shop.types("check", BIHUAN_FOO__BAR="1", BIHUAN_WORKPLACE__LANGUAGE="de", BIHUAN_SLACK__BOT_TOKEN=CANARY)
    faults = [line for line in result.stdout.splitlines() if line.startswith("✗")]
    named = ("server.port", "workplace.timezone", "BIHUAN_FOO__BAR", "workplace.language", "slack.app_token")
    assert [sum(name in fault for fault in faults) for name in named] == [1] * 5
    assert len(faults) == 5
    assert (result.exit_code, result.stderr) == (2, "5 faults in the configuration.\n")


def test_the_environment_wins(shop):
    shop.configures('workplace.timezone = "Mars/Base"')
    assert shop.types("check", BIHUAN_WORKPLACE__TIMEZONE="Asia/Tokyo").exit_code == 0


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "zh_TW.UTF-8", "de_DE.UTF-8", "C"])
def test_faults_are_said_in_the_language_of_the_terminal(shop, locale):
    shop.configures("server.port = 0")
    told = shop.types("check", LC_ALL=locale).stdout
    assert {"zh_CN.UTF-8": "应为", "zh_TW.UTF-8": "應為"}.get(locale, "must be") in told


def test_no_secret_is_shown_whatever_is_wrong(shop):
    shop.configures(
        f"""
        [slack]
        bot_token = ["{CANARY}"]
        signing_secret = "{CANARY}"
        [feishu]
        app_secret = {{ a = "{CANARY}" }}
        [web]
        access_token = ["{CANARY}"]
        """
    )
    result = shop.types("check", BIHUAN_DATABASE__URL=f"mysql://root:{CANARY}@host/x")
    assert result.exit_code == 2
    assert result.stdout.count("not shown") == 4
    assert CANARY not in result.output


def test_a_database_in_a_folder_that_is_not_there_is_named_with_it(shop):
    result = shop.types("check", BIHUAN_DATABASE__URL=f"sqlite:///{shop.folder}/no/x.db")
    assert (result.exit_code, f"{shop.folder}/no/x.db: there is no such folder" in result.stdout) == (1, True)


def test_a_database_that_is_not_ours(shop):
    shop.database.write_bytes(b"not a database at all, but long enough to look like a header of one")
    result = shop.types("check")
    assert result.exit_code == 1
    assert "✗ The database cannot be used" in result.stdout
    assert "bihuan restore" in result.stdout


def test_a_newer_database_is_refused(shop):
    shop.types("check")
    with sqlite3.connect(shop.database) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    result = shop.types("check")
    assert result.exit_code == 1
    assert "newer" in result.stdout


def test_a_database_that_another_process_holds(shop):
    shop.types("check")
    url = f"sqlite:///{shop.database}?timeout=0.1"
    with sqlite3.connect(shop.database) as db:
        db.execute("BEGIN EXCLUSIVE")
        result = shop.types("check", BIHUAN_DATABASE__URL=url)
    assert result.exit_code == 1
    assert "locked" in result.stdout


def test_a_chosen_port_that_is_taken(shop):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shop.configures(f"server.port = {taken.getsockname()[1]}")
        result = shop.types("check")
    assert result.exit_code == 1
    assert "server.port: nothing can listen" in result.stdout


def test_an_address_that_is_not_this_machines_is_no_matter_of_the_port(shop):
    shop.configures('server.host = "192.0.2.1"\nserver.port = 8080\nweb.access_token = "long-enough-to-be-one"')
    result = shop.types("check")
    assert (result.exit_code, "✗ server.host: this machine has no address 192.0.2.1" in result.stdout) == (1, True)


def test_a_chosen_port_that_the_workplace_itself_has(shop):
    with socket.create_server(("127.0.0.1", 0)) as taken, Lock(shop.folder / "shop.db.lock"):
        shop.configures(f"server.port = {taken.getsockname()[1]}")
        result = shop.types("check")
    assert (result.exit_code, "✗" in result.stdout) == (0, False)


def test_a_port_is_listened_on_without_the_web_workplace_too(shop):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shop.configures(
            f"""
            server.port = {taken.getsockname()[1]}
            web.enabled = false
            [feishu]
            app_id = "a"
            app_secret = "b"
            domain = "http://127.0.0.1:1"
            """
        )
        result = shop.types("check")
    assert "server.port: nothing can listen" in result.stdout


def test_a_variable_that_nothing_reads_is_noted(shop):
    result = shop.types("check", BIHUAN_SERVER_PORT="8090")
    assert "BIHUAN_SERVER_PORT in the environment is not read. Did you mean BIHUAN_SERVER__PORT?" in result.stdout
    assert result.exit_code == 0


def test_a_chosen_font_that_is_none_is_a_fault_by_its_path(shop, tmp_path):
    wrong = tmp_path / "notes.ttf"
    wrong.write_text("no font")
    shop.configures(f'meetings.font = "{wrong}"')
    result = shop.types("check")
    assert result.exit_code == 1
    assert f"✗ meetings.font: this file cannot be used as a font: {wrong}" in result.stdout
