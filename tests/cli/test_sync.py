"""`bihuan sync people` where there is nothing to read, and how it says what is hidden; with a messenger:
tests/adapters/*/test_running.py."""

import pytest

from adapters import unseen
from bot.people import Hidden, Unseen
from bot.texts import LANGUAGES, words


def test_without_a_messenger_it_says_so(shop):
    result = shop.types("sync", "people")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No messenger with a directory is configured" in result.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_may_be_hidden_has_its_sentence(language):
    for what in Unseen:
        said = [sentence(language, Hidden("paper", what, "a:scope", where)) for where in ("", "董事会")]
        assert all("Paper" in one and "a:scope" in one for one in said), said
        assert "董事会" not in said[0], said
        assert what not in (Unseen.DEPARTMENTS, Unseen.PEOPLE) or "董事会" in said[1], said


def test_many_places_for_one_reason_are_one_line():
    places = [Hidden("paper", Unseen.PEOPLE, "50002", f"部门{n}") for n in range(7)]
    said = sentence("zh-Hans", *places)
    assert said == "Paper 没有开放 部门0 · 部门1 · 部门2 · 部门3 · 部门4 · … (7) 的同事（50002）。"


def sentence(language: str, *hidden: Hidden) -> str:
    (found,) = unseen("Paper", hidden)
    return words(language)(found.text, **found.args)
