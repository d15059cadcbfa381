"""Cards on each rung: every word is there, nothing that a person wrote is alive, every limit is kept."""

import json
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.dingtalk import blocks, limits, outgoing
from bot.cards import Button, Buttons, Card, File, Item, Items, Plain, Quote, Strong, Text, plain
from tests.contracts.cards import BLOCKS, HOSTILE
from tests.simulators.dingtalk.eyes import rendered

GOLDEN = Path(__file__).parent / "golden"
EVERY = Card("🟡 A-42 后天到期", tuple(block for block, _ in BLOCKS.values()))


def drawn(card, rung, direct=True):
    return outgoing.shown(card, rung, direct=direct)


@pytest.mark.parametrize("rung", outgoing.RUNGS)
def test_every_block_as_it_was_agreed(rung):
    """With GOLDEN=write in the environment the files are written instead."""
    shown = drawn(EVERY, rung)
    text = (
        json.dumps({"title": shown.title, "values": shown.values, "text": shown.text}, ensure_ascii=False, indent=2)
        + "\n"
    )
    file = GOLDEN / f"{rung}.json"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", HOSTILE[:-1], ids=range(len(HOSTILE) - 1))
def test_what_a_person_wrote_is_shown_as_written(text):
    assert rendered(blocks.escaped(text)) == text


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Zl", "Zp")), max_size=80).filter(
        lambda text: text == text.strip()
    )
)
def test_whatever_a_person_wrote_is_shown_as_written(text):
    assert rendered(blocks.escaped(text)) == text


@pytest.mark.parametrize(
    "mark",
    [
        "# 标题",
        "> 引",
        "- 点",
        "+ 点",
        "1. 一",
        "10. 十",
        "**粗**",
        "[链](http://x)",
        "![图](x)",
        "~~删~~",
        "<font color=red>红</font>",
    ],
)
def test_no_mark_of_markdown_acts(mark):
    assert rendered(blocks.escaped(mark)) == mark


def test_a_links_address_cannot_end_the_link():
    made = blocks.link("这里", "https://example.org/a)b [x](https://evil.example) c")
    assert made.count("](") == 1
    assert "https://example.org/a%29b" in made


@pytest.mark.parametrize("url", ["javascript:alert(1)", "dtmd://dingtalkclient/sendMessage?content=x", "dingtalk://x"])
def test_no_link_but_to_the_web(url):
    from bot.cards import Link

    assert "](" not in blocks.drawn(Text((Link("点我", url),)))[0]


SIGNS = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n")
"""What is left of people's words when the core has cleaned them."""
words = st.builds(str.__mul__, st.text(SIGNS, max_size=30), st.integers(0, 100))


@settings(max_examples=60, deadline=None)
@given(words, st.lists(words, max_size=12), st.integers(0, 12), st.sampled_from(outgoing.RUNGS), st.booleans())
def test_every_limit_is_kept_whatever_is_said(title, paragraphs, presses, rung, direct):
    buttons = Buttons(tuple(Button(f"{title[:30]}{n}", f"/action accept A-{n} {title}") for n in range(presses)))
    shown = drawn(Card(title, (*(Quote(one) for one in paragraphs), buttons)), rung, direct)
    assert all(limits.size(value) <= 1_024 for value in shown.values.values())
    assert limits.size(json.dumps({"title": shown.title, "text": shown.text}, ensure_ascii=False)) <= 15_000
    assert len(shown.title) <= limits.TITLE
    assert shown.values or shown.text


@pytest.mark.parametrize(("times", "links", "files"), [(1, 4, 0), (20, 0, 0), (100, 0, 1)])
def test_presses_too_long_for_links_are_words_to_type_and_longer_ones_follow_in_the_file(times, links, files):
    """Which of four 李四 is meant: each press carries the whole line again, and a link writes a character in nine."""
    task = "把预算的说明改写成一页并附上各部门的对比数字" * times
    presses = [Button(name, f"/action add {task} @{name} 周五") for name in ("李四", "李四#7", "李四#9", "李四#12")]
    shown = drawn(Card("这一条写给谁？", (Text((Plain("有几位李四"),)), Buttons(tuple(presses)))), "links")
    assert "有几位李四" in shown.text
    assert (shown.text.count(outgoing.WRITES), len(shown.files)) == (links, files)
    assert limits.size(shown.text) <= limits.MESSAGE_BYTES
    assert all(press.command in rendered(shown.text) for press in presses) or links or files


