"""Cards as Slack's messages: every word there, nothing alive that a person wrote, every limit kept, nothing cut silently."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.limits import BUTTON, FALLBACK, HEADER, MESSAGE_BLOCKS, SECTION, clipped, pieces, wide
from adapters.slack.outgoing import asked, escaped, fallback, key_of, message, metadata
from bot.cards import (
    Button,
    Buttons,
    Card,
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
from tests.adapters.slack.drawing import same_as_golden, sound, words_in
from tests.contracts.cards import BLOCKS, HOSTILE
from tests.views.shown import everything

WORDS = st.text(max_size=60)
LONG = st.one_of(WORDS, st.integers(1, 9_000).map(lambda n: "字" * n), st.just("👨‍👩‍👧‍👦" * 700))
BUTTON_OF = st.builds(
    Button, st.text(min_size=1, max_size=90), LONG.map(lambda rest: f"/action add {rest}"),
    st.sampled_from(("normal", "primary", "danger")), WORDS, WORDS, st.integers(0, 99),
)  # fmt: skip
SPAN = st.one_of(
    st.builds(Plain, LONG), st.builds(Strong, WORDS), st.builds(Faint, WORDS), st.builds(Code, WORDS),
    st.builds(Link, WORDS, st.sampled_from(("https://x.example/a?b=1&c", "javascript:alert(1)", "", "http://" + "x" * 4000))),
    st.builds(Moment, st.integers(0, 2**31).map(lambda n: datetime.fromtimestamp(n, UTC)), WORDS),
    st.builds(Mention, WORDS, st.sampled_from((None, Account("slack", "U0123456789"), Account("web", "ann")))),
)  # fmt: skip
FORM_OF = st.builds(
    Form, WORDS, st.just("/action add"),
    st.lists(st.builds(Field, st.text("abcdef", min_size=1, max_size=5), st.text(min_size=1, max_size=30)), min_size=1, max_size=4).map(tuple),
    st.text(min_size=1, max_size=20),
)  # fmt: skip
BLOCK = st.one_of(
    st.builds(Text, st.lists(SPAN, max_size=5).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(WORDS, LONG), max_size=5).map(tuple)),
    st.builds(Items, st.lists(st.builds(Item, WORDS, LONG, WORDS, st.lists(BUTTON_OF, max_size=3).map(tuple)), max_size=30).map(tuple), WORDS),
    st.builds(Table, st.tuples(WORDS, WORDS), st.lists(st.tuples(WORDS, WORDS), max_size=30).map(tuple)),
    st.builds(Quote, LONG, WORDS, st.sampled_from(("", "https://x.example"))),
    st.just(Divider()),
    st.builds(Buttons, st.lists(BUTTON_OF, max_size=4).map(tuple)),
    st.builds(Picture, st.just("a.svg"), st.just("image/svg+xml"), st.just(b"<svg/>"), WORDS),
    FORM_OF,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.builds(Card, LONG, st.lists(BLOCK, max_size=8).map(tuple)))
def test_any_card_is_a_message_that_slack_takes(card: Card):
    made = sound(message(card, "zh-Hans"))
    assert len(made.blocks) <= MESSAGE_BLOCKS


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_everything_the_core_shows_is_a_message_with_all_its_words(language):
    for area, shown in everything(language).items():
        for name, answer in shown:
            if answer is None or isinstance(answer, File):
                continue
            card = asked(answer, language)
            made = sound(message(card, language))
            drawn = "".join(words_in(made.blocks).split())
            titled = "".join(card.title.split())
            assert titled in drawn, f"{area}: {name}"


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_every_block_keeps_its_words(kind):
    block, words = BLOCKS[kind]
    drawn = words_in(sound(message(Card("看这里", (block,)), "zh-Hans")).blocks)
    assert [word for word in words if word not in drawn] == []


def test_all_blocks_together_as_they_are_kept():
    card = Card("看这里", tuple(block for block, _ in BLOCKS.values()), "warn")
    made = sound(message(card, "zh-Hans"))
    same_as_golden("every-block", {"text": made.text, "blocks": made.blocks, "files": [one.name for one in made.files]})


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_what_a_person_wrote_is_alive_nowhere(text):
    """A4 rows 28 and 29: neither in the blocks, which read no markup, nor in the text beside them, which does."""
    written = Card(text, (
        Text((Plain(text), Strong(text), Code(text), Faint(text), Mention(text))), Facts(((text, text),)),
        Items((Item(text, text, text, (Button(text or "x", "/x", confirm=text),)),), text), Quote(text, text),
        Table((text,), ((text,),)),
    ))  # fmt: skip
    made = sound(message(written, "en"))
    tree = json.dumps(made.blocks)
    assert '"mrkdwn"' not in tree
    assert '"emoji": true' not in tree
    assert not any(kind in tree for kind in ('"type": "user"', '"type": "broadcast"', '"type": "usergroup"'))
    assert "<" not in made.text
    assert text in words_in(made.blocks)


def test_a_mention_is_alive_only_for_an_account_of_slack():
    spans = (Mention("李四", Account("slack", "U0123456789")), Mention("王五", Account("web", "w")), Mention("孙七"))
    elements = message(Card("t", (Text(spans),)), "en").blocks[1]["elements"][0]["elements"]
    assert elements == [
        {"type": "user", "user_id": "U0123456789"}, {"type": "text", "text": "@王五"}, {"type": "text", "text": "@孙七"},
    ]  # fmt: skip


@pytest.mark.parametrize(("shows", "form"), [("time", "{time}"), ("day", "{date_short_pretty} {time}")])
def test_a_moment_is_each_readers_own(shows, form):
    """Their client's zone and words; where it shows none, and in notifications, ours, which name their zone."""
    moment = Moment(datetime(2026, 11, 27, 15, 0, 0, 500_000, ZoneInfo("Asia/Shanghai")), "15:00（GMT+8）", shows)
    made = sound(message(Card("会", (Text((Plain("到 "), moment)),)), "zh-Hans"))
    elements = made.blocks[1]["elements"][0]["elements"]
    assert elements == [
        {"type": "text", "text": "到 "},
        {"type": "date", "timestamp": 1_795_762_800, "format": form, "fallback": "15:00（GMT+8）"},
    ]
    assert made.text == "会\n到 15:00（GMT+8）"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "//x"])
