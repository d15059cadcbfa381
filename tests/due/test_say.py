"""The sentences: the echo with weekday and date, the unconfirmed year, each refusal with its reason and its ways out."""

from datetime import date, time

import pytest

from bot.due import Due, DueRefused, read, say
from bot.due.trial import trial
from bot.texts import Words, words
from tests.due.given import CHINA, NOW, SHANGHAI, TODAY, rows

ZH, HANT, EN = (words(language) for language in ("zh-Hans", "zh-Hant", "en"))


def said(phrase: str, language: Words) -> str:
    """What a person reads about a phrase."""
    try:
        return say(read(phrase, NOW, CHINA), language, TODAY)
    except DueRefused as refused:
        return say(refused, language, TODAY)


@pytest.mark.parametrize(
    ("phrase", "zh", "hant", "en"),
    [
        (
            "下周五",
            "截止 11月27日（周五，还有 9 天）",
            "截止 11月27日（週五，還有 9 天）",
            "Due Fri 27 Nov (in 9 days)",
        ),
        ("今天", "截止 11月18日（周三，今天）", "截止 11月18日（週三，今天）", "Due Wed 18 Nov (today)"),
        (
            "明天15:30",
            "截止 11月19日（周四，明天）15:30",
            "截止 11月19日（週四，明天）15:30",
            "Due Thu 19 Nov (tomorrow), 15:30",
        ),
        ("明年1月5日", "截止 2027年1月5日（周二）", "截止 2027年1月5日（週二）", "Due Tue 5 Jan 2027"),
    ],
)
def test_the_echo_has_weekday_and_date(phrase, zh, hant, en):
    assert (said(phrase, ZH), said(phrase, HANT), said(phrase, EN)) == (zh, hant, en)


def test_an_unpublished_year_is_said():
    """VOICE, the last moment: word for word."""
    due = Due(date(2027, 1, 8), None, confirmed=False)
    assert say(due, ZH, TODAY) == (
        "按周末和法定节日推算为 2027年1月8日（周五）；2027 年放假安排尚未公布，公布后会自动核对并告诉你。"
    )
    assert say(due, EN, TODAY) == (
        "That makes Fri 8 Jan 2027, by weekends and statutory days; the 2027 calendar is not published yet. "
        "I will check again when it is and tell you."
    )


def test_a_far_day_is_asked_about():
    assert said("11月1日", ZH) == "没有写年份，按下一个算是 2027年11月1日（周一），离今天 348 天。是这一天吗？"
    assert said("Nov 1", EN).startswith("No year was given, so that is Mon 1 Nov 2027, 348 days away.")
    timed = Due(date(2027, 11, 1), time(9), far=True)
    assert "Mon 1 Nov 2027, 09:00" in say(timed, EN, TODAY)


def test_a_vague_word_is_refused_by_name():
    """M3 and VOICE: what is wrong, then days ready to send."""
    assert said("尽快", ZH) == (
        "“尽快”不是一天。请给出确切日期，例如 2026-11-27。可选：明天（2026-11-19）、本周五（2026-11-20）、下周五（2026-11-27）。"
    )
    assert said("ASAP", EN) == (
        '"ASAP" is not a day. Which one? For example 2026-11-27. '
        "Days to choose from: Tomorrow (2026-11-19), This Friday (2026-11-20) and Next Friday (2026-11-27)."
    )


@pytest.mark.parametrize(
    ("phrase", "zh", "en"),
    [
        ("12月3日（周五）", "2026-12-03 是周四", "2026-12-03 is a Thursday"),
        ("周五或周六", "可能指不止一天", "more than one day"),
        ("八月十五", "公历还是农历", "lunar calendar"),
        ("国庆后", "没有说到哪一天为止", "no last day"),
        ("8点", "上午还是下午", "Morning or afternoon"),
        ("周八", "没有“周八”这个星期几", "no weekday"),
        ("明天25点", "时刻不存在", "no such time"),
        ("9999-12-31", "太远了", "too far off"),
        ("2月30日", "日历上没有“2月30日”", "in the calendar"),
        ("3天前", "已经过去的日子", "in the past"),
        ("今天上午9点", "这个时刻已经过了", "has passed"),
        ("昨天", "已经过去了", "has passed"),
        ("15", "没看懂“15”是哪一天", "cannot tell which day"),
    ],
)
def test_each_refusal_says_why(phrase, zh, en):
    assert zh in said(phrase, ZH)
    assert en in said(phrase, EN)


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("年前", ["2026-12-31", "2027-02-05"]),
        ("12月3日（周五）", ["2026-12-03", "2026-12-04"]),
        ("coming Wednesday", ["2026-11-18", "2026-11-25"]),
        ("3/12/2026", ["2026-12-03"]),
        ("2026-11-31", ["2026-11-30"]),
        ("尽快", ["2026-11-19", "2026-11-20", "2026-11-27"]),
    ],
)
def test_the_days_that_may_have_been_meant_are_offered(phrase, days):
    with pytest.raises(DueRefused) as refused:
        read(phrase, NOW, CHINA)
    assert [offer.say for offer in refused.value.offers] == days


@pytest.mark.parametrize(
    ("said_on", "labels"),
    [
        (18, ["due-offer-tomorrow", "due-offer-friday", "due-offer-next-friday"]),
        (19, ["due-offer-tomorrow", "due-offer-next-friday"]),
        (20, ["due-offer-monday", "due-offer-next-friday"]),
        (21, ["due-offer-monday", "due-offer-next-friday"]),
        (22, ["due-offer-tomorrow", "due-offer-next-friday"]),
    ],
)
def test_no_day_is_offered_twice_or_gone(said_on, labels):
    with pytest.raises(DueRefused) as refused:
        read("soon", NOW.replace(day=said_on), CHINA)
    assert [offer.label for offer in refused.value.offers] == labels


def test_a_long_text_is_quoted_short():
    with pytest.raises(DueRefused) as refused:
        read("很" * 500, NOW, CHINA)
    assert len(str(refused.value.args_["phrase"])) <= 48


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_given_phrase_has_its_sentence(language):
    texts = [row["text"] for row in rows("phrases.json")]
    answers = trial(texts, NOW, SHANGHAI, words(language), CHINA)
    assert [answer["text"] for answer in answers] == texts
    assert all(answer["say"] and "{" not in answer["say"] for answer in answers)


def test_a_trial_is_plain():
    zone = SHANGHAI
    early = NOW.astimezone(SHANGHAI).replace(hour=2)
    answers = trial(["明天", "明天3点半", "尽快", ""], early, zone, words("en"), CHINA)
    assert [(a["day"], a["time"], a["refused"]) for a in answers] == [
        ("2026-11-19", None, None),
        ("2026-11-19", "15:30", None),
        (None, None, "vague"),
        (None, None, "unknown"),
    ]
    assert set(answers[0]) == {"text", "day", "time", "refused", "say"}
