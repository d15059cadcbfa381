"""Near the end of a month's calls (quota.py): what is for one person within minutes is one message, changes and niceties are
left out, and each message still ends as it fared."""

import asyncio

import pytest

from adapters.dingtalk.merging import merged
from adapters.dingtalk.outgoing import RUNGS, shown
from adapters.dingtalk.posting import CREATE, UPDATE, track_of
from adapters.dingtalk.saving import PATIENCE
from adapters.dingtalk.sending import DIRECT
from bot.cards import Button, Buttons, Card, File, Form, Plain, Text
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room
from tests.adapters.dingtalk.office import connected, messenger_of, quoted
from tests.contracts.harness import Core, listening
from tests.conversation import START, SetClock
from tests.simulators.dingtalk import Organisation, faults

pytestmark = pytest.mark.slow


@pytest.fixture
def organisation():
    return Organisation(SetClock(START))


@pytest.fixture
def ann(organisation):
    return organisation.hires("0456ann", "安娜")


@pytest.fixture(params=RUNGS)
async def messenger(request, organisation, ann, tmp_path):
    """Its month is at 95 % from the start."""
    async with connected(organisation, request.param, tmp_path / "memory.db", calls=100) as messenger:
        spend(messenger, 95)
        yield messenger


def spend(messenger, calls):
    for _ in range(calls):
        messenger.quota.call(CREATE)


def reminder(number, tone="warn", words="写流程"):
    """A card about one item, with its presses."""
    buttons = (Button("完成", f"/action submit A-{number}", say=f"完成 A-{number}"), Button("延期", f"/action postpone A-{number}", say=f"延期 A-{number}"))  # fmt: skip
    return Card(f"🟡 A-{number} 今天到期", (Text((Plain(words),)), Buttons(buttons)), tone)


def to(person):
    return Account("dingtalk", person.id)


async def posts(messenger, person, cards):
    """What became of each of these messages by its key, handed over at once."""
    made = (messenger.post(to(person), card, key=key, again=False) for key, card in cards.items())
    return dict(zip(cards, await asyncio.gather(*made, return_exceptions=True), strict=True))


async def waited(organisation, messenger, person, cards):
    """The same, when they have come back after they were told to come later."""
    first = await posts(messenger, person, cards)
    assert {type(one) for one in first.values()} == {TryLater}
    assert all(one.well and not one.unclear for one in first.values())
    await organisation.advance(seconds=PATIENCE.total_seconds())
    return await posts(messenger, person, cards)


THREE = {f"k{number}": reminder(number) for number in (1, 2, 3)}


async def test_what_is_for_one_person_is_one_message(organisation, messenger, ann):
    before = len(organisation.calls(CREATE) + organisation.calls(DIRECT))
    posted = await waited(organisation, messenger, ann, THREE)
    assert len(ann.messages()) == 1
    assert len(organisation.calls(CREATE) + organisation.calls(DIRECT)) == before + 1
    assert len({one.id for one in posted.values()}) == 3, "each is known by its own key"
    seen = ann.sees()
    assert [f"A-{number} 今天到期" in seen for number in (1, 2, 3)] == [True] * 3
    assert ann.messages()[0].title == "🟡 A-1 今天到期，另有 2 条"
    again = await posts(messenger, ann, THREE)
    assert (again, len(ann.messages())) == (posted, 1)


async def test_presses_say_what_they_are_about_and_work(organisation, messenger, ann):
    if messenger.rung == "text":
        return
    core = Core()
    await waited(organisation, messenger, ann, THREE)
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.presses("完成 A-2")
        assert "A-2" in str((await core.next()).what)


async def test_the_worst_comes_first(organisation, messenger, ann):
    await waited(organisation, messenger, ann, {"k1": reminder(1, "good"), "k2": reminder(2, "bad")})
    assert ann.messages()[0].title.startswith("🟡 A-2")


async def test_what_is_too_much_for_one_is_two_and_nothing_is_a_file(organisation, messenger, ann):
    long = {f"k{number}": reminder(number, words="长" * 900) for number in range(1, 6)}
    await waited(organisation, messenger, ann, long)
    assert all(one.kind != "sampleFile" for one in ann.messages())
    assert ann.sees().count("长") == 5 * 900
    assert len(ann.messages()) < 5


