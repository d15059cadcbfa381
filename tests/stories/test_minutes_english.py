"""The same road in English: draft, return, approval, confirmation, a second version (N1–N5)."""

import pytest

from bot.domain.captured import Verdict
from bot.domain.minutes import MinutesState
from tests.ended import ENGLISH, ended


@pytest.fixture
def held(english, crew):
    """Wei hosted, Bo records, Ann was there, Kim was not."""
    return ended(
        english, host=crew.wei, recorder=crew.bo, here=[crew.wei, crew.bo, crew.ann], absent={crew.kim: "on a trip"},
        actions={"Write the procedure": crew.ann, "Load test": crew.kim}, title="Q3 planning", topics=["Scope", "Gateway"],
        captures=ENGLISH,
    )  # fmt: skip


def test_from_the_draft_to_the_second_version(english, crew, held):
    assert crew.bo.cards[-1].title == "Draft minutes are ready, submit by Thu 19 Nov, 10:00: Q3 planning"
    said = crew.bo.types("/minutes edit M-1 decision 2: deferred Run our own gateway because the cost is unknown")
    assert "− Rejected: Run our own gateway\n+ Deferred: Run our own gateway. Because: the cost is unknown" in said
    assert crew.bo.presses("Submit for review") == "M-1 v1 submitted, Wei will review it"
    crew.wei.presses("Return")
    assert crew.wei.fills(why="say who follows up") == "M-1 v1 returned, Bo will get your remarks"
    assert crew.bo.cards[-1].title == "Minutes came back, please mend and submit: Q3 planning"
    crew.bo.types("/minutes edit M-1 parked 1: Versions abroad @Kim")
    crew.bo.types("/minutes submit M-1")
    assert crew.wei.presses("Approve and send") == "M-1 v1 approved and going out"
    assert crew.ann.cards[-1].title == "Please confirm the minutes: Q3 planning, 18 Nov"
    assert "2 decisions · 2 actions, 1 yours · by Thu 19 Nov, 10:00" in crew.ann.reads
    assert "Versions abroad (Kim follows up)" in crew.ann.reads
    assert crew.kim.cards[-1].title == "Minutes in short: Q3 planning, 18 Nov"
    crew.ann.presses("Correct something")
    assert crew.ann.fills(why="decision 2 was rejected") == "Bo and Wei have your correction"
    assert crew.bo.cards[-1].title == "Ann asks to correct M-1 v1"
    crew.bo.presses("New version")
    values = {field.name: field.value for field in crew.bo.form.fields}
    crew.bo.fills(**{**values, "decisions": values["decisions"].replace("Deferred", "Rejected")})
    crew.bo.types("/minutes submit M-1")
    crew.wei.types("/minutes approve M-1")
    assert crew.ann.cards[-1].title == "Please confirm the minutes: Q3 planning, 18 Nov, version 2"
    assert "+ Rejected: Run our own gateway. Because: the cost is unknown" in crew.ann.reads
    assert crew.ann.types("/minutes acknowledge M-1 v1").startswith("M-1 v1 was replaced by M-1 v2")
    assert crew.ann.types("/minutes ack M-1").startswith("M-1 v2 confirmed (read by 1 of 1)")
    assert held.minutes().state is MinutesState.ARCHIVED
    assert held.minutes().decisions[1].verdict is Verdict.REJECTED
    assert crew.bo.cards[-1].title == "Minutes read by all, archived: Q3 planning, 18 Nov, version 2"
    assert "M-1 v2 Q3 planning" in crew.kim.types("/minutes search gateway decision: rejected")


def test_who_has_not_confirmed_is_for_recorder_and_host(english, crew, held):
    crew.bo.types("/minutes submit M-1")
    crew.wei.types("/minutes approve M-1")
    assert crew.wei.types("/minutes readers M-1").startswith("M-1 v1: read by 0 of 1\nNot yet: Ann")
    assert crew.kim.types("/minutes readers M-1").startswith("Only Bo or Wei can see who has confirmed M-1 v1")
    english.told()
    english.until("2026-11-19 10:05")
    assert english.told() == {
        "Ann": ["Minutes wait for you: Q3 planning, 18 Nov"],
        "Bo": ["M-1 v1: read by 0 of 1"],
        "Wei": ["M-1 v1: read by 0 of 1"],
    }


def test_two_at_one_draft(english, crew, held):
    crew.bo.types("/minutes edit M-1")
    mine = {field.name: field.value for field in crew.bo.form.fields}
    crew.wei.types("/minutes edit M-1 objective: scope only")
    crew.bo.fills(**{**mine, "objective": "scope and order"})
    field = next(field for field in crew.bo.form.fields if field.name == "objective")
    assert (field.value, field.problem) == ("scope and order", "Wei made it: scope only")
