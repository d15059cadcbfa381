"""Configuration: what is right becomes frozen settings, everything that is wrong is named at once."""

import re
import tomllib
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.calendar import Quiet
from bot.choices import Section
from bot.config import BadConfig, Settings, load, near_misses, section_of
from bot.domain.action import Cadence
from bot.domain.kinds import KINDS, Family
from bot.domain.rules import Rules
from bot.texts import words

EXAMPLE = Path(__file__).resolve().parents[1] / "config.example.toml"
CANARY = "canary-7f3k-secret"


def test_nothing_at_all_is_a_workplace_on_this_machine():
    settings = load(None)
    assert (settings.server.host, settings.web.enabled, settings.messengers) == ("127.0.0.1", True, ())
    assert settings.core().rules == Rules()
    assert settings.core().quiet == Quiet()


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("[workplace]\nnmae = 'x'", "workplace.nmae", "config-unknown-nearest"),
        ("[workplace]\nzzzzzz = 'x'", "workplace.zzzzzz", "config-unknown"),
        ("[databse]\nurl = 'x'", "databse", "config-unknown-nearest"),
        ("workplace = 3", "workplace", "config-no-section"),
        ("[workplace]\nname = ''", "workplace.name", "config-wrong"),
        ("[workplace]\nname = 12", "workplace.name", "config-wrong"),
        ("[workplace]\nlanguage = 'de'", "workplace.language", "config-wrong"),
        ("[workplace]\ntimezone = 'Mars/Base'", "workplace.timezone", "config-wrong"),
        ("[workplace]\ntimezone = 'Asia'", "workplace.timezone", "config-wrong"),
        ("[workplace]\ntimezone = '../../etc/passwd'", "workplace.timezone", "config-wrong"),
        ("[workplace]\ncalendar = 'XX'", "workplace.calendar", "config-wrong"),
        ("[workplace]\nworkday = '9 to 5'", "workplace.workday", "config-wrong"),
        ("[workplace]\nworkday = 'Mon-Fra 09:00-18:00'", "workplace.workday", "config-wrong"),
        ("[workplace]\nworkday = 'Mon-Fri 18:00-09:00'", "workplace.workday", "config-wrong"),
        ("[workplace]\nworkday = '09:00-09:00'", "workplace.workday", "config-wrong"),
        ("[workplace]\nquiet = '20:00'", "workplace.quiet", "config-wrong"),
        ("[workplace]\nquiet = '25:00-08:00'", "workplace.quiet", "config-wrong"),
        ("[workplace]\nadmins = ['nobody']", "workplace.admins", "config-wrong"),
        ("[workplace]\ndays_off = ['2026-02-30']", "workplace.days_off", "config-wrong"),
        ("[database]\nurl = 'mysql://root@x/y'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'sqlite://'", "database.url", "config-wrong-secret"),
        (
            "[workplace]\ndays_off = ['2026-12-24']\ndays_worked = '2026-12-24, 2026-12-25'",
            "workplace.days_off",
            "config-day-twice",
        ),
        ("[database]\nurl = 'sqlite://x.db'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'sqlite:///:memory:'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'sqlite:///x.db?timeout=soon'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'postgresql://u:p@host:port/x'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'postgresql://u:p@ss@host/x'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'postgresql://[::1/x'", "database.url", "config-wrong-secret"),
        ("[database]\nurl = 'sqlite:///?timeout=3'", "database.url", "config-wrong-secret"),
        ("[server]\nport = 0", "server.port", "config-wrong"),
        ("[server]\nport = 'http'", "server.port", "config-wrong"),
        ("[server]\nhost = 'http://x'", "server.host", "config-wrong"),
        ("[server]\nhost = '0.0.0.0'", "web.access_token", "config-open-host"),
        ("[server]\nhost = '0.0.0.0'\n[web]\naccess_token = ' '", "web.access_token", "config-open-host"),
        ("[web]\nenabled = false", "web.enabled", "config-no-messenger"),
        ("[reminders]\nmorning = '9'", "reminders.morning", "config-wrong"),
        ("[reminders]\nbefore_days = -1", "reminders.before_days", "config-wrong"),
        ("[reminders]\ndigest_weekday = 'someday'", "reminders.digest_weekday", "config-wrong"),
        ("[reminders]\nunaccepted_remind_hours = 24", "reminders.unaccepted_remind_hours", "config-remind-first"),
        ("[slack]", "slack.bot_token", "config-missing"),
        ("[slack]\nbot_token = ''", "slack.bot_token", "config-missing"),
        ("[slack]\nclient_id = 'x'", "slack.client_secret", "config-needed-by"),
        ("[slack]\nclient_id = 'x'\nclient_secret = 'y'", "slack.workspaces", "config-needed-by"),
        ("[slack]\nbot_token = 'x'\nworkspaces = ['T0123456789']", "slack.client_id", "config-needed-by"),
        ("[slack]\nbot_token = 'x'\nclient_secret = 'y'", "slack.client_id", "config-needed-by"),
        ("[slack]\nworkspaces = ['acme']", "slack.workspaces", "config-wrong"),
        ("[slack]\nbot_token = 'x'", "slack.app_token", "config-mode-needs"),
        ("[slack]\nmode = 'http'\nbot_token = 'x'", "slack.signing_secret", "config-mode-needs"),
        ("[slack]\nmode = 'rtm'\nbot_token = 'x'", "slack.mode", "config-wrong"),
        ("[slack]\napi_url = 'ftp://x'\nbot_token = 'x'", "slack.api_url", "config-wrong"),
        ("[feishu]\nmode = 'webhook'\napp_id = 'x'\napp_secret = 'y'", "feishu.encrypt_key", "config-mode-needs"),
        ("[feishu]\napp_id = 'x'", "feishu.app_secret", "config-missing"),
        ("[dingtalk]\nclient_id = 'x'\nclient_secret = 'y'", "dingtalk.robot_code", "config-missing"),
        ("[meetings]\nmost_topics = 0", "meetings.most_topics", "config-wrong"),
        ("[meetings]\nleft_running = 0.5", "meetings.left_running", "config-wrong"),
        ("[meetings]\nsessions_ahead = 400", "meetings.sessions_ahead", "config-wrong"),
        ("[meetings]\nmost_topic = 5", "meetings.most_topic", "config-unknown-nearest"),
        ("[meetings]\ndraft_remind_hours = 24", "meetings.draft_remind_hours", "config-remind-first"),
        ("[meetings]\nacknowledge_within_hours = 9", "meetings.acknowledge_remind_hours", "config-remind-first"),
        ("[meetings.kinds.board]\nfamily = 'party'", "meetings.kinds.board.family", "config-wrong"),
        ("[meetings.kinds.board]\nfamly = 'decision'", "meetings.kinds.board.famly", "config-unknown-nearest"),
        ("[meetings.kinds.'Big Board']\nzh = 'x'", "meetings.kinds.Big Board", "config-wrong"),
    ],
)
def test_a_fault_is_named_by_its_key_and_said_in_every_language(tmp_path, text, key, sentence):
    faults = faults_of(tmp_path, text)
    assert (key, sentence) in [(fault.key, fault.text) for fault in faults]
    for fault in faults:
        assert fault.wants or not fault.text.startswith("config-wrong")
        for language in ("en", "zh-Hans"):
            assert key_in(said(fault, language), fault.key)


