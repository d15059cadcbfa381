"""Card markdown as Feishu's client shows it: what is markup acts, entities are the characters they stand for (sheet 4.3)."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

_CODE = re.compile(r"```[^\n`]*\n(.*?)\n?```|`([^`\n]+)`", re.DOTALL)
_AT = re.compile(
    r"<at\s+(?:id|user_id)=[\"']?([^\s\"'>]+)[\"']?\s*>(?:[^<]*</at>)?|<person\s+id\s*=\s*[\"']([^\"']+)[\"'][^>]*></person>"
)
_TIME = re.compile(
    r"<local_datetime\s+millisecond=[\"']?(\d+)[\"']?[^>]*format_type=[\"']?(\w+)[\"']?[^>]*></local_datetime>"
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(([^)\s]*)\)")
_TAG = re.compile(r"</?(?:font|text_tag|number_tag|link|raw)\b[^>]*>")
_BREAK = re.compile(r"<br\s*/?>|\n")
_RULE = re.compile(r"<hr\s*/?>|(?m:^[ \t]*(?:---+|\*\*\*+)[ \t]*$)")
_STYLES = [re.compile(rf"{e}(?=\S)(.+?)(?<=\S){e}") for e in (r"\*\*", r"\*", "~~", "__", "_")]
_LEAD = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)")
_BULLET = re.compile(r"(?m)^([ \t]*)[-+*][ \t]+")
_HTML = re.compile(r"<!?/?[a-zA-Z][^<>]*>")
_ZONE = re.compile(r"([+-])(\d\d)(\d\d)")


def shown(text: str, name: Callable[[str], str], zone: str = "+0800", language: str = "zh_cn") -> str:
    """What stands before somebody's eyes; `name` gives a person's by open id, `zone` is the reader's offset."""
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [_acting(text[at : code.start()], name, zone, language), code[1] or code[2] or ""]
        at = code.end()
    return "".join([*pieces, _acting(text[at:], name, zone, language)])


def _acting(text: str, name: Callable[[str], str], zone: str, language: str) -> str:
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\x00{len(kept) - 1}\x00"

    text = _AT.sub(lambda one: keep("@" + name(one[1] or one[2])), text)
    text = _TIME.sub(lambda one: keep(_local(int(one[1]), one[2], zone, language)), text)
    text = _LINK.sub(lambda one: keep(_link(html.unescape(one[1]), html.unescape(one[2]))), text)
    text = _RULE.sub("—", _TAG.sub("", text))
    text = _BREAK.sub(lambda one: keep("\n") if one[0] != "\n" else "\n", text)
    text = _HTML.sub("", text)  # HTML that Feishu does not know is not shown at all
    text = _BULLET.sub(r"\1• ", _LEAD.sub("", text))
    for style in _STYLES:
        text = style.sub(r"\1", text)
    text = html.unescape(text)
    return re.sub("\x00(\\d+)\x00", lambda one: kept[int(one[1])], text)


def _link(words: str, url: str) -> str:
    return words if words == url else f"{words} ({url})"


def _local(millisecond: int, form: str, zone: str, language: str) -> str:
    """Days and weekdays in the reader's language too."""
    sign, hours, minutes = _ZONE.fullmatch(zone).groups()  # type: ignore[union-attr]
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    local = datetime.fromtimestamp(millisecond / 1000, UTC).astimezone(timezone(offset))
    chinese = language.startswith("zh")
    week = "一二三四五六日"[local.weekday()]
    day = f"{local.month}月{local.day}日" if chinese else f"{local:%b} {local.day}"
    return {
        "date_num": f"{local:%Y-%m-%d}",
        "date_short": day,
        "date": f"{local.year}年{day}" if chinese else f"{day}, {local.year}",
        "week": f"星期{week}" if chinese else f"{local:%A}",
        "week_short": f"周{week}" if chinese else f"{local:%a}",
        "time": f"{local:%H:%M}",
        "time_sec": f"{local:%H:%M:%S}",
        "timezone": f"GMT{sign}{int(hours)}:{minutes}",
    }[form]