def test_only_the_web_is_linked(url):
    made = message(Card("t", (Text((Link("看", url),)), Quote("话", "谁", url))), "en")
    assert '"link"' not in json.dumps(made.blocks)


# --- limits, at n - 1, n and n + 1 ---


@pytest.mark.parametrize("length", [HEADER - 1, HEADER, HEADER + 1, 3 * SECTION])
def test_a_long_title_stands_whole(length):
    made = sound(message(Card("长" * length), "en"))
    assert made.blocks[0]["type"] == ("header" if length <= HEADER else "rich_text")
    assert words_in(made.blocks).count("长") == length


@pytest.mark.parametrize("length", [SECTION - 1, SECTION, SECTION + 1])
def test_a_long_paragraph_goes_on_in_the_next_block(length):
    made = sound(message(Card("t", (Text((Plain("a" * length),)),)), "en"))
    assert words_in(made.blocks[1:]).replace("\n", "") == "a" * length
    assert made.files == ()


@pytest.mark.parametrize("length", [BUTTON, BUTTON + 1])
def test_a_long_label_is_clipped_where_it_can_be_seen(length):
    element = message(Card("t", (Buttons((Button("a" * length, "/x"),)),)), "en").blocks[1]["elements"][0]
    assert element["text"]["text"] == ("a" * length if length == BUTTON else "a" * (BUTTON - 1) + "…")


@pytest.mark.parametrize("items", [48, 49, 50, 400])
def test_a_list_too_long_for_a_message_continues_in_a_file(items):
    lines = tuple(Item(f"A-{n}", f"第{n}件", "", (Button("看", f"/action show A-{n}"),)) for n in range(items))
    card = Card("很多", (Items(lines), Buttons((Button("下一页", "/action list page 2"),))))
    made = sound(message(card, "zh-Hans"))
    shown = words_in(made.blocks)
    assert "下一页" in shown, "the way on is never what is left out"
    if items <= 48:
        assert made.files == ()
        assert all(f"第{n}件" in shown for n in range(items))
    else:
        assert "全文在文件 很多.txt 里" in shown
        assert made.files[0].content.decode() == plain(card)


