"""Lines that work as they stand: each names people of this workplace, so that sending it needs no correction."""

from bot.domain.action import Action
from bot.people import Person
from bot.views.scene import Scene


def example(scene: Scene, verb: str, action: Action | None = None) -> str:
    """The whole line of one verb in the reader's language; about `action`, or any item (A-42) where none is at hand."""
    one, other = _colleagues(scene)
    label = action.label if action else "A-42"
    return scene.words(
        f"example-{verb}",
        action=label, who=one, other=other, day=_later(scene, action), meeting="M-7", minutes="M-7", series="S-2",
    )  # fmt: skip


def _later(scene: Scene, action: Action | None) -> str:
    """A day to postpone to: three working days after it is due, or from today when that has passed."""
    start = max(scene.today, action.due.day) if action else scene.today
    return scene.words.bare_day(scene.workplace.calendar.after(start, 3), scene.today)


def part(scene: Scene, field: str) -> str:
    """What to send when only this field is missing; empty when there is nothing typical."""
    one, other = _colleagues(scene)
    return scene.words(f"part-{field}", who=one, other=other) if scene.words.has(f"part-{field}") else ""


def colleague(scene: Scene) -> str:
    """Somebody to name after an @."""
    return _colleagues(scene)[0]


def _colleagues(scene: Scene) -> tuple[str, str]:
    """Two people to name, of the reader's own department first; the reader where nobody else is."""
    reader = scene.reader
    near = reader.department if reader else None
    others = sorted(
        (one for one in scene.directory.people.values() if one.active and (reader is None or one.id != reader.id)),
        key=lambda one: (one.department != near, one.id),
    )
    named = [scene.directory.handle(one) for one in _several(others, reader)]
    return named[0], named[-1]


def _several(others: list[Person], reader: Person | None) -> list[Person]:
    return others[:2] or ([reader] if reader else [])
