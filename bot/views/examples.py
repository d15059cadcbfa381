"""Lines that work as they stand: each names people of this workplace, so that sending it needs no correction."""

from bot.people import Person
from bot.views.scene import Scene


def example(scene: Scene, verb: str, action: str = "A-42") -> str:
    """The whole line of one verb in the reader's language."""
    one, other = _colleagues(scene)
    return scene.words(f"example-{verb}", action=action, who=one, other=other)


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
