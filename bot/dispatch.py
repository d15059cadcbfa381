"""Incoming → command → Answer, inside one transaction: the only door into the core.

What is answered has been committed: the change, its history, its alarms, what others must hear, and the event's own
row with the answer, so that a redelivery is answered the same and changes nothing. Three families of errors end here:
a Refusal becomes a private answer, a database that cannot be written an honest "not recorded", anything else is our
bug, logged once and answered with a reference.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot import commands
from bot.announcements import announce
from bot.cards import Answer, Form
from bot.clock import Clock
from bot.commands import Line, courtesy
from bot.commands.asking import Asking
from bot.commands.cleaning import clean, one_line, presentable
from bot.commands.later import Later
from bot.commands.nearly import nearly
from bot.directory import Directory
from bot.errors import Delivery as Fault
from bot.errors import Refusal, Several, Undeliverable
from bot.logs import get_logger
from bot.messenger import Incoming, Joined, Messenger, Posted, Pressed, Said, Submitted
from bot.operations.appointing import as_appointed
from bot.operations.organisation import placed
from bot.people import Account, Person, Place, Profile
from bot.store import Entry, Question, Records, Seen, Store, Unavailable
from bot.texts import LANGUAGES, spoken, words
from bot.views import people as people_views
from bot.views import refusal as refusal_views
from bot.views.scene import Scene
from bot.workplace import Workplace

log = get_logger()

Observe = Callable[[str, str, float], None]
"""Told after each event: what it was (`action add`, `small talk` …), how it ended, and the seconds it took."""

OLDEST = timedelta(days=1)
"""An event says when it was said; one that claims to be older than this (or of the future) is dated on arrival."""
TOO_LATE = timedelta(days=7)
"""A redelivery older than this is let be: the inbox may have forgotten that it was answered (kept 8 days), and acting
twice is worse. The latest redelivery any messenger is known to make comes after 7.1 hours."""


FORBIDDEN = frozenset(
    {
        "may-not", "wrong-state", "meeting-may-not", "meeting-may-not-approver", "meeting-may-not-invitee",
        "meeting-wrong-state", "confidential", "confidential-item", "nudge-too-soon", "nudge-own", "undo-not-yours",
        "undo-too-late", "undo-changed-since", "undo-undone", "minutes-may-not", "minutes-wrong-state",
        "minutes-approved", "minutes-old-edition", "minutes-readers-may-not", "minutes-keep",
        "series-ended",
    }
)  # fmt: skip
"""Refusals by policy or by the item's state: these stand in its history. A word that was not understood does not."""
_SUBJECTS = ("action", "meeting", "minutes", "series")
"""By which argument a refusal says what was refused."""


class Stranger(Exception):
    """An account the workplace has not met; the messenger is asked who it is, outside the transaction."""


