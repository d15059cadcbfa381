"""What is seen: markup acts as it does in Slack's client, so that words which were not escaped show themselves."""

import pytest

from tests.simulators.slack import Workspace, pings
from tests.simulators.slack.conftest import button, modal, question, section
from tests.simulators.slack.eyes import Eyes
from tests.simulators.slack.values import Message


@pytest.fixture
def workspace():
    return Workspace()


@pytest.fixture
def ann(workspace):
    return workspace.hires("ann", "安娜", tz="Asia/Shanghai")


@pytest.fixture
def eyes(workspace, ann):
    return Eyes(workspace, ann.user)


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("*要紧* _斜_ ~删~", "要紧 斜 删"),
        ("`*码*` ```<b> _x_```", "*码* <b> _x_"),
        ("2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"),
        ("字*粗*字", "字*粗*字"),
        ("&lt;!channel&gt; &amp;amp; a &lt; b", "<!channel> &amp; a < b"),
        ("<!channel> <!here|here>", "@channel here"),
        ("<https://a.example/?b=1&amp;c=2|流程>", "流程 (https://a.example/?b=1&c=2)"),
        ("<https://a.example>", "https://a.example"),
        ("<@U0SIM00002> <@U9>", "@安娜 @U9"),
        (":tada: :unknown: 10:30:45", "🎉 :unknown: 10:30:45"),
        ("&gt; 引用\n&gt; 两行", "引用\n两行"),
        ("<!date^1772323200^{date_short_pretty} {time}|2026-03-01>", "2026-03-01 08:00"),
    ],
)
def test_markup_acts(eyes, markup, seen):
    assert eyes.mrkdwn(markup) == seen


def test_a_channel_by_its_name(workspace, eyes):
    product = workspace.channel("product")
    assert eyes.mrkdwn(f"<#{product.id}> <#C9|old>") == "#product #old"


def test_plain_text_is_plain_but_for_emoji(eyes):
    words = "*粗* <!channel> &lt; :tada:"
    assert eyes.text({"type": "plain_text", "text": words, "emoji": False}) == words
    assert eyes.text({"type": "plain_text", "text": words}) == "*粗* <!channel> &lt; 🎉"


def test_each_viewer_has_the_time_of_their_zone(workspace):
    madrid = workspace.hires("amy", tz="Europe/Madrid")
    assert Eyes(workspace, madrid.user).mrkdwn("<!date^1772323200^{time}|x>") == "01:00"


def test_blocks_hide_the_text_that_notifications_show(eyes):
    message = Message("1.0", "U1", "通知里的字", [section("看这里")])
    assert eyes.message(message) == "看这里"
    message.blocks = []
    assert eyes.message(message) == "通知里的字"


def test_every_word_of_every_block(eyes):
    rich = [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "*原样*"}, {"type": "user", "user_id": "U0SIM00002"}],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "一"}]}],
        },
    ]
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "标题"}},
        section("段", fields=[{"type": "plain_text", "text": "栏"}], accessory=button("键")),
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "脚注"}, {"type": "image", "image_url": "u", "alt_text": "图"}],
        },
        {"type": "divider"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "甲"}, {"type": "raw_text", "text": "乙"}]]},
        {"type": "rich_text", "elements": rich},
        {"type": "image", "image_url": "u", "alt_text": "甘特图"},
        {
            "type": "actions",
            "elements": [button("完成"), {"type": "datepicker", "placeholder": {"type": "plain_text", "text": "哪天"}}],
        },
    ]
    assert eyes.blocks(blocks) == [
        "标题", "段", "栏", "[键]", "脚注 [图]", "—", "甲 | 乙", "*原样*@安娜", "• 一", "[甘特图]", "[完成]", "哪天",
    ]  # fmt: skip


def test_a_modal_with_what_is_typed_in(workspace, ann):
    view = workspace.screens.opens(
        ann.user, modal(question("负责人", {"type": "users_select", "initial_user": ann.id}))
    )
    view.errors = {"负责人": "已离职"}
    assert ann.sees() == "新增\n负责人\n安娜\n已离职\n[保存]"


def rich(*elements):
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


@pytest.mark.parametrize(
    ("text", "blocks", "called"),
    [
        ("<@U0SIM00002> 请看", [], {"U0SIM00002"}),
        ("&lt;@U0SIM00002&gt; `<!channel>`", [], set()),
        ("<!channel>", [section("没有")], set()),
        ("", [section("<!here> <@U0SIM00002|ann>")], {"here", "U0SIM00002"}),
        ("", [{"type": "header", "text": {"type": "plain_text", "text": "<!channel>"}}], set()),
        ("", rich({"type": "text", "text": "<!channel>"}), set()),
        ("", rich({"type": "user", "user_id": "U0SIM00002"}), {"U0SIM00002"}),
        ("", rich({"type": "broadcast", "range": "everyone"}), {"everyone"}),
    ],
)
def test_who_is_called(text, blocks, called):
    assert pings.calls(Message("1.0", "U1", text, blocks)) == called


def test_a_phone_shows_the_text_of_what_calls_its_owner(workspace, ann):
    bo = workspace.hires("bo")
    product = workspace.channel("product", ann, bo)
    for place, text, blocks in (
        (product.place, "给大家", []),
        (product.place, f"<@{ann.id}> 请看", []),
        (ann.bot_chat, "到期", [section("看")]),
        (ann.bot_chat, "", [section("看")]),
    ):
        workspace.records(place, Message("", workspace.bot_user, text, blocks))
    assert ann.notified() == ["@安娜 请看", "到期", "This content can't be displayed."]
    assert bo.notified() == []
