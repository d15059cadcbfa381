"""Cards as Feishu's cards: every word there, nothing alive that a person wrote, every limit kept, nothing cut silently."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.feishu.limits import CARD_NODES, SUMMARY, TITLE, clipped, nodes, pieces, written
from adapters.feishu.outgoing import asked, bare, message, toast
from adapters.feishu.parts import Scene
from bot.cards import (
    Bar,
    Block,
    Button,
    Buttons,
    Card,
    Chart,
    Choice,
    Code,
    Divider,
    Facts,
    Faint,
    Field,
    File,
    Form,
    Item,
    Items,
    Link,
    Mention,
    Moment,
    Picture,
    Plain,
    Quote,
    Strong,
    Table,
    Text,
    Toast,
    plain,
)
from bot.people import Account
from tests.adapters.feishu.drawing import read, same_as_golden, sound
from tests.contracts.cards import BLOCKS, HOSTILE
from tests.views.shown import everything

HERE = Scene()
NASTY = st.text(alphabet=st.sampled_from("*_~`[]()<>#+-!|\\&:;\n\t 0123.ab字👍\u200d"), max_size=40)
WORDS = st.one_of(st.text(max_size=60), NASTY)
LONG = st.one_of(WORDS, st.integers(1, 9_000).map(lambda n: "字" * n), st.just("👨‍👩‍👧‍👦" * 700))
BUTTON_OF = st.builds(
    Button, st.text(min_size=1, max_size=90), LONG.map(lambda rest: f"/action add {rest}"),
    st.sampled_from(("normal", "primary", "danger")), WORDS, WORDS, st.integers(0, 99),
)  # fmt: skip
SPAN = st.one_of(
    st.builds(Plain, LONG), st.builds(Strong, LONG), st.builds(Faint, WORDS), st.builds(Code, WORDS),
    st.builds(Link, WORDS, st.sampled_from(("https://x.example/a?b=1&copy=2", "javascript:alert(1)", "", "http://" + "x" * 4000))),
    st.builds(Mention, WORDS, st.sampled_from((None, Account("feishu", "ou_ann"), Account("web", "ann")))),
    st.builds(Moment, st.integers(1_600_000_000, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)), WORDS, st.sampled_from(("time", "day"))),
)  # fmt: skip
FIELD_OF = st.builds(
    Field, st.text("abcdef", min_size=1, max_size=5), WORDS,
    st.sampled_from(("text", "paragraph", "day", "person", "people", "choice", "number")), st.booleans(), LONG, WORDS, WORDS,
    st.lists(st.builds(Choice, WORDS, WORDS), max_size=4).map(tuple), st.integers(1, 5_000),
)  # fmt: skip
FORM_OF = st.builds(
    Form, WORDS, st.just("/action add"),
    st.lists(FIELD_OF, min_size=1, max_size=6, unique_by=lambda field: field.name).map(tuple), WORDS, WORDS,
)  # fmt: skip
BLOCK = st.one_of(
    st.builds(Text, st.lists(SPAN, max_size=5).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(WORDS, LONG), max_size=5).map(tuple)),
    st.builds(Items, st.lists(st.builds(Item, WORDS, LONG, WORDS, st.lists(BUTTON_OF, max_size=3).map(tuple)), max_size=30).map(tuple), WORDS),
    st.builds(Table, st.tuples(WORDS, WORDS), st.lists(st.tuples(WORDS, WORDS), max_size=30).map(tuple)),
    st.builds(Chart, WORDS, st.lists(st.builds(Bar, WORDS, st.integers(0, 10_000)), max_size=12).map(tuple), st.sampled_from(("", "%"))),
    st.builds(Quote, LONG, WORDS, st.sampled_from(("", "https://x.example"))),
    st.just(Divider()),
    st.builds(Buttons, st.lists(BUTTON_OF, max_size=4).map(tuple)),
    st.builds(Picture, st.just("a.svg"), st.just("image/svg+xml"), st.just(b"<svg/>"), WORDS),
    FORM_OF,
)  # fmt: skip
SCENE = st.builds(
    Scene, st.sampled_from(("", "oc_1")), st.just({}), st.sampled_from(({}, {"安娜": "ou_ann", "薄一": "ou_bo"})),
    st.booleans(), st.booleans(),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.builds(Card, LONG, st.lists(BLOCK, max_size=8).map(tuple)), SCENE)
def test_any_card_is_a_card_that_feishu_takes(card: Card, scene: Scene):
    made = sound(message(card, scene))
    assert nodes(made.card["body"]) <= CARD_NODES + 5


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.builds(Card, LONG, st.lists(BLOCK, max_size=8).map(tuple)))
def test_any_card_in_words_alone_too(card: Card):
    sound(bare(card))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(NASTY, st.sampled_from((Plain, Strong, Code)))
def test_signs_that_are_markup_are_read_as_they_were_written(text, kind):
    """Whatever stands around them: bold, and the words beside it, on one line of markdown."""
    card = Card("t", (Text((Strong("a"), kind(text), Strong("b"), Plain("c"))),))
    seen = read(sound(message(card, HERE)).card).replace("\t", " ")
    assert _squeezed(f"a{text}bc") in _squeezed(seen)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_everything_the_core_shows_is_a_card_with_all_its_words(language):
    for area, shown in everything(language).items():
        for name, answer in shown:
            if answer is None or isinstance(answer, File):
                continue
            card = asked(answer)
            made = sound(message(card, HERE))
            drawn = _squeezed(read(made.card))
            assert _squeezed(card.title) in drawn, f"{area}: {name}"
            assert not made.files or card.blocks, f"{area}: {name} does not fit"


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_every_block_keeps_its_words(kind):
    block, words = BLOCKS[kind]
    drawn = read(sound(message(Card("看这里", (block,)), HERE)).card)
    assert [word for word in words if word not in drawn] == []


def test_all_blocks_together_as_they_are_kept():
    card = Card("看这里", tuple(block for block, _ in BLOCKS.values()), "warn")
    made = sound(message(card, HERE))
    same_as_golden("every-block", {"card": made.card, "files": [one.name for one in made.files]})


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_what_a_person_wrote_is_alive_nowhere(text):
    """A4 rows 28 and 29: no mention, no image, no link and no made-up id in it reaches Feishu's reader of markup."""
    written_ = Card(text, (
        Text((Plain(text), Strong(text), Code(text), Faint(text), Mention(text))), Facts(((text, text),)),
        Items((Item(text, text, text, (Button(text or "x", "/x", confirm=text),)),), text), Quote(text, text),
        Table((text,), ((text,),)),
    ))  # fmt: skip
    made = sound(message(written_, HERE))
    for content in _markdowns(made.card):
        outside = content.replace("<br>", "").replace("<font color='grey'>", "").replace("</font>", "")
        assert "<" not in outside.replace(f"`{text}`", "")
        assert "](" not in outside.replace(f"`{text}`", "")
    assert _squeezed(text) in _squeezed(read(made.card))


