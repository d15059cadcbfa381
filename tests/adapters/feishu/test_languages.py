"""One card, every language: what each reader picks out of it is that reading whole, and where that cannot be, one language is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields, replace

from adapters.feishu.languages import CODES, laid
from adapters.feishu.limits import WHOLE_BYTES, written
from adapters.feishu.outgoing import message
from adapters.feishu.parts import Scene
from bot.cards import (
    Bar,
    Button,
    Buttons,
    Card,
    Chart,
    Facts,
    Field,
    File,
    Form,
    Item,
    Items,
    Moment,
    Picture,
    Plain,
    Quote,
    Strong,
    Table,
    Text,
)
from bot.texts import LANGUAGES
from tests.adapters.feishu.counter import Counter, standing
from tests.adapters.feishu.drawing import read, sound
from tests.adapters.feishu.test_outgoing import BLOCK, LONG, SCENE
from tests.contracts.cards import BLOCKS
from tests.simulators.feishu import faults
from tests.views.shown import area

ROOM = Scene("oc_1")
SPOKEN = frozenset(
    "title text label confirm hint problem note submit example detail lead by alt columns rows pairs name say".split()
)
"""The parts of a card that a catalogue says; everything else is the same in each of its readings."""
MARKS = {"zh-Hans": "", "zh-Hant": "·繁", "en": "·en"}


def said(part: Any, mark: str, name: str = "") -> Any:
    """The same part of a card in another language, which is `mark` behind every word."""
    if isinstance(part, str):
        return part + mark if name in SPOKEN and part.strip() else part
    if isinstance(part, tuple):
        return tuple(said(one, mark, name) for one in part)
    if isinstance(part, Struct):
        same = ("name",) if isinstance(part, Field | File | Picture) else ("label",) if isinstance(part, Bar) else ()
        told = {one.name: said(getattr(part, one.name), mark, one.name) for one in fields(part) if one.name not in same}
        return replace(part, **told)
    return part


def in_every(card: Card) -> Card:
    """The card with its readings."""
    return replace(card, readings=tuple((one, said(card, mark)) for one, mark in MARKS.items() if mark))


def picked(tree: Any, code: str) -> Any:
    """What somebody with this language has before them, as a card of one language."""
    if isinstance(tree, list):
        return [picked(one, code) for one in tree]
    if not isinstance(tree, dict):
        return tree
    made = {name: picked(one, code) for name, one in tree.items() if not name.startswith("i18n_")}
    for name in [one for one in tree if one.startswith("i18n_")]:
        made[name.removeprefix("i18n_")] = tree[name].get(code) or next(iter(tree[name].values()))
    return made


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.builds(Card, LONG, st.lists(BLOCK, max_size=6).map(tuple)), SCENE)
def test_each_language_picked_from_the_card_is_that_reading_alone(card: Card, scene: Scene):
    made = sound(message(in_every(card), scene)).card
    if made == message(card, scene).card:
        return event("one language")
    for language, codes in CODES.items():
        alone = said(card, MARKS[language])
        for code in codes:
            drawn = [picked(message(alone, replace(scene, in_words=words)).card, code) for words in (False, True)]
            assert picked(made, code) in drawn
    return event("every language")


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_every_kind_of_block_is_read_in_each_language(kind):
    card = Card("看这里", (BLOCKS[kind][0],))
    made = sound(message(in_every(card), ROOM)).card
    for language, codes in CODES.items():
        expected = read(picked(message(said(card, MARKS[language]), ROOM).card, codes[0]))
        assert all(words in read(made, codes[0]) for words in expected.split())


def test_what_the_card_says_about_itself_is_in_each_language():
    press = Button("取消", "/action cancel A-1", "danger", "确定？")
    asked = Form(
        "延期", "/action postpone A-1", (Field("why", "理由", hint="为什么", value="等法务"),), "延期", "须有理由"
    )
    card = Card("A-1 今天到期", (Buttons((press,)), asked, Quote("原话", "李四")), readings=(
        ("zh-Hant", Card("A-1 今天到期了", (Buttons((replace(press, label="取消了", confirm="確定？"),)), asked, Quote("原话", "李四")))),
        ("en", Card("A-1 is due today", (
            Buttons((replace(press, label="Cancel", confirm="Sure?"),)),
            Form("Postpone", "/action postpone A-1", (Field("why", "Reason", hint="why", value="waiting"),), "Postpone", "Give a reason"),
            Quote("原话", "Li Si"),
        ))),
    ))  # fmt: skip
    made = sound(message(card, ROOM)).card
    english = picked(made, "en_us")
    assert english["header"]["title"]["content"] == "A-1 is due today"
    assert english["config"]["summary"]["content"] == "A-1 is due today"
    button = english["body"]["elements"][0]["columns"][0]["elements"][0]
    assert (button["text"]["content"], button["confirm"]["text"]["content"]) == ("Cancel", "Sure?")
    assert button["behaviors"][0]["value"]["c"] == "/action cancel A-1"
    for words in ("Postpone", "Reason", "why", "waiting", "Give a reason", "原话", "Li Si"):
        assert words in read(made, "en_us")
    assert "确定？" in written(picked(made, "zh_cn"))
    assert "確定？" in written(picked(made, "zh_tw"))
    assert "Postpone" not in read(made, "zh_cn")


def test_presses_that_would_send_other_lines_are_in_one_language():
    """Whoever reads it sends the line that the workplace's own reading has, and no other."""

    def one(label: str, line: str) -> tuple[Buttons]:
        return (Buttons((Button(label, line),)),)

    card = Card("选", one("明天", "/action add 明天"), readings=(
        ("zh-Hant", Card("選", one("明天", "/action add 明天"))), ("en", Card("Pick", one("Tomorrow", "/action add tomorrow"))),
    ))  # fmt: skip
    made = sound(message(card, ROOM)).card
    assert "i18n_content" not in written(made)
    assert "[明天]" in read(made, "en_us")


