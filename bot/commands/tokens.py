"""A line's words apart: labelled values, @names, marks like !high, and what is left. Order does not matter.

A labelled value (`标准：…`, `std: …`) goes on to the next label, @, !mark, semicolon or line end, or is quoted whole
(`text: "…"`). Everything is cut out of the text as written; only recognising looks at it in plain width and case.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from msgspec import Struct, field

from bot.commands import naming
from bot.commands.asking import Asking
from bot.commands.naming import Who
from bot.domain.action import Cadence, Priority
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.pattern import pattern

LABELS: dict[str, tuple[str, ...]] = {
    "text": ("内容", "行动", "事项", "text", "what"),
    "owner": ("负责人", "owner"),
    "due": ("截止", "截止日", "截止日期", "期限", "到期日", "due", "due date", "deadline"),
    "criterion": ("标准", "验收标准", "交付标准", "std", "standard", "criterion", "criteria", "acceptance criterion",
                  "done when"),
    "supporters": ("配合", "配合方", "支持", "with", "supporters", "supporter"),
    "tracker": ("跟踪人", "跟踪", "验收人", "tracker", "verifier"),
    "department": ("部门", "牵头部门", "部門", "牽頭部門", "dept", "department"),
    "priority": ("优先级", "優先級", "priority"),
    "place": ("地点", "地點", "place", "where"),
    "meeting": ("会议", "會議", "meeting"),
    "cadence": ("跟进", "跟進", "cadence"),
    "remarks": ("备注", "備註", "remarks", "remark"),
    "why": ("原因", "理由", "why", "reason", "because"),
    "resolver": ("解决人", "解決人", "resolver"),
    "until": ("解决日期", "解決日期", "until", "直到"),
    "deliverable": ("成果", "交付成果", "deliverable"),
    "source": ("来源", "來源", "source"),
    "quote": ("引用", "quote"),
    "quoted": ("原作者", "said by"),
    "reckoned": ("推算自", "reckoned from"),
    "title": ("名称", "会议名称", "名稱", "主题", "主題", "title", "name"),
    "start": ("时间", "開始", "开始", "开始时间", "時間", "start", "time", "when"),
    "ending": ("结束", "结束时间", "結束", "end", "ends"),
    "length": ("时长", "時長", "length", "duration"),
    "kind": ("类型", "類型", "会议类型", "type", "kind"),
    "host": ("主持人", "主持", "host", "chair"),
    "recorder": ("记录人", "記錄人", "紀錄人", "recorder", "notetaker"),
    "invitees": ("参会人", "参会", "參會人", "邀请", "邀請", "invitees", "invite", "attendees"),
    "copies": ("抄送", "cc", "copies"),
    "leaders": ("可见领导", "可見領導", "指定领导", "指定領導", "leaders", "named leaders"),
    "objective": ("目标", "目標", "目的", "会议目标", "objective", "goal"),
    "expected": ("预期", "预期成果", "预期结果", "預期", "預期成果", "expected", "outcome", "expected outcome"),
    "link": ("链接", "連結", "会议链接", "link", "url"),
    "reason": ("事由", "原因", "召开原因", "reason", "why"),
    "topic": ("议题", "議題", "topic"),
    "confidential": ("保密", "confidential"),
    "repeat": ("重复", "重複", "周期", "repeat", "repeats"),
    "presenter": ("汇报人", "主讲人", "主讲", "匯報人", "presenter", "speaker"),
    "minutes": ("用时", "用時", "分钟", "minutes"),
    "brings": ("产出", "產出", "brings", "for"),
    "proxy": ("代理人", "代表", "proxy"),
}  # fmt: skip
PEOPLE = frozenset(
    {
        "owner",
        "supporters",
        "tracker",
        "resolver",
        "host",
        "recorder",
        "invitees",
        "copies",
        "leaders",
        "presenter",
        "proxy",
    }
)
SEVERAL = frozenset({"supporters", "owner", "invitees", "copies", "leaders"})
REPEATED = frozenset({"topic"})
"""Labels that may come several times, each with a line of its own; what follows may name people (议题：… @李四)."""
PRIORITIES = {
    "high": Priority.HIGH, "高": Priority.HIGH, "紧急": Priority.HIGH, "urgent": Priority.HIGH, "重要": Priority.HIGH,
    "normal": Priority.NORMAL, "medium": Priority.NORMAL, "中": Priority.NORMAL, "普通": Priority.NORMAL,
    "low": Priority.LOW, "低": Priority.LOW,
}  # fmt: skip
CADENCES = {
    "daily": Cadence.DAILY, "每天": Cadence.DAILY, "每日": Cadence.DAILY, "每天跟进": Cadence.DAILY, "每日跟进": Cadence.DAILY,
    "weekly": Cadence.WEEKLY, "每周": Cadence.WEEKLY, "每周跟进": Cadence.WEEKLY,
}  # fmt: skip
QUOTES = (("“", "”"), ("「", "」"), ('"', '"'), ("«", "»"))

_TITLES = frozenset({"配合", "配合方", "负责人", "跟踪人", "验收人", "解决人", "主持人", "记录人", "参会人", "抄送"})
"""Before an @name these need no colon: 配合 @孙七. English `with` does: there it is part of many a sentence."""
_STANDS = r"(?:^|(?<=[\s,，;；。.、)）\]】》”\"]))"
_AT = r"(?P<at>(?<![a-z0-9._%+\-@])@(?=[^\s@]))"
_BANG = rf"(?P<bang>{_STANDS}!(?P<mark>[^\s!,;，；、]{{1,8}})(?=[\s,;，；、]|$))"
_FOLLOWED = rf"(?P<daily>{_STANDS}(?:每天|每日|每周)跟进(?=[\s,;，；。]|$))"
_MARKED = pattern(rf"\S{{0,40}}?(?P<bang>!(?:{'|'.join((*PRIORITIES, *CADENCES))})(?=[\s,;，；、]|$))")
"""Right behind a name, or behind the day that it runs into: `@李四下周五前!high`."""
_ENDS = pattern(r"[;；\n]")
_OPENING, _NEAR = 200, 60
"""Characters that are looked at for a name, and within which it runs into the next mark."""
_JOINING = pattern(r"[、,，&＆和与與及跟]|and", re.IGNORECASE)
_LISTED = pattern(r"\s*(?:[,，、&]|和(?=\s*@)|and(?=\s))\s*")


class Parts(Struct):
    """`labels`: field → value as written · `people`: field → whom it names ("owner" also for a bare @name) · `words`:
    what is left, in pieces that stood apart."""

    labels: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Who]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)
    priority: Priority | None = None
    cadence: Cadence | None = None

    @property
    def rest(self) -> str:
        """What is left, as one text."""
        return " ".join(self.words)


def parts(asking: Asking, text: str, labels: Iterable[str], bare: str = "owner") -> Parts:
    """`text` apart, with these labels known; a bare @name is a `bare` ("" leaves names in the words).

    Raises Refusal for a name that nobody, or more than one, has."""
    return _Reading(asking, text, tuple(labels), bare).read()


def enclosed(text: str) -> str:
    """The text in marks that it does not hold itself, so that it is read as one value whatever it says."""
    for opening, closing in QUOTES:
        if opening not in text and closing not in text:
            return f"{opening}{text}{closing}"
    return text


class _Reading:
    """One pass over a text, from mark to mark."""

    def __init__(self, asking: Asking, text: str, labels: tuple[str, ...], bare: str) -> None:
        self.asking = asking
        self.text = text
        self.low = shadow(text)
        self.bare = bare
        self.names = _names(labels)
        self.marks = _marks(labels, bool(bare))
        self.found = Parts()

    def read(self) -> Parts:
        place, before = 0, ""
        while match := self.marks.search(self.low, place):
            joins = before == match.lastgroup == "at" and _JOINING.fullmatch(self.text[place : match.start()].strip())
            if not joins:
                self._left(place, match.start())
            place, before = self._take(match), match.lastgroup or ""
        self._left(place, len(self.text))
        self._standing_words()
        return self.found

    def _take(self, match: re.Match[str]) -> int:
        """What the mark introduces goes to its field; returns where it ends."""
        if match.lastgroup == "at":
            return self._person(self.bare, match.end())
        if match.lastgroup == "daily":
            self.found.cadence = CADENCES[match["daily"]]
            return match.end()
        if match.lastgroup == "bang":
            return self._bang(match)
        label = self.names[" ".join(match["label"].split())]
        return self._people(label, match.end()) if label in PEOPLE else self._value(label, match.end())

    def _bang(self, match: re.Match[str]) -> int:
        if match["mark"] in PRIORITIES:
            self.found.priority = PRIORITIES[match["mark"]]
        elif match["mark"] in CADENCES:
            self.found.cadence = CADENCES[match["mark"]]
        else:
            self._left(match.start(), match.end())
        return match.end()

    def _person(self, name: str, place: int) -> int:
        found, length = self._who(place)
        self.found.people.setdefault(name, []).append(found)
        mark = _MARKED.match(self.low, place + length)
        if mark:
            self._set_apart(mark.start("bang"))
        return place + length

    def _who(self, place: int) -> tuple[Who, int]:
        """Whom the words from here mean; a name that runs into a mark (`@李四标准：…`, `@李四@王五`) is set apart from it."""
        try:
            return naming.who(self.asking, self.text[place : place + _OPENING])
        except Refusal as refused:
            mark = _glued(tuple(sorted(set(self.names.values())))).search(self.low, place + 1, place + _NEAR)
            if refused.text != "person-unknown" or mark is None or " " in self.low[place : mark.start()]:
                raise
            with suppress(Refusal):
                found = naming.who(self.asking, self.text[place : mark.start()])
                if mark.lastgroup != "at":
                    self._set_apart(mark.start())
                return found
            raise

    def _set_apart(self, place: int) -> None:
        self.text = f"{self.text[:place]} {self.text[place:]}"
        self.low = f"{self.low[:place]} {self.low[place:]}"

    def _people(self, label: str, place: int) -> int:
        """One name, and with commas between them several."""
        while True:
            place += len(self.low[place:]) - len(self.low[place:].lstrip())
            place += self.low.startswith("@", place)
            if place >= len(self.text) or _ENDS.match(self.low, place):
                return place
            place = self._person(label, place)
            more = _LISTED.match(self.low, place)
            if not more or label not in SEVERAL:
                return place
            place = more.end()

    def _value(self, label: str, place: int) -> int:
        place += len(self.low[place:]) - len(self.low[place:].lstrip(" \u3000\xa0"))
        quoted = _quoted(self.text, place)
        if quoted:
            self.found.labels[label] = self.text[place + 1 : quoted - 1]
            self.found.quoted.add(label)
            return quoted
        marks = _marks(tuple(sorted(set(self.names.values()))), False) if label in REPEATED else self.marks
        ends = [found.start() for pattern in (marks, _ENDS) if (found := _next(pattern, self.low, place))]
        end = min(ends, default=len(self.text))
        self._labelled(label, self.text[place:end].strip(" \u3000\xa0,，"))
        return end + (1 if _ENDS.match(self.low, end) else 0)

    def _labelled(self, label: str, value: str) -> None:
        before = self.found.labels.get(label) if label in REPEATED else None
        self.found.labels[label] = value if before is None else f"{before}\n{value}"

    def _left(self, start: int, end: int) -> None:
        piece = self.text[start:end].strip().strip(",，;；").strip()
        if piece:
            self.found.words.append(piece)

    def _standing_words(self) -> None:
        """`daily` as a piece of its own; inside a sentence it is the sentence's."""
        kept = [piece for piece in self.found.words if shadow(piece) != "daily"]
        if len(kept) != len(self.found.words) and kept:
            self.found.words, self.found.cadence = kept, Cadence.DAILY


