"""What others wrote of Feishu over all we send: the requests by lark-mcp's schemas (official), the cards by satori's types.

    npm install --ignore-scripts --prefix FOLDER @larksuiteoapi/lark-mcp @satorijs/adapter-lark typescript
    FEISHU_TYPES=FOLDER pytest tests/adapters/feishu/test_types.py

Without such a folder the simulator's own strictness is what stands; tests need no network.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.feishu.outgoing import asked, bare, message
from adapters.feishu.parts import Scene
from bot.cards import Card, File, Picture
from bot.people import Account, Room
from bot.texts import LANGUAGES
from tests.adapters.feishu.company import company
from tests.contracts.cards import BLOCKS
from tests.simulators.feishu.wire import Call
from tests.views.shown import everything

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("FEISHU_TYPES", ROOT))
MODULES = FOLDER / "node_modules"
SCHEMAS = MODULES / "@larksuiteoapi" / "lark-mcp" / "dist" / "mcp-tool" / "tools" / "en" / "gen-tools" / "zod"
TYPES, TSC = MODULES / "@satorijs" / "adapter-lark" / "lib" / "content.d.ts", MODULES / "typescript" / "bin" / "tsc"
NODE = shutil.which("node")

LINT = """
const { z } = require('zod');
const fs = require('fs');
const tools = {};
for (const file of ['im_v1', 'contact_v3']) {
  for (const one of Object.values(require(process.argv[2] + '/' + file))) {
    if (one && one.path) tools[one.httpMethod + ' ' + one.path] = one;
  }
}
let known = 0;
for (const call of JSON.parse(fs.readFileSync(process.argv[3]))) {
  const tool = tools[call.operation];
  if (!tool) continue;
  known += 1;
  const shape = {};
  for (const part of ['path', 'params', 'data']) {
    if (tool.schema[part]) shape[part] = tool.schema[part] instanceof z.ZodObject ? tool.schema[part].strict() : tool.schema[part];
  }
  const given = {};
  for (const part of ['path', 'params', 'data']) if (part in shape && call[part]) given[part] = call[part];
  const found = z.object(shape).safeParse(given);
  if (!found.success) console.log(call.operation, JSON.stringify(given).slice(0, 300), JSON.stringify(found.error.issues));
}
console.log('known ' + known);
"""


@pytest.mark.skipif(not (SCHEMAS.exists() and NODE), reason="no lark-mcp here")
async def test_every_request_is_of_the_official_schemas(tmp_path):
    async with company(tmp_path, urgent=True) as office:
        zhang, li = office.hires("张三", office.tenant.department("技术部")), office.hires("李四")
        room = office.group("产品", zhang, li)
        await office.meets()
        await zhang.says("@闭环 新增 输出流程 @李四 周五", room, reply=await li.says("登录页打不开", room))
        await office.delivers()
        await li.presses("接受")
        await office.delivers()
        await office.messenger.members(Room("feishu", room.id))
        await li.says("帮助")
        every = replace(EVERY, urgent=True, readings=tuple((one, EVERY) for one in LANGUAGES[1:]))
        posted = await office.messenger.post(Account("feishu", li.id), every, key="urgent", again=False)
        await office.messenger.update(posted, EVERY)
        calls = [_asked(call) for call in office.tenant.calls()]
    broken = next(one for one in calls if one["operation"].startswith("POST /open-apis/im/v1/messages"))
    calls.append({**broken, "data": {**broken["data"], "unheard_of": 1}})
    (tmp_path / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
    (tmp_path / "lint.cjs").write_text(LINT, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(MODULES)
    done = _run("lint.cjs", str(SCHEMAS), "calls.json", folder=tmp_path)
    *faults, last = done.strip().splitlines()
    assert len(faults) == 1
    assert "unheard_of" in faults[0], "the one that is broken on purpose, so that the others' silence means something"
    assert int(last.split()[1]) > 12, "too few were known to say anything"
    for path in ("messages/:message_id/urgent_app", "messages/:message_id/push_follow_up", "messages/:message_id"):
        assert any(one["operation"].endswith(path) for one in calls), path


@pytest.mark.skipif(not (TYPES.exists() and TSC.exists() and NODE), reason="no satori types here")
def test_every_card_is_of_the_types_that_others_wrote(tmp_path):
    lines = ["import type { MessageContent } from '@satorijs/adapter-lark/lib/content';"]
    for number, card in enumerate(drawn()):
        written = json.dumps(_known_flaws(card), ensure_ascii=False)
        lines.append(f"export const x{number}: MessageContent.Card = {written};")
    (tmp_path / "drawn.ts").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(MODULES)
    strict = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]
    said = _run(str(TSC), *strict, "--types", "", "drawn.ts", folder=tmp_path)
    assert [line for line in said.splitlines() if line.startswith("drawn.ts")] == []
    assert len(lines) > 100


EVERY = Card(
    "看这里", (*(block for block, _ in BLOCKS.values()), Picture("a.png", "image/png", b"\x89PNG", "图")), "warn"
)


def drawn() -> Iterator[dict[str, Any]]:
    """Every card that the core's answers become, in a group and to a person, in one language and in all."""
    scenes = (
        Scene(accounts={"安娜": "ou_ann"}, own=True),
        Scene("oc_1", images={"a.png": "img_v3_1"}),
        Scene(people=False),
    )
    yield bare(EVERY).card
    for scene in scenes:
        yield message(EVERY, scene).card
    shown = [[answer for area in everything(language).values() for _, answer in area] for language in LANGUAGES]
    for own, hant, english in zip(*shown, strict=True):
        for answer in (own, english):
            if answer is not None and not isinstance(answer, File):
                yield from (message(asked(answer), scene).card for scene in scenes[:2])
        if isinstance(own, Card) and isinstance(hant, Card) and isinstance(english, Card):
            yield message(replace(own, readings=(("zh-Hant", hant), ("en", english))), scenes[1]).card


def _asked(call: Call) -> dict[str, Any]:
    """A request in the shape of lark-mcp's tools, which number what the wire spells."""
    method, _, path = call.operation.partition(" ")
    names = {"messages": "message_id", "chats": "chat_id", "users": "user_id", "departments": "department_id"}
    kind = next((name for part, name in names.items() if f"{part}/:id" in path), "id")
    params = {name: _typed(name, value) for name, value in call.query.items()}
    return {
        "operation": f"{method} /open-apis/{path.replace(':id', f':{kind}')}", "params": params, "data": call.body,
        "path": {kind: call.ids[0]} if call.ids else {},
    }  # fmt: skip


def _typed(name: str, value: str) -> object:
    return int(value) if name == "page_size" else value == "true" if name == "fetch_child" else value


def _known_flaws(tree: Any) -> Any:
    """What those types do not know (sheet 9.2): numbers in a callback's value, every text's languages, whom a picker of
    one person begins with."""
    if isinstance(tree, list):
        return [_known_flaws(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    made = {name: _known_flaws(one) for name, one in tree.items() if name != "i18n_content"}
    if tree.get("type") == "callback":
        made["value"] = {name: str(one) for name, one in tree["value"].items()}
    if tree.get("tag") in ("select_person", "multi_select_person"):
        made = {"options": [], **{name: one for name, one in made.items() if name != "initial_option"}}
    return made


def _run(*words: str, folder: Path) -> str:
    done = subprocess.run(["node", *words], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
