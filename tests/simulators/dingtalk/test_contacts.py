"""The directory on the old host: 200 with errcode, pages, scope, and two people of one name (sheet 6)."""

import pytest

pytestmark = pytest.mark.slow


async def test_somebody_and_nobody(bare, organisation, ann):
    _, answer = await bare.call("POST", "/topapi/v2/user/get", {"userid": ann.id})
    assert (answer["errcode"], answer["result"]["name"], answer["result"]["unionid"]) == (0, "安娜", "u0456ann")
    status, answer = await bare.call("POST", "/topapi/v2/user/get", {"userid": "nobody"})
    assert (status, answer["errcode"]) == (200, 60121)


async def test_departments_their_heads_and_people_in_pages(bare, organisation, ann, bo):
    head = organisation.hires("0001wang", "王五", 7)
    organisation.department(7, "产品部", 1, head)
    people = [organisation.hires(f"p{n}", f"同事{n}", 7) for n in range(3)]
    _, answer = await bare.call("POST", "/topapi/v2/department/listsub", {"dept_id": 1})
    assert [one["name"] for one in answer["result"]] == ["产品部"]
    _, answer = await bare.call("POST", "/topapi/v2/department/get", {"dept_id": 7})
    assert answer["result"]["dept_manager_userid_list"] == [head.id]
    _, first = await bare.call("POST", "/topapi/user/listsimple", {"dept_id": 7, "cursor": 0, "size": 3})
    assert first["result"]["has_more"] is True
    following = {"dept_id": 7, "cursor": first["result"]["next_cursor"], "size": 3}
    _, second = await bare.call("POST", "/topapi/user/listsimple", following)
    found = [one["userid"] for page in (first, second) for one in page["result"]["list"]]
    assert found == [head.id, *(one.id for one in people)]


async def test_scope_and_rights_are_two_gates(bare, organisation, ann):
    organisation.scope = {7}
    _, answer = await bare.call("POST", "/topapi/v2/user/get", {"userid": ann.id})
    assert answer["errcode"] == 50002
    organisation.app.rights.clear()
    _, answer = await bare.call("POST", "/topapi/v2/user/get", {"userid": ann.id})
    assert (answer["errcode"], answer["sub_code"]) == (88, "60011")


async def test_two_people_may_have_one_name(bare, organisation, ann):
    twin = organisation.hires("0789twin", "安娜")
    _, answer = await bare.call("POST", "/v1.0/contact/users/search", {"queryWord": "安娜", "fullMatchField": 1})
    assert answer["list"] == [ann.id, twin.id]
    assert sum(organisation.quota.calls.values()) == 1, "the name search counts, the directory does not"


async def test_the_scope_names_its_tops_and_people_by_themselves(bare, organisation, ann):
    organisation.department(7, "产品部")
    organisation.department(8, "设计组", 7)
    _, answer = await bare.call("GET", "/auth/scopes")
    assert answer["auth_org_scopes"] == {"authed_dept": [1], "authed_user": []}
    organisation.scope, organisation.scope_people = {7, 8}, {ann.id}
    _, answer = await bare.call("GET", "/auth/scopes")
    assert answer["auth_org_scopes"] == {"authed_dept": [7], "authed_user": [ann.id]}
    _, answer = await bare.call("POST", "/topapi/v2/user/get", {"userid": ann.id})
    assert answer["errcode"] == 0, "who is in it by themselves can be looked up"
    assert sum(organisation.quota.calls.values()) == 2, "nobody says that this call is free"


@pytest.mark.parametrize("named", [True, False])
async def test_a_hidden_child_is_refused_whether_it_is_named_or_not(bare, organisation, named):
    organisation.department(7, "产品部")
    organisation.scope, organisation.unverified.hidden_children_listed = {1}, named
    _, answer = await bare.call("POST", "/topapi/v2/department/listsub", {"dept_id": 1})
    assert [one["name"] for one in answer["result"]] == (["产品部"] if named else [])
    _, answer = await bare.call("POST", "/topapi/v2/department/get", {"dept_id": 7})
    assert answer["errcode"] == 50004
