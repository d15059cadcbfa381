"""response_urls: five uses in thirty minutes, and what each does to the message it belongs to."""

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.simulators.slack import faults
from tests.simulators.slack.conftest import button, section

pytestmark = pytest.mark.slow


def hook(office, kind="commands", source=None):
    """Where the app may answer ann in #product."""
    url = office.url + office.workspace.hooks.new(kind, office.ann.user, office.product.place, source).path
    return AsyncWebhookClient(url)


async def card(office, **more):
    await office.client.chat_postMessage(
        channel=office.product.id, text="a", blocks=[section("旧", accessory=button())], **more
    )
    return office.product.messages[-1]


async def test_five_uses_and_no_sixth(office):
    url = hook(office)
    answers = [await url.send(text=f"{number}") for number in range(6)]
    assert [(one.status_code, one.body) for one in answers] == [(200, "ok")] * 5 + [(404, "used_url")]
    assert office.ann.sees(office.product) == "0\n1\n2\n3\n4"


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 404)])
async def test_thirty_minutes(office, minutes, status):
    url = hook(office)
    await office.workspace.advance(minutes=minutes)
    assert (await url.send(text="迟")).status_code == status


async def test_an_answer_is_the_askers_unless_it_says_otherwise(office):
    await hook(office).send(text="只给你")
    await hook(office).send(text="给大家", response_type="in_channel")
    assert office.ann.sees(office.product) == "只给你\n给大家"
    assert office.bo.sees(office.product) == "给大家"


async def test_it_works_where_the_bot_is_not(office):
    office.product.removes_bot()
    assert (await hook(office).send(text="给大家", response_type="in_channel")).status_code == 200


async def test_the_message_it_came_from_is_replaced_or_deleted(office):
    source = await card(office)
    await hook(office, "actions", source).send(text="新", replace_original=True)
    assert office.bo.sees(office.product) == "新"
    await hook(office, "actions", source).send(delete_original=True)
    assert office.bo.sees(office.product) == ""


async def test_an_ephemeral_one_too(office):
    await office.client.chat_postEphemeral(channel=office.product.id, user=office.ann.id, text="旧")
    source = office.ann.messages(office.product)[-1]
    await hook(office, "actions", source).send(text="新", replace_original=True)
    assert office.ann.sees(office.product) == "新"
    assert office.bo.sees(office.product) == ""


async def test_a_command_has_no_message_to_replace(office):
    await card(office)
    await hook(office).send(text="新", replace_original=True)
    assert office.ann.sees(office.product) == "旧\n[接受]\n新"
    assert (await hook(office).send(delete_original=True)).body == "message_not_found"


async def test_content_is_checked_as_everywhere(office):
    url = hook(office)
    assert (await url.send(text="a", blocks=[section("字" * 3001)])).body == "invalid_blocks"
    assert (await url.send(text="")).body == "no_text"
    assert (await url.send_dict({"text": "a", "response_type": "loud"})).body == "invalid_response_type"
    assert office.ann.sees(office.product) == ""


async def test_its_uses_are_kept_and_can_be_disturbed(office):
    office.workspace.faults.next("response_url", faults.fails(500), faults.records_then_closes())
    url = hook(office)
    assert (await url.send(text="一")).status_code == 500
    with pytest.raises(aiohttp.ClientConnectionError):
        await AsyncWebhookClient(url.url, retry_handlers=[]).send(text="二")
    await url.send(text="三")
    assert office.ann.sees(office.product) == "二\n三"
    assert [call.status for call in office.workspace.calls("response_url")] == [500, 0, 200]


async def test_json_that_is_none(office):
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        for text in ("{", "[]"):
            async with session.post(hook(office).url, data=text) as answer:
                assert (answer.status, await answer.text()) == (400, "invalid_payload")


async def test_a_url_that_nobody_gave(office):
    assert (await AsyncWebhookClient(f"{office.url}/commands/T0SIM00001/9/abc").send(text="a")).status_code == 404
    assert (await AsyncWebhookClient(f"{office.url}/commands/T9/9/abc").send(text="a")).status_code == 404
