"""A workplace under random use: commands, clicks on fresh and stale cards, duplicates, clock moves, crashes.

The three promises (never lose, never twice, never what is not yours) are invariants after every step; the model is the
pair of tables in docs/architecture.md.
"""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.dispatch import TOO_LATE
from bot.messenger import Incoming, Said
from bot.people import Place
from bot.store import Entry
from tests.conversation import Office, buttons
from tests.simulation.model import ModelItem, moves, rights

MOVES, RIGHTS = moves(), rights()
NAMES = ("张三", "李四", "王五", "赵六")
LINES = {
    "accept": "/action accept A-{n}",
    "decline": "/action decline A-{n} 手上已满",
    "submit": "/action submit A-{n} 见共享盘",
    "approve": "/action approve A-{n}",
    "return": "/action return A-{n} 还缺图",
    "block": "/action block A-{n} 等接口 @王五 12月30日",
    "unblock": "/action unblock A-{n}",
    "cancel": "/action cancel A-{n} 不做了",
    "reopen": "/action reopen A-{n} 关早了",
    "note": "/action note A-{n} 有进展",
}


class Workplace(RuleBasedStateMachine):
    """王五 heads 技术部 (张三, 李四); 赵六 belongs to nobody and is an admin."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = Office(Path(self.folder.name))
        self.people = {name: self.office.hires(name, "技术部", head=name == "王五") for name in NAMES[:3]}
        self.people["赵六"] = self.office.hires("赵六")
        self.office.appoints(self.people["赵六"])
        self.model: dict[int, ModelItem] = {}

    def teardown(self) -> None:
        self.office.shuts()
        self.folder.cleanup()

    @rule(by=st.sampled_from(NAMES), owner=st.sampled_from(NAMES), days=st.integers(0, 9))
    def records(self, by: str, owner: str, days: int) -> None:
        number = len(self.model) + 1
        day = (self.office.clock.moment.date()).toordinal() + days
        said = self.people[by].types(f"/action add 任务{number} @{owner} {date.fromordinal(day).isoformat()} 23:59")
        assert f"A-{number}" in said, said
        self.model[number] = ModelItem("in_progress" if owner == by else "proposed", owner, by, by)

    @precondition(lambda self: self.model)
    @rule(by=st.sampled_from(NAMES), verb=st.sampled_from(sorted(LINES)), data=st.data())
    def acts(self, by: str, verb: str, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.model)))
        self.people[by].types(LINES[verb].format(n=number))
        self._expects(number, by, verb)

    @precondition(lambda self: self.model)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def presses_anything(self, by: str, data: st.DataObject) -> None:
        """Any button on any card they were ever shown, stale ones included."""
        who = self.people[by]
        shown = [card for sheet in who.sheets for card in sheet.cards]
        found = [button for card in shown for button in buttons(card)]
        if not found:
            return
        button = data.draw(st.sampled_from(found))
        words = button.command.split()
        if len(words) != 3 or words[0] != "/action" or words[1] not in LINES or "{n} " in LINES[words[1]]:
            return
        who.presses(button.label, on=next(card for card in shown if button in buttons(card)))
        number = int(words[2].removeprefix("A-"))
        if button.version == self.office.action(number).version or words[1] not in ("approve", "return", "cancel"):
            self._expects(number, by, words[1])
        else:
            self._settle(number)

    @precondition(lambda self: any(person.answers for person in self.people.values()))
    @rule(data=st.data())
    def a_redelivery_is_answered_the_same(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([name for name in NAMES if self.people[name].answers]))
        who = self.people[name]
        before = who.answers[-1]
        who.again()
        late = self.office.clock.now() - who.last_event.at > TOO_LATE
        assert who.answers.pop() == (None if late else before)

    @rule(hours=st.sampled_from([1, 5, 20, 24, 72, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.office.advance(hours=hours)

    @rule(hours=st.sampled_from([0, 3, 30, 24 * 7]))
    def the_bot_was_down(self, hours: int) -> None:
        self.office.sleeps_until((self.office.clock.moment + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S"))

    @precondition(lambda self: self.model)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def crashes_after_the_answer(self, by: str, data: st.DataObject) -> None:
        """Committed and answered; the process dies before anything is delivered."""
        number = data.draw(st.sampled_from(sorted(self.model)))
        who = self.people[by]
        said = Said(LINES["note"].format(n=number))
        event = Incoming(f"c{next(self.office.numbers)}", self.office.clock.now(), Place("paper"), who.account, said)
        answer = self.office.runner.run(self.office.dispatch.receive(event))
        self.office.closes()
        self.office.opens()
        assert self.office.receives(event) == answer, "the redelivery repeats the answer and changes nothing"
        self._expects(number, by, "note")

    @invariant()
    def nothing_is_told_twice(self) -> None:
        keys = [sheet.key for sheet in self.office.paper.sheets]
        assert len(keys) == len(set(keys))

    @invariant()
    def nothing_is_lost(self) -> None:
        assert [item.number for item in sorted(self.office.actions(), key=lambda one: one.number)] == sorted(self.model)

    @invariant()
    def everything_is_as_the_page_says(self) -> None:
        for number, expected in self.model.items():
            item = self.office.action(number)
            assert (item.state, item.version) == (expected.state, expected.changes), f"A-{number}"

    @invariant()
    def nobody_did_what_is_not_theirs(self) -> None:
        for number in self.model:
            for entry in self.office.history(number):
                if not entry.refused and entry.before is not None:
                    assert self._may(entry), f"{entry.by} did {entry.verb} to A-{number}"

    def _expects(self, number: int, by: str, verb: str) -> None:
        """What the page says happens when `by` does this now."""
        item = self.model[number]
        to = item.state if verb == "note" and item.state not in ("done", "cancelled") else MOVES.get((item.state, verb))
        if to is None or not self._permitted(item, by, verb):
            return
        if verb == "submit" and item.owner == item.tracker:
            to = "done"
        item.state, item.changes = to, item.changes + 1

    def _permitted(self, item: ModelItem, by: str, verb: str) -> bool:
        mine = {role for role in ("owner", "tracker", "assigner") if getattr(item, role) == by}
        mine |= {"admin"} if by == "赵六" else set()
        mine |= {"head"} if by == "王五" and item.owner != "赵六" else set()
        mine |= {"resolver"} if by == "王五" and item.state == "blocked" else set()
        if verb in ("approve", "return") and "owner" in mine:
            return "tracker" in mine
        if verb == "reopen" and mine & RIGHTS["reopen"] == {"owner"}:
            return item.state == "submitted"
        return bool(mine & RIGHTS[verb])

    def _may(self, entry: Entry) -> bool:
        assert entry.before is not None
        name = next(name for name, who in self.people.items() if who.person.id == entry.by)
        return self._permitted(self._as_model(entry), name, entry.verb)

    def _as_model(self, entry: Entry) -> ModelItem:
        item = entry.before
        assert item is not None
        names = {who.person.id: name for name, who in self.people.items()}
        return ModelItem(item.state, names[item.owner], names[item.tracker], names[item.assigner])

    def _settle(self, number: int) -> None:
        """A careful verb on a stale card changes nothing."""
        item = self.office.action(number)
        assert (item.state, item.version) == (self.model[number].state, self.model[number].changes)


@pytest.mark.slow
@pytest.mark.timeout(900)
class TestWorkplace(Workplace.TestCase):
    settings = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
