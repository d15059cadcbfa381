"""`bihuan chat`: the same workplace down a pipe, alone and beside a demo that runs."""

import pytest

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
        "/action add 写发布说明 @陈静 11月30日 标准：中英文", "/as 陈静", "接受 A-10", "完成 A-10 发布说明.docx",
        "/as 张三", "验收 A-10",
    )  # fmt: skip
    assert (code, errors) == (0, "")
    told = ["已记录 A-10", "→ 陈静", "请确认：A-10", "→ 张三", "A-10 已提交，请验收", "A-10 验收通过"]
    places = [out.index(one) for one in told]
    assert places == sorted(places)


def test_the_clock_is_moved_and_returns_when_all_is_told(folder):
    code, out, _ = chats(folder, "郑凯", "接受 A-9", "/time +7d", "/action list")
    assert code == 0
    due, now, listed = (out.index(sign) for sign in ("A-9 今天", "工作区时间", "我的行动项"))
    assert due < now < listed


def test_a_name_nobody_bears_is_answered_with_those_there_are(folder):
    code, _, errors = chats(folder, "Nobody")
    assert code == 1
    assert 'Nobody is exactly "Nobody"' in errors
    assert "Emma Clarke" in errors


def test_beside_a_demo_that_runs(folder):
    """Both see the same items; the other process delivers, and what it tells the speaker is heard here."""
    with Served(folder) as demo:
        code, out, errors = chats(
            folder, "Emma Clarke", "/action add check it @李四 in 5 days std: seen", "/time +2d", "/action"
        )
        assert (code, errors) == (0, "")
        assert "A-10" in demo.get("/api/history?as=lisi&conversation=d:bihuan:lisi")
    assert "A-10 recorded" in out
    assert "── " in out
    assert out.index("A-10 recorded") < out.index("── ")


def test_afterwards_messages_go_to_the_web_again(folder):
    chats(folder, "张三", "你好")
    with Served(folder) as demo:
        chats(folder, "张三", "/action add 再看一遍 @李四 11月30日 标准：x")
        assert "再看一遍" in demo.get("/api/history?as=lisi&conversation=d:bihuan:lisi")
