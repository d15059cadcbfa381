"""A workplace under random use: commands, clicks on fresh and stale cards, duplicates, clock moves, crashes, and a
messenger that is busy, unsure, gone, or takes a message and is not heard.

The three promises (never lose, never twice, never what is not yours) are invariants after every step; the model is the
pair of tables in docs/architecture.md.
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.dispatch import TOO_LATE
from bot.domain.action import Action
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Incoming, Said
from bot.operations.change import WEIGHTY
from bot.people import Place
from bot.store import Entry, Query, Records
from tests.conversation import Office, buttons
from tests.simulation.model import Model, Snapshot


@pytest.fixture(autouse=True, scope="module")
def unlogged() -> Iterator[None]:
    """Thousands of senders die here on purpose: nobody reads their traces, and drawing them takes most of the time."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SHANGHAI = ZoneInfo("Asia/Shanghai")
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
    "snooze": "/action snooze A-{n} 2h",
    "nudge": "/action nudge A-{n}",
    "undo": "/action undo A-{n}",
}
WHOLE = frozenset({"accept", "approve", "unblock", "nudge", "undo"})
"""Verbs whose button is the whole line, so that a press does it."""


class Workplace(RuleBasedStateMachine):
    """王五 heads 技术部 (张三, 李四); 赵六 belongs to nobody and is an admin."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office = Office(Path(self.folder.name))
        self.people = {name: self.office.hires(name, "技术部", head=name == "王五") for name in NAMES[:3]}
        self.people["赵六"] = self.office.hires("赵六")
        self.office.appoints(self.people["赵六"])
        self.names = {who.person.id: name for name, who in self.people.items()}
        self.model = Model()
        self.told = 0
        self.called_back: set[str] = set()

    def teardown(self) -> None:
        self.everything_that_waits_is_told_in_the_end()
        self.office.shuts()
        self.folder.cleanup()

    @rule(by=st.sampled_from(NAMES), owner=st.sampled_from(NAMES), days=st.integers(0, 9))
    def records(self, by: str, owner: str, days: int) -> None:
        number = len(self.model.items) + 1
        day = self._today + timedelta(days)
        said = self.people[by].types(f"/action add 任务{number} @{owner} {day.isoformat()} 23:59")
        assert f"A-{number}" in said, said
        self.model.adds(by, owner, day, self._now)

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), verb=st.sampled_from(sorted(LINES)), data=st.data())
    def acts(self, by: str, verb: str, data: st.DataObject) -> None:
        number = self._one(data)
        self.people[by].types(LINES[verb].format(n=number))
        self._expects(number, by, verb)

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def postpones(self, by: str, data: st.DataObject) -> None:
        number = self._one(data)
        later = max(self.model.items[number].now.due, self._today) + timedelta(days=1)
        self.people[by].types(f"/action postpone A-{number} {later.isoformat()} 23:59 等评审")
        self.model.expects(number, by, "postpone", self._now, due=later)

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), to=st.sampled_from(NAMES), data=st.data())
    def assigns(self, by: str, to: str, data: st.DataObject) -> None:
        number = self._one(data)
        self.people[by].types(f"/action assign A-{number} @{to}")
        self.model.expects(number, by, "assign", self._now, to=to)

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def edits(self, by: str, data: st.DataObject) -> None:
        number = self._one(data)
        self.told += 1
        self.people[by].types(f"/action edit A-{number} 标准：第{self.told}版")
        self.model.expects(number, by, "edit", self._now)

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def presses_anything(self, by: str, data: st.DataObject) -> None:
        """Any button on any card they were ever shown, stale ones included."""
        who = self.people[by]
        shown = [button for sheet in who.sheets for card in sheet.cards for button in buttons(card)]
        found = [button for button in shown if self._whole(button.command)]
        if not found:
            return
        button = data.draw(st.sampled_from(found))
        _, verb, label = button.command.split()
        number = int(label.removeprefix("A-"))
        stale = self.model.items[number].stale(button.version)
        who.presses(button)
        if not (stale and verb in WEIGHTY):
            self._expects(number, by, verb)

    @precondition(lambda self: any(person.answers for person in self.people.values()))
    @rule(data=st.data())
    def a_redelivery_is_answered_the_same(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([name for name in NAMES if self.people[name].answers]))
        who = self.people[name]
        before = who.answers[-1]
        who.again()
        late = self._now - who.last_event.at > TOO_LATE
        assert who.answers.pop() == (None if late else before)

    @rule(hours=st.sampled_from([1, 5, 20, 24, 72, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.office.advance(hours=hours)

    @rule(hours=st.sampled_from([0, 3, 30, 24 * 7]))
    def the_bot_was_down(self, hours: int) -> None:
        until = self.office.clock.moment.astimezone(SHANGHAI) + timedelta(hours=hours)
        self.office.sleeps_until(until.strftime("%Y-%m-%d %H:%M:%S"))

    @rule(
        faults=st.lists(
            st.sampled_from([TryLater(30), Uncertain("no answer"), Undeliverable("left"), None]), min_size=1, max_size=3
        )
    )
    def the_messenger_is_in_trouble(self, faults: list[TryLater | Uncertain | Undeliverable | None]) -> None:
        self.office.paper.faults += faults

    @rule(times=st.integers(1, 3))
    def the_sender_dies_between_the_post_and_its_mark(self, times: int) -> None:
        """The message stands there; whoever sent it does not know, and must find out before it sends again."""
        self.office.paper.unanswered = times

    @precondition(lambda self: self.model.items)
    @rule(by=st.sampled_from(NAMES), data=st.data())
    def crashes_after_the_answer(self, by: str, data: st.DataObject) -> None:
        """Committed and answered; the process dies before anything is delivered."""
        number = self._one(data)
        who = self.people[by]
        said = Said(LINES["note"].format(n=number))
        event = Incoming(f"c{next(self.office.numbers)}", self._now, Place("paper"), who.account, said)
        answer = self.office.runner.run(self.office.dispatch.receive(event))
        self.office.closes()
        self.office.opens()
        assert self.office.receives(event) == answer, "the redelivery repeats the answer and changes nothing"
        self.model.expects(number, by, "note", self._now)

    @invariant()
    def nothing_is_told_twice(self) -> None:
        keys = [sheet.key for sheet in self.office.paper.sheets]
        assert len(keys) == len(set(keys))

    @invariant()
    def what_was_called_back_is_not_told(self) -> None:
        assert [sheet.key for sheet in self.office.paper.sheets if sheet.key.startswith(tuple(self.called_back))] == []

    @invariant()
    def everything_is_as_the_page_says_and_everybody_did_only_what_they_may(self) -> None:
        found = self.office.runner.run(self.office.store.read(_everything))
        assert sorted(found) == sorted(self.model.items), "nothing is lost"
        for number, (item, entries) in found.items():
            expected = self.model.items[number]
            assert (self._snapshot(item), item.version) == (expected.now, expected.changes), f"A-{number}"
            changes = [entry for entry in entries if not entry.refused]
            assert [entry.verb for entry in changes] == expected.verbs
            for earlier, entry in pairwise(changes):
                assert self._may(entry, earlier), f"{self.names[entry.by]} did {entry.verb} to A-{number}"

    def everything_that_waits_is_told_in_the_end(self) -> None:
        """The messenger is well again and people are at work: no notice is left over, each has an end."""
        self.office.paper.faults.clear()
        self.office.paper.unanswered = 0
        day = self.office.workplace.calendar.on_or_after(self._today + timedelta(days=2))
        self.office.until(f"{day} 12:00")
        count = self.office.runner.run(self.office.store.read(lambda records: records.outbox.count()))
        assert (count.get("pending", 0), count.get("refresh", 0)) == (0, 0), count

    @property
    def _now(self) -> datetime:
        return self.office.clock.now().astimezone(UTC)

    @property
    def _today(self) -> date:
        return self._now.astimezone(SHANGHAI).date()

    def _expects(self, number: int, by: str, verb: str) -> None:
        """A push can be undone only before it has left, which the page does not know: then it must never be told."""
        item = self.model.items[number]
        if verb == "undo" and item.verb == "nudge":
            if self.office.action(number).version == item.changes:
                return
            self.called_back.add(f"A-{number}:v{item.changes}:nudged:")
        self.model.expects(number, by, verb, self._now)

    def _one(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.model.items)))

    def _whole(self, command: str) -> bool:
        words = command.split()
        return len(words) == 3 and words[0] == "/action" and words[1] in WHOLE

    def _snapshot(self, item: Action) -> Snapshot:
        names = self.names
        return Snapshot(
            item.state, names[item.owner], names[item.tracker], names[item.assigner], item.due.day, item.nudged_at
        )

    def _may(self, entry: Entry, earlier: Entry) -> bool:
        """By the page's table, asked of the item as it was; an undo belongs to whoever did what it takes back."""
        assert entry.before is not None
        name = self.names[entry.by]
        if entry.verb == "undo":
            return name in (self.names[earlier.by], "赵六") and earlier.verb != "undo"
        return self.model.permitted(self._snapshot(entry.before), name, entry.verb)


def _everything(records: Records) -> dict[int, tuple[Action, list[Entry]]]:
    return {item.number: (item, records.history.of(item.label, 1000)) for item in records.actions.find(Query())}


TestWorkplace = Workplace.TestCase
TestWorkplace.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
