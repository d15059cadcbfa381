"""Every message of minutes once, as its receiver would get it on that Wednesday: a meeting of last Friday, in three languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bot.cards import Answer
from bot.domain.captured import Verdict
from bot.domain.facts import ITSELF, Minuted
from bot.domain.meeting import Meeting
from bot.domain.minutes import (
    Absent,
    Acknowledged,
    Agreed,
    Correction,
    Decided,
    Discussed,
    Left,
    Minutes,
    MinutesState,
    MinutesVerb,
    Reminded,
)  # fmt: skip
from bot.domain.papers import Papers
from bot.errors import Offer, Refusal
from bot.reports.difference import differences
from bot.reports.outline import outline
from bot.store import Entry
from bot.views import minutes as views
from bot.views import minutes_archive, minutes_forms, refusal
from bot.views.minutes_told import MINUTES_MOMENTS
from tests.views.cast import LI, NOW, SERVICE, WANG, ZHANG, ZHAO, scene

Shown = tuple[str, Answer | None]
HELD = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
ENDED = HELD + timedelta(minutes=65)

TEXTS = {
    "zh-Hans": (
        "Q3 产品规划会", "三楼会议室", "确定第三季度的产品范围", "出差", "客诉流程", "一级响应要在两小时内", "按 V2.0 执行", "投诉量翻倍",
        "自建短信网关", "输出《客户投诉处理流程V2.0》", "是否外包客服夜班", "12月18日 14:00", "决议 2 应是“暂缓”", "写明由谁执行",
    ),
    "zh-Hant": (
        "Q3 產品規劃會", "三樓會議室", "確定第三季度的產品範圍", "出差", "客訴流程", "一級回應要在兩小時內", "按 V2.0 執行", "投訴量翻倍",
        "自建簡訊閘道", "輸出《客戶投訴處理流程V2.0》", "是否外包客服夜班", "12月18日 14:00", "決議 2 應是「暫緩」", "寫明由誰執行",
    ),
    "en": (
        "Q3 product planning", "Room 3", "Settle the scope of the third quarter", "on a trip", "Complaint procedure",
        "First answer within two hours", "Follow version 2.0", "complaints have doubled", "Run our own gateway",
        "Write complaint procedure v2.0", "Night shift by a contractor", "18 Dec, 14:00", "Decision 2 was deferred",
        "Say who carries it out",
    ),
}  # fmt: skip


def record(language: str, **fields: object) -> Minutes:
    """The draft of M-7: Zhang San hosted, Li Si records, Wang Wu was there, Zhao Liu was not."""
    title, place, objective, why, topic, point, conclusion, reason, other, action, parked, following, *_ = TEXTS[
        language
    ]
    made = Minutes(
        7, 1, title, "decision", HELD, ENDED, "Asia/Shanghai", ZHANG, ZHANG, LI, NOW + timedelta(hours=3), ENDED,
        place=place, objective=objective, present=(ZHANG, LI, WANG), absent=(Absent(ZHAO, why),), must=(WANG, ZHAO),
        topics=(Discussed(topic, LI, point),),
        decisions=(Decided(conclusion, Verdict.AGREED, reason, 1), Decided(other, Verdict.REJECTED)),
        actions=(Agreed("A-42", action, WANG, date(2026, 11, 27), SERVICE),), parked=(Left(parked, WANG),), following=following,
    )  # fmt: skip
    return replace(made, **fields)


def sent(language: str, **fields: object) -> Minutes:
    """Approved this morning."""
    return record(language, **{"state": MinutesState.DISTRIBUTED, "approved_at": NOW, "version": 3, **fields})


def minutes(language: str) -> Iterator[Shown]:
    """In the order a person would meet them."""
    yield from _told(language)
    yield from _answered(language)
    yield from _archive(language)
    yield from _refused(language)


def _told(language: str) -> Iterator[Shown]:
    *_, correction, remarks = TEXTS[language]
    submitted = record(language, state=MinutesState.SUBMITTED, submitted_at=NOW)
    first, second = sent(language), sent(language, edition=2, decisions=record(language).decisions[:1])
    read = sent(language, acknowledged=(Acknowledged(WANG, NOW),))
    for moment, reader, made in (
        ("minutes_drafted", LI, record(language)),
        ("minutes_owed", LI, record(language)),
        ("minutes_late", ZHANG, record(language)),
        ("minutes_submitted", ZHANG, submitted),
        ("minutes_returned", LI, record(language, remarks=remarks)),
        ("minutes_distributed", WANG, first),
        ("minutes_distributed", WANG, second),
        ("minutes_distributed", WANG, read),
        ("minutes_summary", ZHAO, first),
        ("minutes_sent", LI, read),
        (
            "minutes_sent",
            LI,
            sent(language, state=MinutesState.ARCHIVED, must=(WANG,), acknowledged=(Acknowledged(WANG, NOW),)),
        ),
        ("minutes_acknowledge", ZHAO, first),
        ("minutes_unread", ZHANG, read),
        ("minutes_unread", ZHANG, sent(language, reminded=(Reminded(WANG, NOW), Reminded(ZHAO, NOW)))),
        (
            "minutes_unread",
            ZHANG,
            sent(language, reminded=(Reminded(WANG, NOW), Reminded(ZHAO, NOW + timedelta(hours=2)))),
        ),
        ("minutes_correction", LI, first),
        ("minutes_leaving", LI, sent(language, leaving_at=NOW + timedelta(days=3))),
        ("minutes_distributed", WANG, sent(language, state=MinutesState.SUPERSEDED)),
        ("minutes_drafted", LI, submitted),
    ):
        args = {"by": WANG, "why": correction, "posted": True}
        papers = Papers(_meeting(language), minutes=made, before=first if made.edition == 2 else None)
        yield (
            f"{moment}, {made.state}, version {made.edition}",
            MINUTES_MOMENTS[moment](scene(reader, language), papers, args),
        )


def _answered(language: str) -> Iterator[Shown]:
    *_, correction, remarks = TEXTS[language]
    first, draft = sent(language), record(language)
    yield (
        "in full, to the recorder",
        views.whole(scene(LI, language), sent(language, corrections=(Correction(WANG, NOW, correction),))),
    )
    yield "in full, a draft", views.whole(scene(LI, language), record(language, remarks=remarks))
    yield (
        "in full, deleted",
        views.whole(scene(LI, language), sent(language, deleted_at=NOW, topics=(), decisions=(), actions=())),
    )
    for verb in MinutesVerb:
        fact = Minuted(verb, draft, first if verb in (MinutesVerb.APPROVE, MinutesVerb.ACKNOWLEDGE) else draft, LI, NOW)
        yield f"answer: {verb}", views.changed(scene(LI, language), fact)
    eye = scene(LI, language)
    leaving = sent(language, leaving_at=NOW + timedelta(days=3))
    yield (
        "answer: delete, first",
        views.changed(eye, Minuted(MinutesVerb.DELETE, first, leaving, LI, NOW, details={"told": [ZHANG]})),
    )
    after = replace(draft, parked=(), more=remarks)
    changes = differences(outline(eye, draft), outline(eye, after))
    fact = Minuted(MinutesVerb.EDIT, draft, after, LI, NOW)
    earlier = Entry("M-7 v1", NOW - timedelta(minutes=5), ZHANG, "edit")
    yield "edited, where somebody else just had", views.edited(eye, fact, changes, earlier)
    yield "changes of an edition", views.differences(eye, replace(first, edition=2), changes)
    yield "changes, none", views.differences(eye, replace(first, edition=2), [])
    yield "who has read them", views.readers(eye, sent(language, acknowledged=(Acknowledged(WANG, NOW),)))
    yield "history", views.history(eye, first, _entries(language))
    yield "form: edit", minutes_forms.edit(eye, record(language, remarks=remarks))
    clash = {"objective": f"{eye.words('minutes-clash-at', who=eye.name(ZHANG))}{remarks}"}
    yield "form: edit, somebody else was there", minutes_forms.edit(eye, draft, {"objective": correction}, clash)
    for verb in (MinutesVerb.RETURN, MinutesVerb.CORRECT, MinutesVerb.REVISE):
        yield f"form: {verb}", minutes_forms.reason(eye, first, verb)


def _archive(language: str) -> Iterator[Shown]:
    eye, first = scene(WANG, language), sent(language)
    title = TEXTS[language][0]
    counts = {(2026, "decision"): 3, (2025, "regular"): 12}
    yield "archive", minutes_archive.shelves(eye, counts, [first], [])
    yield "archive, empty", minutes_archive.shelves(scene(LI, language), {}, [], [record(language)])
    more = f"/minutes search {title} page 2"
    yield "found", minutes_archive.found(eye, [first], asked=title, total=14, page=1, more=more)
    yield "found, nothing", minutes_archive.found(eye, [], asked=title, total=0, page=1, more="")


def _refused(language: str) -> Iterator[Shown]:
    look = Offer("offer-show", "/minutes show M-7 v2")
    label, newest = "M-7 v1", "M-7 v2"
    for refused in (
        Refusal("minutes-may-not", minutes=label, deed="minutes-approve", who=(ZHANG,), offers=(look,)),
        Refusal("minutes-wrong-state", minutes=label, stage="minutes-submitted", deed="minutes-edit", offers=(look,)),
        Refusal("minutes-changed", minutes=label, offers=(look,)),
        Refusal("minutes-approved", minutes=label, offers=(Offer("offer-revise", "/minutes revise M-7"), look)),
        Refusal("minutes-old-edition", minutes=label, newest=newest, offers=(look,)),
        Refusal("minutes-edit-nothing", minutes=label),
        Refusal("minutes-acknowledged", minutes=label),
        Refusal("minutes-need-not", minutes=label),
        Refusal("minutes-first-edition", minutes=label),
        Refusal("minutes-no-edition", minutes=newest),
        Refusal("minutes-none", meeting_label="M-7"),
        Refusal("minutes-not-yet", minutes=label),
        Refusal("minutes-readers-may-not", minutes=label, who=(LI, ZHANG)),
        Refusal("minutes-keep", minutes=label, years=2, day=date(2028, 11, 20)),
        Refusal("minutes-deleted", minutes=label),
        Refusal("minutes-leaving", minutes=label, at=NOW + timedelta(days=3), offers=(look,)),
        Refusal(
            "minutes-conclusion-decided",
            n=1,
            numbers=("2",),
            offers=(Offer("offer-decision", "/minutes edit M-7 decision 2: x", args=(("n", "2"),)),),
        ),
        Refusal("minutes-which", mended="/minutes show M-7"),
        Refusal("minutes-section-unknown", typed="?1"),
        Refusal("minutes-topic-unknown", n=3, count=1),
        Refusal("minutes-number-unknown", n=9, count=2),
        Refusal("minutes-decision-empty", typed="?"),
        Refusal("minutes-search-what"),
        Refusal("minutes-search-person"),
        Refusal("minutes-search-day", typed="2026-13-40"),
        Refusal("confidential", meeting="M-7"),
        Refusal("confidential-item", action="A-42"),
        Refusal("undo-not-item", subject=label),
    ):
        yield refused.text, refusal.refusal(scene(LI, language), refused)


def _entries(language: str) -> list[Entry]:
    *_, remarks = TEXTS[language]
    label, at = "M-7 v1", NOW - timedelta(minutes=30)
    return [
        Entry(label, at, ITSELF, "draft"),
        Entry(label, at, LI, "edit", details={"now": {"topic-1": "x", "decisions": "y"}}),
        Entry(label, at, LI, "submit"),
        Entry(label, at, ZHANG, "return", remarks),
        Entry(label, at, WANG, "approve", refused=True),
    ]


def _meeting(language: str) -> Meeting:
    return Meeting(TEXTS[language][0], "decision", ZHANG, HELD, 60, "Asia/Shanghai", HELD, number=7)
