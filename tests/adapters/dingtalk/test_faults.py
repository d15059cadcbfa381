"""Each answer of DingTalk's and the family it belongs to (RELIABILITY A4, platform sheet 8.2)."""

from datetime import UTC, datetime

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from adapters.dingtalk.faults import PAUSE, PUNISHED, Refused, Revoked, Spent, Stale, Unclear, broken, refusal
from bot.errors import TryLater

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "family"),
    [
        (400, {"code": "InvalidAuthentication"}, Stale),
        (401, {"code": "anything"}, Stale),
        (200, {"errcode": 40014}, Stale),
        (200, {"errcode": 88, "sub_code": "40014"}, Stale),
        (400, {"code": "invalidClientIdOrSecret"}, Revoked),
        (403, {"code": "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"}, TryLater),
        (200, {"errcode": 90018}, TryLater),
        (429, {"code": "x"}, TryLater),
        (403, {"code": "Forbidden.AccessDenied.ApiCountLimitForOrg"}, Spent),
        (200, {"errcode": 90020}, Spent),
        (500, {"code": "system.busy"}, Unclear),
        (400, {"code": "system.error"}, Unclear),
        (200, {"errcode": -1}, Unclear),
        (503, None, Unclear),
        (400, {"code": "param.templateNotExist"}, Refused),
        (403, {"code": "something.new"}, Refused),
        (200, {"errcode": 60121, "errmsg": "找不到该用户"}, Refused),
    ],
)
def test_the_family_of_a_refusal(status, body, family):
    assert type(refusal(status, body, NOW)) is family


@pytest.mark.parametrize("body", [{"errcode": 0}, {"errcode": "0"}, {"success": True}, {}])
def test_what_is_no_refusal(body):
    assert refusal(200, body, NOW) is None


def test_the_gate_is_left_alone_for_five_minutes_and_the_pace_for_two_seconds():
    for shut in (refusal(200, None, NOW), refusal(200, {"status": 1111, "wait": 5}, NOW)):
        assert isinstance(shut, TryLater)
        assert shut.seconds == PUNISHED
    paced = refusal(200, {"errcode": 90002}, NOW)
    assert isinstance(paced, TryLater)
    assert paced.seconds == PAUSE


def test_a_used_up_month_waits_for_the_next_but_looks_once_a_day():
    assert Spent(NOW).seconds == 86_400
    assert Spent(datetime(2026, 12, 31, 23, tzinfo=UTC)).seconds == 3_660


def test_missing_permissions_are_named_on_both_hosts():
    new = {
        "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        "accessdenieddetail": {"requiredScopes": ["a", "b"]},
    }
    old = {"errcode": 88, "sub_code": "60011", "sub_msg": "[qyapi_get_member]"}
    found = [refusal(403, new, NOW), refusal(200, old, NOW)]
    assert [one.scopes for one in found if isinstance(one, Refused)] == [("a", "b"), ("qyapi_get_member",)]


@pytest.mark.parametrize("kind", [aiohttp.ClientResponseError, aiohttp.ContentTypeError, aiohttp.TooManyRedirects])
def test_a_broken_answer_of_the_old_host_tells_nobody_the_token_in_its_address(kind):
    url = URL("https://oapi.dingtalk.com/topapi/v2/user/get?access_token=tok-secret")
    asked = aiohttp.RequestInfo(url, "POST", CIMultiDictProxy(CIMultiDict()), url)
    found = broken(kind(asked, (), status=400, message="invalid header"))
    assert str(found) == f"{kind.__name__}: 400 invalid header"


@pytest.mark.parametrize("fault", [TimeoutError(), ConnectionResetError(), OSError("x")], ids=repr)
def test_what_got_no_answer_may_have_happened(fault):
    assert isinstance(broken(fault), Unclear)
