"""One of each kind of block with the words that must reach a reader's eyes, and words that mean harm."""

from datetime import UTC, datetime

from bot.cards import (
    Bar,
    Block,
    Button,
    Buttons,
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
)

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'

BLOCKS: dict[str, tuple[Block, tuple[str, ...]]] = {
    "text": (
        Text(
            (
                Plain("平常"),
                Strong("要紧"),
                Faint("次要"),
                Code("/action add"),
                Link("流程", "https://example.org/a?b=1&c=2"),
                Mention("李四"),
            )
        ),
        ("平常", "要紧", "次要", "/action add", "流程", "https://example.org/a?b=1&c=2", "@李四"),
    ),
    "moment": (
        Text((Plain("截止 "), Moment(datetime(2026, 11, 27, 7, tzinfo=UTC), "15:00（GMT+8）", "time"))),
        ("截止",),
    ),
    "facts": (Facts((("负责人", "李四"), ("截止", "11月27日"))), ("负责人", "李四", "截止", "11月27日")),
    "items": (
        Items(
            (Item("🔴", "A-31 评估", "已逾期 4 天", (Button("催办", "/action nudge A-31"),)), Item("🟢", "A-40 话术")),
            "未完成",
        ),
        ("未完成", "🔴", "A-31 评估", "已逾期 4 天", "催办", "🟢", "A-40 话术"),
    ),
    "table": (Table(("编号", "行动"), (("A-1", "甲"), ("A-2", "乙"))), ("编号", "行动", "A-1", "甲", "A-2", "乙")),
    "chart": (Chart("按期率", (Bar("W46", 79), Bar("W47", 86)), "%"), ("按期率", "W46", "79", "W47", "86")),
    "quote": (Quote("等需求评审。\n排在周三。", "王五"), ("等需求评审。", "排在周三。", "王五")),
    "divider": (Divider(), ()),
    "buttons": (
        Buttons(
            (Button("完成", "/action submit A-1", "primary"), Button("取消", "/action cancel A-1", "danger", "确定？"))
        ),
        ("完成", "取消"),
    ),
    "form": (
        Form(
            "延期到哪天",
            "/action postpone A-1",
            (Field("due", "新截止日", "day", hint="确切的一天", choices=(Choice("fri", "周五"),)),),
            "延期",
            note="需要理由",
        ),
        ("延期到哪天", "新截止日", "确切的一天", "需要理由"),
    ),
    "picture": (Picture("gantt.svg", "image/svg+xml", _SVG, "甘特图：两项"), ("甘特图：两项",)),
    "file": (File("纪要.docx", "application/vnd.openxmlformats", b"PK"), ("纪要.docx",)),
}

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '<!channel> <at user_id="all">所有人</at> @channel @所有人 <@U123|x>',
    "*粗* _斜_ ~删~ `码` [链接](javascript:alert(1)) **x** # 标题",
    "&amp; &lt; &#x27; %3Cscript%3E ${7*7} {{7*7}} {name}",
    "abc\u202egnp.exe\u202c \u2066隔离\u2069 \u200b零宽",
    "👨‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 𠮷野家",
    "'; DROP TABLE messages; --",
    "长" * 40_000,
)
