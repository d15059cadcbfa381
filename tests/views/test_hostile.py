"""Hostile words in every field a person fills: kept as they are in the body, one harmless line in titles (T5, A4)."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields, replace

from bot.cards import Answer, Card, Form, Toast, from_json, plain, to_json
from bot.directory import Directory
from bot.domain.action import Block, Deliverable, Source, State, Verb
from bot.domain.facts import Changed
from bot.errors import Refusal
from bot.store import Entry
from bot.views import action as views
from bot.views import forms, people, refusal
from bot.views import help as help_
from bot.views.notices import MOMENTS
from bot.views.scene import Scene
from tests.views.cast import LI, NOW, TODAY, WANG, ZHANG, action, blocked, scene, submitted
from tests.views.shown import lines

NASTY = [
    "*bold* _it_ ~no~ `code`", "<script>alert(1)</script>", "<!channel> <@U123>", '<at id="all"></at>', "@all",
    "[x](javascript:alert(1))", "{ $action }", "%s {0} ${x}", "\u202eevil\u202c", "\u2066\u2069\u200f", "a\nb\r\nc\u2028d",
    "👨‍👩‍👧‍👦" * 60, "🇨🇳" * 40, "é́́́" * 30, "'; DROP TABLE actions;--", "=cmd|'/c calc'!A0", "\ufeff", "&lt;b&gt;", "　",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(NASTY) | st.text(max_size=40), min_size=1, max_size=5).map("".join)
TURNING = set("\n\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff\x00")


def titles(answer: Answer) -> list[str]:
    """What a notification shows."""
    if isinstance(answer, Card | Form):
        return [answer.title]
    return [answer.text] if isinstance(answer, Toast) else []


def written(value: object) -> Iterator[str]:
    """Every word in an answer's body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from written(part)
    elif isinstance(value, Struct):
        for field in fields(value):
            if field.name != "title" or not isinstance(value, Card | Form):
                yield from written(getattr(value, field.name))


def answers(here: Scene, words: str) -> Iterator[tuple[Answer | None, bool]]:
    """Views with `words` in some field, and whether they must stand there whole."""
    plainly = replace(action(), text=words, criterion=words, place=words, note=words, note_at=NOW,
                      source=Source(words, words, words, words))  # fmt: skip
    stuck = replace(blocked(), block=Block(words, WANG, TODAY))
    handed = replace(submitted(), deliverables=(Deliverable(words), Deliverable(words, "https://x.example")))
    yield views.recorded(here, plainly), True
    yield views.detail(here, plainly), True
    yield views.detail(here, stuck), True
    yield views.detail(here, handed), True
    yield views.listing(here, [plainly], heading=words), True
    yield views.history(here, plainly, [Entry("A-42", NOW, LI, "note", words)]), True
    yield views.changed(here, Changed(Verb.EDIT, action(), plainly, LI, NOW, words)), True
    yield forms.verb(here, plainly, Verb.EDIT), True
    yield forms.add(here, {"text": words}, ("owner",), {"owner": words}), False
    yield help_.unknown(here, words, ["submit"]), False
    yield refusal.refusal(here, Refusal("person-unknown", name=words)), False
    yield refusal.not_understood(here, words), True
    args: dict[str, object] = {"by": ZHANG, "why": words, **lines((plainly, "before"))}
    for moment, reader, item in (
        ("request", LI, replace(plainly, state=State.PROPOSED)), ("requests", LI, replace(plainly, state=State.PROPOSED)), ("returned", LI, action()), ("blocked", WANG, stuck),
        ("declined", ZHANG, action(state=State.DECLINED)), ("verify", ZHANG, handed), ("cancelled", LI, action(state=State.CANCELLED)),
        ("reminder", LI, plainly), ("reopened", LI, action()), ("handed_over", WANG, action()),
    ):  # fmt: skip
        yield MOMENTS[moment](scene(reader), (item,), args), True
    both = (plainly, replace(plainly, number=43))
    yield MOMENTS["undeliverable"](scene(ZHANG), both, {"person": LI, "reason": "left"}), True


@pytest.mark.slow
@settings(max_examples=60)
@given(WORDS)
def test_what_people_wrote_is_kept_whole_and_cannot_break_a_title(words: str) -> None:
    for answer, whole in answers(scene(LI), words):
        assert answer is not None
        for title in titles(answer):
            assert not set(title) & TURNING
        if whole and words.strip():
            assert any(words in part for part in (*written(answer), *titles(answer))), answer
        assert from_json(to_json(answer)) == answer
        assert plain(answer)


@settings(max_examples=40)
@given(WORDS)
def test_names_cannot_break_a_title(words: str) -> None:
    calm = scene(LI)
    people_ = {id: replace(one, name=words) for id, one in calm.directory.people.items()}
    here = replace(calm, directory=replace(calm.directory, people=people_))
    assert isinstance(here.directory, Directory)
    for answer, _ in answers(here, "x"):
        assert answer is not None
        assert not set(titles(answer)[0]) & TURNING
    assert not set(people.whoami(here, people_[LI]).title) & TURNING


@pytest.mark.parametrize("moment", ["returned", "declined", "cancelled", "blocked"])
def test_a_long_reason_is_clipped_in_the_title_and_stands_whole_below(moment: str) -> None:
    why = "缺少流程节点图，" * 20
    item = {
        "declined": action(state=State.DECLINED),
        "cancelled": action(state=State.CANCELLED),
        "blocked": replace(blocked(), block=Block(why, WANG, TODAY)),
    }.get(moment, action())
    reader = {"declined": ZHANG, "blocked": WANG}.get(moment, LI)
    card = MOMENTS[moment](scene(reader), (item,), {"by": ZHANG, "why": why})
    assert card is not None
    assert "…" in card.title
    assert len(card.title) < 60
    assert why in list(written(card.blocks))
