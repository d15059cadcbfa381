"""`python -m tests.simulators.feishu`: starts, says what to write into config.toml, and takes lines."""

import asyncio
import re
import sys
from pathlib import Path

import aiohttp
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


async def test_by_hand():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.simulators.feishu", "--port", "0", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        told = "".join([await line(process.stdout) for _ in range(6)])
        domain, app, secret = (re.search(rf'{name} = "(\S+)"', told) for name in ("domain", "app_id", "app_secret"))
        assert domain is not None
        assert app is not None
        assert secret is not None
        given = {"app_id": app[1], "app_secret": secret[1]}
        url = f"{domain[1]}/open-apis/auth/v3/tenant_access_token/internal"
        async with aiohttp.ClientSession() as session, session.post(url, json=given) as answer:
            assert (await answer.json())["code"] == 0
        process.stdin.write("ann: 大家早\nann@product: 都在吗\nann! 没有的\nnonsense\n".encode())
        await process.stdin.drain()
        said = [await line(process.stdout) for _ in range(5)]
        assert [said[0].strip(), said[1].strip()] == ["大家早", "都在吗"]
        assert "sees no" in said[2]
        assert "name: words" in said[4]
    finally:
        process.kill()
        await process.wait()


async def line(reader: asyncio.StreamReader) -> str:
    return (await asyncio.wait_for(reader.readline(), 60)).decode()