class Dispatch(Struct):
    """Receives events of every messenger. `wake` is called after a commit that left something to deliver."""

    store: Store
    workplace: Workplace
    clock: Clock
    messengers: Mapping[str, Messenger]
    wake: Callable[[], None] = lambda: None
    observe: Observe = lambda what, outcome, seconds: None

    async def receive(self, incoming: Incoming) -> Answer | None:
        """Commits, then answers; None for what is not meant for the bot. Raises nothing but cancellation."""
        if self.clock.now() - incoming.at > TOO_LATE:
            log.warning("too late", incoming=incoming.id)
            return None
        started = time.perf_counter()
        event = _cleaned(incoming)
        line, problem = _read(event)
        if line is None and problem is None and _small_talk(event):
            return None
        outcome, answer = await self._answer(event, line, problem)
        self.observe(f"{line.noun} {line.verb}".strip() if line else "other", outcome, time.perf_counter() - started)
        return answer

    async def _answer(self, event: Incoming, line: Line | None, problem: Refusal | None) -> tuple[str, Answer | None]:
        try:
            outcome, answer = await self._committed(event, line, problem)
            self.wake()
            if isinstance(answer, Later):  # made beside the loop and the store's thread: everything is committed by now
                answer = await asyncio.to_thread(answer.make)
        except Seen as seen:
            return "seen", seen.answer
        except Unavailable as fault:
            log.warning("not recorded", incoming=event.id, reason=str(fault))
            return "unavailable", self._apology(event)
        except Exception:  # our bug, whatever it is: logged once, told honestly, and the next event is served
            log.exception("failed", incoming=event.id)
            return "failed", self._apology(event)
        return outcome, answer

    async def _committed(
        self, event: Incoming, line: Line | None, problem: Refusal | None
    ) -> tuple[str, Answer | Later | None]:
        try:
            return await self.store.write(lambda records: self._settle(records, event, line, problem, None))
        except Stranger:
            profile = await self._introduced(event.by)
            return await self.store.write(lambda records: self._settle(records, event, line, problem, profile))

    async def _introduced(self, account: Account) -> Profile:
        try:
            return presentable(await self.messengers[account.messenger].person(account.user_id))
        except Undeliverable:
            return Profile(account, account.user_id)
        except Fault as fault:  # who it is cannot be known now: nothing is done in a name that was guessed
            raise Unavailable(f"{account.messenger} does not say who this is: {fault}") from fault

    def _settle(
        self, records: Records, event: Incoming, line: Line | None, problem: Refusal | None, profile: Profile | None
    ) -> tuple[str, Answer | Later | None]:
        """The whole transaction."""
        asking = self._asking(records, event, profile)
        typed, asked_again = line, False
        answer: Answer | Later | None
        try:
            if problem is not None:
                raise problem
            line = _about_quoted(asking, typed) or typed
            outcome = "done"
            if self._gives_up(asking):
                answer = people_views.given_up(_scene(asking))
            else:
                line = line or self._answered_question(asking)
                answer = self._converse(asking, line)
        except Refusal as refusal:
            records.undo()
            asking = self._asking(records, event, profile)
            outcome, answer = "refused", self._refused(asking, line, refusal)
            asked_again = typed is None and problem is None and refusal.text not in FORBIDDEN
        announce(records, asking.facts, asking.directory, self.workplace)
        kept = answer.kept if isinstance(answer, Later) else answer
        if not asked_again:
            self._remember(asking, kept)
        records.inbox.add(event.by.messenger, event.id, asking.now, kept)
        return outcome, answer

    def _asking(self, records: Records, event: Incoming, profile: Profile | None) -> Asking:
        directory = records.people.directory()
        person = directory.by_account(event.by)
        if person is None:
            if profile is None:
                raise Stranger
            person = met(records, directory, profile, self.workplace)
            directory = records.people.directory()
        room = event.where.room
        if room is not None and not directory.knows_room(room):
            records.people.save_room(room)
        return Asking(
            event, _said_at(event.at, self.clock.now()), person, records, directory, self.workplace,
            words(person.language), _subjects(records, event),
        )  # fmt: skip

    def _converse(self, asking: Asking, line: Line | None) -> Answer | Later | None:
        what, eye = asking.event.what, _scene(asking)
        if not asking.by.active:
            return people_views.unknown_here(eye)
        if isinstance(what, Joined):
            return people_views.welcome(eye if asking.where.direct else replace(eye, reader=None))
        if line is None and (_small_talk_reply(asking) or _thanked(asking)):
            return None
        if line is None and _greeted(asking):
            return commands.run(asking, Line("action", "home"))
        if line is None and _left(asking):
            return people_views.given_up(eye)
        if line is None:
            return _instead(asking, eye, what.text if isinstance(what, Said) else "")
        return commands.run(asking, line)

    def _answered_question(self, asking: Asking) -> Line | None:
        """A plain message fills the form that was shown there: it continues the form's own command line."""
        question = self._open_question(asking)
        if asking.said is None or question is None:
            return None
        return commands.read(f"{question.form.command} {asking.said.text}", bare=True)

    def _gives_up(self, asking: Asking) -> bool:
        """`算了` to an open form, which then waits no longer; `取消` too, that alone would ask which item."""
        said = asking.said
        if said is None or said.quoted is not None or not courtesy.gives_up(said.text):
            return False
        if self._open_question(asking) is None:
            return False
        asking.records.questions.close(asking.by.id, asking.where)
        return True

    def _open_question(self, asking: Asking) -> Question | None:
        since = asking.now - self.workplace.rules.question_stays
        return asking.records.questions.open(asking.by.id, asking.where, since) if asking.said is not None else None

    def _refused(self, asking: Asking, line: Line | None, refusal: Refusal) -> Answer:
        """By policy or state: then the attempt stands in the history of the thing that was refused."""
        for one in refusal.each.values() if isinstance(refusal, Several) else (refusal,):
            subject = next((one.args_[name] for name in _SUBJECTS if name in one.args_), None)
            if line is not None and one.text in FORBIDDEN and isinstance(subject, str):
                entry = Entry(subject, asking.now, asking.by.id, line.verb, one.text, refused=True)
                asking.records.history.add(entry)
        return refusal_views.refusal(_scene(asking), refusal)

    def _remember(self, asking: Asking, answer: Answer | None) -> None:
        """Open questions: a shown form waits for its answer here; anything else said to the bot closes it."""
        questions = asking.records.questions
        if isinstance(answer, Form):
            questions.ask(Question(asking.by.id, asking.where, answer, asking.now))
        elif asking.where.direct or not isinstance(asking.event.what, Said):
            questions.close(asking.by.id, asking.where)

    def _apology(self, event: Incoming) -> Answer:
        reference = hashlib.blake2s(event.id.encode(), digest_size=3).hexdigest().upper()
        log.info("apologised", incoming=event.id, reference=reference)
        return refusal_views.apology(words(self.workplace.language), reference)


