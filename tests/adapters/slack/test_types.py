"""Slack's own types (npm: @slack/types) over everything we draw, by tsc --strict, where node is there.

`make types` puts them and the compiler into .cache/slack-types (types/package.json says which); `make slower` and so `make test`
do that by themselves where there is npm. Without them these tests are skipped with a sentence, and what stands is the kit of
the simulator and the limits of test_outgoing.py; with them a compiler that cannot run is a failure, not a skip.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from adapters.slack import modals
from adapters.slack.carried import Errand
from adapters.slack.outgoing import asked, message
from bot.cards import Card, File, Form
from tests.contracts.cards import BLOCKS
from tests.views.shown import everything

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("SLACK_TYPES", ROOT / ".cache" / "slack-types"))
TYPES, TSC = FOLDER / "node_modules" / "@slack" / "types", FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
PINNED = json.loads((Path(__file__).parent / "types" / "package.json").read_text(encoding="utf-8"))["dependencies"]
PROJECT = {
    "compilerOptions": {
        "strict": True, "noEmit": True, "skipLibCheck": True, "module": "nodenext", "moduleResolution": "nodenext", "types": [],
    },
    "files": ["drawn.ts"],
}  # fmt: skip


def missing() -> str:
    """Why nothing can be judged here; empty when it can."""
    if not shutil.which("node"):
        return "node is not here, so Slack's own types judge nothing"
    if not (TYPES.exists() and TSC.exists()):
        return f"Slack's own types are not in {FOLDER}: `make types` puts them there, where npm reaches its registry"
    return ""


needs_node = pytest.mark.skipif(bool(missing()), reason=missing())


def drawn() -> Iterator[tuple[str, object]]:
    """(type, JSON) of every message, modal and Home that the core's answers become."""
    yield "KnownBlock[]", message(Card("看这里", tuple(block for block, _ in BLOCKS.values())), "en").blocks
    yield "View", modals.waiting("en")
    for language in ("zh-Hans", "en"):
        for _, answer in (one for shown in everything(language).values() for one in shown):
            if answer is None or isinstance(answer, File):
                continue
            card = asked(answer, language)
            yield "KnownBlock[]", message(card, language).blocks
            yield "View", modals.home(card, language)
            yield "View", modals.shown(card, language)[0]
            if isinstance(answer, Form):
                yield "View", modals.form(answer, Errand(answer.command), language, {}, {"S0123456789": "产品组"})


def judged(folder: Path, shown: Iterable[tuple[str, object]]) -> subprocess.CompletedProcess[str]:
    """tsc's verdict on values that are said to be of a type, one constant each."""
    lines = ["import type { KnownBlock, View } from '@slack/types';"]
    for number, (kind, value) in enumerate(shown):
        lines.append(f"export const x{number}: {kind} = {json.dumps(value, ensure_ascii=False)};")
    (folder / "drawn.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    (folder / "tsconfig.json").write_text(json.dumps(PROJECT), encoding="utf-8")
    return subprocess.run(["node", str(TSC)], cwd=folder, capture_output=True, text=True, check=False)


@needs_node
def test_everything_we_draw_is_of_slacks_own_types(tmp_path):
    shown = list(drawn())
    assert len(shown) > 100
    done = judged(tmp_path, shown)
    assert (done.returncode, done.stdout[:4_000], done.stderr) == (0, "", "")


WRONG: dict[str, tuple[str, object]] = {
    "markup in a header": ("KnownBlock[]", [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    "a block that Slack does not know": ("KnownBlock[]", [{"type": "headline", "text": "x"}]),
    "a button without its words": (
        "KnownBlock[]",
        [{"type": "actions", "elements": [{"type": "button", "value": "x"}]}],
    ),
    "a modal without a title": ("View", {"type": "modal", "blocks": []}),
    "a key that is misspelt": ("View", {"type": "home", "blocks": [], "private_meta_data": "x"}),
}


@needs_node
def test_the_types_are_really_asked(tmp_path):
    """Were they not found, everything would be of type any, and right: each of these has to be called wrong, at its line."""
    done = judged(tmp_path, WRONG.values())
    assert done.returncode != 0
    lines = {int(found) for found in re.findall(r"^drawn\.ts\((\d+),", done.stdout, re.MULTILINE)}
    assert [name for line, name in enumerate(WRONG, start=2) if line not in lines] == [], done.stdout


@needs_node
@pytest.mark.parametrize("name", PINNED)
def test_they_are_the_ones_that_are_pinned(name):
    """What `make types` has once installed stays until the pin changes, and then another is installed."""
    if "SLACK_TYPES" in os.environ:
        pytest.skip("somebody has chosen others, by SLACK_TYPES")
    found = json.loads((FOLDER / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
    assert found["version"] == PINNED[name]