async def test_what_disturbs_on_purpose_asks_or_brings_a_file_goes_at_once(organisation, messenger, ann):
    alone = [
        Card("🔴 会议 10 分钟后开始", (), "bad", urgent=True), Card("导出", (File("a.pdf", "application/pdf", b"1"),)),
        Card("新增", (Form("新增", "/action add", (), "记录"),)),
    ]  # fmt: skip
    for number, card in enumerate(alone):
        await messenger.post(to(ann), card, key=f"k{number}", again=False)
    group = organisation.group("产品", ann)
    await messenger.post(Room("dingtalk", group.id), Card("会议纪要"), key="room", again=False)
    assert len([one for one in ann.messages() if one.kind != "sampleFile"]) == 3
    assert len(ann.messages(group)) == 1


async def test_others_do_not_wait_for_somebody_elses_messages(organisation, messenger, ann):
    bo = organisation.hires("0123bo", "薄一")
    for person in (ann, bo):
        await posts(messenger, person, THREE)
    await organisation.advance(seconds=PATIENCE.total_seconds())
    keys = {f"bo-{key}": card for key, card in THREE.items()}
    await asyncio.gather(posts(messenger, ann, THREE), posts(messenger, bo, keys))
    assert (len(ann.messages()), len(bo.messages())) == (1, 1)


async def test_nothing_that_stands_is_changed(organisation, messenger, ann):
    posted = await waited(organisation, messenger, ann, THREE)
    for one in posted.values():
        with pytest.raises(Undeliverable):
            await messenger.update(one, Card("🟢 A-1 已完成"))
    assert organisation.calls(UPDATE) == []


async def test_whoever_asks_is_answered_at_once(organisation, messenger, ann):
    core = Core()
    core.answer = Card("你的行动项")
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.says("列表")
        await ann.will_see("你的行动项")


async def test_a_reply_to_several_in_one_is_about_none_of_them(organisation, messenger, ann):
    """Which of them is meant is asked, not guessed."""
    core = Core()
    posted = await waited(organisation, messenger, ann, THREE)
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.says("完成", quotes=ann.messages()[0])
        found = quoted(await core.next())
    assert found.posted not in posted.values()
    assert "A-2" in found.text


@pytest.mark.parametrize("lost", [faults.records_then_closes(), faults.records_then_fails(), faults.fails()])
async def test_of_a_doubtful_try_nothing_comes_twice(organisation, messenger, ann, lost):
    path = CREATE if messenger.rung in ("template", "public") else DIRECT
    organisation.faults.next(path, lost)
    ended = await waited(organisation, messenger, ann, {"k1": Card("甲"), "k2": Card("乙")})
    if path == DIRECT:
        assert {type(one) for one in ended.values()} == {Uncertain}
    else:
        assert all(isinstance(one, TryLater) and one.unclear for one in ended.values())
    again = await until_ended(organisation, messenger, ann, {"k1": Card("甲"), "k2": Card("乙")})
    words = ann.sees()
    if path == DIRECT:
        assert {type(one) for one in again.values()} == {Uncertain}
        assert len(ann.messages()) == int(lost.recorded)
    else:
        assert (words.count("甲"), words.count("乙")) == ((2, 1) if lost.recorded else (1, 1)), (
            "a title stands twice in one"
        )


async def until_ended(organisation, messenger, person, cards):
    """As delivery does: again and again for as long as it is told to come later."""
    ended: dict[str, Posted | BaseException] = {}
    for _ in range(6):
        tried = await posts(messenger, person, {key: card for key, card in cards.items() if key not in ended})
        ended |= {key: one for key, one in tried.items() if not isinstance(one, TryLater)}
        await organisation.advance(minutes=5)
    assert ended.keys() == cards.keys()
    return ended


