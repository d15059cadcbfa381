"""Forms as modals: what is asked, what was filled in, and problems at the field they are about."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.slack import modals
from adapters.slack.carried import Errand, read_metadata
from bot.cards import Card, Choice, Field, Form, Plain, Text
from tests.adapters.slack.drawing import same_as_golden, sound_view, words_in
from tests.views.shown import everything

ERRAND = Errand("/action add", 3, "C0123456789", "1700000000.000100", "https://hooks.slack.com/commands/T1/2/x")
ACCOUNTS = {"李四": "U0123456789", "王五": "U0987654321"}
WHOLE = Form(
    "新增行动项", "/action add",
    (
        Field("text", "行动", "paragraph", hint="一句话"), Field("owner", "负责人", "person"),
        Field("due", "截止日", "day", hint="哪一天"), Field("criterion", "标准", "text", False),
        Field("supporters", "配合方", "people", False),
        Field("priority", "优先级", "choice", False, "high", choices=(Choice("high", "高"), Choice("low", "低"))),
        Field("hours", "工时", "number", False),
    ),
    "记录", note="从消息来",
)  # fmt: skip


def modal(form: Form = WHOLE, errand: Errand = ERRAND, language: str = "zh-Hans", accounts=ACCOUNTS, teams=()):
    made = modals.form(form, errand, language, accounts, dict(teams))
    assert made is not None
    return sound_view(made)


def inputs(view):
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def sent(view, **values):
    """The view as Slack sends it back; what is not given stays as it was shown."""
    names = {"users_select": "selected_user", "multi_users_select": "selected_users", "datepicker": "selected_date"}
    first = {"selected_user": "initial_user", "selected_users": "initial_users", "selected_date": "initial_date"}
    state = {}
    for name, block in inputs(view).items():
        element = block["element"]
        key = names.get(element["type"], "selected_option" if element["type"] == "static_select" else "value")
        empty: list[str] | None = [] if key == "selected_users" else None
        shown = element.get(first.get(key, "initial_option" if key == "selected_option" else "initial_value"), empty)
        value = values.get(name.replace("~", "_"), shown)
        if key == "selected_option" and isinstance(value, str):
            value = {"text": {"type": "plain_text", "text": value}, "value": value}
        state[name] = {"v": {"type": element["type"], key: value}}
    return {**view, "id": "V0123456789", "state": {"values": state}}


def test_a_whole_form_as_it_is_kept():
    same_as_golden("form", modal())


def test_the_modal_carries_what_it_completes_and_where_the_answer_goes():
    assert read_metadata(modal()["private_metadata"]) == ERRAND


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_form_of_the_core_is_a_modal_with_all_its_questions(language):
    forms = [answer for shown in everything(language).values() for _, answer in shown if isinstance(answer, Form)]
    assert len(forms) > 5
    for form in forms:
        view = modal(form, language=language)
        shown = words_in(view)
        assert [field.label for field in form.fields if field.label not in shown] == []
        assert form.title in shown
        assert form.note in shown


def test_what_was_filled_in_comes_back_by_field():
    back = sent(
        modal(), text="评估\n周期", owner="U0123456789", due="下周五", supporters=["U0123456789", "U0987654321"],
        supporters_others="技术部", priority="low", hours="3",
    )  # fmt: skip
    assert modals.values(back) == (
        {
            "text": "评估\n周期", "owner": "U0123456789", "due": "下周五", "criterion": "",
            "supporters": "U0123456789, U0987654321, 技术部", "priority": "low", "hours": "3",
        },
        {},
    )  # fmt: skip


def test_what_was_left_alone_says_what_it_said():
    fields = (
        Field("tracker", "跟踪人", "person", value="李四"), Field("due", "截止日", "day", value="2026-11-27"),
        Field("supporters", "配合方", "people", value="王五, 技术部"), Field("priority", "优先级", "choice", value="high", choices=WHOLE.fields[5].choices),
        Field("owner", "负责人", "person", value="别处的赵六"),
    )  # fmt: skip
    back = sent(modal(Form("t", "/action edit A-1", fields, "好")))
    assert modals.values(back)[0] == {
        "tracker": "U0123456789", "due": "2026-11-27", "supporters": "U0987654321, 技术部", "priority": "high",
        "owner": "别处的赵六",
    }  # fmt: skip


# --- user groups ---

INVITING = Form("t", "/x", (Field("invitees", "参会人", "people"),), "好")


def test_user_groups_are_offered_where_people_are_picked():
    blocks = inputs(modal(INVITING, teams={"S0000000002": "销售组", "S0000000001": "产品组 (@product)"}.items()))
    assert [block["label"]["text"] for block in blocks.values()] == [
        "参会人", "参会人（整个 Slack 用户组）", "参会人（其他部门、其他聊天工具里的同事）",
    ]  # fmt: skip
    menu = blocks["invitees~teams"]["element"]
    assert [one["text"]["text"] for one in menu["options"]] == ["产品组 (@product)", "销售组"]
    assert all(block["optional"] for block in blocks.values()), "a group alone will do"


def test_a_workspace_without_user_groups_is_asked_nothing_more():
    assert list(inputs(modal(INVITING))) == ["invitees", "invitees~others"]


def test_of_very_many_user_groups_a_menu_holds_a_hundred():
    blocks = inputs(modal(INVITING, teams={f"S{n:010}": f"{'组' * 90}{n:03}" for n in range(250)}.items()))
    assert len(blocks["invitees~teams"]["element"]["options"]) == 100


# --- days: typed or picked ---

DAY = Form("t", "/x", (Field("due", "截止日", "day", value="2026-11-27"),), "好")
NEW = Form("t", "/x", (Field("due", "截止日", "day"),), "好")
HOUR = Form("t", "/x", (Field("due", "截止日", "day", value="2026-11-27 18:00"),), "好")


@pytest.mark.parametrize(
    ("form", "typed", "picked", "expected"),
    [
        (NEW, "下周五", None, "下周五"),
        (NEW, None, "2026-12-01", "2026-12-01"),
        (NEW, None, None, ""),
        (NEW, "2026-12-01", "2026-12-01", "2026-12-01"),
        (DAY, "2026-11-27", "2026-12-01", "2026-12-01"),
        (DAY, "下周五", "2026-11-27", "下周五"),
        (HOUR, "2026-11-27 18:00", "2026-12-01", "2026-12-01"),
        (HOUR, "2026-11-30 18:00", None, "2026-11-30 18:00"),
    ],
)
def test_the_day_that_was_changed_counts(form, typed, picked, expected):
    values, problems = modals.values(sent(modal(form), due=typed, due_pick=picked))
    assert (values["due"], problems) == (expected, {})


def test_two_different_days_are_asked_about_at_the_field():
    _, problems = modals.values(sent(modal(NEW), due="下周五", due_pick="2026-12-01"))
    assert problems == {"due~pick": "pick-both"}


def test_what_an_input_does_not_hold_is_not_asked():
    """Long minutes, full of emoji: with such a value Slack refuses the whole modal."""
    for text, asked in (("👍" * 1_500, True), ("👍" * 1_501, False)):
        view = modal(Form("t", "/x", (Field("points", "要点", "paragraph", value=text, limit=3_000),), "好"))
        assert (list(inputs(view)) == ["points"]) == asked
        assert ("太长" in words_in(view)) != asked


# --- problems ---


def asked_again(*problems: tuple[str, str], command: str = "/action add 评估;", required: bool = True) -> Form:
    fields = tuple(Field(name, name, required=required, problem=said) for name, said in problems)
    return Form("还差一点", command, fields, "好")


def test_problems_are_shown_at_the_fields_that_are_there():
    again = asked_again(("due", "“尽快”不是一天"), ("owner", ""))
    found = modals.errors(again, sent(modal()), "/action add", "zh-Hans")
    assert found == {"due": "“尽快”不是一天", "owner": "这一项还要填。"}


def test_what_is_only_offered_beside_is_no_problem():
    again = replace(
        asked_again(("due", "不是一天")),
        fields=(*asked_again(("due", "不是一天")).fields, Field("criterion", "标准", required=False)),
    )
    assert modals.errors(again, sent(modal()), "/action add", "en") == {"due": "不是一天"}


@pytest.mark.parametrize(
    "again",
    [
        asked_again(("due", "不是一天"), ("why", "")),
        asked_again(("why", "需要理由")),
        asked_again(("due", "不是一天"), command="/action postpone A-1"),
        asked_again(("due", ""), required=False),
        Form("t", "/action add", (), "好"),
    ],
    ids=["another field besides", "only another field", "another command", "nothing is wrong", "nothing"],
)
def test_a_form_that_asks_something_else_is_shown_anew(again):
    assert modals.errors(again, sent(modal()), "/action add", "en") == {}


def test_a_problem_stands_above_its_field_when_the_form_is_shown_anew():
    blocks = modal(asked_again(("due", "“尽快”不是一天")))["blocks"]
    at = next(place for place, block in enumerate(blocks) if block.get("block_id") == "due")
    assert "“尽快”不是一天" in words_in(blocks[at - 1])


# --- limits ---


@pytest.mark.parametrize("length", [24, 25, 200])
def test_a_long_title_stands_in_the_first_block(length):
    view = modal(Form("长" * length, "/x", WHOLE.fields, "好"))
    assert view["title"]["text"] == ("长" * length if length == 24 else "闭环")
    assert "长" * length in words_in(view)


@pytest.mark.parametrize("value", ["", "x" * 499, "x" * 500, "x" * 2_999])
def test_a_value_always_fits_its_field(value):
    element = inputs(modal(Form("t", "/x", (Field("text", "t", "paragraph", value=value, limit=500),), "好")))["text"]
    assert element["element"]["max_length"] == max(500, len(value))
    assert element["element"].get("initial_value", "") == value


def test_a_choice_slack_cannot_hold_is_typed_and_its_answers_are_named():
    many = tuple(Choice(f"v{n}", f"第{n}个") for n in range(101))
    block = inputs(modal(Form("t", "/x", (Field("d", "部门", "choice", choices=many),), "好")))["d"]
    assert block["element"]["type"] == "plain_text_input"
    assert "第0个" in block["hint"]["text"]


def test_a_command_too_long_even_packed_makes_no_modal():
    import random

    noise = "".join(chr(random.Random(n).randint(0x4E00, 0x9FFF)) for n in range(4_000))
    assert modals.form(WHOLE, Errand(noise), "en", {}, {}) is None


def test_a_long_command_of_ordinary_words_is_packed():
    errand = Errand("/action add text: “" + "评估开发周期，" * 900 + "”;")
    assert read_metadata(modal(errand=errand)["private_metadata"]) == errand


FIELD = st.builds(
    Field, st.text("abcdef", min_size=1, max_size=8), st.text(min_size=1, max_size=40),
    st.sampled_from(("text", "paragraph", "day", "person", "people", "choice")), st.booleans(),
    st.sampled_from(("", "李四", "李四, 技术部", "2026-11-27", "x" * 600)), st.text(max_size=40), st.text(max_size=40),
    st.lists(st.builds(Choice, st.text("ab", min_size=1, max_size=80), st.text(max_size=80)), max_size=4).map(tuple),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.lists(FIELD, max_size=10, unique_by=lambda field: field.name),
    st.text(max_size=60),
    st.text(min_size=1, max_size=40),
)
def test_any_form_is_a_modal_that_slack_takes(fields, title, submit):
    view = modals.form(Form(title, "/x", tuple(fields), submit), ERRAND, "en", ACCOUNTS, {"S0123456789": "产品组"})
    assert view is not None
    if fields:
        sound_view(view)


# --- cards in modals, the Home tab, the one that waits ---


def test_a_card_in_a_modal_and_on_the_home_tab():
    card = Card("等你处理 2 项", (Text((Plain("好"),)),))
    view, message = modals.shown(card, "zh-Hans")
    sound_view(view)
    assert "等你处理 2 项" in words_in(view)
    assert message.files == ()
    same_as_golden("home", sound_view(modals.home(card, "zh-Hans"), "home"))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "fr"])
def test_the_modal_that_waits(language):
    assert json.dumps(sound_view(modals.waiting(language)))
