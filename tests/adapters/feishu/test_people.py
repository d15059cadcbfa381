"""Whom Feishu knows: the directory with what the scopes hide, people, members; and what is remembered of them."""

from collections.abc import AsyncIterator

import pytest

from adapters.feishu import Options
from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json
from adapters.feishu.people import A_WHILE, FRESH, People
from bot.errors import TryLater
from bot.people import Account, Division, Hidden, Profile, Unseen
from tests.adapters.feishu.counter import Counter, standing
from tests.contracts.harness import Core, listening
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow

WITHIN = "GET contact/v3/users/find_by_department"


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
    assert people[li.id] == Profile(Account("feishu", li.id), "李四", "li@example.com", "平台组", division=below.id)
    assert not people[gone.id].active
    assert counter.ann.id in people


async def read(counter) -> tuple[list[Division], list[Profile], list[Hidden]]:
    found = [one async for one in counter.messenger.directory()]
    return (
        [one for one in found if isinstance(one, Division)],
        [one for one in found if isinstance(one, Profile)],
        [one for one in found if isinstance(one, Hidden)],
    )


async def test_somebody_in_several_departments_is_in_the_primary_one(counter):
    first, second = counter.tenant.department("技术部"), counter.tenant.department("运营部")
    counter.ann.user.departments = [first.id, second.id]
    for primary, expected in (("", first), (second.id, second)):
        counter.ann.user.primary = primary
        _, people, _ = await read(counter)
        assert [(one.name, one.division, one.department) for one in people] == [("安娜", expected.id, expected.name)]


@pytest.mark.parametrize(
    ("scope", "what"),
    [
        ("contact:department.base:readonly", Unseen.DEPARTMENTS),
        ("contact:department.organize:readonly", Unseen.HEADS),
        ("contact:user.base:readonly", Unseen.NAMES),
        ("contact:user.email:readonly", Unseen.EMAILS),
        ("contact:user.department:readonly", Unseen.PLACES),
        ("contact:user.employee:readonly", Unseen.LEAVERS),
    ],
)
async def test_a_field_whose_scope_is_missing_is_said_and_told_from_an_empty_one(counter, scope, what):
    tech = counter.tenant.department("技术部")
    counter.ann.user.departments = [tech.id]
    divisions, people, hidden = await read(counter)
    assert (divisions[0].parent, divisions[0].heads, people[0].division, hidden) == ("", (), tech.id, [])
    counter.tenant.app.scopes -= {scope}
    divisions, people, hidden = await read(counter)
    assert hidden == [Hidden("feishu", what, scope)]
    assert (divisions[0].parent is None) == (divisions[0].heads is None) == (what is Unseen.HEADS)
    assert (people[0].division is None) == (what is Unseen.PLACES)
    assert bool(divisions[0].name) == (what is not Unseen.DEPARTMENTS)


async def test_where_the_range_is_a_part_the_reading_begins_there(counter):
    """Departments with all below them, and people by themselves; pages of one."""
    tenant = counter.tenant
    tenant.page_size = 1
    tech, sales = tenant.department("技术部"), tenant.department("销售部")
    below, solo = tenant.department("平台组", tech), tenant.hires("老板", sales)
    tenant.hires("李四", below)
    tenant.range = {tech.id, solo.id}
    divisions, people, hidden = await read(counter)
    assert [(one.name, one.parent) for one in divisions] == [("技术部", ""), ("平台组", tech.id)]
    assert {one.name: one.division for one in people} == {"李四": below.id, "老板": None}
    assert [one.what for one in hidden] == [Unseen.EVERYBODY]


async def test_one_hidden_branch_keeps_no_other_away(counter):
    tenant = counter.tenant
    tech, sales = tenant.department("技术部"), tenant.department("销售部")
    tenant.hires("李四", tech)
    tenant.hires("王五", sales)
    tenant.range = {tech.id, sales.id}
    tenant.faults.always("GET contact/v3/departments/:id", faults.refuses(40004, 403), to=tech.id)
    divisions, people, hidden = await read(counter)
    assert ([one.name for one in divisions], [one.name for one in people]) == (["销售部"], ["王五"])
    assert [(one.what, one.where) for one in hidden] == [(Unseen.EVERYBODY, ""), (Unseen.DEPARTMENTS, tech.id)]


async def test_people_of_one_department_who_are_hidden_keep_no_other_away(counter):
    tech, sales = counter.tenant.department("技术部"), counter.tenant.department("销售部")
    counter.tenant.hires("李四", tech)
    counter.tenant.hires("王五", sales)
    counter.tenant.faults.next(WITHIN, faults.answers_after(0.01), faults.refuses(40004, 403))
    _, people, hidden = await read(counter)
    assert [one.name for one in people] == ["安娜", "王五"]
    assert [(one.what, one.where) for one in hidden] == [(Unseen.PEOPLE, "技术部")]


