"""The same words to several people go with one call (platform sheet 4.3, 8.1), and each of them fares alone: who is unknown,
who is held back, whose call was lost. Whatever happens, nobody gets a message twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.dingtalk.faults import Unclear, refusal
from adapters.dingtalk.memory import Memory
from adapters.dingtalk.sending import DIRECT, MOST_HELD_BACK, Sending
from bot.cards import Button, Buttons, Card, Plain, Text
from bot.errors import Delivery, TryLater, Uncertain, Undeliverable
from bot.people import Account
from tests.adapters.dingtalk.office import connected, quoted
from tests.contracts.harness import Core, listening
from tests.simulators.dingtalk import Organisation, faults
from tests.simulators.dingtalk.api.robot import batch_send
from tests.simulators.dingtalk.errors import Refused
from tests.simulators.dingtalk.wire import Asked

pytestmark = pytest.mark.slow

RECALL = "/v1.0/robot/otoMessages/batchRecall"


@pytest.fixture
def organisation():
    return Organisation()


@pytest.fixture
async def messenger(organisation, tmp_path):
    async with connected(organisation, "links", tmp_path / "memory.db") as messenger:
        yield messenger


def staff(organisation, count):
    return [organisation.hires(f"p{number:02}", f"同事{number}") for number in range(count)]


def notice(words="会议取消：M-7 改进会"):
    return Card(words, (Text((Plain("张三取消了这次会议。"),)),))


async def posts(messenger, people, card=None, prefix="k"):
    """What became of one post to each of these people, all at once."""
    made = (
        messenger.post(Account("dingtalk", one.id), card or notice(), key=f"{prefix}:{one.id}", again=False)
        for one in people
    )
    return await asyncio.gather(*made, return_exceptions=True)


async def test_a_notice_to_forty_five_people_is_three_calls(organisation, messenger):
    people = staff(organisation, 45)
    posted = await posts(messenger, people)
    assert [one.conversation for one in posted] == [one.id for one in people]
    assert [len(call.body["userIds"]) for call in organisation.calls(DIRECT)] == [20, 20, 5]
    assert sum(organisation.quota.calls.values()) == messenger.quota.used("calls") == 3
    assert [len(one.messages()) for one in people] == [1] * 45


async def test_other_words_another_call_and_what_has_presses_goes_alone(organisation, messenger):
    people = staff(organisation, 3)
    await asyncio.gather(posts(messenger, people), posts(messenger, people, notice("会议改期：M-8"), "other"))
    assert sorted(len(call.body["userIds"]) for call in organisation.calls(DIRECT)) == [3, 3]
    pressed = Card("请确认 M-7", (Buttons((Button("接受", "/meeting accept M-7", say="参加 M-7"),)),))
    await posts(messenger, people, pressed, "pressed")
    assert [len(call.body["userIds"]) for call in organisation.calls(DIRECT)][2:] == [1, 1, 1]


async def test_the_same_words_twice_to_one_person_are_two_messages(organisation, messenger):
    ann = staff(organisation, 1)
    await asyncio.gather(posts(messenger, ann, prefix="one"), posts(messenger, ann, prefix="two"))
    assert len(ann[0].messages()) == 2


async def test_one_message_asked_for_twice_at_once_is_one(organisation, messenger):
    ann = staff(organisation, 1)
    await asyncio.gather(posts(messenger, ann), posts(messenger, ann))
    assert len(ann[0].messages()) == 1


async def test_each_ends_as_the_answer_says_of_them(organisation, messenger):
    people = staff(organisation, 4)
    people[1].member.left, people[2].member.held_back = True, 1
    fine, gone, held, also_fine = await posts(messenger, people)
    assert len(organisation.calls(DIRECT)) == 1
    assert (fine.conversation, also_fine.conversation) == (people[0].id, people[3].id)
    assert isinstance(gone, Undeliverable)
    assert isinstance(held, TryLater)
    assert (held.unclear, held.well) == (False, True), "that says nothing against DingTalk"
    await posts(messenger, [people[2]])
    assert [len(one.messages()) for one in people] == [1, 0, 1, 1]


async def test_who_is_held_back_for_an_hour_is_given_up(organisation, messenger):
    ann = staff(organisation, 1)
    ann[0].member.refuses_robot = True
    ended = [(await posts(messenger, ann))[0] for _ in range(MOST_HELD_BACK)]
    assert [type(one) for one in ended] == [TryLater] * (MOST_HELD_BACK - 1) + [Undeliverable]


@pytest.mark.parametrize("fault", [faults.records_then_closes(), faults.records_then_fails(), faults.fails()])
async def test_of_a_call_that_may_have_arrived_nobodys_message_is_sent_again(organisation, messenger, fault):
    people = staff(organisation, 5)
    organisation.faults.next(DIRECT, fault)
    assert {type(one) for one in await posts(messenger, people)} == {Uncertain}
    assert {type(one) for one in await posts(messenger, people)} == {Uncertain}
    assert len(organisation.calls(DIRECT)) == 1
    assert [len(one.messages()) for one in people] == [int(fault.recorded)] * 5


async def test_a_call_that_was_refused_for_one_of_them_is_made_for_each(organisation, messenger):
    organisation.unverified.one_unknown_refuses_all = True
    people = staff(organisation, 4)
    people[2].member.left = True
    ended = await posts(messenger, people)
    assert [type(one).__name__ for one in ended] == ["Posted", "Posted", "Refused", "Posted"]
    assert [len(one.messages()) for one in people] == [1, 1, 0, 1]


async def test_a_call_that_comes_too_early_is_made_later_for_all(organisation, messenger):
    people = staff(organisation, 3)
    organisation.faults.next(DIRECT, faults.qps())
    assert {type(one) for one in await posts(messenger, people)} == {TryLater}
    await posts(messenger, people)
    assert [len(one.messages()) for one in people] == [1, 1, 1]


async def test_who_no_longer_waits_takes_nothing_from_the_others(organisation, messenger):
    people = staff(organisation, 3)
    tasks = [asyncio.create_task(messenger.post(Account("dingtalk", one.id), notice(), key=one.id, again=False)) for one in people]  # fmt: skip
    await asyncio.sleep(0.02)
    tasks[0].cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(ended[0], asyncio.CancelledError)
    assert [len(one.messages()) for one in people] == [0, 1, 1], "it had not left"
    await messenger.post(Account("dingtalk", people[0].id), notice(), key=people[0].id, again=True)
    assert len(people[0].messages()) == 1


async def test_a_reply_is_about_the_message_that_its_author_got(organisation, messenger):
    people, core = staff(organisation, 2), Core()
    posted = await posts(messenger, people)
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        for one, expected in zip(people, posted, strict=True):
            await one.says("知道了", quotes=one.messages()[0])
            assert quoted(await core.next()).posted == expected


async def test_what_several_got_is_taken_back_when_the_last_has_something_newer(organisation, messenger):
    """Recalling knows keys and not people: the others' must not vanish because one of them has something newer."""
    people = staff(organisation, 3)
    posted = await posts(messenger, people)
    await messenger.update(posted[0], notice("会议恢复：M-7"))
    assert [one.sees().count("会议取消") for one in people] == [1, 1, 1]
    assert organisation.calls(RECALL) == []
    await asyncio.gather(*(messenger.update(one, notice("会议恢复：M-7")) for one in posted[1:]))
    assert [one.sees().count("会议取消") for one in people] == [0, 0, 0]
    assert [one.sees().count("会议恢复") for one in people] == [1, 1, 1]
    assert [len(call.body["userIds"]) for call in organisation.calls(DIRECT)] == [3, 1, 2]


