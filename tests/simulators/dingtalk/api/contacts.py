"""The directory on the old host (sheet 6): 200 with errcode, within the app's contact scope; and the name search."""

from aiohttp import web

from tests.simulators.dingtalk.errors import OldRefused, Refused
from tests.simulators.dingtalk.values import Department, Json, Member
from tests.simulators.dingtalk.wire import Asked


def user_get(asked: Asked) -> Json:
    """/topapi/v2/user/get."""
    return _ok(_user(asked, _member(asked)))


def user_list_simple(asked: Asked) -> Json:
    """/topapi/user/listsimple, in pages."""
    organisation, size = asked.organisation, asked.body.get("size")
    if not isinstance(size, int) or not 1 <= size <= 100:
        raise OldRefused(400002, "参数错误: size")
    department, start = _department(asked), int(asked.body.get("cursor") or 0)
    inside = [one for one in organisation.members.values() if department.id in one.departments and _belongs(one)]
    page = [{"userid": one.userid, "name": one.name} for one in inside[start : start + size]]
    more = start + size < len(inside)
    return _ok({"has_more": more, **({"next_cursor": start + size} if more else {}), "list": page})


def department_get(asked: Asked) -> Json:
    """/topapi/v2/department/get."""
    one = _department(asked)
    return _ok({"dept_id": one.id, "name": one.name, "parent_id": one.parent, "dept_manager_userid_list": one.heads})


def department_list_sub(asked: Asked) -> Json:
    """/topapi/v2/department/listsub: direct children only."""
    above = _department(asked)
    organisation = asked.organisation
    children = [one for one in organisation.departments.values() if one.parent == above.id and one.id != above.id]
    if organisation.scope is not None and not organisation.unverified.hidden_children_listed:
        children = [one for one in children if one.id in organisation.scope]
    return _ok([{"dept_id": one.id, "name": one.name, "parent_id": one.parent} for one in children])


def scopes(asked: Asked) -> Json:
    """GET /auth/scopes: the departments and people that the app's contact scope names, not what is below them."""
    organisation = asked.organisation
    scope = {1} if organisation.scope is None else organisation.scope
    tops = sorted(
        id for id in scope & organisation.departments.keys() if organisation.departments[id].parent not in scope
    )
    named = {"authed_dept": tops, "authed_user": sorted(organisation.scope_people)}
    return {"errcode": 0, "errmsg": "ok", "auth_user_field": ["name"], "auth_org_scopes": named}


def search(asked: Asked) -> Json:
    """POST /v1.0/contact/users/search: ids only; two people may have one name."""
    word = asked.words("queryWord", "invalidParameter.queryWord")
    exact = asked.body.get("fullMatchField") == 1
    found = [
        one.userid
        for one in asked.organisation.members.values()
        if _belongs(one) and (one.name == word if exact else word in one.name)
    ]
    return {"hasMore": False, "totalCount": len(found), "list": found}


def token(asked: Asked) -> Json:
    """POST /v1.0/oauth2/accessToken."""
    app = asked.organisation.app
    if asked.body.get("appKey") != app.client_id or asked.body.get("appSecret") != app.client_secret:
        raise Refused(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    return {"accessToken": asked.organisation.token(), "expireIn": 7200}


def old_token(asked: Asked) -> Json:
    """GET /gettoken."""
    app = asked.organisation.app
    if (asked.query.get("appkey"), asked.query.get("appsecret")) != (app.client_id, app.client_secret):
        raise OldRefused(40089, "不合法的corpid或corpsecret")
    return {"errcode": 0, "errmsg": "ok", "access_token": asked.organisation.token(), "expires_in": 7200}


def upload(asked: Asked) -> Json:
    """/media/upload, multipart: `type` in the form or the query, the part named media."""
    kind = asked.body.get("type") or asked.query.get("type")
    media = asked.body.get("media")
    if kind not in ("image", "voice", "file", "video") or not isinstance(media, web.FileField):
        raise OldRefused(40004, "不合法的媒体文件类型")
    content = media.file.read()
    if not content or len(content) > (2 if kind == "voice" else 20) * 1024 * 1024:
        raise OldRefused(40009, "不合法的文件大小")
    id = "@" + asked.organisation.ids("lAD")
    asked.organisation.media[id] = content
    return {"errcode": 0, "errmsg": "ok", "media_id": id, "created_at": 1733300000000, "type": kind}


def _ok(result: object) -> Json:
    return {"errcode": 0, "errmsg": "ok", "result": result, "request_id": "5xk1"}


def _belongs(one: Member) -> bool:
    return not one.left and not one.outside


def _member(asked: Asked) -> Member:
    userid = asked.body.get("userid")
    if not isinstance(userid, str) or not userid:
        raise OldRefused(33012, "无效的userId")
    found = asked.organisation.members.get(userid)
    if found is None or not _belongs(found):
        raise OldRefused(60121, "找不到该用户")
    if not asked.organisation.in_scope(found):
        raise OldRefused(50002, "请求的员工userid不在授权范围内")
    return found


def _user(asked: Asked, one: Member) -> Json:
    leads = [
        {"dept_id": id, "leader": one.userid in asked.organisation.departments[id].heads} for id in one.departments
    ]
    return {
        "userid": one.userid, "unionid": one.unionid, "name": one.name, "dept_id_list": one.departments,
        "leader_in_dept": leads, "active": True, "admin": one.admin, "boss": False, "avatar": "", "title": "",
    }  # fmt: skip


def _department(asked: Asked) -> Department:
    id = asked.body.get("dept_id", 1)
    found = asked.organisation.departments.get(id) if isinstance(id, int) else None
    if found is None:
        raise OldRefused(60003, "部门不存在")
    if asked.organisation.scope is not None and found.id not in asked.organisation.scope:
        raise OldRefused(50004, "请求的部门id不在授权范围内")
    return found
