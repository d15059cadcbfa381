"""What storage keeps whole, as JSON."""

from msgspec import Struct


class Kept(Struct, frozen=True, omit_defaults=True):
    """A value that is kept as JSON: what equals its default is left out: two fifths of an ordinary item."""