def test_every_fault_is_found_at_once(tmp_path):
    text = """
        [workplace]
        nmae = "x"
        timezone = "Mars/Base"
        [server]
        host = "0.0.0.0"
        port = 70000
        [slack]
        mode = "http"
        bot_token = 3
        [feishu]
        mode = "webhook"
    """
    assert {fault.key for fault in faults_of(tmp_path, text)} == {
        "workplace.nmae", "workplace.timezone", "web.access_token", "server.port", "slack.bot_token",
        "slack.signing_secret", "feishu.app_id", "feishu.app_secret", "feishu.encrypt_key",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [name for name, field in Settings.model_fields.items() if field.annotation])
def test_no_fault_shows_the_value_of_a_secret(tmp_path, kind):
    """Each secret of the section garbled in turn: a number, a list, a table."""
    section = section_named(kind)
    secrets = [name for name, field in section.model_fields.items() if "SecretStr" in str(field.annotation)]
    for name in secrets:
        for garbled in (f'["{CANARY}"]', f'{{ a = "{CANARY}" }}'):
            told = [said(fault, "en") for fault in faults_of(tmp_path, f"[{kind}]\n{name} = {garbled}")]
            assert any(f"{kind}.{name}" in line for line in told)
            assert CANARY not in "".join(told)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"[workplace\nname = 1", "config-not-toml"), (b"\xff\xfe\x00", "config-not-utf8"), (None, "config-unreadable")],
)
def test_a_file_that_is_no_configuration(tmp_path, content, sentence):
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadConfig) as bad:
        load(path)
    assert [fault.text for fault in bad.value.faults] == [sentence]
    assert str(path) in said(bad.value.faults[0], "zh-Hans")


