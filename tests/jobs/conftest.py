"""Workplaces whose clock starts one job, so that a test hears nothing else."""

import pytest_asyncio

from bot.jobs.digests import Digests
from bot.jobs.ring import Ring
from tests.outbox.postroom import Postroom


@pytest_asyncio.fixture
async def room(tmp_path):
    postroom = Postroom(tmp_path, jobs=(Ring,))
    yield postroom
    await postroom.store.close()
    assert postroom.world.wrong == []


@pytest_asyncio.fixture
async def weekly(tmp_path):
    postroom = Postroom(tmp_path, jobs=(Digests,))
    yield postroom
    await postroom.store.close()
    assert postroom.world.wrong == []
