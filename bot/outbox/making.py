"""From claimed rows to letters: where each goes, and its card, made from the truth of this moment in its reader's words.

One read transaction loads what a batch is about; the cards are made outside of it. What a view raises belongs to that
letter alone."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import TracebackType

from msgspec import Struct
from msgspec.structs import replace

from bot.announcements import Desk
from bot.announcements.connections import CONNECTED, CUT_OFF
from bot.cards import Card
from bot.directory import Directory
from bot.domain.action import Action
from bot.domain.papers import Papers
from bot.messenger import Connecting, Messenger
from bot.operations.papers import about
from bot.outbox.roads import Road
from bot.people import Account, Person, Room
from bot.policy import sees_item
from bot.policy.meetings import asked_to_approve, sees
from bot.policy.minutes import sees as sees_minutes
from bot.store import Dispatched, Records, Store
from bot.texts import LANGUAGES, words
from bot.views.people import no_longer_shown
from bot.views.scene import Scene
from bot.views.sessions import SESSIONS
from bot.workplace import Workplace

Moments = Mapping[str, Callable[[Scene, tuple[Action, ...], Mapping[str, object]], Card | None]]
"""bot/views/notices.py: how each moment is told; None when there is nothing left to say."""


NAMELESS = frozenset({"undeliverable", CUT_OFF, CONNECTED})
"""What is told also without a word about its subjects: an admin hears whom nothing reaches, and not of what."""
ANYWHERE = frozenset({CUT_OFF, CONNECTED})
"""What goes to whichever account can be reached: that the preferred one cannot is what it says."""


class Letter(Struct, frozen=True):
    """A claimed row on its way, by `road`. `to` None: there is nowhere to send it, `fault` says why. `fault` may also be what the
    view raised. `card` None without a fault: there is nothing left to say (moot). `papers`: where it is about a meeting.
    `hidden`: something was taken out that its reader may not see (N8)."""

    row: Dispatched
    desk: Desk
    actions: tuple[Action, ...]
    road: Road
    papers: Papers | None = None
    to: Account | Room | None = None
    card: Card | None = None
    fault: BaseException | str = ""
    hidden: bool = False


class Maker(Struct, frozen=True):
    """Makes letters; `running` are the messengers that can be written to, by name, `translating` those whose clients choose
    a card's language by their reader: there a room reads every one (a person has chosen, or their profile says)."""

    store: Store
    workplace: Workplace
    moments: Moments
    running: Mapping[str, Messenger]
    translating: Collection[str] = ()

    async def letters(self, rows: Sequence[Dispatched], now: datetime) -> list[Letter]:
        """One letter for each row, in order. Raises Unavailable."""
        numbers = {number for row in rows for number in _numbers(row)}

        def load(records: Records) -> tuple[Directory, dict[int, Action], dict[int, Papers]]:
            sessions = {row.id: found for row in rows if (found := _papers(records, row)) is not None}
            return records.people.directory(), records.actions.several(numbers), sessions

        directory, actions, sessions = await self.store.read(load)
        desk = Desk(directory, self.workplace)
        return [self._made(self._addressed(row, desk, actions, sessions.get(row.id)), now) for row in rows]

    def _made(self, letter: Letter, now: datetime) -> Letter:
        """With its card; what its view raises stays its own."""
        with Trying() as view:
            view.card = self._card(letter, now)
        return replace(letter, card=view.card, fault=view.fault or letter.fault)

    def _addressed(self, row: Dispatched, desk: Desk, known: Mapping[int, Action], papers: Papers | None) -> Letter:
        actions = tuple(known[number] for number in _numbers(row) if number in known)
        if isinstance(row.notice.to, Room):
            here = row.notice.to.messenger in self.running
            to = row.notice.to if here else None
            letter = Letter(row, desk, actions, _road(row, to), papers, to, fault="" if here else "messenger-off")
            return _discreet(letter, None, self.workplace)
        person = desk.directory.people.get(row.notice.to)
        account = self._account(person, row.notice.moment) if person is not None and person.active else None
        fault = "" if account else "left" if person is None or not person.active else "no-account"
        letter = Letter(row, desk, actions, _road(row, account), papers, account, fault=fault)
        return _discreet(letter, person, self.workplace)

    def _account(self, person: Person, moment: str) -> Account | None:
        """Where they prefer it; where that messenger is off, any other of theirs."""
        able = [one for one in (person.account, *person.accounts) if one is not None and one.messenger in self.running]
        if moment in ANYWHERE:
            able.sort(key=self._cut_off)
        return next(iter(able), None)

    def _cut_off(self, account: Account) -> bool:
        messenger = self.running[account.messenger]
        return isinstance(messenger, Connecting) and not messenger.reaches(account)

    def _card(self, letter: Letter, now: datetime) -> Card | None:
        """In its reader's language; in all of them for a room whose readers' clients choose. It says if it may disturb."""
        to, own = letter.row.notice.to, self.workplace.language
        if isinstance(to, int):
            reader = letter.desk.directory.people.get(to)
            card = self._worded(letter, now, reader.language if reader else own, reader)
            return replace(card, urgent=True) if card and letter.row.notice.urgent else card
        card = self._worded(letter, now, own)
        if card is None or to.messenger not in self.translating:
            return card
        others = ((one, self._worded(letter, now, one)) for one in LANGUAGES if one != own)
        return replace(card, readings=tuple((one, made) for one, made in others if made))

    def _worded(self, letter: Letter, now: datetime, language: str, reader: Person | None = None) -> Card | None:
        notice = letter.row.notice
        subjects = bool(notice.subjects) and notice.moment not in NAMELESS
        nothing = subjects and not letter.actions and letter.papers is None
        if letter.fault or (nothing and not (letter.hidden and letter.row.posted)):
            return None
        scene = Scene(words(language), now, letter.desk.directory, self.workplace, reader)
        if nothing:
            return no_longer_shown(scene)
        args = {**notice.args, "posted": letter.row.posted is not None}
        if notice.moment in SESSIONS:
            return SESSIONS[notice.moment](scene, letter.papers, args) if letter.papers is not None else None
        return self.moments[notice.moment](scene, letter.actions, args)


