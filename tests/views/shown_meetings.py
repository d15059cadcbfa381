"""Every message of preparing a meeting, as it would be read (P1–P9, P2's series)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.cards import Answer
from bot.domain.facts import Met
from bot.domain.meeting import Invitee, Material, Meeting, MeetingState, MeetingVerb, Outcome, Reply, Topic
from bot.domain.papers import Papers
from bot.domain.series import Series
from bot.errors import Offer, Refusal
from bot.store import Entry
from bot.views import help as help_
from bot.views import meeting as views
from bot.views import meeting_forms, meeting_past, refusal
from bot.views import series as series_views
from bot.views.sessions import SESSIONS
from tests.views.cast import LI, NOW, SHANGHAI, TEXTS, WANG, ZHANG, ZHAO, scene

Shown = tuple[str, Answer | None]

SAID = {
    "zh-Hans": ("定下四季度方向", "选出三个功能", "3 楼", "客诉流程", "人员", "预算", "在外出差", "客户改了时间"),
    "zh-Hant": ("定下四季度方向", "選出三個功能", "3 樓", "客訴流程", "人員", "預算", "在外出差", "客戶改了時間"),
    "en": ("settle the direction", "three features chosen", "room 3", "complaint procedure", "staffing", "budget",
           "travelling that day", "the client moved it"),
}  # fmt: skip


def meeting(language: str, **fields: object) -> Meeting:
    """M-7 for next Wednesday, called and hosted by Zhang San, recorded by Wang Wu; a draft."""
    objective, expected, place, first, second, third, _, _ = SAID[language]
    plain = Meeting(
        TEXTS[language][2], "regular", ZHANG, datetime(2026, 12, 2, 15, 0, tzinfo=SHANGHAI), 60, "Asia/Shanghai", NOW,
        number=7, version=3, host=ZHANG, recorder=WANG, objective=objective, expected=expected, place=place,
        invitees=(Invitee(ZHANG, Reply.ACCEPTED), Invitee(LI), Invitee(WANG)), mark=3,
        topics=(
            Topic(1, first, LI, 20, priority=1, materials=(Material("M-1-20261202", LI),)),
            Topic(2, second, ZHANG, 15, Outcome.ALIGN), Topic(3, third, WANG, 10, Outcome.INFORM, taken=False, proposed_by=WANG),
        ),
    )  # fmt: skip
    return replace(plain, **fields)


def announced(language: str, **fields: object) -> Meeting:
    return meeting(language, state=MeetingState.ANNOUNCED, announced_at=NOW, **fields)


def answers(language: str) -> Iterator[Shown]:
    """What the asker sees."""
    eye, draft, out = scene(ZHANG, language), meeting(language), announced(language)
    bare = replace(draft, objective="", recorder=None, topics=(), invitees=draft.invitees[:1])
    long = replace(draft, topics=(replace(draft.topics[0], minutes=70), *draft.topics[1:]))
    absent = replace(
        out,
        invitees=(
            out.invitees[0],
            Invitee(LI, Reply.DECLINED, SAID[language][6]),
            Invitee(WANG, Reply.PROXY, proxy=ZHAO),
        ),
    )
    yield "recorded", views.recorded(eye, draft)
    yield "recorded, much missing", views.recorded(eye, bare)
    yield "too long", views.recorded(eye, long)
    yield "preview", views.preview(eye, draft, (LI, WANG), ())
    yield "preview, short notice", views.preview(eye, replace(draft, short=True), (LI, WANG), ())
    yield "preview, to be approved", views.preview(eye, replace(draft, why=SAID[language][7]), (LI, WANG), (ZHAO,))
    yield "preview, incomplete", views.preview(eye, bare, (), ())
    yield "announced", views.detail(eye, out)
    yield "announced, to somebody invited", views.detail(scene(LI, language), out)
    yield "who does not come", views.detail(eye, absent)
    yield "confidential", views.detail(eye, replace(out, confidential=True))
    yield "list", views.listing(eye, [draft, out], eye.words("meetings-ahead"), "/meeting list ahead page 2")
    yield "nothing ahead", views.listing(eye, [], eye.words("meetings-ahead"))
    deeds: tuple[tuple[MeetingVerb, dict[str, object]], ...] = (
        (MeetingVerb.TOPIC, {"did": "add"}), (MeetingVerb.INVITE, {"invited": [LI]}), (MeetingVerb.RESCHEDULE, {}),
        (MeetingVerb.ANSWER, {"reply": "accepted"}), (MeetingVerb.MATERIAL, {"owed": True}), (MeetingVerb.CANCEL, {}),
    )  # fmt: skip
    for verb, details in deeds:
        yield f"did {verb}", views.told(eye, Met(verb, draft, out, ZHANG, NOW, details=details))
    yield "the form", meeting_forms.new(eye, {}, meeting_forms.NEW, {}, "/meeting new")
    yield "the form for the rest", meeting_forms.new(eye, {"title": draft.title}, ("start",), {}, "/meeting new x;")
    yield "why cancel", meeting_forms.verb(eye, out, "cancel", ("why",), {}, {}, "/meeting cancel M-7")
    yield (
        "when instead",
        meeting_forms.verb(eye, out, "reschedule", meeting_forms.RESCHEDULE, {}, {}, "/meeting reschedule M-7"),
    )


def told(language: str) -> Iterator[Shown]:
    """What people hear unasked."""
    out = announced(language)
    moved = {"was": {"start": "2026-12-01T07:00:00+00:00", "place": ""}, "why": SAID[language][7]}
    declined = replace(out, invitees=(out.invitees[0], Invitee(LI, Reply.DECLINED, SAID[language][6]), out.invitees[2]))
    late = out.start + timedelta(minutes=5)
    waiting = replace(out, state=MeetingState.AWAITING, why=SAID[language][7], announced_at=None)
    for moment, reader, one, args, now in (
        ("meeting-invited", LI, out, {}, NOW),
        ("meeting-invited", WANG, replace(out, short=True), {}, NOW),
        ("meeting-invited", LI, out, {"posted": True}, NOW),
        ("meeting-changed", LI, replace(out, short=True), moved, NOW),
        ("meeting-changed", LI, out, {"was": {"link": ""}}, NOW),
        ("meeting-cancelled", LI, replace(out, state=MeetingState.CANCELLED), {"why": SAID[language][7]}, NOW),
        ("meeting-invited", LI, replace(out, state=MeetingState.CANCELLED), {"posted": True}, NOW),
        ("meeting-uninvited", ZHAO, out, {}, NOW),
        ("meeting-approval", ZHAO, waiting, {}, NOW),
        ("meeting-approved", ZHANG, out, {}, NOW),
        ("meeting-refused", ZHANG, meeting(language), {"by": ZHAO, "why": SAID[language][7]}, NOW),
        ("meeting-answered", ZHANG, declined, {"person": LI}, NOW),
        ("topic-proposed", ZHANG, out, {"topic": 3}, NOW),
        ("topic-taken", WANG, out, {"topic": 2}, NOW),
        ("topic-dropped", WANG, out, {"title": SAID[language][5], "why": SAID[language][6]}, NOW),
        ("material-wanted", LI, out, {}, NOW),
        ("meeting-agenda", ZHANG, replace(meeting(language), objective=""), {}, NOW),
        ("meeting-lead", ZHANG, meeting(language), {}, NOW),
        ("meeting-soon", LI, out, {}, out.start - timedelta(minutes=15)),
        ("meeting-not-started", ZHANG, out, {}, late),
        ("meeting-unheld", ZHANG, out, {}, out.end + timedelta(hours=1)),
    ):
        name = f"{moment}{', as it stands later' if args.get('posted') else ''} ({one.state})"
        yield name, SESSIONS[moment](scene(reader, language, now), Papers(one), args)
    gone = replace(out, state=MeetingState.CANCELLED)
    for moment, one, args in (
        ("meeting-announced", replace(out, short=True), {}),
        ("meeting-announced", gone, {"posted": True}),
        ("meeting-changed", out, moved),
        ("meeting-cancelled", gone, {"why": SAID[language][7]}),
        ("meeting-announced", replace(out, confidential=True), {"posted": True}),
    ):
        secret = ", confidential by now" if one.confidential else ""
        yield f"{moment}, to its room ({one.state}{secret})", SESSIONS[moment](scene(None, language), Papers(one), args)


def past(language: str) -> Iterator[Shown]:
    """What has happened to one meeting."""
    out, text = announced(language), SAID[language][6]
    moved: dict[str, object] = {
        "was": {"start": "2026-12-01T07:00:00+00:00", "length": 30},
        "became": {"start": "2026-12-02T07:00:00+00:00", "length": 45},
    }
    steps: tuple[tuple[MeetingVerb, int, str, dict[str, object]], ...] = (
        (MeetingVerb.NEW, ZHANG, "", {}), (MeetingVerb.EDIT, ZHANG, "", {"changes": ["objective", "host"]}),
        (MeetingVerb.TOPIC, ZHANG, "", {"did": "add", "topic": 2}), (MeetingVerb.TOPIC, 0, "", {"did": "carry"}),
        (MeetingVerb.INVITE, ZHANG, "", {"invited": [LI, WANG]}), (MeetingVerb.MATERIAL, LI, "", {"owed": False, "name": "Q4-A-20261125"}),
        (MeetingVerb.ANNOUNCE, ZHANG, "", {}), (MeetingVerb.RESCHEDULE, ZHANG, text, moved),
        (MeetingVerb.ANSWER, LI, text, {"reply": "proxy", "proxy": WANG}), (MeetingVerb.UNDO, ZHANG, "", {"undone": "topic"}),
        (MeetingVerb.START, ZHANG, "", {}), (MeetingVerb.NOTE, LI, "", {"capture": 9}), (MeetingVerb.HERE, LI, "", {"people": [LI]}),
        (MeetingVerb.PARK, LI, "", {"capture": 10, "corrected": True}), (MeetingVerb.END, ZHANG, "", {}),
    )  # fmt: skip
    entries = [Entry("M-7", NOW, by, str(verb), why, details=details) for verb, by, why, details in steps]
    tried = Entry("M-7", NOW, ZHAO, "cancel", "meeting-may-not", refused=True)
    yield "history", meeting_past.history(scene(ZHANG, language), out, [*entries, tried])
    yield "undone", views.changed(scene(ZHANG, language), Met(MeetingVerb.UNDO, out, out, ZHANG, NOW))


def recurring(language: str) -> Iterator[Shown]:
    """Series."""
    eye, draft = scene(ZHANG, language), meeting(language)
    series = Series("FREQ=WEEKLY;BYDAY=WE", draft, NOW, number=2, asked=(date(2027, 1, 1),))
    args = {"series": "S-2", "title": draft.title, "day": "2027-01-01", "to": "2027-01-04"}
    yield "begun", series_views.begun(eye, series, [draft], [])
    yield "begun, with a holiday", series_views.begun(eye, series, [draft], [(date(2027, 1, 1), date(2027, 1, 4))])
    yield "detail", series_views.detail(eye, series, [draft])
    yield "list", series_views.listing(eye, [series, replace(series, rule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15")])
    yield "none", series_views.listing(eye, [])
    yield (
        "other rules",
        series_views.listing(eye, [replace(series, rule=one) for one in ("FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1FR")]),
    )
    yield "a holiday", series_views.holiday(eye, (), args)
    told = Met(MeetingVerb.RESCHEDULE, announced(language), replace(announced(language), number=8), ZHANG, NOW)
    drafts = [Met(MeetingVerb.RESCHEDULE, draft, replace(draft, number=n), ZHANG, NOW) for n in (9, 10)]
    ended = Met(MeetingVerb.CANCEL, draft, replace(draft, number=11, state=MeetingState.CANCELLED), ZHANG, NOW)
    more = Met(MeetingVerb.NEW, None, replace(draft, number=12), ZHANG, NOW)
    yield "edited", series_views.edited(eye, series, [told, *drafts], [draft], [])
    days = [(date(2027, 1, 1), date(2027, 1, 4))]
    yield "edited, with a holiday", series_views.edited(eye, series, [drafts[0], ended, more], [draft], days)
    for verb, asked in (("edit", ("repeat", "hour", "place")), ("invite", ("invitees",)), ("uninvite", ("invitees",))):
        yield (
            f"the form: {verb}",
            meeting_forms.series(eye, series, verb, asked, {"hour": "15:00"}, {}, f"/series {verb} S-2"),
        )
    quarterly = (
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTH=2,5,8,11;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=1,7;BYDAY=2WE",
    )  # fmt: skip
    yield "by quarters and years", series_views.listing(eye, [replace(series, rule=one) for one in quarterly])
    yield "moved", series_views.said(eye, "series-did-move", series, date(2027, 1, 1), draft)
    yield "skipped", series_views.said(eye, "series-did-skip", series, date(2027, 1, 1))
    yield "ended", series_views.ended(eye, series, 2, [announced(language)])
    for noun in help_.PAGES:
        yield f"help {noun}", help_.about(eye, noun)
    yield "help on one", help_.about(eye, "meeting-topic")


def refused(language: str) -> Iterator[Shown]:
    """What is refused, and the way out."""
    show = (Offer("offer-show-meeting", "/meeting show M-7"),)
    for one in (
        Refusal("meeting-incomplete", meeting="M-7", lacking=("objective", "host", "topic"),
                offers=(Offer("offer-complete", "/meeting edit M-7"),)),
        Refusal("meeting-over", meeting="M-7", n=35, offers=(Offer("offer-longer", "/meeting edit M-7 length: 95", args=(("n", "35"),)),)),
        Refusal("meeting-past", at=NOW - timedelta(hours=1)),
        Refusal("meeting-end-first", at=NOW.time(), ends=NOW.time()),
        Refusal("meeting-left", meeting="M-7", left=(LI, WANG)),
        Refusal("topic-sixth", meeting="M-7", n=5, most=5, offers=(Offer("offer-topic-anyway", "/meeting topic! M-7 add x"), *show)),
        Refusal("uninvite-role", meeting="M-7", who=WANG, role="recorder"),
        Refusal("proxy-invited", meeting="M-7", who=LI),
        Refusal("kind-unknown", value="x", kinds=("a", "b")),
        Refusal("meeting-wrong-state", meeting="M-7", stage="meeting-ended", deed="meeting-reschedule"),
        Refusal("which-prepared", deed="meeting-announce"),
        Refusal("series-rule", rule="FREQ=HOURLY"),
        Refusal("series-edit-nothing", series="S-2"),
        Refusal("series-edit-day", series="S-2", mended="/series edit S-2 x"),
        Refusal("series-no-room"),
        Refusal("meeting-undo-told", meeting="M-7", deed="meeting-reschedule", offers=(Offer("offer-meeting-back", "/meeting reschedule M-7 2026-12-01 15:00"),)),
        Refusal("meeting-undo-otherwise", meeting="M-7", deed="meeting-end", offers=(Offer("offer-meeting-resume", "/meeting resume M-7"),)),
        Refusal("meeting-undo-not-yours", meeting="M-7", who=(LI,)),
        Refusal("meeting-undo-itself", meeting="M-7"),
        Refusal("meeting-undo-undone", meeting="M-7"),
        Refusal("meeting-undo-too-late", meeting="M-7", at=NOW - timedelta(hours=30)),
        Refusal("undo-not-meeting", offers=(Offer("offer-meetings", "/meeting list"),)),
    ):  # fmt: skip
        yield one.text, refusal.refusal(scene(ZHANG, language), one)
