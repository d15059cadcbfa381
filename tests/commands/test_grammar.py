"""What a typed line is: noun, verb, numbers, the rest as written; in any width, case and script; small talk is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import COMMANDS, find, read
from bot.commands.command import LETTERS, Line
from bot.commands.grammar import NOUNS
from bot.errors import Refusal

BLANKS = (" ", "  ", "\u3000", "\xa0", "\t", " \u3000 ", "\n")
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def line(text: str, *, bare: bool = False) -> Line:
    found = read(text, bare=bare)
    assert found is not None, text
    return found


def refused(text: str, *, bare: bool = False) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(text, bare=bare)
    assert caught.value.text == "command-unknown"
    return caught.value


@pytest.mark.parametrize(
    ("text", "verb", "numbers", "rest"),
    [
        ("/action submit A-42 https://x.example/a?b=1#c", "submit", (42,), "https://x.example/a?b=1#c"),
        ("／action　submit　Ａ－４２　成果", "submit", (42,), "成果"),
        ("/ACTION Submit a42 Done It", "submit", (42,), "Done It"),
        ("/行动 提交 A-42 成果", "submit", (42,), "成果"),
        ("/行動 提交 A-42", "submit", (42,), ""),
        ("/行動項目 驗收 A-42", "approve", (42,), ""),
        ("/行动项完成 A-42", "submit", (42,), ""),
        ("/action A-42 完成 v1", "submit", (42,), "v1"),
        ("/action A-42", "show", (42,), ""),
        ("/action 42", "show", (42,), ""),
        ("/action", "list", (), ""),
        ("/行动", "list", (), ""),
        ("/action list overdue @李四", "list", (), "overdue @李四"),
        ("/action add 输出《流程》 @李四 下周五前", "add", (), "输出《流程》 @李四 下周五前"),
        ("/action add：输出", "add", (), "输出"),
        ("/行动 新增输出流程 @李四", "add", (), "输出流程 @李四"),
        ("/action add 42 pages", "add", (), "42 pages"),
        ("/action add A-42 again", "add", (), "A-42 again"),
        ("/action postpone A-42 11.30 等评审", "postpone", (42,), "11.30 等评审"),
        ("/action postpone #42 周五", "postpone", (42,), "周五"),
        ("/action accept A-1 A-2、#3, a4", "accept", (1, 2, 3, 4), ""),
        ("/action accept A-1 and A-2", "accept", (1, 2), ""),
        ("/action accept A-1 A-1", "accept", (1,), ""),
        ("/action submit A-1 3 pages", "submit", (1,), "3 pages"),
        ("/action block A-1 A-2 is late", "block", (1,), "A-2 is late"),
        ("/action snooze 2h", "snooze", (), "2h"),
        ("/action snooze 2 hours", "snooze", (), "2 hours"),
        ("/action snooze 42 2h", "snooze", (42,), "2h"),
        ("/action snooze 3天", "snooze", (), "3天"),
        ("/action submit 2026-11-27 的版本", "submit", (), "2026-11-27 的版本"),
        ("/action undo", "undo", (), ""),
        ("/完成 A-42", "submit", (42,), ""),
        ("/done A-42", "submit", (42,), ""),
    ],
)
def test_with_a_slash(text, verb, numbers, rest):
    found = line(text)
    assert (found.noun, found.verb, found.numbers, found.rest) == ("action", verb, numbers, rest)


@pytest.mark.parametrize(
    ("text", "verb", "numbers", "rest"),
    [
        ("完成 A-42", "submit", (42,), ""),
        ("完成A-42", "submit", (42,), ""),
        ("done a-42 see the share", "submit", (42,), "see the share"),
        ("A-42 完成", "submit", (42,), ""),
        ("A-42完成", "submit", (42,), ""),
        ("#42 done", "submit", (42,), ""),
        ("延期 A-42 下周三 等评审", "postpone", (42,), "下周三 等评审"),
        ("A-42", "show", (42,), ""),
        ("完成", "submit", (), ""),
        ("新增 写报告 @李四 周五", "add", (), "写报告 @李四 周五"),
        ("action list", "list", (), ""),
        ("行动 列表", "list", (), ""),
    ],
)
def test_without_one_where_none_is_needed(text, verb, numbers, rest):
    found = line(text, bare=True)
    assert (found.verb, found.numbers, found.rest) == (verb, numbers, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "周五",
        "@王五 周五",
        "等评审",
        "hello",
        "完成报告了吗",
        "donehead",
        "42",
        "actionable item",
        "进展顺利",
        "A4 纸",
    ],
)
def test_other_words_are_no_command_even_where_no_slash_is_needed(text):
    """They may answer an open question; dispatch decides."""
    assert read(text, bare=True) is None


@pytest.mark.parametrize(
    "text", ["完成 A-42", "done A-42", "action list", "hello", "/giphy cat", "/etc/hosts is broken", "/"]
)
def test_small_talk_in_a_room_is_none_of_the_bots_business(text):
    assert read(text, bare=False) is None


@pytest.mark.parametrize(
    ("text", "noun", "rest"),
    [
        ("/digest", "digest", ""), ("/周报 部门", "digest", "部门"), ("/設定 語言 en", "settings", "語言 en"),
        ("/settings digest day friday", "settings", "digest day friday"), ("/whoami", "whoami", ""), ("/我是谁", "whoami", ""),
        ("/help", "help", ""), ("/help 延期", "help", "postpone"), ("/help /action postpone", "help", "postpone"),
        ("/action help 延期", "action", "延期"), ("/帮助 提交", "help", "submit"), ("/help nonsense", "help", "nonsense"),
    ],
)  # fmt: skip
def test_the_other_nouns(text, noun, rest):
    assert (line(text).noun, line(text).rest) == (noun, rest)


@pytest.mark.parametrize(
    ("text", "typed", "mended"),
    [
        ("/action fnish A-42", "/action fnish", "/action submit A-42"),
        ("/action subimt A-42 v1", "/action subimt", "/action submit A-42 v1"),
        ("/action postpne A-42 周五", "/action postpne", "/action postpone A-42 周五"),
        ("/actoin list", "/actoin", "/action list"),
        ("/digset", "/digset", "/digest"),
    ],
)
def test_an_unknown_word_comes_back_as_the_nearest_line(text, typed, mended):
    refusal = refused(text, bare=True)
    assert (refusal.args_["typed"], refusal.mended) == (typed, mended)
    assert refusal.offers[0].command == mended


def test_a_number_and_words_that_are_no_verb_can_be_left_as_a_note():
    refusal = refused("/action A-42 客户说可以")
    assert (refusal.mended, refusal.args_["typed"]) == ("/action note A-42 客户说可以", "/action 客户说可以")


def test_what_is_near_nothing_offers_nothing():
    refusal = refused("/action 魑魅魍魉")
    assert (refusal.offers, refusal.mended) == ((), "")


@pytest.mark.parametrize(
    "typed", ["next Friday", "end of May", "here is the link", "open the file", "结束日期是周五", "选方案A"]
)
def test_everyday_words_are_no_verb_of_a_meeting(typed):
    """They may answer a question that was asked."""
    assert read(typed, bare=True) is None


@pytest.mark.parametrize(
    ("typed", "about", "verb"),
    [
        ("next", "", "next"),
        ("end", "", "end"),
        ("结束 M-7", "", "end"),
        ("next topic 3", "M-7", "next"),
        ("撤回", "M-7#12", "withdraw"),
    ],
)
def test_a_verb_of_a_meeting_alone_or_about_one(typed, about, verb):
    found = read(typed, bare=True, about=about)
    assert found is not None
    assert (found.noun, found.verb) == ("meeting", verb)


@pytest.mark.parametrize("noun", LETTERS)
def test_every_name_of_every_verb_is_understood(noun):
    for command in (one for one in COMMANDS if one.noun == noun and one.verb):
        assert find(noun, command.verb) is command
        for typed in (f"/{called} {name} {LETTERS[noun]}-7" for called in NOUNS[noun] for name in command.names):
            assert line(typed).verb == command.verb, typed


@pytest.mark.parametrize("noun", LETTERS)
def test_no_name_means_two_verbs(noun):
    names = [name for command in COMMANDS if command.noun == noun for name in (*command.names, *command.short)]
    assert len(names) == len(set(names))


@given(
    st.sampled_from([one for one in COMMANDS if one.noun == "action" and one.verb and one.takes.value]),
    st.integers(1, 999_999_999),
    st.sampled_from(BLANKS),
    st.sampled_from(("A-{}", "a-{}", "A{}", "#{}", "A－{}", "a – {}")),
    st.sampled_from((str, str.upper, str.title, lambda word: word.translate(FULL_WIDTH))),
    st.sampled_from(("", "等评审", "see https://x.example")),
)
def test_every_writing_of_a_line_is_the_same_line(command, number, blank, form, case, rest):
    for name in command.names:
        typed = blank.join(part for part in (case("/action"), case(name), form.format(number), rest) if part)
        assert line(typed) == Line("action", command.verb, rest, (number,))


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_a_line_small_talk_or_a_refusal(text, bare):
    outcome = outcome_of(text, bare=bare)
    assert outcome in ("small talk", "command-unknown") or outcome in {f"{one.noun} {one.verb}" for one in COMMANDS}


@given(st.sampled_from([name for names in NOUNS.values() for name in names]), st.text(max_size=60))
def test_any_text_behind_a_noun(noun, text):
    assert outcome_of(f"/{noun} {text}", bare=False) != "small talk"


@given(st.sampled_from(COMMANDS), st.lists(st.integers(1, 10**6), max_size=3, unique=True), st.text(max_size=30))
def test_a_line_said_again_is_the_same_line(command, numbers, rest):
    """What buttons and forms carry: str(line) reads back as the line."""
    taken = tuple(numbers)[: command.takes.value if command.takes.value < 2 else 3] if command.verb else ()
    before = line(str(Line(command.noun, command.verb, "", taken)))
    assert before.numbers == taken or not command.verb or (not taken and before.verb in (command.verb, "show"))
    assert line(str(before)) == before


@pytest.mark.parametrize(
    "text", ["/action " + "x" * 40_000, "/action add " + "a-" * 20_000, "/" * 40_000, "A-" + "9" * 40_000]
)
def test_long_lines_are_read_in_no_time(text):
    assert outcome_of(text, bare=True)


def test_an_unknown_word_is_said_back_no_longer_than_a_word():
    assert len(str(refused("/action " + "x" * 40_000).args_["typed"])) < 60


def test_a_number_of_ten_digits_is_no_number():
    assert line("/action show A-9999999999").numbers == ()


def test_add_with_an_exclamation_mark_says_again():
    assert line("/action add! 写报告").again
    assert not line("/action add !high 写报告").again


def outcome_of(text: str, *, bare: bool) -> str:
    """The command, small talk, or the refusal's name; anything else that is raised fails the test."""
    try:
        found = read(text, bare=bare)
    except Refusal as refusal:
        return refusal.text
    return f"{found.noun} {found.verb}" if found else "small talk"
