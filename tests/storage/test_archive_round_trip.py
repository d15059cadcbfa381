"""Whatever meetings and their minutes hold comes back as it was; what a reader may not see never comes at all (N8)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.captured import Ballot, Capture, Sort, Verdict, Vote
from bot.domain.meeting import Invitee, Material, Meeting, MeetingState, Outcome, Reply, Topic
from bot.domain.minutes import (
    Absent,
    Acknowledged,
    Agreed,
    Correction,
    Decided,
    Discussed,
    Left,
    Minutes,
    MinutesState,
    Reminded,
)
from bot.domain.series import Series
from bot.store import Entry, Query, Records, Search, Sessions
from tests.contracts.stored.making import NOW, item, later, meeting, minutes
from tests.storage.test_round_trip import (
    DAYS,
    INSTANTS,
    JSON,
    ROOMS,
    SOME_NUMBER,
    WORDS,
    name_of,
    one_store,
    store,
    write,
)

pytestmark = pytest.mark.slow

__all__ = ["store"]

SOME = st.none() | SOME_NUMBER
MOMENT = st.none() | INSTANTS
PEOPLE = st.lists(SOME_NUMBER, max_size=4).map(tuple)
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "UTC"])
FEW = st.integers(1, 99)


def several(of) -> st.SearchStrategy:
    return st.lists(of, max_size=3).map(tuple)


MATERIALS = st.builds(Material, WORDS, SOME_NUMBER, WORDS)
TOPICS = st.builds(
    Topic, FEW, WORDS, SOME, FEW, st.sampled_from(Outcome), st.integers(-9, 9), st.booleans(), SOME, several(MATERIALS),
    WORDS, MOMENT, MOMENT,
)  # fmt: skip
INVITEES = st.builds(Invitee, SOME_NUMBER, st.sampled_from(Reply), WORDS, SOME, MOMENT)
MEETINGS = st.builds(
    Meeting, WORDS, WORDS, SOME_NUMBER, INSTANTS, FEW, ZONES, INSTANTS, st.just(0), FEW,
    st.sampled_from(sorted({*MeetingState} - {MeetingState.RUNNING})), SOME, SOME, WORDS, WORDS, WORDS, WORDS,
    st.none() | ROOMS, SOME, WORDS, st.booleans(), PEOPLE, PEOPLE, several(INVITEES), several(TOPICS), st.integers(0, 99),
    SOME, st.booleans(), MOMENT, MOMENT, MOMENT, MOMENT,
)  # fmt: skip
CAPTURES = st.builds(
    Capture, SOME_NUMBER, SOME_NUMBER, st.sampled_from(Sort), WORDS, SOME_NUMBER, INSTANTS, SOME,
    st.none() | st.sampled_from(Verdict), WORDS, SOME, WORDS, FEW, st.booleans(),
)  # fmt: skip
CHOICES = st.lists(st.integers(0, 9), max_size=3).map(tuple)
VOTES = st.builds(
    Vote, SOME_NUMBER, WORDS, several(WORDS), SOME_NUMBER, INSTANTS, st.just(0), FEW, SOME, st.just(False), st.booleans(),
    MOMENT, MOMENT, several(st.builds(Ballot, SOME_NUMBER, CHOICES)), CHOICES, PEOPLE,
)  # fmt: skip
SECRET = st.builds(
    lambda vote, voted: replace(vote, secret=True, ballots=(), voted=tuple(sorted(voted))), VOTES, st.sets(SOME_NUMBER)
)
SERIES = st.builds(Series, WORDS, MEETINGS, INSTANTS, st.just(0), FEW, *[several(DAYS)] * 3, MOMENT)
MINUTES = st.builds(
    Minutes, st.just(1), st.just(1), WORDS, WORDS, INSTANTS, INSTANTS, ZONES, SOME_NUMBER, SOME_NUMBER, SOME_NUMBER,
    INSTANTS, INSTANTS, FEW, st.sampled_from(MinutesState), WORDS, WORDS, WORDS, PEOPLE,
    several(st.builds(Absent, SOME_NUMBER, WORDS, SOME)), PEOPLE, several(st.builds(Discussed, WORDS, SOME, WORDS, WORDS)),
    several(st.builds(Decided, WORDS, st.sampled_from(Verdict), WORDS, SOME)),
    several(st.builds(Agreed, WORDS, WORDS, SOME_NUMBER, DAYS, SOME, WORDS)), several(st.builds(Left, WORDS, SOME)),
    WORDS, WORDS, st.booleans(), PEOPLE, PEOPLE, several(st.builds(Acknowledged, SOME_NUMBER, INSTANTS)),
    several(st.builds(Reminded, SOME_NUMBER, INSTANTS)), several(st.builds(Correction, SOME_NUMBER, INSTANTS, WORDS)), WORDS,
    MOMENT, MOMENT, MOMENT, MOMENT, MOMENT,
)  # fmt: skip


@one_store
@given(MEETINGS, MEETINGS)
def test_a_meeting(store, first, second):
    def keep(records: Records):
        kept = records.meetings.add(first)
        found = records.meetings.get(kept.number)
        changed = replace(second, number=kept.number, version=first.version + 1)
        records.meetings.save(changed)
        return kept, found, changed, records.meetings.several([kept.number])

    kept, found, changed, again = write(store, keep)
    assert found == kept
    assert name_of(found.room) == name_of(first.room)
    assert again == {kept.number: changed}
    assert found.start.utcoffset() is not None


@one_store
@given(CAPTURES)
def test_a_capture(store, capture):
    def keep(records: Records):
        records.meetings.capture(capture)
        found = records.meetings.captured(capture.meeting)
        records.undo()
        return found

    assert write(store, keep) == [capture]


@one_store
@given(VOTES | SECRET)
def test_a_vote(store, vote):
    def keep(records: Records):
        kept = records.meetings.open_vote(vote)
        records.meetings.save_vote(later(kept))
        return kept, records.meetings.vote(kept.number)

    kept, found = write(store, keep)
    assert found == later(kept)


@one_store
@given(SERIES)
def test_a_series(store, series):
    def keep(records: Records):
        kept = records.meetings.add_series(series)
        return kept, records.meetings.series(kept.number)

    kept, found = write(store, keep)
    assert found == kept


@one_store
@given(MINUTES, MINUTES)
def test_minutes(store, first, second):
    def keep(records: Records):
        records.archive.add(first)
        found = records.archive.get(1)
        changed = replace(second, version=first.version + 1)
        records.archive.save(changed)
        again, owed = records.archive.editions(1), {who for who in changed.must if records.archive.unacknowledged(who)}
        records.undo()
        return found, changed, again, owed

    found, changed, again, owed = write(store, keep)
    assert found == first
    assert again == [changed]
    assert owed == (set(changed.waiting) if changed.state is MinutesState.DISTRIBUTED else set())


@one_store
@given(st.integers(1, 5), WORDS)
def test_a_rating(store, score, comment):
    def keep(records: Records):
        records.meetings.rate(1, 2, score, comment)
        found = records.meetings.ratings(1)
        records.undo()
        return found

    assert write(store, keep) == [(score, comment)]


@one_store
@given(st.dictionaries(WORDS, JSON, max_size=3))
def test_what_a_line_of_history_says_of_a_meeting(store, details):
    def keep(records: Records):
        records.history.add(Entry("M-1", NOW, 1, "edit", details=details))
        return records.history.last("M-1")

    assert write(store, keep).details == details


READERS = st.lists(st.integers(1, 4), max_size=3).map(tuple)
TEXTS = st.text("预算季度 ab,\"*'", max_size=8)
FILED = st.lists(
    st.builds(
        lambda title, objective, confidential, readers, state, kind, host: minutes(
            title=title, objective=objective, confidential=confidential, readers=readers, state=state, kind=kind, host=host
        ),
        TEXTS, TEXTS, st.booleans(), READERS, st.sampled_from(MinutesState), st.sampled_from(["regular", "decision"]),
        st.integers(1, 4),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
SEARCHES = st.builds(
    Search, st.integers(0, 5), TEXTS, st.none() | st.integers(1, 4), year=st.none() | st.just(2026),
    kind=st.sampled_from(["", "regular", "decision"]), states=st.frozensets(st.sampled_from(MinutesState)),
    limit=st.integers(1, 9), offset=st.integers(0, 3),
)  # fmt: skip


@one_store
@given(FILED, FILED, SEARCHES)
def test_no_search_ever_gives_or_counts_what_the_reader_may_not_see(store, filed, changes, search):
    """Whatever was filed, and however it changed: the hidden ones might as well not be there."""

    def without(records: Records, hidden: bool):
        kept = [replace(one, meeting=number) for number, one in enumerate(filed, start=1)]
        now = {one.meeting: one for one in kept}
        now |= {n: later(now[n], **_but(one)) for n, one in enumerate(changes[: len(kept)], start=1)}
        for one in kept:
            if hidden or _seen(now[one.meeting], search.reader):
                records.archive.add(one)
        for one in now.values():
            if one.version > 1 and (hidden or _seen(one, search.reader)):
                records.archive.save(one)
        answer = (
            records.archive.search(search), records.archive.count(search), records.archive.shelves(search.reader)
        )  # fmt: skip
        records.undo()
        return answer

    found, count, shelves = write(store, lambda records: without(records, hidden=True))
    assert (found, count, shelves) == write(store, lambda records: without(records, hidden=False))
    assert all(_seen(one, search.reader) for one in found)
    assert len(found) == max(0, min(search.limit, count - search.offset))


@one_store
@given(st.lists(st.tuples(st.booleans(), READERS, st.integers(1, 4)), min_size=1, max_size=6), st.integers(0, 5))
def test_no_list_of_meetings_or_items_gives_what_the_reader_may_not_see(store, rows, reader):
    def keep(records: Records):
        meetings = [
            records.meetings.add(meeting(confidential=secret, leaders=readers, organizer=by, invitees=()))
            for secret, readers, by in rows
        ]
        items = [records.actions.add(item(readers=readers, owner=by)) for _, readers, by in rows]
        answer = (
            meetings, items, records.meetings.find(Sessions(reader=reader)),
            records.actions.find(Query(reader=reader)), records.actions.count(Query(reader=reader)),
        )  # fmt: skip
        records.undo()
        return answer

    meetings, items, met, done, count = write(store, keep)
    assert met == [one for one in meetings if not one.confidential or reader in one.readers]
    about = [{*one.readers, one.owner, one.tracker, one.assigner} for one in items]
    assert done == [one for one, who in zip(items, about, strict=True) if not one.readers or reader in who]
    assert count == len(done)


@one_store
@given(st.text("预算季度 ab", max_size=10), st.text("预算季度 ab", min_size=1, max_size=4))
def test_a_text_is_found_by_exactly_the_words_that_stand_in_it(store, text, words):
    def keep(records: Records):
        records.archive.add(minutes(title=text))
        found = bool(records.archive.search(Search(1, words)))
        records.undo()
        return found

    asked, there = _split(words), _split(text)
    last = asked[-1:] if asked and asked[-1].isascii() and len(asked[-1]) > 1 else []
    whole = asked[: len(asked) - len(last)]
    stands = all(word in there if word.isascii() else any(word in run for run in there) for word in whole)
    assert write(store, keep) is (stands and all(any(run.startswith(word) for run in there) for word in last))


def _split(text: str) -> list[str]:
    """As a person would: what is written without a blank, in one script."""
    return re.findall("[预算季度]+|[ab]+", text)


def _but(one: Minutes) -> dict[str, object]:
    names = ("title", "objective", "confidential", "readers", "state", "kind", "host")
    return {name: getattr(one, name) for name in names}


def _seen(one: Minutes, reader: int) -> bool:
    return not one.confidential or reader in one.readers
