"""Words put into sentences: the quick way says what Fluent says, and what is missing is our bug, named."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import LANGUAGES, Catalogue, Words, words
from tests.texts.entries import FILES, entries, variables


@cache
def sentences() -> dict[str, list[str]]:
    """Name → the variables its sentence uses."""
    return {name: sorted(variables(said)) for file in FILES for name, said in entries("en", file).items()}


def by_fluent(said: Words, name: str, args: dict) -> str:
    pattern = said.bundle.get_message(name).value
    assert pattern is not None
    sentence, problems = said.bundle.format_pattern(pattern, args)
    assert problems == []
    return str(sentence)


def test_there_are_sentences():
    assert len(sentences()) > 100
    assert max(map(len, sentences().values())) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25)
@given(value=st.text(max_size=8) | st.sampled_from(["%", "%s", "%(name)s", "{ $name }", "100 %"]))
def test_every_sentence_says_what_fluent_says(language, value):
    said = words(language)
    for name, wanted in sentences().items():
        args = dict.fromkeys(wanted, value)
        assert together(said(name, **args), value) == together(by_fluent(said, name, args), value)


def together(sentence: str, value: str) -> str:
    """Without the blanks that set a Latin name apart from Chinese characters."""
    if not value.strip():
        return sentence
    sentence = re.sub(rf"(?<=[\u4e00-\u9fff]) (?={re.escape(value)})", "", sentence)
    return re.sub(rf"(?<={re.escape(value)}) (?=[\u4e00-\u9fff])", "", sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_named(language):
    said = words(language)
    for name, missing in ((name, one) for name, wanted in sentences().items() for one in wanted):
        others = {variable: "x" for variable in sentences()[name] if variable != missing}
        if complaint(said, name, others):
            assert missing in complaint(said, name, others)


def complaint(said: Words, name: str, args: dict) -> str:
    """What a call raises; empty for nothing (the value was not wanted in this case)."""
    try:
        return "" if said(name, **args) else "nothing"
    except KeyError as fault:
        return str(fault)


def test_a_sentence_that_is_not_there_is_our_bug():
    with pytest.raises(LookupError, match="no-such-sentence"):
        words("en")("no-such-sentence")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_entry_stands_by_itself_as_in_its_file(language):
    """Entries are cut out of their files by where they begin, and parsed when they are said."""
    cut = words(language).bundle.entries
    for name, own in (one for file in FILES for one in entries(language, file).items()):
        kept, after = cut[name].partition(own)[1:]
        assert (kept, [line for line in after.splitlines() if line and not line.startswith("#")]) == (own, [])


def test_an_entry_that_nobody_has_said_is_there_all_the_same():
    said = Words("en", Catalogue("en", {"hello": "hello = Good { $time }\n"}))
    assert said.has("hello")
    assert not said.has("bye")
    assert said("hello", time="morning") == "Good morning"
    with pytest.raises(LookupError):
        said("bye")


@pytest.mark.parametrize(
    ("language", "who", "lines"),
    [
        (
            "zh-Hans",
            "Emma Clarke",
            ["A-1 已过 24 小时，Emma Clarke 还没有确认", "A-1 已转交 Emma Clarke，不再由你负责"],
        ),
        ("zh-Hans", "李四", ["A-1 已过 24 小时，李四还没有确认", "A-1 已转交李四，不再由你负责"]),
        (
            "zh-Hant",
            "Emma Clarke",
            ["A-1 已過 24 小時，Emma Clarke 還沒有確認", "A-1 已轉交 Emma Clarke，不再由你負責"],
        ),
        (
            "en",
            "Emma Clarke",
            ["A-1: no answer from Emma Clarke in 24 hours", "A-1 went to Emma Clarke; it is no longer yours"],
        ),
    ],
)
def test_a_latin_name_stands_apart_from_chinese_words(language, who, lines):
    """As everybody typesets it; within what a person wrote nothing is changed (T5)."""
    said = words(language)
    assert said("unanswered", action="A-1", hours="24", owner=who) == lines[0]
    assert said("told-handed-over", action="A-1", owner=who) == lines[1]
    assert f"写给{who}的信" in said("verify-whose", text=f"写给{who}的信", owner=who)


def test_a_week_in_taiwan():
    """A week by its number is what OpenCC leaves alone; what a person is called is never touched (T5)."""
    said = words("zh-Hant")
    assert said("digest-title", of="周航", week=47) == "周航 · 第 47 週"
    assert "周" not in said("help-page-series")
