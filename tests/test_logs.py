"""The log: secrets never, what people wrote only at DEBUG."""

import io
import json
import logging
import re

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import MASK, Mask, configure

SECRET = "hunter2-canary"


@pytest.fixture
def lines():
    """Whatever is logged, as the parsed lines; the log is put back as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure("DEBUG", [SECRET, "ab"], stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_secret_is_masked_wherever_it_stands(lines):
    log = structlog.get_logger("x")
    log.info("said %s", SECRET, url=f"https://x/?k={SECRET}", deep={"a": [SECRET, {SECRET: (SECRET,)}]}, thing=Holder())
    logging.getLogger("library").warning("header %s", {"Authorization": SECRET})
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("failed")
        logging.getLogger("library").exception("failed too")
    assert len(lines()) == 4
    assert SECRET not in json.dumps(lines())
    assert all(MASK in json.dumps(line, ensure_ascii=False) for line in lines())


@pytest.mark.parametrize(
    "token",
    [
        "xoxb-17-abcDEF",
        "xoxe.xoxp-1-abc",
        "xapp-1-A0-42-ffff",
        "t-g1044ghJRXEVTAZ5OIRVA2XK4Q",
        "postgresql://bot:pw@db/x",
    ],
)
def test_tokens_nobody_told_us_of_are_known_by_their_shape(lines, token):
    structlog.get_logger().info("got %s back", token)
    (line,) = lines()
    assert token not in line["event"]
    assert re.fullmatch("got .* back", line["event"])


def test_a_bearer_is_masked_and_its_name_stays(lines):
    logging.getLogger("library").warning("Authorization: Bearer abc.def-ghi")
    assert lines()[0]["event"] == f"Authorization: Bearer {MASK}"


def test_words_that_only_look_a_little_like_tokens_stay(lines):
    structlog.get_logger().info("a t-shirt, A-42, u-turn, ab")
    assert lines()[0]["event"] == "a t-shirt, A-42, u-turn, ab"


def test_what_people_wrote_is_only_measured_above_debug(lines):
    log = structlog.get_logger()
    log.info("received", text="机密的事", command="/action add 机密的事")
    log.debug("received", text="机密的事")
    measured, shown = lines()
    assert "机密" not in json.dumps(measured, ensure_ascii=False)
    assert measured["text"] == "(4 characters)"
    assert shown["text"] == "机密的事"


def test_the_event_on_the_way_is_named_in_every_line(lines):
    with structlog.contextvars.bound_contextvars(incoming="web:7"):
        structlog.get_logger().info("one")
        logging.getLogger("library").info("two")
    assert [line["incoming"] for line in lines()] == ["web:7", "web:7"]
    assert [line["logger"] for line in lines()][1] == "library"


@given(st.lists(st.text(min_size=4, max_size=8), min_size=1, max_size=4), st.text(max_size=20), st.text(max_size=20))
def test_no_secret_survives_between_any_words(secrets, before, after):
    masked = Mask(secrets).line(f"{before}{secrets[0]}{after}")
    assert secrets[0] not in masked.replace(MASK, "\0") or secrets[0] in f"{before}\0{after}"


class Holder:
    def __str__(self) -> str:
        return f"holds {SECRET}"
