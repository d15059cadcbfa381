"""What a section of config.toml is, and the kinds of values a setting in it may have: each reads what a person writes, and names
the sentence that says what is expected (`Wants`). The sections are in sections.py, config.py and adapters/sections.py.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, parse_qs, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, field
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from bot.calendar import Quiet
from bot.pattern import pattern

_WEEK = ("mon 一", "tue 二", "wed 三", "thu 四", "fri 五", "sat 六", "sun 日")
_DAYS = {name: number for number, names in enumerate(_WEEK) for name in names.split()}
_SPAN = pattern(r"(\d{1,2}:\d{2})\s*[-–—~至到]\s*(\d{1,2}:\d{2})")


class Fault(Struct, frozen=True):
    """One thing that is wrong: catalogue entry `text` about `key` (section.key), with the entry's other arguments.

    `wants` names the entry that says what is expected there, empty where `text` says it."""

    key: str
    text: str
    wants: str = ""
    args: dict[str, str] = field(default_factory=dict)


class Section(BaseModel):
    """One table of the file."""

    # Sections are built once, with the whole that they are part of, and not each by itself too: 6 ms.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, hide_input_in_errors=True, defer_build=True
    )

    @classmethod
    def strange(cls, given: Mapping[str, Any]) -> Iterator[Fault]:
        """What shows only when several keys of a messenger's section are seen together; on the raw values, so that it is said
        beside other faults. `key` without the section's name."""
        return iter(())


class Wants(Struct, frozen=True):
    """Beside a setting's type: the name of the catalogue entry that says what is expected."""

    name: str


class Workday(Struct, frozen=True):
    """Which days of the week are worked (0 = Monday), and from when to when."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: time = time(9)
    end: time = time(18)


def weekday(given: object) -> object:
    """Friday, fri, 周五, 4 → 4."""
    text = str(given).strip().lower().removeprefix("星期").removeprefix("周").removeprefix("週")
    return int(text) if text.isdecimal() else _DAYS.get(text[:3], given)


def workday(given: object) -> object:
    """`Mon-Fri 09:00-18:00`, the days optional: "09:00-18:00", "Sun-Thu 08:00-16:30", "Mon,Tue,Thu 09:00-17:00"."""
    if isinstance(given, Workday):
        return given
    days, start, end = _split_hours(str(given))
    if start >= end:  # a due day ends after its reminders were sent
        raise ValueError(given)
    return Workday(_days(days) if days else (0, 1, 2, 3, 4), start, end)


def quiet(given: object) -> object:
    """`20:00-08:30`; the same hour twice: never quiet."""
    if isinstance(given, Quiet):
        return given
    before, start, end = _split_hours(str(given))
    if before:
        raise ValueError(given)
    return Quiet(start, end)


def listed(given: object) -> object:
    """A list, or (from the environment) words between commas."""
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


def zone(given: str) -> str:
    """The name of a time zone that exists."""
    try:
        ZoneInfo(given)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Asia" is a folder of the zone data
        raise ValueError(given) from None
    return given


def web_address(given: str) -> str:
    """http(s)://host, without a slash at its end."""
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(given)
    return given.rstrip("/")


def database_url(given: SecretStr) -> SecretStr:
    """sqlite:///file or postgresql://…; a workplace in memory would be gone with the process."""
    scheme, _, rest = given.get_secret_value().partition("://")
    if scheme.startswith("sqlite") and not rest.startswith("/"):  # "sqlite://file": a server's name, and no file
        raise ValueError("database url")
    where = rest.partition("?")[0].strip("/")
    if scheme.partition("+")[0] not in ("sqlite", "postgresql", "postgres") or where in ("", ":memory:"):
        raise ValueError("database url")
    _read(urlsplit(given.get_secret_value()))
    return given


def _read(url: SplitResult) -> None:
    """Raises ValueError for an address that would be read otherwise than it was meant: a port or a timeout that is no number,
    and a password with an @ in it, whose end would be taken for the host's name and told as that."""
    _ = url.port
    float(parse_qs(url.query).get("timeout", ["0"])[0])
    if url.netloc.count("@") > 1:
        raise ValueError("an @ in a password is written %40")


