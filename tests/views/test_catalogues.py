"""The catalogues: both languages say the same things, every value has its sentence, and nothing breaks VOICE's rules."""

import re

import pytest

from bot.cards import plain
from bot.commands.settings import KEYS
from bot.domain.action import Cadence, Light, Priority, State, Verb
from bot.policy import Role
from bot.texts import LANGUAGES, words
from bot.views.forms import EDITABLE, OF_VERB, WHOLE
from bot.views.help import GROUPS, VERBS
from bot.views.listing import listing
from tests.texts.entries import FILES, TEXTS, entries, variables
from tests.views.cast import LI, scene
from tests.views.shown import everything, state
from tests.views.sources import named

WRITTEN = ("zh-Hans", "en")


def test_both_languages_have_the_same_files() -> None:
    assert sorted(file.name for file in (TEXTS / "zh-Hans").iterdir() if file.suffix == ".ftl") == FILES


def test_both_languages_say_the_same_things_of_the_same_values() -> None:
    for file in FILES:
        given = [{name: variables(said) for name, said in entries(language, file).items()} for language in WRITTEN]
        assert given[0] == given[1], file


@pytest.mark.parametrize("language", WRITTEN)
def test_a_sentence_stands_in_one_place(language: str) -> None:
    places: dict[str, list[str]] = {}
    for file in FILES:
        for name in entries(language, file):
            places.setdefault(name, []).append(file)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


NAMES = [
    *(f"state-{one}" for one in State),
    *(f"now-{one}" for one in State),
    *(f"{form}-{one}" for one in Verb for form in ("verb", "did", "did-well")),
    *(f"press-{one}" for one in Verb if one is not Verb.ADD),
    *(f"light-{one}" for one in Light),
    *(f"priority-{one}" for one in Priority),
    *(f"cadence-{one}" for one in Cadence),
    *(f"role-{one}" for one in Role),
    *(f"form-{one}" for one in OF_VERB),
    *(f"fact-{one}" for one in EDITABLE),
    *(f"field-{one}" for one in (*WHOLE, *EDITABLE)),
    *(f"{form}-{one}" for one in VERBS for form in ("help", "say", "verb", "example")),
    *(f"help-group-{one}" for one in GROUPS),
    *(f"setting-{one}" for one in KEYS),
    *(f"language-{one}" for one in LANGUAGES),
    *(f"digest-day-{one}" for one in range(7)),
]
"""Every name that is put together from a value."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_sentence(language: str) -> None:
    assert [name for name in NAMES if not words(language).has(name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_can_be_listed_and_said(language: str) -> None:
    for one in State:
        said = plain(listing(scene(LI, language), [state(language, one)], heading="·"))
        assert words(language)(f"state-{one}") in said or one is State.IN_PROGRESS


def test_everything_the_code_says_by_name_has_a_sentence() -> None:
    known = [words(language) for language in WRITTEN]
    missing = [f"{where}: {name}" for name, where in named() if not all(one.has(name) for one in known)]
    assert [one for one in missing if not one.endswith(LANGUAGES)] == []


def test_traditional_chinese_says_it_as_in_taiwan() -> None:
    hant = words("zh-Hant")
    assert hant("list-mine") == "我的行動項目"
    assert hant("field-owner") == "負責人"
    assert hant("field-due") == "截止日"
    assert "連結或檔案" in hant("hint-deliverable")
    assert hant("press-settings") == "設定"


def test_traditional_chinese_keeps_no_simplified_character() -> None:
    text = "\n".join(plain(answer) for shown in everything("zh-Hant").values() for _, answer in shown if answer)
    for own in ("简体中文", "闭环科技", "老王", "吃了吗", "《客户投诉处理流程V2.0》.docx", "批准"):
        text = text.replace(own, "")
    assert _simplified(text) == set()


def _simplified(text: str) -> set[str]:
    """Characters that are written otherwise in Taiwan."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return {one for one in text if convert(one) != one}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_cheered_or_shouted_at(language: str) -> None:
    text = "\n".join(plain(answer) for shown in everything(language).values() for _, answer in shown if answer)
    text = re.sub(r"(/\w+ \w+)!", r"\1", text)  # `announce!` is typed, and shouts at nobody
    assert not re.search("[!！]|亲|親|(?i:invalid|please note|oops|sorry)|抱歉|无效|無效|操作失败", text)


@pytest.mark.parametrize("language", WRITTEN)
def test_no_sentence_shouts(language: str) -> None:
    text = "\n".join((TEXTS / language / file).read_text(encoding="utf-8") for file in FILES)
    assert not re.search("[!！]", re.sub(r"(?m)^#.*$", "", text))
