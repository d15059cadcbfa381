"""How long minutes are kept (N7), and whom they wait for (N4): values only."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from bot.domain.minutes import Acknowledged, Correction, Minutes, MinutesState
from bot.domain.reviewing import check_kept, excuse, keep_until
from bot.errors import Refusal

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)


def minutes(held: datetime = NOW, zone: str = "Asia/Shanghai", **fields) -> Minutes:
    return Minutes(7, 1, "weekly", "regular", held, held, zone, 1, 1, 2, held, held, **fields)


@pytest.mark.parametrize(
    ("held", "years", "until"),
    [
        (datetime(2026, 11, 18, 2, tzinfo=UTC), 2, date(2028, 11, 18)),
        (datetime(2028, 2, 29, 2, tzinfo=UTC), 2, date(2030, 3, 1)),  # never a day less
        (datetime(2028, 2, 29, 2, tzinfo=UTC), 4, date(2032, 2, 29)),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), 2, date(2029, 1, 1)),  # New Year's Day already where it was held
    ],
)
def test_until_which_day_they_are_kept(held, years, until):
    assert keep_until(minutes(held), years) == until


def test_on_that_day_and_not_the_day_before_they_may_go():
    kept = minutes()
    with pytest.raises(Refusal) as refused:
        check_kept(kept, datetime(2028, 11, 17, 15, 59, tzinfo=UTC), 2)
    assert refused.value.args_["day"] == date(2028, 11, 18)
    check_kept(kept, datetime(2028, 11, 17, 16, 0, tzinfo=UTC), 2)


def test_who_has_neither_confirmed_nor_asked_for_a_correction_is_silent():
    sent = minutes(
        must=(3, 4, 5), acknowledged=(Acknowledged(3, NOW),), corrections=(Correction(4, NOW, "no"),),
    )  # fmt: skip
    assert (sent.waiting, sent.silent) == ((4, 5), (5,))


def test_who_left_is_waited_for_no_longer_and_the_last_one_archives_them():
    sent = replace(minutes(must=(3, 4)), state=MinutesState.DISTRIBUTED)
    one = excuse(sent, 4, NOW)
    assert (one.waiting, one.state, one.version) == ((3,), MinutesState.DISTRIBUTED, 2)
    none = excuse(one, 3, NOW)
    assert (none.must, none.state, none.archived_at) == ((), MinutesState.ARCHIVED, NOW)
