"""The phrases we were given, nine whole commands, and further ones whose answers were reasoned out by hand."""

from datetime import datetime

import pytest

from bot.due import DueRefused, split
from tests.due.given import CHINA, answer, rows


@pytest.mark.parametrize("row", rows("phrases.json"), ids=lambda row: f"{row['text']} {row['lang']} {row['now'][:10]}")
def test_a_given_phrase(row):
    assert answer(row["text"], datetime.fromisoformat(row["now"])) == row["expect"]


@pytest.mark.parametrize("row", rows("further.json"), ids=lambda row: row["text"])
def test_a_further_phrase(row):
    assert answer(row["text"]) == row["expect"], row.get("note", "")


@pytest.mark.parametrize("row", rows("commands.json"), ids=lambda row: row["text"])
def test_a_given_command(row):
    now = datetime.fromisoformat(row["now"])
    if "title" in row:
        title, due = split(row["text"], now, CHINA)
        assert due is not None
        assert (title, due.day.isoformat()) == (row["title"], row["expect"])
    else:
        with pytest.raises(DueRefused) as refused:
            split(row["text"], now, CHINA)
        assert refused.value.kind == row["expect"]


def test_the_files_are_whole():
    assert len(rows("phrases.json")) == 259
    assert len(rows("commands.json")) == 9
    assert len({row["text"] for row in rows("further.json")}) >= 120
    assert not {row["text"] for row in rows("further.json")} & {row["text"] for row in rows("phrases.json")}
