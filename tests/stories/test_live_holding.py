"""A meeting is held: start, topics, who is here, the nudges of the clock, the end, and a bot that was away (M1, M2)."""

from datetime import timedelta

from bot.domain.meeting import MeetingState, Reply
from tests.conversation import buttons
from tests.gathering import TEN, card, convened, labels, meeting, record, text, titles


def room_of(office, cast):
    return office.room("产品", cast.zhang, cast.li, cast.wang, cast.zhao)


def held(office, cast, **fields):
    """Announced for Friday ten o'clock in its room, and the clock there."""
    room = room_of(office, cast)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li, cast.wang], room=room, **fields)
    office.until("2026-11-20 10:00")
    return room


def test_it_starts_on_time(office, cast):
    room = held(office, cast)
    assert cast.zhang.types("/meeting start", room) == "", "the card in the room is the answer"
    said = text(room, "会议开始：Q3 产品规划会（10:00）")
    assert "目标：定下 Q3 的功能" in said
    assert "议题 1/2：客诉流程（张三，20 分钟，到 10:20）" in said
    assert "到场 1/4" in said, "whoever starts it is there"
    assert "晚" not in said
    assert labels(room.cards[-1]) == ["我到了", "下一议题", "结束会议"]
    assert meeting(office).state is MeetingState.RUNNING
    assert meeting(office).started_at == TEN


def test_a_late_start_is_said_once(office, cast):
    room = held(office, cast)
    office.until("2026-11-20 10:12")
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("/meeting next", room)
    cast.zhang.types("/meeting end", room)
    assert sum("晚 12 分钟" in str(sheet.cards) for sheet in office.paper.to(room.room)) == 1
    assert record(office, "M-1")[0].details["late"] == 12


def test_five_minutes_are_not_late(office, cast):
    room = held(office, cast)
    office.until("2026-11-20 10:05")
    cast.zhang.types("/meeting start", room)
    assert "晚" not in text(room, "会议开始")


def test_who_may_start_it(office, cast):
    room = held(office, cast)
    said = cast.li.types("/meeting start M-1", room)
    assert "张三" in said
    assert meeting(office).state is MeetingState.ANNOUNCED
    assert [(one.verb, one.refused) for one in record(office, "M-1")] == [("start", True)]
    cast.zhao.types("/meeting start", room)
    assert meeting(office).state is MeetingState.RUNNING, "the recorder may"


def test_the_meeting_of_another_day_is_asked_about_first(office, cast):
    """One number mistyped, and everybody would hear of a start that nobody can take back."""
    room = held(office, cast)
    convened(office, host=cast.zhang, recorder=cast.sun, people=[cast.li], title="周会", start=TEN + timedelta(days=7))
    said = cast.zhang.types("/meeting start M-2", room)
    assert said.startswith("M-2 定在 11月27日（周五）10:00，现在就开始吗？")
    assert meeting(office, 2).state is MeetingState.ANNOUNCED
    assert [one.label for one in buttons(cast.zhang.answers[-1])] == ["现在开始", "改期"]
    cast.sun.types("/meeting start M-2")
    assert [one.label for one in buttons(cast.sun.answers[-1])] == ["现在开始"], "the recorder cannot move it"
    assert "只有" in cast.li.types("/meeting start M-2"), "who may not is told that first"
    cast.sun.presses("现在开始")
    assert meeting(office, 2).state is MeetingState.RUNNING
    assert cast.li.types("/meeting here") == "M-2 已记到场：李四", "it is found by who is in it, whatever its day"


def test_two_meetings_in_one_room(office, cast):
    room = held(office, cast)
    convened(office, host=cast.zhang, people=[cast.sun], room=room, title="周会")
    cast.zhang.types("/meeting start M-1", room)
    said = cast.zhang.types("/meeting start M-2", room)
    assert said.startswith("M-1 还在这里进行")
    assert meeting(office, 2).state is MeetingState.ANNOUNCED
    cast.zhang.presses("结束 M-1")
    cast.zhang.types("/meeting start M-2", room)
    assert meeting(office, 2).state is MeetingState.RUNNING


