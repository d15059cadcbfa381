"""Who Slack's people are: looked up once, mended by events, never waited for, never guessed."""

import asyncio
from typing import Any

import pytest

from adapters.slack import Options
from adapters.slack.calls import Calls
from adapters.slack.errors import Unclear
from adapters.slack.people import A_WHILE, FRESH, People, is_id, profile
from bot.clock import SystemClock
from bot.errors import TryLater, Undeliverable
from tests.adapters.slack.company import company

ANN: dict[str, Any] = {
    "id": "U0123456789", "name": "ann", "real_name": "Ann", "tz": "Europe/Madrid", "locale": "es-ES", "deleted": False,
    "is_bot": False, "profile": {"real_name": "Ann Lee", "display_name": "annie", "email": "ann@acme.example", "image_72": "x"},
}  # fmt: skip


class Directory(Calls):
    """Calls that answer from a table and count; `slow` seconds each."""

    def __init__(self) -> None:
        super().__init__("xoxb-x", "http://127.0.0.1:9", SystemClock())
        self.answers: dict[str, object] = {"users.info": {"user": ANN}}
        self.asked: list[str] = []
        self.slow = 0.0

    async def call(self, method: str, **args: object):
        self.asked.append(method)
        await asyncio.sleep(self.slow)
        answer = self.answers.get(method)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, dict)
        return answer


class Ticks:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def calls() -> Directory:
    return Directory()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def people(calls, ticks) -> People:
    return People(calls, ticks)


async def test_a_profile_is_asked_for_once_in_a_while(calls, people, ticks):
    for _ in range(3):
        found = await people.profile("U0123456789")
    assert calls.asked == ["users.info"]
    assert (found.name, found.email, found.timezone, found.language) == (
        "Ann Lee",
        "ann@acme.example",
        "Europe/Madrid",
        "es-ES",
    )
    ticks.now += FRESH + 1
    await people.profile("U0123456789")
    assert calls.asked == ["users.info"] * 2


async def test_an_event_mends_what_is_known_and_keeps_the_language(people):
    await people.profile("U0123456789")
    changed = {key: value for key, value in ANN.items() if key != "locale"} | {"tz": "Asia/Tokyo"}
    assert not people.remember(changed)
    found = await people.profile("U0123456789")
    assert (found.timezone, found.language) == ("Asia/Tokyo", "es-ES")


async def test_coming_and_going_is_news_and_a_new_status_is_none(people):
    assert people.remember(ANN)
    assert not people.remember({**ANN, "profile": {**ANN["profile"], "status_text": "lunch"}})
    assert people.remember({**ANN, "deleted": True})
    assert not (await people.profile("U0123456789")).active
    assert people.remember(ANN)


async def test_a_name_that_cannot_be_had_is_not_waited_for(calls, people):
    calls.answers["users.info"] = TryLater(30)
    assert await people.names(["U0123456789"]) == {}
    calls.slow = 30
    begun = asyncio.get_running_loop().time()
    assert await people.names(["U0123456789", "U0987654321"]) == {}
    assert asyncio.get_running_loop().time() - begun < 3


@pytest.mark.parametrize(
    "user", ["nobody-by-this-id", "", "C0123456789", "u0123456789", "U1", "U0123456789\n", "USLACK_BOT1"]
)
async def test_what_is_no_id_is_never_asked_for(calls, people, user):
    with pytest.raises(Undeliverable):
        await people.profile(user)
    assert calls.asked == []
    assert not is_id(user, "UW")


async def test_the_members_of_a_group_and_none_when_slack_does_not_say(calls, people):
    calls.answers["usergroups.users.list"] = {"users": ["U0123456789"]}
    assert await people.groups(["S0123456789"]) == {"S0123456789": ("U0123456789",)}
    calls.answers["usergroups.users.list"] = Unclear("?")
    assert await people.groups(["S0123456789", "S0000000000"]) == {"S0123456789": ("U0123456789",), "S0000000000": ()}


async def test_a_rooms_name_or_what_came_along(calls, people):
    calls.answers["conversations.info"] = {"channel": {"name": "product"}}
    assert await people.room("C0123456789", "x") == "product"
    calls.answers["conversations.info"] = Undeliverable("channel_not_found")
    assert await people.room("C0987654321", "support") == "support"
    assert await people.room("C0987654322", "privategroup") == ""
    assert await people.room("D0123456789", "directmessage") == ""


def test_a_name_that_two_have_is_nobodys(people):
    people.remember(ANN)
    assert people.accounts() == {"Ann Lee": "U0123456789"}
    people.remember({**ANN, "id": "U0987654321"})
    assert people.accounts() == {}
    people.remember({**ANN, "id": "U0987654321", "deleted": True})
    assert people.accounts() == {"Ann Lee": "U0123456789"}


def test_the_least_that_slack_may_say_of_somebody():
    assert profile({"id": "U0123456789"}).name == "U0123456789"
    assert profile({"id": "U0123456789", "name": "ann", "profile": {"real_name": ""}}).name == "ann"


def test_what_holds_the_secrets_does_not_show_them():
    shown = repr(Options("xoxb-canary", "xapp-canary", "canary"))
    assert "canary" not in shown
    assert "slack.com" in shown


@pytest.mark.slow
async def test_who_is_new_is_known_as_soon_as_slack_says_so(tmp_path):
    async with company(tmp_path) as office:
        await office.meets()
        assert not office.messenger.news.is_set()
        kim = office.hires("kim", "Kim")
        office.workspace.user_changed(kim.user)
        await asyncio.wait_for(office.messenger.news.wait(), 5)


async def test_a_room_whose_name_could_not_be_had_is_asked_about_again_soon(calls, people, ticks):
    calls.answers["conversations.info"] = TryLater(1)
    for _ in range(2):
        assert await people.room("C0123456789") == ""
    calls.answers["conversations.info"] = {"channel": {"name": "产品"}}
    ticks.now += A_WHILE + 1
    for _ in range(2):
        assert await people.room("C0123456789") == "产品"
    assert calls.asked == ["conversations.info"] * 2
    calls.answers["conversations.info"] = Unclear("no answer")
    ticks.now += 2 * FRESH
    assert await people.room("C0123456789", "product") == "产品", "what it was last called"
