"""config.toml and the environment become frozen settings, or every fault of theirs at once, each naming its key.

`BIHUAN_SECTION__KEY` in the environment wins over the file. A messenger's section that is absent means that messenger
is off. Faults carry catalogue entries (texts/*/cli.ftl) and never the value of a secret.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from msgspec.structs import replace
from pydantic import Field, SecretStr, ValidationError

from adapters.sections import MESSENGERS, Messengers
from bot.calendar import Calendar, of_china
from bot.choices import (
    DatabaseUrl,
    Fault,
    Host,
    MaybeSecret,
    Port,
    Section,
    Wants,
    YesNo,
)  # fmt: skip
from bot.domain.rules import Rules
from bot.sections import MeetingsSection, OwnKind, RemindersSection, WorkplaceSection
from bot.workplace import Workplace

PREFIX = "BIHUAN_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_FIRST = (
    ("reminders", "unaccepted_remind_hours", "unaccepted_report_hours"),
    ("meetings", "draft_remind_hours", "draft_within_hours"),
    ("meetings", "acknowledge_remind_hours", "acknowledge_within_hours"),
)
"""Section, what is reminded, and what is reported after it."""
_KEY = "[key]"
"""Where pydantic finds fault with a table's name and not with what stands in it."""
_NO = ("false", "0", "no", "off")
_VALUE_SHOWN = 60


class BadConfig(Exception):
    """Everything that is wrong with the configuration; nothing was started."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.key}: {fault.text}" for fault in faults))
        self.faults = faults


class DatabaseSection(Section):
    """Where everything is kept. A password may stand in the address, so it counts as a secret."""

    url: DatabaseUrl = SecretStr("sqlite:///bihuan.db")

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for a database that is a server."""
        scheme, _, path = self.url.get_secret_value().partition("://")
        return Path(path.partition("?")[0].removeprefix("/")) if scheme.startswith("sqlite") else None


class ServerSection(Section):
    """Where the workplace listens."""

    host: Host = LOOPBACK[0]
    port: Port = 8080


class WebSection(Section):
    """The web workplace."""

    enabled: YesNo = True
    access_token: MaybeSecret = SecretStr("")


def _defaults() -> Any:
    """A section that is not there is as if it were there and empty."""
    return Field(default={}, validate_default=True)


class Settings(Messengers):
    """The whole configuration. Build it with `load`."""

    workplace: WorkplaceSection = _defaults()
    database: DatabaseSection = _defaults()
    server: ServerSection = _defaults()
    web: WebSection = _defaults()
    reminders: RemindersSection = _defaults()
    meetings: MeetingsSection = _defaults()

    @property
    def messengers(self) -> tuple[str, ...]:
        """The messengers that have a section, in the order of MESSENGERS."""
        return tuple(name for name in MESSENGERS if getattr(self, name) is not None)

    @property
    def port_chosen(self) -> bool:
        """Whether somebody asked for this port: then no other will do."""
        return "port" in self.server.model_fields_set

    def secrets(self) -> tuple[str, ...]:
        """Every secret in it, for the log's mask; of the database's address only the password."""
        values = [value for section in self._sections() for value in vars(section).values()]
        found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        url = self.database.url.get_secret_value()
        return tuple(filter(None, [urlsplit(url).password or "", *(value for value in found if value != url)]))

    def core(self) -> Workplace:
        """What the core needs of it."""
        chosen = self.workplace
        own = {**dict.fromkeys(chosen.days_off, False), **dict.fromkeys(chosen.days_worked, True)}
        return Workplace(
            name=chosen.name,
            language=chosen.language,
            timezone=chosen.timezone,
            calendar=Calendar.of(chosen.calendar, chosen.workday.days, own, self._published),
            quiet=chosen.quiet,
            rules=self._rules(),
            admins=chosen.admins,
            approvers=self.meetings.approvers,
            kinds=self.meetings.all_kinds(),
            font=self.meetings.font,
        )

    def _published(self, year: int) -> Mapping[date, bool] | None:
        return {} if year in self.workplace.years_complete else of_china(year)

    def _rules(self) -> Rules:
        numbers: dict[str, Any] = {**dict(self.reminders), **dict(self.meetings)}
        numbers = {name: value for name, value in numbers.items() if name not in ("approvers", "kinds", "font")}
        plain = Rules.__struct_fields__  # a topic's minutes are a number there too
        for name in [name for name in numbers if name.endswith(("_hours", "_minutes")) and name not in plain]:
            rule, _, unit = name.rpartition("_")
            numbers[rule] = timedelta(**{unit: numbers.pop(name)})
        day = self.workplace.workday
        numbers |= {"morning": self.reminders.morning or day.start, "due_time": self.reminders.due_time or day.end}
        return Rules(**numbers)

    def _sections(self) -> list[Section]:
        return [section for section in vars(self).values() if isinstance(section, Section)]


def load(path: Path | None) -> Settings:
    """The settings of the file (None: none) and the environment. Raises BadConfig with every fault there is."""
    given = _merged(_read(path) if path else {}, _environment())
    faults = [*_strange_variables(), *_relations(given)]
    try:
        settings = Settings(**given)
    except ValidationError as wrong:
        raise BadConfig([*map(_fault, wrong.errors(include_url=False, include_context=False)), *faults]) from None
    if both := settings.workplace.off_and_worked:
        faults.append(Fault("workplace.days_off", "config-day-twice", args={"days": both}))
    if faults:
        raise BadConfig(faults)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise BadConfig(
            [Fault(str(path), "config-unreadable", args={"reason": fault.strerror or str(fault)})]
        ) from None
    except UnicodeDecodeError:
        raise BadConfig([Fault(str(path), "config-not-utf8")]) from None
    except tomllib.TOMLDecodeError as fault:
        raise BadConfig([Fault(str(path), "config-not-toml", args={"reason": str(fault)})]) from None


