"""Hostile bytes against the server as it is shipped: refused quickly, nothing told, nothing broken for the next one."""

import asyncio
import gzip
import json
import logging
import time
from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest

from adapters.web import Archive
from bot.people import Account
from tests.adapters.web.conftest import messenger_on
from tests.adapters.web.raw import Wire, on_the_wire
from tests.contracts.harness import Core, listening

pytestmark = pytest.mark.slow

TOKEN = "柳暗花明-7"
ACT = "/api/rooms?as=ann"
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


@pytest.fixture
async def wire(archive: Archive, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Wire]:
    """A served workplace; whatever comes in, no error is logged."""
    messenger = messenger_on(archive)
    async with listening(messenger, Core().receive), on_the_wire(messenger) as wire:
        yield wire
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.fixture
async def gated(archive: Archive, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Wire]:
    """The same behind a token."""
    async with on_the_wire(messenger_on(archive, token=TOKEN, hosts=AnyName())) as wire:
        yield wire
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


class AnyName(frozenset[str]):
    def __contains__(self, name: object) -> bool:
        return True


# --- hosts and origins ---


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1@evil.example", "evil.example:127.0.0.1", "\x00", "[", "[::1"]
)
async def test_dns_rebinding_gets_nothing(wire: Wire, host: str):
    for head in ("GET /", "GET /api/people", "GET /static/js/app.js", f"POST {ACT}"):
        assert (await wire.says(head, Host=host, Origin=f"http://{host}")).status in (400, 421)


async def test_two_hosts_are_no_way_in(wire: Wire):
    for first, second in ((wire.host, "evil.example"), ("evil.example", wire.host)):
        request = f"GET /api/people HTTP/1.1\r\nHost: {first}\r\nHost: {second}\r\nConnection: close\r\n\r\n"
        answer = await wire.sends(request.encode())
        assert answer.status != 200 or first == wire.host


async def test_no_host_at_all(wire: Wire, gated: Wire):
    for server in (wire, gated):
        assert (await server.sends(b"GET /api/people HTTP/1.0\r\n\r\n")).status in (400, 401, 421)
        assert (await server.sends(b"POST /api/rooms HTTP/1.0\r\nOrigin: http://x\r\n\r\n")).status in (400, 403, 421)


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://evil.example", "http://127.0.0.1", "http://[", "http://[::1", "//", "\xff", "a" * 5000],
)
async def test_another_page_cannot_act(wire: Wire, origin: str):
    assert (await wire.says(f"POST {ACT}", b'{"name":"x","members":[]}', Origin=origin)).status == 403
    socket = await wire.says("GET /ws?user=ann", b"", Origin=origin, **UPGRADE)
    assert socket.status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
async def test_no_other_method_does_anything(wire: Wire, method: str):
    assert (await wire.says(f"{method} /api/people?as=ann", b"{}")).status in (400, 405)
    assert (await wire.says(f"{method} /", b"")).status == 405


# --- the token ---


@pytest.mark.parametrize(
    "cookie", ["bihuan-web=", 'bihuan-web="\xe9"', "a/b=c; bihuan-web=x", "=;=;;", "bihuan-web=" + "f" * 64]
)
async def test_a_strange_cookie_is_no_pass_and_no_fault(gated: Wire, cookie: str):
    assert (await gated.says("GET /api/people", Cookie=cookie)).status == 401


async def test_other_servers_cookies_on_this_host_lock_nobody_out(gated: Wire):
    let_in = await gated.says(
        "POST /login", f"token={quote(TOKEN)}".encode(), Content_Type="application/x-www-form-urlencoded"
    )
    cookie = let_in.headers["set-cookie"]
    assert let_in.status == 303
    for flag in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert flag in cookie
    own = cookie.partition(";")[0]
    assert (await gated.says("GET /api/people", Cookie=f'a/b=1; x="\xe9"; {own}; y[z]={{}}')).status == 200


