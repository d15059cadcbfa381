"""Installing the app by OAuth: the page that asks, the code, the token, and tokens that rotate (sheet 6.7, 6.8)."""

import base64
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.values import Installation, Json

if TYPE_CHECKING:
    from tests.simulators.slack.server import Slack
    from tests.simulators.slack.workspace import Workspace

LASTS = timedelta(hours=12)


def allows(slack: "Slack", workspace: "Workspace", user: str, query: dict[str, str]) -> str:
    """`user` presses Allow on the page for `workspace`: where the browser is sent, with a code good for one use.

    Raises SlackError for a page that Slack would show as an error: unknown client, foreign redirect."""
    if query.get("client_id") != slack.app.client_id:
        raise SlackError("invalid_client_id")
    redirect = query.get("redirect_uri") or next(iter(slack.app.redirect_urls), "")
    if slack.app.redirect_urls and not any(redirect.startswith(known) for known in slack.app.redirect_urls):
        raise SlackError("bad_redirect_uri")
    code = secrets.token_urlsafe(12)
    scopes = tuple(one for one in query.get("scope", "").split(",") if one)
    slack.codes[code] = (workspace.id, user, redirect, scopes)
    return f"{redirect}?{urlencode({'code': code, 'state': query.get('state', '')})}"


async def page(slack: "Slack", request: web.Request) -> web.StreamResponse:
    """GET /oauth/v2/authorize: with `team` and `user` it is as if that user had pressed Allow; else it asks."""
    query = dict(request.query)
    workspace = slack.workspaces.get(query.get("team", ""))
    if workspace is None or query.get("user") not in workspace.users:
        return web.Response(text=_question(slack, query), content_type="text/html")
    try:
        raise web.HTTPFound(allows(slack, workspace, query["user"], query))
    except SlackError as refused:
        return web.Response(text=refused.code, status=400)


def _question(slack: "Slack", query: dict[str, str]) -> str:
    links = [
        f'<p><a href="?{urlencode({**query, "team": workspace.id, "user": user.id})}">'
        f"Allow in {workspace.name} as {user.real_name}</a>"
        for workspace in slack.workspaces.values()
        for user in workspace.users.values()
        if not user.automatic
    ]
    return "<!DOCTYPE html><title>Allow</title>" + "".join(links)


def access(slack: "Slack", authorization: str, args: dict[str, Any]) -> Json:
    """oauth.v2.access, for a code or a refresh token. Raises the errors of sheet 6.7."""
    _client(slack, authorization, args)
    if args.get("grant_type") == "refresh_token":
        return _refreshed(slack, str(args.get("refresh_token", "")))
    code = str(args.get("code", ""))
    if code in slack.used_codes:
        raise SlackError("code_already_used")
    if code not in slack.codes:
        raise SlackError("invalid_code")
    team, user, redirect, scopes = slack.codes[code]
    if args.get("redirect_uri") and args["redirect_uri"] != redirect:
        raise SlackError("bad_redirect_uri")
    slack.used_codes.add(code)
    workspace = slack.workspaces[team]
    return _granted(workspace, workspace.installs(scopes), user)


def _client(slack: "Slack", authorization: str, args: dict[str, Any]) -> None:
    """Basic authorisation, or client_id and client_secret as arguments."""
    name, secret = str(args.get("client_id", "")), str(args.get("client_secret", ""))
    if authorization.startswith("Basic "):
        name, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
    if name != slack.app.client_id:
        raise SlackError("invalid_client_id")
    if secret != slack.app.client_secret:
        raise SlackError("bad_client_secret")


def _refreshed(slack: "Slack", token: str) -> Json:
    """A refresh token is good for one use; the token before stays good until the next (at most two)."""
    for workspace in slack.workspaces.values():
        installed = workspace.installed
        if installed is not None and token and installed.refresh == token:
            workspace.rotates()
            return _granted(workspace, workspace.installation, "")
    raise SlackError("invalid_refresh_token")


def _granted(workspace: "Workspace", installed: Installation, user: str) -> Json:
    granted: Json = {
        "access_token": installed.token,
        "token_type": "bot",
        "scope": ",".join(installed.scopes),
        "bot_user_id": installed.bot_user,
        "app_id": workspace.app.id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": user},
    }
    if installed.refresh:
        granted |= {"refresh_token": installed.refresh, "expires_in": int(LASTS.total_seconds())}
    return granted
