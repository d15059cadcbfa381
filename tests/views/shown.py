"""Every kind of message once, as its receiver would get it on that Wednesday morning: what the goldens are made of."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from bot.cards import Answer
from bot.domain.action import Action, State, Supporter, Verb
from bot.domain.facts import Changed
from bot.errors import Offer, Refusal
from bot.store import Entry
from bot.views import action as views
from bot.views import digest, forms, handover, people, refusal, settings
from bot.views import help as help_
from bot.views.notices import MOMENTS
from bot.views.scene import Scene
from tests.views import shown_meetings
from tests.views.cast import (
    LI,
    NAMES,
    NOW,
    SERVICE,
    TEXTS,
    TODAY,
    WANG,
    ZHANG,
    ZHAO,
    action,
    blocked,
    due,
    late,
    scene,
    submitted,
)  # fmt: skip
from tests.views.shown_live import live
from tests.views.shown_minutes import minutes

Shown = tuple[str, Answer | None]


def everything(language: str) -> dict[str, tuple[Shown, ...]]:
    """Area → (name, answer), in the order a person would meet them."""
    return {name: area(name, language) for name in AREAS}


@cache
def area(name: str, language: str) -> tuple[Shown, ...]:
    """One area's messages: made once in a process, for fifty tests ask."""
    return tuple(AREAS[name](language))


def state(language: str, value: State) -> Action:
    """A-42 in that state, with what belongs to it."""
    if value is State.BLOCKED:
        return blocked(language)
    if value is State.SUBMITTED:
        return submitted(language)
    closed = NOW if value in (State.DONE, State.CANCELLED) else None
    return action(language, state=value, finished_at=closed)


def facts(language: str) -> dict[Verb, Changed]:
    """One change of each verb, by whoever would make it."""
    plain, why = action(language), TEXTS[language][3]
    later = replace(plain, due=due(date(2026, 11, 30)), state=State.POSTPONED, postponements=1)
    after = {
        Verb.ADD: replace(plain, state=State.PROPOSED),
        Verb.DECLINE: state(language, State.DECLINED),
        Verb.SUBMIT: submitted(language),
        Verb.APPROVE: state(language, State.DONE),
        Verb.BLOCK: blocked(language),
        Verb.POSTPONE: later,
        Verb.ASSIGN: replace(plain, owner=WANG, state=State.PROPOSED),
        Verb.NOTE: replace(plain, note=why, note_at=NOW),
        Verb.SNOOZE: replace(plain, snoozed_until=NOW + timedelta(hours=23)),
        Verb.CANCEL: state(language, State.CANCELLED),
    }
    before = {Verb.EDIT: replace(plain, criterion=""), Verb.APPROVE: submitted(language), Verb.UNDO: later}
    tracker = {Verb.APPROVE, Verb.RETURN, Verb.CANCEL, Verb.NUDGE}
    return {
        verb: Changed(
            verb, None if verb is Verb.ADD else before.get(verb, plain), after.get(verb, plain),
            ZHANG if verb in tracker else LI, NOW, why, Verb.POSTPONE if verb is Verb.UNDO else None,
        )
        for verb in Verb
    }  # fmt: skip


def _action(language: str) -> Iterator[Shown]:
    plain = action(language)
    yield "recorded", views.recorded(scene(ZHANG, language), replace(plain, state=State.PROPOSED))
    yield "recorded without a criterion", views.recorded(scene(LI, language), replace(plain, criterion=""))
    yield (
        "detail, to its owner",
        views.detail(scene(LI, language), replace(plain, supporters=(Supporter(person=WANG),))),
    )
    yield "detail, blocked, to the resolver", views.detail(scene(WANG, language), blocked(language))
    yield "detail, submitted, to the tracker", views.detail(scene(ZHANG, language), submitted(language))
    yield "detail, late, to the head", views.detail(scene(ZHAO, language), late(language))
    items = [late(language), plain, blocked(language)]
    heading = scene(LI, language).words("list-everything")
    yield "list", views.listing(scene(LI, language), items, heading=heading)
    yield (
        "list, a page of it",
        views.listing(
            scene(LI, language), items, heading=heading, every=15 * items, page=2, more="/action list everything page 3"
        ),
    )
    yield "list, nothing", views.listing(scene(LI, language), [], heading=scene(LI, language).words("list-mine"))
    yield "history", views.history(scene(LI, language), plain, entries(language))
    yield "stale", views.stale(scene(LI, language), plain, entries(language)[1:2])
    approved = Entry("A-42", NOW + timedelta(minutes=32), ZHANG, "approve")
    yield "somebody was first", views.first(later(scene(ZHAO, language)), state(language, State.DONE), approved)