def test_who_may_not_end_the_other_is_offered_nothing(office, cast):
    room = held(office, cast)
    convened(office, host=cast.sun, people=[cast.li], room=room, title="周会")
    cast.zhang.types("/meeting start M-1", room)
    said = cast.sun.types("/meeting start M-2", room)
    assert said.startswith("M-1 还在这里进行")
    assert "[" not in said
    assert "Q3" not in said, "only its number is said"


def test_which_one_is_asked_when_two_are_due(office, cast):
    room = held(office, cast)
    convened(office, host=cast.zhang, room=room, title="周会", start=TEN + timedelta(hours=2))
    said = cast.zhang.types("/meeting start", room)
    assert said.startswith("哪一场会议")
    cast.zhang.presses("M-2 周会")
    assert meeting(office, 2).state is MeetingState.RUNNING


def test_a_meeting_without_a_room_runs_where_it_is_started(office, cast):
    convened(office, host=cast.zhang, people=[cast.li])
    office.until("2026-11-20 10:00")
    room = room_of(office, cast)
    cast.zhang.types("/meeting start", room)
    assert meeting(office).room == room.room


def test_without_any_room_people_hear_directly(office, cast):
    convened(office, host=cast.zhang, people=[cast.li])
    office.until("2026-11-20 10:00")
    said = cast.zhang.types("/meeting start")
    assert said.startswith("会议开始：Q3 产品规划会（10:00）")
    assert "议题 1/2：客诉流程" in said
    assert cast.li.reads.startswith("会议开始：Q3 产品规划会")
    assert not cast.zhang.sheets
    cast.li.presses("我到了")
    assert "到场 2/2" in cast.li.reads
    assert cast.zhang.presses("下一议题").startswith("议题 2/2：市场数据"), "their only card is the answer"
    assert cast.zhang.presses("下一议题").startswith("议程已经全部讨论完")
    cast.zhang.presses("结束会议")
    assert meeting(office).state is MeetingState.ENDED


