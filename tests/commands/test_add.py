"""`/action add`: tokens in any order, what is missing asked and only that, nothing invented (A1, A10, M3, T5, UX 1, 8)."""

from datetime import date, time, timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.commands.drafts import MOST_SUPPORTERS
from bot.domain.action import Cadence, Priority, State, Supporter
from bot.messenger import Posted, Quoted
from bot.people import Account, Person
from tests.commands.counter import ROOM, asked

FRIDAY = date(2026, 11, 27)


class TestOneLine:
    def test_the_line_of_the_handbook(self, counter):
        counter.asks(counter.assigner, "/action add 输出《客户投诉处理流程V2.0》 @李四 下周五前 标准：包含一级响应机制")
        item = counter.last()
        assert (item.text, item.owner, item.due.day) == ("输出《客户投诉处理流程V2.0》", counter.owner.id, FRIDAY)
        assert (item.criterion, item.assigner, item.state) == ("包含一级响应机制", counter.assigner.id, State.PROPOSED)

    def test_every_field(self, counter):
        counter.asks(
            counter.assigner,
            "/action add 发布原型 @李四 11月27日 15:00 标准：演示已录制 !高 配合：@孙七、@周八、客服部 跟踪：@赵六 部门：客服部 "
            "地点：三楼 会议：Q3 产品规划会 每天跟进 备注：先做安卓",
        )
        item = counter.last()
        assert (item.text, item.due.day, item.due.time) == ("发布原型", FRIDAY, time(15))
        assert item.supporters == (
            Supporter(counter.supporter.id), Supporter(counter.resolver.id), Supporter(department=counter.service.id),
        )  # fmt: skip
        assert (item.tracker, item.department, item.priority) == (counter.tracker.id, counter.service.id, Priority.HIGH)
        assert (item.place, item.source.meeting, item.cadence) == ("三楼", "Q3 产品规划会", Cadence.DAILY)
        assert (item.note, item.criterion) == ("先做安卓", "演示已录制")

    @pytest.mark.parametrize(
        "tokens",
        list(permutations(["发布原型", "@李四", "下周五前", "!high", "配合：@孙七、客服部", "跟踪：@赵六"]))[::37],
    )
    def test_any_order_of_the_tokens_is_the_same_item(self, counter, tokens):
        counter.asks(counter.assigner, "/action add " + " ".join(tokens))
        item = counter.last()
        assert (item.text, item.owner, item.due.day) == ("发布原型", counter.owner.id, FRIDAY)
        assert (item.priority, item.tracker, len(item.supporters)) == (Priority.HIGH, counter.tracker.id, 2)

    @pytest.mark.parametrize(
        "tokens",
        list(permutations(["ship the prototype;", "@李四", "by next Friday", "std: demo recorded;", "!low"]))[::7],
    )
    def test_any_order_in_english(self, counter, tokens):
        counter.asks(counter.assigner, "/action add " + " ".join(tokens))
        item = counter.last()
        assert (item.text, item.due.day, item.criterion) == ("ship the prototype", FRIDAY, "demo recorded")
        assert (item.owner, item.priority) == (counter.owner.id, Priority.LOW)

    @pytest.mark.parametrize("me", ["@我", "@me", "@ME", "负责人：我", "owner: me"])
    def test_me(self, counter, me):
        counter.asks(counter.owner, f"/action add 写周报 {me} 周五")
        assert (counter.last().owner, counter.last().state) == (counter.owner.id, State.IN_PROGRESS)

    def test_a_name_runs_into_the_next_word(self, counter):
        counter.asks(counter.assigner, "/action add @李四下周五前 输出流程")
        assert (counter.last().owner, counter.last().text, counter.last().due.day) == (
            counter.owner.id,
            "输出流程",
            FRIDAY,
        )

    def test_a_name_of_several_words(self, counter):
        bo = counter.hires("Bo van Dyke")
        counter.asks(counter.assigner, "/action add ship it @bo van dyke by Friday")
        assert (counter.last().owner, counter.last().text) == (bo.id, "ship it")

    @pytest.mark.parametrize(
        "text", ["优化5月报表", "review the Monday deck", "write to support@example.com", "标准化流程", "with care"]
    )
    def test_what_only_looks_like_a_token_stays_in_the_words(self, counter, text):
        counter.asks(counter.assigner, f"/action add {text} @李四 11月27日前")
        assert counter.last().text == text

    @pytest.mark.parametrize(
        "text", ["ﬁ①　全角（Ａ）", "<!channel> & <b>", "'; DROP TABLE action; --", "👨‍👩‍👧‍👦 家庭日", "=1+1"]
    )
    def test_what_was_written_is_kept_as_written(self, counter, text):
        """T5: recognised in plain width, kept as it is."""
        counter.asks(counter.assigner, f"/action add {text} ＠李四 １１月２７日前")
        assert (counter.last().text, counter.last().due.day) == (text, FRIDAY)

    def test_the_day_is_the_askers_and_ends_by_the_owners_clock(self, counter):
        """T1: at ten in Shanghai it is still yesterday in New York; the asker's tomorrow is meant."""
        kim = counter.hires("Kim", zone="America/New_York")
        counter.asks(counter.assigner, "/action add 写报告 @Kim 明天")
        assert counter.last().due.day == date(2026, 11, 19)
        assert counter.last().due.at.hour == 23
        assert kim.id == counter.last().owner

    def test_in_a_room_the_item_is_the_rooms(self, counter):
        counter.asks(counter.assigner, "/action add 写报告 @李四 周五", room=ROOM)
        assert counter.last().room == ROOM

    def test_without_a_criterion_it_is_recorded_and_the_echo_asks(self, counter):
        """M3."""
        echo = counter.asks(counter.assigner, "/action add 写报告 @李四 周五")
        assert not counter.last().complete
        assert "标准" in plain(echo)


