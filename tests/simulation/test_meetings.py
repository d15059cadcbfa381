"""Meetings under random use: anybody plans, announces, holds and captures, presses stale cards, time passes, the bot dies.

Invariants after every step: the state is a way through the table by people who may, one meeting runs in a room, what was
taken down and answered is kept for ever under its own number, every vote counts a person once, nothing is told twice, and no
word of a confidential meeting stands before anybody who may not see it (P1–P9, M1–M5, N8).
"""

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.cards import plain
from bot.domain.captured import Capture, Vote
from bot.domain.facts import ITSELF
from bot.domain.meeting import MEETING_MOVES, Meeting, MeetingState, MeetingVerb
from bot.errors import TryLater, Uncertain
from bot.messenger import Incoming, Said
from bot.people import Place
from bot.policy.meetings import MEETING_MAY, parts, sees
from bot.store import Entry, Records, Sessions
from tests.conversation import Office, PaperRoom, buttons
from tests.simulation.test_workplace import unlogged  # noqa: F401  # a fixture of this module too

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = ("王五", "李四", "张三", "孙七", "赵六")
"""王五 calls and hosts, 李四 records, 张三 is invited; 孙七 is nobody there, 赵六 is an admin and approves."""
LINES = (
    "announce! {m}", "approve {m}", "refuse {m} 改天", "accept {m}", "decline {m} 出差", "proxy {m} @张三",
    "propose {m} 议题{n} 10分钟", "topic {m} 议题{n} 10分钟", "invite {m} @孙七", "uninvite {m} @张三",
    "reschedule {m} 12月30日 10:00", "edit {m} 目标：第{n}次", "cancel {m} 不开了", "start {m}", "next {m}", "end {m}",
    "resume {m}", "here {m}", "show {m}", "list", "withdraw {m}", "settle {m}", "undo {m}", "undo {m}", "history {m}",
)  # fmt: skip
SERIES = (
    "edit S-1 14:00", "edit S-1 09:30 地点：公开", "edit S-1 RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3 11:00", "invite S-1 @孙七",
    "uninvite S-1 @孙七", "show S-1", "end S-1",
)  # fmt: skip
SHORT = (
    "#要点 {s}第{n}条",
    "#决议 同意 {s}第{n}条 因为{s}",
    "#搁置 {s}第{n}条 @李四",
    "#行动 {s}第{n}条 @张三 12月20日",
    "#撤回",
)
"""What is typed in the room as people talk; {s} is the room's secret."""
OWN = frozenset({MeetingVerb.NEW, MeetingVerb.CAST, MeetingVerb.CLOSE, MeetingVerb.WITHDRAW, MeetingVerb.UNDO})
"""Whoever took a step takes it back, whoever took a line down also withdraws it, whoever opened a vote closes it; everybody may plan."""
PATH = {
    MeetingState.DRAFT: "announce! {m}", MeetingState.AWAITING: "approve {m}", MeetingState.ANNOUNCED: "start {m}",
    MeetingState.RUNNING: "next {m}", MeetingState.ENDED: "resume {m}",
}  # fmt: skip


