"""N6: the record as a file, made after the commit, for those who may read it."""

import pytest

from bot.cards import Card, File
from tests.ended import ended


@pytest.fixture
def sent(office, cast):
    made = ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.sun])
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    return made


def filed(who, line: str) -> File:
    who.types(line)
    answer = who.answers[-1]
    assert isinstance(answer, File), who.answer
    return answer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "ending", "begins"),
    [
        ("", "pdf", b"%PDF"),
        ("pdf", "pdf", b"%PDF"),
        ("Word", "docx", b"PK"),
        ("docx", "docx", b"PK"),
        ("md", "md", b"# "),
    ],
)
def test_pdf_unless_something_else_is_said(cast, sent, said, ending, begins):
    file = filed(cast.sun, f"/纪要 文件 M-1 {said}")
    assert file.name == f"Q3 产品规划会-v1-20261118.{ending}"
    assert file.content.startswith(begins)


@pytest.mark.parametrize("line", ["/minutes docx M-1", "/纪要 M-1 docx", "/minutes DOCX M-1 v1", "docx M-1"])
def test_the_ending_is_a_name_of_the_command(cast, sent, line):
    assert filed(cast.sun, line).name == "Q3 产品规划会-v1-20261118.docx"


def test_the_text_is_the_cards(cast, sent):
    text = filed(cast.sun, "/minutes file M-1 md").content.decode()
    for words in ("网页版用户最多", "先上线网页版", "海外版本", "王五"):
        assert words in text


def test_another_kind_is_refused_and_so_is_who_may_not_read_it(office, cast, sent):
    assert "不在可选的范围内" in cast.sun.types("/minutes file M-1 exe")
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li], confidential=True)
    for line in ("/minutes file M-2", "/minutes pdf M-2"):
        assert cast.sun.types(line).startswith("M-2 是保密的")


def test_a_redelivered_event_is_answered_with_the_way_to_ask_again(cast, sent):
    filed(cast.sun, "/minutes file M-1 docx")
    cast.sun.again()
    assert isinstance(cast.sun.answers[-1], Card)
    cast.sun.presses("取文件")
    assert isinstance(cast.sun.answers[-1], File)
