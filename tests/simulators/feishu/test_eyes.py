"""What is seen: markdown acts, entities are letters, each reader's language and zone."""

import json

import pytest

from tests.simulators.feishu import markdown
from tests.simulators.feishu.conftest import card, div, plain
from tests.simulators.feishu.eyes import Eyes
from tests.simulators.feishu.values import Upload


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**粗** *斜* ~~删~~", "粗 斜 删"),
        ("&#42;&#42;粗&#42;&#42; &lt;at id=all&gt;", "**粗** <at id=all>"),
        ("[流程](https://x.example/a?b=1&amp;c=2)", "流程 (https://x.example/a?b=1&c=2)"),
        ("[https://x.example](https://x.example)", "https://x.example"),
        ("<at id=ou_1></at> 和 <person id='ou_2' style='normal'></person>", "@一 和 @二"),
        ("<font color='red'>红</font><br>下一行", "红\n下一行"),
        ("`**码**` 和 ```\n块 &amp;\n```", "**码** 和 块 &amp;"),
        ("# 标题\n> 引\n- 项", "标题\n引\n• 项"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<local_datetime millisecond='1780000000000' format_type='date_num'></local_datetime>", "2026-05-29"),
        ("a_b_c **没有结束", "abc **没有结束"),
    ],
)
def test_markdown_acts(text, seen):
    assert markdown.shown(text, {"ou_1": "一", "ou_2": "二"}.__getitem__) == seen


def test_a_moment_is_in_the_readers_zone():
    text = "<local_datetime millisecond='1780000000000' format_type='time'></local_datetime>"
    assert markdown.shown(text, str) == "04:26"
    assert markdown.shown(text, str, "-0330") == "16:56"


@pytest.mark.parametrize(
    ("form", "chinese", "english"),
    [
        ("date_num", "2026-05-29", "2026-05-29"), ("date_short", "5月29日", "May 29"), ("week_short", "周五", "Fri"),
        ("date", "2026年5月29日", "May 29, 2026"), ("week", "星期五", "Friday"), ("time_sec", "04:26:40", "04:26:40"),
        ("timezone", "GMT+8:00", "GMT+8:00"),
    ],
)  # fmt: skip
def test_a_day_is_in_the_readers_language(form, chinese, english):
    text = f"<local_datetime millisecond='1780000000000' format_type='{form}'></local_datetime>"
    assert markdown.shown(text, str) == chinese
    assert markdown.shown(text, str, language="en_us") == english


def test_each_reader_reads_their_own_language(office):
    text = {**plain("你好"), "i18n_content": {"zh_cn": "你好", "en_us": "Hello"}}
    made = card({"tag": "div", "text": text}, header={"title": text})
    assert list(Eyes(office.tenant, office.ann.user).card(made)) == ["你好", "你好"]
    assert list(Eyes(office.tenant, office.bo.user).card(made)) == ["Hello", "Hello"]


def test_a_language_that_is_missing_is_another_one_that_is_there(office):
    """Sheet 4.8: not what stands under `content`, so that a card must say each language it was made for."""
    text = {**plain("你好"), "i18n_content": {"en_us": "Hello"}}
    assert list(Eyes(office.tenant, office.ann.user).card(card({"tag": "div", "text": text}))) == ["Hello"]


def test_everything_a_card_has_is_read(office):
    made = card(
        {"tag": "table", "columns": [{"name": "a", "display_name": "人", "data_type": "persons"}, {"name": "b", "display_name": "态", "data_type": "options"}],
         "rows": [{"a": [office.bo.id], "b": [{"text": "晚", "color": "red"}]}, {}]},
        {"tag": "collapsible_panel", "header": {"title": plain("更多")}, "elements": [div("里面")]},
        {"tag": "chart", "chart_spec": {"type": "bar", "title": {"text": "每周"}, "xField": "w", "yField": "n",
         "label": {"visible": True, "formatter": "{n}%"}, "data": {"values": [{"w": "W46", "n": 79}]}}},
        {"tag": "img", "img_key": "x", "alt": plain("图")}, {"tag": "hr"},
        {"tag": "input", "name": "i", "label": plain("标签"), "placeholder": plain("提示")},
    )  # fmt: skip
    seen = "\n".join(Eyes(office.tenant, office.ann.user).card(made))
    for words in ("人 | 态", "薄一 | 晚", "更多", "里面", "每周", "W46 79%", "[图]", "—", "标签", "提示"):
        assert words in seen


async def test_files_and_texts(office):
    office.tenant.files["file_v3_1"] = Upload("file_v3_1", "a.txt", "全文".encode())
    await office.sends(msg_type="file", content='{"file_key":"file_v3_1"}')
    await office.sends(content=json.dumps({"text": f'<at user_id="{office.bo.id}">x</at> 好'}))
    assert "[a.txt]\n全文" in office.ann.sees()
    assert "@薄一 好" in office.ann.sees()
