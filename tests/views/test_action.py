"""One item: the echo says what was understood, answers say what now holds, and who came too late reads why."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.cards import Card, Facts, Items, Quote, plain
from bot.domain.action import Cadence, Priority, Reckoned, Source, State, Supporter, Verb
from bot.domain.facts import Changed
from bot.store import Entry
from bot.texts import LANGUAGES
from bot.views import action as views
from tests.views.cast import ENGINEERING, LI, NOW, TEXTS, TODAY, WANG, ZHANG, action, blocked, due, late, scene
from tests.views.pressed import labels
from tests.views.shown import entries, facts, state


def facts_of(card: Card) -> dict[str, str]:
    """The label-value pairs of a card."""
    return dict(pair for block in card.blocks if isinstance(block, Facts) for pair in block.pairs)


def test_the_echo_is_voices_row() -> None:
    assert plain(views.recorded(scene(ZHANG), action())).splitlines()[:3] == [
        "已记录 A-42",
        "输出《客户投诉处理流程V2.0》",
        "负责人 李四 · 11月27日（周五）18:00 前 · 标准：包含一级响应机制",
    ]
    assert plain(views.recorded(scene(ZHANG, "en"), action("en"))).splitlines()[:3] == [
        "A-42 recorded",
        "Write complaint procedure v2.0",
        "Owner Li Si · by Fri 27 Nov, 18:00 · Done when: first-level response included",
    ]


def test_a_day_reckoned_through_unpublished_holidays_says_so() -> None:
    item, said = action("en", day=date(2027, 1, 8)), "the 2027 calendar is not published yet"
    waits = replace(item, due=replace(item.due, reckoned=Reckoned("30 working days", NOW, "Asia/Shanghai")))
    assert said in plain(views.recorded(scene(ZHANG, "en"), waits))
    assert "published" not in plain(views.recorded(scene(ZHANG, "en"), item))
    for verb in (Verb.POSTPONE, Verb.EDIT):
        moved = Changed(verb, action("en"), waits, LI, NOW, "busy")
        assert said in plain(views.changed(scene(LI, "en"), moved))
        assert said in views.told(scene(LI, "en"), moved).text
    noted = Changed(Verb.NOTE, waits, replace(waits, note="busy"), LI, NOW, "busy")
    assert "published" not in plain(views.changed(scene(LI, "en"), noted))


def test_declining_what_one_assigned_oneself_promises_nobody() -> None:
    fact = replace(facts("en")[Verb.DECLINE], by=ZHANG)
    assert views.told(scene(ZHANG, "en"), fact).text == "A-42 declined"


def test_a_missing_criterion_is_asked_for() -> None:
    without = plain(views.recorded(scene(LI, "en"), action("en", criterion="")))
    assert "how will one know it is done?" in without
    assert "how will one know" not in plain(views.recorded(scene(LI, "en"), action("en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_is_answered_in_one_line_with_the_number(language: str) -> None:
    known = facts(language)
    for verb in Verb:
        fact = known[verb]
        card, toast = views.changed(scene(fact.by, language), fact), views.told(scene(fact.by, language), fact)
        assert "A-42" in toast.text, verb
        assert "\n" not in toast.text, verb
        assert card.title == toast.text
        assert fact.after.text in plain(card), verb


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (Verb.ACCEPT, "A-42 accepted, due Fri 27 Nov (in 2 days)"),
        (Verb.SUBMIT, "A-42 submitted; Zhang San will check it"),
        (Verb.BLOCK, "A-42 is blocked; Wang Wu resolves it by Thu 26 Nov"),
        (Verb.POSTPONE, "A-42 postponed to Mon 30 Nov (in 5 days)"),
        (Verb.ASSIGN, "A-42 handed to Wang Wu, who is asked to accept"),
        (Verb.SNOOZE, "A-42: next reminder Thu 26 Nov, 09:00"),
        (Verb.UNDO, "Undone: postpone A-42"),
    ],
)
def test_an_answer_says_what_it_depends_on(verb: Verb, said: str) -> None:
    fact = facts("en")[verb]
    assert views.told(scene(fact.by, "en"), fact).text == said


def test_submitting_ones_own_closes_it_and_says_so() -> None:
    fact = replace(facts("en")[Verb.SUBMIT], after=state("en", State.DONE))
    assert views.told(scene(LI, "en"), fact).text == "A-42 is done"


def test_a_nudge_names_whoever_must_act() -> None:
    fact = Changed(Verb.NUDGE, blocked("en"), blocked("en"), ZHANG, NOW)
    assert views.told(scene(ZHANG, "en"), fact).text == "Wang Wu gets a reminder about A-42"


def test_an_edit_shows_only_what_changed() -> None:
    before = action("en", criterion="", priority=Priority.HIGH)
    after = replace(before, criterion="demo recorded", due=due(date(2026, 11, 30)))
    card = views.changed(scene(LI, "en"), Changed(Verb.EDIT, before, after, LI, NOW))
    assert facts_of(card) == {"Done when": "demo recorded", "Due": "Mon 30 Nov, 18:00"}


@pytest.mark.parametrize("verb", [Verb.UNDO, Verb.NUDGE])
def test_what_cannot_be_taken_back_offers_no_undo(verb: Verb) -> None:
    fact = facts("en")[verb]
    assert labels(views.changed(scene(fact.by, "en"), fact)) == []


def test_detail_shows_what_is_set_and_nothing_else() -> None:
    assert list(facts_of(views.detail(scene(LI, "en"), action("en", source=Source(), criterion="", department=None)))) == [
        "Owner", "Due", "Tracker",
    ]  # fmt: skip


def test_detail_shows_everything_that_is_set() -> None:
    item = replace(
        blocked("en"), postponements=2, first_due=date(2026, 11, 20), priority=Priority.HIGH, cadence=Cadence.DAILY,
        place="Room 3", supporters=(Supporter(person=WANG), Supporter(department=ENGINEERING)), assigner=WANG,
        note="half done", note_at=NOW, snoozed_until=NOW + timedelta(days=1), source=Source("Planning", "Complaints"),
    )  # fmt: skip
    shown = facts_of(views.detail(scene(LI, "en"), item))
    assert shown["First due"] == "Fri 20 Nov, postponed 2 times"
    assert shown["Supporters"] == "Wang Wu and Engineering"
    assert shown["Meeting"] == "Planning, Complaints"
    assert shown["Blocked"] == "waiting for the review · Wang Wu · by Thu 26 Nov"
    assert shown["Last word"] == "half done · 10:00"
    assert (shown["Priority"], shown["Asked about"], shown["Place"]) == ("high", "every working day", "Room 3")
    assert (shown["Assigned by"], shown["Snoozed until"]) == ("Wang Wu", "Thu 26 Nov, 10:00")


def test_detail_quotes_the_message_it_was_made_of() -> None:
    item = action("en", source=Source(quote="could you\nplease", quoted_from="Wang Wu", url="https://chat.example/1"))
    quotes = [block for block in views.detail(scene(LI, "en"), item).blocks if isinstance(block, Quote)]
    assert quotes == [Quote("could you\nplease", "Wang Wu", "https://chat.example/1")]


@pytest.mark.parametrize("one", State)
def test_the_title_says_where_it_stands_to_whose_turn_it_is(one: State) -> None:
    item = state("en", one)
    mine = {State.SUBMITTED: ZHANG, State.BLOCKED: WANG, State.DECLINED: ZHANG}.get(one, LI)
    whose, others = (views.detail(scene(reader, "en"), item).title for reader in (mine, 4))
    assert (whose == others) == (one in (State.DONE, State.CANCELLED))


def test_a_list_counts_lights_first_and_keeps_the_given_order() -> None:
    items = [late("en"), action("en"), replace(action("en"), number=7, due=due(date(2026, 12, 20)))]
    card = views.listing(scene(LI, "en"), items, heading="All items")
    assert card.title == "All items: 🔴 1 · 🟡 1 · 🟢 1"
    block = next(block for block in card.blocks if isinstance(block, Items))
    assert [one.lead for one in block.items] == ["🔴 A-31", "🟡 A-42", "🟢 A-7"]
    assert [one.detail for one in block.items] == [
        "Wang Wu · 4 working days late",
        "Li Si · Fri 27 Nov (in 2 days) · in progress",
        "Li Si · Sun 20 Dec · in progress",
    ]


def test_a_list_of_closed_items_says_when_they_were() -> None:
    card = views.listing(scene(LI, "en"), [state("en", State.DONE)], heading="Done")
    assert plain(card).splitlines()[:3] == [
        "Done: 1 closed",
        "A-42 Write complaint procedure v2.0",
        "   Li Si · Wed 25 Nov · done",
    ]


def test_a_page_says_which_of_how_many_and_leads_on() -> None:
    every = [late("en"), *(40 * [action("en")])]
    card = views.listing(
        scene(LI, "en"), [action("en")], heading="All", every=every, page=2, more="/action list all page 3"
    )
    assert plain(card).splitlines()[:2] == ["All: 🔴 1 · 🟡 40", "Page 2 of 3, 41 items"]
    assert labels(card)[-1] == "Next page"


def test_the_history_says_what_changed_and_marks_what_was_refused() -> None:
    said = plain(views.history(scene(LI, "en"), action("en"), entries("en")))
    assert "Tue 24 Nov, 10:00 Li Si postponed it\n   Wed 25 Nov → Fri 27 Nov · waiting for the review" in said
    assert "09:55 Wang Wu tried to verify it (not allowed)" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_line_of_any_command_can_stand_in_the_history(language: str) -> None:
    for verb in (*Verb, "list", "show", "history", "help", "", "digest"):
        entry = Entry("A-42", NOW, 99, str(verb), "may-not", refused=True)
        said = plain(views.history(scene(LI, language), action(language), [entry]))
        assert "may-not" not in said


def test_an_undo_says_from_which_state_to_which() -> None:
    entry = Entry("A-42", NOW, LI, "undo", before=state("en", State.BLOCKED), after=action("en"))
    assert "blocked → in progress" in plain(views.history(scene(LI, "en"), action("en"), [entry]))


def test_a_stale_press_is_told_what_changed_and_what_can_be_done() -> None:
    card = views.stale(scene(LI, "en"), action("en"), entries("en"))
    assert card.title == "A-42 has just changed; this step was not taken"
    assert "Li Si postponed it" in plain(card)
    assert "tried to" not in plain(card)
    assert labels(card)[0] == "Submit"


def test_somebody_was_first() -> None:
    entry = Entry("A-42", NOW + timedelta(minutes=32), ZHANG, "approve")
    later = {"now": NOW + timedelta(hours=1)}
    assert views.first(replace(scene(WANG), **later), action(), entry).text == (
        "A-42 已由张三于 10:32 验收通过，无需再操作。"
    )
    assert views.first(replace(scene(WANG, "en"), **later), action("en"), entry).text == (
        "Zhang San accepted A-42 at 10:32. Nothing left to do."
    )


def test_today_is_the_readers_day() -> None:
    assert scene(LI).today == TODAY
    assert TEXTS["en"][0] in plain(views.detail(scene(LI, "en"), action("en")))
