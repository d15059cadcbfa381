"""`bihuan sync people` with [slack]: people, and no departments, read beside whoever listens."""

import asyncio

import pytest

from tests.adapters.slack.office import app
from tests.adapters.slack.test_running import configured, quickly
from tests.simulators.slack import Workspace

pytestmark = pytest.mark.slow


async def test_people_are_read_on_demand(tmp_path):
    workspace = Workspace(app=app())
    workspace.hires("ann", "Ann")
    gone = workspace.hires("bo", "Bo")
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url)
        said = [await synced(file, tmp_path)]
        await gone.leaves_company()
        said.append(await synced(file, tmp_path))
    assert "slack: 2 people and 0 departments read. 2 people are new, nobody has left" in said[0]
    assert "slack: 1 person and 0 departments read. Nobody is new, 1 has left" in said[1]


async def synced(file, folder) -> str:
    async with quickly("sync", "people", "--config", str(file), folder=folder) as process:
        out, errors = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, (out + errors).decode()
        return out.decode()
