"""The command line: what each command is called, takes and says of itself; its work is done in bot/cli.

Every command loads what it needs when it runs, so that `bihuan --help` is quick. Exit codes: 0 done, 1 it failed,
2 the configuration or the command line is wrong.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app.release import release

cli = typer.Typer(
    name="bihuan",
    help="闭环 Bihuan closes the loop on meetings' action items: one owner, one exact day, reminded, delivered, verified."
    "\n\nTo look around, with nothing to set up: [bold]bihuan demo[/bold]. For your own workplace: copy "
    "config.example.toml to config.toml, then [bold]bihuan check[/bold] and [bold]bihuan run[/bold].",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
export = typer.Typer(help="Write what is kept into a file to take along.", no_args_is_help=True)
imports = typer.Typer(help="Bring people in from a file, with a preview.", no_args_is_help=True)
cli.add_typer(export, name="export", rich_help_panel="Data")
cli.add_typer(imports, name="import", rich_help_panel="Data")
syncs = typer.Typer(help="Read now what is otherwise read every hour.", no_args_is_help=True)
cli.add_typer(syncs, name="sync", rich_help_panel="Data")


def _configuration(which: str) -> Any:
    told = f"The configuration{which} BIHUAN_SECTION__KEY in the environment wins over the file."
    return typer.Option("--config", "-c", metavar="FILE", show_default=False, help=told)


Config = Annotated[Path | None, _configuration("; without it ./config.toml, where there is one.")]
Whose = Annotated[Path | None, _configuration(" of a workplace of your own; without it the demo's.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="FOLDER", show_default=False, help="Where the demo keeps its workplace."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log at DEBUG: also what people write. Never secrets.")]


@cli.command(rich_help_panel="Start")
def demo(
    reset: Annotated[
        bool, typer.Option("--reset", help="Restore the sample workplace: what was done in it goes.")
    ] = False,
    host: Annotated[
        str, typer.Option(help="Where to listen; only this machine's own addresses are allowed.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(help="The port; without it 8080 or the next free one.", min=1, max=65535)
    ] = None,
    data: Data = None,
    verbose: Verbose = False,
) -> None:
    """Start a sample workplace in the browser: a dozen people, a few items, and a clock you can move."""
    from bot.cli.demo import demo

    raise typer.Exit(demo(reset=reset, host=host, port=port, data=data, verbose=verbose))


@cli.command(rich_help_panel="Start")
def run(config: Config = None, verbose: Verbose = False) -> None:
    """Start your workplace, with the messengers of your configuration."""
    from bot.cli.run import run

    raise typer.Exit(run(config, verbose=verbose))


@cli.command(rich_help_panel="Start")
def chat(
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Who speaks: a name, an e-mail address or name#id.")
    ],
    config: Whose = None,
    data: Data = None,
    verbose: Verbose = False,
) -> None:
    """Talk to the workplace in this terminal, or through a pipe: one message a line, answers on standard output.

    Without --config it is the demo's workplace, also while `bihuan demo` runs."""
    from bot.cli.chat import chat

    raise typer.Exit(chat(name, config, data, verbose=verbose))


@cli.command(rich_help_panel="Start")
def check(config: Config = None) -> None:
    """Name every fault of the configuration, the database, the calendar and the messengers, all at once."""
    from bot.cli.check import check

    raise typer.Exit(check(config))


@cli.command(rich_help_panel="Start")
def due(
    phrases: Annotated[
        list[str], typer.Argument(metavar="PHRASE...", help="Due phrases as people type them: 下周五, by Friday.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a phrase.")] = False,
    now: Annotated[
        str | None, typer.Option(metavar="ISO", help="The moment it is said; without it the present one.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="LANG", help="The language of the answer: zh-Hans, zh-Hant or en.")] = "",
    zone: Annotated[str, typer.Option(metavar="ZONE", help="The zone of who says it, such as Asia/Shanghai.")] = "",
) -> None:
    """Try due phrases: the exact day each means, or why it means none."""
    from bot.cli.due import due

    raise typer.Exit(due(phrases, as_json=as_json, now=now, language=lang, zone=zone))


@export.command("actions")
def export_actions(
    kind: Annotated[str, typer.Option("--format", "-f", help="csv, json or xlsx.")] = "csv",
    to: Annotated[
        Path | None, typer.Option("--to", "-o", metavar="FILE", help="The file; without it standard output.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="LANG", help="zh-Hans, zh-Hant or en; without it the workplace's.")] = "",
    reader: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Also confidential meetings' items that this person may see.")
    ] = "",
    config: Config = None,
) -> None:
    """Every action item with all its fields, as CSV, JSON or an Excel sheet; confidential meetings' only with --as."""
    from bot.cli.export import export

    raise typer.Exit(export(kind, to, lang, config, reader))


@imports.command("people")
def import_people(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV file as Excel writes it (UTF-8, GB18030, Big5, UTF-16), its first row naming the columns.",
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking, when no row is wrong.")] = False,
    config: Config = None,
) -> None:
    """People, their departments and accounts: shown first with each wrong row, written all together or not at all.

    Columns: name, email, department, head (yes, or the head's name), timezone, language, accounts (messenger:id;…);
    or 姓名、邮箱、部门、负责人、时区、语言、账号. Only the name is needed."""
    from bot.cli.people import import_people

    raise typer.Exit(import_people(file, config, yes=yes))


@syncs.command("people")
def sync_people(config: Config = None) -> None:
    """People, departments and heads from the directories of your messengers, also while the workplace runs.

    Says how many were read, who is new and who has left, and what a messenger does not show."""
    from bot.cli.sync import sync_people

    raise typer.Exit(sync_people(config))


@cli.command(rich_help_panel="Data")
def migrate(config: Config = None) -> None:
    """Bring the database to this version after an upgrade; the workplace must be stopped. SQLite is copied first."""
    from bot.cli.database import migrate

    raise typer.Exit(migrate(config))


@cli.command(rich_help_panel="Data")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; must not exist yet.")], config: Config = None
) -> None:
    """Copy the SQLite database into FILE while the workplace runs."""
    from bot.cli.database import backup

    raise typer.Exit(backup(file, config))


@cli.command(rich_help_panel="Data")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `bihuan backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Replace the present database without asking.")] = False,
    config: Config = None,
) -> None:
    """Put a backup in the database's place; the workplace must be stopped. The present file is kept beside it."""
    from bot.cli.database import restore

    raise typer.Exit(restore(file, config, yes=yes))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bihuan {release()}")
        raise typer.Exit


@cli.callback()
def bihuan(
    shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """What is common to every command."""
    del shown


def main() -> None:
    """The console script. UTF-8 whatever the terminal's locale says: the words are Chinese, the lights are emoji.

    Nothing that is loaded at the start is garbage: looking for it would cost a tenth of the time (see `ends`). Nor does
    anybody's plugin look at our configuration: looking for one opens every package that is installed."""
    gc.disable()
    _have_streams()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    cli()


def _have_streams() -> None:
    """Standard streams that whoever started us has closed lead nowhere. Else the database would be given their numbers."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(opened)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w"))


if __name__ == "__main__":
    main()
