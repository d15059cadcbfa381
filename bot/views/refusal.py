"""Refusals as a private answer: what is wrong in one sentence, then the mended line or a button that mends it.

The one place where ids, days, states and verbs in a refusal's arguments become words. Each refusal's sentence is the
catalogue entry of its name; further lines of the entry become paragraphs.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from bot.cards import Button, Card, Code, Item, Items, Text, Toast
from bot.domain.action import State
from bot.domain.facts import ITSELF
from bot.errors import Offer, Refusal, Several
from bot.texts import Words
from bot.views import examples, lines, meeting_lines, presses
from bot.views.help import unknown
from bot.views.scene import Scene

LABEL = 40
"""Terminal cells of a button's label."""

_ENUMS = ("state", "verb", "priority", "cadence", "light", "role", "stage", "deed", "expects", "did")
_NOUNS = {"states": "state", "verbs": "verb", "roles": "role", "lights": "light"}
_PEOPLE = frozenset({"who", "by", "owner", "resolver", "tracker", "assigner", "person"})


def refusal(scene: Scene, refused: Refusal) -> Card:
    """The sentence, who was meant (when a name means several people), the line to send instead, the ways out."""
    if refused.text == "command-unknown":
        return _unknown(scene, refused)
    args = _args(scene, refused)
    title, *rest = scene.words(refused.text, **args).splitlines()
    return lines.card(
        f"{title}{_question(scene, refused)}",
        *(lines.said(line) for line in rest),
        *(lines.said(sentence(scene, one)) for one in (refused.each.values() if isinstance(refused, Several) else ())),
        lines.said(_instead(scene, refused)),
        _candidates(scene, refused),
        Text((Code(refused.mended),)) if refused.mended else None,
        presses.row(_ways_out(scene, refused, args)),
        tone="warn",
    )


def not_understood(scene: Scene, typed: str) -> Card:
    """Said to the bot directly, and no command: a line that works, and help."""
    example = Text((Code(examples.example(scene, "add")),))
    help_ = presses.link(scene, "help", "/help", scene.words("say-help"))
    return lines.card(scene.words("not-understood"), lines.quoted(typed, ""), example, presses.row((help_,)))


def nearly(scene: Scene, deed: str, line: str, item: str = "") -> Card:
    """Said directly and nearly a command: the line it would be, and the press that sends it."""
    send = presses.link(scene, deed, line, line, "primary")
    help_ = presses.link(scene, "help", "/help", scene.words("say-help"))
    title = scene.words(f"nearly-{deed}", action=item)
    return lines.card(title, Text((Code(line),)), presses.row((send, help_)))


def sentence(scene: Scene, refused: Refusal) -> str:
    """The refusal in one line: for the problem at a form's field."""
    args = _args(scene, refused)
    return " ".join(scene.words(refused.text, **args).splitlines())


def apology(scene: Scene | Words, ref: str) -> Toast:
    """Our fault: nothing was recorded; `ref` finds the line in the log. Words alone do, where nobody is known."""
    words = scene if isinstance(scene, Words) else scene.words
    return Toast(words("apology", ref=ref), "bad")


def busy(scene: Scene | Words) -> Toast:
    """The database cannot be written now; nothing was changed."""
    words = scene if isinstance(scene, Words) else scene.words
    return Toast(words("busy"), "bad")


def said(scene: Scene, name: str, value: object) -> object:
    """An argument as words: people by name, days and hours in the reader's zone, states and verbs as they are called.
    Words somebody typed become one line, clipped."""
    match value:
        case datetime():
            return lines.moment(scene, value)
        case time():
            return scene.words.clock_time(value)
        case date():
            return scene.words.day(value, scene.today)
        case timedelta():
            return scene.words("hours", n=round(value.total_seconds() / 3600))
        case tuple() | list() | frozenset():
            return _several(scene, name, tuple(value))
        case bool() | float():
            return str(value)
        case int() if name in _PEOPLE:
            return _name(scene, value)
        case str() if name in _ENUMS and value:
            return scene.words(f"{name}-{value}")
        case str() if name == "key" and scene.words.has(f"setting-{value}"):
            return scene.words(f"setting-{value}")
        case str():
            return lines.single(value, 60)
        case _:
            return value


def _args(scene: Scene, refused: Refusal) -> dict[str, object]:
    """All arguments as words, and `someone`: an @name that works here, a department's head where one was meant."""
    args = {name: said(scene, name, value) for name, value in refused.args_.items()}
    heads = refused.args_.get("heads")
    head = scene.directory.people.get(heads[0]) if isinstance(heads, tuple) and heads else None
    one = scene.directory.handle(head) if head else examples.colleague(scene)
    verb = refused.args_.get("verb")
    clear = {"verb": lines.deed(scene, "verb", str(verb))} if verb and refused.text != "may-not" else {}
    return {"someone": f"@{one}", **args, **clear, **_by_role(scene, refused)}


