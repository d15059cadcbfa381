"""A postroom for each test."""

import pytest_asyncio

from tests.outbox.postroom import Postroom


@pytest_asyncio.fixture
async def room(tmp_path):
    postroom = Postroom(tmp_path)
    yield postroom
    await postroom.store.close()
    assert postroom.world.wrong == []
