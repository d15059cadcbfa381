"""The card validator: each rule of sheet 4 at what it lets through and what it does not, by the sub-code Feishu gives."""

import json
from typing import Any

import pytest

from tests.simulators.feishu.conftest import button, card, div, form, plain
from tests.simulators.feishu.errors import CardError, FeishuError
from tests.simulators.feishu.kit.cards import MOST_BYTES, Known, judge
from tests.simulators.feishu.kit.components import PROPERTIES, REQUIRED

KNOWN = Known(frozenset({"ou_ann"}), frozenset({"img_v3_1"}))
PERSON = {"tag": "select_person", "name": "p", "options": [{"value": "ou_ann"}]}
TABLE = {"tag": "table", "columns": [{"name": "a", "display_name": "A"}], "rows": [{"a": "1"}]}
BARS = {"type": "bar", "data": {"values": [{"w": "W46", "n": 79}]}, "xField": "w", "yField": "n"}
CHART = {"tag": "chart", "color_theme": "brand", "aspect_ratio": "2:1", "preview": False, "chart_spec": BARS}


def marked(text: str) -> dict:
    return {"tag": "markdown", "content": text}


def bars(**more) -> dict:
    return {**CHART, "chart_spec": {**BARS, **more}}


def translated(**said) -> dict:
    return {**marked("好"), "i18n_content": said}


def moment(form: str, stamp: str = "1780000000000") -> dict:
    return marked(f"<local_datetime millisecond='{stamp}' format_type='{form}'></local_datetime>")


def menu(*values: str, **more) -> dict:
    options = [{"text": plain(one), "value": one} for one in values]
    return {"tag": "select_static", "name": "m", "options": options} | more


def nested(depth: int) -> dict:
    inner: dict = div()
    for _ in range(depth):
        inner = {"tag": "interactive_container", "elements": [inner]}
    return inner


SOUND = (
    card(div()), card(), card(marked("**x** <at id=ou_ann></at> ![a](img_v3_1)")), card(button()), card(CHART),
    card({"tag": "hr"}), card({"tag": "img", "img_key": "img_v3_1", "alt": plain("x")}), card(TABLE),
    card(form({"tag": "input", "name": "t", "max_length": 1_000})), card(form(PERSON, menu("a", "b"))),
    card(form({"tag": "date_picker", "name": "d", "initial_date": "2026-06-05"})), card(nested(5)),
    card(*[dict(TABLE) for _ in range(5)]), card(*[div() for _ in range(100)]),
    card(config={"update_multi": True, "width_mode": "fill"}, header={"title": plain("x"), "template": "red"}),
    card(header={"title": plain("x"), "subtitle": plain("y"), "text_tag_list": [{"tag": "text_tag", "text": plain("z"), "color": "red"}]}),
    card(translated(zh_cn="好", zh_tw="好", zh_hk="好", en_us="Good")), card(*[dict(CHART) for _ in range(5)]),
    card(form({"tag": "input", "name": "t", "default_value": "好", "i18n_default_value": {"en_us": "Good"}})),
    card(config={"summary": {"content": "好", "i18n_content": {"en_us": "Good"}}}),
    card(bars(label={"visible": True, "formatter": "{n}%"})), card(*map(moment, ("date_short", "week_short", "time"))),
)  # fmt: skip


def test_sound():
    for one in SOUND:
        judge(one, KNOWN)


