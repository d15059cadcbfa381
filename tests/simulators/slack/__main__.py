"""`python -m tests.simulators.slack`: a Slack to connect a bot to, with a page to click in."""

import asyncio
from argparse import ArgumentParser
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from tests.simulators.slack.app import App
from tests.simulators.slack.desk import Desk
from tests.simulators.slack.workspace import Workspace

PORT = 9000
PEOPLE = (("ann", "安娜"), ("bo", "薄一"), ("cy", "陈一"))


def workspace(manifest: str) -> Workspace:
    """Three people in two channels; the app as the manifest has it, or with everything on."""
    app = App.of(import_module("yaml").safe_load(Path(manifest).read_text(encoding="utf-8"))) if manifest else App()
    if not manifest:
        app.shortcuts = (
            ("message", "create_action", "Create action item"),
            ("global", "new_action", "New action item"),
        )
    acme = Workspace(app=app)
    people = [acme.hires(name, real_name) for name, real_name in PEOPLE]
    acme.channel("product", *people)
    acme.channel("support", *people[1:], private=True)
    return acme


async def serve(port: int, manifest: str, request_url: str) -> None:
    acme = workspace(manifest)
    if request_url:
        acme.app.socket_mode, acme.slack.door.url = False, request_url
    async with acme.serving(port, *Desk(acme).routes) as url:
        print(f"{configuration(acme, url)}\n\nIts people click at {url}/", flush=True)
        await asyncio.Event().wait()


def configuration(acme: Workspace, url: str) -> str:
    """What to write into config.toml. Several workspaces (docs/slack.md) take the two lines of the app besides."""
    app = acme.app
    how = (
        f'app_token = "{app.app_token}"'
        if app.socket_mode
        else f'mode = "http"\nsigning_secret = "{app.signing_secret}"'
    )
    several = f'# client_id = "{app.client_id}"\n# client_secret = "{app.client_secret}"'
    return f'[slack]\napi_url = "{url}/api"\nbot_token = "{acme.token}"\n{how}\n{several}'


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.simulators.slack", description="A strict local Slack.")
    asked.add_argument("--port", type=int, default=PORT)
    asked.add_argument("--manifest", default="", help="the app's manifest, YAML or JSON; without it everything is on")
    asked.add_argument("--request-url", default="", help="HTTP mode: the bot's URL for events; else Socket Mode")
    given = asked.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, given.manifest, given.request_url))


if __name__ == "__main__":
    main()
