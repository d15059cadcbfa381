"""A command line to type into, and a workplace of its own for it."""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
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

    def types(self, *words: str, input: str = "", **env: str) -> Result:
        """The command with this shop's configuration."""
        return CliRunner().invoke(cli, [*words, "--config", str(self.config)], input=input, env=self.around(**env))

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
