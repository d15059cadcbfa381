"""Cards over the wire: texts only, one card for an outTrackId, replaced whole unless by key, clicks within two seconds."""

import json

import pytest

from tests.simulators.dingtalk.conftest import acks
from tests.simulators.dingtalk.values import OWN_TEMPLATE, PUBLIC_TEMPLATE

pytestmark = pytest.mark.slow

CREATE, UPDATE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"


def card(organisation, track="act-A12", place=None, template=PUBLIC_TEMPLATE, **values):
    values = values or {
        "title": "确认?", "markdown": "**A12**",
        "sys_full_json_obj": json.dumps({"msgButtons": [{"text": "确认", "color": "blue", "id": "c:A12", "request": True}]}),
    }  # fmt: skip
    kind = "IM_GROUP" if place in organisation.groups else "IM_ROBOT"
    deliver = "imGroupOpenDeliverModel" if kind == "IM_GROUP" else "imRobotOpenDeliverModel"
    return {
        "cardTemplateId": template, "outTrackId": track, "callbackType": "STREAM", "cardData": {"cardParamMap": values},
        "openSpaceId": f"dtv1.card//{kind}.{place}",
        deliver: {"robotCode": "dingabc", **({"spaceType": "IM_ROBOT"} if kind == "IM_ROBOT" else {})},
    }  # fmt: skip


async def test_it_is_seen_in_a_group_and_by_recipients_alone(bare, organisation, ann, bo, weekly):
    body = card(organisation, place=weekly.id)
    body["imGroupOpenDeliverModel"]["recipients"] = [ann.id]
    status, answer = await bare.call("POST", CREATE, body)
    assert (status, answer["result"]["deliverResults"][0]["success"]) == (200, True)
    assert ann.sees(weekly) == "确认?\nA12\n[确认]"
    assert bo.sees(weekly) == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cardTemplateId": "none"}, "param.templateNotExist"),
        ({"outTrackId": ""}, "param.outTrackIdEmpty"),
        ({"openSpaceId": "cid"}, "param.openSpaceIdInvalid"),
        ({"cardData": {}}, "param.cardPublicDataEmpty"),
        ({"cardData": {"cardParamMap": {"title": 1}}}, "param.invalid"),
        ({"cardData": {"cardParamMap": {"title": "长" * 400}}}, "param.invalid"),
        ({"imRobotOpenDeliverModel": None}, "param.openDeliverModelEmpty"),
    ],
)
async def test_what_is_wrong_is_refused_by_its_name(bare, organisation, ann, change, code):
    status, answer = await bare.call("POST", CREATE, {**card(organisation, place=ann.id), **change})
    assert (status, answer["code"]) == (400, code)
    assert organisation.cards == {}


async def test_an_unpublished_template_a_used_id_and_a_failed_delivery(bare, organisation, ann):
    organisation.app.templates[OWN_TEMPLATE.id].published = False
    try:
        _, answer = await bare.call(
            "POST", CREATE, card(organisation, place=ann.id, template=OWN_TEMPLATE.id, title="x")
        )
    finally:
        organisation.app.templates[OWN_TEMPLATE.id].published = True
    assert answer["code"] == "param.templateUnpublished"
    await bare.call("POST", CREATE, card(organisation, place=ann.id))
    assert (await bare.call("POST", CREATE, card(organisation, place=ann.id)))[1]["code"] == "param.cardAlreadyExist"
    organisation.unverified.card_exists_is_error = False
    assert (await bare.call("POST", CREATE, card(organisation, place=ann.id)))[0] == 200
    assert len(ann.messages()) == 1
    _, answer = await bare.call("POST", CREATE, card(organisation, "to-nobody", "nobody"))
    assert answer["success"] is True
    assert answer["result"]["deliverResults"][0]["success"] is False


async def test_an_update_replaces_everything_unless_by_key(bare, organisation, ann):
    await bare.call("POST", CREATE, card(organisation, place=ann.id))
    by_key = {"updateCardDataByKey": True}
    body = {"outTrackId": "act-A12", "cardData": {"cardParamMap": {"title": "新"}}, "cardUpdateOptions": by_key}
    await bare.call("PUT", UPDATE, body)
    assert ann.sees() == "新\nA12\n[确认]"
    await bare.call("PUT", UPDATE, {"outTrackId": "act-A12", "cardData": {"cardParamMap": {"title": "只有标题"}}})
    assert ann.sees() == "只有标题"
    assert (await bare.call("PUT", UPDATE, {**body, "outTrackId": "none"}))[1]["code"] == "param.cardNotExist"


async def test_a_clicks_answer_reaches_the_clicker_and_a_late_one_is_a_failure(hearing, organisation, ann, bo, weekly):
    await hearing.call("POST", CREATE, card(organisation, place=weekly.id))
    response = {
        "cardData": {"cardParamMap": {"title": "已确认"}},
        "privateData": {"cardParamMap": {"markdown": "错的键"}},
    }
    hearing.ack = lambda frame: {**acks(frame), "data": json.dumps({"response": response})}
    await bo.presses("确认", group=weekly)
    data = json.loads(hearing.pushed()[-1]["data"])
    assert json.loads(data["content"])["cardPrivateData"]["actionIds"] == ["c:A12"]
    assert (data["userId"], data["spaceId"]) == (bo.id, weekly.id)
    assert bo.sees(weekly) == "已确认\nA12\n[确认]"
    assert ann.sees(weekly).startswith("确认?")
    organisation.card_patience = 0.05
    hearing.ack = lambda frame: None
    await ann.presses("确认", group=weekly)
    assert (ann.failures, bo.failures) == (1, 0)


async def test_our_own_templates_buttons_send_the_slot_and_its_key(hearing, organisation, ann):
    body = card(
        organisation, place=ann.id, template=OWN_TEMPLATE.id, title="t", text1="一", b1="接受", k1="abc", b2="", k2=""
    )
    await hearing.call("POST", CREATE, body)
    assert ann.sees() == "t\n一\n[接受]"
    await ann.presses("接受")
    private = json.loads(json.loads(hearing.pushed()[-1]["data"])["content"])["cardPrivateData"]
    assert private == {"actionIds": ["b1"], "params": {"key": "abc"}}
