"""Tokens, scopes, uploads, directory, slash commands, pace and faults on the wire."""

from io import BytesIO

import aiohttp
import pytest

from tests.simulators.feishu import faults
from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.pace import Pace


async def test_the_same_token_until_half_an_hour_is_left(office):
    first = await office.authorizes()
    assert first["expire"] == 7_200
    await office.tenant.advance(minutes=89)
    assert (await office.authorizes())["tenant_access_token"] == first["tenant_access_token"]
    await office.tenant.advance(minutes=2)
    second = await office.authorizes()
    assert second["tenant_access_token"] != first["tenant_access_token"]
    office.token = first["tenant_access_token"]
    await office.does("GET", "bot/v3/info")
    await office.tenant.advance(minutes=30)
    assert await office.refused("GET", "bot/v3/info") == 99991663


async def test_wrong_credentials_are_answered_with_200(office):
    assert (await office.authorizes(app_secret="no"))["code"] == 10014
    assert (await office.authorizes(app_id="cli_other"))["code"] == 10003


@pytest.mark.parametrize(("token", "code"), [("", 99991661), ("x-1", 99991671), ("t-1", 99991663)])
async def test_a_token_is_needed(office, token, code):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with office.session.get(f"{office.url}/open-apis/bot/v3/info", headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, code)
        assert answer.headers["X-Tt-Logid"]


async def test_a_missing_scope_is_named(office):
    office.tenant.app.scopes -= {"im:message:send_as_bot"}
    status, answer = await office.calls("POST", "im/v1/messages", {}, receive_id_type="open_id")
    assert (status, answer["code"]) == (400, 99991672)
    assert answer["error"]["permission_violations"][0]["subject"] == "im:message:send_as_bot"


async def test_an_app_that_is_off_or_no_bot(office):
    office.tenant.app.bot = False
    assert await office.refused("GET", "bot/v3/info") == 230006
    office.tenant.app.enabled = False
    assert await office.refused("GET", "bot/v3/info") == 99991662
    assert await office.refused("GET", "nowhere/v1/to/be/seen") == 99991662


async def test_a_path_that_is_none(office):
    assert (await office.calls("GET", "im/v1/nothing"))[0] == 404


async def upload(office, path: str, name: str, content: bytes, **fields: str):
    await office.does("GET", "bot/v3/info")
    form = aiohttp.FormData(fields)
    form.add_field(name, BytesIO(content), filename="x")
    headers = {"Authorization": f"Bearer {office.token}"}
    async with office.session.post(f"{office.url}/open-apis/{path}", data=form, headers=headers) as answer:
        return await answer.json()


async def test_uploads(office):
    png = b"\x89PNG...."
    done = await upload(office, "im/v1/images", "image", png, image_type="message")
    assert office.tenant.images[done["data"]["image_key"]].content == png
    done = await upload(office, "im/v1/files", "file", b"abc", file_type="stream", file_name="a.txt")
    assert office.tenant.files[done["data"]["file_key"]].name == "a.txt"


@pytest.mark.parametrize(
    ("path", "name", "content", "fields", "code"),
    [
        ("im/v1/images", "image", b"<svg/>", {"image_type": "message"}, 234011),
        ("im/v1/images", "image", b"", {"image_type": "message"}, 234010),
        ("im/v1/images", "image", b"\x89PNG", {}, 234001),
        ("im/v1/images", "picture", b"\x89PNG", {"image_type": "message"}, 234001),
        ("im/v1/images", "image", b"\x89PNG" + b"x" * 10 * 1024 * 1024, {"image_type": "message"}, 234006),
        ("im/v1/files", "file", b"", {"file_type": "stream", "file_name": "a"}, 234010),
        ("im/v1/files", "file", b"a", {"file_type": "docx", "file_name": "a"}, 234001),
        ("im/v1/files", "file", b"a", {"file_type": "stream"}, 234001),
    ],
    ids=range(8),
)
async def test_uploads_that_are_refused(office, path, name, content, fields, code):
    assert (await upload(office, path, name, content, **fields))["code"] == code


async def test_the_directory_shows_what_the_scopes_show(office):
    tech = office.tenant.department("技术部")
    below = office.tenant.department("平台组", tech)
    li = office.tenant.hires("李四", below, email="li@example.com")
    tech.leaders = [li.id]
    children = await office.does("GET", "contact/v3/departments/0/children", fetch_child="true")
    assert [one["name"] for one in children["items"]] == ["技术部", "平台组"]
    assert children["items"][0]["leaders"] == [{"leaderType": 1, "leaderID": li.id}]
    assert children["items"][1]["parent_department_id"] == tech.id
    right_below = await office.does("GET", "contact/v3/departments/0/children")
    assert len(right_below["items"]) == 1
    user = (await office.does("GET", f"contact/v3/users/{li.id}"))["user"]
    assert (user["name"], user["email"], user["department_ids"]) == ("李四", "li@example.com", [below.id])
    assert "user_id" not in user
    office.tenant.app.scopes -= {"contact:user.base:readonly", "contact:user.email:readonly"}
    user = (await office.does("GET", f"contact/v3/users/{li.id}"))["user"]
    assert "name" not in user
    assert "email" not in user


