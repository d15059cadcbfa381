"""What Slack's client makes of what somebody types: picked mentions, channels and links become tokens (sheet 1.5)."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

_LINK = re.compile(r"https?://[^\s<>|]+")
_EVERYBODY = re.compile(r"@(here|channel|everyone)\b")


def entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def picked(workspace: "Workspace", text: str, *, labels: bool) -> str:
    """`@name`, `#channel`, `@here` and links as tokens, everything else as entities. `labels`: <@U…|name>.

    A name is picked when somebody has it; the longest that fits is taken."""
    names = _names(workspace, labels=labels)
    found = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, found), _EVERYBODY.pattern, _LINK.pattern]))
    shown, at = [], 0
    for token in pattern.finditer(text):
        shown += [entities(text[at : token.start()]), names.get(token[0]) or _other(token[0])]
        at = token.end()
    return "".join([*shown, entities(text[at:])])


def called(workspace: "Workspace", text: str) -> str:
    """`@name` and `@here` in a bot's text as tokens, the rest as it is."""
    names = _names(workspace, labels=False)
    found = sorted((name for name in names if name[0] == "@"), key=len, reverse=True)
    pattern = "|".join([*map(re.escape, found), _EVERYBODY.pattern])
    return re.sub(pattern, lambda token: names.get(token[0]) or _other(token[0]), text)


def _names(workspace: "Workspace", *, labels: bool) -> dict[str, str]:
    """What can be picked, with the token it becomes; a private channel's label is empty."""

    def token(mark: str, id: str, label: str) -> str:
        return f"<{mark}{id}|{label}>" if labels else f"<{mark}{id}>"

    names = {}
    for place in workspace.conversations.values():
        if not place.direct:
            names[f"#{place.name}"] = token("#", place.id, place.name if place.kind == "public" else "")
    for group in workspace.usergroups.values():
        names[f"@{group.handle}"] = token("!subteam^", group.id, f"@{group.handle}")
    for user in workspace.users.values():
        names |= {f"@{name}": token("@", user.id, user.name) for name in (user.name, user.real_name)}
    return names


def _other(token: str) -> str:
    return f"<!{token[1:]}>" if token[0] == "@" else f"<{entities(token)}>"


def smart(text: str) -> str:
    """Quotes as a phone writes them."""
    return re.sub(r'"([^"]*)"', "“\\1”", text)
