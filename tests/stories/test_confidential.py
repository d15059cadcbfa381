"""N8: every door is tried by people who may not: the head, an admin, a colleague, the room. Neither a word nor a count comes
out of it. Two offices are alike but for one confidential meeting; whoever may not see it must read the same in both."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.announcements import announce
from bot.cards import File, plain
from bot.domain.facts import Met
from bot.domain.meeting import MeetingVerb
from bot.operations import sessions
from tests.conversation import Colleague, Office, PaperRoom
from tests.ended import Ended, ended
from tests.operations.bench import AtDesk

LANGUAGES = ("zh-Hans", "en")
SECRET = {
    "zh-Hans": ("并购评审", "谈价格底线", "收购甲公司"),
    "en": ("Merger review", "settle the lowest price", "Buy the firm"),
}
NAMES = {"zh-Hans": ("王五", "李四", "周八", "吴九", "孙七"), "en": ("Wei", "Bo", "Lee", "Ada", "Kim")}
TEAM = {"zh-Hans": "技术部", "en": "Engineering"}


@dataclass
class Firm:
    """`host` and `owner` were in the meeting, `leader` was named. `head` heads the owner's department, `admin` may
    everything, `outsider` sits beside the owner; `room` is everybody's."""

    office: Office
    host: Colleague
    owner: Colleague
    leader: Colleague
    head: Colleague
    admin: Colleague
    outsider: Colleague
    room: PaperRoom
    secret: Ended | None = None

    @property
    def shut_out(self) -> tuple[Colleague, ...]:
        return (self.head, self.admin, self.outsider)


def firm(folder: Path, language: str, *, secret: bool) -> Firm:
    """The office with one open item of the owner's, A-1; and with the confidential meeting, its minutes and its A-2."""
    folder.mkdir()
    office = Office(folder, language=language)
    wei, bo, lee, ada, kim = NAMES[language]
    team = TEAM[language]
    head = office.hires(wei, team, head=True)
    owner, host = office.hires(bo, team), office.hires("Host")
    leader, admin, outsider = office.hires(lee), office.hires(ada), office.hires(kim, team)
    office.appoints(admin)
    room = office.room("Everybody", head, owner, outsider)
    host.types(f"/action add open task @{owner.name} 2026-11-25", room)
    owner.types("/action accept A-1")
    made = Firm(office, host, owner, leader, head, admin, outsider, room)
    if secret:
        made.secret = _held(made, language)
    office.told()
    return made


def _held(made: Firm, language: str) -> Ended:
    title, action, decision = SECRET[language]
    held = ended(
        made.office, host=made.host, recorder=made.owner, here=[made.host, made.owner], leaders=[made.leader],
        copies=[made.outsider], actions={action: made.owner}, title=title, topics=[title],
        captures=[("note", 1, decision), ("decision", 1, decision)], confidential=True, room=made.room,
    )  # fmt: skip
    made.owner.types(f"/minutes submit {held.label}")
    made.host.types(f"/minutes approve {held.label}")
    return held


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def without(tmp_path: Path, language: str) -> Iterator[Firm]:
    made = firm(tmp_path / "without", language, secret=False)
    yield made
    made.office.shuts()


@pytest.fixture
def having(tmp_path: Path, language: str) -> Iterator[Firm]:
    made = firm(tmp_path / "with", language, secret=True)
    yield made
    made.office.shuts()


WIDE = (
    "/action list", "/action list everything", "/action list team", "/action list @{owner}", "/action list department {team}",
    "/action list red", "/action list everything overdue", "/action list meeting {title}", "/action list everything page 2",
    "/action accept", "/action approve", "/action submit", "/action undo", "/action assign @{owner} @{outsider}",
    "/digest", "/digest me", "/digest department {team}", "/minutes list", "/minutes search {title}", "/minutes search {decision}",
    "/minutes search {action}", "/minutes search @{owner}", "/minutes search 2026", "/minutes search decision: agreed",
    "/minutes search 决议：同意", "/minutes show", "/minutes acknowledge", "/minutes edit", "/minutes submit", "/minutes approve",
    "/minutes return", "/minutes correct", "/minutes revise", "/minutes readers", "/minutes history", "/minutes delete",
    "/meeting list", "/meeting list all", "/meeting history", "/meeting undo", "/meeting show", "/series list", "/series edit",
    "/help", "/whoami",
)  # fmt: skip
"""What asks for no number, and so must say the same whether there is something hidden or not."""