def _by_role(scene: Scene, refused: Refusal) -> dict[str, object]:
    """跟踪人张三或部门负责人赵六, where the refusal says what each of `who` is to the item (`roles`, in their order)."""
    who, roles = refused.args_.get("who"), refused.args_.get("roles")
    if not isinstance(who, tuple) or not isinstance(roles, tuple) or not roles or len(who) != len(roles):
        return {}
    parts = [
        scene.words("role-name", role=scene.words(f"role-{role}"), who=_name(scene, person))
        for person, role in zip(who, roles, strict=True)
    ]
    return {"who": lines.either(scene.words, parts)}


def _several(scene: Scene, name: str, values: tuple[object, ...]) -> str:
    if name == "lacking":
        return meeting_lines.fields(scene, [str(value) for value in values])
    if name == "left":
        return scene.words.listed([_name(scene, one) for one in values if isinstance(one, int)])
    noun = _NOUNS.get(name, "")
    if noun:
        return lines.either(scene.words, (scene.words(f"{noun}-{value}") for value in values))
    parts = [_name(scene, one) if isinstance(one, int) else lines.single(str(one), 60) for one in values]
    return lines.either(scene.words, parts) or scene.words("nobody-known")


def _name(scene: Scene, person: int) -> str:
    known = scene.directory.people.get(person)
    return lines.single(known.name) if known else scene.words("the-bot" if person == ITSELF else "nobody-known")


def _candidates(scene: Scene, refused: Refusal) -> Items | None:
    """Who a name could mean (or was nearly typed), each with what to type to mean exactly them."""
    ids = refused.args_.get("candidates")
    if refused.text == "person-unknown":
        ids = _nearest(scene, str(refused.args_.get("name", "")))
    if refused.offers or not ids or not isinstance(ids, tuple):
        return None
    people = [scene.directory.people[id] for id in ids if id in scene.directory.people]
    return Items(
        tuple(
            Item(f"@{scene.directory.handle(one)}", lines.department(scene, one.department) or one.email)
            for one in people[:10]
        )
    )


def _unknown(scene: Scene, refused: Refusal) -> Card:
    """An unknown command: the nearest ones by name, the first ready to send with what was typed behind it."""
    near = [dict(offer.args).get("line", offer.command) for offer in refused.offers]
    shown = unknown(scene, str(refused.args_.get("typed", "")), near)
    buttons = presses.row(_offer(scene, offer, {}) for offer in refused.offers)
    mended = Text((Code(refused.mended),)) if refused.mended else None
    return lines.card(shown.title, mended, buttons or shown.blocks[-1], tone="warn")


def _instead(scene: Scene, refused: Refusal) -> str:
    """A wrong state: what its state allows to this person, where it is known who they are."""
    state, able = refused.args_.get("state"), refused.args_.get("able")
    if refused.text != "wrong-state" or state is None:
        return ""
    can = [one for one in presses.LIKELY[State(str(state))] if not isinstance(able, tuple) or one in able]
    if not can:
        return ""
    return scene.words("wrong-state-can", verbs=scene.words.listed([scene.words(f"press-{verb}") for verb in can]))


def _ways_out(scene: Scene, refused: Refusal, args: dict[str, object]) -> Iterator[Button]:
    """The refusal's own offers; where it has none but is about an item, a look at the item."""
    yield from (_offer(scene, offer, args) for offer in refused.offers)
    label = refused.args_.get("action")
    if refused.text == "wrong-state" and not refused.offers and isinstance(label, str):
        yield presses.link(scene, "show", f"/action show {label}", f"{scene.words('say-show')} {label}")


def _question(scene: Scene, refused: Refusal) -> str:
    """需要我提醒张三吗？ when the offer says whom."""
    first = next((dict(offer.args).get("first") for offer in refused.offers), None)
    name = f"{refused.text}-remind"
    if first is None or not scene.words.has(name):
        return ""
    return scene.words("and-then") + scene.words(name, first=lines.single(first))


def _nearest(scene: Scene, name: str) -> tuple[int, ...]:
    """Whose name is nearly what was typed, or what it begins with (`@李四打电话`), at most three."""
    known = {one.name.casefold(): one.id for one in scene.directory.people.values() if one.active}
    typed = name.casefold()[:LABEL]
    begun = [one for one in known if len(one) > 1 and typed.startswith(one)]
    return tuple(known[near] for near in dict.fromkeys((*begun, *get_close_matches(typed, known, 3))))[:3]


def _offer(scene: Scene, offer: Offer, args: dict[str, object]) -> Button:
    own = {name: _offered(scene, name, value) for name, value in offer.args}
    label = f"{offer.label}-who" if "first" in own and scene.words.has(f"{offer.label}-who") else offer.label
    return Button(lines.single(scene.words(label, **{**args, **own}), LABEL), offer.command, say=offer.say)


def _offered(scene: Scene, name: str, value: str) -> str:
    """An offer's value; its `day` is an ISO day and is said with its weekday."""
    return scene.words.day(date.fromisoformat(value), scene.today) if name == "day" else value
