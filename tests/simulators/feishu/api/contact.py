"""The directory: people and departments, each field only where its scope is granted (sheet 5)."""

from typing import TYPE_CHECKING

from tests.simulators.feishu.api.paging import page
from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.values import Department, Json, User
from tests.simulators.feishu.wire import Call

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

_FIELDS = {
    "contact:user.base:readonly": ("name", "en_name", "avatar"),
    "contact:user.email:readonly": ("email",),
    "contact:user.employee:readonly": ("status", "job_title"),
    "contact:user.department:readonly": ("department_ids", "leader_user_id", "orders"),
    "contact:user.employee_id:readonly": ("user_id",),
}
_ALWAYS = ("union_id", "open_id")


def user(tenant: "Tenant", call: Call) -> Json:
    found = tenant.users.get(call.ids[0])
    if found is None:
        if call.ids[0].startswith("ou_"):
            raise FeishuError(99992361, "open_id cross app")
        raise FeishuError(99992351, "not a valid open_id")
    if not tenant.shows(found) or (found.resigned and not tenant.unverified.resigned_are_told):
        raise FeishuError(41050, "no user authority error")
    return {"user": _user(tenant, found)}


def of_department(tenant: "Tenant", call: Call) -> Json:
    department = _asked(tenant, str(call.query.get("department_id", "")))
    _typed(call)
    listed = [one for one in tenant.users.values() if one.available and _listed(tenant, one)]
    inside = [one for one in listed if department in (one.departments or ["0"])]
    return page(call.query, [_user(tenant, one) for one in inside], 50, tenant.page_size)


def children(tenant: "Tenant", call: Call) -> Json:
    _typed(call)
    _asked(tenant, call.ids[0])
    below = [one for one in tenant.departments.values() if _below(tenant, one, call)]
    return page(call.query, [_department(tenant, one) for one in below], 50, tenant.page_size)


def department(tenant: "Tenant", call: Call) -> Json:
    _typed(call)
    return {"department": _department(tenant, tenant.departments[_asked(tenant, call.ids[0])])}


def scopes(tenant: "Tenant", call: Call) -> Json:
    """The app's contact range: people first, then departments, together no more than a page. Of the whole company it is
    what is right below the top."""
    _typed(call)
    top = {one.id for one in tenant.departments.values() if one.parent == "0"}
    top |= {one.open_id for one in tenant.users.values() if not one.departments}
    ids = top if tenant.range is None else tenant.range
    found = page(call.query, sorted(ids, key=lambda one: (not one.startswith("ou_"), one)), 100, tenant.page_size)
    parts = {"user_ids": "ou_", "department_ids": "od-"}
    named = {part: [one for one in found["items"] if one.startswith(kind)] for part, kind in parts.items()}
    return {**named, "group_ids": [], "has_more": found["has_more"], "page_token": found["page_token"]}


def _typed(call: Call) -> None:
    if call.query.get("department_id_type", "open_department_id") != "open_department_id":
        raise FeishuError(99992402, "field validation failed")


def _asked(tenant: "Tenant", department: str) -> str:
    """The department, where the app may see it: the top only where it may see everybody."""
    if department != "0" and department not in tenant.departments:
        raise FeishuError(40015, "department not exist")
    if not tenant.shows_department(department):
        raise FeishuError(40004, "no dept authority error", 403)
    return department


def _listed(tenant: "Tenant", one: User) -> bool:
    return not one.resigned or tenant.unverified.resigned_are_listed


def _below(tenant: "Tenant", one: Department, call: Call) -> bool:
    if one.parent == call.ids[0]:
        return True
    above = tenant.departments.get(one.parent)
    return call.query.get("fetch_child") == "true" and above is not None and _below(tenant, above, call)


def _user(tenant: "Tenant", one: User) -> Json:
    whole = {
        "union_id": one.union_id, "open_id": one.open_id, "user_id": one.user_id, "name": one.name, "en_name": "",
        "email": one.email, "department_ids": one.departments or ["0"], "leader_user_id": one.leader,
        "orders": [{"department_id": id, "is_primary_dept": id == one.primary} for id in one.departments],
        "status": {"is_resigned": one.resigned, "is_frozen": False, "is_activated": True, "is_exited": False},
    }  # fmt: skip
    seen = {name for scope, names in _FIELDS.items() if scope in tenant.app.scopes for name in names}
    return {name: value for name, value in whole.items() if name in seen or name in _ALWAYS}


def _department(tenant: "Tenant", one: Department) -> Json:
    whole: Json = {"open_department_id": one.id, "department_id": one.id[3:], "status": {"is_deleted": False}}
    if "contact:department.base:readonly" in tenant.app.scopes:
        whole |= {"name": one.name, "i18n_name": {}}
    if "contact:department.organize:readonly" in tenant.app.scopes:
        leaders = [{"leaderType": min(place, 2), "leaderID": id} for place, id in enumerate(one.leaders, 1)]
        whole |= {"parent_department_id": one.parent, "leader_user_id": (one.leaders or [""])[0], "leaders": leaders}
    return whole