def admin(given: str) -> str:
    """An e-mail address, or messenger:id."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+|[a-z]+:\S+", given):
        raise ValueError(given)
    return given


def machine(given: str) -> str:
    """A host name or an address, without port or scheme."""
    if not re.fullmatch(r"[A-Za-z0-9.:\-]{1,253}", given):
        raise ValueError(given)
    return given


Words = Annotated[str, Field(min_length=1, max_length=80), Wants("words")]
Secret = Annotated[SecretStr, Field(min_length=1), Wants("secret")]
MaybeSecret = Annotated[SecretStr, Wants("secret")]
MaybeWords = Annotated[str, Field(max_length=80), Wants("words")]
Address = Annotated[str, AfterValidator(web_address), Wants("address")]
Language = Annotated[Literal["zh-Hans", "zh-Hant", "en"], Wants("language")]
Zone = Annotated[str, AfterValidator(zone), Wants("zone")]
Country = Annotated[Literal["CN", "none"], Wants("calendar")]
WorkdayHours = Annotated[Workday, BeforeValidator(workday), Wants("workday")]
QuietHours = Annotated[Quiet, BeforeValidator(quiet), Wants("quiet")]
Dates = Annotated[tuple[date, ...], BeforeValidator(listed), Wants("dates")]
Years = Annotated[tuple[Annotated[int, Field(ge=2000, le=2200)], ...], BeforeValidator(listed), Wants("years")]
Admins = Annotated[tuple[Annotated[str, AfterValidator(admin)], ...], BeforeValidator(listed), Wants("admins")]
Workspaces = Annotated[
    tuple[Annotated[str, Field(pattern=r"^T[A-Z0-9]{7,}$")], ...], BeforeValidator(listed), Wants("workspaces")
]
DatabaseUrl = Annotated[SecretStr, AfterValidator(database_url), Wants("database")]
Host = Annotated[str, AfterValidator(machine), Wants("host")]
Port = Annotated[int, Field(ge=1, le=65535), Wants("port")]
YesNo = Annotated[bool, Wants("yesno")]
Hour = Annotated[time, Wants("hour")]
Weekday = Annotated[int, BeforeValidator(weekday), Field(ge=0, le=6), Wants("weekday")]
Days = Annotated[int, Field(ge=0, le=60), Wants("days")]
Hours = Annotated[float, Field(gt=0, le=720), Wants("hours")]
Minutes = Annotated[float, Field(gt=0, le=1440), Wants("minutes")]
Count = Annotated[int, Field(ge=1, le=60), Wants("count")]
Times = Annotated[float, Field(ge=1, le=10), Wants("times")]
Ahead = Annotated[int, Field(ge=1, le=370), Wants("ahead")]
FamilyName = Annotated[Literal["regular", "special", "cross_department", "decision", "training"], Wants("family")]
CadenceName = Annotated[Literal["daily", "weekly"], Wants("cadence")]
KindName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$"), Wants("kind-name")]
Letters = Annotated[int, Field(ge=50, le=2000), Wants("letters")]
FileName = Annotated[str, Field(min_length=1, max_length=1_000), Wants("file")]
Budget = Annotated[int, Field(ge=0), Wants("budget")]


def _days(text: str) -> tuple[int, ...]:
    """mon-fri, sun-thu (over the week's end), mon,tue."""
    found: list[int] = []
    for part in text.replace("，", ",").split(","):
        first, last = (_day(name) for name in (part.split("-") * 2)[:2])
        found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return tuple(sorted(set(found)))


def _day(name: str) -> int:
    day = weekday(name)
    if not isinstance(day, int):
        raise ValueError(name)
    return day


def _split_hours(text: str) -> tuple[str, time, time]:
    """The words before the hours, and both hours. Raises ValueError."""
    found = _SPAN.search(text)
    if not found or text[found.end() :].strip():
        raise ValueError(text)
    start, end = (time.fromisoformat(hour.zfill(5)) for hour in found.groups())
    return text[: found.start()].strip(), start, end
