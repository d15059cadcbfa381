"""Tests as conversations: people type, press and fill, the clock advances, and everybody reads what came.

    office = Office(tmp_path)
    ann, bo = office.hires("张三"), office.hires("李四")
    ann.types("/action add 输出流程 @李四 下周五前")
    bo.presses("接受")
    office.advance(days=7)
    assert "后天到期" in bo.reads

Everything is real but the messenger, which is on paper: SQLite in a file, dispatch, delivery, the scheduler's sweep.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.app.acquaintance import Reading, acquaint
from bot.calendar import Calendar, Quiet
from bot.cards import Answer, Button, Buttons, Card, Form, Items, plain
from bot.dispatch import Dispatch
from bot.domain.action import Action
from bot.domain.meeting import Meeting
from bot.domain.rules import Rules
from bot.messenger import Attachment, Incoming, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.outbox import Delivery
from bot.people import Account, Department, Person, Place, Profile, Room
from bot.scheduler import Scheduler
from bot.store import Entry, Query, Records, Sessions, Unavailable
from bot.workplace import Workplace
from storage import open_store
from tests.clocks import SetClock
from tests.empty import empty
from tests.paper import PaperMessenger, Sheet
from tests.turns import Turns

START = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""An ordinary Wednesday morning."""


class Office:
    """A workplace on paper. `language` is the workplace's and everybody's who does not say otherwise."""

    def __init__(
        self,
        folder: Path,
        *,
        language: str = "zh-Hans",
        start: datetime = START,
        rules: Rules | None = None,
        url: str = "",
    ) -> None:
        self.runner = Turns()
        self.clock = SetClock(start)
        self.paper = PaperMessenger()
        self.language = language
        self.rules = rules or Rules()
        self.url = url or empty(folder / "office.db")
        self.numbers = count(1)
        self.told_so_far = 0
        self.opens()

    def opens(self) -> None:
        """Starts the bot, as after a crash."""
        self.workplace = Workplace(
            "Office",
            self.language,
            "Asia/Shanghai",
            Calendar.of("CN"),
            Quiet(),
            self.rules,
            admins=("admin@example.com",),
        )
        self.store = self.runner.run(_opened(self.url))
        messengers = {self.paper.name: self.paper}
        self.delivery = Delivery(self.store, self.workplace, self.clock, messengers)
        self.dispatch = Dispatch(self.store, self.workplace, self.clock, messengers, self.delivery.wake)
        self.scheduler = Scheduler(self.store, self.workplace, self.clock, self.delivery)

    def reads_directory(self) -> Reading:
        """The messenger's directory is read, as `bihuan run` does every hour and `bihuan sync people` on demand."""
        reading = self.runner.run(acquaint(self.store, self.workplace, self.paper, self.clock.now()))
        self.delivers()
        return reading

    def closes(self) -> None:
        """Stops the bot; what was not delivered waits."""
        self.runner.run(self.store.close())

    def shuts(self) -> None:
        """The end of the story."""
        self.closes()
        self.runner.close()

    def hires(
        self,
        name: str,
        department: str = "",
        *,
        head: bool = False,
        language: str = "",
        timezone: str = "Asia/Shanghai",
    ) -> "Colleague":
        """Somebody new. The messenger knows them; the workplace too."""
        account = Account(self.paper.name, f"u{next(self.numbers)}")
        self.paper.profiles[account.user_id] = Profile(account, name, timezone=timezone, language=language)

        def settle(records: Records) -> Person:
            known = records.people.directory().department(department) if department else None
            if department and known is None:
                known = records.people.save_department(Department(0, department))
            person = records.people.save(
                Person(0, name, timezone, language or self.language, "", known.id if known else None, (account,))
            )
            if known is not None and head:
                records.people.save_department(Department(known.id, known.name, person.id))
            return person

        return Colleague(self, self.runner.run(self.store.write(settle)), account)

    def appoints(self, who: "Colleague") -> None:
        """Makes somebody an admin."""
        admin = replace(who.person, admin=True)
        who.person = self.runner.run(self.store.write(lambda records: records.people.save(admin)))

    def dismisses(self, who: "Colleague") -> None:
        """Somebody leaves; nobody is told by this."""
        who.person = replace(who.person, active=False)
        self.runner.run(self.store.write(lambda records: records.people.save(who.person)))

    def founds(self, name: str, *, over: str, head: "Colleague") -> None:
        """A department above one that there is, and who heads it."""

        def settle(records: Records) -> None:
            above = records.people.save_department(Department(0, name, head.person.id))
            below = records.people.directory().department(over)
            assert below is not None, f"there is no {over}"
            records.people.save_department(replace(below, parent=above.id))

        self.runner.run(self.store.write(settle))

    def room(self, name: str, *members: "Colleague") -> "PaperRoom":
        """A room with these people and the bot in it."""
        room = Room(self.paper.name, f"r{next(self.numbers)}", name)
        self.paper.rooms[room.id] = (room, [one.account for one in members])
        return PaperRoom(self, room)

    def receives(self, incoming: Incoming) -> Answer | None:
        """One event, then everything it left to deliver now."""
        answer = self.runner.run(self.dispatch.receive(incoming))
        self.delivers()
        return answer

    def delivers(self) -> None:
        """What is due by now; where the database is away, it waits."""
        with suppress(Unavailable):
            self.runner.run(self.delivery.drain(self.clock.now()))

    def advance(self, **lapse: float) -> None:
        """The clock goes on (days=, hours=, minutes=); what falls due on the way is said at its own time."""
        self.until(self.clock.now() + timedelta(**lapse))

    def until(self, moment: datetime | str) -> None:
        """The clock goes on to a moment; words are Shanghai's wall clock: "2026-11-25 09:00"."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        self.runner.run(self.scheduler.run_until(moment))

    def sleeps_until(self, moment: str) -> None:
        """The bot is down until then: nothing is swept on the way, everything once afterwards."""
        self.closes()
        self.clock.moment = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        self.opens()
        self.until(self.clock.now())

    def action(self, number: int) -> Action:
        """The item as it is kept."""
        found = self.runner.run(self.store.read(lambda records: records.actions.get(number)))
        assert found is not None, f"there is no A-{number}"
        return found

    def actions(self) -> list[Action]:
        return self.runner.run(self.store.read(lambda records: records.actions.find(Query())))

    def meeting(self, number: int) -> Meeting:
        """The meeting as it is kept."""
        found = self.runner.run(self.store.read(lambda records: records.meetings.get(number)))
        assert found is not None, f"there is no M-{number}"
        return found

    def meetings(self) -> list[Meeting]:
        return self.runner.run(self.store.read(lambda records: records.meetings.find(Sessions())))

    def history(self, number: int) -> list[Entry]:
        return self.runner.run(self.store.read(lambda records: records.history.of(f"A-{number}")))

    def record(self, number: int) -> list[str]:
        """The history in short: "张三 add", "孙七 accept refused"."""
        names = {person.id: person.name for person in self.people()}
        return [f"{names[one.by]} {one.verb}{' refused' * one.refused}" for one in self.history(number)]

    def people(self) -> list[Person]:
        return list(self.runner.run(self.store.read(lambda records: records.people.directory())).people.values())

    def told(self) -> dict[str, list[str]]:
        """Who (a person or a room) has been sent what since this was last asked: the first line of each message."""
        fresh, self.told_so_far = self.paper.sheets[self.told_so_far :], len(self.paper.sheets)
        heard: dict[str, list[str]] = {}
        for sheet in fresh:
            name = self.paper.profiles[sheet.to.user_id].name if isinstance(sheet.to, Account) else sheet.to.name
            heard.setdefault(name, []).append(plain(sheet.cards[0]).splitlines()[0])
        return heard


async def _opened(url: str):
    return open_store(url)


@dataclass
class PaperRoom:
    """A room; what the bot posted into it."""

    office: Office
    room: Room

    @property
    def cards(self) -> list[Card]:
        return [sheet.card for sheet in self.office.paper.to(self.room)]

    @property
    def last(self) -> str:
        return plain(self.cards[-1])


@dataclass
class Colleague:
    """Somebody at work: what they do, and what they see."""

    office: Office
    person: Person
    account: Account
    answers: list[Answer | None] = field(default_factory=list)

    def __hash__(self) -> int:
        return hash(self.account)

    @property
    def name(self) -> str:
        return self.person.name

    def types(
        self,
        text: str,
        room: PaperRoom | None = None,
        *,
        to: "Sheet | Quoted | None" = None,
        mentions: tuple = (),
        files: tuple[Attachment, ...] = (),
        called: bool = False,
    ) -> str:
        """Says something (directly to the bot, or in a room; `to` replies to a message). Returns the answer as text."""
        quoted = Quoted(plain(to.card), None, "", to.posted) if isinstance(to, Sheet) else to
        said = Said(text, tuple(one.account for one in mentions), files, quoted, called)
        return self._does(said, room)

    def presses(self, label: str | Button, *, on: Card | None = None, twice: bool = False) -> str:
        """Presses this button, or the newest of this label that they can see. `twice`: an impatient double click."""
        button = label if isinstance(label, Button) else self._button(label, on)
        said = self._does(Pressed(button.command, button.version), None)
        return self._does(Pressed(button.command, button.version), None) if twice else said

    def fills(self, **values: str) -> str:
        """Submits the form they were last shown."""
        form = self.form
        return self._does(Submitted(form.command, values, form.version), None)

    def opens_chat(self) -> str:
        return self._does(Joined(), None)

    def again(self) -> str:
        """The messenger delivers their last event once more."""
        self.answers.append(self.office.receives(self.last_event))
        return self.answer

    @property
    def answer(self) -> str:
        """The last answer as text; empty for none."""
        return plain(self.answers[-1]) if self.answers and self.answers[-1] is not None else ""

    @property
    def form(self) -> Form:
        found = next((answer for answer in reversed(self.answers) if isinstance(answer, Form)), None)
        assert found is not None, f"{self.name} was shown no form"
        return found

    @property
    def sheets(self) -> list[Sheet]:
        """Their direct messages, oldest first, as they stand now."""
        return self.office.paper.to(self.account)

    @property
    def cards(self) -> list[Card]:
        return [sheet.card for sheet in self.sheets]

    @property
    def reads(self) -> str:
        """Their newest direct message as text; empty for none."""
        return plain(self.cards[-1]) if self.sheets else ""

    def _does(self, what: Said | Pressed | Submitted | Joined, room: PaperRoom | None) -> str:
        where = Place(self.office.paper.name, room.room if room else None)
        self.last_event = Incoming(f"e{next(self.office.numbers)}", self.office.clock.now(), where, self.account, what)
        self.answers.append(self.office.receives(self.last_event))
        return self.answer

    def _button(self, label: str, on: Card | None) -> Button:
        shown = [on] if on else [a for a in reversed(self.answers) if isinstance(a, Card)] + self.cards[::-1]
        for card in shown:
            for button in buttons(card):
                if button.label == label:
                    return button
        seen = [button.label for card in shown for button in buttons(card)]
        raise AssertionError(f"{self.name} sees no button {label!r}, only {seen}")


def buttons(card: Card) -> list[Button]:
    """Every press a card offers."""
    found: list[Button] = []
    for block in card.blocks:
        if isinstance(block, Buttons):
            found += block.buttons
        elif isinstance(block, Items):
            found += [button for item in block.items for button in item.buttons]
    return found


__all__ = ["START", "Colleague", "Office", "PaperRoom", "Posted", "SetClock", "buttons"]
