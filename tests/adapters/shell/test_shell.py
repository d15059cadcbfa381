"""The terminal by hand and by pipe: lines in, aligned text out, its own few commands."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.shell import ShellMessenger
from adapters.shell.incoming import moment, own
from adapters.shell.outgoing import drawn, width
from bot.cards import Answer, Button, Buttons, Card, Choice, Facts, Field, File, Form, Table
from bot.errors import Undeliverable
from bot.messenger import Incoming, Posted, Said
from bot.people import Account, Profile, Room
from tests.clocks import SetClock
from tests.contracts.cards import BLOCKS

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = {
    "ann": Profile(Account("shell", "ann"), "Ann Lee", language="en", timezone="Europe/Berlin"),
    "bo": Profile(Account("shell", "bo"), "薄一", language="zh-Hans", timezone="Asia/Shanghai"),
    "cy": Profile(Account("shell", "cy"), "陳一", language="zh-Hant"),
}
ROOM = Room("shell", "product", "产品")


class Time:
    """A time machine; delivers a card to bo on the way."""

    def __init__(self) -> None:
        self.clock = SetClock(NOW)
        self.on_the_way: list[ShellMessenger] = []

    def now(self) -> datetime:
        return self.clock.now()

    async def move(self, to: datetime) -> None:
        self.clock.advance_to(to)
        for messenger in self.on_the_way:
            await messenger.post(Account("shell", "bo"), Card("🟡 A-42 明天到期"), key=str(to), again=False)


async def find(who: str) -> Profile:
    for profile in PEOPLE.values():
        if who in (profile.account.user_id, profile.name):
            return profile
    raise Undeliverable(who)


async def piped(
    *lines: str, answer: Answer | None = None, demo: Time | None = None
) -> tuple[list[str], list[Incoming]]:
    """What is printed, and what the core heard, for lines of a pipe."""
    printed: list[str] = []
    heard: list[Incoming] = []

    async def read() -> AsyncIterator[str]:
        for line in lines:
            yield line

    async def receive(event: Incoming) -> Answer | None:
        heard.append(event)
        return answer

    messenger = ShellMessenger(
        find, read(), printed.append, clock=SetClock(NOW), speaker="ann", rooms=[(ROOM, ["ann", "bo"])], demo=demo
    )
    if demo:
        demo.on_the_way.append(messenger)
    await messenger.listen(receive)
    return printed, heard


async def test_a_pipe_is_one_message_a_line_and_its_end_is_the_end():
    printed, heard = await piped(
        "/action", "", "  ", "输出流程 周五", answer=Card("好", (Facts((("负责人", "李四"),)),))
    )
    assert [event.what for event in heard] == [Said("/action", called=True), Said("输出流程 周五")]
    assert [event.by.user_id for event in heard] == ["ann", "ann"]
    assert printed == ["好\n   负责人  李四", "", "好\n   负责人  李四", ""]


async def test_ids_of_two_runs_never_meet():
    (_, one), (_, other) = await piped("a", "b"), await piped("a", "b")
    assert len({event.id for event in [*one, *other]}) == 4


async def test_another_speaks_and_is_answered_in_their_language():
    printed, heard = await piped("/as 薄一", "一", "/as cy", "二", "/as nobody", "三")
    assert [event.by.user_id for event in heard] == ["bo", "cy", "cy"]
    assert printed == ["现在说话的是 薄一。", "現在說話的是 陳一。", "沒有叫「nobody」的人。"]


async def test_a_room_can_be_spoken_in():
    printed, heard = await piped("/in #产品", "/foo", "/in", "二", "/in nowhere", "三")
    assert [event.where.room for event in heard] == [ROOM, None, None]
    assert [isinstance(event.what, Said) and event.what.called for event in heard] == [True, False, False]
    assert printed[0] == "You are speaking in #产品. /in goes back to the conversation with Bihuan."
    assert printed[2] == "There is no room called nowhere. There are: #产品"


async def test_a_reply_to_nothing_says_so():
    printed, heard = await piped("/re 7 完成", "/re", "/re 1", "/as")
    assert heard == []
    assert printed[0] == "There is no message 7."
    assert [line.split(":")[0] for line in printed[1:]] == [
        "Write /re, the message's number and your words",
        "Write /re, the message's number and your words",
        "Write /as and who is to speak",
    ]


async def test_names_after_an_at_are_looked_up():
    _, heard = await piped("/action add x @Ann Lee @薄一，周五 @who Ann@薄一")
    what = heard[0].what
    assert isinstance(what, Said)
    assert [account.user_id for account in what.mentions] == ["ann", "bo"]


async def test_time_moves_only_in_the_demo_and_delivers_before_it_answers():
    printed, heard = await piped(
        "/time +1d", "/time 2026-11-30 09:00", "/time", "/time gestern", "/time 2020-01-01", demo=Time()
    )
    assert heard == []
    assert [line for line in printed if line.startswith(("──", "Work"))] == [
        "── Bihuan → 薄一 · 1",
        "Workplace time 2026-11-24 02:00",
        "── Bihuan → 薄一 · 2",
        "Workplace time 2026-11-30 09:00",
        "Workplace time 2026-11-30 09:00",
    ]
    assert printed[-1].startswith("Write /time +1d")
    _, heard = await piped("/time +1d")
    assert [event.what for event in heard] == [Said("/time +1d", called=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+30m", NOW + timedelta(minutes=30)),
        ("+2h", NOW + timedelta(hours=2)),
        ("+1d", NOW + timedelta(days=1)),
        ("+3 w", NOW + timedelta(weeks=3)),
        ("2026-11-30 09:00", datetime(2026, 11, 30, 1, tzinfo=UTC)),
        ("2026-11-30", datetime(2026, 11, 29, 16, tzinfo=UTC)),
        ("2026-11-30T09:00Z", datetime(2026, 11, 30, 9, tzinfo=UTC)),
    ],
)
def test_moments_as_typed(text: str, expected: datetime):
    assert moment(text, NOW, ZoneInfo("Asia/Shanghai")) == expected


@pytest.mark.parametrize("line", ["/asset", "/inbox", "/timer", "as x", "/action add /time", "/report"])
def test_longer_words_are_not_the_terminals(line: str):
    assert own(line) is None


def test_a_table_stands_in_columns_also_with_chinese():
    table = Table(("编号", "行动", "day"), (("A-1", "评估开发周期", "周五"), ("A-12", "x", "")))
    lines = drawn(Card("t", (table,)), "en").splitlines()[1:]
    assert lines == ["编号  行动          day", "────  ────────────  ────", "A-1   评估开发周期  周五", "A-12  x"]
    assert width(lines[2].partition("周五")[0]) == width(lines[0].partition("day")[0])


def test_presses_are_words_to_type():
    card = Card(
        "t",
        (Buttons((Button("完成", "/action submit A-42", say="完成 A-42"), Button("延期", "/action postpone A-42"))),),
    )
    assert drawn(card, "zh-Hans") == "t\n[完成 → 完成 A-42]  [延期 → /action postpone A-42]"


def test_a_form_asks_only_the_first_thing_that_is_missing():
    fields = (
        Field("action", "行动", value="输出流程"),
        Field("owner", "负责人", "person"),
        Field("due", "截止日", "day"),
        Field("note", "备注", required=False),
    )
    form = Form("新增行动项", "/action add", fields, "记录", "还差两样", "评估 @王五 周五")
    assert drawn(form, "zh-Hans").splitlines() == [
        "新增行动项", "还差两样", "   行动  输出流程", "? 负责人", "(输入 评估 @王五 周五；不填了就说 算了)",
    ]  # fmt: skip


def test_a_refused_field_comes_first_with_its_problem_and_choices():
    choices = (Choice("fri", "周五"), Choice("mon", "周一"))
    fields = (
        Field("owner", "负责人"),
        Field("due", "截止日", "day", value="尽快", problem="“尽快”不是一天。", choices=choices),
    )
    text = drawn(Form("延期", "/action postpone", fields, "延期"), "zh-Hans")
    assert text.splitlines() == ["延期", "“尽快”不是一天。", "? 截止日", "  周五 / 周一"]


def test_a_file_is_named():
    assert drawn(File("a.csv", "text/csv", b"1"), "en") == "[file a.csv]"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "", "fr"])
def test_every_block_is_drawn_in_every_language(language: str):
    text = drawn(Card("t", tuple(block for block, _ in BLOCKS.values())), language)
    assert [word for _, words in BLOCKS.values() for word in words if word not in text] == []


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_width_counts_cells(text: str):
    assert 0 <= width(text) <= 2 * len(text)
    assert width(text + "汉a") == width(text) + 3


async def test_what_another_messenger_told_a_room_is_heard_under_a_number_of_its_own():
    """A reply to it is about the message where it stands."""
    printed: list[str] = []
    heard: list[Incoming] = []
    elsewhere = Posted("web", ROOM.id, "1")

    async def receive(event: Incoming) -> None:
        heard.append(event)

    async def lines() -> AsyncIterator[str]:
        await shell.post(Account("shell", "ann"), Card("Yours"), key="k", again=False)
        await shell.overhear(elsewhere, Card("Week 47"))
        yield "/re 2 done"

    shell = ShellMessenger(find, lines(), printed.append, clock=SetClock(NOW), speaker="ann", rooms=[(ROOM, ["ann"])])
    await shell.listen(receive)
    assert "── Bihuan → #产品 · 2" in printed
    (event,) = heard
    assert isinstance(event.what, Said)
    assert event.what.quoted is not None
    assert (event.what.quoted.posted, event.what.quoted.text) == (elsewhere, "Week 47")
