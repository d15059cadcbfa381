"""A strict local Slack, spoken to by the real slack_sdk and bolt over real sockets. The truth is the platform sheet.

    workspace = Workspace()                                      # or Workspace(clock, app=App.of(manifest))
    ann, bo = workspace.hires("ann", "安娜"), workspace.hires("bo", "薄一", tz="Europe/Madrid")
    product = workspace.channel("product", ann, bo)
    async with workspace.serving() as url:                       # the bot: base_url=f"{url}/api/", workspace.token
        await workspace.connected()                              # or workspace.slack.door.url = … for HTTP mode
        await ann.types("/action add 输出流程 @薄一 周五", product)
        await bo.presses("接受")
        await ann.fills({"截止": "2026-12-01"})
        workspace.faults.next("chat.postMessage", faults.records_then_closes(), "not_in_channel")
        await workspace.advance(minutes=5)                       # repetitions, schedules, expiries
        assert "已接受" in ann.sees(product)
    assert workspace.complaints == []                            # nothing that Slack could do nothing with

Who does what: people, keyboard, eyes, forms and answers are the client; workspace, screens and hooks what Slack keeps;
wire, api and kit the Web API; courier, sockets and door the way to the bot; pace, faults and unverified what can be
set. By hand: `python -m tests.simulators.slack` serves a page to click in.
"""

from tests.simulators.slack.app import App
from tests.simulators.slack.errors import Barred
from tests.simulators.slack.people import Channel, Colleague
from tests.simulators.slack.server import Slack
from tests.simulators.slack.workspace import Workspace

__all__ = ["App", "Barred", "Channel", "Colleague", "Slack", "Workspace"]
