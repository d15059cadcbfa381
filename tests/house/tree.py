"""The tree as the house's rules see it: each module read and parsed once, and what can be counted in it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "adapters", "storage")

Function = ast.FunctionDef | ast.AsyncFunctionDef

_MESSENGER = re.compile(r"\b(slack|feishu|lark|dingtalk)\b", re.IGNORECASE)
_PATCH = re.compile(r"\bpatch[(.]|\b(?:Magic|Async)?Mock\(|\bmocker\.|\bmonkeypatch\.")
_SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|pyright:\s*ignore)")


@dataclass(frozen=True)
class Module:
    """One file of Python: `path` from the project's root, its `text`."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    def functions(self) -> Iterator[Function]:
        """Every function and method, also those inside others."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def at(self, node: ast.AST | int) -> str:
        """Where somebody looks for it: `bot/due.py:12`."""
        return f"{self.path}:{node if isinstance(node, int) else getattr(node, 'lineno', 0)}"


def code() -> list[Module]:
    """The three packages without the migrations, which are written once and kept as they were."""
    return [module for package in PACKAGES for module in _modules(package) if "/migrations/" not in module.path]


def all_tests() -> list[Module]:
    """Everything under tests/, this file too."""
    return list(_modules("tests"))


def length(function: Function) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    first, last = function.body[0], function.end_lineno or function.lineno
    documented = ast.get_docstring(function) is not None
    return last - function.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def typed(function: Function) -> bool:
    """Says what it takes and what it gives."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    every = all(a.annotation is not None for a in arguments if a.arg not in {"self", "cls"})
    return every and function.returns is not None


def broad_excepts(module: Module) -> list[str]:
    """`except:`, `except Exception` and `except BaseException`, alone or in a tuple."""
    handlers = (node for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler))
    return [module.at(handler) for handler in handlers if _broad(handler.type)]


def clock_reads(module: Module) -> list[str]:
    """datetime.now, datetime.utcnow, datetime.today and date.today, however the class was imported."""
    return [
        module.at(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and ast.unparse(node.value).split(".")[-1] in {"datetime", "date"}
    ]


def named_messengers(module: Module) -> list[str]:
    """Lines that name a messenger, comments not counted."""
    lines = enumerate(module.text.splitlines(), 1)
    return [
        module.at(number) for number, line in lines if _MESSENGER.search(line) and not line.lstrip().startswith("#")
    ]


def patches(module: Module) -> int:
    return len(_PATCH.findall(module.text))


def suppressions(module: Module) -> int:
    return len(_SUPPRESSION.findall(module.text))


def _modules(folder: str) -> Iterator[Module]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def _broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_broad(each) for each in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