@cache
def _names(labels: tuple[str, ...]) -> dict[str, str]:
    """Every way to write these labels → the field."""
    return {shadow(name): label for label in labels for name in LABELS[label]}


@cache
def _marks(labels: tuple[str, ...], people: bool) -> re.Pattern[str]:
    names = sorted(_names(labels), key=len, reverse=True)
    spaced = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    titles = "|".join(name for name in names if name in _TITLES)
    called = rf"|(?:{titles})(?=\s*@)" if titles and people else ""
    label = [rf"{_STANDS}(?P<label>(?:{spaced})(?=\s*:){called})\s*:?"] if names else []
    return re.compile("|".join([*label, *([_AT] if people else []), _BANG, _FOLLOWED]))


@cache
def _glued(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A mark right behind a name: a label of these with its colon, a title before an @, or the @ itself."""
    names = "|".join(re.escape(name) for name in sorted(_names(labels), key=len, reverse=True))
    titles = "|".join(sorted(_TITLES, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{names})(?=\s*:)|(?:{titles})(?=\s*@)|{_AT}" if names else _AT)


def _next(pattern: re.Pattern[str], low: str, place: int) -> re.Match[str] | None:
    """The next end of a value; a mark like !high is none where people may be named (it is the topic's)."""
    return next(
        (found for found in pattern.finditer(low, place) if found.lastgroup != "bang" or "at" in pattern.groupindex),
        None,
    )


def _quoted(text: str, place: int) -> int:
    """Where a value that is quoted whole ends; 0 when it is not."""
    for opening, closing in QUOTES:
        if text.startswith(opening, place):
            end = text.find(closing, place + 1)
            return end + 1 if end > 0 else 0
    return 0
