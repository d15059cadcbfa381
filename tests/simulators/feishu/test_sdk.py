"""lark-oapi's own client and long connection against the simulator: a check by somebody else's program (sheet 9.2).

In a process of its own: the SDK is 11,000 modules, and keeps one loop and one token cache for everybody.
"""

import asyncio
import json
import sys

import pytest

from tests.simulators.feishu.conftest import button, card

pytestmark = pytest.mark.slow

BOT = """
import asyncio, json, sys, threading
import lark_oapi as lark
import lark_oapi.ws.client as wsc
from lark_oapi.api.im.v1 import CreateMessageRequest, CreateMessageRequestBody
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse

app_id, secret, domain, ann, content = sys.argv[1:]
client = lark.Client.builder().app_id(app_id).app_secret(secret).domain(domain).log_level(lark.LogLevel.ERROR).build()

def heard(data):
    print(json.dumps({"text": json.loads(data.event.message.content)["text"], "by": data.event.sender.sender_id.open_id}), flush=True)

def pressed(data):
    print(json.dumps({"value": data.event.action.value, "by": data.event.operator.open_id}), flush=True)
    return P2CardActionTriggerResponse({"toast": {"type": "success", "content": "好了"}})

body = CreateMessageRequestBody.builder().receive_id(ann).msg_type("interactive").content(content).uuid("u").build()
request = CreateMessageRequest.builder().receive_id_type("open_id").request_body(body).build()
answers = [client.im.v1.message.create(request) for _ in range(2)]
print(json.dumps({"codes": [one.code for one in answers], "same": answers[0].data.message_id == answers[1].data.message_id}), flush=True)
handler = (lark.EventDispatcherHandler.builder("", "").register_p2_im_message_receive_v1(heard)
           .register_p2_card_action_trigger(pressed).build())
loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop); wsc.loop = loop
lark.ws.Client(app_id, secret, event_handler=handler, domain=domain, log_level=lark.LogLevel.ERROR).start()
"""


async def test_the_sdk_sends_hears_and_answers_a_press(office):
    tenant = office.tenant
    arguments = (tenant.app.id, tenant.app.secret, office.url, office.ann.id, json.dumps(card(button("接受"))))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-c", BOT, *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert await line(process) == {"codes": [0, 0], "same": True}
        await tenant.connected(1, within=60)
        tenant.sockets.fragments = 3
        await office.ann.says("大家早", office.product)
        assert await line(process) == {"text": "大家早", "by": office.ann.id}
        await office.ann.presses("接受")
        assert await line(process) == {"value": {"c": "接受"}, "by": office.ann.id}
        assert "好了" in office.ann.sees()
        assert tenant.complaints == []
    finally:
        process.kill()
        await process.wait()


async def line(process: asyncio.subprocess.Process) -> dict:
    assert process.stdout is not None
    found: dict = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
    return found
