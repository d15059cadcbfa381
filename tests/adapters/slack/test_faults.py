"""What goes wrong at Slack, sorted: every code of the platform sheet's table 4.3 has its family."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import Calls
from adapters.slack.errors import Refused, Revoked, Unclear
from adapters.slack.faults import NO_HEADER, seconds, sorted_fault
from bot.errors import TryLater, Undeliverable
from tests.simulators.slack import Workspace
from tests.simulators.slack.faults import answers_after, records_then_half

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def answered(code: str = "", status: int = 200, data: Any = None, **headers: str) -> SlackApiError:
    body = data if data is not None else {"ok": False, "error": code}
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, data=body, headers=headers, status_code=status
    )
    return SlackApiError("x", response)


@pytest.mark.parametrize(
    ("codes", "family"),
    [
        ("not_authed invalid_auth token_revoked token_expired account_inactive org_login_required", Revoked),
        ("missing_scope not_allowed_token_type", Refused),
        (
            "restricted_action restricted_action_thread_only_channel no_permission access_denied ekm_access_denied",
            Undeliverable,
        ),
        (
            "channel_not_found not_in_channel is_archived user_not_found user_disabled messages_tab_disabled",
            Undeliverable,
        ),
        ("no_text msg_too_long invalid_blocks invalid_arguments metadata_too_large something_new", Refused),
        ("message_not_found cant_update_message edit_window_closed", Undeliverable),
        ("ratelimited rate_limited service_unavailable request_timeout team_added_to_org", TryLater),
        ("fatal_error internal_error", Unclear),
    ],
)
def test_every_code_has_its_family(codes, family):
    assert [type(sorted_fault(answered(code), NOW)) for code in codes.split()] == [family] * len(codes.split())


async def test_no_call_takes_longer_than_its_time():
    """slack_sdk leaves its own limit aside where it is given a session."""
    workspace = Workspace()
    async with workspace.serving() as url:
        calls = Calls(workspace.token, f"{url}/api", workspace.clock, timeout=0.2)
        workspace.faults.always("auth.test", answers_after(30))
        async with asyncio.timeout(10):
            with pytest.raises(Unclear, match="in time"):
                await calls.call("auth.test")
        await calls.close()


@pytest.mark.parametrize("status", [200, 400, 429, 502])
async def test_half_an_answer_has_a_family(status):
    """For one that slack_sdk cannot read it gives aiohttp's answer instead of its own."""
    workspace = Workspace()
    async with workspace.serving() as url:
        calls = Calls(workspace.token, f"{url}/api", workspace.clock)
        workspace.faults.next("chat.postMessage", records_then_half(status))
        channel = workspace.channel("product")
        with pytest.raises(TryLater if status == 429 else Unclear):
            await calls.call("chat.postMessage", channel=channel.id, text="你好")
        await calls.close()


async def test_a_token_that_is_renewed_while_the_sdk_loads_is_the_one_that_calls():
    workspace = Workspace()
    async with workspace.serving() as url:
        calls = Calls("xoxb-old", f"{url}/api", workspace.clock)
        asked = asyncio.ensure_future(calls.call("auth.test"))
        await asyncio.sleep(0)
        calls.renew(workspace.token)
        assert (await asked)["ok"]
        assert calls.revoked == ""
        await calls.close()


@pytest.mark.parametrize("body", ["", "<html>busy</html>", {}])
def test_a_limit_without_json_is_a_limit(body):
    found = sorted_fault(answered(status=429, data=body, **{"Retry-After": "7"}), NOW)
    assert isinstance(found, TryLater)
    assert found.seconds == 7


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", ["", "<html>", {"ok": False, "error": "service"}])
def test_an_edges_fault_says_nothing_of_what_was_done(status, body):
    assert isinstance(sorted_fault(answered(status=status, data=body), NOW), Unclear)


@pytest.mark.parametrize(
    ("fault", "family"),
    [
        (aiohttp.ServerDisconnectedError(), Unclear), (aiohttp.ClientOSError(104, "reset"), Unclear), (TimeoutError(), Unclear),
        (aiohttp.ClientPayloadError(), Unclear), (ConnectionResetError(), Unclear),
        (aiohttp.ConnectionTimeoutError(), TryLater),
    ],
)  # fmt: skip
def test_only_a_connection_that_was_never_made_is_certain(fault, family):
    assert type(sorted_fault(fault, NOW)) is family


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("30", 30), ("0", 0), ("86400", 86_400), ("1.5", 1.5), ("-3", 0), (None, NO_HEADER), ("soon", NO_HEADER), ("", NO_HEADER),
        ("Thu, 26 Nov 2026 09:01:30 GMT", 90), ("Thu, 26 Nov 2026 08:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_retry_after_in_every_form(header, expected):
    assert seconds(header, NOW) == expected