def test_a_file_that_windows_wrote(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes("\ufeff[workplace]\r\nname = '客服'\r\n".encode())
    assert load(path).workplace.name == "客服"


def test_settings_become_what_the_core_needs(tmp_path):
    core = loaded(
        tmp_path,
        """
        [workplace]
        workday = "Sun-Thu 08:00-16:30"
        quiet = "21:00-07:00"
        days_off = [2026-12-24]
        days_worked = ["2026-12-25"]
        [reminders]
        digest_weekday = "周四"
        nudge_pause_hours = 1.5
        question_stays_minutes = 5
        """,
    ).core()
    assert (core.rules.morning, core.rules.due_time, core.rules.digest_weekday) == (time(8), time(16, 30), 3)
    assert (core.rules.nudge_pause, core.rules.question_stays) == (timedelta(minutes=90), timedelta(minutes=5))
    assert core.quiet == Quiet(time(21), time(7))
    worked = {day: core.calendar.works(date(2026, 12, day)) for day in (18, 20, 24, 25)}
    assert worked == {18: False, 20: True, 24: False, 25: True}


def test_a_year_typed_in_whole_is_published(tmp_path):
    """The notice is out before any package knows it: feasts are then what was typed, no longer reckoned."""
    typed = "[workplace]\ndays_off = ['2031-01-02']\nyears_complete = [2031]"
    calendar = loaded(tmp_path, typed).core().calendar
    assert calendar.confirmed(date(2031, 1, 2))
    assert calendar.confirmed(date(2031, 1, 3))
    assert not calendar.confirmed(date(2032, 1, 2))
    assert calendar.works(date(2031, 1, 1)), "New Year was not typed in, so it is an ordinary Wednesday"
    assert not calendar.works(date(2031, 1, 2))


def test_hours_of_reminders_win_over_the_workday(tmp_path):
    rules = loaded(tmp_path, "[reminders]\nmorning = '10:15'\n[workplace]\nworkday = '08:00-17:00'").core().rules
    assert (rules.morning, rules.due_time) == (time(10, 15), time(17))


def test_kinds_of_meetings_of_ones_own_and_what_is_otherwise_in_the_handbooks(tmp_path):
    text = """
        [meetings]
        approvers = ["ceo@example.com"]
        [meetings.kinds.board]
        zh = "董事会"
        family = "decision"
        cadence = "daily"
        confidential = true
        lead_days = 5
        [meetings.kinds.decision]
        approval = false
    """
    core = loaded(tmp_path, text).core()
    board, decision = core.kind("board"), core.kind("decision")
    assert (board.called, board.family, board.cadence, board.lead_days) == (
        ("董事会", ""), Family.DECISION, Cadence.DAILY, 5,
    )  # fmt: skip
    assert board.confidential
    assert (decision.approval, decision.lead_days) == (False, 3)
    assert core.approvers == ("ceo@example.com",)
    assert len(core.kinds) == len(KINDS) + 1
    assert load(None).core().kinds == KINDS


def test_the_numbers_of_meetings_are_the_rules(tmp_path):
    rules = (
        loaded(tmp_path, "[meetings]\nmost_topics = 7\nstart_reminder_minutes = 5\ndraft_within_hours = 48")
        .core()
        .rules
    )
    assert (rules.most_topics, rules.start_reminder, rules.draft_within) == (7, timedelta(minutes=5), timedelta(days=2))


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        load(None).server.port = 1


def test_the_example_says_the_defaults_and_every_key():
    """What a reader copies is valid, changes nothing, and misses no key (a commented one counts)."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert load(EXAMPLE) == load(None)
    written = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = |\[)", "", text))
    for name in Settings.model_fields:
        assert set(section_named(name).model_fields) == set(written[name]), name


def test_secrets_are_all_known_to_the_mask(tmp_path):
    settings = loaded(
        tmp_path,
        """
        [database]
        url = "postgresql://bot:pass-1@db/bihuan"
        [web]
        access_token = "token-2"
        [slack]
        bot_token = "xoxb-3"
        app_token = "xapp-4"
        """,
    )
    assert set(settings.secrets()) == {"pass-1", "token-2", "xoxb-3", "xapp-4"}
    assert "pass-1" not in repr(settings)


def faults_of(folder: Path, text: str):
    with pytest.raises(BadConfig) as bad:
        loaded(folder, text)
    return bad.value.faults


def loaded(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text("\n".join(line.strip() for line in text.splitlines()), encoding="utf-8")
    return load(path)


def said(fault, language: str) -> str:
    say = words(language)
    return say(fault.text, key=fault.key, wants=say(f"wants-{fault.wants}") if fault.wants else "", **fault.args)


def key_in(line: str, key: str) -> bool:
    return key in line and "{" not in line.replace("{ a", "")


def section_named(name: str) -> type[Section]:
    found = section_of(name)
    assert found is not None
    return found


def test_a_section_holds_secrets_only_as_secrets():
    """A plain `str` named like a secret would be shown."""
    for name in Settings.model_fields:
        for key, field in section_named(name).model_fields.items():
            if key.endswith(("token", "secret", "encrypt_key", "url")) and key not in ("api_url", "oapi_url"):
                assert "SecretStr" in str(field.annotation), f"{name}.{key}"
                assert not isinstance(field.default, str)
    assert isinstance(load(None).database.url, SecretStr)


def test_an_app_that_is_installed_by_oauth_needs_no_token_of_its_own(tmp_path):
    settings = loaded(
        tmp_path,
        """
        [slack]
        app_token = "xapp-1"
        client_id = "1.2"
        client_secret = "quiet"
        workspaces = ["T0123456789", "T0987654321"]
        """,
    )
    assert settings.slack is not None
    assert settings.slack.workspaces == ("T0123456789", "T0987654321")
    assert set(settings.secrets()) == {"xapp-1", "quiet"}


@pytest.mark.parametrize(
    ("variables", "section", "there"),
    [
        ({"BIHUAN_SERVER__PORT": "8090"}, "server", {"port": 8090}),
        ({"bihuan_Server__Port": "8090"}, "server", {"port": 8090}),
        ({"BIHUAN_WORKPLACE__ADMINS": "slack:U1,web:p2"}, "workplace", {"admins": ("slack:U1", "web:p2")}),
        ({"BIHUAN_WEB__ENABLED": "no", "BIHUAN_WEB__NO_SUCH": ""}, "web", BadConfig),
        ({"bihuan_server_part__port": "8090"}, "bihuan_server_part__port", BadConfig),
        ({"BIHUAN_SERVER": "8090"}, "server", BadConfig),
        ({"BIHUAN_SERVER": "8090", "BIHUAN_SERVER__PORT": "8090"}, "server", BadConfig),
        ({"BIHUAN_SERVER__PORT": "http"}, "server", BadConfig),
        ({"BIHUAN_SERVER__PORT__EVEN__DEEPER": "8090"}, "server", BadConfig),
        ({"BIHUANG_SERVER__PORT": "8090", "SERVER__PORT": "8090", "BIHUAN": "", "BIHUAN_HOME": "/"}, "server", {"port": 8080}),
    ],
)  # fmt: skip
def test_the_environment_is_read_by_section_and_key(monkeypatch, variables, section, there):
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    if there is BadConfig:
        with pytest.raises(BadConfig) as wrong:
            load(None)
        assert all(fault.key.split(".")[0] == section for fault in wrong.value.faults)
        return
    found = getattr(load(None), section)
    assert {name: getattr(found, name) for name in there} == there


def test_a_name_one_underline_short_of_a_setting_is_noticed_and_stops_nobody(monkeypatch):
    """Kubernetes puts BIHUAN_SERVER_PORT there for a service called bihuan-server."""
    for name in ("BIHUAN_SERVER_PORT", "bihuan_slack_bot_token", "BIHUAN_SERVER_SERVICE_HOST", "BIHUAN_HOME"):
        monkeypatch.setenv(name, "1")
    assert load(None).server.port == 8080
    assert list(near_misses()) == [
        ("BIHUAN_SERVER_PORT", "BIHUAN_SERVER__PORT"), ("bihuan_slack_bot_token", "BIHUAN_SLACK__BOT_TOKEN"),
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_is_named_as_postgresqls_own_tools_name_it(tmp_path, scheme):
    settings = loaded(tmp_path, f"[database]\nurl = '{scheme}://bot:{CANARY}@host/x'")
    assert settings.database.file is None
    assert settings.secrets() == (CANARY,)


def test_it_leads_as_deep_as_the_file_does(monkeypatch, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("[meetings]\napprovers = ['slack:U1']\n", encoding="utf-8")
    monkeypatch.setenv("BIHUAN_MEETINGS__KINDS__RETRO__ZH", "复盘")
    monkeypatch.setenv("BIHUAN_MEETINGS__KINDS__RETRO__LEAD_DAYS", "5")
    meetings = load(file).meetings
    assert meetings.approvers == ("slack:U1",)
    assert [(kind.called, kind.lead_days) for kind in meetings.all_kinds() if kind.name == "retro"] == [
        (("复盘", ""), 5)
    ]
