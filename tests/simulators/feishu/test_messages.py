"""Messages over the wire: strict bodies, one success for one uuid, rules of state (sheet 3.1, 9.1)."""

import json
from datetime import timedelta

import pytest

from tests.simulators.feishu.conftest import card, div

CREATE = ("POST", "im/v1/messages")


def body(office, **more):
    return {"receive_id": office.ann.id, "msg_type": "text", "content": json.dumps({"text": "hi"})} | more


async def test_a_text_reaches_a_person_and_a_group(office):
    sent = await office.sends()
    assert sent["message_id"].startswith("om_")
    assert sent["chat_id"] == office.ann.bot_chat.id
    await office.sends(to=office.product)
    assert "hi" in office.ann.sees()
    assert "hi" in office.bo.sees(office.product)
    assert "hi" not in office.bo.sees()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"content": {"text": "hi"}}, 99992402),
        ({"content": "no json"}, 230001),
        ({"content": "[]"}, 99992402),
        ({"content": "{}"}, 230001),
        ({"msg_type": "unheard_of"}, 99992402),
        ({"uuid": "x" * 51}, 99992402),
        ({"uuid": 5}, 99992402),
        ({"receive_id": "ou_nobody"}, 99992361),
        ({"receive_id": "nobody"}, 99992351),
        ({"content": json.dumps({"text": "字" * 51_201})}, 230025),
        ({"msg_type": "file", "content": json.dumps({"file_key": "file_v3_other"})}, 230055),
        ({"msg_type": "image", "content": json.dumps({"image_key": "img_v3_other"})}, 230055),
    ],
    ids=range(12),
)
async def test_bodies_are_strict(office, more, code):
    assert await office.refused(*CREATE, body(office, **more), receive_id_type="open_id") == code
    assert office.tenant.said() == []


async def test_the_kind_of_receiver_is_needed(office):
    assert await office.refused(*CREATE, body(office)) == 99992402
    assert await office.refused(*CREATE, body(office), receive_id_type="name") == 99992402


@pytest.mark.parametrize("answered", [True, False])
async def test_one_uuid_is_one_message_for_an_hour(office, answered):
    office.tenant.unverified.duplicate_is_answered = answered
    first = await office.sends(uuid="k")
    again = await office.sends(uuid="k")
    assert again == (first if answered else {})
    assert len(office.tenant.said()) == 1
    await office.tenant.advance(minutes=61)
    assert (await office.sends(uuid="k"))["message_id"] != first["message_id"]


async def test_people_who_cannot_be_reached(office):
    for name, code in (("available", 230013), ("resigned", 230013), ("blocks_bot", 230053)):
        who = office.tenant.hires(name)
        setattr(who.user, name, name != "available")
        assert await office.refused(*CREATE, body(office, receive_id=who.id), receive_id_type="open_id") == code


async def test_groups_that_cannot_be_reached(office):
    away = office.tenant.group("away", office.ann, bot=False)
    gone = office.tenant.group("gone", office.ann)
    gone.chat.dissolved = True
    for id, code in ((away.id, 230002), (gone.id, 232009), ("oc_none", 230034)):
        assert await office.refused(*CREATE, body(office, receive_id=id), receive_id_type="chat_id") == code


async def test_a_card_is_patched_and_keeps_its_versions(office):
    sent = await office.sends(card(div("一")))
    path = f"im/v1/messages/{sent['message_id']}"
    assert await office.does("PATCH", path, {"content": json.dumps(card(div("二")))}) == {}
    assert "二" in office.ann.sees()
    assert "一" not in office.ann.sees()
    assert len(office.tenant.message(sent["message_id"]).versions) == 2


async def test_what_a_card_does_not_let_be_done(office):
    sent = await office.sends(card(div("一")))
    path = f"im/v1/messages/{sent['message_id']}"
    content = json.dumps(card(div("二")))
    assert await office.refused("PUT", path, {"msg_type": "interactive", "content": content}) == 230001
    text = await office.sends()
    assert await office.refused("PATCH", f"im/v1/messages/{text['message_id']}", {"content": content}) == 230001
    assert await office.refused("PATCH", "im/v1/messages/om_none", {"content": content}) == 230110
    assert await office.refused("PATCH", "im/v1/messages/999", {"content": content}) == 99992354
    await office.tenant.advance(days=14, seconds=1)
    office.token = ""
    assert await office.refused("PATCH", path, {"content": content}) == 230031


async def test_a_recalled_message(office):
    sent = await office.sends(card(div("一")))
    path = f"im/v1/messages/{sent['message_id']}"
    await office.does("DELETE", path)
    assert office.ann.sees() == ""
    assert await office.refused("PATCH", path, {"content": json.dumps(card(div("二")))}) == 230011
    assert await office.refused("POST", f"{path}/reply", body(office)) == 230011


async def test_somebody_elses_message_is_theirs(office):
    said = await office.ann.says("大家早", office.product)
    path = f"im/v1/messages/{said.id}"
    assert await office.refused("DELETE", path) == 230012
    found = (await office.does("GET", path))["items"][0]
    assert json.loads(found["body"]["content"]) == {"text": "大家早"}
    assert found["sender"]["id"] == office.ann.id
    replied = await office.does("POST", f"{path}/reply", body(office))
    assert (replied["parent_id"], replied["chat_id"]) == (said.id, office.product.id)


async def test_a_card_comes_back_lossy(office):
    sent = await office.sends(card(div("一")))
    found = (await office.does("GET", f"im/v1/messages/{sent['message_id']}"))["items"][0]
    assert "一" not in found["body"]["content"]
    assert found["sender"] == {
        "id": office.tenant.app.id,
        "id_type": "app_id",
        "sender_type": "app",
        "tenant_key": office.tenant.key,
    }


