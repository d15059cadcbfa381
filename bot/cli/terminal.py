"""How a command speaks: sentences in the terminal's language, faults on standard error, progress only when watched.

`@ends` turns what a command may run into (a bad configuration, a database that cannot be used, a refused request) into
sentences and an exit code: 0 done, 1 it failed, 2 the configuration or the command line is wrong.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from bot.choices import Fault
from bot.config import BadConfig, Settings, load
from bot.store import Broken, Unavailable
from bot.texts import Words, spoken, words

if TYPE_CHECKING:
    from rich.console import Console

P = ParamSpec("P")
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

DONE, FAILED, MISUSED = 0, 1, 2
HERE = Path("config.toml")
_PIPE_WIDTH = 160


class Stopped(Exception):
    """The command ends here: catalogue entry `text` with `args` says why; `code` is 1 or 2."""

    def __init__(self, text: str, /, *, code: int = FAILED, **args: object) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.given = args


class Terminal:
    """Standard output and error of this process, in the language its locale asks for."""

    @property
    def words(self) -> Words:
        """The catalogue of whoever sits here."""
        variables = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        locale = next((value for value in variables if value), "").partition(".")[0]
        return words("en" if locale in ("", "C", "POSIX") else spoken(locale))

    @property
    def out(self) -> "Console":
        """Where tables go: as wide as the window, or wide enough for a pipe."""
        from rich.console import Console

        width = None if sys.stdout.isatty() else _PIPE_WIDTH
        return Console(file=sys.stdout, highlight=False, markup=False, width=width)

    def say(self, text: str, /, **args: object) -> None:
        """One sentence of the catalogue on standard output."""
        self.line(self.words(text, **args))

    def mention(self, text: str, /, **args: object) -> None:
        """As `say`, by what goes on also where nobody can read it: a full disk, a reader that has gone."""
        try:
            self.say(text, **args)
        except OSError:
            _muted()

    def line(self, line: str) -> None:
        """One line on standard output, at once."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def complain(self, text: str, /, **args: object) -> None:
        """One sentence of the catalogue on standard error."""
        sys.stderr.write(f"{self.words(text, **args)}\n")

    def fault(self, fault: Fault) -> str:
        """The sentence of a fault of the configuration."""
        wants = self.words(f"wants-{fault.wants}") if fault.wants else ""
        return self.words(fault.text, key=fault.key, wants=wants, **fault.args)

    def asked(self, text: str, /, **args: object) -> bool:
        """A yes-no question; no when nobody is there to answer."""
        if not sys.stdin.isatty():
            return False
        sys.stdout.write(f"{self.words(text, **args)} [y/N] ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes", "是", "好", "对")


terminal = Terminal()


def ends(command: Callable[P, int]) -> Callable[P, int]:
    """The command with every way it can end told in a sentence."""

    @wraps(command)
    def told(*args: P.args, **named: P.kwargs) -> int:
        gc.freeze()  # what was loaded stays for ever, as in later.for_good; from here on it looks at what comes
        gc.enable()
        try:
            return command(*args, **named)
        except BadConfig as bad:
            for fault in bad.faults:
                sys.stderr.write(f"{terminal.fault(fault)}\n")
            return MISUSED
        except Stopped as stopped:
            terminal.complain(stopped.text, **stopped.given)
            return stopped.code
        except (Broken, Unavailable) as fault:
            terminal.complain("cli-database", reason=str(fault))
            return FAILED
        except KeyboardInterrupt:
            return FAILED
        except BrokenPipeError:
            # Whoever read our output has enough of it; Python must not flush the rest into it at the end.
            _muted()
            return FAILED
        except OSError as fault:
            terminal.complain("cli-unwritable", file=str(fault.filename or ""), reason=fault.strerror or str(fault))
            return FAILED

    return told


def _muted() -> None:
    """What is still said on standard output is lost, and no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def settings(config: Path | None) -> Settings:
    """The configuration of a command: the file that was named, else ./config.toml where there is one."""
    return load(config or (HERE if HERE.exists() else None))


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """A bar on standard error while somebody watches; nothing at all otherwise."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(terminal.words(text), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
