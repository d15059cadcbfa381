"""What the robot is told of what people say and press (sheet 3 and 5.5): mentions cut out, atUsers without order."""

import json
import random
import re
from typing import TYPE_CHECKING

from tests.simulators.dingtalk.values import ROBOT, Group, Json, Member, Message

if TYPE_CHECKING:
    from tests.simulators.dingtalk.organisation import Organisation

WEBHOOK_MS = 5_400_000
LOTS = random.Random(5)


def said(
    organisation: "Organisation", who: Member, group: Group | None, message: Message, content: Json,
    mentioned: list[Member], session: str, quoted: Message | None,
) -> Json:  # fmt: skip
    """`data` of a robot message. `content` is {"msgtype": …} with its payload; `session` the webhook's secret."""
    at = round(message.at.timestamp() * 1000)
    data: Json = {
        "senderPlatform": "Mac", "conversationId": message_conversation(who, group), "chatbotCorpId": "dingcorp001",
        "chatbotUserId": ROBOT, "msgId": message.id, "senderNick": who.name, "sessionWebhookExpiredTime": at + WEBHOOK_MS,
        "createAt": at, "senderCorpId": "dingother01" if who.outside else "dingcorp001",
        "conversationType": "2" if group else "1", "senderId": who.dingtalk_id,
        "sessionWebhook": f"{organisation.url}/oapi/robot/sendBySession?session={session}",
        "robotCode": organisation.app.robot_code, **content,
    }  # fmt: skip
    if organisation.app.published and not who.outside:
        data |= {"isAdmin": who.admin, "senderStaffId": who.userid}
        data |= {"senderUnionId": who.unionid} if organisation.unverified.union_ids else {}
    if group:
        at_users = [_at(organisation, one) for one in mentioned] + [{"dingtalkId": ROBOT}]
        LOTS.shuffle(at_users)
        data |= {"conversationTitle": group.title, "isInAtList": True, "atUsers": at_users}
    return data | (_quoted(data, quoted) if quoted else {})


def over_quota(data: Json) -> Json:
    """The same without its words: the month's pushes are used up."""
    kept = {name: value for name, value in data.items() if name not in ("text", "content")}
    return kept | {"errorCode": "20001", "errorMessage": "推送次数已用完"}


def pressed(message: Message, who: Member, action: str, params: Json, spaces: tuple[str, str]) -> Json:
    """`data` of a card callback."""
    assert message.card is not None
    private = json.dumps({"cardPrivateData": {"actionIds": [action], "params": params}}, ensure_ascii=False)
    return {
        "type": "actionCallback", "outTrackId": message.card.track, "corpId": "dingcorp001", "userId": who.userid,
        "userIdType": 1, "spaceType": spaces[0], "spaceId": spaces[1], "content": private, "value": private,
        "extension": "{}",
    }  # fmt: skip


def stripped(text: str, names: list[str]) -> str:
    """What is left of a text when every linked mention is cut out."""
    for name in names:
        text = text.replace(f"@{name}", "", 1)
    return text


def linked(text: str, group: Group, organisation: "Organisation") -> list[Member]:
    """The members whom the client links where their names stand behind an @; the longest name wins."""
    members = sorted((organisation.members[one] for one in group.members), key=lambda one: -len(one.name))
    found = re.findall("|".join(f"@{re.escape(one.name)}" for one in members), text) if members else []
    by_name = {f"@{one.name}": one for one in members}
    return [by_name[name] for name in dict.fromkeys(found)]


def message_conversation(who: Member, group: Group | None) -> str:
    """The conversation's id; of a one-to-one one it fits no group call."""
    return group.id if group else f"cid1TO1{who.userid}=="


def _at(organisation: "Organisation", one: Member) -> Json:
    made = {"dingtalkId": one.dingtalk_id}
    if not one.outside and organisation.unverified.staff_ids:
        made["staffId"] = one.userid
    if organisation.unverified.union_ids:
        made["unionId"] = one.unionid
    return made


def _quoted(data: Json, quoted: Message) -> Json:
    """A reply: of a card only ids, of the robot's own message its processQueryKey too."""
    holder = "text" if data["msgtype"] == "text" else "content"
    replied: Json = {
        "msgType": "interactiveCard" if quoted.card else quoted.kind, "msgId": quoted.id,
        "senderId": quoted.by or ROBOT, "createdAt": round(quoted.at.timestamp() * 1000),
    }  # fmt: skip
    if quoted.card is None:
        replied["content"] = {"text": str(quoted.param.get("text") or quoted.param.get("content") or "")}
    own = {"originalProcessQueryKey": quoted.key} if quoted.key else {}
    return {holder: {**data[holder], "isReplyMsg": True, "repliedMsg": replied}, "originalMsgId": quoted.id, **own}
