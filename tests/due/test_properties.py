"""What holds for any text: only DueRefused is raised, no past moment is given, and width, threads and order change nothing."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, at
from bot.due import Due, DueRefused, read, split
from tests.due.given import CHINA, NOW, answer, rows

pytestmark = pytest.mark.slow

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC")]
PIECES = [
    *"今明后大天周下上本个月底初末前内后号日年一二两三五十廿百0 1 3 12 31 2026 : / . - ( ) , 点半刻 或 到 的 工作日 小时 星期 礼拜 国庆 春节 "
    "下午 晚上 凌晨 中午 by in the of next this last end day week month quarter year friday mon dec 3rd 5pm noon a half and or "
    "working days before after from today tomorrow eod q4 腊月 初三 截止 due: 尽快 asap".split(),
    " ",
]
phrases = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
spaced = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)
seconds = st.integers(0, 16 * 365 * 86_400)
moments = st.builds(
    lambda after, zone: (datetime(2020, 1, 2, tzinfo=UTC) + timedelta(seconds=after)).astimezone(zone),
    seconds,
    st.sampled_from(ZONES),
)
known = st.sampled_from([row["text"] for row in (*rows("phrases.json"), *rows("further.json"))])


def outcome(text: str, now: datetime) -> tuple[Due | None, str]:
    """The due, or the name of the refusal's sentence."""
    try:
        return read(text, now, CHINA), ""
    except DueRefused as refused:
        return None, refused.text


def parted(text: str, now: datetime) -> tuple[str, Due | None, str]:
    """The title and the due, or the phrase that is refused."""
    try:
        return *split(text, now, CHINA), ""
    except DueRefused as refused:
        return "", None, str(refused.args_["phrase"])


def refusal(text: str) -> DueRefused | None:
    try:
        read(text, NOW, CHINA)
    except DueRefused as refused:
        return refused
    return None


@given(st.one_of(phrases, spaced, known), moments)
def test_any_text_is_a_day_to_come_or_a_refusal(text, now):
    due, kind = outcome(text, now)
    assert kind in ("", "due-vague", "due-invalid", "due-past", "due-unknown")
    if due:
        assert due.day >= now.date()
        assert due.day < now.date() + timedelta(days=3_701)
        assert due.time is None or at(due.day, due.time, now.tzinfo) >= now


@given(st.one_of(phrases, spaced), moments)
def test_any_line_is_split_or_refused(text, now):
    title, due, refused = parted(text, now)
    if not refused:
        assert due is not None or title == text
        assert due is None or (due.day >= now.date() and len(title) < len(text))


@given(st.one_of(phrases, known))
def test_width_is_no_difference(text):
    narrow = unicodedata.normalize("NFKC", text)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert outcome(text, NOW) == outcome(narrow, NOW) == outcome(wide, NOW)


@given(known, st.sampled_from([" {} ", "{}。", "“{}”", "{}！", "\u200b{}", "{}\n"]))
def test_what_stands_around_a_phrase_is_no_difference(text, frame):
    assert outcome(frame.format(text), NOW) == outcome(text, NOW)


@given(known, st.integers(0, 3000))
def test_an_explicit_iso_day_means_itself(text, n):
    day = NOW.date() + timedelta(days=n)
    assert answer(day.isoformat()) == answer(f"{day:%Y/%m/%d}") == answer(f"{day:%Y年%m月%d日}") == day.isoformat()


@given(st.dates(date(2026, 11, 18), date(2027, 11, 17)))
def test_a_month_and_day_is_the_coming_one(day):
    spellings = (f"{day.month}月{day.day}日", f"{day.month}/{day.day}", f"{day:%b} {day.day}", f"{day.day} {day:%B}")
    assert {answer(spelling) for spelling in spellings} == {day.isoformat()}


@given(st.dates(date(2026, 11, 18), date(2034, 1, 1)), moments.filter(lambda now: now.date() < date(2026, 1, 1)))
def test_a_year_said_is_kept(day, now):
    assert answer(f"{day:%Y-%m-%d}", now) in (day.isoformat(), "invalid")


@given(
    st.integers(1, 999),
    st.sampled_from(["{}天内", "{}天之后", "in {} days", "within {} days", "{} days from now", "+{}d"]),
)
def test_days_are_counted_from_today(n, frame):
    assert answer(frame.format(n)) == (NOW.date() + timedelta(days=n)).isoformat()


@given(known)
def test_each_offer_is_understood_and_lies_ahead(text):
    refused = refusal(text)
    if refused:
        assert refused.text == f"due-{refused.kind}"
        assert refused.offers
        assert [read(offer.say, NOW, CHINA).day.isoformat() for offer in refused.offers] == [
            o.say for o in refused.offers
        ]
        assert read(str(refused.args_["example"]), NOW, CHINA).day >= NOW.date()


@pytest.mark.parametrize("calendar", [Calendar.of("CN"), CHINA])
def test_threads_do_not_disturb_each_other(calendar):
    """Eight threads, each with its own moment: what one asks never shows in another's answer."""
    texts = [row["text"] for row in rows("phrases.json")]
    nows = [NOW + timedelta(days=37 * n, hours=n) for n in range(8)]

    def answers(now: datetime) -> list[str]:
        return [answer(text, now, calendar) for text in texts]

    alone = [answers(now) for now in nows]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(answers, nows)) == alone
