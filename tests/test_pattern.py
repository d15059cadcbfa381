"""Patterns that wait to be compiled behave as if they had not."""

import copy
import pickle
import re

import pytest

from bot.pattern import pattern


def test_it_matches_as_its_own_kind_would():
    lazy, real = pattern(r"(?P<n>\d+)天", re.IGNORECASE), re.compile(r"(?P<n>\d+)天", re.IGNORECASE)
    text = "3天内 10天后"
    assert [match["n"] for match in lazy.finditer(text)] == ["3", "10"]
    assert lazy.sub("x", text) == real.sub("x", text)
    assert [match["n"] for match in [lazy.search(text, 3)] if match] == ["10"]
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (real.pattern, real.flags, real.groupindex)


def test_a_fault_in_it_waits_until_it_is_asked():
    wrong = pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.search("anything")


def test_what_it_has_been_asked_once_is_the_patterns_own():
    """So a hot path pays nothing for the waiting."""
    lazy = pattern("a+")
    first = lazy.fullmatch
    assert lazy.__dict__["fullmatch"] is first
    assert type(first) is type(re.compile("b").fullmatch)


def test_it_has_nothing_that_a_pattern_has_not():
    assert not hasattr(pattern("a"), "match_all")


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_matches_too(again):
    assert again(pattern("a+")).fullmatch("aaa")
