"""What people named, as part of a file's name."""

_LONGEST = 80
"""Characters."""


def plain(title: str) -> str:
    """Without what a file system may not bear; empty where nothing is left."""
    return "".join("_" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in title).strip(". ")[:_LONGEST]