def later(morning: Scene) -> Scene:
    """The same morning, an hour on."""
    return replace(morning, now=NOW + timedelta(hours=1))


def entries(language: str) -> list[Entry]:
    """Added on Monday, postponed yesterday, and an approval that was not allowed."""
    plain, why = action(language), TEXTS[language][4]
    then = replace(plain, due=due(date(2026, 11, 25)))
    return [
        Entry("A-42", NOW - timedelta(days=2), ZHANG, "add", after=then),
        Entry("A-42", NOW - timedelta(days=1), LI, "postpone", why, then, plain),
        Entry("A-42", NOW - timedelta(minutes=5), WANG, "approve", refused=True),
    ]


def _answers(language: str) -> Iterator[Shown]:
    for verb, fact in facts(language).items():
        yield f"{verb}, typed", views.changed(scene(fact.by, language), fact)
        yield f"{verb}, pressed", views.told(scene(fact.by, language), fact)
    closed = replace(facts(language)[Verb.SUBMIT], after=replace(state(language, State.DONE), tracker=LI))
    yield "submitted by an owner who tracks it", views.told(scene(LI, language), closed)
    mine = replace(facts(language)[Verb.ASSIGN], after=action(language))
    yield "taken over", views.told(scene(LI, language), mine)


def _forms(language: str) -> Iterator[Shown]:
    here = scene(ZHANG, language)
    yield "add, nothing said", forms.add(here, {}, forms.NEEDED, {}, "/action add")
    text = TEXTS[language][0]
    said = refusal.sentence(here, Refusal("person-unknown", name="老王", field="owner"))
    yield "add, the owner missing", forms.add(here, {"text": text}, ("owner",), {"owner": said}, f"/action add {text}")
    for verb in forms.OF_VERB:
        yield f"{verb}", forms.verb(scene(LI, language), action(language), verb)


