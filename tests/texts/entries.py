"""The catalogues' entries as Fluent's own parser reads them, each file once."""

import re
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

import bot.texts

TEXTS = Path(bot.texts.__file__).parent
FILES = sorted(file.name for file in (TEXTS / "en").glob("*.ftl"))


@cache
def entries(language: str, file: str) -> dict[str, str]:
    """Name → what stands in the file from the name on."""
    text = (TEXTS / language / file).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for entry in FluentParser().parse(text).body:
        if not isinstance(entry, ast.Comment | ast.GroupComment | ast.ResourceComment):
            assert isinstance(entry, ast.Message), f"{language}/{file} cannot be read: {entry}"
            assert entry.id.name not in found, f"{language}/{file}: {entry.id.name} stands twice"
            assert entry.span
            assert entry.id.span
            found[entry.id.name] = text[entry.id.span.start : entry.span.end]
    return found


def variables(entry: str) -> set[str]:
    """What a sentence is given."""
    return set(re.findall(r"\$([a-z_]+)", entry))
