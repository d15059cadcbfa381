"""Text from anywhere (RELIABILITY A4 rows 25–30): kept as written where it is words, refused where it is too much."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import plain
from tests.conversation import Office

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("流程\x00图", "流程图"),
        ("流程\ud800图", "流程\ufffd图"),
        ("流程\u202e图", "流程图"),
        (f"{FAMILY} 家庭日", f"{FAMILY} 家庭日"),
        ("Cafe\u0301 订位", "Café 订位"),
        ("Robert'); DROP TABLE actions;-- 备份", "Robert'); DROP TABLE actions;-- 备份"),
        (
            '<b>粗</b> <!channel> <at user_id="all"></at> `码` *星*',
            '<b>粗</b> <!channel> <at user_id="all"></at> `码` *星*',
        ),
        ("{ $action } {{x}} %s 模板", "{ $action } {{x}} %s 模板"),
    ],
)
def test_what_is_kept(office, cast, written, kept):
    said = cast.zhang.types(f"/action add text: “{written}” @李四 下周五")
    assert office.action(1).text == kept
    assert kept in said
    assert kept in cast.li.reads


def test_ten_thousand_characters_are_refused_with_both_counts(office, cast):
    said = cast.zhang.types(f"/action add {'字' * 10_000} @李四 下周五")
    assert "最多 500 个" in said
    assert not office.actions()
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    assert "最多 500 个" in cast.li.types(f"谢绝 A-1 {'字' * 501}")
    assert cast.li.types(f"谢绝 A-1 {'字' * 500}").startswith("已谢绝 A-1")


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b", "\u202e", "\x00"])
def test_nothing_visible_is_nothing(office, cast, blank):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    assert cast.li.types(f"谢绝 A-1 {blank}").startswith("谢绝 A-1：为什么？")
    assert office.record(1) == ["张三 add"]


def test_a_name_is_not_a_number_of_sql(office, cast):
    assert cast.zhang.types("查看 A-1 OR 1=1").startswith("没有 A-1")
    assert cast.zhang.types("查看 A-9223372036854775808").startswith("要查看哪一项？请写上编号。")


def test_a_forms_values_and_a_buttons_command_are_cleaned_too(office, cast):
    cast.zhang.types("/action add")
    cast.zhang.fills(text="输出\x00流程\u202e", owner="李四", due="下周五")
    assert office.action(1).text == "输出流程"


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=60),
    verb=st.sampled_from(["", "/action add ", "/action ", "/settings ", "延期 A-1 ", "/action list "]),
)
def test_whatever_is_typed_is_answered_and_nothing_breaks(whatever, text, verb):
    """Surrogates included: nothing ends as our bug."""
    _, zhang = whatever
    said = zhang.types(f"{verb}{text}")
    assert "没有记录成功" not in said
    assert not any(
        character in plain(answer) for answer in zhang.answers[-1:] if answer for character in "\x00\u202e\ud800"
    )


@pytest.fixture(scope="module")
def whatever(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("whatever"))
    zhang = office.hires("张三", "技术部", head=True)
    zhang.types("/action add 输出流程 @我 下周五")
    yield office, zhang
    office.shuts()
