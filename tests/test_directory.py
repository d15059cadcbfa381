"""Whom a typed name means, among any people: indexes find what looking at everybody finds, and nobody is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory import Directory
from bot.errors import Refusal
from bot.people import Department, Person, Room

NAMES = st.text("abA王李 \U0010ffff", min_size=1, max_size=4).filter(str.strip)


def directory(names, departments=()) -> Directory:
    people = [Person(id, name, "Asia/Shanghai", "en", active=id % 3 > 0) for id, name in enumerate(names, 1)]
    return Directory.of(people, departments, fallback="Asia/Shanghai")


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def meant(names: list[str], typed: str) -> set[int]:
    """By looking at everybody who is active: the whole name, else everybody whose name begins so."""
    active = {id: folded(name) for id, name in enumerate(names, 1) if id % 3 > 0}
    whole = {id for id, name in active.items() if name == folded(typed)}
    return whole or {id for id, name in active.items() if name.startswith(folded(typed))}


@given(st.lists(NAMES, max_size=12), NAMES)
def test_a_name_means_whoever_is_called_or_begins_so(names, typed):
    assert found(directory(names), typed) == (meant(names, typed) or "person-unknown")


@given(st.lists(NAMES, max_size=12), NAMES)
def test_a_name_is_known_when_anybody_has_exactly_it(names, typed):
    assert directory(names).knows(typed) == (folded(typed) in map(folded, names))


@given(st.lists(NAMES, max_size=12), NAMES)
def test_a_word_opens_the_names_of_several_words_that_begin_with_it(names, word):
    departments = [Department(id, name) for id, name in enumerate(names[::2], 1)]
    several = {first for name in names for first, *more in [folded(name).split()] if more}
    assert directory(names[1::2], departments).opens(word) == (folded(word) in several)


def test_an_address_is_whose_it_is_and_not_whose_name_it_is():
    impostor = Person(1, "Boss@Example.com", "Asia/Shanghai", "en")
    boss = Person(2, "Boss", "Asia/Shanghai", "en", "BOSS@example.com")
    assert Directory.of([impostor, boss], (), fallback="Asia/Shanghai").by_email("boss@example.com") == boss
    assert Directory.of([impostor], (), fallback="Asia/Shanghai").by_email("boss@example.com") is None
    assert Directory.of([impostor, boss], (), fallback="Asia/Shanghai").by_email("") is None


def found(known: Directory, typed: str) -> set[int] | str:
    """Everybody it may mean, or why nobody."""
    try:
        return {known.named(typed).id}
    except Refusal as refused:
        candidates = refused.args_.get("candidates")
        return set(candidates) if isinstance(candidates, tuple) else refused.text


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_a_department_is_found_by_its_name_however_it_is_written_and_the_first_of_two(names):
    everything = directory([], [Department(id, name) for id, name in enumerate(names, 1)])
    for name in names:
        first = next(id for id, other in enumerate(names, 1) if folded(other) == folded(name))
        answer = everything.department(f" {name.upper()} ")
        assert answer is not None
        assert answer.id == first


def test_no_name_means_nobody():
    with pytest.raises(Refusal, match="person-unknown"):
        directory(["Ann"]).named("  ")


def test_rooms_that_differ_by_name_alone_are_the_same():
    here, renamed = Room("web", "r1", "产品"), Room("web", "r1", "产品组")
    assert here == renamed
    assert (here != renamed) is False, "asked both ways: what changed is found by `!=`"
    assert here != Room("web", "r2", "产品")