def _environment() -> dict[str, Any]:
    """BIHUAN_SECTION__KEY as {section: {key: text}}, in whatever case; more double underlines lead deeper."""
    found: dict[str, Any] = {}
    for name in sorted(filter(_is_ours, environ)):
        _put(found, name[len(PREFIX) :].lower().split("__"), environ[name])
    return {section: keys for section, keys in found.items() if section in Settings.model_fields}


def _is_ours(variable: str) -> bool:
    return variable.upper().startswith(PREFIX)


def _put(there: dict[str, Any], path: Sequence[str], text: str) -> None:
    """Text where a section should be stays, and is a fault of its own."""
    key, *deeper = path
    if not deeper:
        there[key] = text
        return
    below = there.setdefault(key, {})
    if isinstance(below, dict):
        _put(below, deeper, text)


def _merged(file: dict[str, Any], env: dict[str, Any]) -> dict[str, Any]:
    """The environment's keys over the file's, section by section."""
    merged = dict(file)
    for name, section in env.items():
        below = file.get(name, {})
        merged[name] = {**below, **section} if isinstance(section, dict) and isinstance(below, dict) else section
    return merged


def _strange_variables() -> Iterator[Fault]:
    """BIHUAN_FOO__BAR where there is no section foo: a slip nobody would ever notice."""
    for name in filter(_is_ours, environ):
        section, double, _ = name[len(PREFIX) :].lower().partition("__")
        if double and section not in Settings.model_fields:
            yield _unknown(name, section, Settings.model_fields)


def near_misses() -> Iterator[tuple[str, str]]:
    """BIHUAN_SERVER_PORT, one underline short of a setting, which nothing reads; and what was meant. No fault: others may
    have put it there (Kubernetes does, for a service of that name)."""
    for name in sorted(filter(_is_ours, environ)):
        section, _, key = name[len(PREFIX) :].lower().partition("_")
        kind = section_of(section)
        if kind is not None and key in kind.model_fields:
            yield name, f"{PREFIX}{section}__{key}".upper()


def _fault(error: Mapping[str, Any]) -> Fault:
    """A sentence's name for what pydantic found."""
    path = [str(part) for part in error["loc"]]
    section, name = path[0], path[1] if len(path) > 1 else ""
    key = ".".join(filter(None, (section, name)))
    kind = section_of(section)
    if path[:2] == ["meetings", "kinds"] and len(path) > 2:
        key, name, kind = ".".join(path[:4]), path[3] if len(path) > 3 else "kinds", OwnKind
        if name == _KEY:
            return Fault(".".join(path[:3]), "config-wrong", "kind-name", {"value": _shown(path[2])})
    if error["type"] == "extra_forbidden":
        return _unknown(key, name or section, kind.model_fields if kind else Settings.model_fields)
    wants = _wants(kind, name)
    if error["type"] == "missing":
        return Fault(key, "config-missing", wants)
    if wants in ("secret", "database"):
        return Fault(key, "config-wrong-secret", wants)
    return Fault(key, "config-wrong" if name else "config-no-section", wants, {"value": _shown(error.get("input"))})


def _relations(given: Mapping[str, Any]) -> Iterator[Fault]:
    """What shows only when two settings are seen together; on the raw values, so that it is said beside other faults."""
    for name in MESSENGERS:
        kind = section_of(name)
        found = kind.strange(_table(given, name)) if kind and name in given else ()
        yield from (replace(fault, key=f"{name}.{fault.key}") for fault in found)
    host, token = _table(given, "server").get("host", LOOPBACK[0]), _table(given, "web").get("access_token", "")
    if host not in LOOPBACK and not str(token).strip():
        yield Fault("web.access_token", "config-open-host", "secret", {"host": str(host)})
    if str(_table(given, "web").get("enabled", True)).lower() in _NO and not any(name in given for name in MESSENGERS):
        yield Fault("web.enabled", "config-no-messenger")
    for section, first, then in _FIRST:
        remind, report = (_hours(given, section, name) for name in (first, then))
        if remind >= report:
            args = {"report": f"{report:g}", "then": f"{section}.{then}"}
            yield Fault(f"{section}.{first}", "config-remind-first", args=args)


def _hours(given: Mapping[str, Any], section: str, name: str) -> float:
    kind = section_of(section)
    default: float = kind.model_fields[name].default if kind else 0
    try:
        return float(_table(given, section).get(name, default))
    except (TypeError, ValueError):  # said as a fault of its own
        return default


def _table(given: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    found = given.get(section)
    return found if isinstance(found, Mapping) else {}


def _unknown(key: str, name: str, known: Iterable[str]) -> Fault:
    near = get_close_matches(name, known, 1, 0.5)
    section = key.rpartition(".")[0] if "__" not in key else ""
    nearest = f"{section}.{near[0]}" if near and section else near[0] if near else ""
    return Fault(key, "config-unknown-nearest" if near else "config-unknown", args={"nearest": nearest})


def section_of(name: str) -> type[Section] | None:
    """The class of the section of this name."""
    there = Settings.model_fields.get(name)
    kinds = [there.annotation, *get_args(there.annotation)] if there else []
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section)), None)


def _wants(kind: type[Section] | None, name: str) -> str:
    """What the setting says of itself by its `Wants`, also where it may be None."""
    there = kind.model_fields.get(name) if kind else None
    if there is None:
        return ""
    beside = [
        *there.metadata,
        *(mark for part in get_args(there.annotation) for mark in getattr(part, "__metadata__", ())),
    ]
    return next((mark.name for mark in beside if isinstance(mark, Wants)), "")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _VALUE_SHOWN else text[: _VALUE_SHOWN - 1] + "…"