@pytest.mark.parametrize("rung", outgoing.RUNGS)
def test_what_does_not_fit_is_whole_in_a_file(rung):
    long = Card("纪要", tuple(Text((Strong("段"), Plain("长" * 900))) for _ in range(20)))
    shown = drawn(long, rung)
    assert "全文在随后的文件" in json.dumps([shown.values, shown.text], ensure_ascii=False)
    with zipfile.ZipFile(BytesIO(outgoing.sendable(shown.files[0]).content)) as packed:
        assert packed.read("纪要.txt").decode() == plain(long)


def test_a_long_title_stands_whole_in_the_words():
    title = "很长的标题" * 40
    for rung in outgoing.RUNGS:
        shown = drawn(Card(title), rung)
        assert title in rendered(shown.text or shown.values.get("text1") or shown.values["markdown"])


def test_a_card_too_long_for_the_public_template_is_a_message_with_links():
    card = Card("本周", (Text((Plain("长" * 500),)), Buttons((Button("接受", "/action accept A-1", say="接受 A-1"),))))
    assert drawn(card, "public").values == {}
    assert "dtmd://dingtalkclient/sendMessage?content=" in drawn(card, "public").text
    assert "dtmd" not in drawn(card, "public", direct=False).text, "in a group such a link reaches nobody"


def test_presses_of_lines_are_told_apart_by_their_number():
    items = Items((
        Item("🔴 A-31", "评估", "", (Button("催办", "/action nudge A-31", say="催办 A-31"),)),
        Item("🟢", "A-40 话术", "", (Button("催办", "/action nudge A-40", say="催办 A-40"),)),
    ))  # fmt: skip
    shown = drawn(Card("列表", (items,)), "template")
    assert [shown.values["b1"], shown.values["b2"]] == ["催办 A-31", "催办 A-40"]
    assert shown.values["k1"] != shown.values["k2"]
    typed = rendered(drawn(Card("列表", (items,)), "text").text)
    assert "催办：回复「催办 A-31」，其他编号同理" in typed


def test_a_group_is_told_to_mention_the_bot():
    card = Card("请确认", (Buttons((Button("接受", "/action accept A-1", say="接受 A-1"),)),))
    assert "接受：@我 说「接受 A-1」" in rendered(drawn(card, "links", direct=False).text)


@pytest.mark.parametrize("rung", outgoing.RUNGS)
def test_a_question_in_a_group_says_that_the_answer_must_mention_the_bot(rung):
    card = Card("新增行动项", (BLOCKS["form"][0],))
    told = json.dumps([drawn(card, rung, False).values, drawn(card, rung, False).text], ensure_ascii=False)
    assert "回答时请 @我" in told
    assert "回答时请 @我" not in json.dumps([drawn(card, rung).values, drawn(card, rung).text], ensure_ascii=False)


def test_a_press_has_the_same_key_on_every_card_and_none_of_its_command():
    press = Button("接受", "/action accept A-1", version=7)
    assert outgoing.key_of(press) == outgoing.key_of(Button("别的字", press.command, "danger", version=7))
    assert outgoing.key_of(press) != outgoing.key_of(Button("接受", press.command, version=8))
    assert "accept" not in json.dumps(drawn(Card("x", (Buttons((press,)),)), "public").values)


@pytest.mark.parametrize(
    ("name", "sent"), [("纪要.docx", "纪要.docx"), ("a.csv", "a.csv.zip"), ("b", "b.zip"), ("C.PDF", "C.PDF")]
)
def test_only_six_kinds_of_files_may_be_sent(name, sent):
    assert outgoing.sendable(File(name, "x/y", b"1")).name == sent
