"""Due phrases: what a person typed → an exact day, or a refusal that says why (M3). Callers use what stands here.

A small grammar of our own for Chinese in both scripts and English; `now` is always given, aware, in the asker's zone.
"""

from bot.due.answer import Due, DueRefused
from bot.due.leading import leading
from bot.due.reading import is_measure, read
from bot.due.say import say
from bot.due.splitter import split
from bot.due.trial import trial

__all__ = ["Due", "DueRefused", "is_measure", "leading", "read", "say", "split", "trial"]
