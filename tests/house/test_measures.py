"""The measures themselves: each sees what it is for, and nothing else."""

import ast
import textwrap

import pytest

from tests.house.tree import (
    Module,
    broad_excepts,
    clock_reads,
    length,
    named_messengers,
    suppressions,
    typed,
)

HASH = "#"  # so that this file's own text holds no suppression


def test_a_docstring_is_not_length():
    short = module("def f() -> int:\n    '''One.\n\n    Two.\n    '''\n    return 1\n")
    assert [length(f) for f in short.functions()] == [2]


def test_functions_inside_functions_and_classes_are_found():
    nested = module("class A:\n    def f(self):\n        async def g(): ...\n")
    assert [f.name for f in nested.functions()] == ["f", "g"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(a: int, *, b: str) -> None: ...", True),
        ("def f(self, a: int) -> None: ...", True),
        ("def f(a) -> None: ...", False),
        ("def f(*, b) -> None: ...", False),
        ("def f(a, /) -> None: ...", False),
        ("async def f(a: int): ...", False),
    ],
)
def test_typed_means_arguments_and_return(text, expected):
    assert [typed(f) for f in module(text).functions()] == [expected]


@pytest.mark.parametrize(
    ("caught", "count"),
    [
        ("", 1),
        ("Exception", 1),
        ("BaseException", 1),
        ("(ValueError, Exception)", 1),
        ("ValueError", 0),
        ("(OSError, KeyError)", 0),
    ],
)
def test_broad_excepts(caught, count):
    assert len(broad_excepts(module(f"try: ...\nexcept {caught}: ...".replace("except :", "except:")))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("datetime.now(UTC)", 1),
        ("datetime.datetime.utcnow()", 1),
        ("date.today()", 1),
        ("read = datetime.now", 1),
        ("clock.now()", 0),
        ("self.today", 0),
        ("now = datetime(2026, 11, 21, tzinfo=UTC)", 0),
    ],
)
def test_clock_reads(text, count):
    assert len(clock_reads(module(text))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("from slack_bolt import App", 0),
        ("name = 'Slack'", 1),
        ("# Feishu does this", 0),
        ("x = 1  # lark", 1),
        ("slacken()", 0),
    ],
)
def test_named_messengers(text, count):
    assert len(named_messengers(module(text))) == count


def test_suppressions():
    text = f"x = 1  {HASH} noqa: E501\ny = 2  {HASH} type: ignore[misc]\nz = 'no quality assurance'\n"
    assert suppressions(module(text)) == 2


def test_a_place_is_path_and_line():
    assert module("\n\nx = 1").at(ast.parse("\n\nx = 1").body[0]) == "bot/example.py:3"


def module(text: str) -> Module:
    return Module("bot/example.py", textwrap.dedent(text))
