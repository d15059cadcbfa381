"""Who is an admin is what the configuration says today, of whoever was met before it said so too."""

import asyncio
from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from bot.cli.housing import house
from bot.operations.appointing import appoint


def admins(office) -> set[str]:
    return {person.name for person in office.people() if person.admin}


def starts(office, *names: str) -> list[str]:
    """The workplace starts with these admins in its configuration; whom that changed."""
    found = office.runner.run(appoint(office.store, replace(office.workplace, admins=names)))
    return [person.name for person in found]


@pytest.mark.parametrize("written", ["LI@example.com", "paper:{}"])
def test_somebody_known_becomes_an_admin_when_the_configuration_names_them(office, cast, written):
    person = changed(cast.li.person, email="Li@example.com")
    office.runner.run(office.store.write(lambda records: records.people.save(person)))
    assert starts(office, written.format(cast.li.account.user_id)) == ["李四"]
    assert admins(office) == {"李四"}


def test_who_is_taken_out_is_an_admin_no_longer(office, cast):
    office.appoints(cast.zhang)
    assert starts(office) == ["张三"]
    assert admins(office) == set()


def test_nothing_is_written_where_nothing_is_new(office, cast):
    name = f"paper:{cast.zhang.account.user_id}"
    assert starts(office, name) == ["张三"]
    assert starts(office, name) == []
    assert admins(office) == {"张三"}


def test_who_is_named_by_their_account_on_the_web_is_an_admin_as_soon_as_they_have_it(office, cast):
    """At a first start nobody has one yet when the configuration is asked."""
    name = f"web:p{cast.li.person.id}"
    assert starts(office, name) == []
    office.runner.run(housed(office, name))
    assert admins(office) == {"李四"}


async def housed(office, *names: str) -> None:
    done = asyncio.Event()

    async def renew(_people) -> None:
        done.set()

    housing = asyncio.create_task(house(office.store, replace(office.workplace, admins=names), renew))
    await done.wait()
    housing.cancel()