async def test_a_try_that_was_doubtful_before_is_made_again_as_it_was(organisation, ann, tmp_path):
    """Else it would come a second time among others."""
    async with connected(organisation, "template", tmp_path / "memory.db", calls=100) as messenger:
        organisation.faults.next(CREATE, faults.records_then_closes())
        with pytest.raises(TryLater):
            await messenger.post(to(ann), THREE["k1"], key="k1", again=False)
        spend(messenger, 95)
        await posts(messenger, ann, {"k2": THREE["k2"]})
        await organisation.advance(seconds=PATIENCE.total_seconds())
        await asyncio.gather(
            messenger.post(to(ann), THREE["k1"], key="k1", again=True),
            messenger.post(to(ann), THREE["k2"], key="k2", again=False),
        )
    assert [ann.sees().count(f"A-{number} 今天到期") for number in (1, 2)] == [1, 1]


async def test_what_was_refused_is_tried_again_by_itself(organisation, messenger, ann):
    path = CREATE if messenger.rung in ("template", "public") else DIRECT
    organisation.faults.next(path, faults.qps())
    ended = await waited(organisation, messenger, ann, THREE)
    assert {type(one) for one in ended.values()} == {TryLater}
    await until_ended(organisation, messenger, ann, THREE)
    assert [f"A-{number} 今天到期" in ann.sees() for number in (1, 2, 3)] == [True] * 3
    assert len(ann.messages()) == 1


async def test_a_crash_between_writing_down_and_sending_loses_nothing(organisation, messenger, ann, tmp_path):
    """What was to go together and never left goes by itself."""
    messenger.memory.merge(track_of("\n".join(THREE)), [track_of(one) for one in THREE])
    another = messenger_of(organisation, organisation.url, messenger.rung, tmp_path / "memory.db", calls=100)
    await until_ended(organisation, another, ann, THREE)
    await another.close()
    assert [ann.sees().count(f"A-{number} 今天到期") for number in (1, 2, 3)] == [1] * 3


@pytest.mark.parametrize("messenger", ["template", "links"], indirect=True)
async def test_a_process_that_dies_while_it_sends_leaves_nothing_to_be_sent_twice(
    organisation, messenger, ann, tmp_path
):
    path = CREATE if messenger.rung in ("template", "public") else DIRECT
    await posts(messenger, ann, THREE)
    await organisation.advance(seconds=PATIENCE.total_seconds())
    organisation.faults.next(path, faults.answers_after(60))
    dying = [asyncio.create_task(messenger.post(to(ann), card, key=key, again=False)) for key, card in THREE.items()]
    await until(lambda: ann.messages())
    another = messenger_of(organisation, organisation.url, messenger.rung, tmp_path / "memory.db", calls=100)
    made = (another.post(to(ann), card, key=key, again=True) for key, card in THREE.items())
    ended = await asyncio.gather(*made, return_exceptions=True)
    for task in dying:
        task.cancel()
    await another.close()
    assert len(ann.messages()) == 1
    assert {type(one) for one in ended} == {Posted if path == CREATE else Uncertain}


async def until(true, within=10.0):
    for _ in range(int(within / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


async def test_what_is_being_gathered_leaves_when_the_bot_stops(organisation, messenger, ann):
    await posts(messenger, ann, THREE)
    await organisation.advance(seconds=PATIENCE.total_seconds())
    listening_ = asyncio.create_task(messenger.listen(Core().receive))
    await organisation.gateway.connected()
    posting = asyncio.create_task(posts(messenger, ann, THREE))
    await asyncio.sleep(0.05)
    listening_.cancel()
    await asyncio.gather(listening_, return_exceptions=True)
    assert len(ann.messages()) == 1
    assert not any(isinstance(one, BaseException) for one in (await posting).values())


def test_a_merged_card_keeps_every_word():
    one, other = reminder(1, "bad", "甲乙"), reminder(2, "warn", "丙丁")
    values = shown(merged([other, one]), "template", direct=True).values
    assert values["title"] == "🟡 A-1 今天到期，另有 1 条"
    assert "甲乙" in values["text1"]
    assert "丙丁" in values["text1"]
    assert [values[f"b{n}"] for n in range(1, 5)] == ["完成 A-1", "延期 A-1", "完成 A-2", "延期 A-2"]
    assert merged([Card("A-1 is due"), Card("A-2 is due")]).title == "A-1 is due, and 1 more"
