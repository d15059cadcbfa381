"""The fault matrix of delivery (RELIABILITY A4, rows 16–25) over the real wire: how each try ends, and what was shown."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.feishu.faults import Revoked
from adapters.feishu.posting import uuid
from bot.cards import Bar, Button, Buttons, Card, Chart, File, Mention, Picture, Strong, Text
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room
from tests.adapters.feishu.counter import CARD, SEND, Counter, standing
from tests.adapters.feishu.office import app, connected
from tests.simulators.feishu import Colleague, Tenant, faults

pytestmark = pytest.mark.slow

PATCH = "PATCH im/v1/messages/:id"
TOKEN = "POST auth/v3/tenant_access_token/internal"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    async with standing() as counter:
        yield counter


# --- 16, 17: asked to wait, or in trouble ---


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (faults.limits("7"), 7), (faults.limits("7", 400), 7), (faults.limits(None), 2), (faults.limits("soon"), 2),
        (faults.limits("0"), 0.2), (faults.limits("86400"), 900), (faults.refuses(230020), 2), (faults.refuses(11232), 2),
        (faults.refuses(230049), 2),
    ],
    ids=range(9),
)  # fmt: skip
async def test_a_limit_is_kept_for_as_long_as_feishu_says(counter, fault, seconds):
    counter.tenant.faults.next(SEND, fault)
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert (later.value.seconds, later.value.unclear) == (seconds, False)
    assert counter.tries() == 1
    await counter.posts()
    assert counter.shown() == 1


async def test_a_limit_of_one_group_holds_no_other(counter):
    other = counter.tenant.group("客服", counter.ann)
    counter.tenant.faults.always(SEND, faults.refuses(230020), to=counter.group.id)
    with pytest.raises(TryLater):
        await counter.posts()
    await counter.posts(to=Room("feishu", other.id), key="o")
    assert "A-42" in counter.ann.sees(other)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_page_of_the_edge_is_unclear_and_a_second_try_is_safe(counter, status):
    counter.tenant.faults.next(SEND, faults.records_then_fails(status), faults.fails(status))
    for _ in range(2):
        with pytest.raises(TryLater) as later:
            await counter.posts()
        assert later.value.unclear
    await counter.posts(again=True)
    assert counter.shown() == 1


async def test_a_storm_loses_nothing_and_says_nothing_twice(counter):
    counter.tenant.faults.storm(
        0.6, faults.records_then_closes(), faults.fails(), faults.limits(), faults.closes(), faults.refuses(99991663)
    )
    done = 0
    for key in range(12):
        for _ in range(60):
            try:
                await counter.posts(f"k{key}", again=True)
            except TryLater:
                continue
            done += 1
            break
    assert (done, counter.shown()) == (12, 12)


# --- 18, 19: it may have arrived ---


@pytest.mark.parametrize(
    "fault",
    [faults.records_then_closes(), faults.records_then_fails(), faults.records_then_half()],
    ids=["closed", "page", "half"],
)
async def test_a_message_whose_answer_was_lost_is_one_message_also_after_a_restart(counter, fault):
    counter.tenant.faults.next(SEND, fault)
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert later.value.unclear
    assert counter.shown() == 1, "it has arrived"
    await counter.restarts()
    posted = await counter.posts(again=True)
    assert posted.id == counter.group.messages[0].id
    assert counter.shown() == 1


async def test_where_feishu_does_not_say_which_message_it_was_nobody_guesses(counter):
    """Sheet 9.4: what a second try with one uuid is answered with is not documented."""
    counter.tenant.unverified.duplicate_is_answered = False
    counter.tenant.faults.next(SEND, faults.records_then_closes())
    with pytest.raises(TryLater):
        await counter.posts()
    with pytest.raises(Uncertain):
        await counter.posts(again=True)
    assert counter.shown() == 1


async def test_nobody_tries_behind_deliverys_back(counter):
    counter.tenant.faults.next(SEND, faults.closes())
    with pytest.raises(TryLater):
        await counter.posts()
    assert counter.tries() == 1


async def test_without_a_connection_nothing_is_unclear(counter):
    await counter.restarts("http://127.0.0.1:9")
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert not later.value.unclear


def test_the_name_of_a_message_fits_and_is_its_own():
    names = [uuid(f"remind:A-{number}:due-2:2026-11-25:P7" * 20) for number in range(100)]
    assert len(set(names)) == 100
    assert {len(one) for one in names} == {50}


# --- 20, 21: tokens ---


async def test_a_refused_token_is_fetched_once_for_all_who_wait(counter):
    await counter.posts("first")
    counter.tenant.tokens.revoked()
    asked = counter.tenant.tokens.asked
    await asyncio.gather(*(counter.posts(f"k{number}") for number in range(20)))
    assert counter.tenant.tokens.asked == asked + 1
    assert counter.shown() == 21


async def test_a_token_that_is_refused_twice_stops_and_says_so(counter):
    counter.tenant.faults.always(SEND, faults.refuses(99991663))
    with pytest.raises(Revoked):
        await counter.posts()
    assert counter.tries() == 2


@pytest.mark.parametrize("code", [99991662, 99991673, 99991401, 99991403])
async def test_an_app_that_is_off_keeps_everything_waiting(counter, code):
    counter.tenant.faults.next(SEND, faults.refuses(code))
    with pytest.raises(Revoked) as later:
        await counter.posts()
    assert later.value.seconds >= 600
    assert not later.value.unclear


async def test_wrong_credentials(counter):
    counter.tenant.app.secret = "another"
    with pytest.raises(Revoked) as later:
        await counter.posts()
    assert "10014" in str(later.value)


async def test_a_slow_token_holds_nobody_else_up(counter):
    """A4 row 21: the loop goes on meanwhile."""
    counter.tenant.faults.next(TOKEN, faults.fails())
    with pytest.raises(TryLater) as later:
        await counter.posts()
    assert not later.value.unclear, "nothing can have been sent without a token"
    await counter.posts()
    assert counter.shown() == 1


# --- 22, 23: who cannot be reached ---


@pytest.mark.parametrize(
    "code", [230002, 230013, 230017, 230027, 230029, 230034, 230053, 232009, 99992351, 99992361, 230006, 230038]
)
async def test_who_can_never_be_reached_is_undeliverable(counter, code):
    counter.tenant.faults.next(SEND, faults.refuses(code))
    with pytest.raises(Undeliverable) as fault:
        await counter.posts()
    assert str(code) in fault.value.reason
    assert counter.tries() == 1


async def test_a_bot_that_was_put_out_and_a_person_who_left(counter):
    counter.group.chat.bot = False
    with pytest.raises(Undeliverable):
        await counter.posts()
    with pytest.raises(Undeliverable):
        await counter.messenger.members(counter.room)
    counter.ann.user.resigned = True
    with pytest.raises(Undeliverable):
        await counter.posts("p", counter.to)


async def test_a_missing_scope_is_named(counter):
    counter.tenant.app.scopes = frozenset()
    with pytest.raises(Undeliverable) as fault:
        await counter.posts()
    assert "im:message:send_as_bot" in fault.value.reason


# --- cards that are not taken ---


async def test_a_card_that_one_person_has_spoilt_is_sent_without_anybodys_id(counter):
    gone = Account("feishu", "ou_nobodyhere")
    card = Card("A-42 请确认", (Text((Strong("见 "), Mention("李四", gone))),))
    await counter.posts(card=card)
    assert "见 @李四" in counter.ann.sees(counter.group)
    assert counter.tenant.complaints.pop().startswith("230099")
    assert counter.shown() == 1


@pytest.mark.parametrize("code", [230099, 230025, 230022, 230028])
async def test_a_card_that_is_never_taken_comes_in_words(counter, code):
    counter.tenant.faults.next(SEND, faults.refuses(code), faults.refuses(code))
    await counter.posts()
    assert "输出流程" in counter.ann.sees(counter.group)
    assert counter.tries() == 3


async def test_a_chart_that_feishu_does_not_take_is_said_in_lines_and_the_presses_stay(counter):
    counter.tenant.faults.next(SEND, faults.refuses(230099))
    card = Card("A-42", (Chart("按期率", (Bar("W46", 79),), "%"), Buttons((Button("接受", "/action accept A-42"),))))
    await counter.posts(card=card)
    assert "W46 ████████ 79%" in counter.ann.sees(counter.group)
    assert "[接受]" in counter.ann.sees(counter.group)
    assert counter.tries() == 2


async def test_a_card_that_cannot_even_come_in_words_is_undeliverable(counter):
    counter.tenant.faults.always(SEND, faults.refuses(230028))
    with pytest.raises(Undeliverable):
        await counter.posts()
    assert counter.tries() == 3


# --- updates ---


async def test_an_update_within_fourteen_days_and_none_after(counter):
    posted = await counter.posts()
    await counter.tenant.advance(days=13)
    await counter.messenger.update(posted, Card("A-42 进行中"))
    assert "A-42 进行中" in counter.ann.sees(counter.group)
    await counter.tenant.advance(days=2)
    with pytest.raises(Undeliverable) as fault:
        await counter.messenger.update(posted, Card("A-42 完成"))
    assert "fourteen days" in fault.value.reason


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.refuses(230020), TryLater), (faults.fails(), TryLater), (faults.records_then_closes(), TryLater),
        (faults.refuses(230011), Undeliverable), (faults.refuses(230110), Undeliverable),
    ],
    ids=range(5),
)  # fmt: skip
async def test_how_an_update_ends(counter, fault, kind):
    posted = await counter.posts()
    counter.tenant.faults.next(PATCH, fault)
    with pytest.raises(kind):
        await counter.messenger.update(posted, Card("A-42 进行中"))


async def test_an_update_of_somebody_elses_message(counter):
    said = await counter.ann.says("大家早", counter.group)
    with pytest.raises(Undeliverable):
        await counter.messenger.update(Posted("feishu", counter.group.id, said.id), CARD)


# --- files and pictures ---


async def test_files_follow_their_message_each_once(counter):
    card = Card("A-42 纪要", (File("纪要.docx", "application/x", b"PK"), File("空.txt", "text/plain", b"")))
    counter.tenant.faults.next("POST im/v1/files", faults.fails())
    with pytest.raises(TryLater):
        await counter.posts(card=card)
    await counter.posts(card=card, again=True)
    await counter.posts(card=card, again=True)
    seen = counter.ann.sees(counter.group)
    assert (seen.count("[纪要.docx]"), seen.count("[空.txt]"), counter.shown()) == (1, 1, 1)


async def test_a_file_whose_answer_was_lost_is_one_file(counter):
    card = Card("A-42 纪要", (File("纪要.docx", "application/x", b"PK"),))
    await counter.posts()
    counter.tenant.faults.next(SEND, faults.records_then_closes(), to=counter.group.id)
    with pytest.raises(TryLater):
        await counter.posts("f", card=Card("", card.blocks))
    for _ in range(2):
        await counter.restarts()
        await counter.posts("f", card=Card("", card.blocks), again=True)
    assert counter.ann.sees(counter.group).count("[纪要.docx]") == 1


async def test_an_update_brings_its_file(counter):
    posted = await counter.posts()
    for _ in range(2):
        await counter.messenger.update(posted, Card("A-42", (File("表.xlsx", "application/x", b"PK"),)))
    assert counter.ann.sees(counter.group).count("[表.xlsx]") == 1


async def test_a_picture_is_uploaded_once_and_shown(counter):
    card = Card("A-42 图", (Picture("a.png", "image/png", PNG, "甘特图"),))
    for key in ("a", "b"):
        await counter.posts(key, card=card)
    assert counter.ann.sees(counter.group).count("[甘特图]") == 2
    assert len(counter.tenant.images) == 1


@pytest.mark.parametrize("content", [b"no picture at all", b"x" * 10_000_001], ids=["other", "large"])
async def test_a_picture_that_feishu_does_not_take_leaves_its_words(counter, content):
    await counter.posts(card=Card("A-42 图", (Picture("a.png", "image/png", content, "甘特图"),)))
    assert "甘特图" in counter.ann.sees(counter.group)


async def test_a_picture_that_could_not_be_uploaded_now_is_tried_again(counter):
    counter.tenant.faults.next("POST im/v1/images", faults.fails())
    with pytest.raises(TryLater) as later:
        await counter.posts(card=Card("A-42 图", (Picture("a.png", "image/png", PNG, "甘特图"),)))
    assert not later.value.unclear, "nothing was shown"
    assert counter.shown() == 0


# --- pace ---


async def test_answers_and_announcements_keep_to_feishus_pace_together():
    """On a machine that is busy a message may arrive late and the next beside it: that is refused, and made again. Without
    the pace half of them would be."""
    tenant = Tenant(app=app())
    people = [tenant.hires(f"人{number}") for number in range(12)]
    async with connected(tenant, paced=True) as messenger:

        async def post(who: Colleague, number: int) -> None:
            while True:
                try:
                    await messenger.post(Account("feishu", who.id), CARD, key=f"{who.id}{number}", again=False)
                except TryLater as later:
                    await asyncio.sleep(later.seconds)
                else:
                    return

        await asyncio.gather(*(post(who, number) for number in range(7) for who in people))
    assert len(tenant.said()) == 84
    assert sum(not call.ok for call in tenant.calls(SEND)) <= 20
