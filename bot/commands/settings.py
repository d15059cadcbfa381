"""`/settings` 设置: one's own language, zone, absence and digest; a room's digest; for admins the workplace's (R1, T1, T4)."""

from collections.abc import Callable, Mapping
from datetime import time
from zoneinfo import available_timezones

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import whens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.action import OPEN
from bot.domain.digest import CHOSEN_AT
from bot.due import DueRefused
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.operations.zones import rezone
from bot.pattern import pattern
from bot.store import Query
from bot.texts import words
from bot.views import handover
from bot.views import settings as views

SCOPES: dict[str, tuple[str, ...]] = {
    "person": ("me", "my", "mine", "我", "我的", "person"),
    "room": ("room", "本群", "群", "channel"),
    "workplace": ("workplace", "公司", "全公司", "工作区"),
}
KEYS: dict[str, tuple[str, ...]] = {
    "digest-day": ("digest day", "digest-day", "周报日", "周报 日", "周报日期"),
    "digest-time": ("digest time", "digest-time", "周报时间", "周报 时间"),
    "digest": ("digest", "周报"),
    "language": ("language", "lang", "语言", "語言"),
    "timezone": ("timezone", "time zone", "zone", "时区", "時區"),
    "messenger": ("messenger", "消息发到"),
    "away": ("away", "休假", "外出", "请假"),
}
OF_SCOPE = {
    "person": ("language", "timezone", "messenger", "away", "digest", "digest-day", "digest-time"),
    "room": ("digest", "digest-day", "digest-time"),
    "workplace": ("digest", "digest-day", "digest-time"),
}
LANGUAGES = {
    "zh-Hans": ("zh", "zh-hans", "zh-cn", "cn", "chinese", "simplified", "中文", "简体", "简体中文"),
    "zh-Hant": ("zh-hant", "zh-tw", "zh-hk", "traditional", "繁体", "繁體", "繁体中文", "繁體中文"),
    "en": ("en", "english", "en-us", "en-gb", "英文", "英语", "英語"),
}
_DEFAULT = frozenset({"default", "默认", "預設"})
_ON = frozenset({"on", "yes", "开", "开启", "打开"})
_OFF = frozenset({"off", "no", "关", "关闭", "取消", "none", "否"})
_DAYS = (
    ("monday", "mon", "周一", "星期一", "1"), ("tuesday", "tue", "周二", "星期二", "2"),
    ("wednesday", "wed", "周三", "星期三", "3"), ("thursday", "thu", "周四", "星期四", "4"),
    ("friday", "fri", "周五", "星期五", "5"), ("saturday", "sat", "周六", "星期六", "6"),
    ("sunday", "sun", "周日", "周天", "星期日", "星期天", "7"),
)  # fmt: skip
_TIME = pattern(r"(?P<hour>\d{1,2})(?:[:点时](?P<minute>\d{2})?分?)?")

CITIES = {
    shadow(name).replace(" ", "_"): zone
    for zone, names in {
        "Asia/Shanghai": "北京,上海,广州,深圳,成都,杭州,中国,东八区,beijing,shenzhen,guangzhou,china",
        "Asia/Hong_Kong": "香港", "Asia/Taipei": "台北,臺北,台湾,臺灣", "Asia/Singapore": "新加坡", "Asia/Tokyo": "东京,東京,日本,osaka",
        "Asia/Seoul": "首尔,首爾,韩国,韓國", "Europe/London": "伦敦,倫敦,英国,英國,uk", "Europe/Berlin": "柏林,慕尼黑,德国,德國,munich,germany",
        "Europe/Paris": "巴黎,法国,法國,france", "America/New_York": "纽约,紐約,boston", "Asia/Dubai": "迪拜,杜拜",
        "America/Los_Angeles": "洛杉矶,洛杉磯,旧金山,舊金山,西雅图,西雅圖,san francisco,seattle", "Australia/Sydney": "悉尼,雪梨",
        "Asia/Kolkata": "印度,孟买,孟買,mumbai,delhi,bangalore,india",
    }.items()
    for name in names.split(",")
}  # fmt: skip
"""Places of one zone, as people call them."""
_NEEDED = frozenset({"language", "timezone"})

Read = Callable[[Asking, str], str]


def choose(asking: Asking, line: Line) -> Answer:
    """Alone: what is set. `key value` sets; a scope in front chooses whose."""
    said, rest = _begun(line.rest, SCOPES)
    key, value = _begun(rest, KEYS)
    if not key and rest:
        raise Refusal("setting-unknown", key=rest.split()[0], mended="/settings")
    scope = said or _scope(asking, key)
    if scope == "workplace" and not asking.by.admin:
        raise Refusal("not-admin")
    if not key:
        return _shown(asking, scope)
    if key not in OF_SCOPE[scope] or (scope == "room" and asking.where.room is None):
        raise Refusal("setting-unknown", key=key, mended="/settings")
    return _set(asking, scope, key, value.strip(" :：=")) if value else _shown(asking, scope)


