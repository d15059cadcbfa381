"""The forms of minutes: a draft's sections to be edited, remarks, a correction (N1, N2, N4)."""

from collections.abc import Mapping

from bot.cards import Field, FieldKind, Form
from bot.domain.minutes import Minutes, MinutesVerb
from bot.views import lines
from bot.views.minutes_body import title
from bot.views.minutes_text import label, sections, written
from bot.views.scene import Scene

LIMIT = 3000
"""Characters of one section: as much as every messenger's form takes."""

_SHORT = frozenset({"place", "following"})
_HINTED = frozenset({"decisions", "parked", "absent", "present"})


def edit(
    scene: Scene, minutes: Minutes, values: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None,
    *, clash: bool = True,
) -> Form:  # fmt: skip
    """Every section as it stands. After a try: what was typed, and beside it what is in the way; `clash`: somebody else's
    words are."""
    given, wrong = values or {}, problems or {}
    return Form(
        scene.words("form-minutes-edit", minutes=minutes.label),
        f"/minutes edit M-{minutes.meeting}",
        tuple(_section(scene, minutes, key, given, wrong) for key in sections(minutes)),
        scene.words("press-minutes-keep"),
        note=scene.words("minutes-clash" if clash else "minutes-unkept") if wrong else _note(scene, minutes),
        example=scene.words("example-minutes-edit", minutes=f"M-{minutes.meeting}"),
        version=minutes.version,
    )


def reason(scene: Scene, minutes: Minutes, verb: MinutesVerb) -> Form:
    """What a return, a correction or a revision is about, in words."""
    of = minutes.label if verb is MinutesVerb.CORRECT else f"M-{minutes.meeting}"
    return Form(
        scene.words(f"form-minutes-{verb}", minutes=minutes.label),
        f"/minutes {verb} {of}",
        (Field("why", scene.words(f"field-minutes-{verb}"), "paragraph", limit=scene.workplace.rules.text_limit),),
        scene.words(f"press-minutes-{verb}"),
        note=title(scene, minutes),
        example=scene.words(f"example-minutes-{verb}", minutes=of),
        version=minutes.version,
    )


def _section(scene: Scene, minutes: Minutes, key: str, values: Mapping[str, str], problems: Mapping[str, str]) -> Field:
    kind: FieldKind = "text" if key in _SHORT else "paragraph"
    hint = scene.words(f"hint-minutes-{key}") if key in _HINTED else ""
    hint = scene.words("hint-minutes-topic") if key.startswith("topic-") else hint
    now = values.get(key, written(scene, minutes, key))
    named = lines.single(label(scene, minutes, key), 60)
    return Field(key, named, kind, False, now, hint, problems.get(key, ""), limit=LIMIT)


def _note(scene: Scene, minutes: Minutes) -> str:
    """Why it came back, where it did; and where its actions are changed."""
    remarks = scene.words("minutes-remarks-line", text=minutes.remarks) if minutes.remarks else ""
    return "\n".join(one for one in (remarks, scene.words("minutes-actions-elsewhere")) if one)