async def test_people_out_of_range_and_from_another_app(office):
    office.bo.user.available = False
    assert await office.refused("GET", f"contact/v3/users/{office.bo.id}") == 41050
    assert await office.refused("GET", "contact/v3/users/ou_other") == 99992361
    assert await office.refused("GET", "contact/v3/users/bo") == 99992351


async def test_pages_may_be_short(office):
    office.tenant.page_size = 1
    path = f"im/v1/chats/{office.product.id}/members"
    first = await office.does("GET", path, member_id_type="open_id", page_size="100")
    assert (len(first["items"]), first["has_more"]) == (1, True)
    second = await office.does("GET", path, member_id_type="open_id", page_size="100", page_token=first["page_token"])
    assert (second["items"][0]["member_id"], second["has_more"]) == (office.bo.id, False)
    assert await office.refused("GET", path) == 99992402
    assert await office.refused("GET", path, member_id_type="open_id", page_size="101") == 99992402


async def test_slash_commands(office):
    given = {"command": "action", "description": {"default_value": "Action items", "i18n": {"zh_cn": "行动项"}}}
    made = await office.does("POST", "application/v7/app_slash_commands", given)
    assert await office.refused("POST", "application/v7/app_slash_commands", given) == 40000030
    assert await office.refused("POST", "application/v7/app_slash_commands", {"command": "/x"}) == 40000001
    path = f"application/v7/app_slash_commands/{made['command_id']}"
    await office.does("PATCH", path, given | {"description": {"default_value": "Items"}})
    listed = await office.does("GET", "application/v7/app_slash_commands")
    assert listed["items"][0]["description"]["default_value"] == "Items"
    await office.does("DELETE", path)
    assert await office.refused("DELETE", path) == 40000032


class Ticks:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_five_a_second_to_one_and_fifty_to_all():
    ticks = Ticks()
    pace = Pace(ticks)
    for _ in range(5):
        pace.message("a")
    with pytest.raises(FeishuError) as caught:
        pace.message("a")
    assert caught.value.code == 230020
    for number in range(45):
        pace.message(f"b{number}")
    with pytest.raises(FeishuError) as caught:
        pace.message("c")
    assert (caught.value.code, caught.value.status) == (99991400, 429)
    assert caught.value.headers["x-ogw-ratelimit-reset"] == "1"
    ticks.now += 1.01
    pace.message("a")


def test_a_thousand_a_minute():
    ticks = Ticks()
    pace = Pace(ticks)
    for number in range(1_000):
        ticks.now += 0.021
        pace.message(str(number))
    ticks.now += 5
    with pytest.raises(FeishuError):
        pace.message("one more")
    ticks.now += 56
    pace.message("one more")


async def test_too_fast_is_refused_on_the_wire(office):
    for _ in range(5):
        await office.sends()
    body = {"receive_id": office.ann.id, "msg_type": "text", "content": '{"text":"x"}'}
    assert await office.refused("POST", "im/v1/messages", body, receive_id_type="open_id") == 230020
    assert len(office.tenant.said()) == 5


SEND = "POST im/v1/messages"


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [
        (faults.refuses(230020), 400, False),
        (faults.limits("3"), 429, False),
        (faults.limits(None, 400), 400, False),
        (faults.fails(502), 502, False),
        (faults.records_then_fails(504), 504, True),
        (faults.answers_after(0.05), 200, True),
        (faults.closes(), 0, False),
        (faults.records_then_closes(), 0, True),
    ],
    ids=range(8),
)
async def test_faults(office, fault, status, done):
    await office.does("GET", "bot/v3/info")
    office.tenant.faults.next(SEND, fault)
    headers = {"Authorization": f"Bearer {office.token}"}
    body = {"receive_id": office.ann.id, "msg_type": "text", "content": '{"text":"x"}'}
    url = f"{office.url}/open-apis/im/v1/messages"
    try:
        async with office.session.post(
            url, json=body, params={"receive_id_type": "open_id"}, headers=headers
        ) as answer:
            met = answer.status
    except aiohttp.ClientError:
        met = 0
    assert met == status
    assert len(office.tenant.said()) == done
    office.tenant.faults.clear()
    await office.sends()


async def test_a_fault_for_one_receiver_and_a_storm(office):
    office.tenant.faults.next(SEND, faults.refuses(230020), to=office.bo.id)
    await office.sends()
    office.tenant.faults.clear()
    office.tenant.faults.storm(1.0, faults.refuses(99991400, 429))
    assert await office.refused("GET", "bot/v3/info") == 99991400
    office.tenant.faults.clear()
    office.tenant.faults.always("GET bot/v3/info", faults.refuses(99991663))
    assert await office.refused("GET", "bot/v3/info") == 99991663
