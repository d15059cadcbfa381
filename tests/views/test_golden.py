"""Goldens: every message as plain text, in three languages. A changed word shows here; `UPDATE_GOLDEN=1` writes them.

They were read aloud, each as its receiver would; whoever renews them does the same with what changed."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cards import plain
from bot.texts import LANGUAGES
from tests.views import shown
from tests.views.shown import AREAS, Shown

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_what_people_read(language: str, area: str) -> None:
    text = _text(shown.area(area, language))
    file = GOLDEN / f"{area}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    known = {f"{area}.{language}.txt" for area in AREAS for language in LANGUAGES}
    assert {file.name for file in GOLDEN.iterdir()} == known


def _text(shown: Sequence[Shown]) -> str:
    parts = [f"── {name}\n{plain(answer) if answer else '(nothing is sent)'}\n" for name, answer in shown]
    return "\n".join(parts)
