"""Who we are in Feishu: the bot's own open id, asked once at the start."""

from msgspec import Struct

from adapters.feishu.calls import Calls

_CHATS = {
    "https://open.feishu.cn": "https://applink.feishu.cn",
    "https://open.larksuite.com": "https://applink.larksuite.com",
}


class Identity(Struct, frozen=True):
    """`open_id` is the bot's, `name` what people call it by."""

    app_id: str
    open_id: str
    name: str
    domain: str

    def link(self, chat: str) -> str:
        """Where a chat can be opened; Feishu has no address for a message or a file in one."""
        home = _CHATS.get(self.domain, self.domain)
        return f"{home}/client/chat/open?openChatId={chat}"


async def identify(calls: Calls) -> Identity:
    """Asks Feishu whose credentials these are. Raises as Calls.call does."""
    bot = (await calls.whole("GET", "bot/v3/info")).get("bot") or {}
    return Identity(calls.app_id, str(bot.get("open_id") or ""), str(bot.get("app_name") or ""), calls.domain)
