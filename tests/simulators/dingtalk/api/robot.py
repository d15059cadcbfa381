"""Robot sends, recall and read status (sheet 4.3, 4.4), and the session webhook (4.2)."""

import json
from collections.abc import Callable
from datetime import timedelta

from tests.simulators.dingtalk.errors import OldRefused, Refused
from tests.simulators.dingtalk.values import Json, Member, Message
from tests.simulators.dingtalk.wire import Asked

PARAMS = {
    "sampleText": {"content"}, "sampleMarkdown": {"title", "text"}, "sampleImageMsg": {"photoURL"},
    "sampleLink": {"text", "title", "picUrl", "messageUrl"},
    "sampleActionCard": {"title", "text", "singleTitle", "singleURL"},
    "sampleFile": {"mediaId", "fileName", "fileType"},
    **{
        f"sampleActionCard{n}": {"title", "text", *(f"action{kind}{i}" for kind in ("Title", "URL") for i in range(1, n + 1))}
        for n in range(2, 6)
    },
}  # fmt: skip
FILE_TYPES = {"xlsx", "pdf", "zip", "rar", "doc", "docx"}
MOST_USERS, MOST_BYTES = 20, 15_000
RECALLABLE = timedelta(hours=24)
WEBHOOK_SECONDS = 5_400


def batch_send(asked: Asked) -> Json:
    """POST /v1.0/robot/oToMessages/batchSend: 200 does not mean delivered, the two lists do."""
    _robot(asked)
    users = asked.body.get("userIds")
    if not isinstance(users, list) or not users:
        raise Refused(400, "invalidParameter.userIds.empty")
    if len(users) > MOST_USERS:
        raise Refused(400, "invalidParameter.userIds.overMax")
    key, param = _param(asked)
    members = asked.organisation.members
    invalid = [one for one in users if one not in members or members[one].left or members[one].outside]
    if len(invalid) == len(users) or (invalid and asked.organisation.unverified.one_unknown_refuses_all):
        raise Refused(400, "staffId.notExisted")
    held = [one for one in users if one not in invalid and _holds_back(members[one])]
    pqk = asked.organisation.ids("pqk")
    for user in users:
        if user not in invalid + held:
            asked.organisation.says(_message(asked, user, key, param, pqk))
    return {"processQueryKey": pqk, "invalidStaffIdList": invalid, "flowControlledStaffIdList": held}


def _holds_back(member: Member) -> bool:
    """Whether the flow control keeps this message from them."""
    held = member.held_back > 0
    member.held_back -= held
    return member.refuses_robot or held


def group_send(asked: Asked) -> Json:
    """POST /v1.0/robot/groupMessages/send."""
    _robot(asked)
    group = _group(asked)
    key, param = _param(asked)
    pqk = asked.organisation.ids("pqk")
    asked.organisation.says(_message(asked, group, key, param, pqk))
    return {"processQueryKey": pqk}


def recall_direct(asked: Asked) -> Json:
    """POST /v1.0/robot/otoMessages/batchRecall (lower-case oto)."""
    _robot(asked)
    return _recalled(asked, lambda message: message.place in asked.organisation.members)


def recall_group(asked: Asked) -> Json:
    """POST /v1.0/robot/groupMessages/recall."""
    _robot(asked)
    group = _group(asked)
    return _recalled(asked, lambda message: message.place == group)


def read_status(asked: Asked) -> Json:
    """GET /v1.0/robot/oToMessages/readStatus."""
    key = asked.query.get("processQueryKey", "")
    found = [one for one in asked.organisation.messages if one.key == key]
    if not found:
        raise Refused(400, "invalidParameter.processQueryKey")
    status = "RECALLED" if all(one.recalled for one in found) else "SUCCESS"
    read = [
        {"name": asked.organisation.members[one.place].name, "userId": one.place, "readStatus": "UNREAD"}
        for one in found
    ]
    return {"sendStatus": status, "messageReadInfoList": read}


def ding(asked: Asked) -> Json:
    """POST /v1.0/robot/ding/send: rings at these people (1 in the app, 2 by SMS, 3 by phone)."""
    _robot(asked)
    users, content = asked.body.get("receiverUserIdList"), asked.words("content", "invalidParameter.content")
    if not isinstance(users, list) or not users or asked.body.get("remindType") not in (1, 2, 3):
        raise Refused(400, "invalidParameter.receiverUserIdList")
    failed = {one: "not exist" for one in users if one not in asked.organisation.members}
    asked.organisation.rung += [(one, content) for one in users if one not in failed]
    return {"openDingId": asked.organisation.ids("ding"), "failedList": failed}