def test_an_image_in_words_does_not_reject_the_card():
    """Sheet 3.1: `![](url)` from a user makes Feishu reject the whole card."""
    text = "![x](https://evil.example/a.png) <at id=ou_nobody></at> <at id=all></at> | a |\n|---|---|"
    made = sound(message(Card("x", (Text((Strong("a"), Plain(text))),)), HERE))
    assert text.replace("\n", "") in read(made.card).replace("\n", "")


def test_a_mention_is_alive_only_for_an_account_of_feishu():
    def made(*accounts: Account | None, people: bool = True) -> str:
        spans = tuple(Mention("李四", account) for account in accounts)
        return json.dumps(message(Card("t", (Text(spans),)), Scene(people=people)).card, ensure_ascii=False)

    assert "<at id=ou_ann></at>" in made(Account("feishu", "ou_ann"))
    for nobody in (None, Account("web", "ann"), Account("feishu", "all"), Account("feishu", "ou_x></at><at id=all>")):
        assert "<at" not in made(nobody)
    assert "<at" not in made(Account("feishu", "ou_ann"), people=False)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://x", "https://a b", "https://x/" + "y" * 3000])
def test_an_address_that_feishu_would_not_open_is_words(url):
    assert "](" not in json.dumps(message(Card("t", (Text((Link("流程", url),)),)), HERE).card)


def test_a_link_keeps_its_address_whatever_stands_in_it():
    for url in ("https://x.example/a?b=1&copy=2&c=(3)", "https://x.example/a_b*c*d", "http://例子.example/路径"):
        seen = read(message(Card("t", (Text((Plain("见 "), Link("流程", url))),)), HERE).card)
        assert "流程 (http" in seen
        assert "&copy=2" in seen or "copy" not in url


def test_a_long_card_shows_its_beginning_and_its_presses_and_the_whole_follows():
    blocks: tuple[Block, ...] = (
        *(Text((Plain(f"{number} " + "字" * 900),)) for number in range(30)),
        Buttons((Button("完成", "/x"),)),
    )
    made = sound(message(Card("很长", blocks), HERE))
    seen = read(made.card)
    assert "0 字" in seen
    assert "29 字" not in seen
    assert "[完成]" in seen
    assert "全文在文件 很长.txt" in seen
    assert made.files[0].content.decode() == plain(Card("很长", blocks))
    assert "whole text is in the file" in read(made.card, "en_us")


@pytest.mark.parametrize("count", [1, 5, 6, 12])
def test_a_sixth_table_goes_into_the_file(count):
    blocks = tuple(Table(("列",), ((f"第{number}行",),)) for number in range(count))
    made = sound(message(Card("表", blocks), HERE))
    assert len(made.files) == (count > 5)
    assert "第0行" in read(made.card)


def test_a_chart_is_bars_with_their_figures_in_one_colour():
    chart = Chart("按期率", (Bar("W46", 79), Bar("W47", 86)), "%")
    made = sound(message(Card("周报", (chart,)), HERE)).card
    drawn = made["body"]["elements"][-1]
    assert (drawn["tag"], drawn["color_theme"], drawn["chart_spec"]["type"]) == ("chart", "brand", "bar")
    assert "按期率\nW46 79%\nW47 86%" in read(made)