OF_ITEM = (
    "show", "history", "note x", "edit 标准：x", "cancel x", "nudge", "postpone 2026-12-30 x", "accept", "decline x", "submit x",
    "approve", "return x", "block x @{owner} 2026-12-01", "unblock", "assign @{outsider}", "reopen x", "undo", "snooze", "edit",
    "postpone", "submit", "cancel",
)  # fmt: skip
OF_MINUTES = (
    "show", "history", "changes", "readers", "edit", "edit 目标：x", "submit", "approve", "return", "return x", "acknowledge",
    "acknowledge v1", "correct", "correct x", "revise", "delete", "show v1", "show v9",
)  # fmt: skip


OF_MEETING = (
    "show", "history", "undo", "calendar", "edit", "edit 目标：x", "topic add x", "reschedule 2026-12-30 10:00", "cancel x",
    "invite @{outsider}", "announce", "announce!", "start", "end", "resume", "withdraw", "ratings",
)  # fmt: skip


def filled(line: str, made: Firm, language: str) -> str:
    title, action, decision = SECRET[language]
    people = {"owner": made.owner.name, "outsider": made.outsider.name, "team": TEAM[language]}
    return line.format(title=title, action=action, decision=decision, **people)


def leaks(text: str, language: str) -> list[str]:
    return [word for word in SECRET[language] if word in text]


@pytest.mark.parametrize("place", ["direct", "room"])
def test_lists_counts_searches_and_digests_say_the_same_as_where_there_is_nothing(having, without, language, place):
    for name in ("head", "admin", "outsider"):
        for line in WIDE:
            answers = [
                getattr(one, name).types(filled(line, one, language), one.room if place == "room" else None)
                for one in (having, without)
            ]
            assert answers[0] == answers[1], f"{name}: {line}"


def test_a_list_as_a_file_holds_what_its_reader_may_see(having, language):
    for who in (*having.shut_out, having.owner, having.leader):
        for of in ("everything", f"@{having.owner.name}"):
            who.types(f"/action export {of} csv")
            file = who.answers[-1]
            assert isinstance(file, File), f"{who.name}: {of}"
            text = file.content.decode("utf-8-sig")
            assert "A-1" in text
            shown = ("A-2" in text, leaks(text, language) != [])
            assert shown == ((False, False) if who in having.shut_out else (True, True)), f"{who.name}: {of}"


def test_a_note_in_the_room_does_not_tell_that_a_confidential_meeting_is_planned_there(having, language):
    """Where there never was a meeting a # is people's own; one that they may not know of is none."""
    plan, lone = (
        "2026-11-19 11:00 !保密 议题：a",
        having.office.room("Lone", having.outsider, having.owner, having.host),
    )
    having.host.types(f"/meeting new {SECRET[language][0]} {plan} @{having.owner.name}", lone)
    assert having.outsider.types("#要点 x", lone) == ""
    assert having.host.types("#要点 x", lone) != ""


def test_by_its_number_one_is_told_that_one_may_not_and_nothing_else(having, language):
    may_not = {
        "A": {"zh-Hans": "A-2 是保密会议的行动项，只有参会人和指定领导可以看。",
              "en": "A-2 belongs to a confidential meeting: only its attendees and named leaders may see it."},
        "M": {"zh-Hans": "M-1 是保密的，只有参会人和指定领导可以看。",
              "en": "M-1 is confidential: only its attendees and named leaders may see it."},
    }  # fmt: skip
    before = having.office.action(2), having.secret.minutes()
    for who in having.shut_out:
        for verb in OF_ITEM:
            head, _, rest = filled(verb, having, language).partition(" ")
            assert who.types(f"/action {head} A-2 {rest}") == may_not["A"][language], f"{who.name}: {verb}"
        for verb in OF_MINUTES:
            head, _, rest = verb.partition(" ")
            assert who.types(f"/minutes {head} M-1 {rest}") == may_not["M"][language], f"{who.name}: {verb}"
        for verb in OF_MEETING:
            head, _, rest = filled(verb, having, language).partition(" ")
            assert who.types(f"/meeting {head} M-1 {rest}") == may_not["M"][language], f"{who.name}: meeting {verb}"
    assert (having.office.action(2), having.secret.minutes()) == before


def test_a_reply_or_a_forwarded_button_opens_no_door(having, language):
    for sheet in [*having.owner.sheets, *having.host.sheets]:
        for line in ("show", "查看", "完成", "history", "已阅", "submit"):
            said = having.outsider.types(line, to=sheet)
            if "A-1" not in said:
                assert leaks(said, language) == []


def test_what_is_heard_unasked_over_three_weeks_is_the_same(having, without, language):
    """Due, overdue, at risk, the Friday digests, the marks of the minutes, an owner who leaves: head, admin and room hear
    what they would hear anyway."""
    heard = [said(one, lambda one: one.office.advance(days=21)) for one in (having, without)]
    for name in (*(one.name for one in having.shut_out), "Everybody"):
        assert heard[0].get(name) == heard[1].get(name), name
    assert heard[0][having.owner.name] != heard[1][without.owner.name], "who may see it hears of it"


