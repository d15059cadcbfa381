"""The weekly digest: counts first, worst first, at most about fifteen lines, nothing when there is nothing to say."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.cards import Bar, Chart, plain
from bot.texts import LANGUAGES
from bot.views import digest
from bot.views.notices import MOMENTS
from bot.views.scene import Scene
from tests.views.cast import LI, NOW, ZHAO, action, blocked, late, scene
from tests.views.pressed import labels
from tests.views.shown import figures

MANY = tuple(replace(action("en"), number=n) for n in range(100, 140))


def _on_friday(language: str = "zh-Hans") -> Scene:
    return replace(scene(ZHAO, language), now=NOW + timedelta(days=2))


def test_voices_row() -> None:
    card = digest.department(_on_friday(), (late(),), figures("zh-Hans"))
    assert card is not None
    assert plain(card).splitlines()[:2] == [
        "客服部 · 第 47 周",
        "完成 12 · 逾期 2 · 受阻 1 · 下周到期 5 · 按期率 86%（上周 79%）",
    ]
    english = digest.department(_on_friday("en"), (late("en"),), figures("en"))
    assert english is not None
    assert plain(english).splitlines()[:2] == [
        "Customer service · week 47",
        "12 done · 2 overdue · 1 blocked · 5 due next week · 86% on time (79% last week)",
    ]


def test_who_asks_on_a_wednesday_reads_seven_days_and_not_next_week() -> None:
    card = digest.department(scene(ZHAO), (late(),), figures("zh-Hans"))
    assert card is not None
    assert "明天起 7 天内到期 5" in plain(card), "what is due today stands in the list and not in this count"
    assert "下周" not in plain(card)


def test_nor_on_a_friday_before_a_saturday_that_is_worked() -> None:
    """T2: 10 October 2026 makes up for the National Day."""
    card = digest.department(scene(ZHAO, now=NOW.replace(month=10, day=9)), (), figures("zh-Hans"))
    assert card is not None
    assert "明天起 7 天内到期 5" in plain(card)


@pytest.mark.parametrize("moment", ["digest_room", "digest_department", "digest_own"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_say_is_not_sent(language: str, moment: str) -> None:
    assert (
        MOMENTS[moment](
            scene(LI, language), (), {"week": 47, "done": 0, "on_time": [["2026-W47", None], ["2026-W46", 90]]}
        )
        is None
    )
    assert MOMENTS[moment](scene(LI, language), (), {"week": 47, "done": 3}) is not None


def test_a_count_of_nothing_is_left_out() -> None:
    card = digest.room(
        scene(None, "en"),
        (action("en"),),
        {"week": 47, "done": 1, "overdue": 0, "on_time": [["2026-W47", 100], ["2026-W46", None]]},
    )
    assert card is not None
    assert plain(card).splitlines()[1] == "1 done · 100% on time"


def test_it_stays_short_and_leads_to_the_rest() -> None:
    card = digest.room(scene(None, "en"), MANY, {**figures("en"), "total": 40})
    assert card is not None
    shown = [line for line in plain(card).splitlines() if not line.startswith("   ")]
    assert len(shown) <= 15
    assert shown[-1] == f"And {40 - digest.AT_MOST} more: `/action list department`"


WEEKS = [["2027-W02", 86], ["2027-W01", None], ["2026-W53", 79], ["2026-W52", 90]]


def test_from_three_weeks_on_the_trend_is_drawn_oldest_first() -> None:
    card = digest.department(scene(ZHAO), (late(),), {**figures("zh-Hans"), "on_time": WEEKS})
    assert card is not None
    (chart,) = [block for block in card.blocks if isinstance(block, Chart)]
    assert chart == Chart("按期率", (Bar("52周", 90), Bar("53周", 79), Bar("2周", 86)), "%")
    own = digest.own(scene(ZHAO), (late(),), {"on_time": WEEKS})
    assert own is not None
    assert not any(isinstance(block, Chart) for block in own.blocks)


def test_with_the_trend_it_stays_as_short() -> None:
    card = digest.room(scene(None, "en"), MANY, {**figures("en"), "on_time": WEEKS, "total": 40})
    assert card is not None
    shown = [line for line in plain(card).splitlines() if not line.startswith("   ")]
    assert len(shown) <= 16
    assert shown[-1].startswith(f"And {40 - digest.AT_MOST + 3} more")


def test_everything_shown_leaves_no_rest() -> None:
    card = digest.room(scene(None, "en"), MANY[:2], {**figures("en"), "total": 2})
    assert card is not None
    assert "more" not in plain(card)


def test_only_ones_own_has_buttons() -> None:
    items = (action("en"), blocked("en"))
    assert labels(digest.own(scene(LI, "en"), items, {"week": 47})) == ["Submit"]
    assert labels(digest.department(scene(ZHAO, "en"), items, figures("en"))) == []
    assert labels(digest.room(scene(None, "en"), items, figures("en"))) == []


def test_red_items_colour_it() -> None:
    bad, fine = (digest.room(scene(None), (one,), figures("zh-Hans")) for one in (late(), action()))
    assert bad is not None
    assert fine is not None
    assert (bad.tone, fine.tone) == ("bad", "neutral")


def test_a_room_without_a_name_is_the_workplace() -> None:
    card = digest.room(scene(None, "en"), (action("en"),), {"week": 47})
    assert card is not None
    assert card.title == "闭环科技 · week 47"
