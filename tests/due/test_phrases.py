"""The phrases we were given, nine whole commands, and further ones whose answers were reasoned out by hand."""

from datetime import datetime

import pytest

from bot.due import DueRefused, split
from tests.due.given import CHINA, answer, rows


def test_the_given_phrases():
    given = rows("phrases.json")
    answered = [answer(row["text"], datetime.fromisoformat(row["now"])) for row in given]
    assert [(row, said) for row, said in zip(given, answered, strict=True) if said != row["expect"]] == []


def test_the_further_phrases():
    further = rows("further.json")
    answered = [answer(row["text"]) for row in further]
    assert [(row, said) for row, said in zip(further, answered, strict=True) if said != row["expect"]] == []


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
