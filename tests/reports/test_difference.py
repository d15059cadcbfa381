"""N5: what one edition changed in another, over the one outline."""

import pytest
from msgspec.structs import replace

from bot.domain.captured import Verdict
from bot.domain.minutes import Decided, Left, Minutes
from bot.reports.difference import Change, differences
from bot.reports.outline import outline
from tests.reports.paper_cast import CHINESE, ENGLISH, OF_LANGUAGE
from tests.views.cast import WANG, scene


def changed(before: Minutes, after: Minutes, language: str = "zh-Hans") -> list[Change]:
    eye = scene(language=language)
    return differences(outline(eye, before), outline(eye, after))


@pytest.mark.parametrize("language", OF_LANGUAGE)
def test_the_same_is_no_difference(language):
    assert changed(OF_LANGUAGE[language], OF_LANGUAGE[language], language) == []


def test_one_line_more_is_that_line_alone():
    more = replace(CHINESE, decisions=(Decided("下周复盘", Verdict.AGREED), *CHINESE.decisions))
    assert changed(CHINESE, more) == [Change("决议", (), ("同意：下周复盘",))]


def test_a_line_less_is_that_line_alone():
    assert changed(CHINESE, replace(CHINESE, parked=())) == [
        Change("待进一步讨论", ("是否外包客服夜班（赵六跟进）",), ())
    ]


def test_what_changed_stands_under_its_heading_in_reading_order():
    topic = replace(ENGLISH.topics[0], points="Answer within an hour")
    after = replace(ENGLISH, objective="Settle it", topics=(topic, *ENGLISH.topics[1:]), parked=(Left("Nights", WANG),))
    assert changed(ENGLISH, after, "en") == [
        Change("Objective", ("Settle the scope of the third quarter",), ("Settle it",)),
        Change("1. Complaint procedure (Li Si)", ("First answer within two hours",), ("Answer within an hour",)),
        Change("Parked", ("Night shift by a contractor (Zhao Liu follows up)",), ("Nights (Wang Wu follows up)",)),
    ]


def test_an_action_that_changed_is_one_line():
    after = replace(CHINESE, actions=(replace(CHINESE.actions[0], owner=WANG), CHINESE.actions[1]))
    (change,) = changed(CHINESE, after)
    assert change.heading == "行动项"
    assert change.was[0].startswith("A-42 · 输出《客户投诉处理流程V2.0》 · 李四")
    assert change.now[0].startswith("A-42 · 输出《客户投诉处理流程V2.0》 · 王五")
