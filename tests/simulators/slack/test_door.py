"""HTTP mode: signatures, the challenge, and what a request looks like at the bot's door."""

import time
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.simulators.slack.door import FORM, JSON

pytestmark = pytest.mark.slow


def test_the_sheets_own_signature(workspace_door):
    """The test vector of sheet 1.1."""
    workspace_door.slack.app.signing_secret = "test-signing-secret"
    body = (
        b"token=tok&team_id=T0123456789&team_domain=acme&channel_id=C0123456789&channel_name=general&user_id=U0123456789"
        b"&user_name=ana&command=%2Faction&text=add+%3C%40U0987654321%7Cbo%3E+ship+it&api_app_id=A0123456789"
        b"&is_enterprise_install=false&response_url=http%3A%2F%2F127.0.0.1%3A9000%2Fcommands%2FT0123456789%2F1%2Fabc"
        b"&trigger_id=111.222.abc"
    )
    signed = workspace_door.signed(body, FORM, 1_700_000_000)
    assert signed["X-Slack-Signature"] == "v0=a8330c605d6192d9d52744455b275215a501384848a8e15c7fdb051ccd27038e"


@pytest.fixture
def workspace_door():
    from tests.simulators.slack import Workspace

    return Workspace().slack.door


async def test_every_request_is_signed_over_its_raw_bytes(office, on_http):
    await office.ann.says("早 & 晚")
    await office.ann.types("/action add 一")
    verifier = SignatureVerifier(office.workspace.app.signing_secret)
    for body, headers in office.workspace.slack.door.sent:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)


async def test_a_command_is_a_form_and_an_interaction_a_payload(office, on_http):
    office.workspace.app.shortcuts = (("global", "new_action", "新增"),)
    await office.ann.types("/action add 一")
    await office.ann.shortcut("new_action")
    await office.ann.says("早")
    (command, first), (interaction, second), (_, third) = office.workspace.slack.door.sent
    assert parse_qs(command.decode())["command"] == ["/action"]
    assert list(parse_qs(interaction.decode())) == ["payload"]
    assert [first["Content-Type"], second["Content-Type"], third["Content-Type"]] == [FORM, FORM, JSON]
    assert on_http.names() == ["/action", "shortcut", "message"]


async def test_bolt_answers_the_challenge(office, on_http):
    door = office.workspace.slack.door
    assert await door.verifies(door.url)
    assert not await door.verifies(door.url.replace("/slack/events", "/elsewhere"))


@pytest.mark.parametrize(("age", "status"), [(0, 200), (-290, 200), (-310, 401), (310, 401)])
async def test_bolt_refuses_what_is_too_old_or_too_new(office, on_http, age, status):
    door = office.workspace.slack.door
    body = b'{"type":"url_verification","challenge":"abc","token":"t"}'
    reply = await door.posts(body, door.signed(body, at=time.time() + age), 3.0)
    assert reply.status == status


async def test_bolt_refuses_another_secrets_signature(office, on_http):
    door = office.workspace.slack.door
    body = b'{"type":"url_verification","challenge":"abc","token":"t"}'
    signed = door.signed(body)
    assert (await door.posts(body, signed | {"X-Slack-Signature": "v0=" + "0" * 64}, 3.0)).status == 401
    assert (await door.posts(body, signed, 3.0)).status == 200


async def test_the_word_payload_in_a_command_meets_bolts_bug(office, on_http):
    """Sheet 1.7, reproduced: a form that merely contains the word is parsed to nothing by bolt's own adapter."""
    await office.ann.types("/action add check payload size")
    assert on_http.heard == []
    assert '/action failed with the error "dispatch_failed"' in office.ann.sees()
