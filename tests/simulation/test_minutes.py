"""Minutes under random use: anybody tries any verb on any edition, people press stale cards, time passes, the bot dies.

Invariants after every step: the state is the table's, who acted was allowed to, one edition is in force, nobody acknowledged
twice or what they need not, nothing is told twice, and no word of a confidential meeting stands on anything that somebody has
who may not see it (N2–N5, N8).
"""

import tempfile
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.cards import plain
from bot.domain.captured import Verdict
from bot.domain.minutes import MINUTES_MOVES, Minutes, MinutesState, MinutesVerb
from bot.errors import TryLater, Uncertain
from bot.policy.minutes import may
from bot.store import Entry, Records
from tests.conversation import Colleague, Office, buttons
from tests.ended import Ended, ended
from tests.simulation.test_workplace import unlogged  # noqa: F401  # a fixture of this module too

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

NAMES = ("王五", "李四", "张三", "孙七", "赵六")
"""王五 hosts, 李四 records, 张三 and 孙七 are there or not; 赵六 is an admin and in none."""
LINES = {
    MinutesVerb.EDIT: "edit {m} 补充：第{n}次",
    MinutesVerb.SUBMIT: "submit {m}",
    MinutesVerb.RETURN: "return {m} 写明",
    MinutesVerb.APPROVE: "approve {m}",
    MinutesVerb.ACKNOWLEDGE: "acknowledge {m}",
    MinutesVerb.CORRECT: "correct {m} 不对",
    MinutesVerb.REVISE: "revise {m} 补上",
    MinutesVerb.DELETE: "delete {m}",
}
LOOKS = (
    "show {m}",
    "history {m}",
    "changes {m}",
    "readers {m}",
    "list",
    "search 机密",
    "search 2026",
    "edit {m}",
    "show {m} v1",
)
IN_FORCE = frozenset({MinutesState.DISTRIBUTED, MinutesState.ARCHIVED})


