"""What was decided and what was corrected: one place for a conclusion, and editions of which one is in force (N1, N5)."""

import pytest
from msgspec.structs import replace

from bot.domain.captured import Verdict
from bot.domain.minutes import Decided, MinutesState
from tests.conversation import buttons
from tests.ended import Ended

# --- N1: what was decided on a topic is its conclusion, and stands in one place ---


def test_a_decision_in_other_words_is_the_conclusion_of_its_topic_in_other_words(cast, held):
    cast.li.types("/minutes edit M-1 决议1：同意 网页版和手机版一起上线 因为 用户各半")
    shown = cast.li.types("/minutes show M-1")
    assert "结论：网页版和手机版一起上线（同意）" in shown
    assert "先上线网页版" not in shown


def test_a_decision_that_was_turned_down_does_not_read_like_one_that_was_made(cast, held):
    assert "结论：自建短信网关（否决）" in cast.li.types("/minutes show M-1")
    cast.li.types("/minutes edit M-1 决议2：-")
    assert "结论：自建短信网关" not in cast.li.types("/minutes show M-1")


def test_a_conclusion_that_was_decided_is_changed_where_it_was_decided(cast, held):
    before = held.minutes()
    assert cast.li.types("/minutes edit M-1 结论2：改用外部网关").startswith(
        "议题 2 的结论就是在它下面定的决议，只写一处：请改决议 2。"
    )
    assert held.minutes() == before
    cast.li.presses("改决议 2")
    assert held.minutes().decisions[1] == Decided("改用外部网关", Verdict.REJECTED, "", 2)
    assert "结论：改用外部网关（否决）" in cast.li.types("/minutes show M-1")


def test_in_the_form_too_and_nothing_typed_is_lost(cast, held):
    cast.li.types("/minutes edit M-1")
    cast.li.fills(**{"topic-2": "短信费用翻倍\n结论：改用外部网关"})
    fields = {field.name: field for field in cast.li.form.fields}
    assert fields["topic-2"].problem.startswith("议题 2 的结论就是在它下面定的决议")
    assert fields["topic-2"].value == "短信费用翻倍\n结论：改用外部网关"


def test_a_topic_on_which_nothing_was_decided_has_a_conclusion_in_words_of_its_own(cast, held):
    cast.li.types("/minutes edit M-1 决议2：-\n结论2：下月再议")
    assert "结论：下月再议" in cast.li.types("/minutes show M-1")
    cast.li.types("/minutes edit M-1 结论2：-")
    assert "结论：下月" not in cast.li.types("/minutes show M-1")


def test_a_decision_can_be_given_to_a_topic(cast, held):
    cast.li.types("/minutes edit M-1 决议：同意 下周复盘（议题 2）")
    assert "结论：下周复盘（同意）" in cast.li.types("/minutes show M-1")
    assert "没有第 3 个议题" in cast.li.types("/minutes edit M-1 决议：同意 下周复盘（议题 3）")


# --- N5: editions ---


@pytest.fixture
def revised(office, cast, sent) -> Ended:
    """张三 has acknowledged the first; the second is distributed."""
    cast.zhang.presses("已阅，无异议")
    cast.li.types("/minutes revise M-1 孙七更正")
    cast.li.types("/minutes edit M-1 决议2：暂缓 自建短信网关")
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    return sent


def test_what_is_approved_is_not_edited_but_revised(cast, sent):
    said = cast.li.types("/minutes edit M-1 目标：好")
    assert said.startswith("M-1 v1 已经审核通过，不能直接修改")
    cast.li.presses("修订新版")
    assert cast.li.form.title == "修改 M-1 v2"
    assert "还在起草，不能修订纪要" in cast.wang.types("/minutes revise M-1")


def test_while_the_second_is_written_the_first_is_in_force(cast, sent):
    cast.li.types("/minutes revise M-1")
    cast.li.types("/minutes edit M-1 决议2：暂缓 自建短信网关")
    assert "2. 否决：自建短信网关" in cast.sun.types("/minutes show M-1")
    assert cast.sun.presses("已阅，无异议") == "已确认 M-1 v1（已阅 1/2）"
    assert "暂缓" not in cast.sun.types("/minutes search 网关")


def test_the_second_shows_what_it_changed_and_is_acknowledged_anew(cast, revised):
    assert cast.zhang.cards[-1].title == "请确认会议纪要：Q3 产品规划会（11月18日，第 2 版）"
    assert "− 否决：自建短信网关\n+ 暂缓：自建短信网关" in cast.zhang.reads
    assert "已阅 0/2" in cast.zhang.reads
    assert revised.minutes(1).state is MinutesState.SUPERSEDED
    assert cast.zhang.presses("已阅，无异议") == "已确认 M-1 v2（已阅 1/2）"
    assert cast.sun.types("/纪要 改动 M-1 v2").startswith("M-1 v2 与 v1 的差异")


def test_the_second_edition_says_one_thing_of_what_was_corrected(cast, revised):
    shown = cast.sun.types("/minutes show M-1")
    assert "结论：自建短信网关（暂缓）" in shown
    assert "否决" not in shown
    assert "− 结论：自建短信网关（否决）\n+ 结论：自建短信网关（暂缓）" in cast.sun.types("/minutes changes M-1")


def test_minutes_of_an_earlier_release_are_at_one_with_themselves_from_their_next_edition_on(office, cast, sent):
    """Their topics repeated what was decided, word for word."""
    old = sent.minutes()
    topics = tuple(replace(topic, conclusion=one.text) for topic, one in zip(old.topics, old.decisions, strict=True))
    copied = replace(
        old, topics=topics, decisions=tuple(replace(one, topic=None) for one in old.decisions), version=old.version + 1
    )
    office.runner.run(office.store.write(lambda records: records.archive.save(copied)))
    cast.li.types("/minutes revise M-1")
    cast.li.types("/minutes edit M-1 决议2：暂缓 改用外部网关")
    shown = cast.li.types("/minutes show M-1")
    assert "结论：改用外部网关（暂缓）" in shown
    assert "自建短信网关" not in shown


def test_the_old_edition_is_not_acknowledged_and_the_way_to_the_new_one_is_shown(cast, revised):
    old = next(card for sheet in cast.sun.sheets for card in sheet.cards if "（11月18日）" in card.title)
    press = next(button for button in buttons(old) if button.label == "已阅，无异议")
    assert cast.sun.presses(press).startswith("M-1 v1 已被 M-1 v2 取代，这一步没有执行")
    assert revised.minutes().acknowledged == ()
    assert "\n+" not in cast.sun.presses("查看")
    assert "暂缓：自建短信网关" in cast.sun.answer


def test_the_old_cards_say_that_there_is_a_newer_one(cast, revised):
    assert cast.zhang.cards[-2].title == "已有新版，请看新版：Q3 产品规划会（11月18日）"
    assert "暂缓" in cast.zhang.presses("看新版", on=cast.zhang.cards[-2])


def test_what_was_undone_is_not_the_minutes(cast, sent):
    assert "用“修改”更正即可" in cast.zhang.types("/action undo") or "没有可以撤销的操作" in cast.zhang.answer
    cast.zhang.presses("已阅，无异议")
    assert cast.zhang.types("/action undo").startswith("你的上一步是对 M-1 v1 做的，不是行动项")
