"""What is taken out of a text and what is not (A4 rows 25–27): controls and tricks go, words and emoji stay as written."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.cleaning import clean, presentable, visible, worded
from bot.errors import Refusal
from bot.people import Account, Profile

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
"""Every code point there is, lone surrogates and unassigned ones too."""
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x01\x1f\x7f\x85b", "a\nb"),
        ("a\x80\x9fb", "ab"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a b"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066left\u2069", "left"),
        ("\ufeffstart", "start"),
        ("no \ufffecharacter\uffff", "no character"),
        ("lone \ud83d here", "lone \ufffd here"),
        ("e\u0301", "é"),
    ],
)
def test_what_is_taken_out(text, kept):
    assert clean(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        FAMILY, "👩🏽‍🚀", "🏳️‍🌈", "１２月３日　全角", "ﬁ ligature", "می‌خواهم", "Ω≈ç√", "<!channel> <at id=all></at> @everyone",
        "'; DROP TABLE actions; --", "=HYPERLINK(1)", "输出《流程》\n第二行", "no\u00a0break", "ー長音", "①②",
    ],
)  # fmt: skip
def test_what_people_write_is_kept(text):
    """T5: never NFKC, never escaped here, joined emoji whole."""
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(ANYTHING)
@example("\u202e" * 3)
@example("\r\u0308")
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_a_clean_text_can_be_stored_and_shown(text):
    kept = clean(text)
    kept.encode("utf-8")
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not set(kept) & {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@pytest.mark.parametrize("text", ["", " ", "\u3000\xa0", "\n\n", "\u200b", "\u200d", "\u0301", "\u2060 \ufe0f", "\xad"])
def test_what_nobody_sees_is_nothing(text):
    assert not visible(text)
    assert worded(text, 500, "text") == ""


@pytest.mark.parametrize("text", ["。", "x", FAMILY, "\u200bx", "0"])
def test_what_somebody_sees_is_something(text):
    assert visible(text)


@pytest.mark.parametrize("letter", ["x", "汉", "é"])
def test_the_limit_at_its_edge(letter):
    assert worded(letter * 500, 500, "text") == letter * 500
    with pytest.raises(Refusal) as refused:
        worded(letter * 501, 500, "why")
    assert (refused.value.text, refused.value.field) == ("text-too-long", "why")
    assert refused.value.args_ == {"length": 501, "limit": 500}


def test_blanks_around_do_not_count():
    assert worded(f"  {'x' * 500}\n", 500, "text") == "x" * 500


def test_an_address_is_one_or_none():
    """A calendar entry cannot hold a line end in one, and then nobody who was invited beside them heard of it."""
    for given_, kept in (("ann@a.cn\r\n", "ann@a.cn"), (" Ann@a.cn ", "Ann@a.cn"), ("ann@a.cn\nX:1", ""), ("ann", "")):
        assert presentable(Profile(Account("paper", "u1"), "Ann", email=given_)).email == kept