REJECTED: tuple[tuple[Any, int], ...] = (
    ({"elements": []}, 200621),
    (card(div(), elements=[]), 200621),
    (card({"tag": "action", "actions": []}), 200861),
    (card({"tag": "note", "elements": []}), 200861),
    (card({"tag": "unheard_of"}), 200621),
    (card({"text": plain("x")}), 200621),
    (card({**div(), "elements": []}), 200621),
    (card({**marked("x"), "text_color": "red"}), 200621),
    (card({"tag": "div", "text": {**plain("x"), "text_weight": "bold"}}), 200621),
    (card(header={"tag": "header", "title": plain("x")}), 200621),
    (card(header={"title": "x"}), 200621),
    (card(header={"title": plain("x"), "template": "pink"}), 200621),
    (card(header={"title": plain("x"), "text_tag_list": [{"tag": "text_tag", "text": plain("z")}] * 4}), 11310),
    (card(config={"update_multi": False}), 200621),
    (card(config={"wide_screen_mode": True}), 200621),
    (card({"tag": "input", "name": "t", "icon": {}}), 200621),
    (card(form({"tag": "input", "name": "t", "max_length": 1_001})), 200621),
    (card(form({"tag": "input", "name": "t", "max_length": 2, "default_value": "abc"})), 200621),
    (card({**button(), "horizontal_align": "left"}), 200621),
    (card({**button(), "type": "loud"}), 200621),
    (card({**button(), "behaviors": [{"type": "callback", "value": "text"}]}), 200671),
    (card({**button(), "behaviors": [{"type": "unheard_of"}]}), 200621),
    (card({"tag": "column_set", "columns": [div()]}), 200621),
    (card({"tag": "column_set", "columns": [{"tag": "column", "elements": [dict(TABLE)]}]}), 200621),
    (card({"tag": "column_set", "columns": [{"tag": "column", "elements": [form()]}]}), 200621),
    (card({"tag": "form", "name": "f", "elements": [div()]}), 200621),
    (card(form({"tag": "input"})), 200530),
    (card(form({"tag": "input", "name": "ok"})), 200530),
    (card(form(name="f"), {"tag": "input", "name": "ok"}), 200530),
    (card({"tag": "multi_select_person", "name": "p"}), 200621),
    (card(form({**PERSON, "options": [{"value": "ou_nobody"}]})), 100290),
    (card(form({**PERSON, "initial_option": "ou_nobody"})), 100290),
    (card({"tag": "person", "user_id": "ou_nobody"}), 100290),
    (card(marked("<at id=ou_nobody></at>")), 100290),
    (card(marked("![x](https://x.example)")), 200570),
    (card({"tag": "img", "img_key": "img_v3_other", "alt": plain("x")}), 200570),
    (card(form(menu())), 200621),
    (card(form(menu("a", "a"))), 200621),
    (card(form(menu("a", initial_option="b"))), 200621),
    (card(form({"tag": "date_picker", "name": "d", "initial_date": "5.6.2026"})), 200621),
    (card(*[dict(TABLE) for _ in range(6)]), 11310),
    (card(*[marked("|a|b|\n|---|---|\n|1|2|") for _ in range(6)]), 11310),
    (card({**TABLE, "rows": [{"b": "1"}]}), 200915),
    (card({**TABLE, "page_size": 11}), 200621),
    (card({**TABLE, "columns": [{"name": "a"}, {"name": "a"}]}), 200914),
    (card({"tag": "chart", "chart_spec": {"type": "bar"}}), 200550),
    (card({"tag": "chart", "chart_spec": {"type": "cake", "data": {"values": [{}]}}}), 200550),
    (card(bars(data={"values": []})), 200550),
    (card(bars(data={"values": [{"w": "W46", "n": "79"}]})), 200550),
    (card(bars(yField="other")), 200550),
    (card(bars(onClick="x")), 200550),
    (card(bars(label={"visible": True, "formatMethod": "x"})), 200550),
    (card(bars(label={"visible": True, "formatter": "{other}"})), 200550),
    (card({**CHART, "color_theme": "rainbow"}), 200621),
    (card({**CHART, "aspect_ratio": "3:1"}), 200621),
    (card(*[dict(CHART) for _ in range(6)]), 11310),
    (card(translated()), 200621),
    (card(translated(zh="好")), 200621),
    (card(translated(**{"zh-Hans": "好"})), 200621),
    (card(translated(en_us=None)), 200621),
    (card({**marked("好"), "i18n_content": "Good"}), 200621),
    (card(header={"title": {**plain("好"), "i18n_content": {"en": "Good"}}}), 200621),
    (card(config={"summary": {"content": "好", "i18n": {}}}), 200621),
    (card(config={"summary": {"content": "好", "i18n_content": {"english": "Good"}}}), 200621),
    (card(translated(en_us="<at id=ou_nobody></at>")), 100290),
    (card(form({"tag": "input", "name": "t", "max_length": 2, "default_value": "好", "i18n_default_value": {"en_us": "Good"}})), 200621),
    (card(moment("date_time")), 200621),
    (card(moment("time", "soon")), 200621),
    (card(*[div() for _ in range(101)]), 11310),
    (card(nested(7)), 11310),
    (card({**div(), "element_id": "1st"}), 200621),
    (card({**div(), "element_id": "a"}, {**div(), "element_id": "a"}), 200621),
    (card("div"), 200621),
    (card(form({**marked("x"), "content": ""})), 200621),
)  # fmt: skip


def test_rejected_with_the_sub_code_and_the_place():
    for one, sub in REJECTED:
        with pytest.raises(CardError) as caught:
            judge(one, KNOWN)
        assert caught.value.sub == sub, one
        assert f"ErrCode: {sub};" in caught.value.msg, one


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_thirty_kilobytes(over):
    made = card(div(""))
    made["body"]["elements"][0]["text"]["content"] = "x" * (MOST_BYTES + over - len(json.dumps(made)))
    if over <= 0:
        judge(made, KNOWN)
    else:
        with pytest.raises(FeishuError) as caught:
            judge(made, KNOWN)
        assert caught.value.code == 230025


def test_no_component_takes_a_property_that_it_does_not_have():
    for tag in PROPERTIES:
        with pytest.raises(CardError) as caught:
            judge(card({"tag": tag, "unheard_of": 1}), KNOWN)
        assert "property: unheard_of" in caught.value.msg, tag


def test_what_is_required_is_required():
    for tag in (tag for tag, needed in REQUIRED.items() if needed):
        with pytest.raises(CardError) as caught:
            judge(card({"tag": tag}), KNOWN)
        assert "required" in caught.value.msg, tag


def test_the_place_is_named():
    with pytest.raises(CardError) as caught:
        judge(card(div(), {**div(), "x": 1}), KNOWN)
    assert "ROOT -> body -> elements -> [1](tag: div)" in caught.value.msg