def _discreet(letter: Letter, reader: Person | None, workplace: Workplace) -> Letter:
    """N8: without what its reader may not see by now; into a room nothing goes of a confidential meeting that is not its
    own. What was posted before says no more than that it is no longer shown."""
    if letter.papers is None and not any(one.readers for one in letter.actions):
        return letter
    actions = tuple(one for one in letter.actions if (sees_item(reader, one) if reader else not one.readers))
    papers = letter.papers if letter.papers and _may_read(letter, letter.papers, reader, workplace) else None
    hidden = len(actions) < len(letter.actions) or papers is not letter.papers
    return replace(letter, actions=actions, papers=papers, hidden=hidden) if hidden else letter


def _may_read(letter: Letter, papers: Papers, reader: Person | None, workplace: Workplace) -> bool:
    notice, meeting = letter.row.notice, papers.meeting
    if isinstance(notice.to, Room):
        return not meeting.confidential or notice.to == meeting.room
    if reader is None:
        return False
    if papers.minutes is not None and notice.subjects[0] == papers.minutes.label:
        return sees_minutes(reader, papers.minutes)
    return sees(reader, meeting) or asked_to_approve(reader, meeting, workplace)


class Trying(Struct):
    """One view at work: its card, or what it raised. A task for each, to the same end, took longer than a short card."""

    card: Card | None = None
    fault: Exception | None = None

    def __enter__(self) -> "Trying":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> bool:
        if isinstance(fault, Exception):
            self.fault = fault
        return self.fault is not None


def _road(row: Dispatched, to: Account | Room | None) -> Road:
    """Updates keep to the conversation their message stands in."""
    if row.posted is not None:
        return Road(row.posted.messenger, row.posted.conversation)
    match to:
        case Account():
            return Road(to.messenger, to.user_id)
        case Room():
            return Road(to.messenger, to.id)
        case None:
            return Road("", "")


def _papers(records: Records, row: Dispatched) -> Papers | None:
    """Only where it is needed: most letters are about items, and have no paper to load."""
    return about(records, row.notice.subjects) if row.notice.moment in SESSIONS else None


def _numbers(row: Dispatched) -> list[int]:
    """The items a notice is about, then those it lists (a digest's), each once and in order."""
    subjects = [subject[2:] for subject in row.notice.subjects if subject.startswith("A-")]
    about = [int(number) for number in subjects if number.isdigit()]
    listed = row.notice.args.get("items")
    more = [number for number in listed if isinstance(number, int)] if isinstance(listed, list | tuple) else []
    return list(dict.fromkeys([*about, *more]))
