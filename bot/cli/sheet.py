"""A CSV file of people becomes rows, each cell read for what it means; what is wrong is kept beside, cell by cell.

The file may be UTF-8 (with or without a mark), GB18030, Big5 or UTF-16 with its mark, as Excel writes them; its headings Chinese
or English.
"""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, field

from bot.pattern import pattern
from bot.people import Account
from bot.texts import LANGUAGES, spoken

HEADINGS = {
    "name": ("name", "姓名", "名字"),
    "email": ("email", "e-mail", "mail", "邮箱", "電郵", "电子邮件", "郵箱"),
    "department": ("department", "部门", "部門"),
    "head": ("head", "负责人", "負責人", "部门负责人"),
    "timezone": ("timezone", "time zone", "时区", "時區"),
    "language": ("language", "语言", "語言"),
    "accounts": ("accounts", "account", "账号", "帐号", "帳號"),
}
_COLUMN = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_LANGUAGES = {
    "简体中文": "zh-Hans",
    "中文": "zh-Hans",
    "繁體中文": "zh-Hant",
    "繁体中文": "zh-Hant",
    "english": "en",
    "英文": "en",
}
_YES, _NO = ("yes", "y", "true", "1", "是", "对", "√"), ("", "no", "n", "false", "0", "否", "不是")
_EMAIL = pattern(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_HIDDEN = pattern("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NAME_LIMIT, _CELL_LIMIT = 80, 200


class Wrong(Struct, frozen=True):
    """A cell that cannot stay: row as the spreadsheet numbers it (the heading is 1), column, and the sentence's name."""

    row: int
    column: str
    text: str
    args: dict[str, str] = field(default_factory=dict)


class Row(Struct, frozen=True):
    """One person of the file; empty: the file does not say. `head`: they head their department; `headed_by`: a name."""

    number: int
    name: str
    email: str = ""
    department: str = ""
    head: bool = False
    headed_by: str = ""
    timezone: str = ""
    language: str = ""
    accounts: tuple[Account, ...] = ()


class Unreadable(Exception):
    """No table of people at all: `text` names the sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read(content: bytes, messengers: Collection[str]) -> tuple[list[Row], list[Wrong]]:
    """The rows that can be read and everything that is wrong. Raises Unreadable."""
    text = _decoded(content)
    records = _records(text)
    if not records:
        raise Unreadable("import-empty")
    columns, wrong = _columns(records[0])
    if "name" not in columns:
        raise Unreadable("import-no-name")
    rows = []
    for number, cells in enumerate(records[1:], 2):
        if any(cell.strip() for cell in cells):
            row, faults = _Reader(number, columns, messengers).row(cells)
            rows.append(row)
            wrong += faults
    if not rows and not wrong:
        raise Unreadable("import-nobody")
    return rows, wrong


def _decoded(content: bytes) -> str:
    """By the first encoding in which the first row names a column: Big5 can be read as GB18030 too, as nonsense."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "gb18030", "big5")
    texts = [text for encoding in encodings if (text := _as(encoding, content))]
    if not texts and content:
        raise Unreadable("import-encoding")
    return next((text for text in texts if any(heading in _COLUMN for heading in _headings(text))), "".join(texts[:1]))


def _as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _headings(text: str) -> list[str]:
    return [cell.strip('" \r').lower() for cell in re.split("[,;\t]", text.partition("\n")[0])]


def _records(text: str) -> list[list[str]]:
    """The cells, by the separator that the heading has most of."""
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        raise Unreadable("import-not-csv") from fault


def _columns(headings: list[str]) -> tuple[list[str], list[Wrong]]:
    """Each place's column ("" where unknown), and the headings that are not known or come twice."""
    columns: list[str] = []
    wrong = []
    for heading in headings:
        name = heading.strip()
        column = _COLUMN.get(name.lower(), "")
        if column in columns and column:
            wrong.append(Wrong(1, name, "import-column-twice"))
        elif not column and name:
            near = get_close_matches(name.lower(), _COLUMN, 1, 0.6)
            wrong.append(Wrong(1, name, "import-column-unknown", {"nearest": near[0] if near else ", ".join(HEADINGS)}))
        columns.append(column)
    return columns, wrong


class _Reader:
    """Reads the cells of one row, collecting what is wrong with them."""

    def __init__(self, number: int, columns: list[str], messengers: Collection[str]) -> None:
        self.number = number
        self.columns = columns
        self.messengers = messengers
        self.wrong: list[Wrong] = []

    def row(self, cells: list[str]) -> tuple[Row, list[Wrong]]:
        """The row, and what is wrong in it."""
        if len(cells) > len(self.columns):
            self._fault("", "import-too-many-cells", cells=str(len(cells)), columns=str(len(self.columns)))
        given = {column: self._clean(column, cell) for column, cell in zip(self.columns, cells, strict=False) if column}
        head, headed_by = self._head(given.get("head", ""))
        row = Row(
            self.number, self._name(given.get("name", "")), self._email(given.get("email", "")),
            given.get("department", ""), head, headed_by, self._zone(given.get("timezone", "")),
            self._language(given.get("language", "")), tuple(self._accounts(given.get("accounts", ""))),
        )  # fmt: skip
        if (head or headed_by) and not row.department:
            self._fault("head", "import-head-of-nothing")
        return row, self.wrong

    def _fault(self, column: str, text: str, **args: str) -> None:
        self.wrong.append(Wrong(self.number, column, text, args))

    def _clean(self, column: str, cell: str) -> str:
        shown = " ".join(_HIDDEN.sub(" ", cell).split())
        limit = _NAME_LIMIT if column == "name" else _CELL_LIMIT
        if len(shown) > limit:
            self._fault(column, "import-too-long", limit=str(limit))
        return shown[:limit]

    def _name(self, name: str) -> str:
        if not name:
            self._fault("name", "import-nameless")
        return name

    def _email(self, email: str) -> str:
        if email and not _EMAIL.fullmatch(email):
            self._fault("email", "import-email", value=email)
            return ""
        return email.lower()

    def _zone(self, zone: str) -> str:
        try:
            return zone and ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._fault("timezone", "import-zone", value=zone)
            return ""

    def _language(self, language: str) -> str:
        read = _LANGUAGES.get(language.lower(), language if language in LANGUAGES else "")
        if not read and re.match(r"(?i)(zh|en)\b", language):
            read = spoken(language)
        if language and not read:
            self._fault("language", "import-language", value=language)
        return read

    def _head(self, head: str) -> tuple[bool, str]:
        if head.lower() in _YES or head.lower() in _NO:
            return head.lower() in _YES, ""
        return False, head

    def _accounts(self, accounts: str) -> Iterator[Account]:
        for part in re.split(r"[;；、\s]+", accounts):
            messenger, colon, user = part.replace("：", ":").partition(":")
            if part and not (colon and user and messenger.lower() in self.messengers):
                self._fault("accounts", "import-account", value=part, messengers=", ".join(self.messengers))
            elif part:
                yield Account(messenger.lower(), user)