def _cleaned(incoming: Incoming) -> Incoming:
    """Itself when there is nothing to clean, as almost always."""
    what, where = _cleaned_words(incoming.what), _cleaned_place(incoming.where)
    return incoming if what == incoming.what and where is incoming.where else replace(incoming, what=what, where=where)


def _cleaned_place(where: Place) -> Place:
    name = one_line(where.room.name) if where.room else ""
    if where.room is None or name == where.room.name:
        return where
    return replace(where, room=replace(where.room, name=name))


def _cleaned_words(what: Said | Pressed | Submitted | Joined) -> Said | Pressed | Submitted | Joined:
    match what:
        case Said():
            text, quoted = clean(what.text), what.quoted and replace(what.quoted, text=clean(what.quoted.text))
            files = tuple(replace(file, name=one_line(file.name)) for file in what.attachments)
            return replace(what, text=text, quoted=quoted, attachments=files)
        case Submitted():
            values = {name: clean(value) for name, value in what.values.items()}
            return replace(what, command=clean(what.command), values=values)
        case Pressed():
            return replace(what, command=clean(what.command))
        case Joined():
            return what


def _read(event: Incoming) -> tuple[Line | None, Refusal | None]:
    """The command line in the event, before anything is asked of the database."""
    try:
        match event.what:
            case Said(text=text, called=called):
                return commands.read(text, bare=called or event.where.direct), None
            case Pressed(command=command) | Submitted(command=command):
                return commands.read(command, bare=True), None
            case Joined():
                return None, None
    except Refusal as refusal:
        return None, refusal


def _small_talk(event: Incoming) -> bool:
    """What people say to each other in a room; a reply to a message may be about one of the bot's."""
    what = event.what
    return isinstance(what, Said) and not event.where.direct and not what.called and _replied_to(what) is None


def _small_talk_reply(asking: Asking) -> bool:
    """Words under one of the bot's cards in a room that are no command: people talking about it."""
    return asking.said is not None and not asking.where.direct and not asking.said.called


def _instead(asking: Asking, eye: Scene, typed: str) -> Answer:
    """The command that it nearly was, else a line that works."""
    near = nearly(asking)
    if near is None:
        return refusal_views.not_understood(eye, typed)
    return refusal_views.nearly(eye, near.deed, near.line, near.item)


def _thanked(asking: Asking) -> bool:
    return asking.said is not None and asking.where.direct and courtesy.thanks(asking.said.text)


def _greeted(asking: Asking) -> bool:
    return asking.said is not None and asking.where.direct and courtesy.greets(asking.said.text)


def _left(asking: Asking) -> bool:
    """`算了` to a refusal, or to a guess at what was meant: there is nothing open to take back."""
    return asking.said is not None and courtesy.gives_up(asking.said.text)


def _subjects(records: Records, event: Incoming) -> tuple[str, ...]:
    """What the replied-to message of the bot's was about."""
    posted = _replied_to(event.what)
    return records.outbox.about(posted) if posted else ()


def _replied_to(what: Said | Pressed | Submitted | Joined) -> Posted | None:
    return what.quoted.posted if isinstance(what, Said) and what.quoted else None


def _about_quoted(asking: Asking, typed: Line | None) -> Line | None:
    """`完成` under a reminder: the reply's words are a verb about that message's subject."""
    if asking.said is None or not asking.subjects or (typed is not None and typed.numbers):
        return None
    return commands.read(asking.said.text, bare=True, about=asking.subjects[0])


def met(records: Records, directory: Directory, profile: Profile, workplace: Workplace) -> Person:
    """A first meeting: the account joins the person with that address, or a new person is made of the profile; their
    department is their messenger's until somebody settles it."""
    known = directory.by_email(profile.email) or _made(profile, workplace)
    person = replace(known, accounts=(*known.accounts, profile.account))
    return placed(records, records.people.save(as_appointed(person, workplace)), profile)


def _made(profile: Profile, workplace: Workplace) -> Person:
    language = spoken(profile.language) or workplace.language
    return Person(
        0, profile.name, profile.timezone or workplace.timezone,
        language if language in LANGUAGES else workplace.language, profile.email,
    )  # fmt: skip


def _said_at(at: datetime, now: datetime) -> datetime:
    return at if now - OLDEST <= at <= now else now


def _scene(asking: Asking) -> Scene:
    return Scene(asking.words, asking.now, asking.directory, asking.workplace, asking.by)