class TestMentions:
    """Who was mentioned comes as a set; some messengers leave the name in the text, others take it out."""

    def test_the_only_one_owns(self, counter):
        counter.asks(counter.assigner, "/action add 写报告 周五", mentions=[counter.owner])
        assert counter.last().owner == counter.owner.id

    def test_a_mention_whose_name_stands_in_the_text_counts_once(self, counter):
        counter.asks(counter.assigner, "/action add 写报告 @李四 周五", mentions=[counter.owner])
        assert (counter.last().owner, counter.last().text) == (counter.owner.id, "写报告")

    def test_a_mention_settles_which_of_two_namesakes(self, counter):
        counter.hires("王伟")
        meant = counter.hires("王伟")
        counter.keeps(lambda records: records.people.save(replace(meant, accounts=(Account("paper", "王伟"),))))
        counter.asks(counter.assigner, "/action add 写报告 @王伟 周五", mentions=[meant])
        assert counter.last().owner == meant.id

    def test_who_stands_among_the_supporters_is_one(self, counter):
        counter.asks(
            counter.assigner, "/action add 写报告 @李四 周五 配合：@孙七、@周八",
            mentions=[counter.supporter, counter.owner, counter.resolver],
        )  # fmt: skip
        assert counter.last().owner == counter.owner.id
        assert {one.person for one in counter.last().supporters} == {counter.supporter.id, counter.resolver.id}

    def test_two_are_asked_about_and_each_can_be_chosen(self, counter):
        """M3: exactly one; the others become supporters."""
        refusal = counter.refuses(
            counter.assigner, "/action add 写报告 周五 标准：两页", mentions=[counter.owner, counter.head]
        )
        assert (refusal.text, refusal.args_["n"], len(refusal.offers)) == ("one-owner", 2, 2)
        counter.presses(counter.assigner, refusal.offers[1].command)
        item = counter.last()
        assert (item.owner, item.supporters) == (counter.head.id, (Supporter(counter.owner.id),))
        assert (item.text, item.due.day, item.criterion) == ("写报告", date(2026, 11, 20), "两页")


