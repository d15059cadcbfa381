"""First step of every incoming text, form value and name: what no database, messenger or eye should meet is taken out.

Kept as written otherwise (T5): the form is NFC, never NFKC; joined emoji stay whole because nothing inside them is cut.
"""

import unicodedata

from msgspec.structs import replace

from bot.errors import Refusal
from bot.pattern import pattern
from bot.people import Profile

_LINE_ENDS = pattern("\r\n?|[\u0085\u2028\u2029]")
_UNSEEN = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SURROGATES = pattern("[\ud800-\udfff]")
_ROOMLESS = pattern(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2064\u3164\uffa0]"
    "|(?<![^A-Za-z0-9\u3400-\u9fff])[\u200c\u200d]+|[\u200c\u200d]+(?![^A-Za-z0-9\u3400-\u9fff])"
)
"""The joiners only beside Latin and Chinese letters and at an end: within emoji and other scripts they join."""
_ADDRESS = pattern(r"[^@\s,;:<>\"]+@[^@\s,;:<>\"]+")
_INVISIBLE = ("Z", "C", "M")


def clean(text: str) -> str:
    """The text in NFC, without controls (but line ends and blanks), bidi controls and lone surrogates. Idempotent."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


def one_line(name: str) -> str:
    """The name of a person, a room or a file as others wrote it, clean and without line ends; without what takes no room, by
    which a second 张三 would look like the first and be told apart by no mark."""
    return " ".join(_ROOMLESS.sub("", clean(name)).split())


def presentable(profile: Profile) -> Profile:
    """What a messenger says of somebody, clean; who has no name that an eye finds is called by their account. Words that are
    no address are none: a line end pasted behind one made every invitation fail in which it stood."""
    name = one_line(profile.name)
    called = name if visible(name) else profile.account.user_id
    address = one_line(profile.email)
    email = address if _ADDRESS.fullmatch(address) else ""
    return replace(profile, name=called, email=email, department=one_line(profile.department))


def visible(text: str) -> bool:
    """Whether an eye finds anything in it: blanks, joiners and accents on nothing are nothing."""
    return any(unicodedata.category(character)[0] not in _INVISIBLE for character in text)


def worded(text: str, limit: int, field: str) -> str:
    """What a person wrote, without the blanks around it; empty when nothing is visible in it.

    Raises Refusal `text-too-long` with both counts: what is too long is refused, never cut."""
    text = text.strip()
    if len(text) > limit:
        raise Refusal("text-too-long", length=len(text), limit=limit, field=field)
    return text if visible(text) else ""
