"""Delivery: what others must hear is claimed, made into cards, posted, and settled row by row.

delivery.py is the pump; making.py turns rows into letters; roads.py knows which way is open and how fast; sparing.py what
is left out where calls are counted; settling.py writes down how each ended, several in one transaction."""

from bot.outbox.delivery import Delivery
from bot.outbox.roads import Pace

__all__ = ["Delivery", "Pace"]
