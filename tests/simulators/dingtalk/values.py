"""What DingTalk keeps: members and departments, groups, messages, cards and the app."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.simulators.dingtalk.editor import Part, imported

Json = dict[str, Any]

PUBLIC_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
ROBOT = "$:LWCP_v1:$bot0001"


@dataclass
class Template:
    """A card template. `variables`: those it has (others are ignored), `published` or not, `parts` from top to bottom (of an
    imported one)."""

    id: str
    variables: tuple[str, ...]
    published: bool = True
    parts: tuple[Part, ...] = ()


def own_template() -> Template:
    """The workplace's own, as the card platform imports it from our docs."""
    read = imported((Path(__file__).parents[3] / "docs" / "dingtalk-card.json").read_text(encoding="utf-8"))
    return Template("0f1e2d3c-0000-4000-8000-b1c2d3e4f506.schema", tuple(read.variables), parts=read.parts)


OWN_TEMPLATE = own_template()
PUBLIC = Template(PUBLIC_TEMPLATE, ("markdown", "title", "logo", "tips", "sys_full_json_obj"))


@dataclass
class App:
    """The internal app as the console has it. `rights`: the permission points that are ticked."""

    client_id: str = "dingabc"
    client_secret: str = "S-secret-0123456789"
    robot_code: str = "dingabc"
    published: bool = True
    stream: bool = True
    stopped: bool = False
    """Its robot may say nothing."""
    rights: set[str] = field(
        default_factory=lambda: {
            "qyapi_robot_sendmsg", "Card.Instance.Write", "qyapi_get_member", "qyapi_get_department_member",
            "qyapi_get_department_list", "qyapi_addresslist_search",
        }
    )  # fmt: skip
    templates: dict[str, Template] = field(default_factory=lambda: {one.id: one for one in (OWN_TEMPLATE, PUBLIC)})


@dataclass
class Department:
    """`heads`: user ids."""

    id: int
    name: str
    parent: int = 1
    heads: list[str] = field(default_factory=list)


@dataclass
class Member:
    """Somebody; `outside`: of another organisation."""

    userid: str
    unionid: str
    name: str
    departments: list[int] = field(default_factory=lambda: [1])
    admin: bool = False
    outside: bool = False
    left: bool = False
    refuses_robot: bool = False
    """Has switched off messages of the robot: one-to-one messages go nowhere (flow-controlled list)."""
    held_back: int = 0
    """So many of the robot's next one-to-one messages meet the flow control."""

    @property
    def dingtalk_id(self) -> str:
        return f"$:LWCP_v1:${self.userid}"


@dataclass
class Group:
    """An internal group; `robot`: whether ours is in it."""

    id: str
    title: str
    members: list[str] = field(default_factory=list)
    robot: bool = True
    disbanded: bool = False


@dataclass
class Card:
    """One card for ever, by its outTrackId: public data, private data by user, and what only a clicker was shown."""

    track: str
    template: Template
    stream: bool
    public: Json
    private: dict[str, Json] = field(default_factory=dict)
    clicker: dict[str, Json] = field(default_factory=dict)

    def seen_by(self, userid: str) -> Json:
        """The variables as this viewer's client has them."""
        return {**self.public, **self.private.get(userid, {}), **self.clicker.get(userid, {})}


@dataclass
class Message:
    """Something in a conversation: a group's id or a person's user id (their conversation with the robot). `key` is the
    robot's processQueryKey or a card's carrierId, `by` a user id (empty: the robot)."""

    id: str
    place: str
    by: str
    at: datetime
    kind: str = "text"
    param: Json = field(default_factory=dict)
    key: str = ""
    card: Card | None = None
    only_for: tuple[str, ...] = ()
    recalled: bool = False
    title: str = ""
    """What the notification shows."""
