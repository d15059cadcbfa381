"""A morning's message: one item or several, counts first, worst first, each line with the presses that answer it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.cards import Card, Items, plain
from bot.domain.action import Action, State
from bot.domain.alarms import Occasion
from bot.texts import LANGUAGES
from bot.views.notices import MOMENTS
from bot.views.reminder import reminder, risk
from tests.views.cast import LI, NOW, TODAY, WANG, ZHANG, ZHAO, action, blocked, due, late, scene, submitted
from tests.views.pressed import labels
from tests.views.shown import lines, state

OWN = {Occasion.BEFORE, Occasion.DUE, Occasion.OVERDUE, Occasion.ASK, Occasion.SNOOZED}
LATE, TODAYS = replace(late("en"), owner=LI), replace(action("en"), number=43, due=due(TODAY))


def told(reader: int, *pairs: tuple[Action, str], **args: object) -> Card | None:
    """The reminder about these items."""
    return reminder(scene(reader, "en"), tuple(item for item, _ in pairs), {**lines(*pairs), **args})


def leads(card: Card | None) -> list[str]:
    """The lights and numbers of the lines, in order."""
    blocks = card.blocks if card else ()
    return [item.lead for block in blocks if isinstance(block, Items) for item in block.items]


@pytest.mark.parametrize("why", Occasion)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occasion_has_its_words(language: str, why: Occasion) -> None:
    item = {
        Occasion.UNACCEPTED: state(language, State.PROPOSED),
        Occasion.UNANSWERED: state(language, State.PROPOSED),
        Occasion.RISK: late(language),
        Occasion.OVERDUE: replace(late(language), owner=LI),
        Occasion.RESOLVE: blocked(language),
        Occasion.BLOCK_PAST: blocked(language),
        Occasion.VERIFY: submitted(language),
    }.get(why, action(language))
    reader = {Occasion.RISK: ZHAO, Occasion.VERIFY: ZHANG, Occasion.UNANSWERED: ZHANG}.get(why, LI)
    reader = WANG if why in (Occasion.RESOLVE, Occasion.BLOCK_PAST) else reader
    one = reminder(scene(reader, language), (item,), lines((item, f"{why}:2026-11-27")))
    other = replace(action(language), number=50, owner=reader)
    two = reminder(scene(reader, language), (item, other), lines((item, str(why)), (other, "before")))
    assert one is not None
    assert item.label in one.title
    assert len(leads(two)) == 2


def test_one_is_said_in_the_title() -> None:
    card = told(LI, (action("en"), "before"))
    assert card is not None
    assert card.title == "🟡 A-42 is due in 2 days (Fri 27 Nov)"
    assert labels(card) == ["Submit", "Postpone", "Blocked", "Tomorrow"]


def test_several_are_counted_first_and_the_worst_stands_first() -> None:
    card = told(LI, (action("en"), "before"), (TODAYS, "due"), (LATE, "overdue"))
    assert card is not None
    assert card.title == "1 due today, 1 overdue, 1 due soon"
    assert leads(card) == ["🔴 A-31", "🟡 A-43", "🟡 A-42"]
    assert labels(card)[-1] == "Tomorrow"
    assert card.tone == "bad"


def test_voice_for_several_in_chinese() -> None:
    items = (replace(late(), owner=LI), *(replace(action(), number=n, due=due(TODAY)) for n in (43, 44, 45)))
    card = reminder(scene(LI), items, lines(*((one, "due") for one in items)))
    assert card is not None
    assert card.title == "今天有 3 项要交，1 项已逾期"


def test_mixed_lines_carry_their_own_presses() -> None:
    asked = replace(state("en", State.PROPOSED), number=44)
    card = told(ZHANG, (late("en"), "risk"), (submitted("en"), "verify"), (asked, "unanswered"))
    assert labels(card) == ["I'll step in", "Reassign", "View", "Accept", "Return", "Remind", "Reassign"]


def test_what_is_settled_by_now_is_left_out() -> None:
    card = told(LI, (replace(LATE, state=State.DONE), "overdue"), (action("en"), "before"))
    assert card is not None
    assert card.title == "🟡 A-42 is due in 2 days (Fri 27 Nov)"


@pytest.mark.parametrize("one", [State.DONE, State.CANCELLED, State.SUBMITTED, State.DECLINED])
def test_nothing_left_to_do_is_not_sent(one: State) -> None:
    assert told(LI, (state("en", one), "due")) is None


def test_a_message_that_stands_keeps_its_lines_and_says_what_became_of_them() -> None:
    done = replace(LATE, state=State.DONE)
    card = told(LI, (done, "overdue"), (action("en"), "before"), posted=True)
    assert card is not None
    assert plain(card).count("A-31") == 1
    assert "A-31 is done: Estimate" in plain(card)
    assert card.title == "1 due soon"
    settled = told(LI, (done, "overdue"), (replace(action("en"), state=State.DONE), "before"), posted=True)
    assert settled is not None
    assert settled.title == "All of these are settled"
    assert plain(settled).count("A-42") == 1


def test_a_message_held_over_night_says_what_is_true_in_the_morning() -> None:
    tomorrow = replace(scene(LI, "en"), now=NOW + timedelta(days=5))
    card = reminder(tomorrow, (action("en"),), lines((action("en"), "due")))
    assert card is not None
    assert card.title == "🔴 A-42 is 1 working day late"


def test_somebody_elses_item_is_not_reminded() -> None:
    assert told(LI, (late("en"), "overdue")) is None
    assert told(LI, (blocked("en"), "resolve")) is None
    assert told(LI, (submitted("en"), "verify")) is None


def test_the_same_item_told_for_two_reasons_is_one_line() -> None:
    card = told(LI, (LATE, "overdue"), (LATE, "ask"), (action("en"), "before"))
    assert leads(card) == ["🔴 A-31", "🟡 A-42"]


def test_an_item_that_is_gone_is_skipped() -> None:
    args: Mapping[str, object] = {"lines": [{"subject": "A-99", "why": "due"}, {"subject": "A-42", "why": "before"}]}
    card = reminder(scene(LI, "en"), (action("en"),), args)
    assert card is not None
    assert "A-42" in card.title


def test_risk_quotes_the_last_word() -> None:
    card = risk(scene(ZHAO), (late(),), {})
    assert card is not None
    assert card.title == "🔴 风险：A-31 已逾期 4 个工作日（技术部 王五）"
    assert "评估 A 类功能开发周期，原定 11月19日（周四）。最近一次更新：11月23日，“等需求评审”。" in plain(card)
    assert labels(card) == ["了解，我来协调", "改派", "查看"]


def test_risk_without_a_word_says_none() -> None:
    card = risk(scene(ZHAO, "en"), (replace(late("en"), note="", note_at=None),), {})
    assert card is not None
    assert "Last word" not in plain(card)


def test_risk_is_over_when_it_was_postponed_or_delivered() -> None:
    postponed = replace(late("en"), due=due(date(2026, 12, 1)))
    assert risk(scene(ZHAO, "en"), (postponed,), {}) is None
    assert risk(scene(ZHAO, "en"), (replace(late("en"), state=State.SUBMITTED),), {}) is None
    assert MOMENTS["risk"](scene(ZHAO, "en"), (postponed,), {"posted": True}) is not None


def test_own_occasions_end_with_a_pause() -> None:
    for why in OWN:
        assert labels(told(LI, (action("en"), str(why))))[-1] == "Tomorrow"


@pytest.mark.parametrize("why", ["overdue", "risk"])
@pytest.mark.parametrize(
    ("n", "rest"), [(15, ""), (16, "And 1 more: `/action list`"), (38, "And 23 more: `/action list`")]
)
def test_a_morning_shows_fifteen_lines_and_counts_all(why: str, n: int, rest: str) -> None:
    """VOICE rule 7: nothing is lost, and the worst are among those that are shown."""
    mild = [(replace(TODAYS, number=100 + place), "due") for place in range(n - 1)]
    worst = replace(LATE, number=99) if why == "overdue" else replace(late("en"), number=99)
    card = told(LI, *mild, (worst, why))
    assert card is not None
    assert len(leads(card)) == min(n, 15)
    assert leads(card)[0] == "🔴 A-99"
    assert f"{n - 1} due today" in card.title
    assert (rest in plain(card)) if rest else ("more" not in plain(card))


def test_many_risks_and_many_settled_are_no_longer_either() -> None:
    items = tuple(replace(late("en"), number=100 + place) for place in range(20))
    warned = risk(scene(ZHAO, "en"), items, {})
    assert warned is not None
    assert warned.title == "🔴 20 at risk"
    assert (len(leads(warned)), "And 5 more: `/action list`" in plain(warned)) == (15, True)
    done = [(replace(action("en"), number=100 + place, state=State.DONE), "due") for place in range(20)]
    settled = told(LI, *done, posted=True)
    assert (len(leads(settled)), "And 5 more: `/action list`" in plain(settled or warned)) == (15, True)
