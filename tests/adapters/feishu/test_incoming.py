"""Payloads as they come over the wire (sheet 2, 4.6), and what the core hears of each."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.feishu import incoming
from adapters.feishu.carried import Errand, read
from adapters.feishu.entities import Spoken, spoken
from adapters.feishu.forms import values
from bot.messenger import Attachment, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.people import Account, Place, Room

PAYLOADS = Path(__file__).parent / "payloads"
AT = datetime(2026, 5, 28, 20, 26, 40, tzinfo=UTC)
ANN, LI = Account("feishu", "ou_aa11"), Account("feishu", "ou_bb22")


def payload(name: str) -> dict:
    found: dict = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def heard(name: str, **more):
    event = payload(name)["event"]
    said = event["message"]
    words = spoken(said["message_type"], said["content"], said.get("mentions") or (), "ou_bot")
    return incoming.message(event, words, more.get("group", ""), more.get("quoted"), more.get("files", ()))


def test_a_message_in_a_group():
    event = heard("message_group", group="产品")
    assert event.id == "message:om_m1"
    assert event.at == AT
    assert event.where == Place("feishu", Room("feishu", "oc_c1"), "omt_t1")
    assert event.where.room is not None
    assert event.where.room.name == "产品"
    assert event.by == ANN
    assert event.what == Said("done #42 @Li Lei", (LI,), called=True)


def test_a_message_to_the_bot():
    event = heard("message_p2p")
    assert event.where == Place("feishu", None)
    assert event.what == Said("/action list")


def test_a_file_with_its_link():
    files = (Attachment("流程.docx", "https://applink.feishu.cn/client/chat/open?openChatId=oc_c2"),)
    assert heard("message_file", files=files).what == Said("", (), files)


def test_a_press():
    found = payload("card_press")
    event = incoming.pressed(found, read(found["event"]["action"]["value"]), "产品")
    assert event.id == "press:cb01"
    assert event.at == AT, "callbacks count in microseconds"
    assert event.where == Place("feishu", Room("feishu", "oc_c1"))
    assert (event.by, event.what) == (ANN, Pressed("/action accept A-42", 7))


def test_a_form():
    found = payload("card_form")
    errand = read(found["event"]["action"]["value"])
    given, problems = values(found["event"]["action"]["form_value"], errand)
    event = incoming.submitted(found, errand, given, "")
    assert problems == {}
    assert event.what == Submitted("/action add", {"text": "Draft contract", "owner": "ou_bb22", "due": "2026-06-05"})
    assert event.where.direct


def test_a_double_click_is_one_event_and_a_mended_form_another():
    found, errand = payload("card_form"), Errand("/action add", fields=("text",))
    other = {**found, "header": {**found["header"], "event_id": "cb77"}}
    first = incoming.submitted(found, errand, {"text": "a"}, "")
    assert incoming.submitted(other, errand, {"text": "a"}, "").id == first.id
    assert incoming.submitted(other, errand, {"text": "b"}, "").id != first.id


@pytest.mark.parametrize("key", sorted(incoming.MENU))
def test_the_menu(key):
    found = payload("menu")
    found["event"]["event_key"] = key
    event = incoming.menu(found)
    assert event is not None
    assert (event.what, event.by, event.where.direct) == (Said(incoming.MENU[key]), ANN, True)


def test_an_entry_of_the_menu_that_is_not_ours():
    assert incoming.menu(payload("menu")) is None


def test_comings():
    group = incoming.joined(payload("bot_added"), direct=False)
    assert (group.what, group.by, group.where.room) == (Joined(), ANN, Room("feishu", "oc_c1"))
    direct = incoming.joined(payload("p2p_entered"), direct=True)
    assert (direct.id, direct.where) == ("joined:oc_c2", Place("feishu", None))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"sender_type": "app", "id": "cli_us"}, Quoted("words", None, "u", Posted("feishu", "oc_1", "om_1"))),
        ({"sender_type": "app", "id": "cli_other"}, Quoted("words", None, "u")),
        ({"sender_type": "user", "id": "ou_bb22"}, Quoted("words", LI, "u")),
        ({}, Quoted("words", None, "u")),
    ],
)
def test_a_message_that_was_replied_to(who, expected):
    found = {"message_id": "om_1", "sender": who}
    assert incoming.quoted(found, "cli_us", Spoken("words"), "u", None, "oc_1") == expected


def test_what_we_remember_of_our_own_message_is_better_than_what_feishu_gives_back():
    found = {"message_id": "om_1", "sender": {"sender_type": "app", "id": "cli_us"}}
    assert incoming.quoted(found, "cli_us", None, "u", "A-42 后天到期", "oc_1").text == "A-42 后天到期"


@pytest.mark.parametrize(
    ("name", "tenant", "expected"),
    [("message_group", "tk0000000000demo", False), ("message_group", "tk_other", True),
     ("card_press", "tk_other", True), ("card_press", "tk0000000000demo", False)],
)  # fmt: skip
def test_somebody_of_another_company(name, tenant, expected):
    found = payload(name)
    (found["event"].get("sender") or found["event"]["operator"])["tenant_key"] = tenant
    assert incoming.foreign(found) is expected


def test_another_bot_is_nobody():
    event = payload("message_group")["event"]
    event["sender"]["sender_type"] = "bot"
    assert incoming.sender(event) == ""


@pytest.mark.parametrize("stamp", ["1780000000000", 1780000000000, "1780000000000000"], ids=repr)
def test_moments(stamp):
    assert incoming.moment(stamp) == AT
