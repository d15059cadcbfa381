"""What messengers are called with: whom the machine trusts, read once, by every way out; and nobody else.

Each in a fresh interpreter, because aiohttp makes its own contexts when it is first imported."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT

CERTIFICATE = Path(__file__).parent / "localhost.pem"
"""A key and its certificate for "localhost", signed by itself, valid until 2126."""
SERVING = """
import asyncio, json, ssl, sys
from adapters import messenger
for name in ("slack", "feishu", "dingtalk"):
    messenger(name)
from aiohttp import web
from adapters import dingtalk, feishu, outward, slack
from adapters.dingtalk.calls import Calls as DingTalk, Credentials
from adapters.feishu.calls import Calls as Feishu
from adapters.slack import sockets
from adapters.slack.calls import Calls as Slack
from adapters.slack.listeners import application
from adapters.slack.standing import SocketStanding
from bot.clock import SystemClock

async def answer(request):
    url = f"wss://localhost:{request.url.port}/link"
    return web.json_response({"ok": True, "team_id": "T1", "url": url})

async def link(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_json({"type": "hello"})
    linked.set()
    return socket

async def found(what):
    try:
        return await what
    except Exception as fault:
        return repr(fault.__cause__ or fault)

async def main():
    global linked
    linked = asyncio.Event()
    app = web.Application()
    app.router.add_get("/link", link)
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(sys.argv[1])
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=shown).start()
    base = f"https://localhost:{runner.addresses[0][1]}"
    slack_calls = Slack("xoxb-1", base, SystemClock())
    others = [Feishu("id", "secret", base), DingTalk(Credentials("id", "secret", base, base), SystemClock(), None)]
    told = {"slack": await found(slack_calls.call("auth.test"))}
    for calls in others:
        told[type(calls).__module__.split(".")[1]] = await found(status(calls, base))
    known = SocketStanding(SystemClock())
    hearing = asyncio.ensure_future(sockets.listen(application(slack_calls, lambda _: None, secret=""), "xapp-1", 5, known))
    told["sockets"] = await found(asyncio.wait_for(linked.wait(), float(sys.argv[2])))
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    for calls in (slack_calls, *others):
        await calls.close()
    await runner.cleanup()
    print(json.dumps(told))

async def status(calls, base):
    async with calls.session.get(base) as response:
        return response.status

asyncio.run(main())
"""
LIGHT = """
import json, os, sys
before = dict(os.environ)
from adapters import messenger
messenger("slack")
from adapters import outward
import aiohttp.connector
ours = outward.trusted()
theirs = aiohttp.connector._SSL_CONTEXT_VERIFIED, aiohttp.connector._SSL_CONTEXT_UNVERIFIED
print(json.dumps({"ours": len(ours.get_ca_certs()), "theirs": [one.cert_store_stats()["x509"] for one in theirs],
                  "strict": ours.check_hostname and ours.verify_mode.name, "untouched": os.environ == before}))
"""


def told(script: str, *given: str, **environment: str) -> dict[str, Any]:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", script, str(CERTIFICATE), *given]
    fresh = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert fresh.returncode == 0, fresh.stderr
    found: dict[str, Any] = json.loads(fresh.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
def test_every_way_out_reaches_whom_the_machine_trusts():
    found = told(SERVING, "20", SSL_CERT_FILE=str(CERTIFICATE))
    assert found == {
        "slack": {"ok": True, "team_id": "T1", "url": found["slack"]["url"]}, "feishu": 200, "dingtalk": 200,
        "sockets": True,
    }  # fmt: skip


@pytest.mark.slow
def test_and_nobody_else():
    found = told(SERVING, "2")
    assert {name for name, what in found.items() if "CERTIFICATE_VERIFY_FAILED" in str(what)} == {
        "slack", "feishu", "dingtalk"
    }  # fmt: skip
    assert found["sockets"] is not True


@pytest.mark.slow
def test_the_machines_certificates_are_read_once_and_not_by_aiohttp():
    """The fence: when aiohttp makes its contexts in another way, this tells."""
    found = told(LIGHT, SSL_CERT_FILE=str(CERTIFICATE))
    assert found == {"ours": 1, "theirs": [0, 0], "strict": "CERT_REQUIRED", "untouched": True}


def test_sessions_are_made_in_one_place():
    """One that were made elsewhere would trust nobody."""
    makers = [path for path in (ROOT / "adapters").rglob("*.py") if "ClientSession(" in path.read_text("utf-8")]
    assert [path.name for path in makers] == ["outward.py"]
