"""The simulator's directory is as strict as Feishu's (sheet 5): scopes by field, the app's contact range, pages."""

from typing import Any

import pytest

from tests.simulators.feishu.conftest import Office

TYPES: dict[str, Any] = {"user_id_type": "open_id", "department_id_type": "open_department_id"}
CHILDREN, WITHIN = "contact/v3/departments/0/children", "contact/v3/users/find_by_department"


async def test_departments_have_leaders_in_camel_case(office: Office):
    tech = office.tenant.department("技术部")
    tech.leaders = [office.ann.id, office.bo.id]
    found = await office.does("GET", f"contact/v3/departments/{tech.id}", **TYPES)
    assert found["department"]["leaders"] == [
        {"leaderType": 1, "leaderID": office.ann.id}, {"leaderType": 2, "leaderID": office.bo.id},
    ]  # fmt: skip
    assert found["department"]["parent_department_id"] == "0"


@pytest.mark.parametrize(
    ("scope", "fields"),
    [
        ("contact:department.base:readonly", {"name", "i18n_name"}),
        ("contact:department.organize:readonly", {"parent_department_id", "leader_user_id", "leaders"}),
    ],
)
async def test_a_field_without_its_scope_is_missing_without_a_word(office: Office, scope, fields):
    office.tenant.department("技术部")
    whole = (await office.does("GET", CHILDREN, **TYPES))["items"][0]
    office.tenant.app.scopes -= {scope}
    assert whole.keys() - (await office.does("GET", CHILDREN, **TYPES))["items"][0].keys() == fields


async def test_children_of_children_only_when_asked(office: Office):
    below = office.tenant.department("平台组", office.tenant.department("技术部"))
    names = [
        [one["name"] for one in (await office.does("GET", CHILDREN, fetch_child=deep, **TYPES))["items"]]
        for deep in ("false", "true")
    ]
    assert names == [["技术部"], ["技术部", below.name]]


async def test_outside_the_range_nothing_is_shown(office: Office):
    tech, sales = office.tenant.department("技术部"), office.tenant.department("销售部")
    below = office.tenant.department("平台组", tech)
    office.bo.user.departments = [sales.id]
    office.tenant.range = {tech.id, office.ann.id}
    asked: list[tuple[str, dict[str, Any]]] = [(CHILDREN, {}), (WITHIN, {"department_id": "0"})]
    for path, query in (*asked, (WITHIN, {"department_id": sales.id})):
        assert await office.refused("GET", path, **query, **TYPES) == 40004
    assert await office.refused("GET", f"contact/v3/users/{office.bo.id}", **TYPES) == 41050
    await office.does("GET", WITHIN, department_id=below.id, **TYPES)
    await office.does("GET", f"contact/v3/users/{office.ann.id}", **TYPES)
    assert await office.refused("GET", WITHIN, department_id="od-none", **TYPES) == 40015


async def test_the_range_itself_people_first_and_in_pages(office: Office):
    tech = office.tenant.department("技术部")
    office.tenant.department("平台组", tech)
    whole = await office.does("GET", "contact/v3/scopes", **TYPES)
    assert (set(whole["user_ids"]), whole["department_ids"]) == ({office.ann.id, office.bo.id}, [tech.id])
    office.tenant.range = {tech.id, office.bo.id}
    first = await office.does("GET", "contact/v3/scopes", page_size="1", **TYPES)
    assert (first["user_ids"], first["department_ids"], first["has_more"]) == ([office.bo.id], [], True)
    rest = await office.does("GET", "contact/v3/scopes", page_size="1", page_token=first["page_token"], **TYPES)
    assert (rest["user_ids"], rest["department_ids"], rest["has_more"]) == ([], [tech.id], False)
    assert await office.refused("GET", "contact/v3/scopes", page_size="101", **TYPES) == 99992402


@pytest.mark.parametrize(("listed", "told"), [(True, True), (False, False)])
async def test_who_has_resigned_is_shown_or_not(office: Office, listed, told):
    """Nobody could look it up: both are to be borne."""
    office.tenant.unverified.resigned_are_listed = listed
    office.tenant.unverified.resigned_are_told = told
    office.bo.user.resigned = True
    shown = [one["open_id"] for one in (await office.does("GET", WITHIN, department_id="0", **TYPES))["items"]]
    assert (office.bo.id in shown) == listed
    if told:
        found = await office.does("GET", f"contact/v3/users/{office.bo.id}", **TYPES)
        assert found["user"]["status"]["is_resigned"]
    else:
        assert await office.refused("GET", f"contact/v3/users/{office.bo.id}", **TYPES) == 41050
