"""DingTalk's payloads (platform sheet 3 and 5.5, ids invented) → what the core hears; nonsense is none of it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.dingtalk import incoming
from bot.messenger import Posted, Said
from bot.people import Account, Place, Room

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
AT = datetime.fromtimestamp(1_733_300_000.123, UTC)


def payload(name, **changes):
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8")) | changes


def message(data):
    """The message as the core hears it."""
    return incoming.message(data, Said(incoming.text(data) or ""), NOW)


def test_a_group_message_names_who_where_when_and_whom():
    data = payload("group")
    event = message(data)
    assert (event.id, event.at, event.by) == ("message:msgAbC123==", AT, Account("dingtalk", "0456li"))
    assert event.where == Place("dingtalk", Room("dingtalk", "cidGRP0001=="))
    assert event.where.room.name == "项目周会"
    assert event.what.text == "/action add 发布周报 due:周五"
    assert incoming.mentions(data) == ("0123zhang",), "the bot is left out"


def test_one_to_one_is_direct_and_its_time_may_be_a_text():
    data = payload("direct")
    event = message(data)
    assert (event.where.direct, event.at, event.what.text) == (True, AT, "帮助")


@pytest.mark.parametrize("given", [None, "", "soon", [], 10**30, -(10**30)])
def test_a_time_that_cannot_be_read_is_that_of_arrival(given):
    assert incoming.moment({"createAt": given}, NOW) == NOW


def test_rich_text_keeps_names_in_reading_order():
    data = payload("rich_text")
    said = incoming.text(data)
    assert said == "新增 评估 @韩梅梅 配合 @张三"
    names = {"0123zhang": "张三", "0789han": "韩梅梅"}
    assert incoming.ordered(incoming.mentions(data), names, said) == ("0789han", "0123zhang")
    assert incoming.downloads(data) == {"dl1": "richText"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [("@闭环 帮助", "帮助"), ("＠闭环：帮助", "帮助"), ("@闭环", ""), ("@闭环团队 帮助", "@闭环团队 帮助"), ("告诉 @闭环 一声", "告诉 @闭环 一声")],
)  # fmt: skip
def test_the_bots_name_typed_by_hand_at_the_start_is_no_word(typed, words):
    assert incoming.text(payload("direct", text={"content": typed})) == words


def test_without_names_in_the_words_mentions_stay_a_set():
    assert incoming.ordered(("a", "b"), {"a": "张三"}, "新增 评估") == ("a", "b")
    assert incoming.ordered(("a", "b"), {"b": "李四"}, "给 @李四") == ("b", "a")


def test_somebody_without_an_id_here_is_not_guessed():
    data = payload("group", atUsers=[{"dingtalkId": "$:LWCP_v1:$x"}, {"dingtalkId": "y", "unionId": "uX"}, "nonsense"])
    assert incoming.mentions(data) == ()


@pytest.mark.parametrize(("words", "called"), [("/action list", False), ("／action list", False), ("列表", True)])
def test_in_a_group_everything_is_said_to_the_bot(words, called):
    assert incoming.is_called(payload("group"), words) is called
    assert not incoming.is_called(payload("direct"), words)


def reply(data, posted, words=""):
    return incoming.quoted(data, posted, words)


def test_a_reply_names_our_message_and_its_words():
    data = payload("reply")
    posted = Posted("dingtalk", "0456li", "bh-1")
    assert incoming.quoted_key(data) == "pqkOfOurMessage"
    assert reply(data, posted).text == "A12 发布周报"
    card = payload("reply_to_a_card")
    found = reply(card, posted, "A-42 后天到期")
    assert (found.text, found.posted) == ("A-42 后天到期", posted), "a quoted card comes without words: ours are kept"
    assert incoming.quoted(payload("direct"), None, "") is None


@pytest.mark.parametrize(
    ("command", "words", "line"),
    [
        ("/action add 评估", "周五", "/action add 评估 周五"), ("", "周五", "周五"), ("/action add 评估", "", ""),
        ("/action add 评估", "/action list", "/action list"), ("/action add 评估", "／action list", "／action list"),
    ],
)  # fmt: skip
def test_a_reply_to_a_question_goes_on_with_its_line(command, words, line):
    assert incoming.continued(command, words) == line


def test_files_and_speech():
    assert (incoming.text(payload("file")), incoming.downloads(payload("file"))) == ("", {"dl2": "流程V2.docx"})
    assert incoming.text(payload("audio")) == "完成 A-1"
    assert incoming.text(payload("chat_record")) is None


def test_outsiders_the_unpublished_and_messages_without_words():
    assert (incoming.sender(payload("outsider")), incoming.is_outsider(payload("outsider"))) == ("", True)
    assert not incoming.is_outsider(payload("group"))
    assert incoming.is_over_quota(payload("over_quota"))
    assert incoming.is_over_quota(payload("direct", errorCode=20001))


def test_a_click_in_both_templates_and_shapes():
    public, own = incoming.click(payload("click_public")), incoming.click(payload("click_own_template"))
    assert (public.keys, public.space, public.user) == (("k7f3",), "cidGRP0001==", "0456li")
    assert own.keys == ("k7f3", "b1"), "params may stand beside the private data"
    assert own.space == ""
    only_value = payload("click_public")
    del only_value["content"]
    assert incoming.click(only_value) == public


@pytest.mark.parametrize("content", ["", "{bad", "[]", "1", None, 7, '{"cardPrivateData": []}', "[" * 100_000])
def test_a_click_that_is_none_is_refused(content):
    with pytest.raises(ValueError, match="no press"):
        incoming.click({"outTrackId": "x", "userId": "y", "content": content})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.slow
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "content", "atUsers", "createAt", "errorCode", "senderStaffId"), _JSON)),
       st.sampled_from(["text", "richText", "audio", "file", "picture", "markdown"]))  # fmt: skip
def test_nothing_that_comes_makes_reading_fail(parts, kind):
    """A4 row 34: what is forged or new is read as far as it goes."""
    data = {**payload("group"), **parts, "msgtype": kind}
    incoming.text(data)
    incoming.mentions(data)
    incoming.downloads(data)
    incoming.quoted(data, None, "")
    incoming.moment(data, NOW)
    incoming.sender(data)
