"""The fault matrix of delivery (RELIABILITY A4, rows 16–24) over the real wire: how each try ends, and what was shown."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from adapters.slack import SlackMessenger
from bot.cards import Card, File, Moment, Picture, Plain, Text
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room
from tests.adapters.slack.office import app, connected
from tests.simulators.slack import Channel, Colleague, Workspace, faults

pytestmark = pytest.mark.slow

CARD = Card("🟡 A-42 后天到期", (Text((Plain("输出流程"),)),))


@dataclass
class Counter:
    """A messenger that nobody listens with, and who may be written to."""

    workspace: Workspace
    messenger: SlackMessenger
    ann: Colleague
    channel: Channel

    @property
    def to(self) -> Account:
        return Account("slack", self.ann.id)

    @property
    def room(self) -> Room:
        return Room("slack", self.channel.id)

    async def posts(
        self, key: str = "k", to: Account | Room | None = None, card: Card = CARD, *, again: bool = False
    ) -> Posted:
        return await self.messenger.post(to or self.room, card, key=key, again=again)

    def shown(self) -> int:
        """How often the card stands in the channel."""
        return sum("A-42" in one.text for one in self.channel.messages)

    def tries(self) -> int:
        return len(self.workspace.calls("chat.postMessage"))


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    workspace = Workspace(app=app())
    ann = workspace.hires("ann", "安娜", locale="zh-CN")
    channel = workspace.channel("product", ann)
    async with connected(workspace) as messenger:
        yield Counter(workspace, messenger, ann, channel)


# --- 16: asked to wait ---


@pytest.mark.parametrize(("header", "seconds"), [("30", 30), ("0", 0), ("86400", 86_400), (None, 30), ("soon", 30)])
@pytest.mark.parametrize("body", ["json", "empty", "html"])
async def test_a_limit_is_kept_for_as_long_as_slack_says(counter, header, seconds, body):
    counter.workspace.faults.next("chat.postMessage", faults.limits(header, body))
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert (later.value.seconds, later.value.unclear) == (seconds, False)
    assert counter.shown() == 0
    await counter.posts()
    assert counter.shown() == 1


async def test_a_limit_may_be_a_date(counter):
    at = counter.workspace.clock.now() + timedelta(seconds=90)
    counter.workspace.faults.next("chat.postMessage", faults.limits(format_datetime(at, usegmt=True)))
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert 80 < later.value.seconds <= 91


# --- 17–19: nobody knows whether it arrived ---

UNCLEAR = {
    "internal_error after it was recorded": faults.records_then("internal_error"),
    "fatal_error after it was recorded": faults.records_then("fatal_error"),
    "half an answer after it was recorded": faults.records_then_half(),
    "half an answer of the edge's": faults.records_then_half(502),
    "an edge's 502 after it was recorded": faults.records_then("service_unavailable", 502),
}
NOT_ARRIVED = {"503": faults.fails(503), "500, empty": faults.fails(500, "empty"), "closed": faults.closes()}


@pytest.mark.parametrize("fault", UNCLEAR.values(), ids=UNCLEAR)
async def test_what_arrived_unheard_is_found_again_and_not_sent_twice(counter, fault):
    counter.workspace.faults.next("chat.postMessage", fault)
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert later.value.unclear
    assert counter.tries() == 1, "no blind retry of anybody's"
    found = await counter.posts(again=True)
    assert counter.tries() == 1
    assert counter.shown() == 1
    assert found.id == counter.channel.messages[-1].ts
    await counter.messenger.update(found, Card("A-42 进行中"))
    assert counter.shown() == 1


@pytest.mark.parametrize("fault", NOT_ARRIVED.values(), ids=NOT_ARRIVED)
async def test_what_did_not_arrive_is_sent_once_more(counter, fault):
    counter.workspace.faults.next("chat.postMessage", fault)
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert later.value.unclear
    await counter.posts(again=True)
    assert counter.shown() == 1


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_where_the_past_cannot_be_read_nobody_guesses(counter, code):
    counter.workspace.faults.next("chat.postMessage", faults.records_then_closes())
    counter.workspace.faults.next("conversations.history", code)
    with pytest.raises(TryLater):
        await counter.posts()
    with pytest.raises(Uncertain, match=code):
        await counter.posts(again=True)
    assert counter.shown() == 1


async def test_a_history_that_is_slow_down_too_is_asked_again_and_nothing_is_sent(counter):
    counter.workspace.faults.next("conversations.history", faults.fails(503), faults.limits(7))
    for unclear in (True, False):
        with pytest.raises(TryLater) as later:
            await counter.posts(again=True)
        assert later.value.unclear is unclear
    assert counter.tries() == 0


async def test_a_message_is_found_behind_many_others_and_pages(counter):
    posted = await counter.posts("old")
    for number in range(450):
        counter.workspace.says(counter.channel.place, _chatter(counter, number))
    fresh = await second_messenger(counter)
    assert await fresh.post(counter.room, CARD, key="old", again=True) == posted
    await fresh.close()


async def test_too_much_said_since_is_not_guessed_about(counter):
    await counter.posts("old")
    for number in range(1_001):
        counter.workspace.says(counter.channel.place, _chatter(counter, number))
    fresh = await second_messenger(counter)
    with pytest.raises(Uncertain, match="too much"):
        await fresh.post(counter.room, CARD, key="old", again=True)
    await fresh.close()


async def test_another_apps_message_with_our_key_is_not_ours(counter):
    from adapters.slack.outgoing import metadata

    forged = _chatter(counter, 1)
    forged.metadata = metadata("k")
    counter.workspace.says(counter.channel.place, forged)
    await counter.posts(again=True)
    assert counter.shown() == 1


async def test_nobody_there_at_all_is_tried_again_without_a_doubt(counter):
    from tests.adapters.slack.office import messenger_of

    nowhere = messenger_of(counter.workspace, "http://127.0.0.1:9")
    with pytest.raises(TryLater) as later:
        await nowhere.post(counter.room, CARD, key="k", again=False)
    assert not later.value.unclear
    await nowhere.close()


# --- 20, 24: the token is dead ---


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth", "token_expired", "not_authed"])
async def test_a_dead_token_stops_everything_and_loses_nothing(counter, code):
    counter.workspace.faults.next("chat.postMessage", code)
    for _ in range(3):
        with pytest.raises(TryLater) as later:
            await counter.posts()
        assert later.value.seconds == 900
        assert code in str(later.value)
    assert counter.tries() == 1, "no error storm"


# --- 22, 23: it can never arrive there ---


@pytest.mark.parametrize(
    "code",
    ["not_in_channel", "channel_not_found", "is_archived", "restricted_action_read_only_channel", "user_disabled"],
)
async def test_a_place_that_is_closed_is_undeliverable(counter, code):
    counter.workspace.faults.next("chat.postMessage", code)
    with pytest.raises(Undeliverable, match=code):
        await counter.posts()
    assert counter.tries() == 1


async def test_a_channel_without_the_bot_and_an_archived_one(counter):
    private = counter.workspace.channel("secret", counter.ann, private=True, bot=False)
    with pytest.raises(Undeliverable):
        await counter.posts(to=Room("slack", private.id))
    counter.channel.archives()
    with pytest.raises(Undeliverable, match="is_archived"):
        await counter.posts()


async def test_somebody_who_has_left(counter):
    await counter.ann.leaves_company()
    with pytest.raises(Undeliverable, match="user_disabled"):
        await counter.posts(to=counter.to)


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "metadata_too_large", "missing_scope"])
async def test_what_is_ours_to_mend_is_not_repeated(counter, code):
    counter.workspace.faults.next("chat.postMessage", code)
    with pytest.raises(Undeliverable, match=code):
        await counter.posts()
    assert counter.tries() == 1


# --- updates ---


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_what_can_no_longer_be_changed(counter, code):
    posted = await counter.posts()
    counter.workspace.faults.next("chat.update", code)
    with pytest.raises(Undeliverable, match=code):
        await counter.messenger.update(posted, Card("A-42 新"))


@pytest.mark.parametrize("fault", [*UNCLEAR.values(), *NOT_ARRIVED.values()], ids=[*UNCLEAR, *NOT_ARRIVED])
async def test_an_update_may_be_made_twice(counter, fault):
    posted = await counter.posts()
    counter.workspace.faults.next("chat.update", fault)
    with pytest.raises(TryLater):
        await counter.messenger.update(posted, Card("A-42 新"))
    await counter.messenger.update(posted, Card("A-42 新"))
    assert counter.channel.messages[-1].text == "A-42 新"


async def test_an_update_keeps_the_mark_by_which_the_message_is_found(counter):
    posted = await counter.posts("k1")
    await counter.messenger.update(posted, Card("A-42 新"))
    fresh = await second_messenger(counter)
    assert await fresh.post(counter.room, CARD, key="k1", again=True) == posted
    await fresh.close()


async def test_a_moment_in_a_room_is_read_by_each_at_their_own_clock(counter):
    eva = counter.workspace.hires("eva", "Eva", locale="es-ES", tz="Europe/Madrid")
    lin = counter.workspace.hires("lin", "林", locale="zh-CN", tz="Asia/Shanghai")
    room = counter.workspace.channel("abroad", eva, lin)
    at = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    whole = Card("M-7", (Text((Plain("到 "), Moment(at, "15:00（GMT+8）", "time"))),))
    posted = await counter.posts(to=Room("slack", room.id), card=whole)
    assert ("到 08:00" in eva.sees(room), "到 15:00" in lin.sees(room)) == (True, True)
    later = Card("M-7", (Text((Moment(at + timedelta(hours=16), "11月27日（周五）23:00（GMT+8）"),)),))
    await counter.messenger.update(posted, later)
    assert ("2026-11-28 00:00" in eva.sees(room), "2026-11-28 07:00" in lin.sees(room)) == (True, True)


# --- files under a message ---

WITH_FILES = Card(
    "纪要", (File("纪要.docx", "application/x", b"PK"), Picture("甘特.svg", "image/svg+xml", b"<svg/>", "两项"))
)


async def test_files_stand_under_their_message(counter):
    posted = await counter.posts(card=WITH_FILES)
    under = [one for one in counter.channel.messages if one.thread_ts == posted.id]
    assert [file.name for one in under for file in one.files] == ["纪要.docx", "甘特.svg"]
    assert [file.content for one in under for file in one.files] == [b"PK", b"<svg/>"]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_file_that_failed_is_added_and_the_message_not_repeated(counter, method):
    counter.workspace.faults.next(method, faults.limits(3))
    with pytest.raises(TryLater):
        await counter.posts(card=WITH_FILES)
    posted = await counter.posts(card=WITH_FILES)
    assert counter.tries() == 1
    under = [one for one in counter.channel.messages if one.thread_ts == posted.id]
    assert sorted(file.name for one in under for file in one.files) == ["甘特.svg", "纪要.docx"]


async def test_after_a_restart_only_the_missing_file_is_added(counter):
    await counter.posts(card=Card("纪要", WITH_FILES.blocks[:1]))
    fresh = await second_messenger(counter)
    posted = await fresh.post(counter.room, WITH_FILES, key="k", again=True)
    under = [one for one in counter.channel.messages if one.thread_ts == posted.id]
    assert [file.name for one in under for file in one.files] == ["纪要.docx", "甘特.svg"]
    await fresh.close()


async def test_an_empty_file_is_a_file(counter):
    await counter.posts(card=Card("空", (File("空.csv", "text/csv", b""),)))
    assert counter.channel.messages[-1].files[0].name == "空.csv"


# --- people ---


async def test_a_profile_as_slack_has_it(counter):
    profile = await counter.messenger.person(counter.ann.id)
    assert (profile.name, profile.email, profile.language) == ("安娜", "ann@acme.example", "zh-CN")
    assert profile.active
    await counter.ann.leaves_company()
    fresh = await second_messenger(counter)
    assert not (await fresh.person(counter.ann.id)).active
    await fresh.close()


async def test_the_directory_over_pages_without_bots(counter):
    counter.workspace.page_size, counter.workspace.empty_page = 2, True
    for number in range(5):
        counter.workspace.hires(f"p{number}")
    found = [one async for one in counter.messenger.directory()]
    assert sorted(one.name for one in found) == ["p0", "p1", "p2", "p3", "p4", "安娜"]


async def test_members_without_bots_and_who_has_left(counter):
    bo = counter.workspace.hires("bo", "薄一")
    counter.workspace.page_size = 1
    channel = counter.workspace.channel("all", counter.ann, bo)
    bo.user.deleted = True
    members = await counter.messenger.members(Room("slack", channel.id))
    assert members == [counter.to]


def _chatter(counter: Counter, number: int):
    from tests.simulators.slack.values import Message

    return Message("", counter.ann.id, f"闲聊 {number}")


async def second_messenger(counter: Counter) -> SlackMessenger:
    """The bot after a restart: it remembers nothing."""
    from tests.adapters.slack.office import messenger_of

    return messenger_of(counter.workspace, counter.workspace.slack.url)