def test_presence_and_walk_ins(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    started = card(room, "会议开始")
    assert cast.li.presses("我到了", on=started) == "M-1 已记到场：李四"
    assert cast.sun.presses("我到了", on=started) == "M-1 已记到场：孙七"
    walked_in = meeting(office).invitee(cast.sun.person.id)
    assert walked_in is not None
    assert walked_in.reply is Reply.ACCEPTED
    assert "到场 3/5" in text(room, "会议开始")
    assert cast.li.types("/meeting here", room).startswith("已经记过李四到场")


def test_who_leads_marks_others(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    assert "李四、王五" in cast.zhao.types("/meeting here @李四 @王五", room)
    assert "张三" in cast.li.types("/meeting here @孙七", room), "only who leads may"
    assert meeting(office).invitee(cast.sun.person.id) is None


def test_topics_one_after_another(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.advance(minutes=12)
    cast.zhang.types("/meeting next", room)
    assert room.last.startswith("议题 2/2：市场数据（15 分钟，到 10:27）")
    first, second = meeting(office).topics
    assert (first.ended_at, second.started_at) == (TEN + timedelta(minutes=12), TEN + timedelta(minutes=12))
    cast.zhang.types("/meeting next", room)
    assert room.last.startswith("议程已经全部讨论完")
    assert cast.zhang.types("/meeting next", room).startswith("议程已经全部讨论完")


def test_a_topic_out_of_turn(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("/meeting next 议题2", room)
    assert meeting(office).on == 2
    cast.zhang.types("/meeting next 议题1", room)
    assert meeting(office).on == 1
    assert "没有第 7 个" in cast.zhang.types("/meeting next 议题7", room)
    assert "不是议题的编号" in cast.zhang.types("/meeting next 周五", room)
    assert "现在讨论的就是" in cast.zhang.types("/meeting next 议题1", room)


def test_a_double_click_moves_on_once(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    press = card(room, "会议开始")
    said = cast.zhang.presses("下一议题", on=press, twice=True)
    assert said.startswith("M-1 已经不在那个议题上了")
    assert meeting(office).on == 2


def test_one_nudge_at_the_end_of_a_topic_and_of_the_meeting(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.until("2026-11-20 10:19")
    assert len(room.cards) == 1
    office.until("2026-11-20 10:45")
    assert titles(room)[1:] == ["“客诉流程”的 20 分钟到了"]
    office.until("2026-11-20 11:30")
    assert titles(room)[2:] == ["11:00 到了，“Q3 产品规划会”计划在此结束"]
    assert "还有 1 个议题没有讨论" in room.last


def test_a_topic_that_was_left_in_time_is_not_nudged(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.advance(minutes=10)
    cast.zhang.types("/meeting next", room)
    office.advance(minutes=14)
    assert not [title for title in titles(room) if "分钟到了" in title]
    office.advance(minutes=1)
    assert titles(room)[-1] == "“市场数据”的 15 分钟到了"


def test_a_meeting_left_running_is_asked_about_after_twice_its_length(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.until("2026-11-20 11:59")
    assert not cast.zhang.sheets
    office.until("2026-11-20 15:00")
    assert len(cast.zhang.sheets) == 1
    assert cast.zhang.reads.startswith("“Q3 产品规划会”还开着，是否结束？")
    cast.zhang.presses("结束会议", on=cast.zhang.cards[-1])
    assert meeting(office).state is MeetingState.ENDED
    assert "会议已结束" in str(cast.zhang.cards[0].title)


def test_the_bot_was_away_over_everything(office, cast):
    """Each mark rings once, late: what is no longer true says nothing."""
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.sleeps_until("2026-11-20 12:30")
    said = titles(room)
    assert said.count("“客诉流程”的 20 分钟到了") == 1
    assert sum("计划在此结束" in title for title in said) == 1
    assert len(cast.zhang.sheets) == 1
    office.advance(hours=2)
    assert titles(room) == said


def test_the_bot_was_away_over_the_start(office, cast):
    room = room_of(office, cast)
    convened(office, host=cast.zhang, people=[cast.li], room=room)
    office.sleeps_until("2026-11-20 10:40")
    cast.zhang.types("/meeting start", room)
    assert "比计划晚 40 分钟开始" in text(room, "会议开始")


def test_ended_and_gone_on(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start", room)
    office.advance(minutes=30)
    cast.zhang.types("/meeting end", room)
    assert meeting(office).ended_at == TEN + timedelta(minutes=30)
    assert cast.li.types("/meeting resume M-1", room) != ""
    cast.zhang.types("/meeting resume", room)
    again = meeting(office)
    assert (again.state, again.ended_at, again.on) == (MeetingState.RUNNING, None, 1)
    assert room.last.startswith("会议继续：Q3 产品规划会")
    office.advance(minutes=45)
    cast.zhang.types("/meeting end", room)
    assert "比计划多开了 15 分钟" in text(room, "会议结束")


def test_a_second_start_says_where_it_stands(office, cast):
    room = held(office, cast)
    cast.zhang.types("/meeting start M-1", room)
    assert cast.zhang.types("/meeting start M-1", room).startswith("M-1 ")
    assert len(record(office, "M-1")) == 2, "the second stands in the history as refused"
    assert record(office, "M-1")[1].refused


def test_in_english(english, crew):
    room = english.room("product", crew.ann, crew.bo, crew.kim)
    convened(english, host=crew.ann, recorder=crew.kim, people=[crew.bo], room=room, title="Q3 planning")
    english.until("2026-11-20 10:06")
    crew.ann.types("/meeting start", room)
    said = text(room, "Meeting started: Q3 planning (10:06)")
    assert "Started 6 minutes later than planned." in said
    assert "Topic 1 of 2: 客诉流程 (Ann, 20 min, until 10:26)" in said
    crew.bo.presses("I'm here", on=room.cards[-1])
    assert "2 of 3 here" in text(room, "Meeting started")
    english.until("2026-11-20 10:26")
    assert room.last.startswith('20 minutes are over for "客诉流程"')
    crew.ann.presses("Next topic", on=room.cards[-1])
    assert room.last.startswith("Topic 2 of 2: 市场数据 (15 min, until 10:41)")
