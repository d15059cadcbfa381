"""`bihuan due`: the grammar of due phrases, tried by hand."""

import json

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli

WEDNESDAY = ("--now", "2026-11-18T10:00:00+08:00")


def test_one_line_a_phrase_in_the_language_asked_for():
    result = tries(*WEDNESDAY, "--lang", "zh-Hans", "--", "下周五", "尽快")
    day, vague = result.stdout.splitlines()
    assert day.startswith("下周五 → ")
    assert "11月27日（周五" in day
    assert "不是一天" in vague
    assert result.exit_code == 0


def test_json_is_one_object_a_phrase():
    friday, vague = tries(
        *WEDNESDAY, "--json", "--lang", "en", "--", "by next Friday 15:30", "ASAP"
    ).stdout.splitlines()
    assert {key: json.loads(friday)[key] for key in ("day", "time", "refused")} == {
        "day": "2026-11-27", "time": "15:30", "refused": None,
    }  # fmt: skip
    assert json.loads(vague)["refused"] == "vague"
    assert set(json.loads(vague)) == {"text", "day", "time", "refused", "say"}


def test_a_moment_without_offset_is_the_wall_clock_of_the_zone():
    """23:30 in Berlin: tomorrow is the 19th there, the 20th in Shanghai."""
    late = ("--json", "--now", "2026-11-18T23:30:00", "--zone", "Europe/Berlin", "--", "tomorrow")
    assert json.loads(tries(*late).stdout)["day"] == "2026-11-19"
    moment = ("--json", "--now", "2026-11-18T22:30:00+00:00", "--zone", "Asia/Shanghai", "--", "tomorrow")
    assert json.loads(tries(*moment).stdout)["day"] == "2026-11-20"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (("--now", "yesterday"), "yesterday"),
        (("--zone", "Mars/Base"), "Mars/Base"),
        (("--lang", "klingon"), "zh-Hans, zh-Hant, en"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(wrong, named):
    result = tries(*wrong, "--", "tomorrow")
    assert result.exit_code == 2
    assert named in result.stderr


def tries(*words: str):
    return CliRunner().invoke(cli, ["due", *words], env={"LC_ALL": "en_GB.UTF-8"})
