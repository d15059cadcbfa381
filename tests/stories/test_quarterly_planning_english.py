"""The same quarter in English: from the notice to the next session, over five weeks."""

import pytest

from bot.cards import File
from bot.domain.action import State
from bot.domain.minutes import MinutesState
from tests.conversation import Office, buttons
from tests.gathering import card, text
from tests.quarter import READERS, Quarter, card_of, files

LINE = (
    "/meeting new Quarterly planning the fourth Wednesday of every month 14:00-15:30 @Wang Wu @Li Si @Zhao Liu @Sun Qi @Zhou Hang @Lin "
    "host: Chen Jing recorder: Zhang San objective: decide the next quarter; expected: three projects in order; "
    "place: Room 3; topic: Complaints 20 min @Zhao Liu decide; topic: SMS gateway 20 min @Wang Wu decide; "
    "topic: Market budget 15 min @Zhou Hang align"
)
EXTRA = (
    "/meeting new Budget talk 20 Nov 10:00 30 min @Lin @Zhou Hang type: decision host: Chen Jing recorder: Zhang San "
    "reason: the budget closes early objective: one way to count; expected: a table; topic: How we count 15 min"
)


@pytest.fixture
def quarter(english: Office) -> Quarter:
    """Five departments; Gao approves."""
    heads = {"chen": ("Chen Jing", "Product"), "wang": ("Wang Wu", "Engineering"), "zhao": ("Zhao Liu", "Care"),
             "zhou": ("Zhou Hang", "Marketing"), "lin": ("Lin", "Finance")}  # fmt: skip
    staff = {
        "zhang": ("Zhang San", "Product"),
        "li": ("Li Si", "Engineering"),
        "sun": ("Sun Qi", "Care"),
        "gao": ("Gao", ""),
    }
    people = {key: english.hires(*who, head=True) for key, who in heads.items()}
    people |= {key: english.hires(*who) for key, who in staff.items()}
    english.appoints(people["gao"])
    return Quarter(english, english.room("planning", *people.values()), **people)


@pytest.mark.slow
def test_from_the_notice_to_the_next_session(quarter: Quarter):
    _an_unplanned_one_is_approved_first(quarter)
    _it_is_announced_answered_and_moved(quarter)
    _it_is_held(quarter)
    _it_is_read_back_and_settled(quarter)
    _the_minutes_are_reviewed_and_sent(quarter)
    _acknowledgements_are_chased(quarter)
    _the_second_edition_is_read_and_archived(quarter)
    _it_is_found_and_taken_along(quarter)
    _the_first_action_is_done(quarter)
    _the_next_session_takes_up_what_was_left(quarter)


def _an_unplanned_one_is_approved_first(quarter: Quarter) -> None:
    quarter.chen.types(EXTRA)
    assert quarter.chen.types("/meeting announce M-1").startswith("M-1 ")
    assert "Gao" in quarter.chen.answer.splitlines()[1]
    quarter.chen.presses("Send")
    assert quarter.office.told() == {"Gao": ["Approve? Budget talk, Fri 20 Nov, 10:00 (called by Chen Jing)"]}
    quarter.gao.presses("Approve")
    assert set(quarter.office.told()) == {"Chen Jing", "Zhang San", "Lin", "Zhou Hang"}
    quarter.chen.types("/meeting cancel M-1 part of the quarterly planning")
    assert quarter.office.told()["Lin"] == ["Cancelled: Budget talk (was Fri 20 Nov, 10:00)"]


def _it_is_announced_answered_and_moved(quarter: Quarter) -> None:
    office, chen = quarter.office, quarter.chen
    assert "every fourth Wed of the month, 14:00" in chen.types(LINE)
    assert chen.types("/meeting announce M-2").startswith("M-2 ")
    chen.presses("Send")
    assert quarter.wang.reads.startswith("Please come: Quarterly planning, Wed 25 Nov, 14:00")
    assert "Invited 8: Wang Wu, Li Si, Zhao Liu, Sun Qi, Zhou Hang, Lin, Chen Jing and Zhang San" in quarter.wang.reads
    assert files(quarter.zhang.cards[-1]) == ["M-2.ics", "M-2.md"]
    office.told()
    quarter.lin.types("/meeting decline M-2 travelling, Zhang San will tell me")
    quarter.zhou.types("/meeting proxy M-2 @Gao with a customer")
    assert set(office.told()) == {"Chen Jing", "Gao"}
    quarter.li.types("/meeting propose M-2 Prices abroad 10 min @Li Si")
    chen.presses("Take it")
    office.told()
    chen.types("/meeting reschedule M-2 15:00 reason: the room is taken")
    assert office.told()["Li Si"] == ["Moved to Wed 25 Nov, 15:00: Quarterly planning"]
    for who in (quarter.li, quarter.wang, quarter.zhao, quarter.sun, quarter.zhang):
        who.presses("I'm coming")
    quarter.lin.types("/meeting decline M-2 travelling")


