"""Any words behind any of a meeting's short forms: understood, asked about or refused; never our fault, never cut (T5, A4)."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot import commands
from bot.cards import Card, Form, Toast, plain
from bot.commands.asking import Asking
from bot.commands.cleaning import clean
from bot.commands.live import LIVE
from bot.commands.live.wording import VERDICTS, verdict
from bot.domain.captured import Verdict
from bot.domain.meeting import Invitee, Meeting, MeetingState, Topic
from bot.errors import Refusal
from bot.messenger import Incoming, Pressed, Said, Submitted
from bot.people import Account, Place, Room
from bot.store import Records
from bot.texts import words
from bot.views import refusal as refusals
from bot.views.live_forms import ASKED
from bot.views.scene import Scene
from tests.operations.bench import Firm

ROOM = Room("paper", "r1", "产品")
HARD = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PIECES = st.sampled_from(
    ["@李四", "@", "＠王五", "@所有人", "周五", "尽快", "2026-02-30", "同意", "否决", "因为", "because", "理由：", "|", "｜", "\n",
     "匿名", "多选", "截止 15:30", "截止 昨天", "until 99h", "M-1", "[M-1]", "[M-99]", "#3", "3", "99999999999", "V-1", "A-1",
     "标准：", "!high", "；", "“", "\u202e", "👨‍👩‍👧‍👦", "　", "字" * 600, "{ $x }", "</script>"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=6).map(" ".join)
FIELDS = sorted({name for names in ASKED.values() for name in names})


class _Back(Exception):
    """Takes everything back."""


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """M-1 of 赵六's runs in its room, and V-1 is open in it."""
    firm = Firm(tmp_path)
    invited = (firm.tracker, firm.owner, firm.head)
    running = Meeting(
        "Q3 产品规划会", "regular", firm.assigner.id, firm.now, 60, "Asia/Shanghai", firm.now, state=MeetingState.RUNNING,
        host=firm.tracker.id, recorder=firm.owner.id, room=ROOM, topics=(Topic(1, "客诉", started_at=firm.now),), mark=1, on=1,
        invitees=tuple(Invitee(one.id) for one in invited), started_at=firm.now,
    )  # fmt: skip
    firm.keeps(lambda records: records.meetings.add(running))
    said(firm, "/vote new 用哪个？ | A | B", keep=True)
    said(firm, "#要点 成本", keep=True)
    yield firm
    firm.closes()


def said(firm: Firm, text: str, values: dict[str, str] | None = None, *, room: bool = True, keep: bool = False) -> Any:
    """What 赵六 is answered: an answer, nothing, or the refusal (shown as a card in both languages)."""
    what = Said(clean(text)) if values is None else Submitted(clean(text), {k: clean(v) for k, v in values.items()})
    outcome: list[object] = []

    def work(records: Records) -> None:
        asking = _asking(firm, records, what, ROOM if room else None)
        try:
            line = commands.read(clean(text), bare=not room)
            outcome.append(commands.run(asking, line) if line else None)
        except Refusal as refused:
            outcome.append(refused)
            for language in ("zh-Hans", "en"):
                plain(refusals.refusal(_scene(asking, language), refused))
        if not keep:
            raise _Back

    with suppress(_Back):
        firm.keeps(work)
    return outcome[0]


@HARD
@given(st.sampled_from([short for one in LIVE for short in one.short]), TEXTS)
def test_any_words_behind_a_short_form(firm, short, text):
    outcome = said(firm, f"{short} {text}")
    assert outcome is None or isinstance(outcome, Refusal | Form | Toast | Card)


@HARD
@given(st.sampled_from(LIVE), TEXTS, st.booleans())
def test_any_words_behind_a_long_form(firm, command, text, room):
    said(firm, f"/{command.noun} {command.verb} {text}", room=room)


@HARD
@given(
    st.sampled_from(LIVE),
    st.sampled_from(["", "M-1", "V-1", "[M-1]", "M-1 2", "M-9"]),
    st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=5),
)
def test_any_values_in_any_form(firm, command, about, values):
    said(firm, f"/{command.noun} {command.verb} {about}".strip(), values)


@pytest.mark.parametrize(("one", "name"), [(one, name) for one, names in VERDICTS.items() for name in names])
def test_every_name_of_a_verdict(one, name):
    assert verdict(name) is one
    assert verdict(f" {name.upper()} ") is one


def test_every_verdict_has_a_name_in_both_languages():
    assert set(VERDICTS) == set(Verdict)
    for names in VERDICTS.values():
        assert any(name.isascii() for name in names)
        assert any(not name.isascii() for name in names)


def test_no_name_means_two_verdicts():
    names = [name for names in VERDICTS.values() for name in names]
    assert len(names) == len(set(names))


def test_what_is_no_verdict_is_refused():
    with pytest.raises(Refusal, match="choice-unknown"):
        verdict("也许")


@pytest.mark.parametrize("command", LIVE, ids=lambda one: one.key)
def test_every_command_is_named_in_both_languages(command):
    assert any(name.isascii() for name in command.names)
    assert any(not name.isascii() for name in command.names)


def test_a_press_with_an_old_version_of_nothing_is_refused(firm):
    outcome: list[str] = []

    def work(records: Records) -> None:
        asking = _asking(firm, records, Pressed("/meeting correct M-1 2", 77), ROOM)
        line = commands.read("/meeting correct M-1 2", bare=True)
        assert line is not None
        try:
            commands.run(asking, line)
        except Refusal as refused:
            outcome.append(refused.text)

    firm.keeps(work)
    assert outcome == ["capture-changed"]


def _asking(firm: Firm, records: Records, what: Said | Submitted | Pressed, room: Room | None) -> Asking:
    directory = records.people.directory()
    by = directory.person(firm.tracker.id)
    event = Incoming("e", firm.now, Place("paper", room), Account("paper", by.name), what)
    return Asking(event, firm.now, by, records, directory, firm.workplace, words(by.language))


def _scene(asking: Asking, language: str) -> Scene:
    reader = replace(asking.by, language=language)
    return Scene(words(language), asking.now, asking.directory, asking.workplace, reader)