class Floor(RuleBasedStateMachine):
    """Two rooms; in the second only confidential meetings are held, and its words are 机密."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = Office(Path(self.folder.name))
        self.people = {name: self.office.hires(name, "技术部") for name in NAMES}
        self.office.appoints(self.people["赵六"])
        self.by_id = {who.person.id: who for who in self.people.values()}
        self.rooms = (
            self.office.room("大厅", *self.people.values()),
            self.office.room("小会议室", self.people["王五"]),
        )
        self.said = 0

    def teardown(self) -> None:
        self.office.shuts()
        self.folder.cleanup()

    @precondition(lambda self: len(self._meetings()) < 3)
    @rule(closed=st.booleans(), decision=st.booleans(), days=st.integers(1, 4))
    def plans(self, closed: bool, decision: bool, days: int) -> None:
        start = self._now + timedelta(days=days)
        kind = "决策会 事由：提前" if decision else "例会"
        word = "机密" if closed else "公开"
        line = (
            f"/meeting new {word}规划{self.said} {start:%Y-%m-%d} 10:00 60分钟 @张三 主持人：王五 记录人：李四 类型：{kind} "
            f"目标：{word}目标；预期：{word}成果；议题：{word}议题 15分钟 @王五；{'保密：是' if closed else ''}"
        )
        answer = self.people["王五"].types(line, self.rooms[closed])
        assert answer.startswith("已建草稿"), answer

    @precondition(lambda self: self._meetings())
    @rule(by=st.sampled_from(NAMES), line=st.sampled_from(LINES), data=st.data())
    def acts(self, by: str, line: str, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._meetings()))
        self.people[by].types(f"/meeting {self._filled(line, one)}", self._room(one))

    @precondition(lambda self: not self._read(lambda records: records.meetings.all_series(running=False)))
    @rule()
    def plans_a_series(self) -> None:
        """Two sessions, not too many to watch."""
        start = self._now + timedelta(days=3)
        line = f"/meeting new 公开例会 RRULE:FREQ=DAILY;COUNT=2 {start:%Y-%m-%d} 10:00 30分钟 @张三 主持人：王五 记录人：李四"
        self.people["王五"].types(f"{line} 目标：公开；预期：公开；议题：公开 5分钟", self.rooms[0])

    @rule(by=st.sampled_from(NAMES), line=st.sampled_from(SERIES))
    def changes_a_series(self, by: str, line: str) -> None:
        """No two of its sessions come to begin at once."""
        before = self._starts()
        self.people[by].types(f"/series {line}")
        assert len(set(self._starts())) == len(self._starts()) or len(set(before)) < len(before)

    @precondition(lambda self: self._meetings())
    @rule(data=st.data(), ends=st.booleans())
    def goes_its_way(self, data: st.DataObject, ends: bool) -> None:
        """Whoever's turn it is does what is next, so that later states are reached often."""
        one = data.draw(st.sampled_from(self._meetings()))
        line = "end {m}" if ends and one.state is MeetingState.RUNNING else PATH.get(one.state)
        if line:
            by = "赵六" if one.state is MeetingState.AWAITING else "王五"
            self.people[by].types(f"/meeting {self._filled(line, one)}", self._room(one))

    @rule(by=st.sampled_from(NAMES[:3]), line=st.sampled_from(SHORT), closed=st.booleans())
    def talks(self, by: str, line: str, closed: bool) -> None:
        """Nobody who is not in the small room speaks there."""
        who, room = self.people["王五" if closed else by], self.rooms[closed]
        here = [one for one in self._meetings() if one.state is MeetingState.RUNNING and one.room == room.room]
        self.said += 1
        who.types(line.format(n=self.said, s="机密" if here and here[0].confidential else "公开"), room)

    @rule(by=st.sampled_from(NAMES[:3]), secret=st.booleans())
    def a_vote_is_called(self, by: str, secret: bool) -> None:
        self.people[by].types(
            f"/vote new 用哪个{self.said}？ | 甲 | 乙 | {'匿名' if secret else '公开'}", self.rooms[0]
        )

    @rule(by=st.sampled_from(NAMES), choice=st.integers(1, 2), data=st.data())
    def somebody_votes(self, by: str, choice: int, data: st.DataObject) -> None:
        votes = [vote for one in self._meetings() for vote in self._votes(one)]
        if votes:
            vote = data.draw(st.sampled_from(votes))
            self.people[by].types(f"/vote cast {vote.label} {choice}")

    @rule(by=st.sampled_from(NAMES), data=st.data())
    def presses_anything(self, by: str, data: st.DataObject) -> None:
        """Any button on any card that stood anywhere, stale ones and other people's included."""
        cards = [card for sheet in self.office.paper.sheets for card in sheet.cards]
        shown = [button for card in cards for button in buttons(card) if not button.command.startswith("/action")]
        if shown:
            self.people[by].presses(data.draw(st.sampled_from(shown)))

    @rule(by=st.sampled_from(NAMES), n=st.integers(1, 3))
    def looks(self, by: str, n: int) -> None:
        for line in (f"/meeting show M-{n}", "/meeting list", "/action list everything", f"/action show A-{n}"):
            self.people[by].types(line)

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.office.advance(hours=hours)

    @rule(hours=st.sampled_from([0, 3, 30]))
    def the_bot_was_down(self, hours: int) -> None:
        self.office.sleeps_until((self._now + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S"))

    @rule(faults=st.lists(st.sampled_from([TryLater(30), Uncertain("no answer"), None]), min_size=1, max_size=3))
    def the_messenger_is_in_trouble(self, faults: list[TryLater | Uncertain | None]) -> None:
        self.office.paper.faults += faults

    @rule()
    def crashes_after_a_line_was_taken_down(self) -> None:
        """Committed, and the process dies: the redelivery changes nothing, and the line is there once."""
        self.said += 1
        words = f"公开第{self.said}条"
        room = self.rooms[0].room
        what = Said(f"#要点 {words}")
        event = Incoming(
            f"c{self.said}", self.office.clock.now(), Place("paper", room), self.people["王五"].account, what
        )
        answer = self.office.runner.run(self.office.dispatch.receive(event))
        self.office.closes()
        self.office.opens()
        assert self.office.receives(event) == answer
        kept = [one for meeting in self._meetings() for one in self._captures(meeting) if one.text == words]
        running = any(one.state is MeetingState.RUNNING and one.room == room for one in self._meetings())
        assert len(kept) == running

    @invariant()
    def nothing_is_told_twice(self) -> None:
        keys = [sheet.key for sheet in self.office.paper.sheets]
        assert len(keys) == len(set(keys))

    @invariant()
    def one_meeting_runs_in_a_room(self) -> None:
        running = Counter(one.room for one in self._meetings() if one.state is MeetingState.RUNNING)
        assert all(count == 1 for count in running.values())

    @invariant()
    def what_was_taken_down_stays_under_its_own_number(self) -> None:
        for one in self._meetings():
            numbers = [capture.number for capture in self._captures(one)] + [topic.number for topic in one.topics]
            assert len(numbers) == len(set(numbers))
            assert max(numbers, default=0) <= one.mark

    @invariant()
    def a_person_counts_once_in_a_vote(self) -> None:
        for vote in [vote for one in self._meetings() for vote in self._votes(one)]:
            voters = list(vote.voted) if vote.secret else [one.person for one in vote.ballots]
            assert len(voters) == len(set(voters))
            assert not (vote.secret and vote.ballots), "who chose what is kept nowhere"
            if vote.counts:
                assert sum(vote.counts) == len(voters)

    @invariant()
    def the_history_is_a_way_through_the_table_by_people_who_may(self) -> None:
        for one in self._meetings():
            state = MeetingState.DRAFT
            from_, last = MeetingState.CANCELLED, self._history(one)[0]
            for entry in self._history(one)[1:]:
                verb, reached = MeetingVerb(entry.verb), MeetingState(str(entry.details["state"]))
                if verb in MEETING_MOVES:
                    assert state in MEETING_MOVES[verb], f"{one.label}: {verb} in {state}"
                    assert reached in (MEETING_MOVES[verb][state], MeetingState.AWAITING, state)
                if entry.by != ITSELF and verb not in OWN:
                    mine = parts(self.by_id[entry.by].person, one, self.office.workplace)
                    left = not one.people & {entry.by}  # who was taken out since had the right then
                    assert mine & MEETING_MAY[verb] or left, f"{entry.by} did {verb} to {one.label}"
                if verb is MeetingVerb.UNDO:
                    assert reached is from_, f"{one.label} came from {from_} and went back to {reached}"
                    assert "before" in last.details, f"{one.label}: {last.verb} was told, or is none of these"
                    assert entry.by == last.by or self.by_id[entry.by].person.id == self.people["赵六"].person.id
                state, from_, last = reached, state, entry
            assert state is one.state

    @invariant()
    def no_word_of_what_is_confidential_stands_where_it_may_not_be_read(self) -> None:
        hidden = [one for one in self._meetings() if one.confidential]
        for who in self.people.values():
            if (
                any(sees(who.person, one) for one in hidden) or who.person.admin
            ):  # an approver reads what waits for them
                continue
            answers = [plain(answer) for answer in who.answers[-1:] if answer is not None]
            for text in (*(plain(sheet.card) for sheet in who.sheets), *answers, *map(plain, self.rooms[0].cards)):
                assert "机密" not in text, f"{who.name} reads: {text}"

    @property
    def _now(self):
        return self.office.clock.now().astimezone(SHANGHAI)

    def _filled(self, line: str, one: Meeting) -> str:
        self.said += 1
        return line.format(m=one.label, n=self.said)

    def _room(self, one: Meeting) -> PaperRoom | None:
        return next((room for room in self.rooms if room.room == one.room), None)

    def _meetings(self) -> list[Meeting]:
        return self._read(lambda records: records.meetings.find(Sessions()))

    def _starts(self) -> list[datetime]:
        """Of a series' sessions that still stand."""
        return [one.start for one in self._meetings() if one.series and one.state is not MeetingState.CANCELLED]

    def _captures(self, one: Meeting) -> list[Capture]:
        return self._read(lambda records: records.meetings.captured(one.number))

    def _votes(self, one: Meeting) -> list[Vote]:
        return self._read(lambda records: records.meetings.votes(one.number))

    def _history(self, one: Meeting) -> list[Entry]:
        entries = self._read(lambda records: records.history.of(one.label, 1000))
        return [entry for entry in entries if not entry.refused]

    def _read(self, work):
        def asked(records: Records):
            return work(records)

        return self.office.runner.run(self.office.store.read(asked))


TestFloor = Floor.TestCase
TestFloor.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