def download(asked: Asked) -> Json:
    """POST /v1.0/robot/messageFiles/download."""
    _robot(asked)
    code = asked.words("downloadCode", "invalidParameter.downloadCode")
    return {"downloadUrl": f"https://down.dingtalk.example/{code}"}


def by_session(asked: Asked) -> Json:
    """POST /robot/sendBySession?session=…: 90 minutes, then 300001 in a 200; a mention needs `at` and @userId."""
    organisation = asked.organisation
    issued = organisation.sessions.get(asked.query.get("session", ""))
    if issued is None or organisation.clock.now() - issued[1] > timedelta(seconds=WEBHOOK_SECONDS):
        raise OldRefused(300001, "session 不存在")
    kind = asked.body.get("msgtype")
    payload = asked.body.get(str(kind))
    needed = {"text": {"content"}, "markdown": {"title", "text"}}
    if kind not in needed or not isinstance(payload, dict) or not needed[kind] <= payload.keys():
        raise OldRefused(400002, "参数错误")
    message = Message(
        organisation.ids("msg"), issued[0], "", organisation.clock.now(), "text" if kind == "text" else "sampleMarkdown",
        payload, title=str(payload.get("title") or payload.get("content")),
    )  # fmt: skip
    organisation.says(message)
    called = (asked.body.get("at") or {}).get("atUserIds") or []
    organisation.called += [one for one in called if f"@{one}" in str(payload)]
    return {"errcode": 0, "errmsg": "ok"}


def _robot(asked: Asked) -> None:
    code = asked.body.get("robotCode") or asked.query.get("robotCode")
    if not code:
        raise Refused(400, "invalidParameter.robotCode.empty")
    if code != asked.organisation.app.robot_code or not asked.organisation.app.published:
        raise Refused(400, "resource.not.found", "robot 不存在")
    if asked.organisation.app.stopped:
        raise Refused(400, "bot.stopped", "机器人已停用")


def _group(asked: Asked) -> str:
    id = asked.words("openConversationId", "miss.openConversationId")
    group = asked.organisation.groups.get(id)
    if group is None:
        raise Refused(400, "invalid.openConversationId")
    if group.disbanded:
        raise Refused(400, "group.disbanded")
    if not group.robot:
        raise Refused(400, "resource.not.found", "robot 不存在")
    return id


def _param(asked: Asked) -> tuple[str, Json]:
    """msgKey and msgParam, which is a text that holds JSON."""
    key = asked.words("msgKey", "invalidParameter.msgKey.empty")
    if key not in PARAMS:
        raise Refused(400, "invalidParameter.msgKey.invalid")
    text = asked.words("msgParam", "invalidParameter.msgParam.invalid")
    if len(text.encode()) > MOST_BYTES:
        raise Refused(400, "invalidParameter.msgParam.tooLong")
    try:
        param = json.loads(text)
    except json.JSONDecodeError:
        raise Refused(400, "invalidParameter.msgParam.invalid") from None
    if (
        not isinstance(param, dict)
        or not param.keys() >= PARAMS[key]
        or not all(isinstance(v, str) for v in param.values())
    ):
        raise Refused(400, "invalidParameter.msgParam.invalid")
    if key == "sampleFile" and (
        param["fileType"] not in FILE_TYPES or param["mediaId"] not in asked.organisation.media
    ):
        raise Refused(400, "invalidParameter.msgParam.invalid", "fileType / mediaId")
    return key, param


def _message(asked: Asked, place: str, key: str, param: Json, pqk: str) -> Message:
    organisation = asked.organisation
    title = str(param.get("title") or param.get("content") or param.get("fileName") or "")
    return Message(organisation.ids("msg"), place, "", organisation.clock.now(), key, param, pqk, title=title)


def _recalled(asked: Asked, is_there: Callable[[Message], bool]) -> Json:
    keys = asked.body.get("processQueryKeys")
    if not isinstance(keys, list) or not 0 < len(keys) <= MOST_USERS:
        raise Refused(400, "invalidParameter.processQueryKeys")
    done, failed = [], {}
    for key in keys:
        found = [one for one in asked.organisation.messages if one.key == key and one.card is None and is_there(one)]
        if not found or asked.organisation.clock.now() - found[0].at > RECALLABLE:
            failed[key] = "message not exist or expired"
            continue
        for one in found:
            one.recalled = True
        done.append(key)
    return {"successResult": done, "failedResult": failed}
