"""The catalogues: every sentence of the bot's, by name, in the reader's language.

Fluent files stand in `zh-Hans/` and `en/`, one per noun (due.ftl, action.ftl …). Traditional Chinese is derived from
zh-Hans by OpenCC (Taiwan phrases), then by the house's own terms in HANT_TERMS. What people wrote comes in as an
argument and is therefore never converted (T5).
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.pattern import pattern


@contextmanager
def _in_utc() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        os.environ.pop("TZ")
        os.environ.update({} if before is None else {"TZ": before})


# babel, when it is loaded, wants to know this machine's zone, for times that nobody lets it write; pytz looks for the files
# of all six hundred zones then, unless it is UTC: 6 ms.
with _in_utc():
    from fluent.runtime import FluentBundle, FluentResource
    from fluent.runtime.resolver import (
        Message,
        NeverIsolatingPlaceable,
        Placeable,
        StringLiteral,
        TextElement,
        VariableReference,
    )

    from bot.texts.numbers import Counting, counting

if TYPE_CHECKING:
    from opencc import OpenCC

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HANT_TERMS = {
    "會議紀要": "會議紀要",
    "采納": "採納",
    "天后": "天後",
    "行動項": "行動項目",
    "已閱": "已讀",
    "賬號": "帳號",
    "型別": "類型",
    "稽核": "審核",
    "周": "週",
    "“": "「",
    "”": "」",
}
_WEEKDAYS = {
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "zh-Hant": ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR_DAYS = 14
_HAN = pattern(r"[\u4e00-\u9fff]")
_LATIN = pattern(r"[A-Za-z]")
_AFTER_HAN = pattern(r"(?<=[\u4e00-\u9fff])%\((?P<name>\w+)\)s")
_BEFORE_HAN = pattern(r"%\((?P<name>\w+<?)\)s(?=[\u4e00-\u9fff])")
_ENTRY = pattern(r"^(?P<name>[a-zA-Z][\w-]*) *=.*(?:\n(?![a-zA-Z]).*)*", re.MULTILINE)
"""An entry begins at the margin with its name; everything up to the next one is its own."""


class Words(Struct, frozen=True):
    """One language's words. Calling it with a name gives the sentence; the name must exist (KeyError is our bug)."""

    language: str
    bundle: "Catalogue"

    def __call__(self, name: str, /, **args: object) -> str:
        template = _template(self.bundle, name)
        for value in args.values():
            if not isinstance(value, str):
                return _chosen(self.bundle, name, tuple(args.items()))
        if template is None:
            return _chosen(self.bundle, name, tuple(args.items()))
        return template % (args if self.language == "en" else Spaced(args))

    def has(self, name: str) -> bool:
        """Whether the catalogue has this sentence."""
        return bool(self.bundle.has_message(name))

    def weekday(self, day: date) -> str:
        """周五 / 週五 / Fri."""
        return _WEEKDAYS[self.language][day.weekday()]

    def bare_day(self, day: date, today: date) -> str:
        """11月27日 / 27 Nov; with the year when it is not this one's."""
        if self.language == "en":
            return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")
        return (f"{day.year}年" if day.year != today.year else "") + f"{day.month}月{day.day}日"

    def day(self, day: date, today: date) -> str:
        """11月27日（周五） / Fri 27 Nov (VOICE rule 3)."""
        if self.language == "en":
            return f"{self.weekday(day)} {self.bare_day(day, today)}"
        return f"{self.bare_day(day, today)}（{self.weekday(day)}）"

    def near_day(self, day: date, today: date) -> str:
        """The day with its distance when it is near: 11月27日（周五，还有 2 天） / Fri 27 Nov (in 2 days)."""
        apart = (day - today).days
        if not -_NEAR_DAYS <= apart <= _NEAR_DAYS:
            return self.day(day, today)
        distance = self("day-distance", days=apart) if apart >= 0 else self("day-ago", days=-apart)
        if self.language == "en":
            return f"{self.day(day, today)} ({distance})"
        return f"{self.bare_day(day, today)}（{self.weekday(day)}，{distance}）"

    def month(self, month: int) -> str:
        """7月 / Jul, by its number from 1."""
        return _MONTHS[month - 1] if self.language == "en" else f"{month}月"

    def clock_time(self, moment: time | datetime) -> str:
        """18:00."""
        return f"{moment.hour:02}:{moment.minute:02}"

    def listed(self, parts: list[str]) -> str:
        """A、B、C / A, B and C."""
        if self.language != "en":
            return "、".join(parts)
        return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


