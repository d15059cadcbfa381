"""What the code says by name: every literal catalogue entry that the source asks for, found by reading it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "bot"
CALLED = {"Refusal", "Offer"}


def named() -> Iterator[tuple[str, str]]:
    """(entry, where) for each `Refusal("x")`, `Offer("x")` and `words("x")` with a literal name."""
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _asks(node.func):
                for name in _literals(node.args[0]):
                    yield name, f"{path.name}:{node.lineno}"


def _asks(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "words" or function.attr in CALLED
    return isinstance(function, ast.Name) and (function.id in CALLED or function.id == "words")


def _literals(argument: ast.expr) -> list[str]:
    """The name, or both of `"a" if … else "b"`. Names put together at run time are walked by other tests."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return [*_literals(argument.body), *_literals(argument.orelse)]
    return []
