"""What the robot is told of what people say (sheet 3): mentions cut out, a set; outsiders and the unpublished nameless."""

import json

import pytest

from tests.simulators.dingtalk.values import ROBOT

pytestmark = pytest.mark.slow


def heard(hearing):
    return json.loads(hearing.pushed()[-1]["data"])


async def told(hearing, organisation):
    await organisation.gateway.settled()
    return heard(hearing)


async def test_linked_mentions_are_cut_out_and_at_users_is_a_set(hearing, organisation, ann, bo, weekly):
    await ann.says("@闭环 /action add 输出流程 @薄一 周五", weekly)
    data = await told(hearing, organisation)
    assert data["text"]["content"].split() == ["/action", "add", "输出流程", "周五"]
    assert data["text"]["content"].startswith(" "), "blanks stay"
    assert {one["dingtalkId"] for one in data["atUsers"]} == {ROBOT, bo.member.dingtalk_id}
    assert next(one for one in data["atUsers"] if one["dingtalkId"] == ROBOT).keys() == {"dingtalkId"}
    assert (data["conversationType"], data["conversationId"]) == ("2", weekly.id)


async def test_the_order_of_at_users_says_nothing(hearing, organisation, ann, weekly):
    people = [organisation.hires(f"p{n}", f"同事{n}") for n in range(5)]
    weekly.members += [one.id for one in people]
    orders = set()
    for _ in range(6):
        await ann.says("@闭环 " + " ".join(f"@{one.name}" for one in people), weekly)
        orders.add(tuple(one["dingtalkId"] for one in (await told(hearing, organisation))["atUsers"]))
    assert len(orders) > 1


async def test_a_name_typed_by_hand_stays_and_is_nobody(hearing, organisation, ann, weekly):
    await ann.says("@闭环 /action add 输出流程 @张三 周五", weekly)
    data = await told(hearing, organisation)
    assert "@张三" in data["text"]["content"]
    assert len(data["atUsers"]) == 1


async def test_a_group_is_only_heard_when_the_robot_is_mentioned(hearing, organisation, ann, weekly):
    await ann.says("大家早", weekly)
    await organisation.gateway.settled()
    assert hearing.pushed() == []


async def test_one_to_one_has_no_group_fields(hearing, organisation, ann):
    await ann.says("帮助")
    data = await told(hearing, organisation)
    assert (data["conversationType"], data["senderStaffId"]) == ("1", "0456ann")
    assert not {"atUsers", "isInAtList", "conversationTitle"} & data.keys()


async def test_unpublished_and_outsiders_have_no_staff_id(hearing, organisation, ann, weekly):
    organisation.app.published = False
    await ann.says("帮助")
    data = await told(hearing, organisation)
    assert not {"senderStaffId", "isAdmin"} & data.keys()
    organisation.app.published = True
    eve = organisation.hires("0999eve", "外人", outside=True)
    await eve.says("@闭环 帮助", weekly)
    data = await told(hearing, organisation)
    assert "senderStaffId" not in data
    assert data["senderCorpId"] != data["chatbotCorpId"]


async def test_a_quoted_message_of_the_robots_comes_with_its_key_and_a_card_without_words(hearing, organisation, ann):
    body = {
        "robotCode": "dingabc",
        "userIds": [ann.id],
        "msgKey": "sampleMarkdown",
        "msgParam": json.dumps({"title": "t", "text": "A-1"}),
    }
    _, sent = await hearing.call("POST", "/v1.0/robot/oToMessages/batchSend", body)
    await ann.says("完成", quotes=ann.messages()[0])
    data = await told(hearing, organisation)
    assert data["originalProcessQueryKey"] == sent["processQueryKey"]
    assert data["text"]["isReplyMsg"] is True
    assert data["text"]["repliedMsg"]["content"] == {"text": "A-1"}


async def test_beyond_the_months_pushes_messages_come_without_words(hearing, organisation, ann):
    organisation.quota.limit_pushes = 1
    await ann.says("一")
    await ann.says("二")
    data = await told(hearing, organisation)
    assert "text" not in data
    assert data["errorCode"] == "20001"