def test_a_warning_of_a_hidden_item_goes_to_its_tracker_instead(having):
    having.office.until("2026-12-02 12:00")
    assert "A-2" in having.host.reads, "the tracker is warned"
    assert "A-1" in having.head.reads, "the head is warned of what they may see"
    assert not [sheet for who in having.shut_out for sheet in who.sheets if "A-2" in str(sheet)]


def test_a_third_postponement_goes_to_the_tracker_and_not_to_the_head(having):
    for day in (26, 27, 28):
        having.owner.types(f"/action postpone A-2 2026-11-{day} 等数据")
    assert not any("A-2" in sheet.card.title for sheet in having.head.sheets)
    assert any("A-2" in sheet.card.title for sheet in having.host.sheets)


def test_nobody_is_named_as_somebody_who_may_and_may_not_see(having, language):
    """A leader may look and may not approve; the head, who could for any other item, is not named."""
    having.owner.types("/action submit A-2 v1")
    refused = having.leader.types("/action approve A-2")
    assert having.host.name in refused
    assert having.head.name not in refused


def test_who_may_see_it_sees_it(having, language):
    title, action, decision = SECRET[language]
    for who in (having.host, having.owner, having.leader):
        assert action in who.types("/action show A-2")
        assert decision in who.types("/minutes show M-1")
        assert title in who.types(f"/minutes search {title}")
    assert action in having.leader.types("/action list everything")
    assert action in having.owner.types("/action list mine")


def test_a_copy_of_confidential_minutes_is_sent_to_nobody_who_may_not_read_them(having):
    assert not [sheet for sheet in having.outsider.sheets if "M-1" in sheet.key]


def test_a_refused_try_stands_in_the_history_for_those_who_may_read_it(having):
    having.head.types("/action show A-2")
    assert having.head.name in having.owner.types("/action history A-2")


def test_nobody_who_lost_the_right_finds_anything_on_what_was_posted(having, language):
    """The meeting goes on without its leader: every card of its item that the leader was sent says so, and no more."""
    _, action, _ = SECRET[language]
    gone = {"zh-Hans": "这里的内容已不再向你显示", "en": "What stood here is no longer shown to you"}[language]
    having.host.types(f"/action assign A-2 @{having.leader.name}")
    having.host.types(f"/action assign A-2 @{having.owner.name}")
    posted = [sheet for sheet in having.leader.sheets if sheet.key.startswith("A-2")]
    assert len(posted) == 2
    assert action in plain(posted[-1].card), "a named leader may still read it"
    _with(having, having.secret.number, leaders=())
    having.office.delivers()
    assert [plain(sheet.card) for sheet in posted] == [gone, gone]
    assert leaks(having.leader.types("/action show A-2"), language) == []


def test_the_room_of_a_meeting_that_became_confidential_forgets_its_items(tmp_path, language):
    made = firm(tmp_path / "later", language, secret=False)
    title, action, _ = SECRET[language]
    held = ended(
        made.office, host=made.host, recorder=made.owner, here=[made.host, made.owner], actions={action: made.owner}, title=title,
        room=made.room,
    )  # fmt: skip
    assert action in made.outsider.types("/action list everything")
    _with(made, held.number, confidential=True)
    made.office.delivers()
    assert leaks(made.outsider.types("/action list everything"), language) == []
    assert leaks(made.outsider.types("/action show A-2"), language) == []
    made.office.shuts()


def test_the_rows_of_what_others_will_hear_hold_no_word_of_it(having, language):
    """What waits in the outbox for somebody who may not see it is nothing at all."""
    having.office.advance(days=9)
    shut_out = {one.person.id for one in having.shut_out}
    file = having.office.url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT * FROM outbox").fetchall()
        columns = [one[1] for one in connection.execute("PRAGMA table_info(outbox)")]
    for row in rows:
        named = dict(zip(columns, row, strict=True))
        if named.get("to_person", named.get("person")) in shut_out:
            assert leaks(str(row), language) == []


def said(made: Firm, act: Callable[[Firm], object]) -> dict[str, list[str]]:
    made.office.told()
    act(made)
    return made.office.told()


def _with(made: Firm, number: int, **fields: object) -> None:
    """The meeting with other readers, kept as any change of it is."""
    office = made.office

    def keep(records):
        directory = records.people.directory()
        desk = AtDesk(office.clock.now(), made.host.person, records, directory, office.workplace)
        meeting = records.meetings.get(number)
        after = replace(meeting, version=meeting.version + 1, **fields)
        fact = sessions.keep(desk, Met(MeetingVerb.EDIT, meeting, after, made.host.person.id, desk.now))
        announce(records, [fact], directory, office.workplace)

    office.runner.run(office.store.write(keep))