async def test_texts_can_be_edited_twenty_times(office):
    sent = await office.sends()
    path = f"im/v1/messages/{sent['message_id']}"
    given = {"msg_type": "text", "content": json.dumps({"text": "mended"})}
    for _ in range(20):
        await office.does("PUT", path, given)
    assert await office.refused("PUT", path, given) == 230072
    assert "mended" in office.ann.sees()


async def test_a_card_for_one_person_is_in_a_group_and_an_object(office):
    given = {
        "chat_id": office.product.id,
        "open_id": office.ann.id,
        "msg_type": "interactive",
        "card": card(div("悄悄")),
    }
    sent = await office.does("POST", "ephemeral/v1/send", given)
    assert "悄悄" in office.ann.sees(office.product)
    assert "悄悄" not in office.bo.sees(office.product)
    assert (
        await office.refused("PATCH", f"im/v1/messages/{sent['message_id']}", {"content": json.dumps(card())}) == 230001
    )
    for wrong in ({"chat_id": office.ann.bot_chat.id}, {"open_id": "ou_nobody"}, {"card": json.dumps(card())}):
        assert await office.refused("POST", "ephemeral/v1/send", given | wrong) in (230001, 230099)
    await office.does("POST", "ephemeral/v1/delete", {"message_id": sent["message_id"]})
    assert "悄悄" not in office.ann.sees(office.product)
    office.tenant.complaints.clear()


async def test_urgent_only_for_who_is_there(office):
    sent = await office.sends(to=office.product)
    stranger = office.tenant.hires("外人")
    path = f"im/v1/messages/{sent['message_id']}/urgent_app"
    answer = await office.does("PATCH", path, {"user_id_list": [office.ann.id, stranger.id]}, user_id_type="open_id")
    assert answer == {"invalid_user_id_list": [stranger.id]}
    assert office.ann.user.rung == [sent["message_id"]]
    assert await office.refused("PATCH", path, {"user_id_list": [stranger.id]}, user_id_type="open_id") == 230001


@pytest.mark.parametrize(
    ("body", "query", "code"),
    [
        ({"user_id_list": []}, {"user_id_type": "open_id"}, 99992402),
        ({"user_id_list": "ou_1"}, {"user_id_type": "open_id"}, 99992402),
        ({"user_id_list": ["ou_1"] * 201}, {"user_id_type": "open_id"}, 99992402),
        ({"user_id_list": ["ou_1"], "text": "x"}, {"user_id_type": "open_id"}, 99992402),
        ({"user_id_list": ["ou_1"]}, {}, 99992402),
    ],
    ids=range(5),
)
async def test_urgent_is_strict(office, body, query, code):
    path = f"im/v1/messages/{(await office.sends())['message_id']}/urgent_app"
    assert await office.refused("PATCH", path, body, **query) == code


async def test_urgent_has_its_limits(office):
    path = f"im/v1/messages/{(await office.sends())['message_id']}/urgent_app"
    body = {"user_id_list": [office.ann.id]}
    office.ann.user.rung = ["om_1"] * 200
    assert await office.refused("PATCH", path, body, user_id_type="open_id") == 230023
    said = await office.ann.says("好", office.product)
    path = f"im/v1/messages/{said.id}/urgent_app"
    assert await office.refused("PATCH", path, body, user_id_type="open_id") == 230012
    office.tenant.app.scopes -= {"im:message.urgent"}
    assert await office.refused("PATCH", path, body, user_id_type="open_id") == 99991672


def bubble(words="好", **said):
    return {"content": words, "i18n_contents": [{"language": code, "content": text} for code, text in said.items()]}


async def follows(office, *bubbles, to=None):
    path = f"im/v1/messages/{(await office.sends(to=to))['message_id']}/push_follow_up"
    return path, {"follow_ups": list(bubbles)}


async def test_bubbles_are_tapped_in_each_readers_language_and_go(office):
    path, body = await follows(office, bubble(en_us="Good"), bubble("不"))
    await office.does("POST", path, body)
    assert office.ann.bubbles() == ["好", "不"]
    assert await office.refused("POST", path, body) == 230008
    office.ann.user.language = "en_us"
    assert office.ann.bubbles() == ["Good", "不"]
    said = await office.ann.taps("Good")
    assert json.loads(said.content) == {"text": "Good"}
    assert office.ann.bubbles() == []
    assert await office.refused("POST", path, body) == 230006


@pytest.mark.parametrize(
    "bubbles",
    [
        [], [bubble()] * 4, ["好"], [{"content": ""}], [{"content": "x" * 201}], [{"content": "好", "text": "x"}],
        [bubble(english="Good")], [{"content": "好", "i18n_contents": [{"content": "x"}]}],
    ],
    ids=range(8),
)  # fmt: skip
async def test_bubbles_are_strict(office, bubbles):
    path, body = await follows(office, *bubbles)
    assert await office.refused("POST", path, body) == 230007


async def test_bubbles_only_of_a_young_direct_message(office):
    path, body = await follows(office, bubble(), to=office.product)
    assert await office.refused("POST", path, body) == 230003
    path, body = await follows(office, bubble())
    await office.tenant.advance(seconds=601)
    assert await office.refused("POST", path, body) == 230002


async def test_old_cards_are_counted_by_the_tenants_clock(office):
    sent = await office.sends(card(div()))
    assert office.tenant.clock.now() - office.tenant.message(sent["message_id"]).at < timedelta(seconds=5)