def _begun(text: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """The longest name of the table that the text begins with, and what follows."""
    text = text.strip()
    low = " ".join(shadow(text).split(" "))
    found = [
        (len(name), key) for key, names in table.items() for name in names
        if low.startswith(shadow(name)) and not low[len(name) : len(name) + 1].isalnum()
    ]  # fmt: skip
    length, key = max(found, default=(0, ""))
    return key, text[length:].strip()


def _scope(asking: Asking, key: str) -> str:
    """Whose setting is meant when nothing is said: what only people have is one's own."""
    return "room" if asking.where.room is not None and key in ("", *OF_SCOPE["room"]) else "person"


def _set(asking: Asking, scope: str, key: str, said: str) -> Answer:
    """Raises Refusal `setting-invalid` with a line that works."""
    value = "" if shadow(said) in _DEFAULT and key not in _NEEDED else _READERS[key](asking, said)
    if key in ("language", "timezone", "messenger"):
        _change_person(asking, key, value)
    else:
        _keep(asking, _place(asking, scope), key, value)
    spoken = words(value) if key == "language" else asking.words
    seen = replace(scene(asking), words=spoken)
    owned = asking.records.actions.find(Query(owner=asking.by.id, states=OPEN)) if key == "away" and value else []
    mine = [one for one in owned if one.bearer == asking.by.id]
    return handover.away(seen, views.did(seen, key, value), mine) if mine else views.saved(seen, key, value)


def _keep(asking: Asking, place: str, key: str, value: str) -> None:
    """A digest's day or hour counts from now on: one that has passed this week begins next week (R1)."""
    asking.records.settings.put(place, key, value)
    if key.startswith("digest"):
        asking.records.settings.put(place, CHOSEN_AT, asking.now.isoformat())


def _change_person(asking: Asking, key: str, value: str) -> None:
    """What belongs to the person is kept with them; another zone moves their days' ends (T1)."""
    if key == "timezone":
        rezone(asking, replace(asking.by, timezone=value))
    elif key == "language":
        asking.records.people.save(replace(asking.by, language=value))
    else:
        asking.records.people.save(replace(asking.by, prefers=value))


def _shown(asking: Asking, scope: str) -> Answer:
    kept = asking.records.settings.of(_place(asking, scope))
    own = {"language": asking.by.language, "timezone": asking.by.timezone, "messenger": asking.by.prefers}
    have = {**kept, **own} if scope == "person" else kept
    prefix = "/settings workplace" if scope == "workplace" else "/settings"
    rows = [(key, have.get(key, ""), f"{prefix} {key.replace('-', ' ')} {_EXAMPLES[key]}") for key in OF_SCOPE[scope]]
    return views.show(scene(asking), rows, scope, _usual(asking, scope))


def _usual(asking: Asking, scope: str) -> dict[str, str]:
    """What holds where nothing was chosen: the configuration's, and over it for people and rooms what the workplace chose."""
    rules = asking.workplace.rules
    configured = {
        "digest": "on", "digest-day": str(rules.digest_weekday), "digest-time": f"{rules.digest_time:%H:%M}",
    }  # fmt: skip
    return configured if scope == "workplace" else {**configured, **asking.records.settings.of("workplace")}


def _place(asking: Asking, scope: str) -> str:
    room = asking.where.room
    if scope == "room" and room is not None:
        return f"room:{room.messenger}:{room.id}"
    return "workplace" if scope == "workplace" else f"person:{asking.by.id}"


def _switch(asking: Asking, said: str) -> str:
    del asking
    word = shadow(said)
    if word in _ON or word in _OFF:
        return "on" if word in _ON else "off"
    raise _invalid("digest", said)


def _language(asking: Asking, said: str) -> str:
    del asking
    found = next((one for one, names in LANGUAGES.items() if shadow(said) in map(shadow, names)), "")
    if not found:
        raise _invalid("language", said)
    return found


def _timezone(asking: Asking, said: str) -> str:
    """An IANA name in any case, its only last part (berlin), or a city that people name and IANA does not."""
    del asking
    wanted = "_".join(shadow(said).split())
    if wanted in CITIES:
        return CITIES[wanted]
    known = available_timezones()
    whole = [zone for zone in known if zone.casefold() == wanted]
    parts = [zone for zone in known if zone.rpartition("/")[2].casefold() == wanted and "/" in zone]
    if len(whole or parts) != 1:
        raise _invalid("timezone", said)
    return (whole or parts)[0]


def _messenger(asking: Asking, said: str) -> str:
    """One of those in which the asker has an account."""
    if shadow(said) not in {account.messenger for account in asking.by.accounts}:
        raise _invalid("messenger", said)
    return shadow(said)


def _away(asking: Asking, said: str) -> str:
    """A day, or off. Raises the day's own refusal with the line mended."""
    try:
        return "" if shadow(said) in _OFF else whens.read_day(asking, said).day.isoformat()
    except DueRefused as refused:
        raise whens.mended(refused, lambda day: f"/settings away {day}".strip(), "away") from None


def _weekday(asking: Asking, said: str) -> str:
    del asking
    found = next((number for number, names in enumerate(_DAYS) if shadow(said) in names), None)
    if found is None:
        raise _invalid("digest-day", said)
    return str(found)


def _clock(asking: Asking, said: str) -> str:
    """16:00, 16点, 9."""
    del asking
    match = _TIME.fullmatch(shadow(said))
    if not match or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        raise _invalid("digest-time", said)
    return f"{time(int(match['hour']), int(match['minute'] or 0)):%H:%M}"


def _invalid(key: str, value: str) -> Refusal:
    return Refusal(
        "setting-invalid", key=key, value=value, expects=key,
        mended=f"/settings {key.replace('-', ' ')} {_EXAMPLES[key]}",
    )  # fmt: skip


_READERS: dict[str, Read] = {
    "language": _language, "timezone": _timezone, "messenger": _messenger, "away": _away,
    "digest": _switch, "digest-day": _weekday, "digest-time": _clock,
}  # fmt: skip
_EXAMPLES = {
    "language": "en", "timezone": "Europe/Berlin", "messenger": "web", "away": "2026-12-01",
    "digest": "off", "digest-day": "friday", "digest-time": "16:00",
}  # fmt: skip
