"""Refusals: what is wrong, then the way out; ids, days, states and verbs become words in one place."""

from datetime import date, time, timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.directory import Directory
from bot.domain.action import State, Verb
from bot.errors import Offer, Refusal
from bot.policy import Role
from bot.texts import LANGUAGES, words
from bot.views.refusal import apology, busy, not_understood, refusal, said, sentence
from tests.views.cast import ENGINEERING, LI, NOW, SERVICE, WANG, ZHANG, ZHAO, directory, scene
from tests.views.pressed import buttons, labels


def test_may_not_is_voices_row() -> None:
    remind = Offer("offer-nudge", "/action nudge A-42", args=(("first", "张三"),))
    card = refusal(scene(WANG), Refusal("may-not", action="A-42", verb="approve", who=(ZHANG, ZHAO), offers=(remind,)))
    assert card.title == "只有张三或赵六可以验收 A-42。需要我提醒张三吗？"
    assert labels(card) == ["提醒张三"]


def test_who_may_is_said_with_what_they_are_where_it_is_known() -> None:
    refused = Refusal("may-not", action="A-42", verb="approve", who=(ZHANG, ZHAO), roles=(Role.TRACKER, Role.HEAD))
    assert refusal(scene(WANG), refused).title == "只有跟踪人张三或部门负责人赵六可以验收 A-42。"
    assert refusal(scene(WANG, "en"), refused).title == (
        "Only the tracker Zhang San or the department head Zhao Liu can accept A-42."
    )


def test_an_offer_to_remind_names_nobody_when_it_does_not_know_whom() -> None:
    card = refusal(scene(WANG, "en"), Refusal("may-not", action="A-42", verb="submit", who=(LI,),
                                              offers=(Offer("offer-nudge", "/action nudge A-42"),)))  # fmt: skip
    assert card.title == "Only Li Si can submit A-42."
    assert labels(card) == ["Send a reminder"]


def test_unknown_command_is_voices_row() -> None:
    near = Offer("offer-line", "/action submit A-42", args=(("line", "/action submit"),))
    unknown = Refusal("command-unknown", typed="/action fnish", offers=(near,), mended="/action submit A-42")
    assert refusal(scene(LI), unknown).title == "没有“/action fnish”。你是想用 /action submit（提交成果）吗？"
    card = refusal(scene(LI, "en"), unknown)
    assert card.title == "There is no /action fnish. Did you mean /action submit?"
    assert [one.command for one in buttons(card)] == ["/action submit A-42"]