@pytest.mark.parametrize("bars", [(), (Bar("W46", 79), Bar("W46", 86))], ids=["none", "two of one name"])
def test_what_would_be_drawn_wrong_is_said_in_words(bars):
    made = sound(message(Card("周报", (Chart("按期率", bars, "%"),)), HERE)).card
    assert '"tag":"chart"' not in written(made)
    assert "按期率" in read(made)
    assert all(f"{bar.figure}%" in read(made) for bar in bars)


def test_a_sixth_chart_goes_into_the_file():
    charts = tuple(Chart(f"第{number}张", (Bar("W46", number),)) for number in range(6))
    made = sound(message(Card("图", charts), HERE))
    assert "第4张" in read(made.card)
    assert "第5张" in made.files[0].content.decode()


def test_one_card_holds_one_form():
    form = Form("问", "/x", (Field("a", "甲"),), "好")
    made = sound(message(Card("两个", (form, form)), HERE))
    assert len(made.files) == 1


@pytest.mark.parametrize("count", [10, 60, 200])
def test_items_with_presses_stay_within_the_nodes(count):
    items = tuple(Item("🔴", f"A-{n} 评估", "逾期", (Button("催办", f"/action nudge A-{n}"),)) for n in range(count))
    made = sound(message(Card("清单", (Items(items),)), HERE))
    assert bool(made.files) == (count > 25)


@pytest.mark.parametrize("length", [TITLE - 1, TITLE, TITLE + 1, 4_000])
def test_a_title_is_whole_in_the_header_or_below_it(length):
    title = "题" * length
    card = sound(message(Card(title), HERE)).card
    assert title in _squeezed(read(card))
    assert len(card["header"]["title"]["content"]) <= TITLE
    assert len(card["config"]["summary"]["content"]) <= SUMMARY


def test_no_title_and_nothing_at_all():
    assert "header" not in sound(message(Card("", (Divider(),)), HERE)).card
    sound(message(Card(""), HERE))
    sound(message(Card("只有题目"), HERE))


def test_a_picture_that_was_uploaded_is_shown_and_another_follows_as_a_file():
    png, svg = Picture("a.png", "image/png", b"x", "图"), Picture("b.svg", "image/svg+xml", b"y", "画")
    made = sound(message(Card("图", (png, svg)), Scene(images={"a.png": "img_v3_1"})))
    assert '"img_key":"img_v3_1"' in written(made.card)
    assert [one.name for one in made.files] == ["b.svg"]
    assert "画" in read(made.card)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (Toast("已提醒王五", "good"), "success", "已提醒王五"),
        (Card("A-1 已接受\n更多", (), "warn"), "warning", "A-1 已接受"),
        (Card("题" * 300, (), "bad"), "error", "…"),
        (Form("问", "/x", (), "好"), "info", "问"),
        (File("a.csv", "text/csv", b""), "info", "[a.csv]"),
    ],
)
def test_what_pops_up_is_the_first_line(answer, kind, words):
    popped = toast(answer)
    assert popped["type"] == kind
    assert words in popped["content"]
    assert len(popped["content"]) <= SUMMARY


def test_tones_colour_the_header():
    colours = [
        message(Card("t", (), tone), HERE).card["header"]["template"] for tone in ("neutral", "good", "warn", "bad")
    ]
    assert colours == ["blue", "green", "orange", "red"]


def test_a_press_asks_before_it_sends_and_carries_an_object():
    press = Button("取消", "/action cancel A-1", "danger", "确定？", version=3)
    card = message(Card("t", (Buttons((press,)),)), Scene("oc_1")).card
    button = card["body"]["elements"][0]["columns"][0]["elements"][0]
    assert button["behaviors"] == [{"type": "callback", "value": {"c": "/action cancel A-1", "v": 3, "r": "oc_1"}}]
    assert button["confirm"]["text"]["content"] == "确定？"
    assert button["type"] == "danger"


@given(st.text(max_size=300), st.integers(1, 50))
def test_pieces_lose_nothing(text, limit):
    cut = list(pieces(text, limit))
    assert "".join(cut) == text
    assert all(0 < len(one) <= limit for one in cut)


def test_a_family_is_not_cut_apart():
    family = "👨‍👩‍👧‍👦"
    assert clipped("ab" + family * 3, 6) == "ab…"
    assert all(one.startswith("👨") for one in pieces(family * 400, 100))


def _markdowns(tree: object) -> list[str]:
    if isinstance(tree, dict):
        own = [tree["content"]] if tree.get("tag") in ("markdown", "lark_md") else []
        return own + [one for inner in tree.values() for one in _markdowns(inner)]
    return [one for inner in tree for one in _markdowns(inner)] if isinstance(tree, list) else []


def _squeezed(text: str) -> str:
    """Without blanks, and without what bold puts between stars and signs (markup.strong)."""
    return "".join(text.replace("\u200b", "").split())
