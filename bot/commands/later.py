"""An answer that takes its time to make (a PDF: 0.3 s): begun after the commit, outside of the transaction and its thread."""

from collections.abc import Callable

from msgspec import Struct

from bot.cards import Answer, Card


class Later(Struct, frozen=True):
    """`make` is run on a thread of its own and touches no records. `kept` is what a redelivered event is answered with: the
    way to ask for it again."""

    make: Callable[[], Answer]
    kept: Card
