"""Cards as the page's JSON: complete, without bytes, without addresses that run."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.outgoing import body, file_url, files_of
from bot.cards import Button, Card, File, Item, Items, Link, Mention, Picture, Quote, Text
from bot.people import Account
from tests.adapters.web.browserless import leaves
from tests.contracts.cards import BLOCKS


def test_every_block_becomes_json_with_all_its_words():
    card = Card("标题", tuple(block for block, _ in BLOCKS.values()), "warn")
    drawn = leaves(json.loads(json.dumps(body(card))))
    assert [word for _, words in BLOCKS.values() for word in words if word not in "\n".join(drawn)] == []


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", ""]
)
def test_only_the_web_is_linked(url: str):
    blocks = body(Card("t", (Text((Link("看", url),)), Quote("话", "谁", url))))["card"]["blocks"]
    assert blocks[0]["spans"][0]["url"] == blocks[1]["url"] == ""


def test_http_and_https_are_linked():
    for url in ("http://x.example/a?b=1&c=2", "HTTPS://x.example/"):
        assert body(Card("t", (Text((Link("看", url),)),)))["card"]["blocks"][0]["spans"][0]["url"] == url


def test_a_mention_is_a_person_here_only_by_an_account_of_this_messenger():
    spans = (Mention("李四", Account("web", "u-li")), Mention("李四", Account("other", "U1")), Mention("李四"))
    drawn = body(Card("t", (Text(spans),)))["card"]["blocks"][0]["spans"]
    assert [span["user"] for span in drawn] == ["u-li", "", ""]
    assert {span["text"] for span in drawn} == {"@李四"}


def test_a_presss_version_and_question_go_along():
    button = Button("谢绝", "/action decline A-1", "danger", "确定？", "谢绝 A-1", 5)
    items = body(Card("t", (Items((Item("1", "一", "", (button,)),)),)))["card"]["blocks"][0]["items"]
    assert items[0]["buttons"] == [
        {"label": "谢绝", "command": "/action decline A-1", "style": "danger", "confirm": "确定？", "version": 5}
    ]


@given(st.binary(), st.binary(), st.text(), st.text())
def test_a_file_is_kept_under_an_id_of_its_content(one: bytes, other: bytes, name: str, named: str):
    card = Card("t", (File(name, "text/csv", one), Picture(named, "image/png", other, "图")))
    first, second = files_of(card)
    assert (first.content, second.content) == (one, other)
    assert [block["url"] for block in body(card)["card"]["blocks"]] == [file_url(first.id), file_url(second.id)]
    assert (first.id == second.id) is ((name, "text/csv", one) == (named, "image/png", other))
    assert files_of(card) == (first, second)