def _notices(language: str) -> Iterator[Shown]:
    why, wait = TEXTS[language][3], TEXTS[language][4]
    by: dict[str, object] = {"by": ZHANG, "why": why}
    proposed, plain = state(language, State.PROPOSED), action(language)
    later = replace(plain, due=due(date(2026, 11, 30)), state=State.POSTPONED, postponements=1)
    counted = action(language, day=date(2027, 1, 8))
    recount = {
        "phrase": "within 30 working days"
        if language == "en"
        else "30 個工作日內"
        if language == "zh-Hant"
        else "30个工作日内",
        "day": "2027-01-08",
        "new": "2027-01-11",
    }
    for moment, reader, item, args in (
        ("request", LI, proposed, {}),
        ("informed", ZHANG, replace(proposed, assigner=ZHAO), {}),
        ("informed", WANG, replace(proposed, supporters=(Supporter(person=WANG),)), {}),
        ("handed_over", LI, replace(proposed, owner=WANG), {"by": ZHANG}),
        ("declined", ZHANG, state(language, State.DECLINED), {"by": LI, "why": wait}),
        ("verify", ZHANG, submitted(language), {}),
        ("approved", LI, state(language, State.DONE), {"by": ZHANG}),
        ("returned", LI, plain, by),
        ("blocked", WANG, blocked(language), {}),
        ("blocked_told", ZHANG, blocked(language), {"by": LI, "why": wait}),
        ("unblocked", LI, plain, {"by": WANG}),
        ("postponed", ZHANG, later, {"by": LI, "why": wait, "day": "2026-11-27"}),
        ("postponed_often", ZHAO, replace(later, postponements=3), {"by": LI, "why": wait, "day": "2026-11-27"}),
        ("edited", LI, plain, {"by": ZHANG, "changes": ["criterion", "due"]}),
        ("cancelled", LI, state(language, State.CANCELLED), by),
        ("reopened", LI, plain, by),
        ("nudged", LI, plain, by),
        ("nudged", LI, proposed, by),
        ("nudged", ZHANG, submitted(language), {"by": ZHAO}),
        ("nudged", WANG, blocked(language), by),
        ("unanswered", ZHANG, replace(proposed, asked_at=NOW - timedelta(hours=25)), {}),
        ("recounted", LI, counted, recount),
        ("recounted", ZHANG, replace(counted, state=State.PROPOSED), {**recount, "new": "2027-01-07"}),
        ("undeliverable", ZHAO, plain, {"person": LI, "reason": "the account is gone"}),
        ("undeliverable", ZHANG, plain, {"person": LI, "reason": "left"}),
        ("request", LI, plain, {"posted": True}),
    ):
        yield f"{moment}, to {names(language)[reader]}", MOMENTS[moment](scene(reader, language), (item,), args)
    theirs = (plain, replace(later, number=43), replace(plain, number=44, owner=WANG))
    for posted in (False, True):
        args = {"person": LI, "reason": "left", "posted": posted}
        yield (
            f"undeliverable, several{', later' * posted}",
            MOMENTS["undeliverable"](scene(ZHANG, language), theirs, args),
        )
    given = tuple(replace(one, state=State.PROPOSED, owner=LI) for one in theirs)
    wait_for = {"by": ZHANG, "why": wait}
    yield "requests", MOMENTS["requests"](scene(LI, language), given, wait_for)
    wangs = tuple(replace(one, owner=WANG) for one in given)
    yield "handed_all, to the owner before", MOMENTS["handed_all"](scene(LI, language), wangs, wait_for)
    accepted = (replace(given[0], state=State.IN_PROGRESS), *given[1:])
    yield "requests, later", MOMENTS["requests"](scene(LI, language), accepted, {**wait_for, "posted": True})
    yield "who takes all", handover.taker(scene(ZHANG, language), scene(ZHANG, language).directory.person(LI), 2)
    cut_off = {
        "name": "Slack · Labs (T0987654321)",
        "reason": "token_revoked",
        "mend": "mend-install",
        "about": "/slack/install",
    }
    own = {
        "name": "Slack · Acme (T0123456789)",
        "reason": "account_inactive",
        "mend": "mend-token",
        "about": "slack.bot_token",
    }
    deaf = {
        "name": "Slack · Socket Mode",
        "reason": "token_expired",
        "mend": "mend-token",
        "about": "slack.app_token",
        "deaf": True,
    }
    off = {
        "name": "Slack · Socket Mode",
        "reason": "link_disabled",
        "mend": "mend-socket",
        "about": "https://api.slack.com/apps",
        "deaf": True,
    }
    switched_off = {
        "name": "DingTalk",
        "reason": "bot.stopped",
        "mend": "mend-app",
        "about": "https://open-dev.dingtalk.com",
    }
    reset = {
        "name": "Feishu",
        "reason": "514 auth failed",
        "mend": "mend-setting",
        "about": "feishu.app_secret",
    }
    for moment, args in (
        ("cut_off", cut_off), ("cut_off", own), ("cut_off", deaf), ("cut_off", off), ("cut_off", switched_off),
        ("cut_off", reset),
        ("connected", cut_off),
    ):  # fmt: skip
        yield f"{moment}, {args['name']}", MOMENTS[moment](scene(ZHAO, language), (), args)
    yield "welcome", MOMENTS["welcome"](scene(LI, language), (), {})
    yield "welcome, in a room", MOMENTS["welcome"](scene(None, language), (), {})
    yield "whoami", people.whoami(scene(LI, language))


def names(language: str) -> dict[int, str]:
    """Who is who."""
    return dict(zip((ZHANG, LI, WANG, ZHAO), NAMES[language], strict=False))


def lines(*told: tuple[Action, str]) -> dict[str, object]:
    """The args of a reminder."""
    return {"lines": [{"subject": item.label, "why": why} for item, why in told]}


def morning(language: str, reader: int, *told: tuple[Action, str]) -> Answer | None:
    """One person's reminder about these."""
    return MOMENTS["reminder"](scene(reader, language), tuple(item for item, _ in told), lines(*told))


def _mornings(language: str) -> Iterator[Shown]:
    plain, today = action(language), replace(action(language), number=43, due=due(TODAY))
    mine = replace(late(language), owner=LI)
    asked = replace(state(language, State.PROPOSED), number=44)
    yield "two days before", morning(language, LI, (plain, "before"))
    yield "the day itself", morning(language, LI, (today, "due"))
    yield "late", morning(language, LI, (mine, "overdue"))
    yield "blocked, its owner", morning(language, LI, (blocked(language), "before"))
    yield "unaccepted", morning(language, LI, (asked, "unaccepted"))
    yield "to verify", morning(language, ZHANG, (submitted(language), "verify"))
    yield "to resolve", morning(language, WANG, (blocked(language), "resolve"))
    yield "several", morning(language, LI, (mine, "overdue"), (today, "due"), (plain, "before"), (asked, "unaccepted"))
    yield (
        "several, to the tracker",
        morning(language, ZHANG, (late(language), "risk"), (submitted(language), "verify"), (asked, "unanswered")),
    )
    yield "risk", MOMENTS["risk"](scene(ZHAO, language), (late(language),), {})
    other = replace(late(language), number=33, owner=LI, department=SERVICE, due=due(date(2026, 11, 17)))
    yield "risks", MOMENTS["risk"](scene(ZHAO, language), (late(language), other), {})