def test_a_long_text_continues_in_a_file_that_has_all_of_it():
    card = Card("长文", (Text((Plain("长" * 40_000),)),))
    made = sound(message(card, "en"))
    assert "长" * 40_000 in made.files[0].content.decode()
    assert "The whole text" not in words_in(made.blocks)
    assert "the whole text is in the file 长文.txt" in words_in(made.blocks)


def test_a_line_too_long_for_a_button_is_there_to_be_typed():
    import random

    line = "/action add " + "".join(chr(random.Random(n).randint(0x4E00, 0x9FFF)) for n in range(3_000))
    made = sound(message(Card("t", (Buttons((Button("记下", line), Button("帮助", "/help"))),)), "en"))
    assert [
        one["text"]["text"] for block in made.blocks if block["type"] == "actions" for one in block["elements"]
    ] == ["帮助"]
    assert line in words_in(made.blocks).replace("\n", "")


def test_an_empty_card_is_still_a_message():
    assert sound(message(Card(" "), "en")).blocks


# --- the text beside the blocks ---


def test_the_fallback_says_everything_and_first_what_and_by_when():
    card = Card(
        "🟡 A-42 后天到期", (Text((Plain("a < b & c > d"),)), Buttons((Button("完成", "/action submit A-42"),)))
    )
    assert fallback(card) == "🟡 A-42 后天到期\na &lt; b &amp; c &gt; d\n[完成: /action submit A-42]"


def test_a_long_fallback_stays_below_what_an_update_takes():
    assert wide(fallback(Card("长", (Text((Plain("<" * 4_000),)),)))) <= FALLBACK


def test_escaping_leaves_nothing_that_slack_reads():
    assert escaped("<!channel> <@U1> &lt;") == "&lt;!channel&gt; &lt;@U1&gt; &amp;lt;"


# --- answers without a modal, keys, pieces ---


def test_a_form_without_a_modal_says_what_it_asks_and_can_be_opened():
    form = Form(
        "延期到哪天",
        "/action postpone A-1",
        (Field("due", "新截止日", "day", hint="确切的一天"),),
        "延期",
        example="周五",
    )
    made = sound(message(asked(form, "zh-Hans"), "zh-Hans"))
    shown = words_in(made.blocks)
    assert all(word in shown for word in ("延期到哪天", "新截止日", "确切的一天", "周五"))
    assert made.blocks[-1]["elements"][0]["value"] == "0:/action postpone A-1"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (File("a.csv", "text/csv", b""), "The file a.csv comes to you alone, in our direct messages."),
        (Toast("已提醒"), "已提醒"),
    ],
)
def test_a_word_has_no_headline(answer, said):
    made = sound(message(asked(answer, "en"), "en"))
    assert [block["type"] for block in made.blocks] == ["rich_text"]
    assert (words_in(made.blocks), made.text) == (said, said)


def test_a_choice_field_inside_a_card_is_named():
    form = Form("t", "/x", (Field("p", "优先级", "choice", choices=(Choice("high", "高"),)),), "好")
    assert "优先级" in words_in(message(Card("c", (form,)), "en").blocks)


def test_a_message_is_known_again_by_its_key_alone():
    assert key_of({"metadata": metadata("remind:A-42")}) == "remind:A-42"
    assert key_of({"metadata": {"event_type": "another", "event_payload": {"key": "remind:A-42"}}}) == ""
    assert key_of({}) == ""


@given(st.text(), st.integers(41, 200))
def test_pieces_are_the_text(text, limit):
    parts = list(pieces(text, limit))
    assert "".join(parts) == text
    assert all(0 < wide(part) <= limit for part in parts)


@pytest.mark.parametrize("whole", ["👨‍👩‍👧‍👦", "🏳️‍🌈", "é", "👍🏽", "🇨🇳"])
def test_no_character_is_cut_in_two(whole):
    for before in range(90, 101):
        parts = list(pieces("x" * before + whole + "y" * 50, 100))
        assert sum(whole in part for part in parts) == 1


def test_what_is_clipped_shows_it():
    assert clipped("abcdef", 4) == "abc…"
    assert clipped("abcd", 4) == "abcd"