class TestRefusedByName:
    """M3."""

    @pytest.mark.parametrize("day", ["尽快", "近期", "ASAP", "soon"])
    def test_a_vague_day_with_the_whole_line_mended(self, counter, day):
        refusal = counter.refuses(counter.assigner, f"/action add 评估周期 @李四 标准：两页 {day}")
        assert (refusal.text, refusal.args_["phrase"]) == ("due-vague", day)
        for offer in refusal.offers[:-1]:
            counter.presses(counter.assigner, offer.command)
            item = counter.last()
            assert (item.text, item.owner, item.criterion) == ("评估周期", counter.owner.id, "两页")
            assert item.due.day > date(2026, 11, 18)

    def test_the_last_way_out_asks_for_the_day(self, counter):
        refusal = counter.refuses(counter.assigner, "/action add 评估周期 @李四 尽快")
        assert asked(counter.presses(counter.assigner, refusal.offers[-1].command)) == ["due*", "criterion"]

    @pytest.mark.parametrize(
        "name", ["@大家", "@所有人", "@everyone", "@all", "负责人：相关部门", "owner: the departments concerned"]
    )
    def test_everybody_is_nobody(self, counter, name):
        assert counter.refuses(counter.assigner, f"/action add 报数据 {name} 周五").text == "owner-collective"

    @pytest.mark.parametrize("text", ["相关部门报数据", "请各部门报数据", "the departments concerned send figures"])
    def test_also_when_it_is_only_written(self, counter, text):
        assert counter.refuses(counter.assigner, f"/action add {text} 11月27日前").text == "owner-collective"

    @pytest.mark.parametrize("text", ["通知各部门", "tell the team", "all hands meeting"])
    def test_but_not_as_whom_it_is_done_to(self, counter, text):
        assert "owner*" in asked(counter.asks(counter.assigner, f"/action add {text} 下周五前"))

    @pytest.mark.parametrize("how", ["@郑十", "@郑十#8", ""])
    def test_somebody_who_has_left(self, counter, how):
        counter.keeps(lambda records: records.people.save(replace(counter.nobody, active=False)))
        mentions = [] if how else [counter.nobody]
        refusal = counter.refuses(counter.assigner, f"/action add 报数据 {how} 周五", mentions=mentions)
        assert refusal.text == "person-unknown"

    def test_with_an_owner_they_are_words_like_others(self, counter):
        counter.asks(counter.assigner, "/action add 通知各部门报数据 @李四 周五")
        assert counter.last().text == "通知各部门报数据"

    def test_a_department_names_its_head(self, counter):
        refusal = counter.refuses(counter.assigner, "/action add 报数据 @技术部 周五")
        assert (refusal.text, refusal.args_["heads"]) == ("owner-department", (counter.head.id,))

    def test_an_unknown_name(self, counter):
        refusal = counter.refuses(counter.assigner, "/action add 报数据 @李四四 周五")
        assert refusal.text in ("person-unknown",)

    def test_namesakes_are_listed_and_chosen_by_number(self, counter):
        one, other = counter.hires("王伟"), counter.hires("王伟")
        refusal = counter.refuses(counter.assigner, "/action add 报数据 @王伟 周五")
        assert (refusal.text, refusal.args_["candidates"]) == ("person-ambiguous", (one.id, other.id))
        counter.asks(counter.assigner, f"/action add 报数据 @王伟#{other.id} 周五")
        assert counter.last().owner == other.id

    def test_a_name_of_several_words_is_found_whole_and_so_is_its_first_word_alone(self, counter):
        sun, sun_li, other = counter.hires("Sun"), counter.hires("Sun Li"), counter.hires("Sun Li")
        for typed, owner in (("Sun", sun), (f"sun  li#{sun_li.id}", sun_li), (f"Sun Li#{other.id}", other)):
            counter.asks(counter.assigner, f"/action add report @{typed} next Friday std: two pages")
            assert (counter.last().owner, counter.last().text) == (owner.id, "report")
        assert counter.refuses(counter.assigner, "/action add report @Sun Li Friday").text == "person-ambiguous"

    def test_a_number_further_on_is_nobodys(self, counter):
        counter.asks(counter.assigner, f"/action add report @李四 see PR#{counter.head.id} next Friday")
        assert counter.last().owner == counter.owner.id

    def test_an_unknown_department(self, counter):
        assert (
            counter.refuses(counter.assigner, "/action add 报数据 @李四 周五 部门：法务部").text == "department-unknown"
        )

    @pytest.mark.parametrize(
        ("label", "field"), [("", "text"), ("标准：", "criterion"), ("地点：", "place"), ("备注：", "remarks")]
    )
    def test_text_over_the_limit_is_refused_not_cut(self, counter, label, field):
        counter.asks(counter.assigner, f"/action add 一 @李四 周五 {label}{'字' * (498 if not label else 500)}")
        refusal = counter.refuses(counter.assigner, f"/action add 二 @李四 周五 {label}{'字' * 501}")
        assert (refusal.text, refusal.field, refusal.args_["limit"]) == ("text-too-long", field, 500)

    def test_forty_thousand_characters(self, counter):
        assert counter.refuses(counter.assigner, f"/action add {'a b@' * 10_000} @李四 周五").text == "text-too-long"


