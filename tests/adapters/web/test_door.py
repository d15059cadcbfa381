"""Who gets in: hosts, origins, the token, and the headers on everything that goes out."""

import aiohttp
import pytest

from adapters.web import Archive
from bot.cards import Card, File
from bot.people import Account
from tests.adapters.web.conftest import Workplace, messenger_on
from tests.adapters.web.serving import serving

pytestmark = pytest.mark.slow

TOKEN = "柳暗花明-7"


async def status(session: aiohttp.ClientSession, method: str, url: str, **headers: str) -> int:
    async with session.request(method, url, headers=headers, allow_redirects=False) as response:
        return response.status


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "", "[::1", "0.0.0.0"])
async def test_a_name_that_only_resolves_here_is_refused(workplace: Workplace, host: str):
    assert await status(workplace.session, "GET", workplace.base, Host=host) == 421


@pytest.mark.parametrize("host", ["localhost:9", "LOCALHOST", "[::1]:8080", "127.0.0.1"])
async def test_loopback_by_any_of_its_names_is_let_in(workplace: Workplace, host: str):
    assert await status(workplace.session, "GET", workplace.base, Host=host) == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
@pytest.mark.parametrize("path", ["/api/rooms", "/api/people", "/api/files", "/api/time"])
async def test_another_site_cannot_post(workplace: Workplace, origin: str, path: str):
    assert await status(workplace.session, "POST", workplace.base + path, Origin=origin) == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_another_site_cannot_open_a_socket(workplace: Workplace, origin: str):
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await workplace.session.ws_connect(f"{workplace.base}/ws?user=ann", headers={"Origin": origin})
    assert refused.value.status == 403


async def test_the_page_runs_only_its_own_scripts_and_is_framed_by_nobody(workplace: Workplace):
    for path in ("/", "/static/js/app.js", "/login", "/api/people"):
        async with workplace.session.get(workplace.base + path) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("media_type", "served_as"),
    [("text/html", "application/octet-stream"), ("image/svg+xml", "image/svg+xml"), ("image/png", "image/png")],
)
async def test_a_file_is_handed_over_never_run(workplace: Workplace, media_type: str, served_as: str):
    file = File('行动"项\r\n.html', media_type, b"<script>alert(1)</script>")
    await workplace.messenger.post(Account("web", "ann"), Card("文件", (file,)), key="f", again=False)
    tab = await workplace.tab("ann")
    (message,) = await tab.history("d:ann:bihuan")
    async with workplace.session.get(workplace.base + message["card"]["blocks"][0]["url"]) as response:
        assert response.content_type == served_as
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.read() == b"<script>alert(1)</script>"


async def test_without_the_token_nothing_is_told(archive: Archive):
    messenger = messenger_on(archive, token=TOKEN)
    async with serving(messenger.routes) as base, aiohttp.ClientSession() as session:
        assert await status(session, "GET", base) == 303
        for path in ("/api/people", "/api/history?as=ann&conversation=product", "/api/message?id=1", "/api/files/x"):
            assert await status(session, "GET", base + path) == 401
        assert await status(session, "POST", f"{base}/api/rooms", Origin=base) == 401
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{base}/ws?user=ann", headers={"Origin": base})


async def test_the_token_opens_once_and_the_cookie_does_not_hold_it(archive: Archive):
    messenger = messenger_on(archive, token=TOKEN)
    jar = aiohttp.CookieJar(unsafe=True)
    async with serving(messenger.routes) as base, aiohttp.ClientSession(cookie_jar=jar) as session:
        for given, there in (("柳暗花明", "/login#wrong"), (TOKEN, "/")):
            async with session.post(
                f"{base}/login", data={"token": given}, headers={"Origin": base}, allow_redirects=False
            ) as response:
                assert response.headers["Location"] == there
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert await status(session, "GET", f"{base}/api/people") == 200
        async with aiohttp.ClientSession() as stranger:
            assert await status(stranger, "GET", f"{base}/api/people", Cookie="bihuan-web=guess") == 401


async def test_without_a_token_set_nobody_can_log_in_with_nothing(workplace: Workplace):
    headers = {"Origin": workplace.base}
    async with workplace.session.post(
        f"{workplace.base}/login", data={"token": ""}, headers=headers, allow_redirects=False
    ) as response:
        assert "Set-Cookie" not in response.headers


async def test_a_body_over_a_megabyte_is_not_taken(workplace: Workplace):
    url, headers = f"{workplace.base}/api/files?as=ann&name=a.bin", {"Origin": workplace.base}
    async with workplace.session.post(url, data=b"x" * 1_000_001, headers=headers) as response:
        assert response.status == 413
    async with workplace.session.post(url, data=b"x" * 1_000_000, headers=headers) as response:
        assert response.status == 200


async def test_an_offline_demo_has_no_time_machine(archive: Archive):
    messenger = messenger_on(archive)
    async with serving(messenger.routes) as base, aiohttp.ClientSession() as session:
        assert await status(session, "POST", f"{base}/api/time", Origin=base) == 404