def figures(language: str) -> dict[str, object]:
    """VOICE's week 47."""
    return {
        "week": 47, "done": 12, "overdue": 2, "blocked": 1, "due_next": 5, "on_time": [["2026-W47", 86], ["2026-W46", 79]],
        "of": NAMES[language][5], "total": 8, "list": "/action list department",
    }  # fmt: skip


def _digests(language: str) -> Iterator[Shown]:
    items = (late(language), blocked(language), replace(action(language), number=43))
    yield "room", digest.room(scene(None, language), items, figures(language))
    yield "department", digest.department(scene(ZHAO, language), items, figures(language))
    yield "own", digest.own(scene(LI, language), items[1:], {"week": 47, "due_next": 2})
    weeks = {"on_time": [[f"2026-W{47 - back}", rate] for back, rate in enumerate((86, 79, 91, 64, None, 70))]}
    yield "trend", digest.department(scene(ZHAO, language), items, figures(language) | weeks)
    yield "nothing", digest.room(scene(None, language), (), {"week": 47, "done": 0, "on_time": []})
    yield "nothing, asked for", digest.nothing(scene(LI, language))


def _refusals(language: str) -> Iterator[Shown]:
    remind = (Offer("offer-nudge", "/action nudge A-42", args=(("first", NAMES[language][0]),)),)
    near = (Offer("offer-line", "/action submit A-42", args=(("line", "/action submit"),)),)
    choice = (Offer("offer-person", "/action add x @李四", args=(("who", NAMES[language][1]),)),)
    for refused in (
        Refusal("may-not", action="A-42", verb="approve", who=(ZHANG, ZHAO), offers=remind),
        Refusal(
            "may-not", action="A-42", verb="accept", who=(LI,), offers=(Offer("offer-nudge", "/action nudge A-42"),)
        ),
        Refusal("wrong-state", action="A-42", state="done", verb="submit"),
        Refusal("needs-reason", action="A-42", verb="cancel"),
        Refusal("postpone-needs-later", action="A-42", day=date(2026, 11, 27)),
        Refusal("nudge-too-soon", action="A-42", again=NOW + timedelta(hours=3)),
        Refusal("command-unknown", typed="/action fnish", offers=near, mended="/action submit A-42"),
        Refusal("command-unknown", typed="/xyz"),
        Refusal("one-owner", n=3, owners=(LI, WANG, ZHAO), offers=choice),
        Refusal("person-ambiguous", name="王", candidates=(WANG, ZHAO)),
        Refusal("owner-department", name=NAMES[language][4], heads=(ZHAO,)),
        Refusal("number-unknown", number="A-99", offers=(Offer("offer-list", "/action list"),)),
        Refusal("undo-changed-since", action="A-42", who=(ZHANG,), verb="edit", at=NOW),
        Refusal("text-too-long", length=731, limit=500),
    ):
        yield refused.text, refusal.refusal(scene(WANG, language), refused)
    yield "our fault", refusal.apology(scene(LI, language), "7F3K")
    yield "the database is busy", refusal.busy(scene(LI, language))
    yield "not understood", refusal.not_understood(scene(LI, language), "吃了吗")
    yield "nearly an item", refusal.nearly(scene(LI, language), "add", "/action add demo @David 12-04")
    yield "nearly a note", refusal.nearly(scene(LI, language), "note", "/action note A-42 50%", "A-42")


def _help(language: str) -> Iterator[Shown]:
    yield "overview", help_.overview(scene(LI, language))
    for verb in help_.VERBS:
        yield f"about {verb}", help_.about(scene(LI, language), verb)
    rows = [("language", "en", "/settings language en"), ("digest-day", "4", "/settings digest day friday")]
    yield "settings", settings.show(scene(LI, language), rows)
    yield "a setting saved", settings.saved(scene(LI, language), "digest-day", "4")


def _meeting(language: str) -> Iterator[Shown]:
    yield from shown_meetings.answers(language)
    yield from shown_meetings.refused(language)


AREAS: dict[str, Callable[[str], Iterator[Shown]]] = {
    "action": _action,
    "answers": _answers,
    "forms": _forms,
    "notices": _notices,
    "mornings": _mornings,
    "digests": _digests,
    "refusals": _refusals,
    "help": _help,
    "live": live,
    "minutes": minutes,
    "meeting": _meeting,
    "meeting_notices": shown_meetings.told,
    "past": shown_meetings.past,
    "series": shown_meetings.recurring,
}
