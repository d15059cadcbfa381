"""Forms as form containers, and what comes back: every kind of field, refused tries, emptied fields, forged values."""

import pytest

from adapters.feishu.carried import Errand, read, value
from adapters.feishu.forms import form, values
from adapters.feishu.outgoing import message
from adapters.feishu.parts import Scene
from bot.cards import Card, Choice, Field, Form
from tests.adapters.feishu.drawing import read as seen
from tests.adapters.feishu.drawing import same_as_golden, sound

CHOICES = (Choice("p1", "高"), Choice("p2", "低"))
ASKED = Form(
    "新增行动项", "/action add",
    (
        Field("text", "行动", limit=200),
        Field("owner", "负责人", "person", value="安娜"),
        Field("with", "配合", "people", required=False, value="薄一, 市场部"),
        Field("due", "截止日", "day", value="2026-11-27", hint="哪一天", choices=(Choice("fri", "周五"),)),
        Field("prio", "优先级", "choice", required=False, value="p2", choices=CHOICES),
        Field("why", "理由", "paragraph", required=False, problem="还要写理由"),
        Field("days", "天数", "number", required=False),
    ),
    "记录", note="谁、何时、做什么", version=3,
)  # fmt: skip
KNOWN = Scene(accounts={"安娜": "ou_ann", "薄一": "ou_bo"}, own=True)


def components(asked: Form, scene: Scene = KNOWN) -> dict[str, dict]:
    """The inputs by name."""
    container = form(asked, scene)[-1]
    return {one["name"]: one for one in container["elements"] if "name" in one}


def test_every_kind_of_field_as_it_is_kept():
    same_as_golden("form", sound(message(Card(ASKED.title, (ASKED,)), KNOWN)).card)


def test_all_that_is_asked_is_read():
    words = seen(message(Card(ASKED.title, (ASKED,)), KNOWN).card)
    for one in (
        "新增行动项",
        "谁、何时、做什么",
        "行动*",
        "负责人*",
        "安娜",
        "市场部",
        "2026-11-27",
        "哪一天 · 周五",
        "低",
        "还要写理由",
        "记录",
    ):
        assert one in words


def test_in_a_group_its_members_are_offered_and_in_the_conversation_who_is_known():
    nobody = Form("t", "/x", (Field("owner", "负责人", "person"),), "好")
    assert "options" not in components(nobody, Scene("oc_1", accounts=KNOWN.accounts))["owner~pick"]
    offered = components(nobody, KNOWN)["owner~pick"]["options"]
    assert [one["value"] for one in offered] == ["ou_ann", "ou_bo"]


def test_where_ids_have_spoilt_a_card_people_are_typed():
    assert set(components(ASKED, Scene(people=False))) == {
        "text",
        "owner",
        "with",
        "due",
        "due~pick",
        "prio",
        "why",
        "days",
        "submit",
    }


def test_a_field_that_is_needed_is_needed_where_there_is_one_way_to_answer_it():
    made = components(ASKED)
    assert made["text"]["required"] is True
    assert made["due"]["required"] is False, "it may be picked instead; the core asks again"
    assert made["why"]["required"] is False


@pytest.mark.parametrize("length", [999, 1_000, 1_001, 4_000])
def test_a_text_longer_than_a_field_is_not_cut(length):
    asked = Form("t", "/x", (Field("text", "行动", value="字" * length, limit=5_000),), "好")
    card = sound(message(Card("t", (asked,)), Scene())).card
    made = components(asked)
    assert ("text" in made) == (length <= 1_000)
    assert ("太长" in seen(card)) == (length > 1_000)
    errand = read(made["submit"]["behaviors"][0]["value"])
    sent = {"text": "字" * length} if length <= 1_000 else {}
    assert values(sent, errand)[0] == sent, "what is not asked is not sent back as empty, which would take it out"


def test_choices_that_a_menu_cannot_hold_are_typed():
    for choices in (
        (),
        (Choice("", "空"),),
        (Choice("a", "甲"), Choice("a", "乙")),
        tuple(Choice(str(n), str(n)) for n in range(101)),
    ):
        asked = Form("t", "/x", (Field("c", "选", "choice", choices=choices),), "好")
        assert components(asked)["c"]["tag"] == "input"


def test_the_button_carries_what_reads_the_form_back():
    button = components(ASKED)["submit"]
    errand = read(button["behaviors"][0]["value"])
    assert errand == Errand("/action add", 3, "", ("text", "owner", "with", "due", "prio", "why", "days"), own=True)


ERRAND = Errand("/action add", fields=("text", "owner", "with", "due"))


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"text": " 评估 ", "owner~pick": "ou_ann", "owner~others": ""}, {"text": "评估", "owner": "ou_ann"}),
        ({"owner~pick": "", "owner~others": "市场部"}, {"owner": "市场部"}),
        ({"with~pick": ["ou_ann", "ou_bo"], "with~others": "市场部"}, {"with": "ou_ann, ou_bo, 市场部"}),
        ({"with~pick": [], "with~others": ""}, {}),
        ({"due": "下周五", "due~pick": ""}, {"due": "下周五"}),
        ({"due": "", "due~pick": "2026-11-27 +0800"}, {"due": "2026-11-27"}),
        ({"due": "", "due~pick": "2026-11-27 -0330"}, {"due": "2026-11-27"}),
        ({"due": "2026-11-27", "due~pick": "2026-11-27 +0800"}, {"due": "2026-11-27"}),
        ({"due~pick": None, "text": None}, {}),
        ({}, {}),
        ({"something": "else", "c": "x"}, {}),
    ],
)  # fmt: skip
def test_what_was_filled_in(sent, found):
    """An emptied field is absent or empty, as Feishu pleases (sheet 9.4); both are an empty answer."""
    assert values(sent, ERRAND) == ({name: found.get(name, "") for name in ERRAND.fields}, {})


@pytest.mark.parametrize(
    "sent",
    [{"due": "周五", "due~pick": "2026-11-27 +0800"}, {"owner~pick": "ou_ann", "owner~others": "薄一"}],
)
def test_two_answers_to_one_question_are_nobodys_to_guess(sent):
    _, problems = values(sent, ERRAND)
    assert list(problems.values()) == ["pick-both"]


@pytest.mark.parametrize(
    "errand",
    [
        Errand(""),
        Errand("/action accept A-42", 7),
        Errand("/x", 1, "oc_1", ("a", "b"), own=True),
        Errand("/action add " + "字" * 3_000, 2**40),
    ],
)
def test_what_a_button_carries_comes_back(errand):
    assert read(value(errand)) == errand


@pytest.mark.parametrize(
    "found", [None, "", "/action add", [], {}, {"c": 1}, {"c": "/x", "v": "7"}, {"c": "/x", "f": "a"}, {"key": "other"}]
)
def test_what_no_button_of_ours_carries(found):
    with pytest.raises(ValueError, match="no button of ours"):
        read(found)
