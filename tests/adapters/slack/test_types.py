"""Slack's own types (npm: @slack/types) over everything we draw, by tsc --strict. Needs a folder that holds them:

    npm install --prefix FOLDER @slack/types typescript && SLACK_TYPES=FOLDER pytest tests/adapters/slack/test_types.py

Without one the kit of the simulator and the limits of test_outgoing.py are what stands; tests need no network.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
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
FOLDER = Path(os.environ.get("SLACK_TYPES", ROOT))
TYPES, TSC = FOLDER / "node_modules" / "@slack" / "types", FOLDER / "node_modules" / "typescript" / "bin" / "tsc"


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
                yield "View", modals.form(answer, Errand(answer.command), language, {})


@pytest.mark.skipif(not (TYPES.exists() and TSC.exists() and shutil.which("node")), reason="no @slack/types here")
def test_everything_we_draw_is_of_slacks_own_types(tmp_path):
    lines = ["import type { KnownBlock, View } from '@slack/types';"]
    for number, (kind, shown) in enumerate(drawn()):
        lines.append(f"export const x{number}: {kind} = {json.dumps(shown, ensure_ascii=False)};")
    (tmp_path / "drawn.ts").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")
    strict = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext"]
    done = subprocess.run(
        ["node", str(TSC), *strict, "--types", "", "drawn.ts"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[:4_000]
    assert len(lines) > 100
