"""The page by hand: everybody's Slack in one window, at / of the simulator's address."""

from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.simulators.slack import forms
from tests.simulators.slack.errors import Barred
from tests.simulators.slack.eyes import Eyes
from tests.simulators.slack.kit.blocks import elements
from tests.simulators.slack.paint import Paint
from tests.simulators.slack.people import Channel, Colleague
from tests.simulators.slack.values import Conversation, Json, Message, View
from tests.simulators.slack.workspace import Workspace

PAGE = Path(__file__).with_name("desk.html")


class Desk:
    """Shows one workspace as somebody in it sees it, and does what is clicked there."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        return (web.get("/", self.page), web.get("/desk", self.look), web.post("/desk", self.do))

    async def page(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=PAGE.read_text(encoding="utf-8"), content_type="text/html")

    async def look(self, request: web.Request) -> web.StreamResponse:
        """All that the page shows: `as` is a user's id, `in` a conversation's."""
        who = self._who(request.query.get("as", ""))
        places = self._places(who)
        place = next((one for one in places if one.id == request.query.get("in")), places[0])
        paint = Paint(Eyes(self.workspace, who.user))
        return web.json_response(
            {
                "as": who.id,
                "in": place.id,
                "people": [[one.id, one.real_name] for one in self._people()],
                "places": [[one.id, self._name(one)] for one in places],
                "said": "".join(paint.message(one, self.workspace.users.get(one.user)) for one in _seen(place, who)),
                "home": paint.view(who.home) if who.home else "",
                "modal": paint.view(who.modal) if who.modal else "",
                "shortcuts": [list(one) for one in self.workspace.app.shortcuts],
                "clock": self.workspace.clock.now().isoformat(timespec="seconds"),
                "lines": len(self.workspace.slack.sockets.alive),
                "complaints": [escape(one) for one in self.workspace.complaints],
            }
        )

    async def do(self, request: web.Request) -> web.StreamResponse:
        """One thing `as` does. What Slack's client would not let through comes back as words."""
        asked: Json = await request.json()
        deeds: dict[str, Callable[[Colleague, Json], Awaitable[Any]]] = {
            "type": self._types,
            "act": self._acts,
            "submit": self._submits,
            "close": lambda who, _: who.closes(),
            "home": lambda who, _: who.opens_home(),
            "shortcut": self._shortcut,
            "hire": self._hires,
            "advance": lambda _, asked: self.workspace.advance(minutes=float(asked["minutes"])),
        }
        try:
            await deeds[asked["do"]](self._who(asked["as"]), asked)
        except Barred as barred:
            return web.json_response({"barred": str(barred)})
        return web.json_response({})

    # --- deeds ---

    async def _types(self, who: Colleague, asked: Json) -> None:
        place = Channel(self.workspace, self.workspace.conversations[asked["in"]])
        thread = place.place.message(asked["thread"]) if asked.get("thread") else None
        if asked["text"].startswith("/"):
            await who.types(asked["text"], place, thread=thread)
        else:
            await who.says(asked["text"], place, thread=thread)

    async def _acts(self, who: Colleague, asked: Json) -> None:
        place, shown = self._shown(who, asked)
        block, element = _found(shown, asked["at"])
        await who.acts(place, shown, forms.action(self.workspace, block, element, asked.get("value")))

    async def _submits(self, who: Colleague, asked: Json) -> None:
        view = who.modal
        if view is None:
            raise Barred("the modal is gone")
        for at, value in asked["values"].items():
            block, element = _found(view, at)
            forms.keeps(view, forms.action(self.workspace, block, element, value))
        await who.fills(view=view)

    async def _shortcut(self, who: Colleague, asked: Json) -> None:
        _, shown = self._shown(who, asked) if asked.get("ts") else (None, None)
        await who.shortcut(asked["name"], shown if isinstance(shown, Message) else None)

    async def _hires(self, who: Colleague, asked: Json) -> None:
        """Somebody new, in every channel."""
        new = self.workspace.hires(f"user{len(self.workspace.users)}", asked["name"])
        for place in self.workspace.conversations.values():
            if not place.direct:
                place.members.append(new.id)

    def _shown(self, who: Colleague, asked: Json) -> tuple[Conversation | None, Message | View]:
        """The message, modal or Home tab that was clicked."""
        if not asked.get("ts"):
            view = who.modal or who.home
            if view is None:
                raise Barred("that is gone")
            return None, view
        place = self.workspace.conversations[asked["in"]]
        for one in _seen(place, who):
            if one.ts == asked["ts"]:
                return place, one
        raise Barred("that message is gone")

    # --- who and where ---

    def _people(self) -> list[Any]:
        return [one for one in self.workspace.users.values() if not one.automatic]

    def _who(self, id: str) -> Colleague:
        user = self.workspace.users.get(id) or self._people()[0]
        return Colleague(self.workspace, user)

    def _places(self, who: Colleague) -> list[Conversation]:
        return [
            who.bot_chat,
            *(p for p in self.workspace.conversations.values() if p is not who.bot_chat and who.id in p.members),
        ]

    def _name(self, place: Conversation) -> str:
        return self.workspace.app.name if place.kind == "im" else f"#{place.name}"


def _seen(place: Conversation, who: Colleague) -> list[Message]:
    return [one for one in place.messages if one.only_for in ("", who.id)]


def _found(shown: Message | View, at: str) -> tuple[Json, Json]:
    name, _, action = at.partition("|")
    for block in shown.blocks:
        for element in elements(block):
            if (block["block_id"], element["action_id"]) == (name, action):
                return block, element
    raise Barred("that has changed meanwhile")
