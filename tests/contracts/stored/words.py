"""Answered events, chosen settings, open questions."""

import pytest
from msgspec.structs import replace

from bot.cards import Button, Buttons, Card, Choice, Field, File, Form, Mention, Picture, Plain, Text, Toast
from bot.people import Account, Place, Room
from bot.store import Question, Seen
from tests.contracts.stored.making import DAY, HOUR, NOW, PRODUCT, item

CARD = Card(
    "A-1 记下了",
    (
        Text((Plain("给"), Mention("张三", Account("web", "7")))),
        Buttons((Button("接受", "/action accept A-1", version=3),)),
        Picture("chart.png", "image/png", bytes(range(256)), "chart"),
    ),
    "good",
)
FORM = Form(
    "新的行动项",
    "/action add 评估",
    (Field("owner", "谁", "person", choices=(Choice("7", "张三"),)),),
    "记下",
    version=2,
)
ROOM, DIRECT = Place("web", PRODUCT), Place("web")
BEGINNINGS: tuple[tuple[str, set[str]], ...] = (
    ("person:", {"person:7", "person:77"}),
    ("person:7", {"person:7", "person:77"}),
    ("room:web:", {"room:web:a%b", "room:web:a_b"}),
    ("room:web:a%", {"room:web:a%b"}),
    ("room:web:a_", {"room:web:a_b"}),
    ("Person:", set()),
    ("", {"workplace", "person:7", "person:77", "room:web:a%b", "room:web:a_b"}),
)
OTHERS = (
    (8, ROOM),
    (7, DIRECT),
    (7, Place("shell", PRODUCT)),
    (7, Place("web", Room("shell", "product"))),
    (7, Place("web", Room("web", "sales"))),
    (7, Place("web", PRODUCT, "thread-1")),
)


class InboxContract:
    """bot.store.Inbox."""

    @pytest.mark.parametrize("answer", [CARD, FORM, Toast("好", "good"), File("a.xlsx", "x/y", b"\x00\xff"), None])
    async def test_a_redelivery_gets_the_stored_answer(self, store, answer):
        await store.write(lambda records: records.inbox.add("web", "e1", NOW, answer))
        with pytest.raises(Seen) as seen:
            await store.write(lambda records: records.inbox.add("web", "e1", NOW + HOUR, Toast("another")))
        assert seen.value.answer == answer

    async def test_what_a_redelivery_did_is_undone(self, store):
        def add(records):
            records.actions.add(item())
            records.inbox.add("web", "e1", NOW, None)

        await store.write(add)
        with pytest.raises(Seen):
            await store.write(add)
        assert await store.read(lambda records: records.actions.get(2)) is None

    async def test_events_of_two_messengers_are_two(self, store):
        for messenger, id in (("web", "e1"), ("shell", "e1"), ("web", "e2")):
            await store.write(lambda records, of=messenger, id=id: records.inbox.add(of, id, NOW, None))

    async def test_old_events_are_forgotten(self, store):
        for id, at in (("old", NOW), ("new", NOW + DAY)):
            await store.write(lambda records, id=id, at=at: records.inbox.add("web", id, at, None))
        assert await store.write(lambda records: records.inbox.forget(NOW + HOUR)) == 1
        await store.write(lambda records: records.inbox.add("web", "old", NOW, None))
        with pytest.raises(Seen):
            await store.write(lambda records: records.inbox.add("web", "new", NOW, None))


class SettingsContract:
    """bot.store.Settings."""

    async def test_what_was_chosen_last_is_chosen(self, store):
        for value in ("en", "zh-Hans"):
            await self.put(store, "person:7", "language", value)
        await self.put(store, "person:7", "zone", "Asia/Tokyo")
        assert await self.of(store, "person:7") == {"language": "zh-Hans", "zone": "Asia/Tokyo"}
        assert await self.of(store, "person:77") == {}

    async def test_an_empty_value_removes(self, store):
        await self.put(store, "workplace", "quiet", "22-8")
        await self.put(store, "workplace", "quiet", "")
        await self.put(store, "workplace", "never", "")
        assert await self.of(store, "workplace") == {}

    async def test_every_scope_that_begins_so(self, store):
        for scope in ("workplace", "person:7", "person:77", "room:web:a%b", "room:web:a_b"):
            await self.put(store, scope, "x", scope)
        for prefix, scopes in BEGINNINGS:
            found = await store.read(lambda records, prefix=prefix: records.settings.all(prefix))
            assert found == {scope: {"x": scope} for scope in scopes}, prefix

    async def put(self, store, scope: str, key: str, value: str) -> None:
        await store.write(lambda records: records.settings.put(scope, key, value))

    async def of(self, store, scope: str) -> dict[str, str]:
        return await store.read(lambda records: records.settings.of(scope))


class QuestionsContract:
    """bot.store.Questions."""

    async def test_a_question_stays_open_until_it_is_closed(self, store):
        question = Question(7, ROOM, FORM, NOW)
        await self.ask(store, question)
        found = await self.open(store, 7, ROOM)
        assert found == question
        assert found.where.room.name == "Product"
        await store.write(lambda records: records.questions.close(7, ROOM))
        assert await self.open(store, 7, ROOM) is None

    async def test_only_the_newest_is_open(self, store):
        for hours in range(3):
            await self.ask(store, Question(7, ROOM, replace(FORM, title=f"form {hours}"), NOW + hours * HOUR))
        assert (await self.open(store, 7, ROOM)).form.title == "form 2"

    async def test_what_is_older_is_not_open(self, store):
        await self.ask(store, Question(7, ROOM, FORM, NOW))
        assert await self.open(store, 7, ROOM, since=NOW + HOUR) is None
        assert await self.open(store, 7, ROOM, since=NOW) is not None

    async def test_other_people_and_places_have_their_own(self, store):
        await self.ask(store, Question(7, ROOM, FORM, NOW))
        for person, where in OTHERS:
            assert await self.open(store, person, where) is None, where
            other = Question(person, where, replace(FORM, title="other"), NOW)
            await self.ask(store, other)
            assert await self.open(store, person, where) == other
        assert (await self.open(store, 7, ROOM)).form == FORM

    async def ask(self, store, question: Question) -> None:
        await store.write(lambda records: records.questions.ask(question))

    async def open(self, store, person: int, where: Place, since=NOW - DAY):
        return await store.read(lambda records: records.questions.open(person, where, since))
