"""A browser's part in installing the app: follows the app's page to Slack's, presses Allow, and goes back (sheet 6.7)."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import aiohttp
from yarl import URL

from tests.simulators.slack import oauth
from tests.simulators.slack.people import Colleague

_AUTHORIZE = re.compile(r"https?://[^\"'\s<>]+/oauth/v2/authorize\?[^\"'\s<>]+")


async def installs(who: Colleague, page: str) -> tuple[int, str]:
    """`who` opens the app's installation page and allows it into their workspace; status and text of the page at the end.

    Cookies are kept, as the state of the flow is compared with one. Raises AssertionError when no way leads to Slack."""
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(page).origin())
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(page, allow_redirects=False) as answer:
            found = _AUTHORIZE.search(answer.headers.get("Location", "") or unescape(await answer.text()))
        assert found is not None, f"{page} leads nowhere"
        query = dict(parse_qsl(urlsplit(found[0]).query))
        back = oauth.allows(who.workspace.slack, who.workspace, who.id, query)
        async with session.get(back) as answer:
            return answer.status, await answer.text()
