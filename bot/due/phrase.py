"""What was typed → one plain form: width, case, script, blanks. First step of reading; the grammar sees nothing else."""

import unicodedata
from functools import lru_cache

from bot.due.pattern import pattern
from bot.due.words import TRADITIONAL

LONGEST = 48  # characters a phrase; what is longer is no phrase
_RAW = 10 * LONGEST  # nothing composes by more than this: a longer text cannot shrink to a phrase
_BESIDE_HAN = pattern(r"(?<=[⺀-鿿]) | (?=[⺀-鿿])")
_UNSEEN = pattern("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EDGES = " .,;:!?~。、，；：!？·\"'“”‘’「」『』【】[]<>《》*_`"
_REWRITTEN = (
    (pattern(r"听(?=[日天早晚])"), "明"),
    (pattern(r"[’‘]"), "'"),
    (pattern(r"(今|明|后|昨|当)(?:早|晨)上?"), r"\1天早上"),
    (pattern(r"(今|明|后|昨|当)晚上?"), r"\1天晚上"),
    (pattern(r"([上下])[昼晝]"), r"\1午"),
    (pattern(r"(?<!\d)(\d{4})(?=q[1-4])"), r"\1年"),
    (pattern(r"\btonight\b"), "today night"),
    (pattern(r"\bthis (morning|afternoon|evening)\b"), r"today \1"),
    (pattern(r"^(.+) (today|tomorrow|tmrw?|[a-z]+day) (morning|afternoon|evening|night)$"), r"\2 \1 \3"),
    (pattern(r"\b(\d{1,2}) ?([ap])\.?m\b\.?"), r"\1\2m"),
    (pattern(r"^(\d{4}-\d{1,2}-\d{1,2})t(?=\d)"), r"\1 "),
    (pattern(r"(:\d\d) ?([ap])\.?m\b\.?"), r"\1\2m"),
)
_REWRITABLE = pattern("|".join(row.pattern for row, _ in _REWRITTEN))
"""One look for all of them: most phrases are plain already, and a dozen searches in vain cost 12 µs against its 2."""


def plain(text: str) -> str | None:
    """The plain form of a phrase, None when it is empty or longer than a phrase may be."""
    return None if len(text) > _RAW else _plain(text)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str | None:
    """Kept for the same reason as the forms of a phrase in the grammar: one line asks for the same words' several times."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = unicodedata.normalize("NFKC", text).translate(TRADITIONAL)
    text = " ".join(text.split()).strip(_EDGES)
    if not text or len(text) > LONGEST:
        return None
    text = _BESIDE_HAN.sub("", text)
    if text.startswith("(") and text.find(")") == len(text) - 1:
        text = text[1:-1]
    return _rewritten(text) if _REWRITABLE.search(text) else text


def _rewritten(text: str) -> str:
    for form, plainer in _REWRITTEN:
        text = form.sub(plainer, text)
    return text


@lru_cache(maxsize=256)
def shadow(text: str) -> str:
    """The text in plain width and case, character for character, so that a place in one is a place in the other. Kept:
    a command asks for that of its words half a dozen times."""
    return text.translate(_NARROW)


def only_marks(text: str) -> bool:
    """Whether a plain text is made of digits and marks alone: meant as a day or time, unreadable as one."""
    return not any(character.isalpha() for character in text)


class _Narrow(dict[int, str]):
    """What each character becomes, found out when it first comes: `str.translate` asks a table in C, and every line that
    is typed is looked at a dozen times. Past `MOST` characters nothing more is kept: people type a few thousand."""

    MOST = 20_000

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plainer = unicodedata.normalize("NFKC", character).lower().translate(TRADITIONAL)
        plainer = plainer if len(plainer) == 1 else character
        plainer = " " if plainer.isspace() else plainer
        if len(self) < self.MOST:
            self[code] = plainer
        return plainer


_NARROW = _Narrow()
