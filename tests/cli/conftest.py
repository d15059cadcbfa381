"""A command line to type into, and a workplace of its own for it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.cli.demo import Place, prepare
from bot.store import Records
from storage import open_store

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Shop:
    """A folder with a configuration and a database in it; `types` runs a command there."""

    folder: Path
    language: str = "en_GB.UTF-8"

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def database(self) -> Path:
        return self.folder / "shop.db"

    def configures(self, text: str) -> None:
        self.config.write_text(f'database.url = "sqlite:///{self.database}"\n{text}', encoding="utf-8")

    def types(self, *words: str, typed: str = "", **env: str) -> Result:
        """The command with this shop's configuration."""
        return CliRunner().invoke(cli, [*words, "--config", str(self.config)], input=typed, env=self.around(**env))

    def around(self, **env: str) -> dict[str, str]:
        return {"LC_ALL": self.language, "NO_COLOR": "1", **env}

    def reads(self, work):
        """What stands in the database."""

        async def read():
            store = open_store(f"sqlite:///{self.database}")
            try:
                return await store.write(work)
            finally:
                await store.close()

        return asyncio.run(read())

    def people(self):
        return self.reads(everybody)


def everybody(records: Records):
    return records.people.directory()


def started(*words: str, folder: Path, **env: str) -> subprocess.Popen[str]:
    """A process of its own, as the console script starts it."""
    folder.mkdir(parents=True, exist_ok=True)
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_GB.UTF-8", **env}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=folder, env=surroundings, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.configures("")
    return shop


class Served:
    """A demo process that has said its two lines; it must stop cleanly."""

    def __init__(self, folder: Path, *words: str) -> None:
        begun = time.perf_counter()
        self.process = started("demo", "--data", str(folder), *words, folder=folder)
        assert self.process.stdout is not None
        self.lines = [self.process.stdout.readline(), self.process.stdout.readline()]
        self.seconds = time.perf_counter() - begun

    @property
    def address(self) -> str:
        return next(word for word in self.lines[0].split() if word.startswith("http://"))

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.read().decode()

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.rest, self.errors = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, self.errors


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """A sample workplace as its first start leaves it; not to be used, only copied."""
    folder = tmp_path_factory.mktemp("sample")
    prepare(Place(folder))
    return folder


@pytest.fixture
def folder(sample, tmp_path):
    """A demo's folder of one's own."""
    return shutil.copytree(sample, tmp_path / "demo")