def test_every_language_of_the_catalogues_is_one_of_feishus():
    assert tuple(CODES) == LANGUAGES


@pytest.mark.parametrize("readings", [(), (("en", Card("Hi")),), tuple((one, Card("Hi")) for one in LANGUAGES)])
def test_without_knowing_which_language_is_its_own_a_card_has_one(readings):
    assert "i18n_content" not in written(message(Card("你好", readings=readings), ROOM).card)


def test_another_number_of_lines_is_in_one_language():
    card = Card("两行", (Text((Strong("一"),)), Text((Strong("二"),))), readings=(
        ("zh-Hant", Card("兩行", (Text((Strong("一"),)),))), ("en", Card("Two", (Text((Strong("One"),)),))),
    ))  # fmt: skip
    assert "i18n_content" not in written(sound(message(card, ROOM)).card)


@pytest.mark.parametrize(("count", "several"), [(3, True), (60, False)])
def test_a_card_that_would_pass_the_limit_is_in_one_language(count, several):
    items = tuple(Item("🔴", f"A-{n} " + "输出客诉流程" * 20, "逾期") for n in range(count))
    made = sound(message(in_every(Card("清单", (Items(items),))), ROOM)).card
    assert ("i18n_content" in written(made)) is several
    assert len(written(made).encode()) <= WHOLE_BYTES


def test_a_table_of_words_is_lines_where_its_readers_have_several_languages():
    """A cell has one language (sheet 4.8)."""
    card = in_every(Card("表", (Table(("编号", "状态"), (("A-1", "进行中"), ("A-2", "完成"))),)))
    made = sound(message(card, ROOM)).card
    assert '"tag":"table"' not in written(made)
    assert "A-2·en | 完成·en" in read(made, "en_us")
    same = Card("表", (Table(("#",), (("A-1",),)),))
    alike = replace(same, readings=tuple((one, replace(same, title=one)) for one in LANGUAGES[1:]))
    assert '"tag":"table"' in written(sound(message(alike, ROOM)).card)


@pytest.mark.parametrize(
    ("chinese", "english", "shown"),
    [
        (("W46", "W47"), ("W46", "W47"), ("W46", "W47")), (("第46周", "第47周"), ("W46", "W47"), ("46", "47")),
        (("上周", "本周"), ("last week", "this week"), ()), (("46至47", "48"), ("46-47", "48"), ()),
        (("第46周", "第47周"), ("W46", "W48"), ()), (("第46周", "第46天"), ("W46", "D46"), ()),
    ],
    ids=range(6),
)  # fmt: skip
def test_a_charts_bars_are_named_by_what_their_names_have_in_common(chinese, english, shown):
    """A chart has one language; where its bars have no name for everybody, each reads it in words."""

    def card(title: str, labels: tuple[str, ...]) -> Card:
        return Card(title, (Chart(title, tuple(map(Bar, labels, (79, 86))), "%"),))

    whole = replace(
        card("按期率", chinese), readings=(("zh-Hant", card("準時率", chinese)), ("en", card("On time", english)))
    )
    made = sound(message(whole, ROOM)).card
    assert ('"tag":"chart"' in written(made)) is bool(shown)
    for language, title, labels in (
        ("zh_cn", "按期率", chinese),
        ("zh_tw", "準時率", chinese),
        ("en_us", "On time", english),
    ):
        seen = read(made, language)
        assert title in seen
        assert all(f"{label} " in seen for label in shown or labels)
        assert "86%" in seen


def test_the_rooms_weekly_figures_are_a_chart_in_every_language():
    trend = [dict(area("digests", one))["trend"] for one in LANGUAGES]
    own, hant, english = (one for one in trend if isinstance(one, Card))
    made = sound(message(replace(own, readings=(("zh-Hant", hant), ("en", english))), ROOM)).card
    assert '"tag":"chart"' in written(made)
    assert "Done on time" in read(made, "en_us")


