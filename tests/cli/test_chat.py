"""`bihuan chat`: the same workplace down a pipe, alone and beside a demo that runs."""

import pytest

from bot.store import Query
from tests.cli.conftest import Served, started

pytestmark = pytest.mark.slow


def chats(folder, name, *lines):
    process = started("chat", "--as", name, "--data", str(folder), folder=folder)
    out, errors = process.communicate("".join(f"{line}\n" for line in lines), timeout=60)
    return process.returncode, out, errors


def test_a_story_down_a_pipe(folder):
    """Everybody's messages are printed, each before the next line is taken."""
    code, out, errors = chats(
        folder, "张三",
        "/action add 写发布说明 @陈静 11月30日 标准：中英文", "/as 陈静", "接受 A-11", "完成 A-11 发布说明.docx",
        "/as 张三", "验收 A-11",
    )  # fmt: skip
    assert (code, errors) == (0, "")
    told = ["已记录 A-11", "→ 陈静", "请确认：A-11", "→ 张三", "A-11 已提交，请验收", "A-11 验收通过"]
    places = [out.index(one) for one in told]
    assert places == sorted(places)


def test_the_clock_is_moved_and_returns_when_all_is_told(folder):
    code, out, _ = chats(folder, "郑凯", "接受 A-10", "/time +7d", "/action list")
    assert code == 0
    due, now, listed = (out.index(sign) for sign in ("A-10 今天", "工作区时间", "我的行动项"))
    assert due < now < listed


def test_alone_what_rooms_are_told_is_printed_too_and_can_be_replied_to(folder):
    code, out, errors = chats(folder, "张三", "/in #产品规划", "/time +7d", "/in 没有这个", "/re 999 完成")
    assert (code, errors) == (0, "")
    assert "→ #产品规划 ·" in out
    assert "→ #Customer care ·" in out
    assert "没有叫“没有这个”的群组" in out
    assert "没有第 999 条消息" in out


def test_the_end_of_time_is_not_reached(folder):
    code, out, _ = chats(folder, "张三", "/time 9999-12-31 09:00", "/time +9999w", "/action")
    assert code == 0
    assert out.count("一次最多一年") == 2
    assert "我的行动项" in out


def test_a_name_nobody_bears_is_answered_with_those_there_are(folder):
    code, _, errors = chats(folder, "Nobody")
    assert code == 1
    assert 'Nobody is exactly "Nobody"' in errors
    assert "Emma Clarke" in errors


def test_beside_a_demo_that_runs(folder):
    """Both see the same items; the other process delivers, and what it tells the speaker is heard here."""
    with Served(folder) as demo:
        code, out, errors = chats(
            folder, "Emma Clarke", "/action add check it @李四 in 5 days std: seen", "/time +5d", "/action"
        )
        assert (code, errors) == (0, "")
        assert "A-11" in demo.get("/api/history?as=lisi&conversation=d:bihuan:lisi")
    assert "A-11 recorded" in out
    assert "── " in out
    assert out.index("A-11 recorded") < out.index("── ")


def test_afterwards_messages_go_to_the_web_again(folder):
    chats(folder, "张三", "你好")
    with Served(folder) as demo:
        chats(folder, "张三", "/action add 再看一遍 @李四 11月30日 标准：x")
        assert "再看一遍" in demo.get("/api/history?as=lisi&conversation=d:bihuan:lisi")


def test_a_terminal_that_was_killed_keeps_no_messages_to_itself(folder):
    process = started("chat", "--as", "张三", "--data", str(folder), folder=folder)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("我是谁\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.kill()
    process.communicate(timeout=10)
    with Served(folder) as demo:
        chats(folder, "张三", "/action add 再看一遍 @李四 11月30日 标准：x")
        assert "再看一遍" in demo.get("/api/history?as=lisi&conversation=d:bihuan:lisi")


def test_the_workplace_of_a_configuration(shop):
    """It speaks and is answered; who is named gets an account in the terminal; there is no time machine there."""
    people = shop.folder / "people.csv"
    people.write_text("name,email,language\nAnn,ann@example.com,en\nBo,bo@example.com,en\n")
    shop.types("import", "people", str(people), "--yes")
    result = shop.types("chat", "--as", "Ann", typed="/action add check it @Bo by 2030-11-29 std: seen\n/time +1d\n")
    assert result.exit_code == 0, result.output
    assert "A-1 recorded" in result.stdout
    assert "/time" in result.stdout
    (action,) = shop.reads(lambda records: records.actions.find(Query()))
    assert (action.text, action.owner) == ("check it", shop.people().named("Bo").id)
    waiting = shop.reads(lambda records: records.outbox.count())
    assert waiting["pending"] == 1
