"""`python -m tests.simulators.feishu`: a Feishu to connect a bot to, with people at the keyboard.

A line is `name: words` to the bot, `name@group: words` into a group, `name! label` to press, `name?` to look.
"""

import asyncio
import re
import sys
from argparse import ArgumentParser
from contextlib import suppress

from tests.simulators.feishu.errors import Barred
from tests.simulators.feishu.people import Colleague, Group
from tests.simulators.feishu.tenant import Tenant

PORT = 9100
PEOPLE = {"ann": "安娜", "bo": "薄一", "cy": "陈一"}
_LINE = re.compile(r"(?P<who>\w+)(?:@(?P<where>\w+))?\s*(?P<what>[:!?])\s*(?P<words>.*)")


async def serve(port: int, request_url: str) -> None:
    acme = Tenant()
    tech = acme.department("技术部")
    people = {name: acme.hires(real, tech) for name, real in PEOPLE.items()}
    tech.leaders = [people["cy"].id]
    groups = {"product": acme.group("产品", *people.values())}
    if request_url:
        acme.app.socket, acme.door.url = False, request_url
    async with acme.serving(port) as url:
        print(configuration(acme, url))
        print(f"\npeople {', '.join(people)}; groups {', '.join(groups)}; e.g.  ann: /action add", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _does(line.strip(), people, groups)
        await asyncio.Event().wait()


def configuration(acme: Tenant, url: str) -> str:
    """What to write into config.toml."""
    app = acme.app
    keys = f'encrypt_key = "{app.encrypt_key}"\nverification_token = "{app.verification_token}"'
    how = "" if app.socket else f'\nmode = "webhook"\n{keys}'
    return f'[feishu]\ndomain = "{url}"\napp_id = "{app.id}"\napp_secret = "{app.secret}"{how}'


async def _does(line: str, people: dict[str, Colleague], groups: dict[str, Group]) -> None:
    read = _LINE.fullmatch(line)
    who, group = (people.get(read["who"]), groups.get(read["where"] or "")) if read else (None, None)
    if read is None or who is None:
        print("name: words | name@group: words | name! label | name?", flush=True)
        return
    try:
        if read["what"] == ":":
            await who.says(read["words"], group)
        elif read["what"] == "!":
            await who.presses(read["words"], group)
    except Barred as barred:
        print(f"({barred})")
    print(who.sees(group), flush=True)


def main() -> None:
    asked = ArgumentParser(prog="python -m tests.simulators.feishu", description="A strict local Feishu.")
    asked.add_argument("--port", type=int, default=PORT)
    asked.add_argument("--request-url", default="", help="webhook mode: the bot's URL; else the long connection")
    given = asked.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, given.request_url))


if __name__ == "__main__":
    main()
