"""docs/feishu.md asks for what we use: scopes, events, menu; and the simulator's strict tenant agrees."""

import json
import re
from pathlib import Path

import pytest

from adapters.feishu import examination, grants, hearing
from adapters.feishu.door import PATH
from adapters.feishu.incoming import MENU
from adapters.feishu.slash import OFFERED
from bot.commands.grammar import NOUNS
from tests.adapters.feishu.company import company
from tests.simulators.feishu import App
from tests.simulators.feishu.api import OPERATIONS
from tests.simulators.feishu.app import EVENTS, SCOPES

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "feishu.md").read_text(encoding="utf-8")
OPTIONAL = frozenset({grants.URGENT})
"""What an administrator adds who wants it; explained, and not in the list that everybody imports."""
ASKED = frozenset(json.loads(TEXT.split("```json")[1].split("```")[0])["scopes"]["tenant"])


def test_every_scope_is_known_and_explained():
    assert ASKED <= SCOPES
    explained = TEXT.split("## What each scope is for")[1].split("##")[0]
    assert {one for one in ASKED | OPTIONAL if f"`{one}`" not in explained} == set()
    assert not ASKED & OPTIONAL
    assert set(examination.TRIED) | {scopes[0] for scopes in grants.NEEDED} <= ASKED


def test_what_we_call_is_among_the_scopes():
    called = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "adapters" / "feishu").glob("*.py"))
    for name, operation in OPERATIONS.items():
        parts = [part for part in name.partition(" ")[2].split("/") if not part.startswith(":")]
        if operation.scopes and all(part in called for part in parts):
            assert (ASKED | OPTIONAL) & set(operation.scopes), name


def test_every_event_that_is_heard_is_asked_for():
    source = Path(hearing.__file__).read_text(encoding="utf-8")
    heard = set(re.findall(r'"((?:im|application|contact)\.[a-z0-9_.]+_v\d)"', source))
    listed = set(re.findall(r"`((?:im|application|contact)\.[a-z0-9_.]+_v\d)`", TEXT))
    assert heard == listed
    assert heard <= EVENTS
    assert f"`{hearing.ACTION}`" in TEXT


def test_the_menu_and_the_door_are_as_they_are_called():
    assert set(re.findall(r"^\|[^|]+\| `(\w+)` \|$", TEXT, re.MULTILINE)) == set(MENU)
    assert f"{PATH}`" in TEXT


def test_what_is_offered_behind_a_slash_is_a_command():
    assert set(OFFERED) <= set(NOUNS)


@pytest.mark.slow
async def test_with_these_scopes_and_no_more_everything_works(tmp_path):
    async with company(tmp_path) as office:
        office.tenant.app.scopes = ASKED
        zhang, li = office.hires("张三"), office.hires("李四")
        room = office.group("产品", zhang, li)
        await office.meets()
        said = await li.says("登录页打不开", room)
        await zhang.says("@闭环 新增 @李四 周五", room, reply=said)
        assert "已记录 A-1" in zhang.sees(room)
        await office.delivers()
        await li.presses("接受")
        assert [call.answer for call in office.tenant.calls() if not call.ok] == []
    assert App().scopes >= ASKED
