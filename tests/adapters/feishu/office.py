"""Feishu adapter and simulator together: a company, and a messenger that is connected to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from adapters.feishu import FeishuMessenger, Options
from adapters.feishu.incoming import MENU
from adapters.feishu.pace import Pace
from tests.adapters.web.serving import serving
from tests.simulators.feishu import App, Tenant

MODES = ("socket", "webhook")


def app(mode: str = "socket") -> App:
    """The app that docs/feishu.md asks for, in one of its two modes."""
    return App(socket=mode == "socket", menu=tuple(MENU))


def messenger_of(
    tenant: Tenant, url: str, mode: str = "socket", *, paced: bool = False, urgent: bool = False
) -> FeishuMessenger:
    """Our side of it; the machine's time is the tenant's."""
    options = Options(
        tenant.app.id, tenant.app.secret, mode, url, tenant.app.encrypt_key, tenant.app.verification_token, urgent
    )
    return FeishuMessenger(options, tenant.clock, Pace(on=paced), lambda: tenant.clock.now().timestamp())


@asynccontextmanager
async def connected(
    tenant: Tenant, mode: str = "socket", *, paced: bool = False, urgent: bool = False
) -> AsyncIterator[FeishuMessenger]:
    """A messenger of a served tenant; in webhook mode its routes are served too. It does not listen yet."""
    if not paced:
        tenant.pace.off()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(tenant.serving())
        messenger = messenger_of(tenant, url, mode, paced=paced, urgent=urgent)
        stack.push_async_callback(messenger.close)
        if messenger.routes:
            base = await stack.enter_async_context(serving(messenger.routes))
            tenant.door.url = f"{base}/feishu/events"
        yield messenger
