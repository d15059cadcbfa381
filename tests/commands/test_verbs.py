"""Each verb as a line, as a form and as a reply: what it does, what it asks for, how it answers (A3–A7, A14, UX 5, 10)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.cards import Card, Form, Toast, plain
from bot.domain.action import Block, Deliverable, State, Verb
from bot.errors import Refusal
from bot.messenger import Attachment
from tests.commands.counter import Counter, asked, buttons


@pytest.fixture
def number(counter: Counter) -> int:
    """A-1, accepted by 李四, tracked by 赵六, due on Friday of next week."""
    counter.asks(counter.assigner, "/action add 输出流程 @李四 下周五前 标准：有流程图 跟踪：@赵六")
    counter.asks(counter.owner, "/action accept A-1")
    return 1


def test_a_press_gets_a_word_and_a_line_gets_a_card(counter):
    counter.asks(counter.assigner, "/action add 甲 @李四 周五")
    counter.asks(counter.assigner, "/action add 乙 @李四 周五")
    assert isinstance(counter.presses(counter.owner, "/action accept A-1", 1), Toast)
    assert isinstance(counter.asks(counter.owner, "/action accept A-2"), Card)
    assert [fact.verb for fact in counter.facts] == [Verb.ACCEPT]


class TestReasons:
    @pytest.mark.parametrize(
        ("verb", "who", "state"),
        [
            ("decline", "owner", None),
            ("return", "tracker", "submit"),
            ("cancel", "assigner", None),
            ("reopen", "tracker", "submit"),
        ],
    )
    def test_asked_for_when_missing_and_taken_as_written(self, counter, verb, who, state):
        counter.asks(counter.assigner, "/action add 输出流程 @李四 下周五前 跟踪：@赵六")
        if state:
            counter.asks(counter.owner, "/action submit A-1 v1")
        form = counter.asks(getattr(counter, who), f"/action {verb} A-1")
        assert asked(form) == ["why*"]
        assert not counter.facts
        counter.continues(getattr(counter, who), form, "缺 <流程图>，见 @谁 周五")
        assert (counter.facts[0].verb, counter.facts[0].why) == (Verb(verb), "缺 <流程图>，见 @谁 周五")

    def test_a_label_in_front_is_no_part_of_it(self, counter, number):
        counter.asks(counter.assigner, "/action cancel A-1 原因：不做了")
        assert counter.facts[0].why == "不做了"

    def test_who_may_not_is_not_asked_for_a_reason_first(self, counter, number):
        assert counter.refuses(counter.nobody, "/action cancel A-1").text == "may-not"

    def test_what_the_state_forbids_is_said_before_the_form(self, counter, number):
        assert counter.refuses(counter.tracker, "/action return A-1").text == "wrong-state"

    def test_a_form_keeps_the_version_it_was_made_of(self, counter, number):
        form = counter.presses(counter.assigner, "/action cancel A-1", 2)
        counter.asks(counter.head, "/action edit A-1 标准：两张图")
        assert "两张图" not in plain(counter.fills(counter.assigner, form, why="不做了"))
        assert counter.item(1).state is State.IN_PROGRESS

    def test_too_long_is_refused(self, counter, number):
        assert counter.refuses(counter.assigner, f"/action cancel A-1 {'字' * 501}").field == "why"


class TestSubmitting:
    def test_words(self, counter, number):
        counter.asks(counter.owner, "完成 A-1 已放共享盘")
        assert counter.item(1).deliverables == (Deliverable("已放共享盘"),)

    def test_a_link_in_words(self, counter, number):
        counter.asks(counter.owner, "/action submit A-1 见 https://x.example/a?b=1，第二页")
        assert counter.item(1).deliverables == (
            Deliverable("见 https://x.example/a?b=1，第二页", "https://x.example/a?b=1"),
        )

    def test_files_that_came_along(self, counter, number):
        files = (Attachment("流程.docx", "https://f.example/1"), Attachment("图.png", "https://f.example/2"))
        counter.asks(counter.owner, "/action submit A-1", attachments=files)
        assert [one.url for one in counter.item(1).deliverables] == ["https://f.example/1", "https://f.example/2"]

    def test_nothing_is_asked_for(self, counter, number):
        form = counter.asks(counter.owner, "/action submit A-1")
        assert asked(form) == ["deliverable*"]
        counter.fills(counter.owner, form, deliverable="v1")
        assert counter.item(1).state is State.SUBMITTED

    @pytest.mark.parametrize("nothing", [" ", "\u3000", "\u200b"])
    def test_nothing_visible_is_nothing(self, counter, number, nothing):
        form = counter.asks(counter.owner, "/action submit A-1")
        assert isinstance(counter.fills(counter.owner, form, deliverable=nothing), Form)

    def test_several_with_one_word(self, counter, number):
        counter.asks(counter.assigner, "/action add 乙 @李四 周五")
        counter.asks(counter.owner, "/action submit A-1 A-2 都在共享盘")
        assert {counter.item(n).state for n in (1, 2)} == {State.SUBMITTED}
        assert len(counter.facts) == 2


class TestPostponing:
    @pytest.mark.parametrize(
        "words",
        [
            "12月4日 等评审", "等评审 12月4日", "到12月4日，等评审", "下下周五 等评审", "等评审，下下周五", "改到 12月4日 等评审",
            "due: 12月4日 原因：等评审", "原因：等评审 截止：12月4日", "4 Dec 等评审", "to 4 Dec 等评审", "2026-12-04 等评审",
        ],
    )  # fmt: skip
    def test_day_and_reason_in_any_order(self, counter, number, words):
        counter.asks(counter.owner, f"/action postpone A-1 {words}")
        assert (counter.item(1).due.day, counter.facts[0].why) == (date(2026, 12, 4), "等评审")
        assert counter.item(1).first_due == date(2026, 11, 27)

    def test_an_hour_is_kept(self, counter, number):
        counter.asks(counter.owner, "延期 A-1 12月4日 15:00 等评审")
        assert counter.item(1).due.time == time(15)

    @pytest.mark.parametrize(("said", "missing"), [("", ["due*", "why*"]), ("12月4日", ["why*"]), ("等评审", ["due*"])])
    def test_only_what_is_missing_is_asked(self, counter, number, said, missing):
        form = counter.asks(counter.owner, f"/action postpone A-1 {said}")
        assert asked(form) == missing
        counter.fills(counter.owner, form, due="12月4日", why="等评审")
        assert (counter.item(1).due.day, counter.facts[0].why) == (date(2026, 12, 4), "等评审")

    @pytest.mark.parametrize(("said", "then"), [("", "12月4日 等评审"), ("12月4日", "等评审"), ("等评审", "12月4日")])
    def test_or_answered_by_a_plain_message(self, counter, number, said, then):
        form = counter.asks(counter.owner, f"/action postpone A-1 {said}")
        counter.continues(counter.owner, form, then)
        assert (counter.item(1).due.day, counter.facts[0].why) == (date(2026, 12, 4), "等评审")

    def test_a_vague_day_comes_back_mended(self, counter, number):
        refusal = counter.refuses(counter.owner, "/action postpone A-1 尽快 等评审")
        assert refusal.text == "due-vague"
        assert refusal.offers[0].command.startswith("/action postpone A-1 2026-11-19")
        assert "等评审" in refusal.offers[0].command

    def test_a_vague_day_in_a_form_is_said_at_its_field(self, counter, number):
        form = counter.asks(counter.owner, "/action postpone A-1")
        again = counter.fills(counter.owner, form, due="尽快", why="等评审")
        assert isinstance(again, Form)
        assert [(one.name, bool(one.problem)) for one in again.fields] == [("due", True)]
        counter.fills(counter.owner, again, due="12月4日")
        assert (counter.item(1).due.day, counter.facts[0].why) == (date(2026, 12, 4), "等评审")


class TestBlocking:
    @pytest.mark.parametrize(
        "words",
        ["等接口 @周八 周五", "@周八 周五 等接口", "周五 @周八 等接口", "原因：等接口 解决人：周八 解决日期：周五"],
    )
    def test_reason_person_and_day_in_any_order(self, counter, number, words):
        counter.asks(counter.owner, f"/action block A-1 {words}")
        assert counter.item(1).block == Block("等接口", counter.resolver.id, date(2026, 11, 20))

    def test_what_is_missing_is_asked(self, counter, number):
        form = counter.asks(counter.owner, "受阻 A-1 等接口")
        assert asked(form) == ["resolver*", "until*"]
        counter.fills(counter.owner, form, resolver="周八", until="周五")
        assert counter.item(1).block == Block("等接口", counter.resolver.id, date(2026, 11, 20))

    def test_a_reason_keeps_its_own_names_and_days(self, counter, number):
        form = counter.asks(counter.owner, "受阻 A-1")
        why = "@孙七 说周五 才有：“接口” @王五"
        form = counter.fills(counter.owner, form, why=why, resolver="无此人", until="周五")
        counter.fills(counter.owner, form, resolver="周八")
        assert counter.item(1).block == Block(why, counter.resolver.id, date(2026, 11, 20))

    def test_and_may_be_answered_plainly(self, counter, number):
        form = counter.asks(counter.owner, "受阻 A-1")
        counter.continues(counter.owner, form, "周八 周五 等接口")
        assert counter.item(1).block == Block("等接口", counter.resolver.id, date(2026, 11, 20))

    def test_a_person_is_one(self, counter, number):
        assert counter.refuses(counter.owner, "/action block A-1 等接口 @周八 @孙七 周五").text == "one-person"

    def test_a_mention_is_the_resolver(self, counter, number):
        counter.asks(counter.owner, "/action block A-1 等接口 周五", mentions=[counter.resolver])
        assert counter.item(1).block.resolver == counter.resolver.id


class TestSnoozing:
    @pytest.mark.parametrize(
        ("said", "until"),
        [
            ("", datetime(2026, 11, 19, 1, tzinfo=UTC)),
            ("2h", datetime(2026, 11, 18, 4, tzinfo=UTC)),
            ("2小时后", datetime(2026, 11, 18, 4, tzinfo=UTC)),
            ("in 90 minutes", datetime(2026, 11, 18, 3, 30, tzinfo=UTC)),
            ("半小时", datetime(2026, 11, 18, 2, 30, tzinfo=UTC)),
            ("周五", datetime(2026, 11, 20, 1, tzinfo=UTC)),
            ("tomorrow 09:00", datetime(2026, 11, 19, 1, tzinfo=UTC)),
            ("明天 15:00", datetime(2026, 11, 19, 7, tzinfo=UTC)),
        ],
    )
    def test_until(self, counter, number, said, until):
        counter.asks(counter.owner, f"/action snooze A-1 {said}")
        assert counter.item(1).snoozed_until == until

    def test_on_a_friday_until_monday(self, counter, number):
        counter.now += timedelta(days=2)
        counter.asks(counter.owner, "稍后 A-1")
        assert counter.item(1).snoozed_until == datetime(2026, 11, 23, 1, tzinfo=UTC)

    def test_a_vague_word_is_refused_with_days(self, counter, number):
        refusal = counter.refuses(counter.owner, "/action snooze A-1 过几天")
        assert (refusal.text, refusal.offers[0].command) == ("due-vague", "/action snooze A-1 2026-11-19")


class TestAssigning:
    def test_with_a_reason(self, counter, number):
        counter.asks(counter.assigner, "/action assign A-1 @郑十 李四休假")
        assert (counter.item(1).owner, counter.facts[0].why) == (counter.nobody.id, "李四休假")

    def test_asks_for_the_person(self, counter, number):
        form = counter.asks(counter.assigner, "转交 A-1")
        assert "owner*" in asked(form)
        counter.fills(counter.assigner, form, owner="郑十", why="")
        assert counter.item(1).owner == counter.nobody.id

    @pytest.mark.parametrize("answer", ["@郑十", "郑十", "郑十 李四休假", "@郑十 李四休假"])
    def test_the_person_may_be_answered_by_name(self, counter, number, answer):
        form = counter.asks(counter.assigner, "转交 A-1")
        counter.continues(counter.assigner, form, answer)
        assert (counter.item(1).owner, counter.facts[0].why) == (
            counter.nobody.id,
            "李四休假" if "休假" in answer else "",
        )

    def test_a_department_is_nobody(self, counter, number):
        assert counter.refuses(counter.assigner, "/action assign A-1 @客服部").text == "owner-department"

    def test_everything_of_one_person_is_shown_then_given(self, counter, number):
        """A14."""
        counter.asks(counter.assigner, "/action add 乙 @李四 周五")
        preview = counter.asks(counter.head, "转交 全部 @李四 @郑十 休假")
        assert "A-1" in plain(preview)
        assert "A-2" in plain(preview)
        assert {one.owner for one in counter.items()} == {counter.owner.id}
        counter.presses(counter.head, buttons(preview)[-1].command)
        assert {one.owner for one in counter.items()} == {counter.nobody.id}
        assert {fact.why for fact in counter.facts} == {"休假"}

    def test_a_reason_with_a_name_in_it_is_still_a_reason(self, counter, number):
        preview = counter.asks(counter.head, "/action assign --all @李四 @郑十 why: “@孙七 休假到 周五”")
        counter.presses(counter.head, buttons(preview)[-1].command)
        assert (counter.item(1).owner, counter.facts[0].why) == (counter.nobody.id, "@孙七 休假到 周五")

    def test_who_takes_it_all_is_asked(self, counter, number):
        form = counter.asks(counter.head, "/action assign --all @李四")
        assert isinstance(form, Form)
        assert [field.name for field in form.fields] == ["owner"]

    @pytest.mark.parametrize("names", ["", "@李四 @李四", "@李四 @郑十 @孙七"])
    def test_from_whom_to_whom_are_two(self, counter, number, names):
        assert counter.refuses(counter.head, f"/action assign --all {names}").text == "hand-over-who"

    def test_who_may_not_give_sees_no_preview(self, counter, number):
        assert counter.refuses(counter.supporter, "/action assign --all @李四 @郑十").text == "may-not"


class TestWhichItem:
    def test_a_reply_is_about_what_the_message_was_about(self, counter, number):
        counter.asks(counter.owner, "完成 见共享盘", subjects=("A-1",))
        assert counter.item(1).state is State.SUBMITTED

    def test_several_are_asked_about(self, counter, number):
        counter.asks(counter.assigner, "/action add 乙 @李四 周五")
        refusal = counter.refuses(counter.owner, "完成 见共享盘", subjects=("A-1", "A-2"))
        assert (refusal.text, len(refusal.offers)) == ("which-item", 2)
        counter.presses(counter.owner, refusal.offers[1].command)
        assert counter.item(2).deliverables == (Deliverable("见共享盘"),)

    def test_without_any_ones_own_are_offered(self, counter, number):
        refusal = counter.refuses(counter.owner, "/action submit")
        assert [offer.command for offer in refusal.offers] == ["/action submit A-1"]

    def test_and_only_those_it_could_be_done_to(self, counter, number):
        refusal = counter.refuses(counter.owner, "/action accept")
        assert (refusal.text, refusal.offers) == ("which-item-none", ())

    def test_nobody_is_offered_to_remind_themselves(self, counter, number):
        counter.asks(counter.owner, "/action add 自己的 @我 周五")
        counter.asks(counter.owner, "/action add 别人的 @赵六 周五")
        refusal = counter.refuses(counter.owner, "/action nudge")
        assert [offer.command for offer in refusal.offers] == ["/action nudge A-3"]

    def test_who_resolves_it_is_offered_to_say_so(self, counter, number):
        counter.asks(counter.owner, "/action block A-1 等接口 @郑十 周五")
        refusal = counter.refuses(counter.nobody, "/action unblock")
        assert [offer.command for offer in refusal.offers] == ["/action unblock A-1"]

    def test_the_number_wins_over_the_reply(self, counter, number):
        counter.asks(counter.assigner, "/action add 乙 @李四 周五")
        counter.asks(counter.owner, "接受 A-2", subjects=("A-1",))
        assert counter.item(2).state is State.IN_PROGRESS


class TestTooLate:
    """A4 rows 36, 37; VOICE: somebody was first."""

    def test_a_double_click(self, counter, number):
        counter.presses(counter.owner, "/action submit A-1 v1", 2)
        answer = counter.presses(counter.owner, "/action submit A-1 v1", 2)
        assert "李四" in plain(answer)
        assert counter.facts == []
        assert len(counter.item(1).deliverables) == 1

    def test_a_stale_card_shows_how_it_stands(self, counter, number):
        counter.asks(counter.head, "/action edit A-1 标准：两张图")
        answer = counter.presses(counter.assigner, "/action cancel A-1 不做了", 2)
        assert "王五" in plain(answer)
        assert (counter.facts, counter.item(1).state) == ([], State.IN_PROGRESS)

    def test_a_press_of_today_goes_through(self, counter, number):
        version = counter.item(1).version
        counter.presses(counter.assigner, "/action cancel A-1 不做了", version)
        assert counter.item(1).state is State.CANCELLED


def test_nudging_goes_out_once(counter, number):
    counter.asks(counter.assigner, "催办 A-1")
    assert counter.refuses(counter.tracker, "催办 A-1").text == "nudge-too-soon"


def test_nobody_nudges_themselves(counter, number):
    counter.asks(counter.owner, "/action submit A-1 v1")
    assert counter.refuses(counter.tracker, "催办 A-1").text == "nudge-own"
    counter.asks(counter.assigner, "催办 A-1")


def test_a_note_is_the_last_word(counter, number):
    counter.asks(counter.owner, "备注 A-1 等法务 周五")
    assert (counter.item(1).note, counter.item(1).note_at) == ("等法务 周五", counter.now)


def test_unblocking_and_approving_need_no_words(counter, number):
    counter.asks(counter.owner, "/action block A-1 等接口 @周八 周五")
    counter.asks(counter.resolver, "解除 A-1")
    assert counter.item(1).state is State.IN_PROGRESS
    counter.asks(counter.owner, "/action submit A-1 v1")
    counter.asks(counter.tracker, "验收 A-1 很好")
    assert (counter.item(1).state, counter.facts[0].why) == (State.DONE, "很好")


def test_undo_alone_is_ones_own_last_step(counter, number):
    counter.asks(counter.owner, "撤销")
    assert counter.item(1).state is State.PROPOSED


def test_an_unknown_number_is_said(counter):
    with pytest.raises(Refusal) as refused:
        counter.asks(counter.owner, "/action accept A-99")
    assert refused.value.text == "number-unknown"