async def test_a_token_is_not_guessed_by_asking_a_hundred_times_at_once(gated: Wire):
    begun = time.monotonic()
    tries = [asyncio.create_task(gated.says("POST /login", f"token={n}".encode())) for n in range(4)]
    answers = await asyncio.gather(*tries)
    assert {answer.headers["location"] for answer in answers} == {"/login#wrong"}
    assert time.monotonic() - begun > 4 * 0.5 - 0.1


async def test_who_comes_when_too_many_wait_is_sent_away(archive: Archive):
    async with on_the_wire(messenger_on(archive, token=TOKEN)) as gated:
        tries = [asyncio.create_task(gated.says("POST /login", b"token=x")) for _ in range(30)]
        done, waiting = await asyncio.wait(tries, timeout=1.5)
        assert 429 in {task.result().status for task in done}
        for task in waiting:
            task.cancel()


async def test_a_login_of_rubbish(gated: Wire):
    for body in (b"", b"token=" + b"\xff" * 100, b"&" * 1000, b"token=%00%ff"):
        assert (await gated.says("POST /login", body)).status in (303, 400)


# --- bodies ---


async def test_json_a_hundred_thousand_deep(wire: Wire):
    for body in (b"[" * 100_000, b'{"a":' * 100_000, b"[" * 400_000 + b"]" * 400_000):
        assert (await wire.says(f"POST {ACT}", body)).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"{",
        b"null",
        b"1e999",
        b'{"name":"\\ud800"}',
        b'{"name":' + b"9" * 5000 + b"}",
        b"\x00",
        b'{"name":{}}',
    ],
)
async def test_a_body_of_rubbish(wire: Wire, body: bytes):
    assert (await wire.says(f"POST {ACT}", body)).status == 400


async def test_a_compressed_body_is_not_unpacked(wire: Wire):
    bomb = gzip.compress(b" " * 50_000_000 + b'{"name":"x","members":[]}')
    begun = time.monotonic()
    assert (await wire.says(f"POST {ACT}", bomb, Content_Encoding="gzip")).status == 400
    assert time.monotonic() - begun < 1


async def test_more_than_a_megabyte_is_refused_whatever_it_is_for(wire: Wire, gated: Wire):
    for path in (ACT, "/api/people?as=ann", "/api/members?as=ann", "/api/files?as=ann&name=x"):
        assert (await wire.says(f"POST {path}", b" " * 1_000_100)).status == 413
    assert (await gated.says("POST /login", b"token=" + b"x" * 1_000_100)).status == 413


async def test_a_body_without_end_is_not_collected(wire: Wire):
    chunk = b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"
    head = f"POST {ACT} HTTP/1.1\r\nHost: {wire.host}\r\nOrigin: http://{wire.host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert (await wire.sends(head.encode() + chunk * 16)).status == 413


async def test_a_client_that_goes_in_the_middle_is_no_fault(wire: Wire):
    _, writer = await asyncio.open_connection("127.0.0.1", wire.port)
    writer.write(
        f"POST {ACT} HTTP/1.1\r\nHost: {wire.host}\r\nOrigin: http://{wire.host}\r\nContent-Length: 99\r\n\r\nhalf".encode()
    )
    await writer.drain()
    writer.close()
    await asyncio.sleep(0.1)
    assert (await wire.says("GET /api/people")).status == 200


@pytest.mark.parametrize(
    "begin",
    [
        "",
        "GET / HTTP/1.1\r\nHost: x",
        f"POST {ACT} HTTP/1.1\r\nHost: {{host}}\r\nOrigin: http://{{host}}\r\nContent-Length: 9\r\n\r\n",
    ],
)
async def test_who_drips_is_cut_off(archive: Archive, begin: str):
    async with on_the_wire(messenger_on(archive), patience=0.3) as wire:
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
        writer.write(begin.format(host=wire.host).encode())
        begun = time.monotonic()
        async with asyncio.timeout(3):
            while not reader.at_eof():
                writer.write(b"x" if begin else b"")
                try:
                    await asyncio.wait_for(reader.read(100), 0.05)
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
        assert 0.2 < time.monotonic() - begun < 2
        writer.close()


