"""Interactive cards (sheet 5): created and delivered, updated by key or whole, every value a text."""

from tests.simulators.dingtalk.errors import Refused
from tests.simulators.dingtalk.values import Card, Json, Message, Template
from tests.simulators.dingtalk.wire import Asked

TRACK, SPACE = 100, 1_000
SPACES = ("IM_GROUP", "IM_ROBOT")


def create_and_deliver(asked: Asked) -> Json:
    """POST /v1.0/card/instances/createAndDeliver: `success` is true even where nothing was delivered."""
    body, organisation = asked.body, asked.organisation
    if organisation.app.stopped and organisation.unverified.stopped_refuses_cards:
        raise Refused(400, "bot.stopped", "机器人已停用")
    template = _template(asked)
    track = asked.words("outTrackId", "param.outTrackIdEmpty")
    if len(track) > TRACK:
        raise Refused(400, "param.invalid", "outTrackId")
    spaces = _spaces(asked)
    card = Card(track, template, body.get("callbackType") == "STREAM", _values(asked, body.get("cardData"), True))
    card.private = _private(asked, body.get("privateData"))
    if track in organisation.cards:
        if organisation.unverified.card_exists_is_error:
            raise Refused(400, "param.cardAlreadyExist")
        return {"success": True, "result": {"outTrackId": track, "deliverResults": []}}
    organisation.cards[track] = card
    results = [_delivered(asked, card, kind, id) for kind, id in spaces]
    return {"success": True, "result": {"outTrackId": track, "deliverResults": results}}


def update(asked: Asked) -> Json:
    """PUT /v1.0/card/instances: everything is replaced unless the options say by key."""
    track = asked.words("outTrackId", "param.outTrackIdEmpty")
    card = asked.organisation.cards.get(track)
    if card is None:
        raise Refused(400, "param.cardNotExist")
    options = asked.body.get("cardUpdateOptions") or {}
    if "cardData" in asked.body:
        given = _values(asked, asked.body["cardData"], False)
        card.public = {**card.public, **given} if options.get("updateCardDataByKey") else given
        card.clicker.clear()
    for user, values in _private(asked, asked.body.get("privateData")).items():
        before = card.private.get(user, {}) if options.get("updatePrivateDataByKey") else {}
        card.private[user] = {**before, **values}
    return {"success": True, "result": True}


def checked(asked: Asked, given: object) -> Json:
    """A `cardParamMap` of anything: texts by name, each within the limit. Raises Refused."""
    if not isinstance(given, dict):
        raise Refused(400, "param.invalid", "cardParamMap")
    most = asked.organisation.unverified.value_bytes
    for name, value in given.items():
        if not isinstance(value, str):
            raise Refused(400, "param.invalid", f"{name} is no text")
        if len(value.encode()) > most or len(name.encode()) > 100:
            raise Refused(400, "param.invalid", f"{name} is too long")
    return dict(given)


def _template(asked: Asked) -> Template:
    id = asked.words("cardTemplateId", "param.cardTemplateIdEmpty")
    template = asked.organisation.app.templates.get(id)
    if template is None:
        raise Refused(400, "param.templateNotExist")
    if not template.published:
        raise Refused(400, "param.templateUnpublished")
    return template


def _spaces(asked: Asked) -> list[tuple[str, str]]:
    text = asked.words("openSpaceId", "param.openSpaceIdEmpty")
    if len(text) > SPACE or not text.startswith("dtv1.card//"):
        raise Refused(400, "param.openSpaceIdInvalid")
    spaces = []
    for one in text.removeprefix("dtv1.card//").split(";"):
        kind, _, id = one.partition(".")
        if kind not in SPACES or not id:
            raise Refused(400, "param.openSpaceIdInvalid")
        model = "imGroupOpenDeliverModel" if kind == "IM_GROUP" else "imRobotOpenDeliverModel"
        given = asked.body.get(model)
        if not isinstance(given, dict):
            raise Refused(400, "param.openDeliverModelEmpty")
        if given.get("robotCode") != asked.organisation.app.robot_code:
            raise Refused(400, "param.openDeliverModelError", "robotCode")
        if kind == "IM_ROBOT" and given.get("spaceType") != "IM_ROBOT":
            raise Refused(400, "param.openDeliverModelError", "spaceType")
        spaces.append((kind, id))
    return spaces


def _values(asked: Asked, given: object, needed: bool) -> Json:
    if not isinstance(given, dict) or not given.get("cardParamMap"):
        if needed:
            raise Refused(400, "param.cardPublicDataEmpty")
        return {}
    return checked(asked, given["cardParamMap"])


def _private(asked: Asked, given: object) -> dict[str, Json]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Refused(400, "param.invalid", "privateData")
    return {user: checked(asked, (one or {}).get("cardParamMap")) for user, one in given.items()}


def _delivered(asked: Asked, card: Card, kind: str, id: str) -> Json:
    """One space's result: a failure here is an HTTP 200 with success true above."""
    organisation = asked.organisation
    failed = _obstacle(asked, kind, id)
    result: Json = {"spaceType": kind, "spaceId": id, "success": not failed, "errorMsg": failed}
    if failed:
        return result
    model = asked.body["imGroupOpenDeliverModel" if kind == "IM_GROUP" else "imRobotOpenDeliverModel"]
    space = asked.body.get("imGroupOpenSpaceModel" if kind == "IM_GROUP" else "imRobotOpenSpaceModel") or {}
    carrier = organisation.ids("pqk")
    message = Message(
        organisation.ids("msg"), id, "", organisation.clock.now(), "card", key=carrier, card=card,
        only_for=tuple(model.get("recipients") or ()),
        title=str((space.get("notification") or {}).get("alertContent") or (space.get("lastMessageI18n") or {}).get("ZH_CN") or ""),
    )  # fmt: skip
    organisation.says(message)
    organisation.called += list((model.get("atUserIds") or {}).keys())
    return {**result, "carrierId": carrier}


def _obstacle(asked: Asked, kind: str, id: str) -> str:
    organisation = asked.organisation
    if not organisation.app.published or organisation.app.stopped:
        return "robot not published"
    if kind == "IM_ROBOT":
        member = organisation.members.get(id)
        return "" if member and not (member.left or member.outside or member.refuses_robot) else "user not exist"
    group = organisation.groups.get(id)
    return "" if group and group.robot and not group.disbanded else "robot not in group"
