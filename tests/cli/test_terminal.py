"""How a command ends and speaks: every way out has a code and a sentence, and help is there for strangers."""

import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.choices import Fault
from bot.cli.terminal import FAILED, MISUSED, Stopped, ends, progress, terminal
from bot.config import BadConfig
from bot.store import Broken, Unavailable
from bot.texts import LANGUAGES, words

COMMANDS = ("demo", "run", "chat", "check", "due", "export actions", "import people", "migrate", "backup", "restore")


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (BadConfig([Fault("a.b", "config-unknown"), Fault("c.d", "config-unknown")]), MISUSED, "a.b"),
        (Stopped("demo-host", code=MISUSED, host="0.0.0.0"), MISUSED, "0.0.0.0"),
        (Stopped("restore-not-confirmed"), FAILED, "--yes"),
        (Broken("corrupt: restore it"), FAILED, "corrupt: restore it"),
        (Unavailable("disk full"), FAILED, "disk full"),
        (PermissionError(13, "Permission denied", "/x"), FAILED, "/x"),
        (KeyboardInterrupt(), FAILED, ""),
    ],
)
def test_every_way_out_has_its_code_and_sentence(capsys, fault, code, said):
    @ends
    def command() -> int:
        raise fault

    assert command() == code
    out, errors = capsys.readouterr()
    assert said in errors
    assert out == ""
    assert "Traceback" not in errors


def test_our_own_bug_is_not_hidden():
    @ends
    def command() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        command()


def test_what_goes_on_is_not_ended_by_a_disk_that_is_too_full_for_its_first_words():
    with Path("/dev/full").open("w") as full, redirect_stdout(full):
        terminal.mention("run-stop")
        terminal.say("run-stop")


def test_nobody_watches_so_nothing_is_drawn(capsys):
    with progress("backup-bar") as told:
        told(1, 2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_is_for_and_what_it_takes(command):
    result = CliRunner().invoke(cli, [*command.split(), "--help"], env={"NO_COLOR": "1", "COLUMNS": "120"})
    assert result.exit_code == 0
    explained = [line for line in result.stdout.splitlines() if re.search(r"--\w+ .*[A-Za-z]{3}", line)]
    assert len(explained) >= 2
    assert re.search(r"[A-Z]\w+[ ,].*\w", result.stdout.split("\n", 4)[3])


def test_the_first_help_names_every_command():
    shown = CliRunner().invoke(cli, ["--help"], env={"NO_COLOR": "1", "COLUMNS": "120"}).stdout
    assert all(re.search(rf"\b{command.split()[0]}\b", shown) for command in COMMANDS)


@pytest.mark.parametrize("wrong", [["dmeo"], ["chat"], ["export", "people"], ["demo", "--port", "0"], ["backup"]])
def test_a_wrong_command_line_is_a_misuse(wrong):
    result = CliRunner().invoke(cli, wrong, env={"NO_COLOR": "1"})
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_of_the_command_line_is_whole_in_every_language(language):
    english = set(messages("en"))
    assert set(messages("zh-Hans")) == english
    assert all(words(language).has(entry) for entry in english)


def messages(language: str) -> list[str]:
    from importlib.resources import files

    text = files("bot.texts").joinpath(language, "cli.ftl").read_text(encoding="utf-8")
    return re.findall(r"(?m)^([a-z][\w-]*) =", text)


def test_sentences_are_those_the_code_asks_for():
    """No entry that nobody says, none that is missing."""
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    files = [path for folder in ("bot", "adapters") for path in (root / folder).rglob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    made = re.compile(r"^(wants|column|import-column|hidden)-")
    unsaid = [entry for entry in messages("en") if f'"{entry}"' not in code and not made.match(entry)]
    assert unsaid == []


def test_a_sentence_goes_out_at_once(capsys):
    terminal.line("one")
    assert capsys.readouterr().out == "one\n"
