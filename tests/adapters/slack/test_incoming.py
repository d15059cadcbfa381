"""Slack's payloads, as the platform sheet has them, and what the core hears of each. IDs and texts are invented."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import incoming, modals
from adapters.slack.carried import read_metadata
from adapters.slack.entities import spoken
from bot.messenger import Attachment, Incoming, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.people import Account, Place, Room

PAYLOADS = Path(__file__).parent / "payloads"
BOT = "U0BOT00001"
NAMES = {"U0987654321": "Bo", "U0123456789": "Ana"}
ANA, BO = Account("slack", "U0123456789"), Account("slack", "U0987654321")
GENERAL = Room("slack", "C0123456789")
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def payload(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def said(text: str):
    return spoken(text, BOT, NAMES, {})


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(1_700_000_000 + seconds, UTC)


def test_a_slash_command():
    body = payload("slash_command")
    what = Said("/action add @Bo ship it & <check>", (BO,))
    expected = Incoming("command:111.222.abc", NOW, Place("slack", GENERAL), ANA, what)
    heard = incoming.command(body, said(body["text"]), "general", NOW)
    assert heard == expected
    assert heard.where.room is not None
    assert heard.where.room.name == "general"


def test_a_slash_command_without_text_in_the_direct_conversation():
    body = payload("slash_command_direct_empty")
    heard = incoming.command(body, said(body.get("text") or ""), "", NOW)
    assert (heard.what, heard.where) == (Said("/digest"), Place("slack"))


def test_a_message_and_the_mention_beside_it_are_one_event():
    pair = []
    for name in ("app_mention", "message_beside_the_mention"):
        event = payload(name)["event"]
        assert incoming.heard(event)
        pair.append(incoming.message(event, said(event["text"]), "general", None))
    assert pair[0] == pair[1]
    where = Place("slack", GENERAL, "1700000000.000100")
    expected = Incoming(
        "message:C0123456789:1700000000.000300", at(0.0003), where, ANA, Said("add ship it", called=True)
    )
    assert pair[0] == expected


def test_a_direct_message():
    event = payload("message_im")["event"]
    heard = incoming.message(event, said(event["text"]), "", None)
    assert heard == Incoming("message:D0123456789:1700000000.000400", at(0.0004), Place("slack"), ANA, Said("help"))
    assert incoming.threaded(event) == ""


def test_a_file_sent_to_the_bot():
    event = payload("message_im_file")["event"]
    assert incoming.heard(event)
    heard = incoming.message(event, said(event["text"]), "", None)
    link = "https://acme.slack.com/files/U0123456789/F0123456789/a.docx"
    assert heard.what == Said("完成 A-1", attachments=(Attachment("a.docx", link),))


@pytest.mark.parametrize("name", ["message_changed", "message_of_a_bot"])
def test_what_nobody_said(name):
    assert not incoming.heard(payload(name)["event"])


def test_a_press_in_a_thread():
    heard = incoming.pressed(payload("block_actions"), "general")
    where = Place("slack", GENERAL, "1700000000.000050")
    expected = Incoming("press:111.222.abc", at(1.234567), where, ANA, Pressed("/action submit A-42", 7))
    assert heard == expected


def test_a_press_on_what_only_one_could_see_needs_no_message():
    heard = incoming.pressed(payload("block_actions_ephemeral"), "")
    assert (heard.what, heard.where) == (Pressed("/action submit A-42", 7), Place("slack"))


def test_a_press_on_the_home_tab():
    body = payload("block_actions_home")
    assert incoming.in_home(body)
    heard = incoming.pressed(body, "")
    assert (heard.what, heard.where) == (Pressed("/action home page 2"), incoming.HOME_PLACE)


@pytest.mark.parametrize("value", [None, "", "42", "{}"])
def test_a_button_that_is_none_of_ours(value):
    body = payload("block_actions")
    body["actions"][0]["value"] = value
    with pytest.raises(ValueError):
        incoming.pressed(body, "")


def test_a_form_that_was_sent():
    body = payload("view_submission")
    values, problems = modals.values(body["view"])
    heard = incoming.submitted(body, read_metadata(body["view"]["private_metadata"]), values, "general", NOW)
    assert problems == {}
    assert heard.where == Place("slack", GENERAL, "1700000000.000100")
    assert heard.what == Submitted(
        "/action add",
        {
            "text": "Ship it", "owner": "U0987654321", "supporters": "U0987654321, U0123456789", "due": "2026-03-01",
            "priority": "",
        },
        3,
    )  # fmt: skip


def test_the_same_form_sent_twice_is_one_event_and_a_mended_one_another():
    body = payload("view_submission")
    errand = read_metadata(body["view"]["private_metadata"])
    values, _ = modals.values(body["view"])

    def id_of(**more: str) -> str:
        return incoming.submitted(body, errand, {**values, **more}, "", NOW).id

    assert id_of() == id_of()
    assert id_of() != id_of(text="Ship it now")


def test_an_item_of_a_message():
    body = payload("message_action")
    heard = incoming.shortcut(body, said(body["message"]["text"]), "general", "https://acme.slack.com/x")
    quoted = Quoted("let's fix the login, @Ana", BO, "https://acme.slack.com/x")
    expected = Incoming(
        "shortcut:111.444.ghi", at(2.345678), Place("slack", GENERAL, "1700000000.000100"), ANA,
        Said("/action add", quoted=quoted),
    )  # fmt: skip
    assert heard == expected


def test_a_message_of_a_bot_has_no_author():
    body = payload("message_action_of_a_bot")
    what = incoming.shortcut(body, said("alert"), "", "").what
    assert isinstance(what, Said)
    assert what.quoted == Quoted("alert")


def test_the_shortcut_from_anywhere():
    heard = incoming.blank(payload("shortcut"))
    assert (heard.id, heard.what, heard.where) == ("shortcut:111.555.jkl", Said("/action add"), Place("slack"))


def test_the_bot_comes_to_a_room_and_a_person_to_the_bot():
    event = payload("member_joined_channel")["event"]
    heard = incoming.joined(event, event["inviter"], "general")
    assert (heard.what, heard.where, heard.by) == (Joined(), Place("slack", GENERAL), ANA)
    opened = payload("app_home_opened")["event"]
    ids = {incoming.joined({**opened, "event_ts": f"170000000{n}.0"}, opened["user"], "").id for n in range(3)}
    assert ids == {"joined:D0123456789"}, "once for ever"


def test_a_reply_to_ours_and_to_somebodys():
    ours = incoming.quoted({"ts": "1.2", "user": BOT}, "C0123456789", "https://x", True, "A-42")
    assert ours == Quoted("A-42", None, "https://x", Posted("slack", "C0123456789", "1.2"))
    theirs = incoming.quoted({"ts": "1.2", "user": "U0987654321"}, "C0123456789", "https://x", False, "hm")
    assert theirs == Quoted("hm", BO, "https://x")


@pytest.mark.parametrize(
    ("name", "teams"),
    [
        ("slash_command", {"T0123456789"}), ("message_im", {"T0123456789"}), ("block_actions", {"T0123456789"}),
        ("view_submission", {"T0123456789"}), ("slack_connect", {"T0123456789", "T0987654321"}),
    ],
)  # fmt: skip
def test_whose_workspace_it_is_of(name, teams):
    assert incoming.teams(payload(name)) == teams