# --- whatever happens ---

NATURES = ("fine", "fine", "fine", "unknown", "held once", "held always")
FARES = ("answered", "answered", "answered", "lost", "never arrived", "too fast")


@dataclass
class Wire:
    """The simulator's batchSend without sockets. `fares`: how the next calls fare, then all of them well."""

    organisation: Organisation
    fares: list[str] = field(default_factory=list)
    calls: int = 0

    async def call(self, path: str, body: dict, verb: str = "POST", leaving: Callable[[], None] = lambda: None) -> dict:
        assert (path, verb) == (DIRECT, "POST")
        self.calls += 1
        fare = self.fares.pop(0) if self.fares else "answered"
        await asyncio.sleep(0)
        leaving()
        if fare == "too fast":
            raise TryLater(2.0, "slow down")
        if fare == "never arrived":
            raise Unclear("no answer")
        answer = self._answer(body)
        if fare == "lost":
            raise Unclear("the answer was lost")
        return answer

    def _answer(self, body: dict) -> dict:
        try:
            return batch_send(Asked(self.organisation, body, {}))
        except Refused as refused:
            fault = refusal(refused.status, refused.body, self.organisation.clock.now())
            assert fault is not None
            raise fault from None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(NATURES), min_size=1, max_size=30), st.lists(st.sampled_from(FARES), max_size=8),
    st.lists(st.tuples(st.integers(0, 29), st.sampled_from("ab")), min_size=1, max_size=50, unique=True), st.booleans(),
)  # fmt: skip
def test_whatever_happens_each_ends_as_they_fared_and_nobody_hears_twice(natures, fares, wanted, strict):
    organisation = Organisation()
    organisation.unverified.one_unknown_refuses_all = strict
    people = staff(organisation, len(natures))
    for one, nature in zip(people, natures, strict=True):
        one.member.left, one.member.held_back = nature == "unknown", int(nature == "held once")
        one.member.refuses_robot = nature == "held always"
    wire = Wire(organisation, list(fares))
    keys = {(number % len(people), words) for number, words in wanted}
    ended = asyncio.run(until_all_ended(Sending(wire, Memory(), "dingabc", gathering=0.002), people, keys))
    got = Counter((one.place, one.param["text"]) for one in organisation.messages)
    assert max(got.values(), default=0) <= 1, "nobody hears it twice"
    for (number, words), end in ended.items():
        arrived, nature = got[people[number].id, words], natures[number]
        if isinstance(end, str):
            assert (arrived, nature in ("fine", "held once")) == (1, True)
        elif isinstance(end, Undeliverable):
            assert (arrived, nature in ("unknown", "held always")) == (0, True)
        else:
            assert isinstance(end, Uncertain)
    if not {"lost", "never arrived"} & set(fares):
        assert not any(isinstance(end, Uncertain) for end in ended.values())


async def until_all_ended(sending, people, keys):
    """Each message is tried again for as long as it is told to come later; how it ended at last."""
    ended: dict[tuple[int, str], str | Delivery] = {}
    while waiting := sorted(keys - ended.keys()):
        made = (send(sending, people[number].id, words) for number, words in waiting)
        tried = zip(waiting, await asyncio.gather(*made), strict=True)
        ended |= {key: end for key, end in tried if not isinstance(end, TryLater)}
    over = {key: end for key, end in ended.items() if not isinstance(end, Undeliverable)}
    again = await asyncio.gather(*(send(sending, people[number].id, words) for number, words in over))
    assert [type(one) for one in again] == [type(one) for one in over.values()], "what has ended stays so"
    return ended


async def send(sending, user, words):
    try:
        return await sending.send(
            user, True, "sampleMarkdown", {"title": words, "text": words}, f"{user}:{words}", gathers=True
        )
    except Delivery as fault:
        return fault
