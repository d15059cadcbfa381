"""Faults on demand: each is met once, as the SDK meets it, and leaves behind what it says."""

import asyncio
from time import monotonic

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.simulators.slack import faults

pytestmark = pytest.mark.slow

POST = "chat.postMessage"


async def post(office, client=None):
    return await (client or office.client).chat_postMessage(channel=office.product.id, text="早")


def said(office):
    return len(office.product.messages)


async def test_a_refusal_by_name_is_met_once(office):
    office.workspace.faults.next(POST, "not_in_channel")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await post(office)
    assert said(office) == 0
    await post(office)


@pytest.mark.parametrize("retry_after", ["30", "0", "86400", "Wed, 21 Oct 2026 07:28:00 GMT", None])
@pytest.mark.parametrize(
    ("body", "data"), [("json", {"ok": False, "error": "ratelimited"}), ("empty", ""), ("html", {})]
)
async def test_429_in_every_form(office, retry_after, body, data):
    office.workspace.faults.next(POST, faults.limits(retry_after, body))
    with pytest.raises(SlackApiError) as caught:
        await post(office)
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers.get("Retry-After") == retry_after
    assert caught.value.response.data == data
    assert said(office) == 0


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_error_of_the_edge(office, status):
    office.workspace.faults.next(POST, faults.fails(status))
    with pytest.raises(SlackApiError) as caught:
        await post(office)
    assert caught.value.response.status_code == status
    assert said(office) == 0


async def test_closed_before_and_closed_after(office):
    office.workspace.faults.next(POST, faults.closes())
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(office)
    assert said(office) == 0
    office.workspace.faults.next(POST, faults.records_then_closes())
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(office)
    assert said(office) == 1


async def test_the_sdks_own_retry_says_it_twice(office):
    """Sheet 4.6, reproduced: this is why the bot's client is given no retry handlers."""
    office.workspace.faults.next(POST, faults.records_then_closes())
    await post(office, AsyncWebClient(office.workspace.token, f"{office.url}/api/"))
    assert said(office) == 2


@pytest.mark.parametrize("code", ["internal_error", "fatal_error"])
async def test_an_error_after_the_deed(office, code):
    office.workspace.faults.next(POST, faults.records_then(code))
    with pytest.raises(SlackApiError, match=code):
        await post(office)
    assert said(office) == 1


async def test_a_status_after_the_deed(office):
    office.workspace.faults.next(POST, faults.records_then("", 504))
    with pytest.raises(SlackApiError) as caught:
        await post(office)
    assert (caught.value.response.status_code, said(office)) == (504, 1)


async def test_an_answer_too_late_for_the_client(office):
    office.workspace.faults.next(POST, faults.answers_after(1.5))
    impatient = AsyncWebClient(office.workspace.token, f"{office.url}/api/", timeout=1, retry_handlers=[])
    with pytest.raises(asyncio.TimeoutError):
        await post(office, impatient)
    assert said(office) == 1


async def test_an_answer_in_time_is_the_ordinary_one(office):
    office.workspace.faults.next(POST, faults.answers_after(0.1))
    began = monotonic()
    assert (await post(office))["ts"] == office.product.messages[0].ts
    assert monotonic() - began >= 0.1


async def test_a_fault_of_one_channel_leaves_the_others(office):
    other = office.workspace.channel("other", office.ann)
    office.workspace.faults.always(POST, "is_archived", channel=office.product.id)
    assert await office.refused(POST, channel=office.product.id, text="a") == "is_archived"
    await office.client.chat_postMessage(channel=other.id, text="a")
    office.workspace.faults.clear()
    await post(office)


async def test_a_fault_that_waits_for_its_channel_holds_up_no_other(office):
    other = office.workspace.channel("other", office.ann)
    office.workspace.faults.next(POST, "is_archived", channel=other.id)
    office.workspace.faults.next(POST, "internal_error")
    assert await office.refused(POST, channel=office.product.id, text="a") == "internal_error"
    assert await office.refused(POST, channel=other.id, text="a") == "is_archived"
    await post(office)


async def test_so_many_in_a_row_then_none(office):
    office.workspace.faults.next(POST, faults.fails(503), "internal_error", times=2)
    met = []
    for _ in range(5):
        try:
            await post(office)
            met.append("ok")
        except SlackApiError as error:
            met.append(error.response.status_code)
    assert met == [503, 200, 503, 200, "ok"]


async def test_a_storm_is_the_same_for_the_same_seed(office):
    async def weather():
        office.workspace.faults.storm(0.5, faults.fails(503), faults.limits(1), seed=7)
        found = []
        for _ in range(20):
            try:
                await office.client.auth_test()
                found.append(200)
            except SlackApiError as error:
                found.append(error.response.status_code)
        return found

    first = await weather()
    assert set(first) == {200, 503, 429}
    assert await weather() == first


async def test_the_call_is_kept_as_it_was_answered(office):
    office.workspace.faults.next(POST, faults.fails(503), faults.records_then_closes())
    with pytest.raises(SlackApiError):
        await post(office)
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(office)
    assert [call.status for call in office.workspace.calls(POST)] == [503, 0]
