"""People, their accounts, departments and rooms, and the directory of them."""

from msgspec.structs import replace

from bot.people import Account, Department, Person, Room
from bot.store import Link, Listing
from tests.contracts.stored.making import PRODUCT, person


class PeopleContract:
    """bot.store.People."""

    async def test_an_empty_directory_knows_the_workplaces_zone(self, store):
        directory = await self.directory(store)
        assert (directory.people, directory.departments, directory.rooms) == ({}, {}, ())
        assert directory.zone(1).key == "Europe/Berlin"

    async def test_a_person_comes_back_whole(self, store):
        whole = Person(
            0, "张三", "Asia/Urumqi", "zh-Hant", "z@x.cn", 4, (Account("web", "2"), Account("shell", "1")), "shell",
            active=False, admin=True,
        )  # fmt: skip
        kept = await self.save(store, whole)
        assert kept == replace(whole, id=1)
        assert (await self.directory(store)).people == {1: kept}

    async def test_numbers_rise_and_a_known_one_is_changed(self, store):
        first, second = await self.save(store, person("A")), await self.save(store, person("B"))
        assert (first.id, second.id) == (1, 2)
        renamed = await self.save(store, replace(first, name="C", admin=True))
        assert (await self.directory(store)).people == {1: renamed, 2: second}

    async def test_a_person_of_a_chosen_number_is_kept_under_it(self, store):
        await self.save(store, person("A", id=7))
        assert (await self.save(store, person("B"))).id == 8
        assert set((await self.directory(store)).people) == {7, 8}

    async def test_accounts_are_saved_whole_and_in_order(self, store):
        kept = await self.save(store, person("A", "1", "2"))
        await self.save(store, replace(kept, accounts=(Account("web", "3"), Account("web", "1"))))
        directory = await self.directory(store)
        assert directory.person(1).accounts == (Account("web", "3"), Account("web", "1"))
        assert directory.by_account(Account("web", "2")) is None

    async def test_an_account_moves_to_whom_it_was_last_given(self, store):
        await self.save(store, person("A", "1", "2"))
        second = await self.save(store, person("B", "2"))
        directory = await self.directory(store)
        assert directory.by_account(Account("web", "2")) == second
        assert directory.person(1).accounts == (Account("web", "1"),)

    async def test_departments(self, store):
        product = await store.write(
            lambda records: records.people.save_department(Department(0, "Product", 1, None, PRODUCT))
        )
        design = await store.write(lambda records: records.people.save_department(Department(0, "Design", parent=1)))
        assert (product.id, design.id) == (1, 2)
        changed = await store.write(lambda records: records.people.save_department(replace(design, head=9)))
        directory = await self.directory(store)
        assert directory.departments == {1: product, 2: changed}
        assert directory.departments[1].room.name == "Product"

    async def test_which_department_a_division_is(self, store):
        first, second = Link("paper", "d2", 1, "技术部", 3, 7), Link("paper", "d1", 2)
        for link in (first, second, Link("other", "d1", 9, head=7)):
            await store.write(lambda records, link=link: records.people.save_link(link))
        assert await store.read(lambda records: records.people.links("paper")) == [second, first]
        assert [link.department for link in await store.read(lambda records: records.people.links())] == [9, 2, 1]
        changed = replace(first, name="研发部", parent=None, head=None)
        await store.write(lambda records: records.people.save_link(changed))
        assert await store.read(lambda records: records.people.links("paper")) == [second, changed]

    async def test_what_a_directory_has_shown(self, store):
        shown = Listing(Account("paper", "u1"), 4)
        for listing in (shown, Listing(Account("paper", "u2")), Listing(Account("other", "u1"), 5)):
            await store.write(lambda records, listing=listing: records.people.save_listing(listing))
        gone = replace(shown, department=None, here=False)
        await store.write(lambda records: records.people.save_listing(gone))
        found = await store.read(lambda records: records.people.listings("paper"))
        assert found == {"u1": gone, "u2": Listing(Account("paper", "u2"))}

    async def test_what_directories_said_is_undone_with_its_transaction(self, store):
        def says_and_takes_back(records):
            records.people.save_link(Link("paper", "d1", 1))
            records.people.save_listing(Listing(Account("paper", "u1")))
            records.undo()

        await store.write(says_and_takes_back)
        assert await store.read(lambda records: records.people.links()) == []
        assert await store.read(lambda records: records.people.listings("paper")) == {}

    async def test_alone_it_sees_what_it_saw(self, store):
        kept = await self.save(store, person("A", "1"))

        def looks(records):
            records.people.alone()
            return records.people.directory().people

        assert await store.write(looks) == {1: kept}

    async def test_rooms_are_remembered_with_their_newest_name(self, store):
        for room in (PRODUCT, Room("shell", "product", "Shell"), replace(PRODUCT, name="Products")):
            await store.write(lambda records, room=room: records.people.save_room(room))
        rooms = (await self.directory(store)).rooms
        assert [(room.messenger, room.name) for room in rooms] == [("shell", "Shell"), ("web", "Products")]

    async def test_the_same_room_again_changes_nothing(self, store):
        await store.write(lambda records: records.people.save_room(PRODUCT))
        before = await self.directory(store)
        await store.write(lambda records: records.people.save_room(PRODUCT))
        assert await self.directory(store) is before

    async def test_the_directory_is_built_once_while_nobody_changes(self, store):
        await self.save(store, person("A"))
        before = await self.directory(store)
        await store.write(lambda records: records.settings.put("person:1", "language", "en"))
        assert await self.directory(store) is before

    async def test_a_transaction_sees_its_own_people(self, store):
        def joins(records):
            assert records.people.directory().people == {}
            kept = records.people.save(person("A", "1"))
            assert records.people.directory().by_account(Account("web", "1")) == kept
            second = records.people.save(person("B"))
            assert set(records.people.directory().people) == {1, 2}
            return second

        second = await store.write(joins)
        assert (await self.directory(store)).person(2) == second

    async def test_people_of_an_undone_transaction_were_never_there(self, store):
        def joins_and_leaves(records):
            records.people.save(person("A", "1"))
            assert records.people.directory().named("A").id == 1
            records.undo()
            assert records.people.directory().people == {}
            return records.people.save(person("B"))

        kept = await store.write(joins_and_leaves)
        assert (await self.directory(store)).people == {1: kept}

    async def directory(self, store):
        return await store.read(lambda records: records.people.directory())

    async def save(self, store, whom: Person) -> Person:
        return await store.write(lambda records: records.people.save(whom))
