"""A day that waits for a calendar: said when it is said, by every command that takes one, and kept with the item (T2)."""

import dataclasses
from datetime import UTC, date
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, of_china
from bot.cards import Form, Toast, plain
from bot.commands import whens
from bot.domain.action import Reckoned
from bot.operations.calendars import check_days
from bot.texts import words
from bot.views.calendars import recounted
from bot.views.scene import Scene
from tests.commands.counter import buttons
from tests.domain.given import WEDNESDAY

SAID_AT = WEDNESDAY.astimezone(UTC)
SAYS = "2027 年放假安排尚未公布"
MARK = Reckoned("40个工作日内", SAID_AT, "Asia/Shanghai")


class TestSaid:
    def test_a_new_item(self, counter):
        assert SAYS in plain(counter.asks(counter.assigner, "/action add 年审 @李四 40个工作日内"))
        assert counter.last().due.reckoned == MARK

    def test_by_label_and_at_the_end_of_the_title(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 截止：40个工作日内")
        assert counter.last().due.reckoned == MARK
        counter.asks(counter.assigner, "/action add 写年报 最晚40个工作日内 @李四")
        assert counter.last().due.reckoned == MARK

    def test_a_postponement_typed(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 周五")
        assert SAYS in plain(counter.asks(counter.owner, "/action postpone A-1 40个工作日内 等数据"))
        assert counter.last().due.reckoned == MARK

    def test_an_edit(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 周五")
        assert SAYS in plain(counter.asks(counter.assigner, "/action edit A-1 截止：40个工作日内"))
        assert counter.last().due.reckoned == MARK

    def test_an_exact_day_waits_for_nothing(self, counter):
        assert SAYS not in plain(counter.asks(counter.assigner, "/action add 年审 @李四 2027-01-15"))
        assert counter.last().due.reckoned is None

    def test_another_change_keeps_the_mark_and_is_not_about_it(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 40个工作日内")
        assert SAYS not in plain(counter.asks(counter.assigner, "/action edit A-1 标准：两页"))
        assert counter.last().due.reckoned == MARK
        counter.asks(counter.assigner, "/action edit A-1 截止：2026-12-31")
        assert counter.last().due.reckoned is None


class TestOnTheWay:
    """Forms and buttons carry the exact day; how it came about goes with it, whenever they are answered."""

    def test_the_owner_is_asked_and_answered_the_next_day(self, counter):
        form = counter.asks(counter.assigner, "/action add 年审 40个工作日内")
        counter.waits(days=1)
        assert SAYS in plain(counter.continues(counter.assigner, form, "@李四"))
        assert (counter.last().due.day, counter.last().due.reckoned) == (day_of(40), MARK)

    def test_a_reason_is_asked_and_filled_in_beside_the_day(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 周五")
        form = counter.asks(counter.owner, "/action postpone A-1 40个工作日内")
        assert isinstance(form, Form)
        answer = counter.fills(counter.owner, form, due=day_of(40).isoformat(), why="等数据")
        assert isinstance(answer, Toast)
        assert SAYS in answer.text
        assert counter.last().due.reckoned == MARK

    def test_another_day_in_the_form_is_exact(self, counter):
        counter.asks(counter.assigner, "/action add 年审 @李四 周五")
        form = counter.asks(counter.owner, "/action postpone A-1 40个工作日内")
        counter.fills(counter.owner, form, due="2027-01-29", why="等数据")
        assert (counter.last().due.day, counter.last().due.reckoned) == (date(2027, 1, 29), None)

    def test_one_owner_is_chosen_by_a_button(self, counter):
        refusal = counter.refuses(counter.assigner, "/action add 年审 @李四 @周八 40个工作日内")
        counter.waits(days=1)
        counter.presses(counter.assigner, refusal.offers[0].command)
        assert (counter.last().due.day, counter.last().due.reckoned) == (day_of(40), MARK)

    @pytest.mark.parametrize(
        "text", ["", "x", "x @ y Asia/Shanghai", "x @ 2026-11-18T02:00:00+00:00 Mars/Olympus", "@ @ @"]
    )
    def test_what_nobody_wrote_so_is_nothing(self, counter, text):
        counter.asks(counter.assigner, f'/action add 年审 @李四 周五 推算自："{text}"')
        assert counter.last().due.reckoned is None


@pytest.mark.slow
@given(
    st.text("abc个工作日内 @:.0123", max_size=48).map(lambda text: " ".join(text.split()) or "x"),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(sorted(available_timezones())),
)
def test_what_is_written_is_read_again(phrase, moment, zone):
    said = Reckoned(phrase, moment, zone)
    assert whens.from_written(whens.written(said)) == said


class TestPressed:
    """The press under the message that tells of another day."""

    @pytest.mark.parametrize("accepted", [False, True])
    @pytest.mark.parametrize("holiday", [True, False])
    def test_it_moves_the_day(self, counter, accepted, holiday):
        counter.asks(counter.assigner, "/action add 年审 @李四 40个工作日内 15:00")
        if accepted:
            counter.asks(counter.owner, "/action accept A-1")
        changed = {date(2027, 1, 5): False} if holiday else {date(2027, 1, 2): True}
        calendar = Calendar.of(
            published=lambda year: {date(2027, 1, 1): False, **changed} if year == 2027 else of_china(year)
        )
        counter.workplace = dataclasses.replace(counter.workplace, calendar=calendar)
        (checked,) = counter.keeps(lambda records: check_days(records, counter.workplace, counter.now))
        assert not checked.holds
        args = {"phrase": checked.reckoned.phrase, "day": str(checked.action.due.day), "new": str(checked.day)}
        card = recounted(counter_scene(counter), checked.action, args)
        assert card is not None
        move = buttons(card)[0]
        counter.presses(counter.owner if accepted else counter.assigner, move.command, move.version)
        due = counter.last().due
        assert (due.day, due.time.hour, due.reckoned) == (checked.day, 15, None)
        assert recounted(counter_scene(counter), counter.last(), args) is None, "moved: nothing is left to say"


def counter_scene(counter):
    """As the owner reads it; before acceptance, as whoever assigned it."""
    reader = counter.owner if counter.last().state == "in_progress" else counter.assigner
    directory = counter.keeps(lambda records: records.people.directory())
    return Scene(words("zh-Hans"), counter.now, directory, counter.workplace, reader)


def day_of(n: int) -> date:
    """The n-th working day after that Wednesday, as far as is known."""
    return Calendar.of().after(WEDNESDAY.date(), n)
