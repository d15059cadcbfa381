"""Cards into chats: posted once by their key, changed in place, files after them.

Feishu takes each `uuid` once in an hour, so a try that may have arrived is simply made again with the same one: it is
answered with the message that stands. Where the answer does not say which that is, nobody guesses (sheet 3.1, 9.4).
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog
from msgspec import Struct, field
from msgspec.structs import replace

from adapters.feishu import outgoing
from adapters.feishu.ages import Ages
from adapters.feishu.calls import Calls
from adapters.feishu.faults import SOON, Rejected, TooOld, Unclear
from adapters.feishu.limits import FILE_BYTES, IMAGE_BYTES, UUID, written
from adapters.feishu.markup import MESSENGER, is_id
from adapters.feishu.outgoing import Message
from adapters.feishu.parts import Json, Scene
from adapters.feishu.people import People
from bot.cards import Card, File, Form, plain
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room

log = structlog.get_logger()

Send = Callable[[Json], Awaitable[None]]
"""Sends one drawn card."""

REMEMBERED = 5_000
_KINDS = {
    "pdf": "pdf",
    "doc": "doc",
    "docx": "doc",
    "xls": "xls",
    "xlsx": "xls",
    "ppt": "ppt",
    "pptx": "ppt",
    "mp4": "mp4",
}


class Sent(Struct):
    """A message that is there, and the files that stand after it."""

    posted: Posted
    files: set[str] = field(default_factory=set)


class Posting:
    """Posts and updates for one app."""

    def __init__(self, calls: Calls, people: People, seconds: Callable[[], float] = time.time) -> None:
        self._calls = calls
        self._people = people
        self._ages = Ages(seconds)
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._images: OrderedDict[str, str] = OrderedDict()

    async def post(self, to: Account | Room, card: Card, key: str, *, own: bool = False) -> Posted:
        """Shows the card there once; `own`: for one person, who asked for it. Raises TryLater (with `unclear` when it may
        have arrived), Undeliverable or Uncertain."""
        kind, target = _target(to)
        sent = self._sent.get(key)
        scene = self._scene(card, to.id if isinstance(to, Room) else "", own=own)
        message = await self._drawn(card, scene)
        if sent is None:
            sent = await self._send(kind, target, card, message, scene, key)
            self._remember(key, sent, card)
        await self._attach(sent, message.files, key)
        return sent.posted

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message of ours. Raises TryLater or Undeliverable, TooOld where Feishu changes it no more."""
        if posted.messenger != MESSENGER or not is_id(posted.id, "om"):
            raise Undeliverable(f"no message of Feishu's: {posted}")
        if self._ages.past(posted.id):
            raise TooOld("Feishu changes a card for fourteen days")
        kind, target = _target(conversation(posted.conversation))
        scene = self._scene(card, target if kind == "chat_id" else "")
        message = await self._drawn(card, scene)
        await self._taken(card, message, scene, lambda card_: self._patch(posted, card_))
        self._texts[posted.id] = plain(card)
        standing = next((one for one in self._sent.values() if one.posted == posted), Sent(posted))
        await self._attach(standing, message.files, posted.id)

    async def alone(self, room: str, user: str, card: Card) -> str:
        """Shows a card to one person in a group; returns its message id. Raises as Calls.call does."""
        scene = self._scene(card, room, own=True)
        message = await self._drawn(card, scene)
        found: list[str] = []

        async def send(drawn: Json) -> None:
            body = {"chat_id": room, "open_id": user, "msg_type": "interactive", "card": drawn}
            answer = await self._calls.message(room, "POST", "ephemeral/v1/send", body)
            found.append(str(answer.get("message_id") or ""))

        await self._taken(card, message, scene, send)
        await self._attach(Sent(Posted(MESSENGER, user, found[-1])), message.files, found[-1])
        return found[-1]

    async def vanish(self, message: str) -> None:
        """Takes away a card that one person saw."""
        await self._calls.call("POST", "ephemeral/v1/delete", {"message_id": message})

    async def drawn(self, card: Card, room: str, *, own: bool) -> Json:
        """The card alone, for an answer that carries it."""
        return (await self._drawn(card, self._scene(card, room, own=own))).card

    def files_of(self, card: Card) -> tuple[File, ...]:
        """What a card cannot hold, and is sent after it."""
        return outgoing.message(card, self._scene(card, "")).files

    async def upload(self, target: str, kind: str, file: File, key: str) -> None:
        """Shows a file there, once for its key. Raises TryLater or Undeliverable."""
        content = file.content or b"\n"  # Feishu takes no empty file
        if len(content) > FILE_BYTES:
            raise Undeliverable(f"{file.name} is longer than Feishu takes")
        ending = _KINDS.get(file.name.rpartition(".")[2].lower(), "stream")
        try:
            held = await self._calls.upload(
                "im/v1/files", "file", file.name, content, file_type=ending, file_name=file.name
            )
            body = _body(target, "file", {"file_key": held["file_key"]}, key)
            await self._calls.message(target, "POST", "im/v1/messages", body, receive_id_type=kind)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear

    def text_of(self, message: str) -> str | None:
        """The words of a message of ours that was shown or changed lately; None when we do not remember."""
        return self._texts.get(message)

    # --- drawing ---

    def _scene(self, card: Card, room: str, *, own: bool = False) -> Scene:
        """Whom a form can offer is gathered only where there is one: a company may be large."""
        asks = any(isinstance(block, Form) for block in card.blocks)
        return Scene(room, accounts=self._people.accounts() if asks else {}, own=own)

    async def _drawn(self, card: Card, scene: Scene) -> Message:
        images: dict[str, str] = {}
        for picture in outgoing.pictures(card):
            images[picture.name] = await self._image(picture.name, picture.content)
        return outgoing.message(card, replace(scene, images={name: key for name, key in images.items() if key}))

    async def _image(self, name: str, content: bytes) -> str:
        """The key of a picture; empty when Feishu does not take it, whose words then stand for it."""
        mark = hashlib.sha256(content).hexdigest()
        if mark not in self._images:
            if len(content) > IMAGE_BYTES:
                return ""
            try:
                held = await self._calls.upload("im/v1/images", "image", name, content, image_type="message")
            except Undeliverable as fault:
                log.warning("a picture is not shown", reason=fault.reason)
                return ""
            except Unclear as unclear:
                raise TryLater(SOON, unclear.reason) from unclear
            self._images[mark] = str(held["image_key"])
            _bounded(self._images)
        return self._images[mark]

    # --- sending ---

    async def _send(self, kind: str, target: str, card: Card, message: Message, scene: Scene, key: str) -> Sent:
        answers: list[Json] = []

        async def send(drawn: Json) -> None:
            body = _body(target, "interactive", drawn, key)
            answers.append(await self._calls.message(target, "POST", "im/v1/messages", body, receive_id_type=kind))

        await self._taken(card, message, scene, send)
        answer = answers[-1]
        if not answer.get("message_id"):
            raise Uncertain("Feishu has taken it already, and does not say as which message")
        self._ages.made(str(answer["message_id"]), answer.get("create_time"))
        return Sent(Posted(MESSENGER, target, str(answer["message_id"])))

    async def _taken(self, card: Card, message: Message, scene: Scene, send: Send) -> None:
        """Sends the card; one that is rejected again in one language, without anybody's ids, pictures and charts, then in
        words alone, so that what was to be said is said."""
        safer = replace(scene, people=False, images={}, accounts={}, in_words=True)
        tries: tuple[Callable[[], Message], ...] = (
            lambda: message,
            lambda: outgoing.message(replace(card, readings=()), safer),
            lambda: outgoing.bare(card),
        )
        for place, drawn in enumerate(tries):
            try:
                await send(drawn().card)
            except Rejected as fault:
                log.error("Feishu rejects a card", reason=fault.reason[:300], attempt=place)
                if place + 1 == len(tries):
                    raise
            except Unclear as unclear:
                raise TryLater(SOON, unclear.reason, unclear=True) from unclear
            else:
                return

    async def _patch(self, posted: Posted, card: Json) -> None:
        path = f"im/v1/messages/{posted.id}"
        try:
            await self._calls.message(f"card:{posted.id}", "PATCH", path, {"content": written(card)})
        except TooOld:
            self._ages.refused(posted.id)
            raise

    async def _attach(self, sent: Sent, files: tuple[File, ...], key: str) -> None:
        for file in files:
            mark = _mark(file)
            if mark not in sent.files:
                kind, target = _target(conversation(sent.posted.conversation))
                await self.upload(target, kind, file, f"{key}:{mark}")
                sent.files.add(mark)

    def _remember(self, key: str, sent: Sent, card: Card) -> None:
        self._sent[key] = sent
        self._texts[sent.posted.id] = plain(card)
        _bounded(self._sent)
        _bounded(self._texts)


def conversation(id: str) -> Account | Room:
    """Whose conversation or which group a message stands in: `Posted` names the direct one by its person."""
    return Account(MESSENGER, id) if is_id(id, "ou") else Room(MESSENGER, id)


def _target(to: Account | Room) -> tuple[str, str]:
    if to.messenger != MESSENGER:
        raise Undeliverable(f"not in Feishu: {to}")
    kind, id = ("ou", to.user_id) if isinstance(to, Account) else ("oc", to.id)
    if not is_id(id, kind):
        raise Undeliverable(f"nobody and no group in Feishu is {id!r}")
    return ("open_id" if kind == "ou" else "chat_id"), id


def _body(target: str, kind: str, content: Json, key: str) -> Json:
    return {"receive_id": target, "msg_type": kind, "content": written(content), "uuid": uuid(key)}


def uuid(key: str) -> str:
    """The name of one message for Feishu, which takes fifty characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:UUID]


def _mark(file: File) -> str:
    return f"{file.name}:{hashlib.sha256(file.content).hexdigest()[:32]}"


def _bounded(kept: OrderedDict[str, Sent] | OrderedDict[str, str]) -> None:
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
