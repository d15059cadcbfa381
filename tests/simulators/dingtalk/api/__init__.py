"""Every endpoint of both hosts, by verb and path, with the permission point it needs."""

from tests.simulators.dingtalk.api import cards, contacts, robot
from tests.simulators.dingtalk.gateway import Gateway
from tests.simulators.dingtalk.wire import Endpoint

SEND, CARD, DING = "qyapi_robot_sendmsg", "Card.Instance.Write", "Premium.Ding.Write"
MEMBER, INSIDE, DEPARTMENT = "qyapi_get_member", "qyapi_get_department_member", "qyapi_get_department_list"


def endpoints(gateway: Gateway) -> dict[tuple[str, str, str], Endpoint]:
    """(host, verb, path) → endpoint."""
    api = {
        ("POST", "/v1.0/oauth2/accessToken"): Endpoint(contacts.token),
        ("POST", "/v1.0/gateway/connections/open"): Endpoint(gateway.open),
        ("POST", "/v1.0/robot/oToMessages/batchSend"): Endpoint(robot.batch_send, SEND),
        ("POST", "/v1.0/robot/groupMessages/send"): Endpoint(robot.group_send, SEND),
        ("POST", "/v1.0/robot/otoMessages/batchRecall"): Endpoint(robot.recall_direct, SEND),
        ("POST", "/v1.0/robot/groupMessages/recall"): Endpoint(robot.recall_group, SEND),
        ("GET", "/v1.0/robot/oToMessages/readStatus"): Endpoint(robot.read_status, SEND),
        ("POST", "/v1.0/robot/ding/send"): Endpoint(robot.ding, DING),
        ("POST", "/v1.0/robot/messageFiles/download"): Endpoint(robot.download),
        ("POST", "/v1.0/card/instances/createAndDeliver"): Endpoint(cards.create_and_deliver, CARD),
        ("PUT", "/v1.0/card/instances"): Endpoint(cards.update, CARD),
        ("POST", "/v1.0/contact/users/search"): Endpoint(contacts.search, "qyapi_addresslist_search"),
    }
    oapi = {
        ("GET", "/gettoken"): Endpoint(contacts.old_token),
        ("GET", "/auth/scopes"): Endpoint(contacts.scopes),
        ("POST", "/topapi/v2/user/get"): Endpoint(contacts.user_get, MEMBER),
        ("POST", "/topapi/user/listsimple"): Endpoint(contacts.user_list_simple, INSIDE),
        ("POST", "/topapi/v2/department/get"): Endpoint(contacts.department_get, DEPARTMENT),
        ("POST", "/topapi/v2/department/listsub"): Endpoint(contacts.department_list_sub, DEPARTMENT),
        ("POST", "/media/upload"): Endpoint(contacts.upload),
        ("POST", "/robot/sendBySession"): Endpoint(robot.by_session),
    }
    return {("api", *key): one for key, one in api.items()} | {("oapi", *key): one for key, one in oapi.items()}
