"""What a line says of a meeting: measures, rhythms, topics, and the line written back that means the same."""

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.asking import Asking
from bot.commands.meeting import measures, topics, written
from bot.domain.meeting import Outcome, Topic
from bot.errors import Refusal
from bot.messenger import Incoming, Said
from bot.people import Account, Place
from bot.texts import words
from tests.commands.counter import Counter


@pytest.fixture
def asks(counter: Counter):
    """Runs something with an Asking of the assigner's."""

    def run(work):
        def inside(records):
            directory = records.people.directory()
            by = directory.person(counter.assigner.id)
            event = Incoming("e", counter.now, Place("paper"), Account("paper", by.name), Said("x"))
            return work(Asking(event, counter.now, by, records, directory, counter.workplace, words(by.language)))

        return counter.keeps(inside)

    return run


@pytest.mark.parametrize(
    ("text", "minutes", "rest"),
    [
        ("规划会 60分钟", 60, "规划会"), ("1h sync", 60, "sync"), ("1.5小时 x", 90, "x"), ("半小时 对齐", 30, "对齐"),
        ("1小时30分钟", 90, ""), ("一个半小时", 90, ""), ("2小时半 x", 150, "x"), ("90 min", 90, ""), ("1h30m", 90, ""),
        ("两个小时 会", 120, "会"), ("九十分钟", None, "九十分钟"), ("1小时后", None, "1小时后"),
        ("20分钟内响应的流程", None, "20分钟内响应的流程"), ("3 months plan", None, "3 months plan"), ("30 minutes", 30, ""),
    ],
)  # fmt: skip
def test_a_length_stands_apart(text, minutes, rest):
    assert measures.length(text) == (minutes, rest)


@pytest.mark.parametrize(
    ("text", "minutes"), [("45", 45), ("45分钟", 45), ("1.5h", 90), ("很久", None), ("", None), ("1小时后", None)]
)
def test_a_fields_length(text, minutes):
    assert measures.whole_length(text) == minutes


@pytest.mark.parametrize(
    ("text", "end", "rest"),
    [
        ("下周三 15:00-16:30 会", time(16, 30), "下周三 15:00 会"),
        ("15：00 到 16：30", time(16, 30), "15：00"),
        ("9:00~10:00", time(10), "9:00"),
        ("from 9:00 to 10:00", time(10), "from 9:00"),
        ("11-12", None, "11-12"),
        ("25:00-26:00", None, "25:00"),
    ],
)
def test_from_when_to_when(text, end, rest):
    assert measures.span(text) == (end, rest)


@pytest.mark.parametrize(
    ("text", "rule", "rest"),
    [
        ("周例会 每周一 10:00", "FREQ=WEEKLY;BYDAY=MO", "周例会 2026-11-23 10:00"),
        ("每周一、三 站会", "FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-18 站会"),
        ("每周一三五 站会", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-18 站会"),
        ("每周一和周四 x", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-19 x"),
        ("每周三一对一", "FREQ=WEEKLY;BYDAY=WE", "2026-11-18 一对一"),
        ("站会 每个工作日 9:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "站会 2026-11-18 9:15"),
        ("隔周二 10:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24 10:00"),
        ("每两周周三 x", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-11-18 x"),
        ("每月15号 x", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15 x"),
        ("每月第一个周一 x", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07 x"),
        ("每月最后一个周五 x", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 x"),
        ("每月最后一天 x", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 x"),
        ("每季末 x", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2026-12-31 x"),
        ("on the last day of every month x", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 x"),
        ("每月末尾总结", "", "每月末尾总结"),
        ("每季度第一个周一 x", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", "2027-01-04 x"),
        ("每季度首月15日 x", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15", "2027-01-15 x"),
        ("每天 10:00", "FREQ=DAILY", "2026-11-18 10:00"),
        ("sync every Monday", "FREQ=WEEKLY;BYDAY=MO", "sync 2026-11-23"),
        ("every other Fri x", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-20 x"),
        ("planning every 4th Wednesday x", "FREQ=WEEKLY;INTERVAL=4;BYDAY=WE", "planning 2026-11-18 x"),
        ("every Mon and Wed x", "FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-18 x"),
        ("weekly on tue x", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24 x"),
        ("on the last Friday of the month x", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 x"),
        ("monthly on the 1st x", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 x"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO 10:00", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23 10:00"),
        ("每日站会", "", "每日站会"),
        ("每周例会", "", "每周例会"),
        ("产品规划会 下周三", "", "产品规划会 下周三"),
    ],
)
def test_a_rhythm_and_its_first_day(text, rule, rest):
    assert measures.recurring(text, date(2026, 11, 18)) == (rule, rest)


@pytest.mark.parametrize(
    "text",
    [
        "客诉流程 15分钟 @李四 决策 !高",
        "@李四 客诉流程 决策 15分钟 !高",
        "客诉流程 主讲人：李四 用时：15 产出：决策 优先级：高",
        "客诉流程 15min @李四 decide !high",
    ],
)
def test_a_topic_in_any_order(asks, counter, text):
    topic = asks(lambda asking: topics.topic(asking, text))
    assert topic == Topic(0, "客诉流程", counter.owner.id, 15, Outcome.DECIDE, 1)


def test_a_topic_alone_has_the_handbooks_minutes_and_its_writer(asks, counter):
    assert asks(lambda asking: topics.topic(asking, "讨论 客诉流程")) == Topic(0, "讨论 客诉流程", counter.assigner.id)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("15分钟", "topic-empty"),
        ("流程 0分钟", "topic-minutes"),
        ("流程 300分钟", "topic-minutes"),
        ("流程 产出：x", "choice-unknown"),
    ],
)
def test_a_topic_that_cannot_be(asks, text, refused):
    with pytest.raises(Refusal) as said:
        asks(lambda asking: topics.topic(asking, text))
    assert said.value.text == refused


TEXT = st.text(st.sampled_from('会议目标@:：!；;，, 。abAB12“”"「」周一时间下周三 15:00'), min_size=1, max_size=24).map(
    str.strip
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(title=TEXT.filter(bool), objective=TEXT, place=TEXT, minutes=st.integers(1, 1440), hour=st.times())
def test_a_plan_written_back_is_the_same_plan(asks, title, objective, place, minutes, hour):
    def work(asking):
        plan = written.Plan(
            title=title, day=date(2027, 3, 2), hour=hour.replace(second=0, microsecond=0), length=minutes, kind="decision",
            host=asking.by.id, invitees=(asking.by.id,), objective=objective or None, place=place or None,
            confidential=True, topics=(Topic(0, "流程", asking.by.id, 12, Outcome.INFORM, -1),), rule="FREQ=DAILY",
        )  # fmt: skip
        return plan, written.plan(asking, written.line(asking, plan), lambda made: "")

    plan, again = asks(work)
    assert again == plan
