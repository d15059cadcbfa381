"""Whom Feishu knows: the directory with what the scopes hide, people, members; and what is remembered of them."""

from collections.abc import AsyncIterator

import pytest

from adapters.feishu import Options
from bot.errors import TryLater
from bot.people import Account, Division, Profile
from tests.adapters.feishu.counter import Counter, standing
from tests.contracts.messenger import Core, listening
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with standing() as counter:
        yield counter


async def test_the_directory_page_by_page(counter):
    tenant = counter.tenant
    tenant.page_size = 1
    tech = tenant.department("技术部")
    below = tenant.department("平台组", tech)
    li = tenant.hires("李四", below, email="li@example.com")
    gone = tenant.hires("走了", tech)
    gone.user.resigned = True
    tech.leaders = [li.id, counter.ann.id]
    found = [one async for one in counter.messenger.directory()]
    divisions = [one for one in found if isinstance(one, Division)]
    assert divisions == [
        Division("feishu", tech.id, "技术部", "", (li.id, counter.ann.id)), Division("feishu", below.id, "平台组", tech.id),
    ]  # fmt: skip
    people = {one.account.user_id: one for one in found if isinstance(one, Profile)}
    assert people[li.id] == Profile(Account("feishu", li.id), "李四", "li@example.com", "平台组")
    assert not people[gone.id].active
    assert counter.ann.id in people


async def test_a_directory_without_departments_is_its_people(counter):
    counter.tenant.app.scopes -= {"contact:department.base:readonly", "contact:department.organize:readonly"}
    assert [one.name async for one in counter.messenger.directory() if isinstance(one, Profile)] == ["安娜"]


async def test_a_directory_whose_departments_are_out_of_range_is_its_people(counter):
    counter.tenant.faults.always("GET contact/v3/departments/:id/children", faults.refuses(40004))
    assert [one.name async for one in counter.messenger.directory()] == ["安娜"]


async def test_a_directory_that_is_closed(counter):
    counter.tenant.app.scopes -= {"contact:contact.base:readonly"}
    assert [one async for one in counter.messenger.directory()] == []


@pytest.mark.parametrize("operation", ["GET contact/v3/users/:id", "GET im/v1/chats/:id/members"])
async def test_who_is_asked_about_while_feishu_is_in_trouble(counter, operation):
    counter.tenant.faults.always(operation, faults.fails())
    person = operation.startswith("GET contact")
    asked = counter.messenger.person(counter.ann.id) if person else counter.messenger.members(counter.room)
    with pytest.raises(TryLater):
        await asked


def test_what_holds_the_secrets_does_not_show_them():
    shown = repr(Options("cli_1", "s3cr3t", "webhook", "https://x", "k3y", "t0ken"))
    assert "cli_1" in shown
    assert not any(secret in shown for secret in ("s3cr3t", "k3y", "t0ken"))


async def test_who_leaves_is_news_at_once(counter):
    async with listening(counter.messenger, Core().receive):
        await counter.tenant.connected(2)
        await counter.messenger.person(counter.ann.id)
        counter.messenger.news.clear()
        await counter.tenant.resigns(counter.ann)
        assert counter.messenger.news.is_set()
        assert not (await counter.messenger.person(counter.ann.id)).active, "what was remembered is forgotten"
