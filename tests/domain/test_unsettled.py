"""What a meeting leaves open (M5): by what each topic was to bring, and by what each line lacks."""

import pytest
from msgspec.structs import replace

from bot.domain.action import State
from bot.domain.captured import Sort, Verdict
from bot.domain.meeting import MeetingState
from bot.domain.papers import Papers
from bot.domain.unsettled import Open, gaps
from tests.domain.given import item
from tests.domain.sitting import START, TOPICS, line, meeting

DECIDE, ALIGN, INFORM = 1, 2, 3
ENDED = meeting(MeetingState.ENDED)


def open_topics(*captures, topics=TOPICS):
    """The numbers of the topics without a conclusion."""
    found = gaps(Papers(replace(ENDED, topics=topics), captures))
    return [gap.number for gap in found if gap.open is Open.CONCLUSION]


def test_nothing_said_concludes_nothing():
    assert open_topics() == [DECIDE, ALIGN, INFORM], "what was only proposed is no topic"


@pytest.mark.parametrize(
    ("topic", "sort", "still"),
    [
        (DECIDE, Sort.NOTE, [DECIDE, ALIGN, INFORM]),
        (DECIDE, Sort.ACTION, [DECIDE, ALIGN, INFORM]),
        (DECIDE, Sort.DECISION, [ALIGN, INFORM]),
        (DECIDE, Sort.PARKED, [ALIGN, INFORM]),
        (ALIGN, Sort.NOTE, [DECIDE, INFORM]),
        (ALIGN, Sort.ACTION, [DECIDE, INFORM]),
        (INFORM, Sort.NOTE, [DECIDE, ALIGN, INFORM]),
        (None, Sort.DECISION, [DECIDE, ALIGN, INFORM]),
    ],
)
def test_what_concludes_a_topic(topic, sort, still):
    assert open_topics(line(sort, topic=topic)) == still


def test_informing_is_done_when_it_was_held():
    held = (*TOPICS[:2], replace(TOPICS[2], started_at=START), TOPICS[3])
    assert open_topics(topics=held) == [DECIDE, ALIGN]


def test_a_withdrawn_line_concludes_nothing():
    assert open_topics(line(Sort.DECISION, withdrawn=True)) == [DECIDE, ALIGN, INFORM]


def test_lines_that_lack_something():
    lines = (
        line(Sort.DECISION, number=5, verdict=Verdict.AGREED),
        line(Sort.DECISION, number=6, why="便宜"),
        line(Sort.PARKED, number=7),
        line(Sort.PARKED, number=8, follower=1),
        line(Sort.ACTION, number=9, label="A-42"),
        line(Sort.NOTE, number=10),
    )
    found = gaps(Papers(replace(ENDED, topics=()), lines, (item(State.PROPOSED),)))
    assert [(gap.open, gap.number, gap.label) for gap in found] == [
        (Open.WHY, 5, ""),
        (Open.FOLLOWER, 7, ""),
        (Open.CRITERION, 9, "A-42"),
    ]


@pytest.mark.parametrize("fields", [{"criterion": "有图"}, {"state": State.DONE}, {"state": State.CANCELLED}])
def test_an_item_that_is_complete_or_over_lacks_nothing(fields):
    state = fields.pop("state", State.PROPOSED)
    papers = Papers(replace(ENDED, topics=()), (line(Sort.ACTION, label="A-42"),), (item(state, **fields),))
    assert gaps(papers) == ()
