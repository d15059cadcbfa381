"""A draft's sections as text: what is written is read back as it was, by readers of either language (N1, T5)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import clean
from bot.commands.minutes.sections import Said, put, said, value
from bot.domain.captured import Verdict
from bot.domain.minutes import Absent, Decided, Discussed, Left, Minutes
from bot.errors import Refusal
from bot.messenger import Incoming
from bot.messenger import Said as Spoken
from bot.people import Account, Place
from bot.texts import words
from bot.views.minutes_text import sections, written
from tests.operations.bench import Firm

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
HARD = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")), min_size=1, max_size=30)
PLAIN = (
    LINE.map(clean)
    .map(str.strip)
    .filter(lambda text: any(one.isalnum() for one in text) and text == " ".join(text.split()))
)


@pytest.fixture
def firm(tmp_path) -> Iterator[Firm]:
    made = Firm(tmp_path)
    yield made
    made.closes()


def asking(firm: Firm, language: str) -> Asking:
    """Somebody who reads this language; names and departments are all that is looked up."""
    by = replace(firm.owner, language=language)
    event = Incoming("e", firm.now, Place("paper"), Account("paper", by.name), Spoken(""))
    directory = firm.keeps(lambda records: records.people.directory())
    return Asking(event, firm.now, by, None, directory, firm.workplace, words(language))  # type: ignore[arg-type]  # no records


def minutes(firm: Firm, **fields: object) -> Minutes:
    made = Minutes(
        1, 1, "Q3", "regular", AT, AT, "Asia/Shanghai", firm.assigner.id, firm.tracker.id, firm.owner.id, AT, AT,
        present=(firm.owner.id, firm.tracker.id, firm.supporter.id), absent=(Absent(firm.head.id, "出差", firm.nobody.id),),
        topics=(Discussed("上线", firm.owner.id, "要点一\n要点二"), Discussed("网关", conclusion="再议")), objective="范围", place="三楼",
        decisions=(Decided("先上网页", Verdict.DEFERRED, "人手", 1), Decided("不自建", Verdict.MORE_MATERIAL)),
        parked=(Left("海外", firm.head.id), Left("外包")), following="12月18日 14:00", more="谢谢",
    )  # fmt: skip
    return replace(made, **fields)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_section_is_read_back_as_it_was_written(firm, language):
    there, asks = minutes(firm), asking(firm, language)
    for key in sections(there):
        again = put(asks, there, key, written(scene(asks), there, key))
        assert value(again, key) == value(there, key), key


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_whatever_people_wrote(firm, language):
    asks = asking(firm, language)
    mark = words(language)("minutes-why-mark")

    @HARD
    @given(PLAIN, PLAIN, st.sampled_from(Verdict), PLAIN)
    def tried(text: str, why: str, verdict: Verdict, point: str) -> None:
        apart = (
            not any(one in f" {text} ".casefold() for one in (" 因为", " 因為", " because ", f" {mark} "))
            and "," not in text
        )
        clean_start = not text.startswith((":", "：", ",", "，"))
        if apart and clean_start and not set("，；;因") & set(text):
            there = minutes(firm, decisions=(Decided(text, verdict, why),))
            assert put(asks, there, "decisions", written(scene(asks), there, "decisions")) == there
        there = minutes(firm, topics=(Discussed("上线", None, point),), more=point)
        if not point.casefold().startswith(("结论", "結論", "conclusion")):
            assert put(asks, there, "topic-1", written(scene(asks), there, "topic-1")) == there
        assert put(asks, there, "more", written(scene(asks), there, "more")) == there

    tried()


def test_who_has_left_is_still_named_and_read_back(firm):
    gone = firm.keeps(lambda records: records.people.save(replace(firm.head, active=False)))
    there, asks = minutes(firm), asking(firm, "zh-Hans")
    assert written(scene(asks), there, "absent") == f"{gone.name}#{gone.id}：出差"
    assert put(asks, there, "absent", written(scene(asks), there, "absent")) == there


def test_an_absentee_keeps_their_proxy(firm):
    there, asks = minutes(firm), asking(firm, "zh-Hans")
    assert put(asks, there, "absent", f"{firm.head.name}：生病").absent == (
        Absent(firm.head.id, "生病", firm.nobody.id),
    )


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("决议2：同意 好", [Said("decisions", 2, "同意 好")]),
        ("決議 2: 同意 好", [Said("decisions", 2, "同意 好")]),
        ("Decision 2: agreed fine", [Said("decisions", 2, "agreed fine")]),
        ("议题1结论：好", [Said("conclusion", 1, "好")]),
        ("topic 1 conclusion: fine", [Said("conclusion", 1, "fine")]),
        ("要点3：一\n二\n结论3：三", [Said("points", 3, "一\n二"), Said("conclusion", 3, "三")]),
        ("目标：好\nparked: later @x", [Said("objective", None, "好"), Said("parked", None, "later @x")]),
        ("下次会议：周五", [Said("following", None, "周五")]),
    ],
)
def test_labels_of_both_languages(line, pieces):
    assert said(line) == pieces


def test_a_label_nobody_knows_is_named():
    with pytest.raises(Refusal) as refused:
        said("结果：好")
    assert refused.value.args_ == {"typed": "结果：好"}


@pytest.mark.parametrize(
    ("line", "decided"),
    [
        ("同意 上线", Decided("上线", Verdict.AGREED)),
        ("上线", Decided("上线", Verdict.AGREED)),
        ("否决：自建 因为太贵", Decided("自建", Verdict.REJECTED, "太贵")),
        ("否决：自建 因为 太贵", Decided("自建", Verdict.REJECTED, "太贵")),
        ("需补充材料 预算，因为数字不全", Decided("预算", Verdict.MORE_MATERIAL, "数字不全")),
        ("Needs more material the budget because figures are missing",
         Decided("the budget", Verdict.MORE_MATERIAL, "figures are missing")),
        ("rejected Our own gateway", Decided("Our own gateway", Verdict.REJECTED)),
    ],
)  # fmt: skip
def test_a_decision_is_a_verdict_words_and_a_reason(firm, line, decided):
    assert put(asking(firm, "zh-Hans"), minutes(firm), "decisions", line).decisions == (decided,)
