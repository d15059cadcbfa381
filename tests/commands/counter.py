"""Commands asked as dispatch asks them, without the messenger: a line from somebody, in a transaction, and its answer.

counter.asks(counter.assigner, "/action add 输出流程 @李四 下周五")
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import commands
from bot.cards import Answer, Button, Buttons, Card, Form, plain
from bot.commands.asking import Asking
from bot.commands.later import Later
from bot.domain.action import Action
from bot.domain.facts import Changed
from bot.errors import Refusal
from bot.messenger import Attachment, Incoming, Pressed, Quoted, Said, Submitted
from bot.people import Account, Person, Place, Room
from bot.store import Records
from bot.texts import words
from tests.operations.bench import Firm

ROOM = Room("paper", "product", "产品")


class Counter(Firm):
    """The firm, with people who type, press and submit. `facts` are what the last line changed."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        super().__init__(folder, **rules)
        self.facts: list[Changed] = []

    def asks(
        self, who: Person, text: str, *, room: Room | None = None, mentions: Sequence[Person] = (), quoted: Quoted | None = None,
        attachments: tuple[Attachment, ...] = (), subjects: tuple[str, ...] = (), called: bool = True,
    ) -> Answer:  # fmt: skip
        """Typed. Raises Refusal."""
        said = Said(text, tuple(Account("paper", one.name) for one in mentions), attachments, quoted, called)
        return self._answers(who, said, text, room, subjects)

    def presses(self, who: Person, command: str, version: int = 0) -> Answer:
        return self._answers(who, Pressed(command, version), command, None, ())

    def fills(self, who: Person, form: Answer, **values: str) -> Answer:
        assert isinstance(form, Form), plain(form)
        return self._answers(who, Submitted(form.command, values, form.version), form.command, None, ())

    def continues(self, who: Person, form: Answer, text: str) -> Answer:
        """A plain message that answers the form, as where a messenger has no forms."""
        assert isinstance(form, Form), plain(form)
        return self.asks(who, f"{form.command} {text}")

    def refuses(self, who: Person, text: str, **where: Any) -> Refusal:
        """The refusal that the line meets; nothing was changed by it."""
        before = self.items()
        try:
            answer = self.asks(who, text, **where)
        except Refusal as refused:
            assert self.items() == before
            return refused
        raise AssertionError(f"{text!r} was answered: {plain(answer)}")

    def last(self) -> Action:
        """The newest item."""
        return max(self.items(), key=lambda one: one.number)

    def _answers(
        self, who: Person, what: Any, text: str, room: Room | None, subjects: tuple[str, ...]
    ) -> Answer:  # fmt: skip
        def work(records: Records) -> Answer:
            directory = records.people.directory()
            by = directory.person(who.id)
            event = Incoming("e", self.now, Place("paper", room), Account("paper", who.name), what)
            asking = Asking(event, self.now, by, records, directory, self.workplace, words(by.language), subjects)
            line = commands.read(text, bare=True)
            assert line is not None, f"{text!r} is no command"
            found = commands.run(asking, line)
            answer = found.make() if isinstance(found, Later) else found
            assert answer is not None, f"{text!r} is answered by nothing"
            self.facts = [fact for fact in asking.facts if isinstance(fact, Changed)]
            return answer

        return self.keeps(work)


def buttons(answer: Answer) -> list[Button]:
    assert isinstance(answer, Card)
    return [button for block in answer.blocks if isinstance(block, Buttons) for button in block.buttons]


def numbers(answer: Answer) -> list[int]:
    """The item numbers of a list, in its order."""
    return list(dict.fromkeys(int(found) for found in re.findall(r"^(?:\S+ )?A-(\d+)", plain(answer), re.MULTILINE)))


def asked(form: Answer) -> list[str]:
    """The fields a form asks, the required ones marked."""
    assert isinstance(form, Form), plain(form)
    return [f"{one.name}*" if one.required else one.name for one in form.fields]
