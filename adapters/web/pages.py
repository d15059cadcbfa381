"""The web workplace's HTTP side: the page itself, history, files, new rooms and people, the time machine, the login."""

import json
import secrets
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web import guard, history, people
from adapters.web.archive import Archive
from adapters.web.history import Kept
from adapters.web.login import Login
from adapters.web.naming import file_name, tidy
from adapters.web.outgoing import PICTURES, file_url, kept
from adapters.web.views import Views
from bot.cards import File
from bot.clock import TimeMachine
from bot.people import Account, Profile, Room

STATIC = Path(str(files(__package__).joinpath("static")))
_DIGITS = 18


def door(hosts: Collection[str], token: str, open_door: bool = False) -> list[Middleware]:
    """The middleware that stands before a route."""
    return [Middleware(guard.Guard, hosts=hosts, token=token, open_door=open_door)]


class _Static(StaticFiles):
    """The client's own files, asked for anew each time: an upgrade must not meet yesterday's scripts."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        response = super().file_response(*given, **named)
        response.headers["Cache-Control"] = "no-cache"
        return response


class Pages:
    """The endpoints. `begin(conversation, user)` tells the bot that it is in a new room."""

    def __init__(
        self,
        archive: Archive,
        views: Views,
        demo: TimeMachine | None,
        token: str,
        begin: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._archive = archive
        self._views = views
        self._demo = demo
        self._login = Login(token)
        self._begin = begin

    def routes(self, hosts: Collection[str], token: str) -> list[BaseRoute]:
        """Every route, each behind the door."""
        guarded = door(hosts, token)
        static = _Static(directory=STATIC)
        endpoints: list[tuple[str, str, Callable[[Request], Awaitable[Response]]]] = [
            ("GET", "/", self._index),
            ("GET", "/api/people", self._people),
            ("GET", "/api/history", self._history),
            ("GET", "/api/message", self._message),
            ("GET", "/api/files/{id}", self._file),
            ("POST", "/api/files", self._upload),
            ("POST", "/api/rooms", self._new_room),
            ("POST", "/api/people", self._new_person),
            ("POST", "/api/members", self._let_in),
        ]
        if self._demo:
            endpoints.append(("POST", "/api/time", self._move_time))
        return [
            *(Route(path, endpoint, methods=[method], middleware=guarded) for method, path, endpoint in endpoints),
            Route("/login", self._login_page, methods=["GET"], middleware=door(hosts, token, open_door=True)),
            Route("/login", self._login.attempt, methods=["POST"], middleware=door(hosts, token, open_door=True)),
            Mount("/static", static, middleware=door(hosts, token, open_door=True)),
        ]

    async def _index(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def _people(self, _request: Request) -> Response:
        return JSONResponse({"people": await self._views.people()})

    async def _history(self, request: Request) -> Response:
        asked = request.query_params
        user, name = asked.get("as", ""), asked.get("conversation", "")
        if not await self._archive.do(people.takes_part, user, name):
            return _problem("not yours", 404)
        return JSONResponse(
            await self._views.page(user, name, number(asked.get("before")), number(asked.get("down_to")))
        )

    async def _message(self, request: Request) -> Response:
        message = await self._views.seen(request.query_params.get("as", ""), number(request.query_params.get("id")))
        return JSONResponse({"conversation": message.conversation}) if message else _problem("not yours", 404)

    async def _file(self, request: Request) -> Response:
        """The id is made of the content: who can name it has been shown it, or has it."""
        file = await self._archive.do(history.find_file, request.path_params["id"])
        if file is None:
            return _problem("no such file", 404)
        media_type = file.media_type if file.media_type in PICTURES else "application/octet-stream"
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "Cache-Control": "private, max-age=86400, immutable",
        }
        return Response(file.content, media_type=media_type, headers=headers)

    async def _upload(self, request: Request) -> Response:
        content = await guard.body_of(request)
        name = file_name(request.query_params.get("name", ""))
        if not name or not await self._known(request):
            return _problem("a name and a person are needed", 400)
        file: Kept = kept(File(name, request.headers.get("content-type", ""), content))
        await self._archive.do(history.keep_file, file)
        return JSONResponse({"id": file.id, "name": name, "url": file_url(file.id), "size": len(content)})

    async def _new_room(self, request: Request) -> Response:
        asked = await _asked(request)
        name, members = _text(asked, "name"), asked.get("members", [])
        creator = await self._known(request)
        if not name or not creator or not isinstance(members, list):
            return _problem("a name and members are needed", 400)
        room = Room(people.MESSENGER, f"r-{secrets.token_hex(4)}", name)
        await self._archive.do(people.save_room, room, [creator, *await self._who_exist(members)])
        await self._views.show_conversation(room.id)
        await self._begin(room.id, creator)
        return JSONResponse({"id": room.id})

    async def _let_in(self, request: Request) -> Response:
        asked = await _asked(request)
        user, members = request.query_params.get("as", ""), asked.get("members", [])
        room = await self._archive.do(people.find_room, _text(asked, "conversation"))
        if not room or not isinstance(members, list) or not await self._archive.do(people.takes_part, user, room.id):
            return _problem("not yours", 404)
        await self._archive.do(people.join, room.id, await self._who_exist(members))
        await self._views.show_conversation(room.id)
        return JSONResponse({"id": room.id})

    async def _who_exist(self, members: list[Any]) -> list[str]:
        known = {profile.account.user_id for profile in await self._archive.do(people.everybody)}
        return [member for member in members if isinstance(member, str) and member in known]

    async def _new_person(self, request: Request) -> Response:
        asked = await _asked(request)
        name, timezone = _text(asked, "name"), _text(asked, "timezone")
        if not name or (asked.get("timezone") and not _is_zone(timezone)):
            return _problem("a name is needed, and a zone that exists", 400)
        user = f"u-{secrets.token_hex(4)}"
        profile = Profile(
            Account(people.MESSENGER, user),
            name,
            department=_text(asked, "department"),
            timezone=timezone,
            language=_text(asked, "language"),
        )
        await self._archive.do(people.save_user, profile)
        await self._views.show_people()
        return JSONResponse({"id": user})

    async def _move_time(self, request: Request) -> Response:
        """`{"by": seconds}` or `{"to": ISO}`; a moment without a zone is in the asker's own."""
        assert self._demo is not None
        asker = await self._archive.do(people.find_user, request.query_params.get("as", ""))
        try:
            to = _moment(await _asked(request), self._demo.now(), asker.timezone if asker else "")
            await self._demo.move(to)
        except (ValueError, OverflowError, TypeError) as fault:
            return _problem(str(fault), 400)
        self._views.show_time()
        return JSONResponse({"now": self._demo.now().isoformat()})

    async def _login_page(self, _request: Request) -> Response:
        return FileResponse(STATIC / "login.html", headers={"Cache-Control": "no-cache"})

    async def _known(self, request: Request) -> str:
        user = request.query_params.get("as", "")
        return user if await self._archive.do(people.find_user, user) else ""


def _moment(asked: dict[str, Any], now: datetime, timezone: str) -> datetime:
    if "by" in asked:
        return now + timedelta(seconds=float(asked["by"]))
    to = datetime.fromisoformat(_text(asked, "to"))
    return to if to.tzinfo else to.replace(tzinfo=ZoneInfo(timezone or "UTC"))


async def _asked(request: Request) -> dict[str, Any]:
    """The JSON object in the body; an empty one for anything else."""
    try:
        asked = json.loads(await guard.body_of(request) or b"{}")
    except (ValueError, RecursionError):  # RecursionError: an object 100,000 deep
        return {}
    return asked if isinstance(asked, dict) else {}


def _text(asked: dict[str, Any], name: str) -> str:
    given = asked.get(name, "")
    return tidy(given) if isinstance(given, str) else ""


def number(given: str | None) -> int:
    """A whole number that fits a database; 0 for anything else."""
    return int(given) if given and given.isdecimal() and len(given) < _DIGITS else 0


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _problem(text: str, status: int) -> Response:
    return JSONResponse({"problem": text}, status)
