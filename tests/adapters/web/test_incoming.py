"""What of a typed text is a command, a call of the bot, a mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.history import Message
from adapters.web.incoming import Say, for_the_bot, is_command, mentioned, said
from bot.messenger import Said
from bot.people import Account, Place, Profile

NAMES = ["李四", "李四光", "Ann", "Anna Berg", "王五", "王五"]
PEOPLE = [Profile(Account("web", f"u{number}"), name) for number, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("text", "picked", "expected"),
    [
        ("@李四 周五前", [], ["u0"]),
        ("@李四光 周五前", [], ["u1"]),
        ("请＠李四看，再给@anna berg", [], ["u0", "u3"]),
        ("@Ann, @Anna Berg, @Ann", [], ["u2", "u3"]),
        ("@王五", [], []),
        ("@王五", ["u5"], ["u5"]),
        ("@王五 和 @李四", ["u4", "u5"], ["u0"]),
        ("李四@example.org", [], []),
        ("没有人", ["u0"], []),
        ("@", [], []),
    ],
)
def test_names_after_an_at_are_people(text: str, picked: list[str], expected: list[str]):
    assert mentioned(text, PEOPLE, picked) == expected


@given(st.text(), st.lists(st.sampled_from(["u0", "u4", "u5", "nobody"])))
def test_only_those_whose_name_stands_there_are_mentioned(text: str, picked: list[str]):
    found = mentioned(text, PEOPLE, picked)
    assert len(set(found)) == len(found)
    for user in found:
        assert NAMES[int(user[1:])].casefold() in text.casefold()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@闭环 列表", ("列表", True)),
        ("@Bihuan: list", ("list", True)),
        ("＠閉環，帮助", ("帮助", True)),
        ("请 @bihuan 帮忙", ("请 帮忙", True)),
        ("@bihuanbot list", ("@bihuanbot list", False)),
        ("闭环管理", ("闭环管理", False)),
        ("  /action  ", ("  /action  ", True)),
    ],
)
def test_the_bots_name_is_a_call(text: str, expected: tuple[str, bool]):
    event = said(Say("a" * 8, "r", text), message(text), Place("web"), PEOPLE, None, (), "http://x")
    assert isinstance(event.what, Said)
    assert (event.what.text, event.what.called) == expected


@pytest.mark.parametrize(
    ("text", "command"), [("/a", True), ("／行动", True), ("  /a", True), ("1/2", False), ("", False)]
)
def test_a_slash_begins_a_command(text: str, command: bool):
    assert is_command(text) is command
    assert for_the_bot("d:a:b", "a", text) is command
    assert for_the_bot("room", "a", text)
    assert for_the_bot("d:a:bihuan", "a", text)


def message(text: str) -> Message:
    return Message(1, 1, "r", "u0", "", "2026-11-23T01:00:00+00:00", text, {})
