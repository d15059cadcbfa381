"""Any text behind any command is an answer or a refusal, never anything else; what a draft writes, it reads again.

The texts are made of what lines are made of, so that they come close to being commands, and of anything at all."""

from collections.abc import Iterator
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot import commands
from bot.cards import Answer, to_json
from bot.commands import COMMANDS, drafts
from bot.commands.asking import Asking
from bot.commands.cleaning import clean
from bot.commands.command import LETTERS
from bot.commands.drafts import Draft
from bot.commands.later import Later
from bot.domain.action import Cadence, Priority, Supporter
from bot.due import Due
from bot.errors import Refusal
from bot.messenger import Incoming, Said, Submitted
from bot.people import Account, Place
from bot.store import Records
from bot.texts import words
from bot.views.forms import KINDS
from bot.views.refusal import refusal as shown
from bot.views.scene import Scene
from tests.commands.counter import Counter

pytestmark = pytest.mark.slow

PIECES = (
    "@李四", "@", "＠王五", "@李四@孙七", "@大家", "@客服部", "@#3", "@张三#999999999999", "@me", "下周五前", "尽快", "by Friday", "2月30日",
    "11月27日 25:00", "明天", "昨天", "标准：", "std:", "配合：@孙七、", "with: ,,", "跟踪：", "跟踪：@", "部门：", "owner:", "due:", "due: ?", "!high",
    "!!", "！高", "每天跟进", "daily", "“", "”", "「", '"', "；", "\n", "：", ":", "A-1", "A-999999999", "42", "page 0", "第0页", "meeting",
    "部门 ", "--all", "全部", "--yes", "确认", "\u3000", "\xa0", "\u200b", "\u202e", "\x00", "\ud800", "👨‍👩‍👧‍👦", "e\u0301", "'; DROP TABLE action;--",
    "<!channel>", "{x}", "%s", "{ $n }", "https://x.example/a?b=@c:d", "写报告", "write it", "language", "timezone", "digest time", "away",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).flatmap(
        lambda some: st.sampled_from((" ", "")).map(lambda by: by.join(some))
    ),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=40),
)
HARD = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One firm for all texts, with an item in it; what a text does is undone."""
    counter = Counter(tmp_path_factory.mktemp("hostile"))
    counter.asks(counter.assigner, "/action add 输出流程 @李四 下周五前 跟踪：@赵六")
    counter.asks(counter.owner, "/action accept A-1")
    yield counter
    counter.closes()


class Undone(Exception):
    """Takes everything back."""


def told(answer: Answer | Later) -> str:
    return to_json(answer.kept if isinstance(answer, Later) else answer)


def outcome(office: Counter, text: str, values: dict[str, str] | None = None) -> str:
    """What 张三 is answered, as JSON, or the refusal's name, shown as a card in both languages."""
    text = clean(text)
    what = Said(text, called=True) if values is None else Submitted(text, {k: clean(v) for k, v in values.items()})
    outcomes: list[str] = []

    def work(records: Records) -> None:
        asking = asking_of(office, records, what)
        try:
            line = commands.read(text, bare=True)
            answer = commands.run(asking, line) if line else None
            outcomes.append(told(answer) if answer else "small talk")
        except Refusal as refused:
            outcomes.append(refused.text)
            for language in ("zh-Hans", "en"):
                to_json(
                    shown(Scene(words(language), asking.now, asking.directory, asking.workplace, asking.by), refused)
                )
        raise Undone

    with pytest.raises(Undone):
        office.keeps(work)
    return outcomes[0]


def asking_of(office: Counter, records: Records, what: Said | Submitted) -> Asking:
    directory = records.people.directory()
    by = directory.person(office.assigner.id)
    event = Incoming("e", office.now, Place("paper"), Account("paper", by.name), what)
    return Asking(event, office.now, by, records, directory, office.workplace, words(by.language))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: f"{one.noun}-{one.verb}")
def test_any_text_behind_any_command(office, command):
    @HARD
    @given(st.sampled_from(("", "A-1 ", "A-1 A-2 ", "A-7 ")), TEXTS)
    def tried(number: str, text: str) -> None:
        verb = f" {command.verb}" if command.verb else ""
        assert outcome(office, f"/{command.noun}{verb} {number if command.takes.value else ''}{text}")

    tried()


@pytest.mark.parametrize(
    "command",
    [one for one in COMMANDS if one.takes.value or one.verb == "add"],
    ids=lambda one: f"{one.noun}-{one.verb}",
)
def test_any_values_in_any_form(office, command):
    @HARD
    @given(st.dictionaries(st.sampled_from(sorted(KINDS)), TEXTS, max_size=5))
    def tried(values: dict[str, str]) -> None:
        number = f"{LETTERS[command.noun]}-1" if command.takes.value else ""
        assert outcome(office, f"/{command.noun} {command.verb} {number}", values)

    tried()


WRITTEN = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: clean(text).strip())
SEEN = WRITTEN.filter(lambda text: any(c.isalnum() for c in text)) | st.sampled_from(
    (
        "周五 的会",
        "明天",
        "写：报告",
        "@大家 看",
        "!high",
        "a; b",
        "“引”号",
        "by Friday",
        "输出 尽快",
        "标准：两页",
        "每天跟进 客户",
        "- 42",
        "尽快 @谁；",
    )
)


@st.composite
def written(draw: st.DrawFn) -> Draft:
    """A draft as a form can fill it."""
    people = draw(st.lists(st.integers(2, 8), unique=True, max_size=4))
    return Draft(
        owners=tuple(people[:1]),
        due=draw(st.none() | st.builds(Due, st.dates(date(2026, 11, 19), date(2027, 6, 1)), st.none() | st.just(time(15)))),
        text=draw(SEEN),
        criterion=draw(st.none() | SEEN), place=draw(st.none() | SEEN), meeting=draw(st.none() | SEEN),
        remarks=draw(st.none() | SEEN),
        supporters=tuple(Supporter(one) for one in people[1:]) or None,
        tracker=draw(st.none() | st.integers(1, 8)), department=draw(st.none() | st.integers(1, 2)),
        priority=draw(st.none() | st.sampled_from(Priority)), cadence=draw(st.none() | st.sampled_from(Cadence)),
        source=draw(st.sampled_from(("", "https://x.example/m/1?a=b"))), quote=draw(st.just("") | SEEN),
    )  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(written())
def test_the_line_that_a_draft_writes_is_the_draft(office, made):
    """Forms, buttons and plain answers carry on from the line, so nothing may be lost or changed in it."""
    read: list[Draft] = []
    pending = not (made.owners and made.due)

    def work(records: Records) -> None:
        asking = asking_of(office, records, Said(""))
        read.append(drafts.draft(asking, drafts.line(asking, made) + (" !low" if pending else ""), lambda _: ""))
        raise Undone

    with pytest.raises(Undone):
        office.keeps(work)
    due = read[0].due
    expected = replace(made, priority=Priority.LOW) if pending else made
    assert replace(read[0], due=due and Due(due.day, due.time)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@李四" * 2_000, "标准：" * 3_000, "“" * 9_000, "@" * 9_000, "！" * 9_000, "a " * 4_000, "明天 " * 3_000, ";" * 9_000,
        "配合：" + "@孙七、" * 2_000, "一" * 9_000, "@" + "李" * 9_000, "12月3日" * 2_000,
    ],
)  # fmt: skip
@pytest.mark.timeout(10)
def test_long_texts_are_answered_in_time(office, text):
    assert outcome(office, f"/action add {text}")