class TestAsked:
    """Only what is missing is asked; a form and a plain message answer alike (UX 1)."""

    def test_alone_it_asks_everything(self, counter):
        form = counter.asks(counter.assigner, "/action add")
        assert asked(form)[:3] == ["text*", "owner*", "due*"]
        counter.fills(
            counter.assigner,
            form,
            text="写报告",
            owner="李四",
            due="下周五",
            priority="high",
            supporters="孙七, 客服部",
        )
        item = counter.last()
        assert (item.text, item.owner, item.due.day, item.priority) == (
            "写报告",
            counter.owner.id,
            FRIDAY,
            Priority.HIGH,
        )
        assert len(item.supporters) == 2

    @pytest.mark.parametrize(
        ("said", "missing", "answer"),
        [
            ("写报告 @李四", ["due*", "criterion"], "下周五"),
            ("写报告 @李四", ["due*", "criterion"], "下周五 标准：两页"),
            ("写报告 下周五前", ["owner*", "criterion"], "@李四"),
            ("写报告 下周五前", ["owner*", "criterion"], "李四"),
            ("写报告 下周五前 标准：两页", ["owner*"], "李四"),
            ("写报告", ["owner*", "due*", "criterion"], "@李四 下周五"),
            ("写报告", ["owner*", "due*", "criterion"], "下周五 @李四"),
            ("写报告", ["owner*", "due*", "criterion"], "李四 下周五"),
            ("@李四 下周五", ["text*", "criterion"], "写报告"),
            ("写报告 @李四 地点：三楼", ["due*", "criterion"], "下周五"),
            ("写报告 下周五前 配合：@孙七", ["owner*", "criterion"], "@李四"),
        ],
    )  # fmt: skip
    def test_what_is_missing_and_a_plain_answer(self, counter, said, missing, answer):
        form = counter.asks(counter.assigner, f"/action add {said}")
        assert asked(form) == missing
        assert counter.items() == []
        counter.continues(counter.assigner, form, answer)
        item = counter.last()
        assert (item.text, item.owner, item.due.day) == ("写报告", counter.owner.id, FRIDAY)
        assert item.place == ("三楼" if "三楼" in said else "")

    def test_an_answer_that_still_leaves_a_gap_is_asked_on(self, counter):
        form = counter.continues(counter.assigner, counter.asks(counter.assigner, "/action add 写报告"), "@李四")
        assert asked(form) == ["due*", "criterion"]
        counter.continues(counter.assigner, form, "下周五")
        assert (counter.last().text, counter.last().due.day) == ("写报告", FRIDAY)

    def test_one_line_does_not_write_to_a_whole_company(self, counter):
        """Twenty supporters are told at once (A10); for more there are departments."""
        many = [f"员工{n:02d}" for n in range(MOST_SUPPORTERS + 1)]
        for name in many:
            counter.keeps(lambda records, name=name: records.people.save(Person(0, name, "Asia/Shanghai", "zh-Hans")))
        line = "/action add 写报告 @李四 下周五前 配合：" + "、".join(f"@{name}" for name in many)
        refusal = counter.refuses(counter.assigner, line)
        assert (refusal.text, refusal.field, refusal.args_["n"]) == (
            "supporters-many",
            "supporters",
            MOST_SUPPORTERS + 1,
        )
        counter.asks(counter.assigner, line.removesuffix(f"、@{many[-1]}"))
        assert len(counter.last().supporters) == MOST_SUPPORTERS

    def test_a_name_in_the_middle_of_words_is_no_owner(self, counter):
        """Nothing is invented."""
        assert "owner*" in asked(counter.asks(counter.assigner, "/action add 李四 的报告 下周五前"))

    def test_a_wrong_value_is_said_at_its_field_and_the_rest_is_kept(self, counter):
        form = counter.asks(counter.assigner, "/action add")
        again = counter.fills(counter.assigner, form, text="写：报告", owner="无此人", due="尽快", criterion="两页")
        assert {one.name for one in again.fields if one.problem} == {"owner", "due"}
        counter.fills(counter.assigner, again, owner="李四", due="下周五")
        assert (counter.last().text, counter.last().criterion) == ("写：报告", "两页")

    def test_a_messengers_own_id_names_a_person(self, counter):
        form = counter.asks(counter.assigner, "/action add 写报告 下周五前")
        bo = counter.hires("Bo Li")
        counter.fills(counter.assigner, form, owner="Bo Li")
        assert counter.last().owner == bo.id

    def test_todays_end_has_passed_and_tomorrow_is_offered(self, counter):
        counter.waits(hours=10)
        refusal = counter.refuses(counter.assigner, "/action add 写报告 @李四 今天 标准：两页")
        assert refusal.text == "due-over"
        counter.presses(counter.assigner, refusal.offers[0].command)
        assert (counter.last().due.day, counter.last().criterion) == (date(2026, 11, 19), "两页")


