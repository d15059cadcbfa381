"""The simulator by hand: `python -m tests.simulators.dingtalk [--port 8090]`, then lines at the keyboard."""

import asyncio
import sys
from argparse import ArgumentParser
from contextlib import suppress

from tests.simulators.dingtalk import Barred, Colleague, Group, Organisation

PORT = 8090
KEYBOARD = """Then, at the keyboard:
ann: /action list                one-to-one with the robot
ann@: @闭环 新增 评估 @薄一 周五   in the group
bo! 接受                          presses a button of the newest card
bo?                               what stands before bo, in the group too
+90m                              the clock goes on
disconnect | close | drop         what DingTalk does to the connection"""


async def serve(port: int) -> None:
    """Until the end of input."""
    organisation = Organisation()
    people = {"ann": organisation.hires("0456ann", "安娜", 7), "bo": organisation.hires("0123bo", "薄一", 7)}
    organisation.department(7, "技术部", 1, people["ann"])
    group = organisation.group("项目周会", *people.values())
    async with organisation.serving(port) as url:
        print(configuration(organisation, url), KEYBOARD, sep="\n\n", flush=True)
        while line := (await asyncio.to_thread(sys.stdin.readline)):
            try:
                await obey(organisation, people, group, line.strip())
            except (Barred, KeyError, ValueError) as wrong:
                print(f"✗ {wrong}", flush=True)


def configuration(organisation: Organisation, url: str) -> str:
    """What to write into config.toml."""
    app = organisation.app
    hosts = f'api_url = "{url}/api"\noapi_url = "{url}/oapi"'
    known = f'client_id = "{app.client_id}"\nclient_secret = "{app.client_secret}"\nrobot_code = "{app.robot_code}"'
    return f'[dingtalk]\n{hosts}\n{known}\ncard_template_id = "{next(iter(app.templates))}"'


async def obey(organisation: Organisation, people: dict[str, Colleague], group: Group, line: str) -> None:
    """One line. Raises Barred, KeyError or ValueError for what cannot be done."""
    gateway = organisation.gateway
    if line.startswith("+"):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[line[-1]]
        await organisation.advance(**{unit: float(line[1:-1])})
    elif line == "disconnect":
        await gateway.disconnects()
    elif line in ("close", "drop"):
        await gateway.closes() if line == "close" else gateway.drops()
    elif line.endswith("?"):
        who = people[line[:-1]]
        print(f"— {who.name}\n{who.sees()}\n— {group.title}\n{who.sees(group)}", flush=True)
    elif "!" in line.split(":")[0]:
        name, _, label = line.partition("!")
        await people[name].presses(label.strip())
    elif line:
        name, _, words = line.partition(":")
        await people[name.rstrip("@")].says(words.strip(), group if name.endswith("@") else None)


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.simulators.dingtalk", description="A strict local DingTalk.")
    asked.add_argument("--port", type=int, default=PORT)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(asked.parse_args().port))


if __name__ == "__main__":
    main()
