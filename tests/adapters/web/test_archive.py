"""The history: kept over a restart, paged without gaps, honest about a file that cannot be written."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import Archive, history, people
from adapters.web.history import Draft
from bot.cards import Card, Plain, Text
from bot.errors import TryLater, Undeliverable
from bot.people import Account, Profile, Room
from tests.adapters.web.conftest import NOW, ROOM, messenger_on, person

ANN = Account("web", "ann")


def draft(number: int, conversation: str = "product", only_for: str = "") -> Draft:
    at = (NOW + timedelta(seconds=number)).isoformat()
    return Draft(conversation, "bo", at, f"第 {number} 句", {"text": str(number)}, f"{conversation}-{number}", only_for)


async def test_a_restart_finds_everything(tmp_path: Path):
    path = str(tmp_path / "web.db")
    first = Archive(path)
    messenger = messenger_on(first)
    posted = await messenger.post(ROOM, Card("重启前", (Text((Plain("还在"),)),)), key="k", again=False)
    first.close()
    second = Archive(path)
    again = messenger_on(second)
    assert await again.post(ROOM, Card("重启前"), key="k", again=True) == posted
    (message,) = await second.do(history.page, "ann", "product", 0)
    assert message.body["card"]["blocks"][0]["spans"][0]["text"] == "还在"
    await again.update(posted, Card("重启后"))
    assert (await second.do(history.page, "ann", "product", 0))[0].words == "重启后"
    second.close()


async def test_seeding_again_updates_people_and_removes_nobody():
    archive = Archive()
    messenger = messenger_on(archive)
    messenger.seed([person("ann", "安娜·新", "市场部")], [(Room("web", "product", "产品规划"), ["cy"])])
    assert (await messenger.person("ann")).department == "市场部"
    assert [account.user_id for account in await messenger.members(ROOM)] == ["ann", "bo", "cy"]
    assert len([entry async for entry in messenger.directory()]) == 3
    archive.close()


async def test_people_are_renewed_beside_everything_else_while_the_file_is_held(tmp_path: Path):
    """Whoever holds the file (a copy, a terminal beside it) keeps the loop from nothing."""
    archive = Archive(str(tmp_path / "web.db"))
    messenger = messenger_on(archive)
    with closing(sqlite3.connect(tmp_path / "web.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        renewing = asyncio.create_task(messenger.renew([person("dd", "丁一")]))
        await asyncio.sleep(0)
        other.execute("ROLLBACK")
        await renewing
    assert (await messenger.person("dd")).name == "丁一"
    archive.close()


@pytest.mark.parametrize("user", ["", "a b", "a:b", "bihuan", "../x", "安", "x" * 65])
def test_an_id_that_no_address_holds_is_refused(user: str):
    archive = Archive()
    with pytest.raises(ValueError, match="not usable"):
        messenger_on(archive).seed([person(user, "谁")])
    archive.close()


async def test_who_has_left_cannot_be_reached():
    archive = Archive()
    messenger = messenger_on(archive)
    messenger.seed([Profile(Account("web", "gone"), "走了", active=False)])
    with pytest.raises(Undeliverable):
        await messenger.post(Account("web", "gone"), Card("有吗"), key="k", again=False)
    archive.close()


async def test_a_locked_file_is_a_reason_to_try_later(tmp_path: Path):
    path = tmp_path / "web.db"
    archive = Archive(str(path), busy=0.05)
    messenger = messenger_on(archive)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryLater):
        await messenger.post(ANN, Card("等等"), key="k", again=False)
    other.rollback()
    other.close()
    await messenger.post(ANN, Card("等等"), key="k", again=False)
    assert len(await archive.do(history.page, "ann", people.direct("bihuan", "ann"), 0)) == 1
    archive.close()


def test_a_damaged_file_does_not_start(tmp_path: Path):
    path = tmp_path / "web.db"
    Archive(str(path)).close()
    path.write_bytes(path.read_bytes()[:4096] + b"\0" * 40_000)
    with pytest.raises(sqlite3.DatabaseError):
        Archive(str(path))
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(sqlite3.DatabaseError):
        Archive(str(path))


@pytest.mark.slow
@given(
    kinds=st.lists(st.sampled_from(["", "ann", "bo"]), max_size=170),
    reader=st.sampled_from(["ann", "bo"]),
)
def test_pages_give_each_message_of_a_reader_once_in_order(kinds: list[str], reader: str):
    archive = Archive()
    for number, only_for in enumerate(kinds):
        archive.now(history.keep, draft(number, only_for=only_for))
    seen: list[str] = []
    before = 0
    while page := archive.now(history.page, reader, "product", before):
        assert len(page) <= history.PAGE
        seen = [message.body["text"] for message in page] + seen
        before = page[0].id
    assert seen == [str(number) for number, only_for in enumerate(kinds) if only_for in ("", reader)]
    archive.close()


def test_a_page_down_to_a_linked_message_has_it_and_no_gap():
    archive = Archive()
    for length in range(1, 3 * history.PAGE + 1):
        archive.now(history.keep, draft(length))
        for wanted in {1, length // 2, length - history.PAGE, length, length + 1} - {0}:
            page = archive.now(history.page, "ann", "product", 0, wanted)
            ids = [message.id for message in page]
            assert ids == list(range(ids[0], length + 1)), (length, wanted)
            assert wanted in ids or not 0 < wanted <= length, (length, wanted)
    archive.close()


@pytest.mark.slow
@given(
    steps=st.lists(st.tuples(st.sampled_from(["keep", "change", "same"]), st.integers(0, 9)), max_size=40),
    cut=st.integers(0, 40),
)
def test_who_saw_up_to_a_change_gets_exactly_the_later_ones(steps: list[tuple[str, int]], cut: int):
    archive = Archive()
    archive.now(people.seed, [person("ann", "安娜")], [(ROOM, ["ann"])])
    touched: dict[int, int] = {}
    seq_at_cut = 0
    for at, (step, number) in enumerate(steps):
        if step == "keep":
            kept, changed = archive.now(history.keep, draft(number))
            message: history.Message | None = kept
        else:
            body = {"text": f"changed {at if step == 'change' else 'once'}"}
            before = archive.now(history.last_seq)
            message = archive.now(history.change, number, "words", body, ())
            changed = archive.now(history.last_seq) > before
        if changed and message is not None and at >= cut:
            touched[message.id] = at
        if at < cut:
            seq_at_cut = archive.now(history.last_seq)
    newer = archive.now(history.newer, "ann", seq_at_cut)
    assert newer is not None
    assert {message.id for message in newer} == set(touched)
    archive.close()


def test_unread_counts_others_words_after_the_last_look():
    archive = Archive()
    for number in range(130):
        archive.now(history.keep, draft(number, only_for="bo" if number % 2 else ""))
    assert archive.now(history.unread, "ann", "product")[0] == 65
    assert archive.now(history.unread, "bo", "product")[0] == 0
    archive.now(history.read, "ann", "product", 121)
    archive.now(history.read, "ann", "product", 3)
    assert archive.now(history.unread, "ann", "product")[:2] == (4, 121)
    for number in range(130, 300):
        archive.now(history.keep, draft(number))
    assert archive.now(history.unread, "ann", "product")[0] == 100
    archive.close()
