"""Help: all of it on one phone's screen, one verb with a line that works, and the nearest to what nobody knows."""

from collections.abc import Sequence

from bot.cards import Buttons, Card, Code, Item, Items, Text
from bot.views import lines, presses
from bot.views.examples import example
from bot.views.scene import Scene

GROUPS: dict[str, tuple[str, ...]] = {
    "begin": ("add", "list", "show"),
    "owner": ("accept", "decline", "submit", "postpone", "block", "unblock", "snooze"),
    "tracker": ("approve", "return", "nudge", "assign", "edit", "cancel", "reopen"),
    "record": ("note", "history", "export", "undo"),
}
"""The verbs as people meet them; `help` itself is known to whoever reads this."""
VERBS = (*(verb for verbs in GROUPS.values() for verb in verbs), "help")
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "meeting": {
        "call": ("new", "edit", "topic", "material", "invite", "uninvite", "announce", "reschedule", "cancel"),
        "come": ("accept", "decline", "proxy", "propose", "calendar"),
        "settle": ("take", "drop", "approve", "refuse"),
        "hold": ("start", "here", "next", "decide", "act", "end"),
        "look": ("list", "show", "history", "undo"),
    },
    "series": {"recur": ("list", "show", "edit", "invite", "uninvite", "move", "skip", "end", "history")},
    "minutes": {
        "read": ("show", "acknowledge", "correct", "changes", "file"),
        "write": ("edit", "submit", "approve", "return", "revise"),
        "keep": ("list", "search", "readers", "history", "delete"),
    },
    "vote": {"ask": ("new", "cast", "close", "decide", "list", "show")},
}
"""Other nouns' verbs, a screen each: `/help meeting`. The catalogues know them as `meeting-new`."""
KEYS = tuple(f"{noun}-{verb}" for noun, groups in PAGES.items() for verbs in groups.values() for verb in verbs)


def overview(scene: Scene) -> Card:
    """Every verb in one line, by who uses it; then how to ask for more."""
    groups = (
        Items(
            tuple(
                Item(scene.words("help-lead", say=scene.words(f"say-{verb}")), scene.words(f"help-{verb}"))
                for verb in verbs
            ),
            _head(scene, group),
        )
        for group, verbs in GROUPS.items()
    )
    return lines.card(
        scene.words("help"),
        Text((Code(example(scene, "add")),)),
        *groups,
        lines.said(scene.words("help-commands")),
        lines.said(scene.words("help-more"), faint=True),
    )


def page(scene: Scene, noun: str) -> Card:
    """One noun's verbs in a line each, as people meet them, and a line that works."""
    words = scene.words
    groups = PAGES[noun]
    first = "meeting-new" if noun == "meeting" else f"{noun}-{next(iter(groups.values()))[0]}"
    return lines.card(
        words(f"help-page-{noun}"),
        Text((Code(example(scene, first)),)),
        *(
            Items(
                tuple(
                    Item(words("help-lead", say=words(f"say-{noun}-{verb}")), words(f"help-{noun}-{verb}"))
                    for verb in verbs
                ),
                _head(scene, group) if len(groups) > 1 else "",
            )
            for group, verbs in groups.items()
        ),
        lines.said(words(f"help-more-{noun}"), faint=True),
    )


def about(scene: Scene, verb: str) -> Card:
    """One verb: what it does, a line that works, who may; a noun's own page. Anything else: the overview."""
    if verb in PAGES:
        return page(scene, verb)
    if verb not in VERBS and verb not in KEYS:
        return overview(scene)
    words = scene.words
    who = lines.said(words(f"may-{verb}"), faint=True) if words.has(f"may-{verb}") else None
    return lines.card(
        words("help-about", command=_called(scene, verb), what=words(f"help-{verb}")),
        Text((Code(example(scene, verb)),)),
        who,
    )


def unknown(scene: Scene, typed: str, nearest: Sequence[str]) -> Card:
    """没有“/action fnish”。你是想用 /action submit（提交成果）吗？ `nearest`: verbs or whole commands, best first."""
    shown = lines.single(typed)
    if not nearest:
        return lines.card(scene.words("command-unknown", typed=shown), _help_row(scene), tone="warn")
    title = scene.words("command-unknown-near", typed=shown, near=_meaning(scene, nearest[0]))
    return lines.card(title, _help_row(scene, _verb(nearest[0])), tone="warn")


def _meaning(scene: Scene, near: str) -> str:
    """The command; for readers of Chinese with what its English verb means."""
    command, verb = _command(near), _verb(near)
    if scene.words.language == "en" or verb not in VERBS or not command.startswith("/action"):
        return scene.words("near-alone", near=command)
    label = f"press-{verb}" if scene.words.has(f"press-{verb}") else f"verb-{verb}"
    return scene.words("near-with", near=command, what=scene.words(label))


def _called(scene: Scene, verb: str) -> str:
    """The command, with its short word where that is another."""
    say = scene.words(f"say-{verb}")
    command = "/" + verb.replace("-", " ", 1) if verb in KEYS else f"/action {verb}"
    own = command.rpartition(" ")[2]
    return command if say == own else scene.words("near-with", near=command, what=say)


def _head(scene: Scene, group: str) -> str:
    return scene.words(f"help-group-{group}")


def _help_row(scene: Scene, verb: str = "") -> Buttons | None:
    command = f"/help {verb}".rstrip() if verb in VERBS else "/help"
    return presses.row((presses.link(scene, "help", command, f"{scene.words('say-help')} {verb}".rstrip()),))


def _command(near: str) -> str:
    return near if near.startswith("/") else f"/action {near}"


def _verb(near: str) -> str:
    return near.split()[-1].removeprefix("/")
