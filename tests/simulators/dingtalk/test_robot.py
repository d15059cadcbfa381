"""Robot sends over the wire: strict bodies, the two lists, recall within a day, the webhook's ninety minutes."""

import json

import pytest

from tests.simulators.dingtalk import faults

pytestmark = pytest.mark.slow

DIRECT, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
MARKDOWN = json.dumps({"title": "提醒", "text": "**A12** 明天到期"})


def direct(*users, **more):
    return {"robotCode": "dingabc", "userIds": list(users), "msgKey": "sampleMarkdown", "msgParam": MARKDOWN, **more}


async def test_a_message_arrives_and_is_read_as_markdown(bare, ann, weekly):
    status, answer = await bare.call("POST", DIRECT, direct(ann.id))
    assert (status, answer["invalidStaffIdList"]) == (200, [])
    assert ann.sees() == "A12 明天到期"
    body = {
        "robotCode": "dingabc",
        "openConversationId": weekly.id,
        "msgKey": "sampleText",
        "msgParam": '{"content": "早会"}',
    }
    assert (await bare.call("POST", GROUP, body))[0] == 200
    assert ann.sees(weekly) == "早会"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"robotCode": ""}, "invalidParameter.robotCode.empty"),
        ({"robotCode": "other"}, "resource.not.found"),
        ({"userIds": []}, "invalidParameter.userIds.empty"),
        ({"userIds": ["x"] * 21}, "invalidParameter.userIds.overMax"),
        ({"msgKey": "sampleNone"}, "invalidParameter.msgKey.invalid"),
        ({"msgParam": {"title": "t", "text": "x"}}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "{no json"}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"title": "t"}'}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": json.dumps({"title": "t", "text": "长" * 5_000})}, "invalidParameter.msgParam.tooLong"),
        ({"userIds": ["nobody"]}, "staffId.notExisted"),
    ],
)
async def test_what_is_wrong_is_refused_by_its_name(bare, ann, change, code):
    status, answer = await bare.call("POST", DIRECT, direct(ann.id, **change))
    assert (status, answer["code"]) == (400, code)
    assert ann.messages() == []


async def test_200_may_still_mean_not_delivered(bare, organisation, ann, bo):
    ann.member.refuses_robot = True
    status, answer = await bare.call("POST", DIRECT, direct(ann.id, bo.id, "nobody"))
    assert status == 200
    assert (answer["invalidStaffIdList"], answer["flowControlledStaffIdList"]) == (["nobody"], [ann.id])
    assert (ann.messages(), len(bo.messages())) == ([], 1)


async def test_recall_takes_back_within_a_day(bare, organisation, ann):
    _, sent = await bare.call("POST", DIRECT, direct(ann.id))
    recall = {"robotCode": "dingabc", "processQueryKeys": [sent["processQueryKey"]]}
    _, answer = await bare.call("POST", "/v1.0/robot/otoMessages/batchRecall", recall)
    assert answer == {"successResult": [sent["processQueryKey"]], "failedResult": {}}
    assert ann.messages() == []
    _, late = await bare.call("POST", DIRECT, direct(ann.id))
    await organisation.advance(hours=25)
    _, answer = await bare.call(
        "POST",
        "/v1.0/robot/otoMessages/batchRecall",
        {"robotCode": "dingabc", "processQueryKeys": [late["processQueryKey"]]},
    )
    assert answer["successResult"] == []
    assert len(ann.messages()) == 1


async def test_the_webhook_lives_ninety_minutes_and_errs_in_a_200(bare, organisation, ann, weekly):
    session = organisation.session(weekly.id)
    say = {"msgtype": "markdown", "markdown": {"title": "t", "text": "@0456ann 好"}, "at": {"atUserIds": [ann.id]}}
    assert (await bare.call("POST", "/robot/sendBySession", say, session=session))[1]["errcode"] == 0
    assert organisation.called == [ann.id], "a mention needs both the list and the words"
    await organisation.advance(minutes=91)
    status, answer = await bare.call("POST", "/robot/sendBySession", say, session=session)
    assert (status, answer["errcode"]) == (200, 300001)


async def test_a_file_has_one_of_six_types_and_was_uploaded(bare, organisation, ann):
    wrong = direct(
        ann.id, msgKey="sampleFile", msgParam=json.dumps({"mediaId": "@x", "fileName": "a.csv", "fileType": "csv"})
    )
    assert (await bare.call("POST", DIRECT, wrong))[0] == 400


async def test_tokens_rights_pace_and_quota_are_judged(bare, organisation, ann):
    organisation.app.rights.remove("qyapi_robot_sendmsg")
    status, answer = await bare.call("POST", DIRECT, direct(ann.id))
    assert (status, answer["accessdenieddetail"]) == (403, {"requiredScopes": ["qyapi_robot_sendmsg"]})
    organisation.app.rights.add("qyapi_robot_sendmsg")
    token = organisation.token()
    organisation.revokes_token()
    url = f"{organisation.url}/api{DIRECT}"
    async with bare.http.post(url, json=direct(ann.id), headers={"x-acs-dingtalk-access-token": token}) as refused:
        assert (refused.status, (await refused.json())["code"]) == (400, "InvalidAuthentication")
    answers = [await bare.call("POST", DIRECT, direct(ann.id)) for _ in range(25)]
    assert {"Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"} == {
        one["code"] for status, one in answers if status == 403
    }
    organisation.quota.qps, organisation.quota.limit_calls = 0, 10
    answers = [await bare.call("POST", DIRECT, direct(ann.id)) for _ in range(11)]
    assert answers[-1][1]["code"] == "Forbidden.AccessDenied.ApiCountLimitForOrg"


async def test_faults_come_before_or_after_the_work(bare, organisation, ann):
    organisation.faults.next(DIRECT, faults.qps(), faults.records_then_fails(), faults.punished())
    assert (await bare.call("POST", DIRECT, direct(ann.id)))[0] == 403
    assert ann.messages() == []
    assert (await bare.call("POST", DIRECT, direct(ann.id)))[0] == 500
    assert len(ann.messages()) == 1, "done, and not said so"
