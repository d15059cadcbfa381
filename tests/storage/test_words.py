"""How text becomes words: width, case, accents and script away, unbroken runs in pieces, signs nowhere (N7)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import GRAM, LONGEST, MOST, Asked, asked, grams, in_order, in_set, pairs, runs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("季度预算，评审。", ["季度预算", "评审"]),
        ("Q3预算v2", ["q3", "预算", "v2"]),
        ("後臺預算", ["后台预算"]),
        ("ＦＵＬＬ　ｗｉｄｔｈ", ["full", "width"]),
        ("Straße ÉTÉ cafe\u0301 Ếch Ёлка", ["strasse", "ete", "cafe", "ech", "елка"]),
        ("İstanbul", ["istanbul"]),
        ("A-42: don't_stop@x.cn", ["a", "42", "don", "t", "stop", "x", "cn"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("ประชุมทีม ok", ["ประชุมทีม", "ok"]),
        ("§open §r7", ["open", "r7"]),
        ("\0\ud800 👩‍👩‍👧‍👦 ！？", []),
        ("", []),
    ],
)
def test_text_is_words_and_runs(text, words):
    assert runs(text) == words


def test_a_word_counts_as_far_as_it_is_kept():
    assert runs("a" * 500) == ["a" * LONGEST]
    assert asked("a" * 500) == asked("a" * 400)


def test_a_run_is_pairs_in_their_order_and_single_characters_once():
    assert in_order(["季度季", "budget"]) == ["季度", "度季", "季", "budget", "季", "度"]


def test_a_run_is_a_set_of_all_its_parts_up_to_four():
    assert in_set(["季度预算表", "budget", "度"]) == [
        "季", "季度", "季度预", "季度预算", "度", "度预", "度预算", "度预算表", "预", "预算", "预算表", "算", "算表", "表", "budget",
    ]  # fmt: skip


def test_a_set_is_no_larger_than_postgres_takes():
    words = in_set(f"w{number:050}" for number in range(100_000))
    assert MOST - 100 < sum(map(len, words)) < MOST + 100


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("", Asked()),
        (" ？", Asked()),
        ("预 预算 预", Asked(("预", "预算"))),
        ("季度预算 x", Asked(("x",), ("季度预算",))),
        ("budget pla", Asked(("budget",), (), "pla")),
        ("预算 pla", Asked(("预算",), (), "pla")),
        ("pla 预算", Asked(("pla", "预算"))),
    ],
)
def test_the_last_word_may_be_unfinished(text, search):
    assert asked(text) == search
    assert bool(search) is bool(runs(text))


@given(st.text(max_size=60))
def test_no_sign_is_ever_part_of_a_word(text):
    """So that no word is a mark, a quote or an operator of a database's."""
    for word in [*in_order(runs(text)), *in_set(runs(text))]:
        assert not re.search(r"[\s\"'\\()*:&|!<>§^{}+-]", word)
        assert word


@given(st.text(max_size=60))
def test_words_are_plain_already(text):
    once = runs(text)
    assert [run for word in once for run in runs(word)] == once


@given(st.text("预算季度", min_size=1, max_size=9), st.data())
def test_every_part_of_a_run_is_among_its_pieces(run, data):
    first = data.draw(st.integers(0, len(run) - 1))
    part = run[first : data.draw(st.integers(first + 1, len(run)))]
    if len(part) <= GRAM:
        assert part in in_set([run])
    else:
        assert set(grams(part, [GRAM])) <= set(in_set([run]))
    joined = " ".join(in_order([run]))
    assert (f"{' '.join(pairs(part)[:-1])}" if len(part) > 1 else part) in joined
