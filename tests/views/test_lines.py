"""Phrases: what a person wrote is clipped only between graphemes; days and hours are the reader's own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from bot.domain.action import Due
from bot.views import lines
from tests.views.cast import LI, NOW, TODAY, ZHANG, action, due, late, scene

FAMILY, FLAG, KEYCAP = "👨‍👩‍👧‍👦", "🇨🇳", "1️⃣"
PIECES = st.lists(
    st.sampled_from([FAMILY, FLAG, KEYCAP, "流", "a", "é", "👍🏽", " ", "\n", "\u202e", "<b>", "\x00"]), max_size=500
)


@given(PIECES, st.integers(1, 60))
def test_clipping_keeps_graphemes_whole_and_says_that_it_clipped(pieces: list[str], cells: int) -> None:
    text = "".join(pieces)
    shown = lines.single(text, cells)
    whole = lines.one_line(text)
    assert shown.isprintable() or not set(shown) & set("\n\r\u202e\x00")
    assert cell_len(shown.removesuffix("…")) <= cells or shown == whole
    if shown != whole:
        kept = shown.removesuffix("…")
        assert shown.endswith("…")
        assert whole.startswith(kept)
        assert kept.count("🇨") == kept.count("🇳")
        assert not kept.endswith("\u200d")


@pytest.mark.parametrize("one", [FAMILY, FLAG, KEYCAP, "é", "👍🏽"])
def test_a_grapheme_is_never_cut(one: str) -> None:
    for cells in range(1, 40):
        kept = lines.single(one * 30, cells).removesuffix("…")
        assert kept == one * (len(kept) // len(one))


def test_a_flag_whose_half_is_lost_does_not_swallow_what_follows() -> None:
    assert lines.single("🇨a" * 30, 6).startswith("🇨a🇨a")


def test_what_fits_is_not_touched() -> None:
    assert lines.single("缺少流程节点图", 44) == "缺少流程节点图"
    assert lines.single("x" * 44, 44) == "x" * 44
    assert lines.single("x" * 45, 44) == "x" * 44 + "…"


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (TODAY, "今天 18:00 到期", "due today, 18:00"),
        (date(2026, 11, 26), "明天到期（11月26日 周四）", "due tomorrow (Thu 26 Nov)"),
        (date(2026, 11, 27), "后天到期（11月27日 周五）", "due in 2 days (Fri 27 Nov)"),
        (date(2026, 11, 30), "5 天后到期（11月30日 周一）", "due in 5 days (Mon 30 Nov)"),
        (date(2026, 12, 25), "12月25日（周五）到期", "due Fri 25 Dec"),
        (date(2027, 1, 8), "2027年1月8日（周五）到期", "due Fri 8 Jan 2027"),
        (date(2026, 11, 24), "已逾期 1 个工作日", "1 working day late"),
        (date(2026, 11, 20), "已逾期 3 个工作日", "3 working days late"),
        (date(2026, 11, 21), "已逾期 3 个工作日", "3 working days late"),
    ],
)
def test_how_near_it_is(day: date, zh: str, en: str) -> None:
    item = action(day=day)
    assert lines.due_words(scene(LI, "zh-Hans"), item) == zh
    assert lines.due_words(scene(LI, "en"), item) == en


def test_the_same_evening_it_is_overdue_without_a_number() -> None:
    evening = replace(scene(LI, "en"), now=NOW + timedelta(hours=9))
    assert lines.due_words(evening, action(day=TODAY)) == "overdue"


def test_a_given_hour_is_said_on_the_day() -> None:
    assert lines.due_words(scene(LI, "en"), replace(action(), due=due(TODAY, time(15, 30)))) == "due today, 15:30"


def test_hours_are_the_readers_own() -> None:
    here = scene(ZHANG, "en")
    assert here.reader is not None
    abroad = replace(here, reader=replace(here.reader, timezone="America/Los_Angeles"))
    assert lines.due_instant(here, action()) == "Fri 27 Nov, 18:00"
    assert lines.due_instant(abroad, action()) == "Fri 27 Nov, 02:00"
    assert lines.moment(abroad, datetime(2026, 11, 25, 2, 32, tzinfo=UTC)) == "18:32"
    assert lines.moment(abroad, datetime(2026, 11, 26, 2, 32, tzinfo=UTC)) == "Wed 25 Nov, 18:32"


def test_a_day_of_somebody_far_away_is_one_day_everywhere() -> None:
    """Said on Friday in Berlin, it ends on Saturday in Shanghai: the reader who wrote "Friday" must not read Saturday in one
    place and Friday in the next."""
    here = scene(ZHANG, "en")
    far = replace(here.directory.person(LI), timezone="Europe/Berlin")
    berlin = replace(here, directory=replace(here.directory, people={**here.directory.people, LI: far}))
    item = replace(action(), due=Due(date(2026, 11, 27), datetime(2026, 11, 27, 17, 0, tzinfo=UTC)))
    assert lines.due_instant(berlin, item) == "Fri 27 Nov, 18:00 (GMT+1)"
    chinese = replace(berlin, words=scene(ZHANG).words)
    assert lines.due_instant(chinese, item) == "11月27日（周五）GMT+1 18:00", "…18:00 前 stands behind it"
    assert lines.due_day(berlin, item) == "Fri 27 Nov (in 2 days)"
    assert lines.due_words(berlin, item) == "due in 2 days (Fri 27 Nov)"
    that_day = replace(berlin, now=datetime(2026, 11, 27, 2, 0, tzinfo=UTC))
    assert lines.due_words(that_day, item) == "due tomorrow (Sat 28 Nov)", "its hour is after midnight here"
    that_night = replace(berlin, now=datetime(2026, 11, 27, 16, 30, tzinfo=UTC))
    assert lines.due_words(that_night, item) == "due today, 01:00"


def test_a_room_reads_the_workplaces_zone() -> None:
    assert lines.moment(scene(None, "en"), datetime(2026, 11, 25, 2, 32, tzinfo=UTC)) == "10:32"


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [([], "", ""), (["A"], "A", "A"), (["A", "B"], "A 或 B", "A or B"), (["A", "B", "C"], "A、B 或 C", "A, B or C")],
)
def test_one_of_several(names: list[str], zh: str, en: str) -> None:
    assert lines.either(scene(LI, "zh-Hans").words, names) == zh
    assert lines.either(scene(LI, "en").words, names) == en


def test_lights_lead_and_closed_items_have_none() -> None:
    assert lines.lead(scene(), late()) == "🔴 A-31"
    assert lines.lead(scene(), action()) == "🟡 A-42"
    assert lines.lead(scene(), action(day=date(2026, 12, 25))) == "🟢 A-42"
    assert lines.lead(scene(), action(state="done")) == "A-42"
