"""The HTTP side: history for those it belongs to, new rooms and people, files, the time machine; and the client's files."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import adapters.web
from bot.cards import Card
from bot.messenger import Joined
from tests.adapters.web.conftest import NOW, ROOM, Workplace

pytestmark = pytest.mark.slow

STATIC = Path(adapters.web.__file__).parent / "static"
SCRIPTS = sorted(STATIC.glob("js/*.js"))
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


async def test_a_permalink_is_found_by_those_who_may_see_it(workplace: Workplace):
    posted = await workplace.messenger.post(ROOM, Card("看"), key="k", again=False)
    ann, cy = await workplace.tab("ann"), await workplace.tab("cy")
    assert (await ann.get("/api/message", id=posted.id))["conversation"] == "product"
    assert (await cy.get("/api/message", id=posted.id))["status"] == 404
    for nonsense in ("", "x", "-1", "9" * 40, "999"):
        assert (await ann.get("/api/message", id=nonsense))["status"] == 404


async def test_a_new_room_is_its_members_and_the_bot_is_told(workplace: Workplace):
    ann, cy = await workplace.tab("ann"), await workplace.tab("cy")
    room = await ann.post("/api/rooms", {"name": " 复盘会 ", "members": ["cy", "nobody", 7, "cy"]})
    line = (await cy.until(lambda frame: frame["type"] == "conversation"))["conversation"]
    assert (line["name"], line["members"]) == ("复盘会", ["ann", "cy"])
    (event,) = workplace.core.heard
    assert (event.what, event.by.user_id) == (Joined(), "ann")
    assert event.where.room is not None
    assert (event.where.room.id, event.where.room.name) == (room["id"], "复盘会")


async def test_a_new_member_is_let_in_by_one_who_is_in(workplace: Workplace):
    ann, cy = await workplace.tab("ann"), await workplace.tab("cy")
    assert (await cy.post("/api/members", {"conversation": "product", "members": ["cy"]}))["status"] == 404
    assert (await ann.post("/api/members", {"conversation": "d:ann:bo", "members": ["cy"]}))["status"] == 404
    assert (await ann.post("/api/members", {"conversation": "product", "members": ["cy", "nobody"]}))["status"] == 200
    await cy.until(lambda frame: frame["type"] == "conversation")
    assert [account.user_id for account in await workplace.messenger.members(ROOM)] == ["ann", "bo", "cy"]


@pytest.mark.parametrize("body", [{}, {"name": "  "}, {"name": 7}, {"name": "x", "members": "ann"}, [], "x"])
async def test_a_room_without_a_name_is_not_made(workplace: Workplace, body: object):
    ann = await workplace.tab("ann")
    assert (await ann.post("/api/rooms", body))["status"] == 400
    assert workplace.core.heard == []


async def test_a_new_person_is_known_to_everybody_and_to_the_core(workplace: Workplace):
    ann = await workplace.tab("ann")
    made = await ann.post(
        "/api/people", {"name": "钱七", "department": "技术部", "language": "en", "timezone": "Europe/Berlin"}
    )
    await ann.until(lambda frame: frame["type"] == "people" and "钱七" in str(frame))
    profile = await workplace.messenger.person(made["id"])
    assert (profile.name, profile.department, profile.timezone, profile.language) == (
        "钱七",
        "技术部",
        "Europe/Berlin",
        "en",
    )


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "/etc/passwd", "\0"])
async def test_a_zone_that_does_not_exist_is_refused(workplace: Workplace, zone: str):
    ann = await workplace.tab("ann")
    assert (await ann.post("/api/people", {"name": "钱七", "timezone": zone}))["status"] == 400


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ({"by": 3600}, NOW + timedelta(hours=1)),
        ({"to": "2026-11-24T09:00"}, datetime(2026, 11, 24, 1, tzinfo=UTC)),
        ({"to": "2026-11-24T09:00:00+00:00"}, datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
async def test_the_time_machine_goes_forward_in_the_askers_zone(workplace: Workplace, asked: dict, reached: datetime):
    ann, bo = await workplace.tab("ann"), await workplace.tab("bo")
    assert (await ann.post("/api/time", asked))["now"] == reached.isoformat()
    await bo.until(lambda frame: frame["type"] == "time")


@pytest.mark.parametrize(
    "asked", [{"by": -1}, {"by": "x"}, {"by": None}, {"by": 1e300}, {"to": "2020-01-01T00:00"}, {"to": "morgen"}, {}]
)
async def test_the_time_machine_goes_nowhere_else(workplace: Workplace, asked: dict):
    ann = await workplace.tab("ann")
    assert (await ann.post("/api/time", asked))["status"] == 400


async def test_nobody_uploads_in_no_name(workplace: Workplace):
    nobody, ann = await workplace.tab("ann"), await workplace.tab("ann")
    nobody.user = "who"
    assert (await nobody.post("/api/files", {}, name="a.txt"))["status"] == 400
    assert (await ann.post("/api/files", {}, name=""))["status"] == 400
    assert (await ann.post("/api/files", {}, name="a.txt"))["size"] == 2


# --- the client's own files ---


def test_every_language_has_the_same_sentences_with_the_same_gaps():
    words = {
        language: json.loads((STATIC / f"words.{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES
    }
    for language in LANGUAGES:
        assert words[language].keys() == words["en"].keys()
        gaps = {name: set(re.findall(r"\{\w+\}", text)) for name, text in words[language].items()}
        assert gaps == {name: set(re.findall(r"\{\w+\}", text)) for name, text in words["en"].items()}


def test_every_sentence_that_a_script_says_exists_and_none_is_left_over():
    text = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    known = set(json.loads((STATIC / "words.en.json").read_text(encoding="utf-8")))
    said = set(re.findall(r'\bt\("([a-z-]+)"', text))
    assert said <= known
    assert [name for name in known if f'"{name}"' not in text and not name.startswith(("theme-", "lang-"))] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_words(script: Path):
    text = script.read_text(encoding="utf-8")
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.srcdoc", text) == []
    )


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.*")), ids=lambda path: path.name)
def test_the_client_needs_nothing_from_elsewhere_and_no_file_is_long(file: Path):
    text = file.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[\w.-]+", text)) <= {"http://www.w3.org"}
    assert len(text.splitlines()) <= 400
