"""The small cast of the view tests: four people in two departments on Wednesday 25 November 2026, 10:00 in Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.calendar import Calendar, Quiet
from bot.directory import Directory
from bot.domain.action import Action, Block, Deliverable, Due, Source, State
from bot.people import Account, Department, Person
from bot.texts import words
from bot.views.scene import Scene
from bot.workplace import Workplace

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI).astimezone(UTC)
TODAY = date(2026, 11, 25)
ENGINEERING, SERVICE = 1, 2
ZHANG, LI, WANG, ZHAO = 1, 2, 3, 4
NAMES = {
    "zh-Hans": ("张三", "李四", "王五", "赵六", "技术部", "客服部"),
    "zh-Hant": ("張三", "李四", "王五", "趙六", "技術部", "客服部"),
    "en": ("Zhang San", "Li Si", "Wang Wu", "Zhao Liu", "Engineering", "Customer service"),
}
TEXTS = {
    "zh-Hans": ("输出《客户投诉处理流程V2.0》", "包含一级响应机制", "Q3 产品规划会", "缺少流程节点图", "等需求评审"),
    "zh-Hant": ("輸出《客戶投訴處理流程V2.0》", "包含一級回應機制", "Q3 產品規劃會", "缺少流程節點圖", "等需求評審"),
    "en": (
        "Write complaint procedure v2.0",
        "first-level response included",
        "Q3 product planning",
        "the flow chart is missing",
        "waiting for the review",
    ),
}
WORKPLACE = Workplace("闭环科技", "zh-Hans", "Asia/Shanghai", Calendar.of("CN"), Quiet())


def directory(language: str = "zh-Hans") -> Directory:
    """Zhang San hosts and tracks; Li Si and Wang Wu own; Zhao Liu heads both departments."""
    zhang, li, wang, zhao, engineering, service = NAMES[language]
    people = [
        _person(ZHANG, zhang, "zhang", SERVICE, language),
        _person(LI, li, "li", SERVICE, language),
        _person(WANG, wang, "wang", ENGINEERING, language),
        _person(ZHAO, zhao, "zhao", ENGINEERING, language),
    ]
    departments = [Department(ENGINEERING, engineering, ZHAO), Department(SERVICE, service, ZHAO)]
    return Directory.of(people, departments, fallback="Asia/Shanghai")


def scene(reader: int | None = LI, language: str = "zh-Hans", now: datetime = NOW) -> Scene:
    """What somebody reads on that morning; `reader` None is a room."""
    who = directory(language)
    return Scene(words(language), now, who, WORKPLACE, who.person(reader) if reader else None)


def action(language: str = "zh-Hans", **fields: object) -> Action:
    """A-42 as VOICE has it: owned by Li Si, tracked by Zhang San, due on Friday the 27th, in progress."""
    text, criterion, meeting, _, _ = TEXTS[language]
    day = fields.pop("day", date(2026, 11, 27))
    assert isinstance(day, date)
    plain = Action(
        text, LI, ZHANG, ZHANG, due(day), date(2026, 11, 27), NOW - timedelta(days=2), NOW - timedelta(hours=2),
        number=42, state=State.IN_PROGRESS, version=3, department=SERVICE, criterion=criterion,
        source=Source(meeting=meeting),
    )  # fmt: skip
    return replace(plain, **fields)


def due(day: date, wall: time | None = None) -> Due:
    """A due day that ends at 18:00 in Shanghai, or at the given hour."""
    return Due(day, datetime.combine(day, wall or time(18), SHANGHAI).astimezone(UTC), wall)


def late(language: str = "zh-Hans") -> Action:
    """A-31 of Wang Wu's, due on Thursday the 19th: four working days late."""
    reason = TEXTS[language][4]
    text = {"zh-Hans": "评估 A 类功能开发周期", "zh-Hant": "評估 A 類功能開發週期", "en": "Estimate class A features"}
    return action(
        language, number=31, text=text[language], owner=WANG, department=ENGINEERING, day=date(2026, 11, 19),
        first_due=date(2026, 11, 19), note=reason, note_at=NOW - timedelta(days=2), source=Source(), criterion="",
    )  # fmt: skip


def submitted(language: str = "zh-Hans") -> Action:
    """A-42, handed over this morning."""
    name = "complaint-procedure-v2.docx" if language == "en" else "《客户投诉处理流程V2.0》.docx"
    file = Deliverable(name, "https://files.example/42")
    return action(language, state=State.SUBMITTED, deliverables=(file,), submitted_at=NOW)


def blocked(language: str = "zh-Hans") -> Action:
    """A-42, waiting for Wang Wu until tomorrow."""
    return action(language, state=State.BLOCKED, block=Block(TEXTS[language][4], WANG, date(2026, 11, 26)))


def _person(id: int, name: str, mail: str, department: int, language: str) -> Person:
    account = Account("web", mail)
    return Person(id, name, "Asia/Shanghai", language, f"{mail}@example.com", department, (account,))
