"""What every messenger must do, whole: an adapter's test names a harness of its own and inherits all of this.

The harness plays the messenger's people: it types, presses and fills in forms as their client would, and reads what
they have before their eyes, over the real wire (or against a strict local server that speaks it).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime

import pytest

from bot.cards import Answer, Button, Buttons, Card, Field, File, Form, Plain, Text, Toast
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Incoming, Posted, Pressed, Said, Submitted
from bot.people import Account, Division, Place, Profile, Room
from tests.contracts.cards import BLOCKS, HOSTILE
from tests.contracts.harness import HEARD_WITHIN, LATE, Core, Harness, listening, until_seen


def card(title: str, *words: str) -> Card:
    """A card of a title and a paragraph."""
    return Card(title, (Text(tuple(Plain(word) for word in words)),) if words else ())


FORM = Form(
    "新增行动项",
    "/action add",
    (Field("action", "行动"), Field("due", "截止日", "day")),
    "记录",
    example="/action add 评估 周五",
)
PRESS = Button("接受", "/action accept A-42", "primary", version=7, say="接受 A-42")


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()


class MessengerContract:
    """Inherit it in a class named Test…, with a fixture `harness`."""

    @pytest.fixture
    async def core(self, harness: Harness) -> AsyncIterator[Core]:
        core = Core()
        async with listening(harness.messenger, core.receive):
            yield core

    # --- showing ---

    @pytest.mark.parametrize("kind", sorted(BLOCKS))
    async def test_a_person_sees_every_word_of_every_kind_of_block(self, harness: Harness, core: Core, kind: str):
        block, words = BLOCKS[kind]
        posted = await harness.messenger.post(harness.ann.account, Card("看这里", (block,)), key=kind, again=False)
        assert posted.messenger == harness.messenger.name
        seen = await until_seen(harness, "看这里", harness.ann)
        assert [word for word in words if word not in seen] == []

    async def test_a_room_sees_a_card_and_a_direct_message_stays_with_its_person(self, harness: Harness, core: Core):
        await harness.messenger.post(harness.room, card("给全组"), key="r", again=False)
        await harness.messenger.post(harness.ann.account, card("给一个人"), key="p", again=False)
        assert "给全组" in await until_seen(harness, "给全组", harness.bo, harness.room)
        assert "给一个人" in await until_seen(harness, "给一个人", harness.ann)
        assert "给一个人" not in await harness.sees(harness.bo)
        assert "给一个人" not in await harness.sees(harness.bo, harness.room)

    async def test_an_update_changes_the_card_for_everybody_and_can_be_repeated(self, harness: Harness, core: Core):
        posted = await harness.messenger.post(harness.room, card("A-42 待确认", "谁来做"), key="u", again=False)
        await until_seen(harness, "A-42 待确认", harness.ann, harness.room)
        for _ in range(2):
            await harness.messenger.update(posted, card("A-42 进行中", "李四已接受"))
        for who in (harness.ann, harness.bo):
            seen = await until_seen(harness, "A-42 进行中", who, harness.room)
            assert seen.count("李四已接受") == 1
            assert "A-42 待确认" not in seen

    @pytest.mark.parametrize("again", [True, False])
    async def test_one_key_is_one_message(self, harness: Harness, core: Core, again: bool):
        first = await harness.messenger.post(harness.ann.account, card("只此一次"), key="same", again=False)
        second = await harness.messenger.post(harness.ann.account, card("只此一次"), key="same", again=again)
        assert second == first
        assert (await until_seen(harness, "只此一次", harness.ann)).count("只此一次") == 1

    async def test_two_keys_are_two_messages(self, harness: Harness, core: Core):
        first = await harness.messenger.post(harness.ann.account, card("每日提醒"), key="monday", again=False)
        second = await harness.messenger.post(harness.ann.account, card("每日提醒"), key="tuesday", again=True)
        assert second.id != first.id
        assert (await until_seen(harness, "每日提醒", harness.ann)).count("每日提醒") == 2

    async def test_what_can_never_arrive_is_undeliverable(self, harness: Harness, core: Core):
        name = harness.messenger.name
        for to in (
            Account(name, "nobody-by-this-id"),
            Room(name, "no-such-room"),
            Account("another-messenger", harness.ann.account.user_id),
        ):
            with pytest.raises(Undeliverable):
                await harness.messenger.post(to, card("不会到"), key=f"lost-{to}", again=False)
        with pytest.raises(Undeliverable):
            await harness.messenger.update(Posted(name, harness.ann.account.user_id, "999999"), card("不会到"))
        posted = await harness.messenger.post(harness.ann.account, card("会到"), key="there", again=False)
        with pytest.raises(Undeliverable):
            await harness.messenger.update(Posted("another-messenger", posted.conversation, posted.id), card("不会到"))

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    async def test_hostile_words_are_words(self, harness: Harness, core: Core, text: str):
        shown = Card("当心", (Text((Plain(text),)),))
        await harness.messenger.post(harness.room, shown, key="hostile", again=False)
        await until_seen(harness, "当心", harness.ann, harness.room)
        assert text in await harness.sees(harness.ann, harness.room)

    async def test_what_was_posted_while_nobody_was_there_is_there_later(self, harness: Harness):
        await harness.messenger.post(harness.bo.account, card("你不在时"), key="away", again=False)
        async with listening(harness.messenger, Core().receive):
            assert "你不在时" in await until_seen(harness, "你不在时", harness.bo)

    # --- hearing ---

    async def test_direct_words_arrive_with_who_where_and_when(self, harness: Harness, core: Core):
        text = "输出流程 <V2.0> & 报价 周五前"
        await harness.says(harness.ann, text)
        event = await core.next()
        assert event.by == harness.ann.account
        assert event.where == Place(harness.messenger.name, None)
        assert event.what == Said(text)
        assert event.at.tzinfo is not None
        assert event.at.utcoffset() == datetime.now(UTC).utcoffset()
        assert 0 <= (event.at - harness.started).total_seconds() < 60
        assert event.id

    async def test_words_in_a_room_name_the_room(self, harness: Harness, core: Core):
        await harness.says(harness.bo, "/action list", harness.room)
        event = await core.next()
        assert event.by == harness.bo.account
        assert event.where.room == harness.room
        assert event.what == Said("/action list", called=harness.slash_calls)

    async def test_mentions_are_accounts_in_order_and_stay_in_the_words(self, harness: Harness, core: Core):
        text = f"/action add 评估 @{harness.bo.name} 周五前 配合 @{harness.ann.name}"
        await harness.says(harness.ann, text, harness.room, (harness.bo, harness.ann))
        what = (await core.next()).what
        assert isinstance(what, Said)
        assert what.mentions == (harness.bo.account, harness.ann.account)
        assert what.text.replace(" ", "") == text.replace(" ", "")
        assert what.called == harness.slash_calls

    async def test_the_bots_own_mention_is_a_call_not_a_word(self, harness: Harness, core: Core):
        await harness.says(harness.ann, "@闭环 帮助", harness.room)
        what = (await core.next()).what
        assert isinstance(what, Said)
        assert (what.text, what.called, what.mentions) == ("帮助", True, ())

    async def test_a_reply_to_the_bot_names_the_message_as_it_was_posted(self, harness: Harness, core: Core):
        for to, where in ((harness.ann.account, None), (harness.room, harness.room)):
            posted = await harness.messenger.post(to, card("🟡 A-42 后天到期", "输出流程"), key=f"q{to}", again=False)
            await until_seen(harness, "A-42 后天到期", harness.ann, where)
            await harness.says(harness.ann, "完成", where, reply=posted)
            what = (await core.next()).what
            assert isinstance(what, Said)
            assert what.text == "完成"
            assert what.quoted is not None
            assert what.quoted.posted == posted
            assert "A-42 后天到期" in what.quoted.text

    async def test_events_of_one_person_arrive_in_order_each_with_its_own_id(self, harness: Harness, core: Core):
        await harness.says(harness.bo, "一句")
        others, core.takes = await core.next(), 0.1
        for number in range(10):
            await harness.says(harness.ann, f"第 {number} 句")
        events = [await core.next() for _ in range(10)]
        assert [event.what.text for event in events if isinstance(event.what, Said)] == [
            f"第 {n} 句" for n in range(10)
        ]
        assert len({others.id, *(event.id for event in events)}) == 11

    async def test_an_event_that_comes_twice_is_the_same_event(self, harness: Harness, core: Core):
        if not harness.redelivers:
            pytest.skip("this messenger's wire cannot bring an event twice")
        core.answer = card("只答一次")
        await harness.says_twice(harness.ann, "/action add 一次")
        first, second = await core.next(), await core.next()
        assert first == second, "also when it was said, which is not when it came"
        assert (await until_seen(harness, "只答一次", harness.ann)).count("只答一次") == 1

    async def test_a_press_sends_its_command_and_the_version_it_showed(self, harness: Harness, core: Core):
        shown = Card("请确认 A-42", (Buttons((PRESS,)),))
        posted = await harness.messenger.post(harness.ann.account, shown, key="press", again=False)
        await until_seen(harness, "请确认 A-42", harness.ann)
        await harness.presses(harness.ann, posted, PRESS)
        event = await core.next()
        assert event.by == harness.ann.account
        assert event.what == (Pressed(PRESS.command, PRESS.version) if harness.has_buttons else Said(PRESS.say))

    async def test_a_form_sends_its_command_and_values(self, harness: Harness, core: Core):
        core.answer = FORM
        await harness.says(harness.ann, "/action add")
        await core.next()
        seen = await until_seen(harness, FORM.title, harness.ann)
        assert "行动" in seen
        values = {"action": "评估开发周期", "due": "下周五"}
        core.answer = None
        await harness.submits(harness.ann, FORM, values)
        event = await core.next()
        assert event.by == harness.ann.account
        if harness.has_forms:
            assert event.what == Submitted("/action add", values, 0)
        else:
            assert event.what == Said("评估开发周期 下周五")

    # --- answering ---

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            (card("我的行动项", "3 项未完成"), "3 项未完成"),
            (Toast("已提醒王五"), "已提醒王五"),
            (FORM, "截止日"),
            (File("行动项.csv", "text/csv", b"A-42"), "行动项.csv"),
        ],
        ids=["card", "toast", "form", "file"],
    )
    async def test_an_answer_reaches_the_asker_alone(self, harness: Harness, core: Core, answer: Answer, words: str):
        core.answer = answer
        await harness.says(harness.ann, "/action", harness.room)
        await core.next()
        if isinstance(answer, Form) and not harness.has_forms:
            words = "行动"  # the form's first question; the next come with the next answers
        await until_seen(harness, words, harness.ann, harness.room)
        assert words not in await harness.sees(harness.bo, harness.room)

    async def test_nobody_waits_for_somebody_else_and_each_gets_their_own_answer(self, harness: Harness):
        if harness.one_mouth:
            pytest.skip("all speak through one mouth")
        begun, heard = asyncio.Event(), asyncio.Event()

        async def receive(event: Incoming) -> Answer | None:
            """安娜's takes until 薄一 has been heard."""
            if event.by == harness.bo.account:
                heard.set()
                return card("给薄一的答复")
            begun.set()
            return card("给安娜的答复") if await _set_within(heard, HEARD_WITHIN) else None

        async with listening(harness.messenger, receive):
            speaking = asyncio.create_task(harness.says(harness.ann, "我的行动项"))
            assert await _set_within(begun, HEARD_WITHIN)
            await harness.says(harness.bo, "我的行动项")
            await speaking
            assert "给薄一的答复" not in await until_seen(harness, "给安娜的答复", harness.ann)
            assert "给安娜的答复" not in await until_seen(harness, "给薄一的答复", harness.bo)

    async def test_no_answer_shows_nothing(self, harness: Harness, core: Core):
        await harness.says(harness.bo, "大家早", harness.room)
        await core.next()
        await harness.messenger.post(harness.room, card("后来的消息"), key="after", again=False)
        seen = await until_seen(harness, "后来的消息", harness.bo, harness.room)
        assert "None" not in seen

    # --- people ---

    async def test_people_and_members(self, harness: Harness, core: Core):
        profile = await harness.messenger.person(harness.ann.account.user_id)
        assert (profile.account, profile.name) == (harness.ann.account, harness.ann.name)
        members = await harness.messenger.members(harness.room)
        assert sorted(one.user_id for one in members) == sorted(
            one.account.user_id for one in (harness.ann, harness.bo)
        )
        with pytest.raises(Undeliverable):
            await harness.messenger.person("nobody-by-this-id")
        with pytest.raises(Undeliverable):
            await harness.messenger.members(Room(harness.messenger.name, "no-such-room"))

    async def test_the_directory_names_everything_once_and_the_same_every_time(self, harness: Harness, core: Core):
        first, second = [[entry async for entry in harness.messenger.directory()] for _ in range(2)]
        assert first == second
        whose = {(entry.account if isinstance(entry, Profile) else entry).messenger for entry in first}
        assert whose <= {harness.messenger.name}
        accounts = [entry.account for entry in first if isinstance(entry, Profile)]
        divisions = [entry.id for entry in first if isinstance(entry, Division)]
        assert (len(set(accounts)), len(set(divisions))) == (len(accounts), len(divisions))
        places = {entry.division for entry in first if isinstance(entry, Profile)}
        assert places <= {None, "", *divisions}

    # --- the other side ---

    async def test_several_at_once_arrive_each_once(self, harness: Harness, core: Core):
        """Also the first ones: a conversation that has to be opened is opened once."""
        post, words = harness.messenger.post, [f"同时的第{number}条" for number in "一二三"]
        await asyncio.gather(*(post(harness.bo.account, card(one), key=one, again=False) for one in words))
        seen = await until_seen(harness, words[-1], harness.bo)
        assert [seen.count(one) for one in words] == [1, 1, 1]

    async def test_a_post_whose_answer_was_lost_is_shown_once(self, harness: Harness):
        """As delivery goes on: `unclear` is what the next try is told, and what is uncertain has no next one."""
        harness.loses_the_answer()
        again = False
        with suppress(Uncertain):
            try:
                await harness.messenger.post(harness.ann.account, card("评估报告"), key="lost", again=False)
            except TryLater as later:
                again = later.unclear
                await harness.messenger.post(harness.ann.account, card("评估报告"), key="lost", again=again)
        assert (await until_seen(harness, "评估报告", harness.ann)).count("评估报告") == 1

    async def test_what_the_process_before_has_posted_is_found_and_changed_and_not_sent_again(self, harness: Harness):
        async with harness.restarted() as anew:
            posted = await harness.messenger.post(harness.ann.account, card("评估报告"), key="k", again=False)
            with suppress(Uncertain):
                assert await anew.post(harness.ann.account, card("评估报告"), key="k", again=True) == posted
            assert (await until_seen(harness, "评估报告", harness.ann)).count("评估报告") == 1
            other = await harness.messenger.post(harness.ann.account, card("初稿"), key="other", again=False)
            await anew.update(other, card("定稿"))
            assert "初稿" not in await until_seen(harness, "定稿", harness.ann)

    async def test_who_is_away_is_asked_later_and_nobody_is_given_up(self, harness: Harness):
        """What is not known to be undeliverable is not said to be, and no error of the wire passes the port."""
        messenger, shown = harness.messenger, card("评估报告")
        posted = await messenger.post(harness.room, shown, key="before", again=False)
        listed = [entry async for entry in messenger.directory()]
        harness.is_away()
        for to in (harness.ann.account, harness.room):
            with pytest.raises((TryLater, Uncertain)):
                await messenger.post(to, shown, key=f"away {to}", again=False)
        with pytest.raises((TryLater, Uncertain)):
            await messenger.update(posted, card("评估报告", "第二版"))
        with suppress(TryLater):  # or it still knows
            await messenger.person(harness.ann.account.user_id)
        with suppress(TryLater):
            await messenger.members(harness.room)
        with pytest.raises(TryLater) if listed else nullcontext():
            assert [entry async for entry in messenger.directory()] == []

    # --- stopping ---

    async def test_listening_stops_when_told_and_can_begin_again(self, harness: Harness):
        task = asyncio.create_task(harness.messenger.listen(Core().receive))
        await asyncio.sleep(0.05)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=2)
        assert task in done
        core = Core()
        async with listening(harness.messenger, core.receive):
            await harness.says(harness.ann, "还在吗")
            assert (await core.next()).what == Said("还在吗")

    async def test_what_is_on_its_way_arrives_although_nobody_listens_any_more(self, harness: Harness):
        """An ear that ends, also by a fault, to be begun again, cuts no message off: nobody would know whether it arrived."""
        ear = asyncio.create_task(harness.messenger.listen(Core().receive))
        await asyncio.sleep(0.1)
        harness.answers_late()
        posting = asyncio.create_task(harness.messenger.post(harness.room, card("评估报告"), key="k", again=False))
        await asyncio.sleep(LATE / 3)
        ear.cancel()
        await asyncio.gather(ear, return_exceptions=True)
        assert (await posting).messenger == harness.messenger.name
        assert (await harness.sees(harness.bo, harness.room)).count("评估报告") == 1
