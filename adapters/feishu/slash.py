"""Native slash commands: offered in the client's input, where the tenant has them (platform sheet 2.3).

Choosing one sends an ordinary message that begins with it, so nothing depends on them: without the scope, or in an older
client, the same is typed.
"""

import structlog

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Json
from bot.errors import Delivery

log = structlog.get_logger()

PATH = "application/v7/app_slash_commands"
OFFERED = {
    "action": ("行动项：/action 新增 输出流程 @李四 周五", "Action items: /action add write it @bo Friday"),
    "meeting": ("会议：/meeting 新建 周会 周五 10:00", "Meetings: /meeting new Weekly Friday 10:00"),
    "minutes": ("会议纪要", "Minutes"),
    "digest": ("这一周的情况", "How the week goes"),
    "settings": ("时区、语言、提醒", "Time zone, language, reminders"),
    "help": ("我能做什么", "What I can do"),
}
"""Command → what it is for, in Chinese and in English."""


async def offer(calls: Calls) -> None:
    """Makes the tenant's list what it should be: ours are added or mended, nobody else's is touched. What Feishu does not
    let us do is logged and let be."""
    try:
        standing = {str(one.get("command")): one async for one in calls.pages(PATH)}
        for command, (chinese, english) in OFFERED.items():
            await _offer(calls, standing.get(command), _body(command, chinese, english))
    except Delivery as fault:
        log.info("native slash commands are not offered", reason=str(fault))


async def _offer(calls: Calls, standing: Json | None, body: Json) -> None:
    if standing is None:
        await calls.call("POST", PATH, body)
    elif standing.get("description") != body["description"]:
        await calls.call("PATCH", f"{PATH}/{standing['command_id']}", body)


def _body(command: str, chinese: str, english: str) -> Json:
    return {"command": command, "description": {"default_value": english, "i18n": {"zh_cn": chinese, "en_us": english}}}