def _it_is_held(quarter: Quarter) -> None:
    office, room, chen = quarter.office, quarter.room, quarter.chen
    office.until("2026-11-25 15:07")
    chen.types("/meeting start", room)
    assert "Topic 1 of 4: Complaints" in room.last
    chen.types("/meeting here @Zhang San @Wang Wu @Li Si @Zhao Liu @Sun Qi @Gao", room)
    quarter.zhao.types("#note first answers take six hours, two are wanted", room)
    chen.types("#decision agreed run the new complaint procedure because complaints doubled", room)
    assert "Because: complaints doubled" in room.last
    quarter.zhang.types(
        "#action Write complaint procedure v2.0 @Sun Qi by 4 Dec std: first-level response included", room
    )
    assert quarter.sun.reads.startswith("A-1 is yours, due Fri 4 Dec. OK?")
    chen.types("/meeting next", room)
    quarter.wang.types("#note three months to build, one week to buy", room)
    chen.types("/vote new The SMS gateway? options: build, buy, wait", room)
    asked = card(room, "Please vote, V-1")
    for who, choice in ((quarter.wang, "buy"), (quarter.li, "build"), (quarter.zhao, "buy"), (chen, "buy")):
        who.presses(choice, on=asked)
    chen.types("/vote close V-1", room)
    chen.presses("Make it a decision", on=card(room, "V-1 is closed"))
    assert room.last.startswith("Decision · agreed: The SMS gateway? buy")
    quarter.li.types("#action Choose the gateway @Wang Wu by 18 Dec", room)
    chen.types("/meeting next", room)
    chen.types("#note begin with nine tenths of last year's", room)
    chen.types("/meeting next", room)
    quarter.li.types("#park Prices by region", room)


def _it_is_read_back_and_settled(quarter: Quarter) -> None:
    office, room, chen = quarter.office, quarter.room, quarter.chen
    office.until("2026-11-25 16:36")
    chen.types("/meeting end", room)
    said = text(room, "Quarterly planning ended: 2 decisions, 2 actions")
    assert "6 minutes longer than planned." in said
    left = next(
        one for one in reversed(chen.cards) if one.title.startswith('2 things to settle in "Quarterly planning"')
    )
    follower, criterion = buttons(left)
    chen.presses(follower)
    chen.fills(follower="Li Si")
    chen.presses(criterion)
    chen.fills(criterion="two offers and a load test")
    for who, score in ((quarter.li, 5), (quarter.wang, 4), (quarter.sun, 4)):
        who.types(f"/meeting rate M-2 {score}")
    assert "4.3" in chen.types("/meeting ratings M-2")


def _the_minutes_are_reviewed_and_sent(quarter: Quarter) -> None:
    zhang, chen = quarter.zhang, quarter.chen
    draft = zhang.types("/minutes show M-2")
    assert "Absent Zhou Hang (with a customer; Gao came instead) and Lin (travelling)" in draft
    zhang.presses("Submit for review")
    chen.presses("Return")
    chen.fills(why="say what buying costs")
    assert "> say what buying costs" in zhang.reads
    zhang.types("/minutes edit M-2 points 2: three months to build, one week to buy at 12,000 a year")
    zhang.presses("Submit for review")
    quarter.office.told()
    chen.presses("Approve and send")
    told = quarter.office.told()
    assert {name for name, said in told.items() if said[0].startswith("Please confirm")} == {
        "Wang Wu", "Li Si", "Zhao Liu", "Sun Qi", "Gao",
    }  # fmt: skip
    assert told["Lin"] == told["Zhou Hang"] == ["Minutes in short: Quarterly planning, 25 Nov"]
    assert "12,000 a year" in quarter.wang.reads
    assert "12,000 a year" not in quarter.lin.reads


