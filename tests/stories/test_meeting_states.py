"""Every state of a meeting × every verb that prepares it: what it leads to, or the refusal that says how things stand."""

import pytest
from msgspec.structs import replace

from bot.domain.meeting import MeetingState as State

LINE = (
    "/meeting new 规划会 下周三 15:00 @李四 @王五 主持人：张三 记录人：李四 目标：定方向；预期：三个功能；"
    "议题：功能 10分钟；议题：人员 10分钟"
)
DRAFT, AWAITING, ANNOUNCED, RUNNING, ENDED, CANCELLED = State
OPEN = (DRAFT, AWAITING, ANNOUNCED, RUNNING)
AHEAD = (DRAFT, AWAITING, ANNOUNCED)

VERBS: dict[str, tuple[str, str, dict[State, State]]] = {
    "announce": ("zhang", "announce! {m}", {DRAFT: ANNOUNCED}),
    "approve": ("zhao", "approve {m}", {AWAITING: ANNOUNCED}),
    "refuse": ("zhao", "refuse {m} 不需要", {AWAITING: DRAFT}),
    "edit": ("zhang", "edit {m} 目标：另一个目标", {one: one for one in OPEN}),
    "topic add": ("zhang", "topic {m} add 预算", {one: one for one in OPEN}),
    "topic edit": ("zhang", "topic {m} edit 1 12分钟", {one: one for one in OPEN}),
    "topic order": ("zhang", "topic {m} order 2 1", {one: one for one in OPEN}),
    "topic drop": ("zhang", "topic {m} drop 1", {one: one for one in OPEN}),
    "material": ("zhang", "material {m} 1 https://example.com/a", {one: one for one in OPEN}),
    "invite": ("zhang", "invite {m} @孙七", {one: one for one in OPEN}),
    "uninvite": ("zhang", "uninvite {m} @王五", {one: one for one in OPEN}),
    "propose": ("wang", "propose {m} 食堂", {one: one for one in AHEAD}),
    "accept": ("wang", "accept {m}", {ANNOUNCED: ANNOUNCED, RUNNING: RUNNING}),
    "decline": ("wang", "decline {m} 出差", {ANNOUNCED: ANNOUNCED, RUNNING: RUNNING}),
    "proxy": ("wang", "proxy {m} @孙七", {ANNOUNCED: ANNOUNCED, RUNNING: RUNNING}),
    "reschedule": ("zhang", "reschedule {m} 11月26日 10:00", {one: one for one in AHEAD}),
    "another place": ("zhang", "edit {m} 地点：5 楼", {one: one for one in AHEAD}),
    "cancel": ("zhang", "cancel {m} 不开了", dict.fromkeys(OPEN, CANCELLED)),
}
"""Who types what, and from which state it leads where; from any other it is refused and nothing changes."""

SAID = {
    DRAFT: "还是草稿", AWAITING: "正在等批准", ANNOUNCED: "已发通知", RUNNING: "正在进行", ENDED: "已经结束", CANCELLED: "已取消",
}  # fmt: skip
TOO_LATE = {("propose", RUNNING): "已经开始，不能再提议题了"}
"""Refused by the rule, with words of its own."""


@pytest.mark.parametrize("state", State)
def test_every_verb_in_every_state(office, cast, state):
    office.appoints(cast.zhao)
    for number, (name, (who, line, moves)) in enumerate(VERBS.items(), 1):
        cast.zhang.types(LINE)
        before = _put(office, number, state)
        said = getattr(cast, who).types(f"/meeting {line.format(m=f'M-{number}')}")
        after = office.meeting(number)
        if state in moves:
            assert (name, after.state) == (name, moves[state]), said
            assert after.version == before.version + 1, (name, said)
        else:
            assert TOO_LATE.get((name, state), SAID[state]) in said, name
            assert after == before, name


@pytest.mark.parametrize("state", State)
def test_take_and_drop_of_a_proposal(office, cast, state):
    for number, verb in enumerate(("take", "drop"), 1):
        cast.zhang.types(LINE)
        cast.wang.types(f"/meeting propose M-{number} 食堂")
        before = _put(office, number, state)
        said = cast.zhang.types(f"/meeting {verb} M-{number} 食堂")
        after = office.meeting(number)
        if state in OPEN:
            assert (len(after.agenda), len(after.topics)) == ((3, 3) if verb == "take" else (2, 2)), said
        else:
            assert SAID[state] in said
            assert after == before


@pytest.mark.parametrize("state", OPEN)
def test_the_undo_of_every_verb_in_every_state(office, cast, state):
    """As it was before, or, where anybody was told, refused and left as it is."""
    office.appoints(cast.zhao)
    for number, (name, (who, line, moves)) in enumerate(VERBS.items(), 1):
        cast.zhang.types(LINE)
        before = _put(office, number, state)
        if state not in moves or name == "accept":
            continue
        office.told()
        getattr(cast, who).types(f"/meeting {line.format(m=f'M-{number}')}")
        heard, after = office.told(), office.meeting(number)
        said = getattr(cast, who).types(f"/meeting undo M-{number}")
        now = office.meeting(number)
        if heard or name in ("decline", "proxy", "announce", "approve", "refuse"):
            assert f"M-{number} 的" in said, name
            assert "已经告诉了别人" in said, (name, said)
            assert now == after, name
        else:
            assert said.startswith(f"M-{number} 的上一步已撤销"), (name, said)
            assert replace(now, version=0, changed_at=None, mark=0) == replace(
                before, version=0, changed_at=None, mark=0
            ), name


def test_only_callers_change_it_and_only_invitees_answer(office, cast):
    cast.zhang.types(LINE)
    _put(office, 1, ANNOUNCED)
    before = office.meeting(1)
    for name, (who, line, _) in VERBS.items():
        if who == "zhang" and name != "material":
            assert "只有张三" in cast.wang.types(f"/meeting {line.format(m='M-1')}"), name
    for line in (
        "accept M-1",
        "decline M-1 出差",
        "proxy M-1 @赵六",
        "propose M-1 食堂",
        "material M-1 1 https://a.example",
    ):
        assert "只有" in cast.sun.types(f"/meeting {line}"), line
    assert "只有" in cast.wang.types("/meeting material M-1 1 @李四"), (
        "only who calls it asks somebody else for a material"
    )
    assert office.meeting(1) == before
    record = office.runner.run(office.store.read(lambda records: records.history.of("M-1")))
    assert {one.why for one in record if one.refused} == {
        "meeting-may-not",
        "meeting-may-not-invitee",
    }


def _put(office, number, state):
    """The meeting in this state, as it is kept then."""

    def put(records):
        meeting = records.meetings.get(number)
        told = meeting.start if state in (ANNOUNCED, RUNNING, ENDED) else None
        after = replace(meeting, state=state, announced_at=told, version=meeting.version + 1)
        records.meetings.save(after)
        return after

    return office.runner.run(office.store.write(put))