async def test_a_limit_is_waited_for_and_the_company_read_to_its_end(counter):
    counter.tenant.page_size = 1
    for name in ("李四", "王五"):
        counter.tenant.hires(name)
    counter.tenant.faults.next(WITHIN, faults.answers_after(0.01), faults.limits("0.2"), faults.limits("0.2"))
    _, people, hidden = await read(counter)
    assert (len(people), hidden) == (3, [])


async def test_a_limit_that_does_not_end_is_for_later(counter):
    counter.tenant.faults.always(WITHIN, faults.limits("120"))
    with pytest.raises(TryLater):
        await read(counter)


async def test_a_directory_that_is_closed(counter):
    counter.tenant.app.scopes -= {"contact:contact.base:readonly"}
    divisions, people, hidden = await read(counter)
    assert (divisions, people, [one.what for one in hidden]) == ([], [], [Unseen.EVERYBODY])
    assert "contact:contact.base:readonly" in hidden[0].why


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("told", [True, False])
async def test_who_resigned_is_inactive_whatever_feishu_still_shows_of_them(counter, listed, told):
    """By the event; whether lists and look-ups still tell is not sure."""
    unverified = counter.tenant.unverified
    unverified.resigned_are_listed, unverified.resigned_are_told = listed, told
    counter.tenant.hires("李四")
    async with listening(counter.messenger, Core().receive):
        await counter.tenant.connected(2)
        await read(counter)
        await counter.tenant.resigns(counter.ann)
        for _ in range(2):
            _, people, _ = await read(counter)
            assert {one.name: one.active for one in people} == {"安娜": False, "李四": True}
        counter.ann.user.resigned = False
        _, people, _ = await read(counter)
        assert all(one.active for one in people), "and who comes back is back"


async def test_who_resigned_unheard_can_still_be_looked_up(counter):
    """Nobody listened: what was remembered is forgotten when the list no longer shows them."""
    await read(counter)
    counter.tenant.unverified.resigned_are_listed = False
    counter.ann.user.resigned = True
    assert await read(counter) == ([], [], [])
    assert not (await counter.messenger.person(counter.ann.id)).active


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


async def test_a_department_that_changes_is_news(counter):
    tech = counter.tenant.department("技术部")
    async with listening(counter.messenger, Core().receive):
        await counter.tenant.connected(2)
        counter.messenger.news.clear()
        await counter.tenant.reorganises(tech)
        assert counter.messenger.news.is_set()


async def test_who_leaves_is_news_at_once(counter):
    async with listening(counter.messenger, Core().receive):
        await counter.tenant.connected(2)
        await counter.messenger.person(counter.ann.id)
        counter.messenger.news.clear()
        await counter.tenant.resigns(counter.ann)
        assert counter.messenger.news.is_set()
        assert not (await counter.messenger.person(counter.ann.id)).active, "what was remembered is forgotten"


class Groups(Calls):
    """Calls that know one group; `fault`: what is wrong with them now. Counts."""

    def __init__(self) -> None:
        super().__init__("cli_1", "secret", "http://127.0.0.1:9")
        self.fault: TryLater | None = TryLater(1)
        self.name = "产品"
        self.asked = 0

    async def pages(self, path: str, **query: str) -> AsyncIterator[Json]:
        self.asked += 1
        if self.fault:
            raise self.fault
        yield {"chat_id": "oc_1", "name": self.name}


async def test_a_group_whose_name_could_not_be_had_is_asked_about_again_soon():
    calls, now = Groups(), [0.0]
    people = People(calls, lambda: now[0])
    for _ in range(2):
        assert await people.group("oc_1") == ""
    calls.fault = None
    now[0] += A_WHILE + 1
    for _ in range(2):
        assert await people.group("oc_1") == "产品"
    assert calls.asked == 2
    assert await people.group("oc_2") == ""
    now[0] += A_WHILE + 1
    assert await people.group("oc_2") == ""
    assert calls.asked == 3, "of all that there are, it is none"


async def test_a_group_keeps_its_name_while_feishu_does_not_say():
    calls, now = Groups(), [0.0]
    people = People(calls, lambda: now[0])
    calls.fault = None
    await people.group("oc_1")
    calls.fault = TryLater(1)
    now[0] += FRESH + 1
    assert await people.group("oc_1") == "产品"
