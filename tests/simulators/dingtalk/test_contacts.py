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
