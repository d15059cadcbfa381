"""Lines shown as examples are sent as they stand, by people whose names have blanks in them: each must simply work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.cards import Card, File
from bot.texts import LANGUAGES, words
from bot.views.help import VERBS
from tests.conversation import Colleague, Office
from tests.views.cast import NAMES
from tests.views.pressed import typed

BEFORE = {
    "approve": ("submit {a} x",), "return": ("submit {a} x",), "unblock": ("block {a} x @{tracker} 2026-11-20",),
    "reopen": ("submit {a} x", "approve {a}"), "undo": ("note {a} x",),
}  # fmt: skip
BY_TRACKER = {"approve", "return", "nudge", "cancel", "reopen", "add", "list", "show", "history", "help"}


@dataclass
class Pair:
    """Who tracks and who owns, in an office of one language."""

    office: Office
    tracker: Colleague
    owner: Colleague


@pytest.fixture(scope="module", params=LANGUAGES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    office = Office(tmp_path_factory.mktemp("office"), language=request.param)
    zhang, li, wang, _, _, service = NAMES[request.param]
    office.hires(wang, service)
    yield Pair(office, office.hires(zhang, service, head=True), office.hires(li, service))
    office.shuts()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "help"])
def test_the_example_of_each_verb_works(pair: Pair, verb: str) -> None:
    tracker, owner = pair.tracker, pair.owner
    item = recorded(pair, f"what {verb} is for")
    accepted = () if verb in ("accept", "decline") else ("accept {a}",)
    for line in (*accepted, *BEFORE.get(verb, ())):
        who = tracker if line.startswith("approve") else owner
        who.types("/action " + line.format(a=item, tracker=tracker.name))
    asker = tracker if verb in BY_TRACKER else owner
    asker.types(f"/help {verb}")
    (line,) = typed(asker.answers[-1])
    said = asker.types(line.replace("A-42", item))
    answer = asker.answers[-1]
    assert isinstance(answer, Card | File), (line, said)
    assert isinstance(answer, File) or answer.tone in ("good", "neutral") or verb in ("show", "list"), (line, said)


def test_the_lines_at_the_foot_of_help_work(pair: Pair) -> None:
    more = words(pair.office.language)("help-more")
    (about,) = re.findall(r"/help \w+", more)
    said = pair.owner.types(about)
    assert said.startswith("/action postpone")
    short = re.split("[:：]", more)[-1].strip()
    item = recorded(pair, "what the foot of help is for")
    answered = pair.owner.types(short.replace("A-42", item))
    assert isinstance(pair.owner.answers[-1], Card), answered
    assert pair.office.action(int(item[2:])).postponements == 1


def recorded(pair: Pair, text: str) -> str:
    """A new item of the owner's, due on Friday; its number."""
    said = pair.tracker.types(f"/action add {text} @{pair.owner.name} 2026-11-20 std: x")
    item = max(pair.office.actions(), key=lambda one: one.number)
    assert item.text == text, said
    return item.label


def test_what_is_missing_is_answered_by_the_forms_example(pair: Pair) -> None:
    """Where a messenger has no forms, the example is what the next message may be."""
    pair.tracker.types("/action add Write it all down 2026-11-27 std: x")
    said = pair.tracker.types(pair.tracker.form.example)
    assert "Write it all down" in said
    assert isinstance(pair.tracker.answers[-1], Card)


def test_an_empty_list_is_filled_by_the_line_it_shows(pair: Pair) -> None:
    new = pair.office.hires(f"Newcomer {pair.office.language}")
    new.types("/action list")
    (line,) = typed(new.answers[-1])
    before = len(pair.office.actions())
    said = new.types(line)
    assert len(pair.office.actions()) == before + 1, said
    assert words(pair.office.language)("recorded", action=f"A-{before + 1}") in said