class Archive(RuleBasedStateMachine):
    """Up to three meetings, one of them confidential; its words are 机密 and its number's."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = Office(Path(self.folder.name))
        self.people = {name: self.office.hires(name, "技术部", head=name == "赵六") for name in NAMES}
        self.office.appoints(self.people["赵六"])
        self.by_id = {who.person.id: who for who in self.people.values()}
        self.held: list[Ended] = []
        self.written = 0

    def teardown(self) -> None:
        self.office.shuts()
        self.folder.cleanup()

    @precondition(lambda self: len(self.held) < 3)
    @rule(confidential=st.booleans(), others=st.sets(st.sampled_from(("张三", "孙七"))))
    def a_meeting_ends(self, confidential: bool, others: set[str]) -> None:
        here = [self.people[name] for name in ("王五", "李四", *sorted(others))]
        said = f"{'机密' if confidential else '公开'}事项"
        self.held.append(
            ended(
                self.office,
                host=self.people["王五"],
                recorder=self.people["李四"],
                here=here,
                title=f"{said}会",
                topics=[said],
                captures=[("note", 1, said), ("decision", 1, said, Verdict.AGREED, "")],
                confidential=confidential,
                actions={f"{said}跟进": self.people["李四"]},
                copies=[self.people["赵六"]],
            )
        )

    @precondition(lambda self: self.held)
    @rule(by=st.sampled_from(NAMES), verb=st.sampled_from(sorted(LINES)), data=st.data())
    def acts(self, by: str, verb: MinutesVerb, data: st.DataObject) -> None:
        self.written += 1
        self.people[by].types(f"/minutes {LINES[verb].format(m=self._one(data).label, n=self.written)}")

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def goes_its_way(self, data: st.DataObject) -> None:
        """Whoever's turn it is does what is next, so that later states are reached often."""
        one = self._one(data)
        newest = one.minutes()
        if newest.state is MinutesState.DRAFT:
            self.people["李四"].types(f"/minutes submit {one.label}")
        elif newest.state is MinutesState.SUBMITTED:
            self.people["王五"].types(f"/minutes approve {one.label}")
        elif newest.waiting:
            self.by_id[newest.waiting[0]].types(f"/minutes acknowledge {one.label}")
        else:
            self.people["李四"].types(f"/minutes revise {one.label}")

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def a_decision_is_put_in_other_words(self, data: st.DataObject) -> None:
        """Where it can be: the record says it in one way, in its list and under its topic (N5)."""
        self.written += 1
        one = self._one(data)
        said = f"改为第{self.written}种"
        if "+ " in self.people["李四"].types(f"/minutes edit {one.label} 决议1：暂缓 {said}"):
            shown = self.people["李四"].types(f"/minutes show {one.label}")
            assert f"1. 暂缓：{said}" in shown
            assert f"结论：{said}（暂缓）" in shown
            assert shown.count("结论：") == 1

    @precondition(lambda self: self.held)
    @rule(by=st.sampled_from(NAMES), look=st.sampled_from(LOOKS), data=st.data())
    def looks(self, by: str, look: str, data: st.DataObject) -> None:
        self.people[by].types(f"/minutes {look.format(m=self._one(data).label)}")

    @precondition(lambda self: self.held)
    @rule(
        by=st.sampled_from(NAMES),
        look=st.sampled_from(("list everything", "show A-{n}", "history A-{n}", "note A-{n} x")),
        data=st.data(),
    )
    def looks_at_actions(self, by: str, look: str, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.held)))
        self.people[by].types(f"/action {look.format(n=number)}")

    @rule(by=st.sampled_from(NAMES), data=st.data())
    def presses_anything(self, by: str, data: st.DataObject) -> None:
        """Any button on any card anybody was ever shown, stale ones and other people's included."""
        shown = [
            button
            for who in self.people.values()
            for sheet in who.sheets
            for card in sheet.cards
            for button in buttons(card)
            if button.command.startswith("/minutes")
        ]
        if shown:
            self.people[by].presses(data.draw(st.sampled_from(shown)))

    @rule(hours=st.sampled_from([1, 20, 24, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.office.advance(hours=hours)

    @rule(hours=st.sampled_from([0, 3, 30]))
    def the_bot_was_down(self, hours: int) -> None:
        until = self.office.clock.moment.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(hours=hours)
        self.office.sleeps_until(until.strftime("%Y-%m-%d %H:%M:%S"))

    @rule(faults=st.lists(st.sampled_from([TryLater(30), Uncertain("no answer"), None]), min_size=1, max_size=3))
    def the_messenger_is_in_trouble(self, faults: list[TryLater | Uncertain | None]) -> None:
        self.office.paper.faults += faults

    @invariant()
    def nothing_is_told_twice(self) -> None:
        keys = [sheet.key for sheet in self.office.paper.sheets]
        assert len(keys) == len(set(keys))

    @invariant()
    def one_edition_is_in_force_and_the_next_is_the_only_other_open_one(self) -> None:
        for one in self.held:
            editions = self._editions(one)
            assert [edition.edition for edition in editions] == list(range(1, len(editions) + 1))
            assert sum(edition.state in IN_FORCE for edition in editions) <= 1
            assert all(edition.state is MinutesState.SUPERSEDED for edition in editions[:-2])

    @invariant()
    def who_acknowledged_had_to_and_did_so_once(self) -> None:
        for one in self.held:
            for edition in self._editions(one):
                done = [entry.person for entry in edition.acknowledged]
                assert len(done) == len(set(done))
                assert set(done) <= set(edition.must)
                whole = edition.approved_at is not None and edition.state in IN_FORCE
                assert not whole or (edition.state is MinutesState.ARCHIVED) == (not edition.waiting)

    @invariant()
    def the_history_is_a_way_through_the_table_by_people_who_may(self) -> None:
        for one in self.held:
            for edition in self._editions(one):
                self._walk(edition, [entry for entry in one.history(edition.edition) if not entry.refused])

    @invariant()
    def no_word_of_what_is_confidential_stands_where_it_may_not_be_read(self) -> None:
        may_not = [who for who in self.people.values() if not self._reads(who)]
        for who in may_not:
            answers = [plain(answer) for answer in who.answers[-1:] if answer is not None]
            for text in (*(plain(sheet.card) for sheet in who.sheets), *answers):
                assert "机密事项" not in text, f"{who.name} reads: {text}"

    def _reads(self, who: Colleague) -> bool:
        """Whether there is a confidential meeting that this person may read of: then the words are theirs to know."""
        return any(one.minutes(1).confidential and who.person.id in one.minutes(1).readers for one in self.held)

    def _walk(self, edition: Minutes, entries: list[Entry]) -> None:
        state = MinutesState.DRAFT
        for entry in entries[1:]:
            reached = MinutesState(str(entry.details["state"]))
            verb = MinutesVerb(entry.verb)
            if reached is MinutesState.SUPERSEDED:
                assert state in IN_FORCE
            else:
                assert state in MINUTES_MOVES[verb], f"{edition.label}: {verb} in {state}"
                assert reached in (MINUTES_MOVES[verb][state], MinutesState.ARCHIVED)
                assert may(self.by_id[entry.by].person, verb, edition), f"{entry.by} did {verb} to {edition.label}"
            state = reached
        assert state is edition.state

    def _editions(self, one: Ended) -> list[Minutes]:
        def read(records: Records) -> list[Minutes]:
            return records.archive.editions(one.number)

        return self.office.runner.run(self.office.store.read(read))

    def _one(self, data: st.DataObject) -> Ended:
        return data.draw(st.sampled_from(self.held))


TestArchive = Archive.TestCase
TestArchive.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
