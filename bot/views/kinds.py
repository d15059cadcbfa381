"""What a kind of meeting is called: by the workplace's own words, else by the catalogue (P1)."""

from bot.views.scene import Scene


def kind(scene: Scene, name: str) -> str:
    """例会 / Regular meeting; a kind that the configuration no longer has is called by its key."""
    known = next((one for one in scene.workplace.kinds if one.name == name), None)
    chinese, english = known.called if known else ("", "")
    own = english if scene.words.language == "en" else chinese
    if own:
        return own
    return scene.words(f"kind-{name}") if scene.words.has(f"kind-{name}") else chinese or english or name
