"""Whatever people write and domains hold comes back as it was, from both databases, through every table it passes."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.cards import Choice, Field, Form
from bot.domain.action import (
    Action,
    Block,
    Cadence,
    Deliverable,
    Due,
    Priority,
    Reckoned,
    Source,
    State,
    Supporter,
)
from bot.people import Account, Person, Place, Room
from bot.store import Entry, Notice, Question, Store
from tests.contracts.stored.making import LEASE, NOW

pytestmark = pytest.mark.slow

# Dispatch takes NUL and lone surrogates out; everything else people can type arrives here.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.sampled_from(
    [
        "'; DROP TABLE actions; --",
        "%s %(x)s :x ? {0} \\",
        "\u202eevil\u202c",
        "👩‍👩‍👧‍👦",
        '"\\u0000"',
        "é" * 300,
        "\n\r\t\x1b",
    ]
)
SOME_NUMBER = st.integers(1, 2**31 - 1)
MICROSECONDS = st.integers(0, 2**53)
INSTANTS = MICROSECONDS.map(lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number))
DAYS = st.dates(date(1970, 1, 1), date(2400, 1, 1))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ROOMS = st.builds(Room, WORDS, WORDS, WORDS)
RECKONED = st.builds(Reckoned, WORDS, INSTANTS, WORDS)
ACTIONS = st.builds(
    Action, text=WORDS, owner=SOME_NUMBER, assigner=SOME_NUMBER, tracker=SOME_NUMBER,
    due=st.builds(Due, DAYS, INSTANTS, st.none() | TIMES, st.none() | RECKONED), first_due=DAYS, created_at=INSTANTS, asked_at=INSTANTS,
    number=st.just(0), state=st.sampled_from(State), version=st.integers(1, 99), department=st.none() | SOME_NUMBER,
    supporters=st.lists(st.builds(Supporter, SOME_NUMBER) | st.builds(Supporter, st.none(), SOME_NUMBER)).map(tuple),
    criterion=WORDS, place=WORDS, source=st.builds(Source, WORDS, WORDS, WORDS, WORDS, WORDS),
    room=st.none() | ROOMS, priority=st.sampled_from(Priority), cadence=st.sampled_from(Cadence),
    postponements=st.integers(0, 9), block=st.none() | st.builds(Block, WORDS, SOME_NUMBER, DAYS),
    deliverables=st.lists(st.builds(Deliverable, WORDS, WORDS), max_size=3).map(tuple), note=WORDS,
    note_at=st.none() | INSTANTS, submitted_at=st.none() | INSTANTS, finished_at=st.none() | INSTANTS,
    snoozed_until=st.none() | INSTANTS, nudged_at=st.none() | INSTANTS, changed_at=st.none() | INSTANTS,
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
NOTICES = st.builds(
    Notice, SOME_NUMBER | ROOMS, WORDS, st.lists(WORDS, max_size=3).map(tuple), WORDS, INSTANTS,
    st.dictionaries(WORDS, JSON, max_size=3), st.booleans(),
)  # fmt: skip
ACCOUNTS = st.lists(st.builds(Account, WORDS, WORDS), max_size=3, unique=True).map(tuple)
PERSONS = st.builds(
    Person, st.just(0), WORDS, st.just("Asia/Shanghai"), WORDS, WORDS, st.none() | SOME_NUMBER, ACCOUNTS, WORDS,
    st.booleans(), st.booleans(),
)  # fmt: skip
FIELDS = st.builds(
    Field, WORDS, WORDS, st.sampled_from(["text", "day", "people"]), st.booleans(), WORDS, WORDS, WORDS,
    st.lists(st.builds(Choice, WORDS, WORDS), max_size=2).map(tuple), st.integers(1, 999),
)  # fmt: skip
FORMS = st.builds(Form, WORDS, WORDS, st.lists(FIELDS, max_size=3).map(tuple), WORDS, WORDS, WORDS, st.integers(0, 9))
PLACES = st.builds(Place, WORDS, st.none() | ROOMS, WORDS)

one_store = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request, opened):
    """One store takes every example: what is kept of the others must not matter either."""
    if request.param == "sqlite":
        return opened(f"sqlite:///{request.getfixturevalue('file')}")
    return opened(request.getfixturevalue("database"))


@one_store
@given(ACTIONS)
def test_an_item_and_its_history(store, action):
    def keep(records):
        kept = records.actions.add(action)
        records.history.add(Entry(kept.label, NOW, 1, "edit", why=action.text, before=action, after=kept))
        return kept, records.actions.get(kept.number), records.history.last(kept.label)

    kept, found, line = write(store, keep)
    assert found == kept
    assert name_of(found.room) == name_of(action.room)
    assert (line.before, line.after, line.why) == (action, kept, action.text)
    assert found.due.at.utcoffset() is not None


@one_store
@given(NOTICES)
def test_a_notice(store, notice):
    def keep(records):
        records.outbox.add([notice])
        rows = records.outbox.claim(notice.not_before, 100, LEASE)
        records.undo()
        return rows

    (row,) = write(store, keep)
    assert row.notice == notice
    assert name_of(row.notice.to) == name_of(notice.to)


@one_store
@given(PERSONS)
def test_a_person(store, person):
    kept = write(store, lambda records: records.people.save(person))
    directory = write(store, lambda records: records.people.directory())
    assert directory.person(kept.id) == kept
    assert all(directory.by_account(account) == kept for account in person.accounts)


@one_store
@given(FORMS, PLACES)
def test_a_question(store, form, where):
    asked = Question(1, where, form, NOW)

    def keep(records):
        records.questions.ask(asked)
        return records.questions.open(1, where, NOW)

    found = write(store, keep)
    assert found == asked
    assert name_of(found.where.room) == name_of(where.room)


@one_store
@given(WORDS, WORDS, WORDS)
@example("person:1", "%", "'")
def test_a_setting_and_an_event(store, scope, key, value):
    def keep(records):
        records.settings.put(scope, key, value)
        return records.settings.of(scope).get(key, ""), records.settings.all(scope)[scope] if value else None

    assert write(store, keep)[0] == value


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "nul\0"])
def test_what_cannot_be_text_is_refused_or_kept_and_the_store_goes_on(store, text):
    """Dispatch has taken it out before; were it to forget, one command fails and nothing else."""
    for work in (
        lambda records: records.settings.put("a", "b", text),
        lambda records: records.inbox.add("web", text, NOW, None),
        lambda records: records.outbox.add([Notice(1, "m", (), "k" + text, NOW, {"why": text})]),
    ):
        try:
            write(store, work)
        except ValueError:
            continue
        assert text == "nul\0", "a lone surrogate is no text to anybody"
    assert write(store, lambda records: records.settings.of("other")) == {}


def write(store: Store, work):
    return asyncio.run(store.write(work))


def name_of(place) -> str | None:
    return place.name if isinstance(place, Room) else None