class TestFar:
    def test_a_day_far_off_is_asked_about_and_pressed(self, counter):
        refusal = counter.refuses(counter.assigner, "/action add 年审 @李四 11月1日")
        assert (refusal.text, refusal.args_["day"]) == ("due-far", date(2027, 11, 1))
        counter.presses(counter.assigner, refusal.offers[0].command)
        assert counter.last().due.day == date(2027, 11, 1)


def test_a_day_reckoned_into_an_unpublished_year_says_so(counter):
    """T2: 30 working days from 18 November 2026 reach into January."""
    assert "2027" in plain(counter.asks(counter.assigner, "/action add 年审 @李四 40个工作日内"))
    assert "2027" not in plain(counter.asks(counter.assigner, "/action add 周会 @李四 下周五前"))


class TestTwice:
    def test_the_same_again_records_nothing_and_can_be_insisted_on(self, counter):
        line = "/action add 写报告 @李四 周五 标准：两页"
        counter.asks(counter.assigner, line)
        refusal = counter.refuses(counter.assigner, line)
        assert (refusal.text, refusal.args_["action"]) == ("add-twin", "A-1")
        counter.presses(counter.assigner, refusal.offers[0].command)
        assert [(one.text, one.criterion) for one in counter.items()] == [("写报告", "两页")] * 2

    def test_after_two_minutes_it_is_another(self, counter):
        counter.asks(counter.assigner, "/action add 写报告 @李四 周五")
        counter.now += timedelta(minutes=2, seconds=1)
        counter.asks(counter.assigner, "/action add 写报告 @李四 周五")
        assert len(counter.items()) == 2


class TestFromAMessage:
    """UX 8."""

    MESSAGE = Quoted("登录页偶尔打不开，谁看一下", Account("paper", "孙七"), "https://chat.example/m/77")

    def test_its_text_author_and_link(self, counter):
        counter.asks(counter.assigner, "/action add @李四 周五", quoted=self.MESSAGE)
        item = counter.last()
        assert (item.text, item.source.url) == (self.MESSAGE.text, self.MESSAGE.url)
        assert (item.source.quote, item.source.quoted_from) == (self.MESSAGE.text, "孙七")

    def test_ones_own_words_win_and_the_message_is_kept(self, counter):
        counter.asks(counter.assigner, "/action add 修登录页 @李四 周五", quoted=self.MESSAGE)
        assert (counter.last().text, counter.last().source.quote) == ("修登录页", self.MESSAGE.text)

    @pytest.mark.parametrize(
        "text", ["明天 @everyone 看：登录页 !!", "by Friday; maybe", "“引”「号」", "第一行\n第二行：@谁"]
    )
    def test_it_survives_a_question_whatever_it_says(self, counter, text):
        form = counter.asks(counter.assigner, "/action add @李四", quoted=Quoted(text, None, "https://chat.example/1"))
        counter.fills(counter.assigner, form, due="2026-11-27")
        item = counter.last()
        assert (item.text, item.source.quote, item.source.url) == (text, text, "https://chat.example/1")

    def test_one_too_long_for_a_title_is_quoted_and_the_title_asked(self, counter):
        form = counter.asks(counter.assigner, "/action add @李四 周五", quoted=Quoted("长" * 501, None, ""))
        assert "text*" in asked(form)
        counter.fills(counter.assigner, form, text="摘要")
        assert (counter.last().text, counter.last().source.quote) == ("摘要", "长" * 501)

    def test_a_reply_to_the_bot_is_no_source(self, counter):
        form = counter.asks(
            counter.assigner, "/action add @李四 周五", quoted=Quoted("A-1 已记录", None, "", Posted("p", "c", "1"))
        )
        assert "text*" in asked(form)