async def test_who_opens_too_many_connections_takes_no_file_that_others_need(archive: Archive):
    async with on_the_wire(messenger_on(archive), most=2) as wire:
        held = [(await asyncio.open_connection("127.0.0.1", wire.port))[1] for _ in range(2)]
        assert (await wire.says("GET /api/people")).status == 0
        for writer in held:
            writer.close()
            await writer.wait_closed()
        async with asyncio.timeout(3):
            while (await wire.says("GET /api/people")).status != 200:
                pass


async def test_who_only_listens_is_not(archive: Archive):
    """An open tab is no slow request."""
    messenger = messenger_on(archive)
    async with on_the_wire(messenger, patience=0.2) as wire:
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
        head = f"GET /ws?user=ann HTTP/1.1\r\nHost: {wire.host}\r\nOrigin: http://{wire.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        writer.write(head.encode())
        assert b"101" in await reader.readuntil(b"\r\n")
        await asyncio.sleep(0.5)
        assert not reader.at_eof()
        writer.close()


# --- paths ---


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py", "/static/..%2fpages.py", "/static/%2e%2e/%2e%2e/web/pages.py", "/static//etc/passwd",
        "/static/js/../../guard.py", "/static/..\\pages.py", "/static/%00", "/static/js", "/static/",
        "/api/files/../../etc/passwd", "/api/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/api/files/", "/api/files/%00",
        "//evil.example/", "/\\evil.example", "/static/" + "a/" * 3000,
    ],
)  # fmt: skip
async def test_nothing_beside_the_clients_own_files_is_handed_out(wire: Wire, path: str):
    answer = await wire.says(f"GET {path}")
    assert answer.status in (400, 404, 405, 414)
    assert b"root:" not in answer.body
    assert b"import" not in answer.body


async def test_what_people_wrote_stays_in_no_cache(wire: Wire):
    for path in ("/api/people", "/api/history?as=ann&conversation=product", "/api/message?as=ann&id=1", "/login", "/"):
        assert (await wire.says(f"GET {path}")).headers["cache-control"] in ("no-store", "no-cache")


# --- names ---


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Windows\\a.txt", "a.txt"), ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"), ("\x00a.txt", "a.txt"), ("纪要" * 100 + ".docx", ("纪要" * 50)[:75] + ".docx"),
        ('"><script>.html', '"><script>.html'), ("...", ""), ("/", ""), ("\u200b", ""),
    ],
)  # fmt: skip
async def test_a_file_is_called_what_it_is(wire: Wire, name: str, kept: str):
    answer = await wire.says(
        f"POST /api/files?as=ann&name={quote(name)}", b"<script>alert(1)</script>", Content_Type="text/html"
    )
    assert answer.status == (200 if kept else 400)
    if kept:
        told = json.loads(answer.body)
        assert told["name"] == kept
        file = await wire.says(f"GET {told['url']}")
        assert file.headers["content-type"] == "application/octet-stream"
        assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(kept, safe='')}"
        assert "set-cookie" not in file.headers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  王\n五 ", "王 五"), ("\u202e五王", "五王"), ("\u200b", ""), ("\ud800x", "x"), ("a\x00b", "ab"), ("x" * 500, "x" * 80),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"), ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ],
)  # fmt: skip
async def test_a_person_is_called_by_what_can_be_seen(wire: Wire, archive: Archive, given: str, kept: str):
    answer = await wire.says("POST /api/people", json.dumps({"name": given}).encode())
    assert answer.status == (200 if kept else 400)
    if kept:
        user = json.loads(answer.body)["id"]
        assert (await messenger_on(archive).person(user)).name == kept


async def test_a_room_of_a_hostile_name_is_only_a_name(wire: Wire, archive: Archive):
    await wire.says(f"POST {ACT}", json.dumps({"name": "\u202e'; DROP TABLE rooms; --", "members": ["bo"]}).encode())
    answer = await wire.says("GET /api/people")
    assert answer.status == 200
    assert len(json.loads(answer.body)["people"]) == 3
    assert (await messenger_on(archive).person("bo")).account == Account("web", "bo")