def test_an_unknown_command_with_nothing_near_leads_to_help() -> None:
    assert [one.command for one in buttons(refusal(scene(LI), Refusal("command-unknown", typed="/xyz")))] == ["/help"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_state_says_which_and_what_can_be_done(language: str) -> None:
    for one, verb in product(State, Verb):
        card = refusal(scene(LI, language), Refusal("wrong-state", action="A-42", state=str(one), verb=str(verb)))
        assert words(language)(f"state-{one}") in card.title
        assert words(language)(f"verb-{'verify' if verb is Verb.APPROVE else verb}") in card.title
        assert len(card.blocks) == 2
        assert [button.command for button in buttons(card)] == ["/action show A-42"]


def test_several_people_of_a_name_are_listed_as_one_types_them() -> None:
    plainly = directory("en")
    twins = [replace(plainly.person(id), name="Li Si") for id in (LI, WANG)]
    here = replace(
        scene(ZHANG, "en"), directory=Directory.of(twins, plainly.departments.values(), fallback="Asia/Shanghai")
    )
    said_ = plain(refusal(here, Refusal("person-ambiguous", name="Li Si", candidates=(LI, WANG))))
    assert said_.splitlines()[1:] == [f"@Li Si#{LI} Customer service", f"@Li Si#{WANG} Engineering"]


def test_a_misspelt_name_is_answered_with_who_is_here() -> None:
    assert plain(refusal(scene(ZHANG, "en"), Refusal("person-unknown", name="Wang Wo"))).splitlines()[1:] == [
        "@Wang Wu Engineering"
    ]
    assert len(plain(refusal(scene(ZHANG, "en"), Refusal("person-unknown", name="Zaphod"))).splitlines()) == 1


def test_a_button_for_each_that_was_named() -> None:
    offers = tuple(
        Offer("offer-person", f"/action add x @{name}", args=(("who", name),)) for name in ("Li Si", "Wang Wu")
    )
    card = refusal(scene(ZHANG, "en"), Refusal("one-owner", n=2, owners=(LI, WANG), offers=offers))
    assert card.title == "One action has one owner; you named two. Who owns it? The other will be a supporter."
    assert labels(card) == ["Li Si", "Wang Wu"]


def test_a_department_is_answered_with_its_head() -> None:
    card = refusal(scene(LI, "en"), Refusal("owner-department", name="Engineering", heads=(ZHAO,)))
    assert "for example @Zhao Liu" in card.title
    nobody = refusal(scene(LI, "en"), Refusal("owner-department", name="Engineering", heads=()))
    assert "for example @Zhang San" in nobody.title


def test_an_offered_day_is_said_with_its_weekday() -> None:
    offer = Offer("due-offer-day", "/action add x 2026-11-27", args=(("day", "2026-11-27"),))
    card = refusal(scene(LI, "en"), Refusal("number-unknown", number="A-9", offers=(offer,)))
    assert labels(card) == ["Fri 27 Nov"]


def test_more_than_four_ways_out_are_too_many() -> None:
    offers = tuple(Offer("offer-line", f"/x {n}", args=(("line", str(n)),)) for n in range(9))
    assert labels(refusal(scene(LI), Refusal("number-unknown", number="A-9", offers=offers))) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("name", "value", "en"),
    [
        ("who", (ZHANG, ZHAO), "Zhang San or Zhao Liu"),
        ("who", (), "somebody unknown"),
        ("who", (777,), "somebody unknown"),
        ("person", LI, "Li Si"),
        ("n", 3, 3),
        ("day", date(2026, 11, 27), "Fri 27 Nov"),
        ("time", time(18), "18:00"),
        ("again", NOW + timedelta(hours=3), "13:00"),
        ("again", NOW + timedelta(days=1), "Thu 26 Nov, 10:00"),
        ("pause", timedelta(hours=4), "4 hours"),
        ("state", "in_progress", "in progress"),
        ("verb", "nudge", "send a reminder about"),
        ("verbs", (Verb.ACCEPT, Verb.DECLINE), "accept or decline"),
        ("roles", (Role.TRACKER, Role.HEAD), "the tracker or the department head"),
        ("departments", ("Sales", "HR"), "Sales or HR"),
        ("key", "digest-day", "Digest day"),
        ("typed", "a\nb", "a b"),
        ("typed", "x" * 100, "x" * 60 + "…"),
    ],
)
def test_arguments_become_words(name: str, value: object, en: object) -> None:
    assert said(scene(LI, "en"), name, value) == en


def test_the_sentence_fits_beside_a_field() -> None:
    refused = Refusal("postpone-needs-later", action="A-42", day=date(2026, 11, 27), field="due")
    assert sentence(scene(LI, "en"), refused) == "The new day has to be later than Fri 27 Nov."


def test_our_fault_needs_nobody_to_be_known() -> None:
    assert apology(words("zh-Hans"), "7F3K").text == "没有记录成功，请稍后再试。（编号 7F3K，管理员可据此查日志）"
    assert apology(scene(LI, "en"), "7F3K") == apology(words("en"), "7F3K")
    assert busy(words("en")) == busy(scene(LI, "en"))


def test_small_talk_is_answered_with_a_line_that_works() -> None:
    card = not_understood(scene(LI, "en"), "hello\nthere")
    assert "> hello\n> there" in plain(card)
    assert labels(card) == ["Help"]


def test_the_cast_has_two_departments() -> None:
    assert {ENGINEERING, SERVICE} == set(directory().departments)
