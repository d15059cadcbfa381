"""The simulator at the keyboard: what is typed happens, and what cannot be is said."""

import asyncio
import sys

import pytest

from tests.cli.test_run import free

pytestmark = pytest.mark.slow

LINES = "ann: 你好\nann@: @闭环 大家好\nann?\nbo! 接受\nnobody: x\n+90m\ndisconnect\n"


async def test_lines_are_obeyed():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.simulators.dingtalk", "--port", str(free()),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await asyncio.wait_for(process.communicate(LINES.encode()), 30)
    said = out.decode()
    assert (process.returncode, errors.decode()) == (0, "")
    assert 'api_url = "http://127.0.0.1:' in said
    assert "安娜: 你好" in said
    assert "安娜: @闭环 大家好" in said
    assert "薄一 sees no button '接受'" in said
    assert "✗ 'nobody'" in said
