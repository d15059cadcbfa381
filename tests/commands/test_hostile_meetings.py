"""Whatever anybody fills into the forms of a meeting is an answer or a refusal, never our bug."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.tokens import LABELS
from tests.commands.counter import Counter
from tests.commands.test_hostile import outcome

pytestmark = pytest.mark.slow

FIELDS = (*sorted(LABELS), "why", "topic", "presenter", "minutes", "brings", "link")
PIECES = st.sampled_from(
    ["下周三 15:00", "15:00-14:00", "99:99", "每周一", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;COUNT=0", "@李四", "@技术部", "@大家",
     "60分钟", "0分钟", "#1", "#99", "2", "议题：", "主持人：", "；", ";", "“", "”", "!高", "!保密", "https://x.example", "决策",
     "M-1", "S-1", "2026-02-30", "UNTIL=20260101", "\n", "\u202e", "名称：", "order", "edit", "drop", "add", "是", "25时"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=6).map(" ".join)
HARD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LINES = (
    "/meeting new", "/meeting edit M-1", "/meeting reschedule M-1", "/meeting topic M-1", "/meeting topic M-1 edit 1",
    "/meeting topic M-1 order", "/meeting propose M-1", "/meeting material M-1", "/meeting invite M-1", "/meeting uninvite M-1",
    "/meeting decline M-1", "/meeting proxy M-1", "/meeting announce M-1", "/meeting list", "/series skip S-1", "/series move S-1",
)  # fmt: skip


@pytest.fixture
def office(counter: Counter) -> Counter:
    """A draft with a topic, and a series; what a text does is undone."""
    counter.asks(counter.assigner, "/meeting new 规划会 下周三 15:00 @李四 议题：流程")
    counter.asks(counter.assigner, "/meeting new 周会 每周一 10:00 @李四")
    return counter


@pytest.mark.parametrize("line", LINES)
def test_any_words_and_any_values(office, line):
    @HARD
    @given(TEXTS, st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=4))
    def tried(text: str, values: dict[str, str]) -> None:
        assert outcome(office, f"{line} {text}")
        assert outcome(office, line, values)

    tried()
