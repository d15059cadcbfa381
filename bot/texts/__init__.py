"""The catalogues: every sentence of the bot's, by name, in the reader's language.

Fluent files stand in `zh-Hans/` and `en/`, one per noun (due.ftl, action.ftl …). Traditional Chinese is derived from
zh-Hans by OpenCC (Taiwan phrases), then by the house's own terms in HANT_TERMS. What people wrote comes in as an
argument and is therefore never converted (T5).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import NeverIsolatingPlaceable, Placeable, StringLiteral, TextElement, VariableReference

if TYPE_CHECKING:
    from opencc import OpenCC

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HANT_TERMS = {
    "會議紀要": "會議紀要",
    "采納": "採納",
    "行動項": "行動項目",
    "已閱": "已讀",
    "賬號": "帳號",
    "型別": "類型",
    "稽核": "審核",
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


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words. Calling it with a name gives the sentence; the name must exist (KeyError is our bug)."""

    language: str
    bundle: FluentBundle

    def __call__(self, name: str, /, **args: object) -> str:
        template = _template(self.bundle, name)
        if template is not None and all(isinstance(value, str) for value in args.values()):
            return template % args
        return self._chosen(name, args)

    def _chosen(self, name: str, args: dict[str, object]) -> str:
        """What Fluent has to choose or to count in."""
        pattern = self.bundle.get_message(name).value  # raises LookupError itself for an unknown name
        if pattern is None:
            raise KeyError(name)
        said, problems = self.bundle.format_pattern(pattern, args)
        if problems:
            raise KeyError(f"{name}: {problems[0]}")
        return str(said)

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

    def clock_time(self, moment: time | datetime) -> str:
        """18:00."""
        return f"{moment:%H:%M}"

    def listed(self, parts: list[str]) -> str:
        """A、B、C / A, B and C."""
        if self.language != "en":
            return "、".join(parts)
        return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


@cache
def words(language: str) -> Words:
    """The words of a language; one that is not spoken here is answered in English."""
    language = language if language in LANGUAGES else "en"
    return Words(language, _bundle(language))


def spoken(locale: str) -> str:
    """A messenger's locale (zh_CN, zh-TW, en-US …) → one of LANGUAGES, empty when it says nothing."""
    tag = locale.replace("_", "-").lower()
    if not tag.startswith("zh"):
        return "en" if tag else ""
    return "zh-Hant" if any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"


@cache
def _template(bundle: FluentBundle, name: str) -> str | None:
    """The sentence as a %-template, when it only puts words between words, as most do; None when Fluent has to choose.
    Fluent's own formatting costs ten times as much, and a card has a dozen sentences."""
    pattern = bundle.get_message(name).value  # raises LookupError itself for an unknown name
    parts = [_part(element) for element in getattr(pattern, "elements", [pattern])]
    plain = [part for part in parts if part is not None]
    return "".join(plain) if len(plain) == len(parts) else None


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


def _bundle(language: str) -> FluentBundle:
    source = "zh-Hans" if language == "zh-Hant" else language
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted(files(__package__).joinpath(source).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            text = file.read_text(encoding="utf-8")
            bundle.add_resource(FluentResource(_traditional(text) if language == "zh-Hant" else text))
    return bundle


def _traditional(text: str) -> str:
    text = str(_converter().convert(text))
    for given, ours in HANT_TERMS.items():
        text = text.replace(given, ours)
    return text


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # 7 MiB of tables, 0.2 s to load, wanted by readers of zh-Hant only

    return OpenCC("s2twp")
