"""Rich text: sections, lists, quotes and code, and what stands in a line of them."""

from tests.simulators.slack.kit.rules import Rule, among, array, boolean, integer, shape, string, typed

STYLE = shape(bold=boolean, italic=boolean, strike=boolean, code=boolean, underline=boolean, highlight=boolean)
PLAIN_INLINE: dict[str, Rule] = {
    "text": shape({"text": string(None, 1)}, style=STYLE),
    "link": shape({"url": string(3000, 1)}, text=string(), style=STYLE, unsafe=boolean),
}
INLINE = typed(
    {
        **PLAIN_INLINE,
        "user": shape({"user_id": string(None, 1)}, style=STYLE),
        "usergroup": shape({"usergroup_id": string(None, 1)}, style=STYLE),
        "team": shape({"team_id": string(None, 1)}, style=STYLE),
        "channel": shape({"channel_id": string(None, 1)}, style=STYLE),
        "broadcast": shape({"range": among("here", "channel", "everyone")}, style=STYLE),
        "emoji": shape({"name": string(None, 1)}, unicode=string(), url=string(), skin_tone=integer(1, 6), style=STYLE),
        "date": shape({"timestamp": integer(), "format": string()}, fallback=string(), url=string(), style=STYLE),
        "color": shape({"value": string()}, style=STYLE),
    }
)
_LINES = array(INLINE)
SECTION = shape({"elements": _LINES})
PREFORMATTED = shape({"elements": array(typed(PLAIN_INLINE))}, border=integer(0, 1), language=string())
QUOTE = shape({"elements": _LINES}, border=integer(0, 1))
LIST = shape(
    {"style": among("bullet", "ordered"), "elements": array(typed({"rich_text_section": SECTION}))},
    indent=integer(0, 8),
    offset=integer(0),
    border=integer(0, 1),
)
RICH_TEXT = shape(
    {
        "elements": array(
            typed(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": LIST,
                    "rich_text_preformatted": PREFORMATTED,
                    "rich_text_quote": QUOTE,
                }
            )
        )
    },
    block_id=string(255),
)
