"""Everything that is said while a meeting is held, once, as its room or its reader would get it on that Wednesday morning."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from bot.cards import Answer, Toast
from bot.domain.action import Source, State
from bot.domain.captured import Ballot, Capture, Sort, Verdict, Vote
from bot.domain.meeting import Invitee, Meeting, MeetingState, Outcome, Topic
from bot.domain.papers import Papers
from bot.errors import Offer, Refusal
from bot.views import live_end, live_forms, live_votes, refusal
from bot.views.live import VIEWS
from tests.views.cast import LI, NAMES, NOW, TEXTS, WANG, ZHANG, ZHAO, action, scene

Shown = tuple[str, Answer | None]

_WORDS = {
    "zh-Hans": ("客诉流程", "市场数据", "客户更在意响应速度", "先做 A 类功能", "客户最急", "海外定价", "用哪个方案？", "方案A", "方案B"),
    "zh-Hant": ("客訴流程", "市場資料", "客戶更在意回應速度", "先做 A 類功能", "客戶最急", "海外定價", "用哪個方案？", "方案A", "方案B"),
    "en": (
        "complaints", "market data", "customers care about speed", "class A first", "customers wait for it",
        "pricing abroad", "Which plan?", "Plan A", "Plan B",
    ),
}  # fmt: skip
SITTING = {
    "started": {"late": 12},
    "topic": {"topic": 2},
    "topic_end": {"topic": 1},
    "planned_end": {},
    "left_running": {},
    "resumed": {},
}
"""What is told of the course, with what comes along."""


def live(language: str) -> Iterator[Shown]:
    """In the order of a meeting."""
    yield from _course(language)
    yield from _captured(language)
    yield from _votes(language)
    yield from _end(language)
    yield from _forms(language)
    yield from _refused(language)


def papers(language: str, state: MeetingState = MeetingState.RUNNING, **fields: object) -> Papers:
    """M-7 with one of everything: a note, two decisions, an action, a parked topic."""
    _, _, note, decision, why, parked, *_ = _WORDS[language]
    captures = (
        Capture(7, 3, Sort.NOTE, note, LI, NOW, 1),
        Capture(7, 4, Sort.DECISION, decision, ZHAO, NOW, 1, Verdict.AGREED, why),
        Capture(7, 5, Sort.DECISION, parked, ZHAO, NOW, 1, Verdict.DEFERRED),
        Capture(7, 6, Sort.ACTION, TEXTS[language][0], ZHAO, NOW, 1, label="A-42"),
        Capture(7, 7, Sort.PARKED, parked, ZHAO, NOW, 1, follower=WANG),
        Capture(7, 8, Sort.PARKED, decision, ZHAO, NOW, 1),
    )
    item = action(language, state=State.PROPOSED, criterion="", source=Source(meeting=TEXTS[language][2], number=7))
    return replace(Papers(meeting(language, state), captures, (item,)), **fields)


def meeting(language: str, state: MeetingState = MeetingState.RUNNING) -> Meeting:
    """An hour at half past nine, begun twelve minutes late."""
    began = NOW - timedelta(minutes=18)
    first, second, *_ = _WORDS[language]
    topics = (
        Topic(1, first, ZHANG, 20, started_at=began),
        Topic(2, second, None, 15, Outcome.INFORM),
    )
    here = (Invitee(ZHANG, here_at=began), Invitee(LI, here_at=began), Invitee(WANG))
    ended = NOW + timedelta(minutes=30) if state is MeetingState.ENDED else None
    return Meeting(
        TEXTS[language][2], "regular", ZHANG, NOW - timedelta(minutes=30), 60, "Asia/Shanghai", NOW, number=7,
        state=state, host=ZHANG, recorder=ZHAO, objective=_WORDS[language][3], topics=topics, invitees=here, on=1,
        started_at=began, ended_at=ended, mark=8,
    )  # fmt: skip


def vote(language: str, **fields: object) -> Vote:
    """V-3, open, until ten past."""
    question, first, second = _WORDS[language][6:9]
    plain = Vote(
        7, question, (first, second), ZHANG, NOW, number=3, counts=(0, 0), deadline=NOW + timedelta(minutes=10)
    )
    return replace(plain, **fields)


def _course(language: str) -> Iterator[Shown]:
    room = scene(None, language)
    running, ended = papers(language), papers(language, MeetingState.ENDED)
    for moment, args in SITTING.items():
        shown = replace(running.meeting, on=2) if moment == "topic" else running.meeting
        yield moment, VIEWS[moment](room, replace(running, meeting=shown), args)
        yield f"{moment}, too late", VIEWS[moment](room, ended, args)
        yield f"{moment}, as it stands afterwards", VIEWS[moment](room, ended, {**args, "posted": True})
    through = replace(running, meeting=replace(running.meeting, on=None))
    yield "topic, the agenda is through", VIEWS["topic"](room, through, {"topic": None})
    cancelled = papers(language, MeetingState.CANCELLED)
    yield "started, cancelled since", VIEWS["started"](room, cancelled, {"posted": True})


def _captured(language: str) -> Iterator[Shown]:
    room, running = scene(None, language), papers(language)
    for line in running.captures:
        yield f"captured {line.sort} {line.number}", VIEWS["captured"](room, running, {"capture": line.number})
    item = action(language)
    yield "captured action, complete", VIEWS["captured"](room, replace(running, actions=(item,)), {"capture": 6})
    done = replace(item, state=State.DONE, finished_at=NOW)
    yield "captured action, done since", VIEWS["captured"](room, replace(running, actions=(done,)), {"capture": 6})
    for verdict in (Verdict.MORE_MATERIAL, Verdict.REJECTED):
        other = replace(running, captures=(replace(running.captures[1], verdict=verdict),))
        yield f"captured decision {verdict}", VIEWS["captured"](room, other, {"capture": 4})
    bare = replace(running, captures=())
    yield "captured, withdrawn", VIEWS["captured"](room, bare, {"capture": 3, "posted": True})
    yield "captured, withdrawn before it was sent", VIEWS["captured"](room, bare, {"capture": 3})


def _votes(language: str) -> Iterator[Shown]:
    room, running = scene(None, language), papers(language)
    names = NAMES[language]
    asked = {
        "open": vote(language),
        "secret": vote(language, secret=True, deadline=None, voted=(LI,)),
        "several": vote(language, many=True, choices=names[:5], counts=(0,) * 5),
        "secret, several": vote(language, secret=True, many=True),
    }
    for name, one in asked.items():
        yield f"vote {name}", VIEWS["vote"](room, replace(running, vote=one), {})
    ballots = (Ballot(LI, (0,)), Ballot(WANG, (0,)), Ballot(ZHAO, (1,)))
    counted = {
        "majority": vote(language, closed_at=NOW, counts=(2, 1), voted=(LI, WANG, ZHAO), ballots=ballots),
        "secret": vote(language, closed_at=NOW, counts=(2, 1), voted=(LI, WANG, ZHAO), secret=True),
        "tie": vote(language, closed_at=NOW, counts=(1, 1), voted=(LI, WANG)),
        "no majority": vote(language, closed_at=NOW, choices=names[:3], counts=(2, 1, 1), voted=(1, 2, 3, 4)),
        "nobody": vote(language, closed_at=NOW),
    }
    for name, one in counted.items():
        yield f"vote_closed {name}", VIEWS["vote_closed"](room, replace(running, vote=one), {})
    decided = replace(running, captures=(replace(running.captures[1], label="V-3"),), vote=counted["majority"])
    yield "vote, as it stands afterwards", VIEWS["vote"](room, decided, {"posted": True})
    void = replace(
        running, meeting=replace(running.meeting, state=MeetingState.CANCELLED, changed_at=NOW), vote=vote(language)
    )
    yield "vote, its meeting cancelled", VIEWS["vote"](room, void, {"posted": True})
    eye = scene(LI, language)
    yield "voted", _toast(live_votes.mine(eye, counted["majority"], LI))
    yield "voted secretly", _toast(live_votes.mine(eye, counted["secret"], LI))
    yield "taken back", _toast(live_votes.mine(eye, counted["majority"], ZHANG))


def _end(language: str) -> Iterator[Shown]:
    room, host = scene(None, language), scene(ZHANG, language)
    ended, running = papers(language, MeetingState.ENDED), papers(language)
    bare = replace(ended, captures=(), actions=())
    yield "read_back", VIEWS["read_back"](room, ended, {"over": 10})
    yield "read_back, nothing was taken down", VIEWS["read_back"](room, bare, {})
    yield "read_back, gone on since", VIEWS["read_back"](room, running, {"posted": True})
    yield "unsettled", VIEWS["unsettled"](host, ended, {})
    whole = replace(bare, meeting=replace(bare.meeting, topics=()))
    yield "unsettled, nothing is", VIEWS["unsettled"](host, whole, {})
    yield "unsettled, settled since", VIEWS["unsettled"](host, whole, {"posted": True})
    yield "rate", VIEWS["rate"](scene(LI, language), ended, {})
    yield "ratings, too few", live_end.ratings(host, ended.meeting, [])
    yield "ratings", live_end.ratings(host, ended.meeting, [(3, ""), (4, _WORDS[language][2]), (5, "")])


def _forms(language: str) -> Iterator[Shown]:
    eye = scene(LI, language)
    for name in live_forms.ASKED:
        yield f"form {name}", live_forms.form(eye, name, "/meeting note [M-7]")


def _refused(language: str) -> Iterator[Shown]:
    eye = scene(LI, language)
    title = TEXTS[language][2]
    due = Offer("offer-start-meeting", "/meeting start M-7", args=(("item", "M-7"), ("text", title)))
    without = Offer("offer-add-without", "/action add …")
    other = Offer("offer-end-other", "/meeting end M-3", args=(("meeting", "M-3"),))
    told = (
        Refusal("no-sitting", offers=(without, due)),
        Refusal("no-meeting", deed="meeting-start"),
        Refusal("which-meeting", deed="meeting-note"),
        Refusal("room-busy", meeting="M-7", other="M-3", offers=(other,)),
        Refusal("decision-verdict", offers=tuple(Offer(f"verdict-{one}", "…") for one in Verdict)),
        Refusal("here-already", who=(LI,)),
        Refusal("no-such-topic", meeting="M-7", place=7, most=2),
        Refusal("topic-is-on", topic=_WORDS[language][0]),
        Refusal("topic-moved-on", meeting="M-7"),
        Refusal("minutes-reviewed", meeting="M-7"),
        Refusal("capture-changed", line=_WORDS[language][2]),
        Refusal("settle-conclusion", topic=_WORDS[language][0]),
        Refusal("vote-choices", n=1, least=2, most=10),
        Refusal("vote-deadline-past", at=NOW - timedelta(hours=1)),
        Refusal("vote-tie", vote="V-3", choices=" / ".join(_WORDS[language][7:9])),
        Refusal("vote-same", vote="V-3", choices=_WORDS[language][7]),
        Refusal("vote-closed", vote="V-3", offers=(Offer("offer-show-vote", "/vote show V-3"),)),
        Refusal("vote-secret-typed", vote="V-3"),
        Refusal("rate-already", meeting="M-7"),
    )
    for refused in told:
        yield f"refused {refused.text}", refusal.refusal(eye, refused)


def _toast(text: str) -> Answer:
    return Toast(text)
