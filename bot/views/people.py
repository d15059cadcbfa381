"""What the bot says about people: who you are to it, and its first words to somebody or to a room."""

from bot.cards import Card, Code, Facts, Text
from bot.people import Person
from bot.views import lines, presses
from bot.views.examples import example
from bot.views.scene import Scene


def whoami(scene: Scene, person: Person | None = None) -> Card:
    """Who the reader is here: name, department and its head, zone, language, accounts, rights."""
    one = person or scene.reader
    if one is None:
        return welcome(scene)
    pairs = tuple((scene.words(f"person-{name}"), value) for name, value in _values(scene, one).items() if value)
    return lines.card(
        scene.words("whoami", who=one.name),
        Facts(pairs),
        presses.row((presses.link(scene, "settings", "/settings", "/settings"),)),
    )


def welcome(scene: Scene) -> Card:
    """First words: what this is for, in one line, and one line to try. In a room: how it is called there."""
    kind = "welcome" if scene.reader else "welcome-room"
    return lines.card(
        scene.words(kind, workplace=scene.workplace.name),
        lines.said(scene.words(f"{kind}-what")),
        Text((Code(example(scene, "add")),)),
        presses.row((presses.link(scene, "help", "/help", scene.words("say-help")),)),
    )


def given_up(scene: Scene) -> Card:
    """To somebody who leaves a form unanswered."""
    return lines.card(scene.words("given-up"))


def unknown_here(scene: Scene) -> Card:
    """To somebody whose account is not active here."""
    return lines.card(scene.words("person-not-active"), tone="warn")


def _values(scene: Scene, person: Person) -> dict[str, str]:
    head = scene.directory.head(person.department)
    return {
        "department": lines.department(scene, person.department),
        "head": scene.name(head) if head is not None and head != person.id else "",
        "email": person.email,
        "timezone": lines.chosen_zone(scene, person.timezone),
        "language": scene.words(f"language-{person.language}"),
        "accounts": scene.words("comma").join(account.messenger for account in person.accounts),
        "admin": scene.words("yes") if person.admin else "",
    }


def no_longer_shown(scene: Scene) -> Card:
    """N8: what stood here was about something that the reader may not see any more: not a word of it is left."""
    return lines.card(scene.words("no-longer-shown"))
