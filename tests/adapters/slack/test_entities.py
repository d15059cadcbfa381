"""Slack's tokens in typed text become words; people are known by id, never by the label beside it (platform sheet 1.5)."""

import pytest

from adapters.slack.entities import groups_in, people_in, spoken, unescaped

BOT = "U0BOT00001"
NAMES = {"U0987654321": "薄一", "U0123456789": "安娜"}
GROUPS = {"S0123456789": ("U0987654321", "U0123456789")}


def read(text):
    return spoken(text, BOT, NAMES, GROUPS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("add <@U0987654321|bo> ship it", "add @薄一 ship it"),
        ("add <@U0987654321> ship it", "add @薄一 ship it"),
        ("<@U0987654321|<script>alert", "@薄一alert"),
        ("<@U0555555555|who>", "@who"),
        ("<@U0555555555>", "@U0555555555"),
        ("<#C0123456789|general>", "#general"),
        ("<#C0987654321|>", "#C0987654321"),
        ("<https://a.example>", "https://a.example"),
        ("<https://a.example/x|label>", "label https://a.example/x"),
        ("<http://a.example|a.example>", "a.example"),
        ("<http://a.example/|a.example>", "a.example"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:123|123>", "123"),
        ("<!here> <!channel> <!everyone|@everyone>", "@here @channel @everyone"),
        ("<!date^1700000000^{date}|2023-11-14>", "2023-11-14"),
        ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("“quoted” and 'plain'", "“quoted” and 'plain'"),
        ("<not a token>", "<not a token>"),
        ("", ""),
    ],
)
def test_words_of_a_token(typed, expected):
    assert read(typed).text == expected


def test_mentions_are_in_order_and_once():
    said = read("<@U0123456789> und <@U0987654321|x> und <@U0123456789>")
    assert said.mentions == ("U0123456789", "U0987654321")
    assert not said.called


def test_a_user_group_is_its_members():
    said = read("invite <!subteam^S0123456789|@team>")
    assert said.text == "invite @薄一 @安娜"
    assert said.mentions == ("U0987654321", "U0123456789")
    assert read("<!subteam^S0999999999|@other>").text == "@other"


@pytest.mark.parametrize("typed", [f"<@{BOT}> 帮助", f"<@{BOT}|bot>, 帮助", f"  <@{BOT}>：帮助", f"帮助 <@{BOT}>"])
def test_the_bots_own_mention_is_a_call(typed):
    said = read(typed)
    assert (said.text, said.called, said.mentions) == ("帮助", True, ())


def test_who_has_to_be_looked_up():
    text = f"<@{BOT}> <@U1234567890|x> <!subteam^S0123456789> <!here>"
    assert people_in(text) == (BOT, "U1234567890")
    assert groups_in(text) == ("S0123456789",)


def test_entities_are_undone_once():
    assert unescaped("&amp;amp; &amp;lt; &lt;") == "&amp; &lt; <"