def _acknowledgements_are_chased(quarter: Quarter) -> None:
    office = quarter.office
    for who in (quarter.li, quarter.wang, quarter.sun):
        who.presses("Read, agreed")
    office.until("2026-11-26 12:00")
    office.told()
    office.until("2026-11-26 16:37")
    told = office.told()
    assert {name for name, said in told.items() if "Minutes wait for you: Quarterly planning, 25 Nov" in said} == {
        "Zhao Liu", "Gao",
    }  # fmt: skip
    assert "M-2 v1: read by 3 of 5" in told["Zhang San"]


def _the_second_edition_is_read_and_archived(quarter: Quarter) -> None:
    zhang, chen = quarter.zhang, quarter.chen
    quarter.zhao.presses("Correct something")
    quarter.zhao.fills(why="decision 2 is for three months first")
    zhang.presses("New version")
    zhang.types("/minutes edit M-2 decision 2: agreed buy the gateway, three months first because most want it")
    zhang.presses("Submit for review")
    chen.presses("Approve and send")
    assert quarter.li.reads.startswith("Please confirm the minutes: Quarterly planning, 25 Nov, version 2")
    assert "+ Agreed: buy the gateway, three months first. Because: most want it" in quarter.li.reads
    for who in (quarter.li, quarter.wang, quarter.sun, quarter.zhao, quarter.gao):
        who.presses("Read, agreed")
    assert quarter.minutes.state is MinutesState.ARCHIVED
    assert zhang.reads.startswith("Minutes read by all, archived: Quarterly planning, 25 Nov, version 2")


def _it_is_found_and_taken_along(quarter: Quarter) -> None:
    assert "M-2 v2 Quarterly planning" in quarter.lin.types("/minutes search gateway decision: agreed 2026")
    for ending, read in READERS.items():
        quarter.lin.types(f"/minutes file M-2 {ending}")
        file = quarter.lin.answers[-1]
        assert isinstance(file, File)
        said = " ".join(read(file.content).split())
        for part in ("buy the gateway, three months first", "Choose the gateway", "Prices by region"):
            assert part in said, ending


def _the_first_action_is_done(quarter: Quarter) -> None:
    office, sun, chen = quarter.office, quarter.sun, quarter.chen
    office.until("2026-11-27 09:10")
    sun.presses("Accept", on=card_of(sun, "A-1", "Accept"))
    quarter.wang.presses("Accept", on=card_of(quarter.wang, "A-2", "Accept"))
    office.until("2026-12-02 09:10")
    assert sun.reads.startswith("🟡 A-1 is due in 2 days (Fri 4 Dec)")
    sun.types("/action submit A-1 https://files.example/v2.pdf")
    chen.presses("Accept", on=card_of(chen, "A-1", "Accept"))
    assert office.action(1).state is State.DONE
    office.until("2026-12-07 09:10")
    assert quarter.room.last.startswith("planning · week 49\n1 done")
    assert "A-2 Choose the gateway" in quarter.room.last


def _the_next_session_takes_up_what_was_left(quarter: Quarter) -> None:
    office, room, chen = quarter.office, quarter.room, quarter.chen
    office.until("2026-12-16 09:10")
    quarter.wang.types("/action postpone A-2 25 Dec waiting for offers")
    said = chen.types("/meeting show M-3")
    assert "1. Choose the gateway\n   left open: A-2 · Wang Wu · 5 min" in said
    assert "2. Prices by region\n   left open: M-2 · Li Si" in said
    for topic in (5, 4, 3):
        chen.types(f"/meeting topic M-3 drop {topic}")
    chen.types("/meeting announce! M-3")
    office.until("2026-12-23 14:00")
    chen.types("/meeting start", room)
    quarter.wang.types("/action submit A-2 two offers and a load test: A")
    chen.presses("Accept", on=card_of(chen, "A-2", "Accept"))
    chen.types("/meeting next", room)
    quarter.li.types("#decision deferred prices by region because the rates are open", room)
    chen.types("/meeting end", room)
    assert {one.state for one in office.actions()} == {State.DONE}
    assert text(room, "Quarterly planning ended: 1 decision, 0 actions")