@cache
def words(language: str) -> Words:
    """The words of a language; one that is not spoken here is answered in English."""
    language = language if language in LANGUAGES else "en"
    return Words(language, _catalogue(language))


def spoken(locale: str) -> str:
    """A messenger's locale (zh_CN, zh-TW, en-US …) → one of LANGUAGES, empty when it says nothing."""
    tag = locale.replace("_", "-").lower()
    if not tag.startswith("zh"):
        return "en" if tag else ""
    return "zh-Hant" if any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"


def in_other_scripts(text: str) -> list[str]:
    """What people wrote in simplified and in traditional characters, where that differs: for finding, never for showing."""
    if not _HAN.search(text):
        return []
    return [other for script in ("t2s", "s2t") if (other := str(_converter(script).convert(text))) != text]


@cache
def _template(bundle: FluentBundle, name: str) -> str | None:
    """The sentence as a %-template, when it only puts words between words, as most do; None when Fluent has to choose.
    Fluent's own formatting costs ten times as much, and a card has a dozen sentences."""
    pattern = bundle.get_message(name).value  # raises LookupError itself for an unknown name
    parts = [_part(element) for element in getattr(pattern, "elements", [pattern])]
    plain = [part for part in parts if part is not None]
    return _apart("".join(plain)) if len(plain) == len(parts) else None


class Spaced(dict[str, object]):
    """Arguments of a Chinese sentence. A name that stands right beside a Chinese character (`_apart`) gets a blank on a side
    where it ends in a Latin letter: Emma Clarke 还没有确认, and 张三还没有确认."""

    def __missing__(self, key: str) -> object:
        name, before, after = key.rstrip("<>"), "<" in key, ">" in key
        if name not in self:
            raise KeyError(name)
        value = str(self[name])
        left = " " if before and _LATIN.match(value[:1]) else ""
        return f"{left}{value} " if after and _LATIN.match(value[-1:]) else f"{left}{value}"


def _apart(template: str) -> str:
    """The template with each place marked on the sides where a Chinese character touches it."""
    marked = _AFTER_HAN.sub(r"%(\g<name><)s", template)
    return _BEFORE_HAN.sub(r"%(\g<name>>)s", marked)


@lru_cache(maxsize=2048)
def _chosen(bundle: FluentBundle, name: str, args: tuple[tuple[str, object], ...]) -> str:
    """What Fluent has to choose or to count in: 45 µs, and a morning's hundred reminders say the same few days."""
    pattern = bundle.get_message(name).value  # raises LookupError itself for an unknown name
    if pattern is None:
        raise KeyError(name)
    said, problems = bundle.format_pattern(pattern, dict(args))
    if problems:
        raise KeyError(f"{name}: {problems[0]}")
    return str(said)


def _part(element: object) -> str | None:
    match element:
        case TextElement(value=text) | StringLiteral(value=text) if "\\" not in text:
            return str(text).replace("%", "%%")
        case (
            Placeable(expression=VariableReference() as named)
            | NeverIsolatingPlaceable(expression=VariableReference() as named)
        ):
            return f"%({named.id.name})s"
        case _:
            return None


class Catalogue(FluentBundle):
    """A language's entries by name, each parsed when it is said for the first time: all six hundred at once took 0.1 s of
    every start, and of the first message in each other language."""

    def __init__(self, language: str, entries: Mapping[str, str]) -> None:
        super().__init__([language], use_isolating=False)
        self.entries = entries

    def has_message(self, message_id: str) -> bool:
        """Whether there is such an entry."""
        return message_id in self.entries

    def get_message(self, message_id: str) -> Message:
        """The entry. LookupError for an unknown name."""
        if message_id in self.entries and not super().has_message(message_id):
            self.add_resource(FluentResource(self.entries[message_id]))
        return super().get_message(message_id)

    def _get_babel_locale(self) -> Counting:
        return counting(self.locales[0])


def _catalogue(language: str) -> Catalogue:
    source = "zh-Hans" if language == "zh-Hant" else language
    entries: dict[str, str] = {}
    for file in sorted(files(__package__).joinpath(source).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            text = file.read_text(encoding="utf-8")
            text = _traditional(text) if language == "zh-Hant" else text
            for entry in _ENTRY.finditer(text):
                entries.setdefault(entry["name"], entry[0])
    return Catalogue(language, entries)


def _traditional(text: str) -> str:
    text = str(_converter("s2twp").convert(text))
    for given, ours in HANT_TERMS.items():
        text = text.replace(given, ours)
    return text


@cache
def _converter(script: str) -> "OpenCC":
    from opencc import OpenCC  # 7 MiB of tables, 0.2 s to load, wanted by readers of zh-Hant only

    return OpenCC(script)
