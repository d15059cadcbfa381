"""A small core behind the web workplace, enough to see every part of the client live: it is scripted, it decides nothing.

Also a command of its own: `python -m tests.browser.fakecore 8099` serves it for looking at by hand.
"""

import asyncio
import sys
from datetime import UTC, datetime

from adapters.web import Archive, WebMessenger
from bot.cards import (
    Answer,
    Bar,
    Button,
    Buttons,
    Card,
    Chart,
    Choice,
    Code,
    Divider,
    Facts,
    Faint,
    Field,
    File,
    Form,
    Item,
    Items,
    Link,
    Mention,
    Moment,
    Picture,
    Plain,
    Quote,
    Strong,
    Table,
    Text,
    Toast,
)
from bot.messenger import Incoming, Joined, Posted, Pressed, Said, Submitted
from bot.people import Account, Profile, Room
from tests.clocks import RunningClock

PEOPLE = [
    ("u-zhang", "张三", "产品部", "zh-Hans"),
    ("u-li", "李四", "客服部", "zh-Hans"),
    ("u-wang", "王五", "技术部", "zh-Hans"),
    ("u-zhao", "赵六", "技术部", "zh-Hans"),
    ("u-sun", "孫小美", "市場部", "zh-Hant"),
    ("u-anna", "Anna Berg", "Product", "en"),
    ("u-omar", "Omar Haddad", "Engineering", "en"),
    ("u-jean", "Jean-Luc (外包)", "技术部", "en"),
]
ROOMS = [("product", "产品规划"), ("service", "客户服务"), ("all", "全员")]
COMMANDS = [
    ("/action", "我的行动项", "My action items"),
    ("/action add", "新增行动项", "Add an action item"),
    ("/action list", "列表：我的、部门、逾期、受阻", "List: mine, department, overdue, blocked"),
    ("/action show", "查看一项", "Show one item"),
    ("/action submit", "提交成果", "Submit the deliverable"),
    ("/action postpone", "延期", "Postpone"),
    ("/digest", "现在就看周报", "The weekly digest now"),
    ("/help", "帮助", "Help"),
]
PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 120" width="420" height="120">
<rect width="420" height="120" fill="#fff"/><g fill="#0b7a75"><rect x="20" y="20" width="180" height="18" rx="4"/>
<rect x="120" y="50" width="160" height="18" rx="4"/><rect x="240" y="80" width="150" height="18" rx="4"/></g></svg>"""


def profiles() -> list[Profile]:
    """The people of the fake workplace."""
    return [
        Profile(Account("web", user), name, department=department, language=language, timezone="Asia/Shanghai")
        for user, name, department, language in PEOPLE
    ]


class FakeTime:
    """A time machine over nothing but a clock."""

    def __init__(self, clock: RunningClock) -> None:
        self.clock = clock

    def now(self) -> datetime:
        return self.clock.now()

    async def move(self, to: datetime) -> None:
        await asyncio.sleep(0.2)
        self.clock.advance_to(to)


class FakeCore:
    """Answers by script and remembers all it heard. `delay` makes an answer slow enough to see what waits for it."""

    def __init__(self, messenger: WebMessenger) -> None:
        self.messenger = messenger
        self.heard: list[Incoming] = []
        self.posted: dict[str, list[Posted]] = {}
        self.delay = 0.0
        self._news = asyncio.Event()

    async def receive(self, event: Incoming) -> Answer | None:
        self.heard.append(event)
        self._news.set()
        await asyncio.sleep(self.delay)
        match event.what:
            case Said():
                return self._said(event.what)
            case Pressed():
                return await self._pressed(event.what)
            case Submitted():
                return self._submitted(event.what)
            case Joined():
                return Card("你好，我是闭环", (Text((Plain("告诉我谁在哪天前做什么，例如 "), Code("/action add"))),))

    async def hears(self, words: str) -> Said:
        """The first thing said with these words; waits for it."""
        async with asyncio.timeout(5):
            while True:
                for event in self.heard:
                    if isinstance(event.what, Said) and words in event.what.text:
                        return event.what
                self._news.clear()
                await self._news.wait()

    def _said(self, said: Said) -> Answer | None:
        line = said.text.replace("／", "/").strip()
        if line.startswith("/action add"):
            return form(said.quoted.text if said.quoted else line.removeprefix("/action add").strip())
        answers: dict[str, Answer] = {
            "/showcase": showcase(),
            "/file": File("行动项.csv", "text/csv", "编号,行动\nA-42,输出\n".encode()),
            "/toast": Toast("已提醒王五", "good"),
            "/help": Card("可以这样说", (Text((Code("/action add"), Plain(" 新增行动项"))),)),
        }
        return answers.get(line)

    async def _pressed(self, pressed: Pressed) -> Answer | None:
        for posted in self.posted.get(pressed.command, ()):
            await self.messenger.update(posted, accepted())
        return Toast("A-42 已接受", "good")

    def _submitted(self, submitted: Submitted) -> Answer | None:
        day = submitted.values.get("due", "")
        if day in ("尽快", "ASAP"):
            return form(problem=f"“{day}”不是一天。请给出确切日期，例如：11月27日")
        return Card("已记录 A-42", (Facts((("负责人", "李四"), ("截止", day))),), "good")

    async def announce(self, to: Account | Room, card: Card, key: str) -> Posted:
        """Posts as the outbox would."""
        posted = await self.messenger.post(to, card, key=key, again=False)
        self.posted.setdefault("/action accept A-42", []).append(posted)
        return posted


def form(action: str = "", problem: str = "") -> Form:
    """The form of a new action item."""
    return Form(
        "新增行动项",
        "/action add",
        (
            Field("action", "行动", value=action, hint="一句话说清做什么"),
            Field("owner", "负责人", "person", hint="一个行动项只能有一位负责人"),
            Field("due", "截止日", "day", problem=problem),
            Field("criterion", "交付标准", "paragraph", required=False),
            Field("supporters", "配合方", "people", required=False),
            Field(
                "priority", "优先级", "choice", value="normal", choices=(Choice("normal", "普通"), Choice("high", "高"))
            ),
        ),
        "记录",
        note="还差负责人和截止日。",
        example="/action add 评估开发周期 @王五 11月24日",
    )


def proposed() -> Card:
    """The owner is asked to accept."""
    accept = Button("接受", "/action accept A-42", "primary", version=3)
    decline = Button("谢绝", "/action decline A-42", "danger", "谢绝后，A-42 会退回给张三。确定谢绝吗？", version=3)
    spans = Text((Plain("输出《客户投诉处理流程V2.0》 · 标准：包含一级响应机制"),))
    return Card(
        "请确认：A-42 由你负责，11月27日（周五）到期",
        (spans, Facts((("来自", "Q3 产品规划会，张三"),)), Buttons((accept, decline))),
    )


def accepted() -> Card:
    """The same card afterwards."""
    return Card("A-42 进行中，11月27日（周五）到期", (Text((Plain("李四已接受"),)),), "good")


def showcase() -> Card:
    """Every kind of block at once."""
    done, late = Button("完成", "/action submit A-31", "primary"), Button("延期", "/action postpone A-31")
    rows = tuple(
        (f"A-{n}", f"整理第 {n} 份客户反馈", "李四" if n % 2 else "王五", f"11月{n}日", "进行中") for n in range(20, 29)
    )
    return Card(
        "客服部 · 第 47 周",
        (
            Text((Strong("完成 12"), Plain(" · 逾期 2 · 受阻 1 · "), Faint("按期率 86%（上周 79%）"))),
            Chart("按期率", (Bar("45周", 64), Bar("46周", 79), Bar("47周", 86)), "%"),
            Text((Plain("评审："), Moment(datetime(2026, 11, 27, 7, tzinfo=UTC), "11月27日 07:00（UTC）"))),
            Items(
                (
                    Item("🔴", "A-31 评估 A 类功能开发周期", "王五 · 已逾期 4 个工作日", (done, late)),
                    Item("🟡", "A-40 客诉话术更新", "李四 · 后天到期"),
                    Item("🟢", "A-44 输出《客户投诉处理流程V2.0》", "李四 · 12月4日（周五）"),
                ),
                "未完成",
            ),
            Divider(),
            Facts((("负责人", "李四"), ("截止", "11月27日（周五）18:00 前"), ("标准", "包含一级响应机制"))),
            Text(
                (
                    Mention("李四", Account("web", "u-li")),
                    Plain(" 请看 "),
                    Link("流程文档", "https://example.org/flow"),
                    Plain("，或输入 "),
                    Code("/action show A-31"),
                )
            ),
            Quote("等需求评审。\n评审排在周三。", "王五", "https://example.org/m/1"),
            Table(("编号", "行动", "负责人", "截止日", "状态"), rows),
            Picture("gantt.svg", "image/svg+xml", PICTURE, "甘特图：三项，11月20日至12月4日"),
            File("行动项-第47周.xlsx", "application/vnd.ms-excel", b"x" * 18_200),
            Buttons(
                (
                    Button("查看全部", "/action list", "primary"),
                    Button("导出", "/file"),
                    Button("取消订阅", "/toast", "danger", "以后不再收到周报，确定吗？"),
                )
            ),
        ),
        "warn",
    )


def workplace(archive: Archive | None = None, token: str = "") -> tuple[WebMessenger, FakeCore, RunningClock]:
    """A seeded web workplace with the fake core beside it."""
    clock = RunningClock()
    messenger = WebMessenger(
        archive or Archive(),
        clock,
        demo=FakeTime(clock),
        token=token,
        commands=lambda language: [(line, en if language == "en" else zh) for line, zh, en in COMMANDS],
        workplace="闭环示例工作区",
    )
    users = [user for user, *_ in PEOPLE]
    messenger.seed(profiles(), [(Room("web", room, name), users) for room, name in ROOMS])
    return messenger, FakeCore(messenger), clock


async def main(port: int) -> None:
    """Serves the fake workplace until interrupted."""
    from tests.adapters.web.serving import serving

    messenger, core, clock = workplace()
    del clock
    async with serving(messenger.routes, port) as address:
        print(address)
        await core.announce(Account("web", "u-li"), proposed(), "seed")
        await messenger.listen(core.receive)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