def test_files_are_the_cards_own_and_sent_once():
    mine, theirs = File("纪要.docx", "application/x", b"PK"), File("minutes.docx", "application/x", b"KP")
    card = Card("纪要", (mine, Picture("图.png", "image/png", b"1", "图")), readings=tuple(
        (one, Card("Minutes", (theirs, Picture("p.png", "image/png", b"2", "picture")))) for one in LANGUAGES[1:]
    ))  # fmt: skip
    made = sound(message(card, replace(ROOM, images={"图.png": "img_v3_1"})))
    assert made.files == (mine,)
    assert "[picture]" in read(made.card, "en_us")
    assert "纪要.docx" in read(made.card, "en_us")


def test_a_moment_is_in_each_readers_zone_and_only_in_rooms():
    moment = Moment(datetime(2026, 11, 27, 7, tzinfo=UTC), "11月27日（周五）15:00（GMT+8）")
    card = Card("开会", (Text((Plain("开始："), moment)),))
    made = sound(message(card, ROOM)).card
    assert "开始：11月27日 周五 15:00" in read(made)
    assert "GMT" not in read(made)
    assert "Nov 27 Fri 15:00" in read(made, "en_us")
    assert "15:00（GMT+8）" in read(sound(message(card, Scene())).card)
    hour = Card("开会", (Text((Plain("开始："), replace(moment, shows="time"))),))
    assert "开始：15:00" in read(sound(message(hour, ROOM)).card)


def test_laid_over_each_other_is_nothing_but_texts():
    one, two = {"tag": "plain_text", "content": "好"}, {"tag": "plain_text", "content": "Good"}
    assert laid({"zh-Hans": one, "en": one}) == one
    assert laid({"zh-Hans": one, "en": two}) == {**one, "i18n_content": {"zh_cn": "好", "en_us": "Good"}}
    assert laid({"zh-Hans": {"a": [one]}, "en": {"a": [one, two]}}) is None
    assert laid({"zh-Hans": {"a": 1}, "en": {"a": 2}}) is None
    assert laid({"zh-Hans": {"a": 1}, "en": {"b": 1}}) is None
    assert laid({"zh-Hans": {"tag": "text", "value": "x"}, "en": {"tag": "text", "value": "y"}}) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["live", "digests", "meeting_notices", "series", "help"])
def test_what_the_core_says_to_rooms_fits_over_itself(name):
    """Also what it says to one person, who reads it in one language: mornings carry an example in their reader's words."""
    shown = [[answer for _, answer in area(name, one)] for one in LANGUAGES]
    cards = [three for three in zip(*shown, strict=True) if all(isinstance(one, Card) for one in three)]
    assert cards
    for own, hant, english in cards:
        made = sound(message(replace(own, readings=(("zh-Hant", hant), ("en", english))), ROOM)).card
        assert english.title in read(made, "en_us"), own.title
        assert hant.title in read(made, "zh_tw"), own.title
        assert own.title in read(made, "zh_cn"), own.title


# --- over the wire ---


@pytest.fixture
async def counter():
    async with standing() as counter:
        yield counter


@pytest.mark.slow
async def test_posted_and_updated_in_every_language(counter: Counter):
    bo = counter.tenant.hires("Bo", language="en_us")
    counter.group.chat.members.append(bo.id)
    posted = await counter.posts(card=in_every(Card("A-42 待确认", (owned(),))))
    assert "A-42 待确认·en" in bo.sees(counter.group)
    assert "·en" not in counter.ann.sees(counter.group)
    await counter.messenger.update(posted, in_every(Card("A-42 进行中", (owned(),))))
    assert "A-42 进行中·en" in bo.sees(counter.group)


@pytest.mark.slow
async def test_two_zones_read_one_moment(counter: Counter):
    bo = counter.tenant.hires("Bo", language="en_us", zone="-0500")
    counter.group.chat.members.append(bo.id)
    moment = Moment(datetime(2026, 11, 27, 3, tzinfo=UTC), "11月27日（周五）11:00（GMT+8）")
    await counter.posts(card=in_every(Card("A-42", (Text((Plain("开会 "), moment)),))))
    assert "11月27日 周五 11:00" in counter.ann.sees(counter.group)
    assert "Nov 26 Thu 22:00" in bo.sees(counter.group)
    assert "GMT+8" not in bo.sees(counter.group)


@pytest.mark.slow
async def test_a_card_that_feishu_rejects_comes_in_one_language_with_its_presses(counter: Counter):
    counter.tenant.faults.next("POST im/v1/messages", faults.refuses(230099))
    await counter.posts(card=in_every(Card("A-42", (Buttons((Button("接受", "/action accept A-42"),)),))))
    shown = counter.group.messages[0].card
    assert "i18n_content" not in written(shown)
    assert "[接受]" in counter.ann.sees(counter.group)


def owned() -> Facts:
    return Facts((("负责人", "李四"),))
